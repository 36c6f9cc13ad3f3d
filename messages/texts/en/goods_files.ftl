# The product feed
feed-category-other = Other

# The price list
import-title = <b>Price list “{ $name }”</b>
import-counts = New: { $new }, to change: { $changed }, the same: { $same }
import-missing = Not in the file: { $count }. They stay as they are.
import-unreadable = Could not be read: { $count }. Check their article, name, price and stock.
import-nothing = There is nothing to change.
import-part-changed = To change:
import-part-new = New:
import-part-missing = Not in the file:
import-product = { $name } ({ $offer })
import-change = { $name }: { $changes }
import-field-name = name “{ $after }”
import-field-price = price { $before } → { $after }
import-field-stock = stock { $before } → { $after }
import-field-category = category
import-field-description = description
import-field-picture_url = picture
import-field-url = link
import-none = none
import-applied = Price list “{ $name }” applied. Added: { $new }, changed: { $changed }.
import-dropped = Price list “{ $name }” dropped, nothing was changed.
button-import-apply = Apply
button-import-drop = Cancel
button-import-changed = To change: { $count }
button-import-new = New: { $count }
button-import-missing = Not in the file: { $count }
toast-import-applied = Applied.
toast-import-dropped = Dropped, nothing was changed.
toast-import-applied-before = This price list is applied already.
toast-import-dropped-before = This price list was dropped. Send the file again.
toast-import-gone = This price list is not here. Send the file again.
file-entities = The file is not taken: it defines entities (ENTITY), which no price list does. Export it anew.
file-not-xml = The file cannot be read: it is no XML, or its encoding is given wrongly. Export it as UTF-8 or windows-1251 and send it again.
file-bad-sign =
    The file cannot be read: line { $line } has <code>{ $sign }</code>, which XML does not allow.
    Near: <code>{ $near }</code>
    Write & as <code>&amp;amp;</code> and a no-break space as <code>&amp;#160;</code> or a plain one. Correct it and send it again.
file-wrong-encoding = The file is not taken: its first line says { $declared }, but it is written in { $found }. Its names would be read wrongly. Correct the first line or export the file again.
file-too-many-offers = The file has more than { $most } products. Split it and send the parts.
file-no-goods = The file has no products with an article. XML needs offer with an id, a sheet the columns “Article” and “Name”, “Price” or “Stock”.

# Лента товаров
feed-category-other = Прочее

# Прайс-лист
import-title = <b>Прайс-лист «{ $name }»</b>
import-counts = Новых: { $new }, изменится: { $changed }, без изменений: { $same }
import-missing = Нет в файле: { $count }. Они останутся как есть.
import-unreadable = Не удалось прочитать: { $count }. Проверьте в них артикул, название, цену и остаток.
import-nothing = Менять нечего.
import-part-changed = Изменится:
import-part-new = Новые:
import-part-missing = Нет в файле:
import-product = { $name } ({ $offer })
import-change = { $name }: { $changes }
import-field-name = название «{ $after }»
import-field-price = цена { $before } → { $after }
import-field-stock = остаток { $before } → { $after }
import-field-category = категория
import-field-description = описание
import-field-picture_url = картинка
import-field-url = ссылка
import-none = нет
import-applied = Прайс-лист «{ $name }» применён. Добавлено: { $new }, изменено: { $changed }.
import-dropped = Прайс-лист «{ $name }» отменён, ничего не изменено.
button-import-apply = Применить
button-import-drop = Отмена
button-import-changed = Изменится: { $count }
button-import-new = Новые: { $count }
button-import-missing = Нет в файле: { $count }
toast-import-applied = Применено.
toast-import-dropped = Отменено, ничего не изменено.
toast-import-applied-before = Этот прайс-лист уже применён.
toast-import-dropped-before = Этот прайс-лист уже отменён. Пришлите файл ещё раз.
toast-import-gone = Этого прайс-листа здесь нет. Пришлите файл ещё раз.
file-entities = Файл повреждён, выгрузите его заново.
file-not-xml = Файл не читается: это не XML, или кодировка указана неверно. Выгрузите его в UTF-8 или windows-1251 и пришлите ещё раз.
file-bad-sign =
    Файл не читается: в строке { $line } стоит <code>{ $sign }</code>, такого в XML быть не может.
    Рядом: <code>{ $near }</code>
    Знак & пишут как <code>&amp;amp;</code>, неразрывный пробел как <code>&amp;#160;</code> или обычный. Исправьте и пришлите ещё раз.
file-wrong-encoding = Файл не принят: в первой строке указана кодировка { $declared }, а написан он в { $found }. Названия прочитались бы неверно. Исправьте первую строку или выгрузите файл заново.
file-too-many-offers = В файле больше { $most } товаров. Разделите его и пришлите частями.
file-no-goods = В файле нет товаров с артикулом. Для XML нужны offer с id, для таблицы столбцы «Артикул» и «Название», «Цена» или «Остаток».

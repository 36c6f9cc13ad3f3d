# An order that is entered by hand or from a text
draft-title = 📝 <b>Draft of order { $number }</b>
draft-title-unnumbered = 📝 <b>Draft without a number</b>
draft-unnumbered = No number
draft-line = { $label }: { $value }
draft-missing = ▫️ { $label }: not given
draft-product-sum = { $name } - { $amount }
draft-papers = { $count ->
    [one] Paper: { $count } picture
   *[other] Paper: { $count } pictures
}
draft-advice = Check it and save it. A photo of the paper or a screenshot may be sent here too.
draft-which-time = The time is not clear. Which one is right?
draft-time-over = This time has passed: { $said }. Move it?
draft-field-number = Number
draft-field-window = When
draft-field-delivery = By
draft-field-address = Where
draft-field-goods = Composition
draft-field-paid = Sum
draft-field-recipient = Recipient
draft-field-client = Client
draft-field-card_text = Card text
draft-field-client_note = Client's wish
draft-field-shop_note = For the shop
draft-field-courier_note = For the courier
draft-field-payment_note = Payment

draft-ask-number = The order's number at Flowwow? If it does not come from there it needs none: the shop gives its own.
draft-ask-window = When to deliver? For example: today 14-15, tomorrow at 10, 12.03 from 14 to 16.
draft-ask-clock = At what time? For example: 14-15 or at 10.
draft-ask-address = Where to?
draft-ask-goods = What to make? Each product on a line of its own, the sum may follow: Peonies 15 pcs - 4 900 ₽.
draft-ask-paid = How much did the client pay? For example: 4 900.
draft-ask-recipient = Who is the recipient? Name and phone in one message.
draft-ask-client = Who ordered? Name and phone in one message.
draft-ask-card_text = What shall the card say?
draft-ask-client_note = What does the client ask for?
draft-ask-shop_note = What shall the shop remember?
draft-ask-courier_note = What shall the courier know?
draft-ask-payment_note = Anything about payment? A surcharge, a prepayment, change.
draft-ask-whole = You can send the whole text of the order in one message: I will read it myself.
draft-now = Now: { $value }
draft-answers-window =
    Today
    Tomorrow
    Day after tomorrow
    As soon as possible
draft-answers-clock =
    9-11
    11-13
    13-15
    15-17
    17-19
    19-21
draft-answers-address = Pickup
draft-unclear-number = A number is digits, 4 to 19 of them. For example: 25836184.
draft-unclear-window = I did not understand the time. Write, for example: today 14-15, tomorrow at 10, 12.03 from 14 to 16.
draft-unclear-goods = I see no product. Write, for example: Peonies 15 pcs - 4 900 ₽.
draft-unclear-paid = I did not understand the sum. Write it in digits, for example: 4 900.
draft-unclear = I need words here. Write the answer, or choose a ready one.

draft-button-save = Save the order
draft-button-other-time = Another time
draft-button-save-so = Save as it is
draft-button-save-timeless = Save without a time
draft-button-known = Order { $number } is there already
draft-button-more = More fields…
draft-button-delete = Delete the draft
draft-button-delete-yes = Yes, delete
draft-button-delete-papers = Delete only the pictures
draft-button-paper = A new order from this picture
draft-button-back = ← To the draft
draft-button-skip = Skip
draft-button-clear = Clear
draft-button-pickup = Make it a pickup
draft-button-courier = Make it a delivery
draft-button-edit = Change the draft
draft-button-merge = Add to order { $number }
draft-button-left = { $label }: as in the order
draft-button-taken = { $label }: from the draft ✓
draft-button-ask = Ask the client: { $label }
draft-button-asked = Client asked: { $label }
draft-button-new = New order
draft-button-waiting = { $count ->
    [one] A draft waits
   *[other] Drafts wait: { $count }
}
draft-button-read = Yes, an order
draft-button-add = Add to the draft
draft-button-no-order = No

draft-known = This is order { $number }: { $sign } { $state }.
draft-differs = { $label }: “{ $old }” in the order, “{ $new }” in the draft
draft-takes = Taken at once: { $labels }
draft-asks = Ask the client. { $difference }
draft-rest-stays = The rest stays as it is in the order.
draft-known-gains = What the order lacks is taken from the draft. What differs stays as in the order unless you choose otherwise.
draft-known-asks = Only the client changes time, goods, price and address: they stay as in the order until the client agrees. What the client has not been asked yet is kept as a note.
draft-note-unasked = Ask the client:
draft-asked-by-hand = If the client agrees, write to Flowwow support. Once the order is changed there, it changes here by itself.
draft-known-nothing = The draft holds nothing new for the order.
draft-known-same = This is order { $number }; the text says nothing new.
draft-delete = Delete the draft? It cannot be brought back.
draft-deleted = The draft is deleted.
draft-waiting = { $count ->
    [one] A draft waits. Go on with it?
   *[other] { $count } drafts wait. Continue which?
}
draft-waiting-first = The last { $count } are shown.
draft-is-it = Is this a new order?

toast-draft-saved = Order { $number } is saved and accepted.
toast-draft-merged = Order { $number } has been added to.
toast-draft-gone = This draft is saved or deleted already.
toast-draft-empty = The draft is empty. Give at least the time, the address or the composition.
toast-draft-text-gone = The text is gone. Please send it again.
toast-draft-no-order = All right, it is no order.
toast-draft-papers-deleted = The pictures are deleted from the draft.
toast-no-papers = This order has no pictures of paper.

menu-decline-own = The order is not from Flowwow: declining costs no fee. Tell the client.
menu-cancel-own = Did the client ask to cancel the order?
menu-contact-own = The order is not from Flowwow: there is no chat, call the client yourself.
menu-contact-own-phone = { $name }, { $phone }
toast-cancel-own = The order is cancelled.
record-source = Original text
record-paper = Paper
do-papers = Paper
caption-paper = { $number } · paper { $place } of { $count }
command-add = Enter an order by hand
help-chief =
    An order's number, a word of the bouquet's name, or a name opens the order; a photo with the number as caption goes to the order; “Orders” shows the list.
    Reply to a card in words, by voice or with a photo: it is noted on the order.
    The whole text of an order becomes a draft; /add enters an order by hand.

# What changed at Flowwow
card-amended = <b>Changed { $signed }</b>
change = { $what }: { $before } → { $after }
change-hidden = { $what }: changed
change-nothing = none
part-composition = Composition
part-window = Delivery time
part-delivery = How it is received
part-address = Address
part-card_text = Card text
part-client_note = The client’s wish
part-shop_note = Note to the shop
part-courier_note = Note to the courier
part-payment_note = Payment note
part-recipient = Recipient
part-client = Client
part-paid = Paid

# The photo was uploaded in the app
card-photo-in-app = The photo is in the Flowwow app already

# Is the order cancelled?
doubt-gone = Flowwow does not show this order any more.
doubt-never_shown = Flowwow has named this order but does not show it.
doubt-strange = Flowwow shows status { $code }, which the bot does not know.
card-in-doubt = <b>{ $what }</b> The client may have cancelled it.
reminder-in-doubt = { $sign } <b>Order { $number }: is it cancelled?</b>
advice-doubt = The order stays until the director or a manager answers.
advice-doubt-yours = Look at the order in the Flowwow app and answer here. Until then it stays in the shop.
do-carry-on = Carry on
do-client-cancelled = Cancelled by the client
toast-raise_doubt = The director and the managers are asked.
toast-carry_on = Noted: we carry on.
refusal-in-doubt = The client may have cancelled this order. Wait for the director or a manager: they have the question.
event-carried-on = decided to carry on
step-raise_doubt = a question about the order
step-carry_on = carried on
handover-in_app = finished in the Flowwow app
event-dispatched-in-app = on the way, marked in the Flowwow app

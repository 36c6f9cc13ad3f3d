# The client's chat
client-title = <b>Order { $number }</b> · { $shop }
client-stage-accepted = accepted
client-stage-assembled = assembled
client-stage-on-way = on the way
client-stage-handed-over = handed over
client-stage-picked-up = picked up
client-courier = The courier
client-courier-named = { $name }
client-arrival = { $who } will be there { $when }
client-arrival-by = { $who } will be there by { $when }
client-arrival-overdue = { $who } is running late, the shop is finding out the time
client-at-the-door = { $who } is there
client-code = { $surprise ->
    [yes] Hand-over code: <b>{ $code }</b>. To keep the surprise, tell it to the recipient when the courier is there: we will write.
   *[no] Hand-over code: <b>{ $code }</b>. Pass it on to the recipient: the courier will ask for it.
}
client-state-new = The shop has received the order. You will see here when it is accepted.
client-state-accepted = The shop is preparing your order. A photo of it will come here.
client-state-accepted-no-photo = The shop is preparing your order.
client-state-photo = Your order is ready. Please look at the photo: is everything all right?
client-state-liked = You liked the photo. The order is ready for delivery.
client-state-disliked = You asked to change: { $complaint }. The shop will send a new photo.
client-state-handed-over = The order has been handed over for delivery.
client-state-courier_left = The courier is on the way.
client-state-returning = The order could not be handed over. The shop will write to you.
client-given-to = Given to: { $whom }
client-state-done = The order has been delivered. Thank you for choosing us.
client-state-picked-up = The order has been picked up. Thank you for choosing us.
client-state-cancelled = The order is cancelled.
client-state-declined = The shop cannot carry out this order. Flowwow support will answer about the refund.
client-state-declined-own = The shop cannot carry out this order.
client-card-replaced = This message is out of date. The newer one below shows how far the order is.
client-photo = { $what ->
    [first] Order { $number } is ready. Do you like it?
    [more] Order { $number }: more photos. Do you like it?
   *[corrected] Order { $number }: a new photo. Is it all right now?
}
client-photos = Order { $number }: { $count } photos.
client-photo-gone = Order { $number }: a photo of another order was here by mistake, the shop has removed it.
client-photo-foreign = Order { $number }: one of the photos above came here by mistake, it is of another order. We are sorry for the confusion.
client-handed-over = Order { $number } has been handed over. Thank you for choosing us.
client-nudge =
    Order { $number }: is everything all right in the photo?
    If something is to be changed, please write now. Without an answer we deliver on time what you see.
client-what-is-wrong = Order { $number }: what should be changed? Choose or write in your own words.
client-what-was-wrong = What was wrong with order { $number }? Write it in one message: the shop sees it at once.
client-complaints =
    Wrong colour
    Wrong flowers
    Smaller than expected
client-complaint-no-card = The card is missing
client-do-liked = 👍 I like it
client-do-disliked = 👎 Please change
client-do-complain = Something was wrong
client-do-write = Write to the shop
client-complaint-noted = Order { $number }, noted: { $complaint }. The shop can see it.
client-complaint-withdrawn = Order { $number }: you like the photo, nothing has to be changed.
client-ask-words = Order { $number }: write to the shop. A text, a photo or a voice message will do.
client-words-needed = Please write in words what should be changed, or choose an answer above.
client-passed-on = Passed on to the shop. The answer will come here.
client-correction-passed-on = The correction was passed on to the shop.
client-hidden = Passed on without phone numbers and links: please write here, so that what you agree on is kept.
client-elsewhere = Passed on to the shop. Please write here, so that what is agreed is kept.
client-stay-here = <i>Please answer here, so that what is agreed is kept.</i>
client-no-contacts = No phone number is needed here, and it was not passed on. The shop answers in this chat.
client-which-order = Which order is this message about?
client-about = { $number } · { $shop }
client-toast-over = This link does not work any more. Please write to the shop in the Flowwow chat.
client-toast-newer-photo = There is a newer photo, please rate that one.
client-toast-liked = Thank you, the shop can see it.
client-toast-disliked = Noted, the shop will send a new photo.
client-toast-already = This is noted already.
client-toast-too-late = The order is not in the shop any more. Please write to the shop if something is wrong.
client-toast-gone = The message cannot be found. Please write it once more.
client-opening-taken = This link was opened in another account. If the order is yours, ask the shop for a new link.
client-opening-over = This link does not work any more. Ask the shop for a new one or write to it in the Flowwow chat.
client-opening-staff = This link is for the client: please send it to the order's chat.

# The list before the photo
ask-check = Before you take it, check and tick:
check-everything = Everything is there
check-card = Card with the text
check-gift = 🎁 { $name }
check-quality = Fresh, no defects
check-visible = Visible, well lit
ask-picture-complaint = The client asks to correct: { $text }
photo-check-now = Is everything in the photo? Check and tick:
photo-checked = Checked: { $signed }
card-checked = Checked before the photo: { $signed }
event-checked = checked before the photo: { $items }
toast-check = Noted: everything is there.
step-check = check before the photo
record-checked = Checked before the photo
refusal-already-checked = Checked already: { $signed }
refusal-list-changed = The composition has changed. Please check and tick again.

# The answer to a photo
toast-attach_photo-more = The photo is kept. The client likes the order already.
photo-wait = We wait for the answer until { $answer }. Do not delay the delivery.
photo-wait-no-more = It is time to leave: do not wait for the answer.
photo-wait-leave = We wait for the answer until { $answer }; leave by { $leave }.
photo-wait-unseen = The time to answer starts when the client can see the photo: by the link or in Flowwow.
photo-leave-by = Leave by { $leave }.
photo-answers = as asked: { $text }
card-photo-answers = Corrected as asked: { $text }
event-photo-answers = photo, version { $version }, as asked

# Dark and blurred
photo-dark = Too dark: the bouquet cannot be seen.
photo-blurred = Blurred: the bouquet cannot be seen.
photo-poor = The photo is kept, but not sent to order { $number } yet. Take another one by a window or a lamp, or send this one.
photo-send-anyway = Send it anyway
photo-take-another = Take another

# Another order
photo-only-order = You have no other order that waits for a photo. If it is not of this one, tap “Wrong order?”.
photo-wrong-order = Wrong order?
photo-move = The photo is at order { $number } now. Which order is it of?
photo-move-nowhere = The photo is at order { $number } now. No other order needs a photo.
photo-move-more = Not among these? Type its number or the last digits.
photo-move-unknown = You have no order numbered { $number } that needs a photo. Please check the number.
photo-stay = Leave it there
photo-moved = The photo was moved: { $source } → { $target }.
photo-moved-lacks = Order { $number } has no photo again: please upload it.
photo-moved-marketplace = In Flowwow order { $number } still has the other photo. Upload the right one here and replace it in the app.
photo-move-back = Move it back
card-photo-moved = The photo was moved to another order. Upload a new one and replace it in the Flowwow app.
event-photo-moved = photo moved to order { $number }
step-take_photos_away = photo moved
toast-take_photos_away = The photo was moved to another order.
refusal-photo-not-here = The order does not have this photo any more.
toast-photo-back = The photo was moved back.

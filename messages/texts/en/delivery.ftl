# Delivery: from the shop to the door
do-offer = Offer to all couriers
do-take = Take the order
do-cannot = I cannot
do-arrived = At the door
do-late = Running late
do-nobody = Nobody there
do-back = Bringing it back
do-back-order = Bring it back
do-give-to = Hand over
do-give-to-whom = Give to: { $whom }
do-wait = Wait 10 min
say-give-to = Hand it to somebody else, the client agrees: { $whom }
say-wait = Wait 10 more minutes.
do-in-shop = Flowers are in the shop
do-proof = Hand-over photo
do-show-proof = Show hand-over photo
do-choose-proof = Proof
do-show-where = Show the client where I am
do-hide-where = Stop showing
do-address = Find the address
do-address-is = The address is known
do-asked-client = The client was asked
do-asked-support = Support was asked
do-asked-recipient = We ask the recipient
do-zone-same = Same zone, no surcharge
do-zone-other = Another zone: surcharge
do-search = Flowwow looks for a courier
do-called-off = Flowwow's courier is off
do-came = Flowwow's courier came
do-cost = Courier cost
do-call-spare = Spare courier
do-on-way = On the way…
late-by = by { $minutes } min
menu-on-way = How is the delivery going?
menu-late-window = How late? Counted from the end of the window, { $end }. The manager is told at once.
menu-late = How late? The manager is told at once.
menu-refused = Does the recipient really not take it? The flowers go back to the shop.

card-offered = Offered to all couriers: { $signed }
card-address-not-asked = 📍 The address is not known. Ask the client in the order's chat: “Find the address”.
card-address-asked = 📍 The address is not known, asked: { $whom }, { $signed }
card-zone-open = 📍 The address is known. Is it the delivery zone that the client has paid for? Until you answer, the order stays.
card-zone-other = 📍 The address is in another zone: the client's surcharge comes first. If you deliver without it, press “Same zone”.
address-from-client = the client
address-from-support = support
address-from-recipient = the recipient
address-ask-client = Ask the client in the order's chat. A tap copies the text:
address-recipient-never = Do not call or write to the recipient: it may be a surprise. Flowwow sends them a message about the address on the day of the delivery.
address-recipient-may = The shop's rules allow to call the recipient. Do not speak of a gift or of the sender.
address-recipient-phone = The recipient's phone: { $phone }. Say this and no more:
address-recipient-no-phone = The order has no phone of the recipient. You can write this:
address-recipient-words = Hello! This is the delivery service. There is a delivery for you. Could you tell us the address and a convenient time?
courier-address-unknown = 📍 The address is not known yet: the shop is finding it out. Do not leave without it.
card-search = Flowwow looks for a courier: { $signed }
card-search-two = ⚠️ Flowwow's courier is not called off: may two come? Once it is, press “Flowwow's courier is off”.
card-support-told = Support was told that no courier comes: { $signed }
card-second-call = Flowwow's courier came: { $signed }. Call and say that there is nothing to deliver: { $name }
card-second-told = Flowwow's courier came: { $signed }. The bot has told that there is nothing to deliver: { $name }
card-second-theirs = Flowwow's courier came, and the order is on its way already: { $signed }. Send the courier home and tell support.
card-second-cost = Cost of the courier: { $text }
card-given-back = The courier cannot: { $signed }. Somebody else is needed.
card-late = Late by { $minutes } min, there by { $when }
card-arrived = At the door: { $signed }
card-nobody = Nobody there: { $signed }
card-nobody-ask = Ask the client: wait, give it to somebody else or bring it back. Pass the answer to the courier: “Message the courier”.
card-nobody-agreed = The client agreed to give it to somebody else: { $whom }. Give it and press “To somebody else”.
courier-nobody = The manager asks the client what to do. Please wait for the answer. If it is to go back, press “Bringing it back”.
seller-nobody = The courier waits for an answer. The manager asks the client what to do.
card-extra-paid = 💰 The client paid { $amount } extra: { $words }
card-extra-paid-for = 💰 The client paid extra: { $words }
card-brought-back = On its way back: { $signed }
card-return-reason = Why: { $text }
card-back-in-shop = Flowers are in the shop: { $signed }
card-courier-says = 💬 The courier writes ({ $signed }): { $text }
card-needs-photo = Send a photo of the hand-over before “Done”
card-needs-code = Ask for the code at the hand-over; “Done” will ask you for it
card-code-locked = { $chief ->
    [yes] 🔴 Three wrong codes. Call the courier; you can close the order with a reason
   *[no] Three wrong codes. A director or manager will close the order; they know already
}
card-note = 📝 { $name }: { $text }
card-note-more = 📝 { $name }: { $text } · { $count } more
details-note = 📝 { $signed }: { $text }
details-notes-more = More notes: { $count }, in the order's history.
note-voice = 🎤 voice message { $length }
note-picture = 🖼 photo
note-video = 🎬 video
note-sticker = sticker
note-with-words = { $what }: { $words }
note-lost = { $signed }: the file can no longer be opened.
caption-note = { $number } · { $signed }
card-proofs = { $count ->
    [one] { $count } hand-over photo
   *[other] { $count } hand-over photos
}
courier-in-shop = The flowers are in the shop. Wait for the manager's decision.
courier-offer = Do you take it? Whoever presses first gets the order.
courier-questions = Questions of the recipient: the client or Flowwow support will answer.
courier-questions-own = Questions of the recipient: the client will answer.
client-late = Text for the client: <code>Hello! The courier is running a little late and will be there by { $when }. We are sorry for the wait.</code>
client-nobody-agreed = Text for the client: <code>Hello! The courier is at the door, but the recipient is not there. We give it as agreed: { $whom }.</code>
client-nobody-there = Text for the client: <code>Hello! The courier is at the door, but the recipient is not there. Shall we wait, give it to somebody else or come later?</code>
client-news-late = Order { $number }: the courier is running a little late and will be there by { $when }. We are sorry for the wait.
client-news-nobody-agreed = Order { $number }: the courier is at the door, but nobody opens. We give it as you agreed: { $whom }. If it should be otherwise, write to the shop.
client-news-nobody = Order { $number }: the courier is at the door, but nobody opens. Write to the shop what to do: wait, give it to somebody else or come later?

event-offered = offered to all couriers
event-address-asked = asked for the address: { $whom }
event-address-found = the address is known
event-zone-same = same zone
event-zone-other = another zone, a surcharge is needed
event-no-address = left without the address
event-search = Flowwow looks for a courier
event-called-off = Flowwow's courier was called off
event-support-told = support was told that no courier comes
event-courier-came = Flowwow's courier came
event-courier-came-instead = Flowwow's courier came, { $name } does not carry it any more
event-courier-came-late = Flowwow's courier came, and the order was on its way already
event-cost = cost of the courier
event-two-couriers = no second courier comes
event-taken = taken, { $carrier }
event-gave-back = cannot deliver it, given back to the manager
event-arrived = at the door
event-late = late by { $minutes } min
event-nobody = nobody there
event-brought-back = on its way back to the shop
event-came-back = flowers are in the shop
event-proof = hand-over photo { $version }
event-proof-chosen = the hand-over is proved by: { $proof }
event-code-right = the right hand-over code was named
event-code-wrong = a wrong hand-over code was named
event-code-kept = Flowwow's pick-up code
event-without-proof = without proof
event-courier-says = the courier writes
event-shop-says = the shop writes to the courier
event-note = note
event-call-cannot = spare courier { $name } cannot
event-call-no-answer = spare courier { $name } does not answer
event-call-on-the-way = { $name }: still on the way

step-offer = offered to couriers
step-ask_address = question about the address
step-find_address = the address is known
step-check_zone = delivery zone
step-search = search for Flowwow's courier
step-call_off = Flowwow's courier called off
step-tell_support = support told
step-courier_came = Flowwow's courier came
step-note_cost = cost of the courier
step-take = taken by a courier
step-give_back = given back by the courier
step-arrive = at the door
step-say_late = running late
step-find_nobody = nobody there
step-bring_back = brought back
step-come_back = flowers in the shop
step-attach_proof = hand-over photo
step-choose_proof = proof of the hand-over
step-say_code = hand-over code
step-note_call = call to a courier
step-say = message
step-note = note
toast-offer = Offered to all couriers. One will take it.
toast-ask_address = Noted. I'll remind you before the order must leave.
toast-find_address = The address is kept. Check the delivery zone.
toast-check_zone = Noted.
toast-search = Noted. If no courier is found, I say what to do.
toast-call_off = Noted: Flowwow's courier does not come.
toast-tell_support = Noted: support knows.
toast-courier_came = Noted. The card says whom to send home.
toast-note_cost = The cost is noted for the claim.
toast-take = The order is yours. Collect it in the shop.
toast-give_back = The order is the manager's again; the manager has been told.
toast-arrive = Noted: you are at the door.
toast-say_late-until = Noted: there by { $when }. The manager knows.
toast-say_late = Noted. The manager knows.
toast-find_nobody-agreed = The manager knows. The client agreed to whom it may be given: see the card.
toast-find_nobody = The manager has been told. Please wait for the answer.
toast-bring_back = Noted. Bring the order back to the shop.
toast-come_back = Noted: the flowers are in the shop.
toast-attach_proof = Hand-over photo saved.
toast-choose_proof = Saved.
toast-say_code = The code is saved.
toast-note_call = Noted.
toast-say = Passed on.
toast-note = Noted on the order.
toast-note-on = Noted on order { $number }.
toast-note-none = Fine, this is about no order.
toast-note-gone = The message is gone: please write it again as a reply to the order.
note-which-order = Which order is this about?
note-which-more = Not in the list? Write it again with the order number.
note-or-photo = Order { $number }: is this the photo of the bouquet, or a note?
button-note-none = None of them
button-note-photo = Bouquet photo
button-note = Note
button-note-on = Note on { $number }
refusal-return-reason-needed = Write why the order goes back.
refusal-handback-reason-needed = Write why you cannot deliver the order.
refusal-already-brought-back = It is already on its way back: { $signed }
refusal-address-needed = Send the address: street and house, as it is.
refusal-address-known = The address is known already. Only the client changes it: “Message client”.
refusal-leave-address-needed = The address is not known. Find it, or write why you leave.
refusal-recipient-not-asked = By the shop's rules the recipient is not called: it may be a surprise. Ask the client.
refusal-zone-open = First say on the card whether it is the same delivery zone.
refusal-extra-first = The address is in another zone: the surcharge comes first. If you deliver without it, press “Same zone”.
refusal-two-couriers = Flowwow still looks for a courier. Say whether two may come.
refusal-cost-needed = Write what the courier cost.
refusal-minutes-needed = Choose how many minutes late.
refusal-to-shop-needed = Write what the manager is to know.
refusal-to-courier-needed = Write what the courier is to know.
refusal-to-seller-needed = Write what to answer the florist.
refusal-note-needed = An empty note cannot be kept: please write it in words.
refusal-erased = The personal data of this order has been erased; it takes no more notes.
refusal-offer-taken = The order is taken already.
refusal-offer-taken-signed = The order is taken already: { $signed }
refusal-offer-over = The order was given to somebody else. Free orders: “My deliveries”.
refusal-enough-proofs = This order has enough hand-over photos.
refusal-handover-photo-needed = A photo of the hand-over comes first: send it here and finish again.
refusal-no-proof-reason-needed = There is no photo of the hand-over. Write why you finish without it.
refusal-code-needed = The hand-over code is needed. Ask for it and finish again.
refusal-pickup-code-needed = The pick-up code is needed. The client sees it in Flowwow.
refusal-codes-used-up = Three wrong codes. A director or manager can close the order; they know already.
refusal-no-code-reason-needed = No code was named. Write the code, or why you finish without it.
ask-return-reason-needed = Order { $number }: why does it go back to the shop?
answers-return-reason-needed =
    Nobody there
    Wrong address
    The client decided so
ask-address-needed = Order { $number }: send the address in one message: street, house, flat, entry code.
answers-address-needed = { "" }
ask-leave-address-needed = Order { $number }: the address is not known. Where do you go? The answer is kept in the history.
answers-leave-address-needed =
    The courier is told on the way
    The courier knows the way
ask-two-couriers = { $told ->
    [no] Order { $number }: Flowwow still looks for a courier, and support was not told. May two come? Write to support first, then send it. What do you say?
   *[other] Order { $number }: Flowwow still looks for a courier. Support was told ({ $told }). Has it not found a second one, may two come? What do you say?
}
answers-two-couriers =
    Support has called its courier off
    Support does not answer, no time to wait
    The search is cancelled in the app
ask-cost-needed = Order { $number }: what did the courier cost? Write the sum, or send the receipt with the sum below it: it all goes into the claim.
answers-cost-needed =
    Nothing was paid
    Not known yet
contact-loose-address = This looks like an address. Which order is it for? It is kept there, and the message is removed: no personal data stays in the chat.
contact-loose = This looks like an address or a phone, but the bot has not asked for one. If it is about an order, open the order and press the button there. Remove the message, so that no personal data stays in the chat?
contact-of-order = { $number } · { $when }
do-contact-away = Remove message
toast-contact-gone = The message is gone
cost-by-receipt = by the receipt
cost-ask-sum = The receipt is kept. What did the courier cost? Write the sum.
cost-ask-receipt = Noted for the claim: { $words }. Is there a receipt? Send it now as a photo or a PDF. If there is none, there is nothing to do.
cost-receipt-kept = The receipt is kept, it is in the claim of order { $number }.
news-courier-freed = Order { $number } need not be delivered by you: Flowwow's courier came.
ask-to-shop-needed = Order { $number }: what is the manager to know?
answers-to-shop-needed =
    The recipient does not answer the phone
    The address or the door code is wrong
    I will be later
ask-to-seller-needed = Order { $number }: what do you answer the florist?
answers-to-seller-needed =
    Fine, go ahead
    Wait, I will ask the client
    Call me
ask-to-courier-needed = Order { $number }: what is the courier to know?
answers-to-courier-needed =
    Please wait, I am asking the client
    Call me, please
    Bring it back to the shop
ask-handback-reason-needed = Order { $number }: why can you not deliver it? The manager reads the answer.
answers-handback-reason-needed =
    No time for it
    The car broke down
    Not feeling well
    Too far away
ask-proof = Send a photo of the hand-over of order { $number }: the flowers at the door or in hand, no faces. The shop and the client will see it.
ask-position =
    Order { $number }: tap the paper clip, “Location”, “Share my live location”.
    The client will see you on the map until the hand-over. You can stop at any time.
position-shown = The client of order { $number } sees you on the map: until the hand-over, but not after { $until }.
position-over = The client does not see you on the map any more. You can stop sharing.
position-not-live = This is a place, not a live location. Choose “Share my live location”: the client will see you move.
position-which = Who is to see where you are?
position-no-order = You can show where you are to the client of an order that you are delivering. There is none now.
toast-no-client-to-show = The client has not opened the link: there is nobody to show it to yet.
toast-position-hidden = The client does not see you any more.
caption-proof = { $number } · hand-over photo { $version }
toast-no-proof = No hand-over photo yet

button-deliveries = My deliveries
command-deliveries = My deliveries
deliveries-phone = Phone: { $text }
deliveries-title = <b>My deliveries: { $count }</b>
deliveries-none = You have no deliveries now.
deliveries-page = Page { $page } of { $pages }
deliveries-line = { $sign } <b>{ $when } · { $number }</b>
deliveries-route = { $count ->
    [one] Route: { $count } address
   *[other] Route: { $count } addresses
}
deliveries-further = More deliveries →
deliveries-free = Free to take: { $count }
deliveries-back = ← My deliveries
offers-title = <b>Free to take: { $count }</b>
offers-none = There are no free orders now.
offers-first = The first { $count } are shown.

reminder-offer-open = { $sign } <b>Order { $number }: no courier took it</b>
advice-offer-open = Name a courier, deliver it yourself or call a spare one.

reminder-return-open = { $sign } <b>Order { $number }: it came back, what becomes of it?</b>
advice-return-open = Ask the client: another recipient, or cancel.
reminder-return-on-way = { $sign } <b>Order { $number }: on its way back. Is it in the shop?</b>
advice-return-on-way = Once the flowers are in the shop, mark it. If they are not, ask the courier.
record-offered = Offered to couriers
record-taken = Taken by a courier
record-given-back = Given back by the courier
record-late = Running late
record-arrived = At the door
record-nobody = Nobody there
record-brought-back = Brought back
record-back-in-shop = Flowers in the shop
record-proof = Hand-over photo
record-call = Call
record-call-cannot = cannot
record-call-no_answer = does not answer
record-call-on_the_way = still on the way

# Spare couriers
do-still = Still on the way
spare-couriers = Spare couriers
spare-call = Call and ask whether they take the order:
spare-shop-answers = The shop is responsible for a third-party courier.
spare-line = { $name }, { $phone }
spare-comes = They come
spare-cannot = They cannot
spare-no-answer = No answer
spare-next = Next
spare-again = Call them again
spare-list = List of couriers
spare-all-called = All spare couriers have been asked.
spare-none = There are no spare couriers in the list. Director and manager keep it.
spare-none-yours = There are no spare couriers in the list. Add some: “List of couriers”.
call-cannot = { $name } cannot: { $signed }
call-no-answer = { $name } does not answer: { $signed }
spare-title = <b>Spare couriers: { $count }</b>
spare-list-empty = Add those who can be called when your own couriers are not enough.
spare-list-full = The list holds { $count }. Remove somebody to add a new one.
spare-name = { $name }
spare-add = Add
spare-remove = Remove from the list
spare-back = ← List
spare-ask =
    Name and phone in one line, such as: Gleb, +7 999 123-45-67. A note may follow in the second line: area, car, price.
    A contact card will do as well.
spare-no-phone = A phone is needed here. Write name and number in one line, or send a contact card.
toast-spare-gone = This courier is not in the list any more
toast-spare-removed = Removed from the list
toast-spare-chiefs = Director and manager keep the list.
command-spare = Spare couriers
event-shop-answers = the shop is responsible
event-no-contact = no contact
event-picked-up = the third-party courier took the order

# Delivery: from the shop to the door
do-offer = Offer to all couriers
do-take = Take the order
do-cannot = I cannot
do-arrived = At the door
do-late = Running late
do-nobody = Nobody there
do-back = Bringing it back
do-in-shop = Flowers are in the shop
do-proof = Hand-over photo
do-show-proof = Show hand-over photo
do-on-way = On the way…
late-by = by { $minutes } min
menu-on-way = How is the delivery going?
menu-late = How late? The manager is told at once.
menu-refused = Does the recipient really not take it? The flowers go back to the shop.

card-offered = Offered to all couriers: { $signed }
card-given-back = The courier cannot: { $signed }. Somebody else is needed.
card-late = Late by { $minutes } min, there by { $when }
card-arrived = At the door: { $signed }
card-nobody = Nobody there: { $signed }
card-nobody-ask = Ask the client: wait, give it to somebody else or bring it back. Pass the answer to the courier: “Message the courier”.
card-nobody-agreed = The client agreed to give it to somebody else: { $whom }. Give it and press “To somebody else”.
courier-nobody = The manager asks the client what to do. Please wait for the answer. If it is to go back, press “Bringing it back”.
card-extra-paid = 💰 The client paid { $amount } extra: { $words }
card-extra-paid-for = 💰 The client paid extra: { $words }
card-brought-back = On its way back: { $signed }
card-return-reason = Why: { $text }
card-back-in-shop = Flowers are in the shop: { $signed }
card-courier-says = 💬 The courier writes ({ $signed }): { $text }
card-shop-says = 💬 The shop writes ({ $signed }): { $text }
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
event-taken = taken, { $carrier }
event-gave-back = cannot deliver it, given back to the manager
event-arrived = at the door
event-late = late by { $minutes } min
event-nobody = nobody there
event-brought-back = on its way back to the shop
event-came-back = flowers are in the shop
event-proof = hand-over photo { $version }
event-courier-says = the courier writes
event-shop-says = the shop writes to the courier
event-call-cannot = spare courier { $name } cannot
event-call-no-answer = spare courier { $name } does not answer
event-call-on-the-way = { $name }: still on the way

step-offer = offered to couriers
step-take = taken by a courier
step-give_back = given back by the courier
step-arrive = at the door
step-say_late = running late
step-find_nobody = nobody there
step-bring_back = brought back
step-come_back = flowers in the shop
step-attach_proof = hand-over photo
step-note_call = call to a courier
step-say = message
toast-offer = Offered to all couriers. One will take it.
toast-take = The order is yours. Collect it in the shop.
toast-give_back = The order is the manager's again; the manager has been told.
toast-arrive = Noted: you are at the door.
toast-say_late = Noted. The manager knows.
toast-find_nobody-agreed = The manager knows. The client agreed to whom it may be given: see the card.
toast-find_nobody = The manager has been told. Please wait for the answer.
toast-bring_back = Noted. Bring the order back to the shop.
toast-come_back = Noted: the flowers are in the shop.
toast-attach_proof = Hand-over photo saved.
toast-note_call = Noted.
toast-say = Passed on.
refusal-return-reason-needed = Write why the order goes back.
refusal-handback-reason-needed = Write why you cannot deliver the order.
refusal-already-brought-back = It is already on its way back: { $signed }
refusal-minutes-needed = Choose how many minutes late.
refusal-to-shop-needed = Write what the manager is to know.
refusal-to-courier-needed = Write what the courier is to know.
refusal-offer-taken = The order is taken already.
refusal-offer-taken-signed = The order is taken already: { $signed }
refusal-offer-over = The order was given to somebody else. Free orders: “My deliveries”.
refusal-enough-proofs = This order has enough hand-over photos.
ask-return-reason-needed = Order { $number }: why does it go back to the shop?
answers-return-reason-needed =
    Nobody there
    Wrong address
    The client decided so
ask-to-shop-needed = Order { $number }: what is the manager to know?
answers-to-shop-needed =
    The recipient does not answer the phone
    The address or the door code is wrong
    I will be later
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
ask-proof = Send a photo of the hand-over of order { $number }. Only the shop will see it.
caption-proof = { $number } · hand-over photo { $version }
toast-no-proof = No hand-over photo yet

button-deliveries = My deliveries
command-deliveries = My deliveries
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

menu-person = { $name } · { $load }
menu-person-load = { $count ->
    [0] no orders
    [one] { $count } order
   *[other] { $count } orders
}
menu-flags = What is important? A marked line stands in bold with ❗ on the cards. A tap marks it, or takes the mark off.
menu-sellers = Who makes this order?
menu-sellers-none = Nobody to assign yet. The director adds staff: “Staff”.
menu-couriers = Who carries this order?
menu-couriers-none = The shop has no couriers in its list. The director adds them: “Staff”.
menu-decline = Decline the order?
menu-decline-free = { $used ->
    [0] The first decline of a month is free.
   *[other] This decline is still free: { $used } of { $free } were used this month.
}
menu-decline-percent = { $usual ->
    [yes] A decline that is not free
   *[no] Declining
} costs { $percent } % of Flowwow’s commission. The exact sum is not known.
menu-decline-cost = { $usual ->
    [yes] A decline that is not free
   *[no] Declining
} costs { $percent } % of Flowwow’s commission: { $cost }.
menu-decline-stars = A declined order counts as a rating of { $stars ->
    [one] { $stars } star
   *[other] { $stars } stars
 }.
menu-decline-left = Declined this month: { $used }. With { $most } the shop loses its Supershop status; { $left } more may be declined.
menu-decline-advice = If the client cancels, choose “The client cancels”: that is not the shop’s refusal.
menu-cancel = Did the client ask in the chat to cancel?
menu-cancel-full = The client gets everything back: { $refund }.
menu-cancel-minus-delivery = The client gets { $refund } back. The shop keeps { $kept } for the delivery.
menu-cancel-unknown = The client gets the sum back minus the delivery. The exact sum is not known.
menu-cancel-paid-unknown = What the client paid is not known: Flowwow support will name the refund.
menu-cancel-advice = Then write to Flowwow support: they cancel the order.
menu-complete = How was it handed over?
menu-complete-sure = Not 100 % sure? Do not finish.
menu-proof = The hand-over of this order is proved by: { $proof }
menu-proof-pickup = Pick-up: the client sees the code in Flowwow. Whoever hands the order over writes it down.
menu-third-person = Did the client agree beforehand that somebody else takes it?
menu-courier-text = The text for the courier, a tap copies it:
menu-third-person-rule = Without that it must not be finished this way.
menu-contact = The chat with the client is in the Flowwow app: “Orders”, search for the number <code>{ $number }</code> (tap to copy), open the order, “Contact”.
menu-contact-phone = If the chat is down and it is urgent, ask for the client's phone with the button below.
menu-contact-phone-open = The client's phone is on the card until { $until }.
menu-contact-recipient = Do not call or write to the recipient: they may not know about the order.

history-line = { $signed }: { $text }
history-earlier = { $count ->
    [one] … { $count } entry before that
   *[other] … { $count } entries before that
}
event-received = order came in
event-named = order named, no details yet
event-accepted = accepted
event-declined = declined by the shop
event-cancelled = cancelled by the client
event-seller = florist { $name }
event-released = back to the manager: { $name } does not work here any more
event-photo = photo, version { $version }
event-photo-seen = the client saw the photo
step-photo_shown = the client saw the photo
event-dispatched = on the way, { $carrier }
event-client-agreed = the client agreed
event-completed = done, { $how }
event-refused = the recipient refused
event-redispatched = on the way again, agreed
event-hidden = removed from the list
event-amended = the order’s details were updated
event-filled-in = the details came
event-marketplace = updated in Flowwow: { $status }
event-undone = step taken back: “{ $step }”

step-accept = accepted
step-decline = declined
step-cancel = cancelled
step-assign_seller = employee assigned
step-assign_courier = courier assigned
step-release = back to the manager
step-attach_photo = photo uploaded
step-rate = photo rated
step-dispatch = courier left
step-hand_to_third_party = third-party courier
step-pick_up = courier took it
step-complete = done
step-recipient_refused = recipient refused
step-redispatch = another recipient
step-hide = removed from the list
step-amend = details updated
step-marketplace_has = updated in Flowwow
step-undo = step taken back

# Common
said = { $text }
joined = { $first } · { $second }
noted = { $text }: { $note }
signed = { $when }, { $who }
name-unknown = name not given
phone-hidden = phone hidden until departure
phone-with-carrier = phone shown to who carries it
product-unnamed = Unnamed product
flower-unnamed = Unnamed flower

who-director = director
who-manager = manager
who-seller = florist
who-courier = courier
who-client = client
who-marketplace = Flowwow

# First lines
heading = { $sign } <b>{ $state }</b>
state-new = New
state-accepted = Accepted
state-with-third-party = With the third-party courier since { $when }
state-photo = Photo
state-courier_left = Courier left
state-returning = Coming back
state-done = Done
state-cancelled = Cancelled by the client
state-declined = Declined by the shop
due-accept = accept by { $clock }, { $left }
due-assemble = make by { $clock }, { $left }
due-photo = photo by { $clock }, { $left }
due-leave = leave by { $clock }, { $left }
due-assemble-at-once = make it now
due-photo-at-once = make it and take the photo now
due-leave-at-once = leave now
due-deliver = deliver by { $clock }, { $left }
due-returning = to the shop since { $when }
trouble-stop = the courier still has it
trouble-doubt = cancelled or not?
trouble-nobody-there = nobody there, waiting since { $when }
trouble-late = { $minutes } min late, there by { $when }
trouble-photo = new photo needed
trouble-unpaid = surcharge not paid
due-assemble-first = make by { $clock }
due-photo-first = photo by { $clock }
due-photo-then = photo { $clock }
due-leave-then = leave { $clock }
when-soon = As soon as possible
when-unknown = Delivery time not given
when-unread = Delivery time not known yet
when-soon-span = As soon as possible · { $span }
when-distance = { $span } ({ $until })

# Whom the order waits for
waits-photo = Waiting for { $name } to make it and take the photo
waits-new-photo = Waiting for { $name } to change it and take a new photo
waits-made = Waiting for { $name } to make it
waits-assigned = Waiting for the manager to assign a florist
waits-release = Waiting for the manager to let it go
waits-collected = Waiting for it to be collected
waits-carrier-comes = Waiting for { $name } to pick it up
waits-third-party-comes = Waiting for the third-party courier to pick it up
waits-carrier-delivers = Waiting for { $name } to hand it over
waits-courier-delivers = Waiting for the courier to hand it over
waits-third-party-delivers = Waiting for the third-party courier to hand it over
waits-decision = Waiting for the manager to decide what happens to it

# Composition
composition-unknown = Composition not given
composition-unread = Composition not known yet
composition-line = { $name } × { $count }
composition-more = { $count ->
    [one] and { $count } more item
   *[other] and { $count } more items
}

# Card
card-outdated = Order { $number }: this message is out of date.
card-not-yours = Order { $number } is not assigned to you now.
card-unread = Flowwow does not show the details yet. See the order in its app; they will appear here by themselves.
card-text = Card text: { $text }
card-client-note = Client’s wish: { $text }
card-insists = ❗ <b>{ $text }</b>
card-shop-note = For the shop: { $text }
card-payment-note = Payment: { $text }
card-courier-note = For the courier: { $text }
card-pickup = Pickup
card-address = Address: { $text }
card-address-unknown = Address not given
card-address-unread = Address not known yet
card-recipient = Recipient: { $text }
card-client = Client: { $text }
card-paid = Paid: { $amount }
card-paid-with-extra = Paid: { $amount }, surcharge of { $extra } included
card-mixed-currencies = Price and goods are in different currencies: check the sums in Flowwow
card-shares = Commission { $commission } · card fee { $acquiring } · to the shop { $shop }
card-part-given-back = Refund to the client for the substitution: { $amount }
card-seller = Florist { $name }
card-accepted = accepted { $signed }
card-carrier = Delivery: { $carrier }
card-carrier-no-contact = no contact
card-third-party-hidden = Delivery: third-party courier
carrier-self = { $name } delivers
carrier-courier = courier { $name }
carrier-third_party = third-party courier { $name }
card-photos = { $count ->
    [one] Photo: { $signed }
   *[other] Photo, version { $count }: { $signed }
}
card-rating-waits = Waiting for the client’s answer until { $when }. Do not delay the delivery.
card-rating-none = The client has not answered yet. Leave on time.
card-photo-unseen = 📷 The photo is ready. The client cannot see it yet
card-rating-liked = The client likes the photo
card-rating-disliked = The client asks for a change
card-dispatched = Courier left: { $signed }
card-new-photo-needed = ❗ A new photo is needed: this one does not show what was agreed
card-without-new-photo = Without a new photo
card-picked-up = The courier took it: { $signed }
card-without-photo = Without a photo
card-refused = The recipient refused, { $signed }
card-agreed-change = Agreed with the client: { $text }
card-completed = { $how }, { $signed }
card-completed-early = before the window, the client agreed
card-completed-by-other = Not finished by the courier
card-closed-cancelled = Cancelled, { $signed }
card-closed-declined = Declined by the shop, { $signed }
handover-in_person = handed over in person
handover-third_person = given to somebody else
settlement-full = The client gets everything back: { $refund }
settlement-minus-delivery = The client gets { $refund } back, the shop keeps { $kept } for the delivery
settlement-unknown = The refund is not known: Flowwow support will name it

# For the courier
courier-say = Say: “Hello, a delivery. Are you { $text }?”
courier-say-nameless = Say: “Hello, a delivery.”
courier-do-not-say = Do not mention a gift or who sent it.
courier-write-hint = A question for the manager? Reply to this card, it is read at once.
courier-text-order = Delivery, order { $number }
courier-text-trouble = If it cannot be handed over, call the shop at once.
courier-return = Bring the order back to the shop.
courier-phone = Phone: { $text }
courier-phone-hidden = The phone is shown once you have the order and press “Picked up”

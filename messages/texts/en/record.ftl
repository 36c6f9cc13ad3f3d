record-written = Written { $when }, version { $version }, time zone { $zone }
record-order = Order
record-window = Deliver
record-urgency = Urgency
record-delivery = Way of receiving
delivery-courier = delivery
delivery-pickup = pickup
record-placed = Placed
record-received = Came to the shop
record-composition = Composition:
record-addon = add-on
record-offer = Product code
record-address = Address
record-recipient = Recipient
record-recipient-phone = Recipient’s phone
record-client = Client
record-client-phone = Client’s phone
record-card-text = Card text
record-client-note = Client’s wish
record-shop-note = Note for the shop
record-courier-note = Note for the courier
record-payment-note = Payment
record-paid = Paid
record-extra = Surcharge included
record-delivery-fee = Delivery
record-commission = Commission
record-acquiring = Card fee
record-to-shop = To the shop
record-accepted = Accepted
record-seller = Florist
record-carrier = Carried by
carrier-kind-self = themselves
carrier-kind-courier = the shop’s courier
carrier-kind-third_party = third-party courier
record-photo = Photo, version
record-rating = Photo rating
record-liked = likes it
record-disliked = asks for a change
record-dispatched = Courier left
record-without-new-photo = Why without a new photo
record-picked-up = Third-party courier took it
record-courier-says = The courier writes
record-shop-says = The shop writes
record-without-photo = Why without a photo
record-refused = The recipient refused
record-went-to = Went before to
record-agreed-change = Agreed with the client
record-completed = Done
record-completed-early = Before the window, agreed by the client
record-completed-by-other = Why not finished by the courier
record-closed = Closed
record-refund = Back to the client
record-kept = Kept by the shop
record-list = List
record-hidden = removed from the list
record-marketplace = Status at Flowwow

# The pack for the day: printed, and read at arm's length.
pack-title = Pack for the day
pack-made = Made on { $when } at { $clock }
pack-private = Names, addresses and phones inside. Do not forward it or leave it lying about, destroy it after the shift.
pack-empty = No open orders for today and tomorrow.
pack-earlier = Earlier days, not finished
pack-today = Today, { $date }
pack-tomorrow = Tomorrow, { $date }
pack-untimed = Time not known yet
pack-route = Route: { $name }
pack-open = Open in the bot
pack-caption =
    🖨 <b>Pack for the day</b>, { $when } · { $count ->
        [one] { $count } order
       *[other] { $count } orders
    }
    Keep the file in your phone: it opens without the bot too. Names, addresses and phones inside, do not forward it.
pack-drawing = Making the pack…
pack-failed = The pack did not work out. Try again in a minute.
do-pack = 🖨 Pack for the day

# The report of a day, a week, a month: picture, caption, table
button-report = Report
button-my-day = My day
command-report = Report of the day
summary-drawing = Counting…
summary-failed = The report did not work out. Try again in a minute.
summary-not-drawn = The picture did not work out; here are the figures.
summary-in-words = <b>{ $label }:</b> { $value } ({ $note })
do-summary-day = Day
do-summary-week = Week
do-summary-month = Month
do-summary-chosen = • { $label }
do-summary-earlier = ← Earlier
do-summary-later = Later →
do-summary-details = Details
do-summary-glance = In short
do-summary-file = Table
do-summary-close = Close

summary-title-week-0 = This week
summary-title-week-1 = Last week
summary-title-week = Week
summary-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
summary-title-own-day = My day
summary-title-own-week = My week
summary-title-own-month = My month
summary-period-day = { $weekday }, { $date } { $year }
summary-period-span = { $first } - { $last } { $year }
summary-period-month = { $first }-{ $last } { $year }
summary-period-so-far = { $period }, at { $clock }
summary-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
summary-weekday-short = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
summary-orders = { $count ->
    [one] order
   *[other] orders
}
summary-deliveries = { $count ->
    [one] delivery
   *[other] deliveries
}
summary-deliveries-counted = { $count ->
    [one] { $count } delivery
   *[other] { $count } deliveries
}
summary-orders-counted = { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
summary-done = delivered { $count }
summary-under-way = under way { $count }
summary-cancelled = cancelled { $count }
summary-declined = declined { $count }
summary-came = came in { $count }

summary-accept = Accepted in
summary-accept-slowest = slowest { $duration }
summary-accept-overdue = overdue { $count }, slowest { $duration }
summary-accept-waiting = not accepted { $count }
summary-accept-none = no new orders
summary-photo = Photo in time
summary-photo-all = all in time
summary-photo-late = late { $count }
summary-photo-none = none needed
summary-punctual = Delivered in time
summary-punctual-all = none late
summary-punctual-little = up to 15 min late { $count }
summary-punctual-late = 15+ min late { $late }, 30+ min { $very }
summary-punctual-none = too early to say
summary-money = Payout
summary-money-real = { $amount } came for { $count ->
    [one] { $count } order
   *[other] { $count } orders
}
summary-money-waiting = no Flowwow report yet
summary-money-no-rates = the commission is not set
summary-paid = Paid
summary-paid-none = prices are not known
summary-liked = Photo liked
summary-liked-note = to correct { $complained }, complaints { $disputed }
summary-liked-none = no complaints
summary-assembled = Assembled
summary-delivered = Delivered
summary-of = { $part } of { $all }
summary-of-all = of { $count } orders
summary-nothing = -
summary-minutes-least = under 1 min

summary-by-hour = Deliveries by hour
summary-by-day = Deliveries by day
summary-peak = Busiest { $when }: { $count }.
summary-peak-hour = at { $clock }
summary-usual = Pale bars: the usual { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}, { $count }.
summary-holiday = 8 March { $year }
summary-holiday-note = { $orders } in all. Busiest at { $clock }: { $count }.
summary-untimed = Without a time: { $count }.

summary-kind-day = No deliveries. A quiet day: time to sort the flowers and have some tea.
summary-kind-ahead = No deliveries for this day so far.
summary-kind-span = There were no deliveries.
summary-kind-own = You had no orders. Have a rest.
summary-caption = <b>{ $title }</b>: { $parts }.
summary-caption-empty = <b>{ $title }</b>. { $words }
summary-caption-all-in-time = all in time
summary-caption-late = { $count } late
summary-caption-accepted = accepted in { $duration }
summary-caption-money = payout { $amount }
summary-caption-assembled = assembled { $count }
summary-caption-delivered = delivered { $count }

summary-was = before { $before }
summary-punctual-was = 15+ min late { $late }, before { $before }
summary-was-week = Pale and “before”: a week earlier, { $days }, { $orders }.
summary-was-month = Pale and “before”: a month earlier, { $days }, { $orders }.
summary-days = { $first } - { $last }
summary-days-month = { $first }-{ $last }
summary-compared-week = Against the week before
summary-compared-month = Against the month before
summary-compared-orders = Orders
summary-compared-late = 15 min late and more
summary-compared-photos = Photos needed
summary-compared-photos-in-time = Photos in time
summary-compared-expected = Expected payout
summary-column-now = now
summary-column-before = Before
summary-caption-before-week = a week earlier { $count } ({ $days })
summary-caption-before-month = a month earlier { $count } ({ $days })
summary-sheet-compared = Comparison

summary-section-orders = Orders
summary-section-accept = Accepting
summary-section-photo = Photos and ratings
summary-section-way = Delivery
summary-section-money = Money
summary-section-mishaps = Gifts and compensation
summary-section-people = Who did how much
summary-row-total = All
summary-row-done = Delivered
summary-row-under-way = Under way
summary-row-cancelled = Cancelled
summary-row-declined = Declined by the shop
summary-row-came = Came in
summary-row-accepted = Accepted
summary-row-median = Usually in (median)
summary-row-slowest = Slowest
summary-row-overdue = Overdue
summary-row-photos = Photos needed
summary-row-photos-in-time = Photo in time
summary-row-liked = Photo liked
summary-row-complained = Asked to correct
summary-row-disputed = Complaints after delivery
summary-row-stars = Ratings, stars
summary-row-to-deliver = To be delivered by now
summary-row-in-time = In time
summary-row-late = Late by 15 min or more
summary-row-very-late = Late by 30 min or more
summary-row-assembled = Assembled
summary-row-delivered = Delivered
summary-row-paid = Clients paid
summary-row-surcharges = Of that surcharges
summary-row-refunds = Refunded
summary-row-fees = Commission and card fee
summary-row-expected = Payout expected
summary-row-real = Came, by the reports
summary-row-reported = Orders in the reports
summary-row-unknown = Commission not known, orders
summary-row-gifts = Gifts
summary-row-costs = Cost of mishaps
summary-row-asked = Compensation asked for
summary-row-compensated = Compensated
summary-people-accepted = accepted
summary-people-assembled = assembled
summary-people-delivered = delivered
summary-people-more = { $count } more
summary-sheet-figures = Figures
summary-sheet-hours = By hour
summary-sheet-days = By day
summary-sheet-people = Who did how much
summary-sheet-orders = Orders
summary-column-what = What
summary-column-value = Value
summary-column-unit = Unit
summary-column-hour = Hour
summary-column-day = Day
summary-column-orders = Orders
summary-column-usual = Usual
summary-column-person = Name
summary-column-number = Number
summary-column-window = Delivery
summary-column-status = Status
summary-column-accept = Accepted in, min
summary-column-photo = Photo in time
summary-column-late = Late by, min
summary-column-paid = Paid
summary-column-surcharge = Surcharge
summary-column-fees = Commission and card fee
summary-column-refund = Refund
summary-column-expected = Payout expected
summary-column-real = Payout real
summary-column-currency = Currency
summary-unit-minutes = min
summary-yes = yes
summary-no = no

# A rehearsal: the picture of florist rehearse
rehearsal-title = Rehearsal
rehearsal-own-day = the shop's fullest day
rehearsal-built-in = the built-in 8 March
rehearsal-minutes = its fullest { $minutes } min
rehearsal-load = load ×{ $times }, seed { $seed }
rehearsal-people-director = { $count ->
    [one] { $count } director
   *[other] { $count } directors
}
rehearsal-people-manager = { $count ->
    [one] { $count } manager
   *[other] { $count } managers
}
rehearsal-people-seller = { $count ->
    [one] { $count } florist
   *[other] { $count } florists
}
rehearsal-people-courier = { $count ->
    [one] { $count } courier
   *[other] { $count } couriers
}
rehearsal-accepted = Accepted in time
rehearsal-photo = Photos in time
rehearsal-late = Delivered late
rehearsal-late-note = 15+ min{":\u00A0"}{ $late }, 30+{":\u00A0"}{ $very }; worst { $worst }
rehearsal-breaks = Breaks first
rehearsal-breaks-note = not in time { $broken } of { $count }
rehearsal-holds = less than { $percent } % not in time
rehearsal-no-time = no time
rehearsal-by-hour-note = Dark: something was late. Pale: all orders of the hour.
rehearsal-more = With one more
rehearsal-as-is = As it is
rehearsal-more-seller = One more florist
rehearsal-more-courier = One more courier
rehearsal-column-accepted = accepted
rehearsal-column-photo = photos
rehearsal-column-late = late
rehearsal-heard = What each person hears
rehearsal-column-sounds = sounds
rehearsal-column-messages = messages
rehearsal-speeds = How quick people are
rehearsal-speed-accept = Accept
rehearsal-speed-assemble = Assemble
rehearsal-speed-photo = Take the photo
rehearsal-speed-deliver = To the first address
rehearsal-speed-answer = The client looks at the photo
rehearsal-seconds = { $count } s

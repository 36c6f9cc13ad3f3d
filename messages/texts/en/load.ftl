# The shop's load, the plan of the day and what to buy
command-load = Load by the hour
command-plan = Plan of the day: who assembles what
do-load = Load
do-load-back = ← Load
do-load-fewer = Fewer orders
do-load-picture = As a picture
do-plan = Plan of the day
do-plan-back = ← Plan of the day
do-plan-all = Assign all · { $count }
do-plan-staff = Who works
do-buy = What to buy
load-title = 📊 <b>Load, { $day }</b>
load-capacity = You manage { $count } an hour: { $why }
load-why-rule = a rule of the shop
load-why-florists = { $florists ->
    [one] { $florists } florist with { $each } each, a rule of the shop
   *[other] { $florists } florists with { $each } each, a rule of the shop
}
load-why-history = as many as in the last 4 weeks
load-why-assembly = { $florists ->
    [one] { $florists } florist with { $each }, { $minutes } min to assemble
   *[other] { $florists } florists with { $each } each, { $minutes } min to assemble
}
load-none = No orders for this day yet.
load-over = The hours with orders are over.
load-legend = █ to do, ▒ done, ░ room
load-hour = { $hours }: { $count } of { $most }
load-head = ⏱ { $hours }
load-head-over = ⚠ { $hours }
load-head-more = { $count ->
    [one] { $count } more hour
   *[other] { $count } more hours
}
load-florist = { $name }: { $left } of { $count }
load-unassigned = Without a florist: { $count }
load-untimed = Without a time: { $count }
load-to-do = to do { $count }
load-unassigned-short = without a florist { $count }
load-untimed-short = without a time { $count }
load-manages = You manage an hour
load-fullest = Fullest hour
load-fullest-note = orders { $count }, to do { $left }
load-picture-note = Pale: you manage { $count } an hour. Red: more.
load-by-florist = Who has how many
load-column-to-do = to do
load-column-all = all
load-not-drawn = The picture did not work out. The same in words: «Load».
advice-over = ⚠ <b>{ $when }: { $count ->
    [one] { $count } order
   *[other] { $count } orders
}, you manage { $most }.</b>
advice-full = ⚠ <b>{ $when }: { $count ->
    [one] { $count } order
   *[other] { $count } orders
} already, no more can be done.</b>
advice-hide = Hide the shop for { $hours } h? New clients are offered delivery times after this hour; the shop itself stays visible in Flowwow. Orders that have come in stay.
advice-schedule = It is too early to hide the shop. Shorten this hour in the shop's schedule in Flowwow.
advice-dismissed = { $hours }: no more reminders.
do-advice-hide = Hide for { $hours } h
do-advice-dismiss = No need
toast-advice-over = This hour has begun: no new orders will come for it.
toast-advice-dismissed = Fine, no more reminders of this hour
fewer-title = <b>Fewer orders for { $when }</b>
fewer-schedule = • Shorten this hour in the shop's schedule in Flowwow. The bot cannot do this for you.
fewer-holiday = Before a holiday Flowwow's schedule changes only from the next day on. The shop can be hidden for some hours at once: delivery times move.
fewer-stop-list = • Put what takes long to assemble on the stop list.
fewer-share = • Give orders to those who have time: “Plan of the day”.
plan-title = 📋 <b>Plan, { $day }:</b> { $count } to assemble
plan-none = Nothing to assemble on this day.
plan-share = { $name } { $count }
plan-share-none = nobody { $count }
plan-assemble = { $sign } <b>{ $clock }</b> { $what }
plan-assembled = { $sign } assembled { $what }
plan-untimed = { $sign } no time { $what }
plan-maybe = { $name }?
plan-nobody = nobody
plan-proposed = “?” is a proposal. Press an order to give it to somebody else.
plan-who = Who assembles it?
plan-person = { $name } · { $count } to assemble
plan-staff-title = <b>Who assembles { $day }</b>
plan-staff-how = Press a name if the person does not work. The plan shares the orders among the others.
plan-works = ✓ { $name }
plan-off = { $name } · off
plan-given = { $count ->
    [one] { $count } order assigned
   *[other] { $count } orders assigned
}
plan-not-accepted = { $count } not accepted yet: accept first
plan-refused = { $count ->
    [one] { $count } not assigned: the order has changed
   *[other] { $count } not assigned: the orders have changed
}
toast-plan-gone = This order is not in the plan any more
buy-title = 🛒 <b>What to buy for today and tomorrow</b> · { $count } to assemble
buy-item = { $flower }: { $count }
buy-enough = All is there, nothing to buy.
buy-nothing = There are no orders to assemble.
buy-partly = { $flower }: { $needed } needed, { $at_hand } there
buy-uncounted = Not counted, the list has all that is needed:
buy-there-title = Enough:
buy-there = { $flower } { $needed } of { $at_hand }
buy-without-recipe = No recipe, count them yourselves:

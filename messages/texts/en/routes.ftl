command-routes = Routes of the couriers
route-title = <b>Route: { $count ->
    [one] { $count } stop
   *[other] { $count } stops
}</b>
route-title-of = <b>{ $name }: { $count ->
    [one] { $count } stop
   *[other] { $count } stops
}</b>
route-none = No more deliveries today.
route-leave = Leave at { $clock }
route-leave-now = Time to leave
route-by-hand = The sequence was set by hand.
route-changed = The route changed at { $clock }.
route-stop = { $place }. <b>{ $clock }</b> { $where }
route-stop-lost = { $place }. 🔴 <b>{ $clock }</b> { $where }
route-stop-open = { $place }. { $where }
route-stop-marked = 👉 { $stop }
route-window = window { $start }-{ $end }
route-lost = 🔴 Too late for: { $where }, { $window }, there at { $clock }
route-out-earlier = Leave earlier, at { $clock }: then it can be kept.
route-out-other = { $name } can make it: there at { $clock }. Give them the order by “Find a courier”.
route-out-no-other = Nobody else who is delivering now can make it.
route-out-on-way = The courier already has the order in hand.
route-out-tell = Tell the client.
route-out-tell-mine = Press “Running late” on the card: the shop tells the client.
route-open-lost = Open { $number }
route-up = ↑ Earlier
route-down = ↓ Later
route-first = Go there first
route-mark = Another stop
route-compute = Recalculate
route-minutes = Driving time
route-change = Reorder stops
route-back = ← My deliveries
route-back-all = ← Routes
route-not-yours = The courier, a manager or a director changes this route.
route-stop-gone = This delivery is no longer in the route.
route-moved = Sequence changed.
route-moved-lost = Sequence changed, but one window cannot be kept now.
route-computed = Recalculated.
route-only-stop = The route has one delivery only.
routes-title = <b>Routes today</b>
routes-none = Nobody is delivering anything now.
routes-of = { $name } · { $count }
routes-board = Routes
route-board = Route
route-ask-minutes = How many minutes is it { $from } to { $to }? Send a number, “-” brings the calculation back. Or send this address as a location.
route-from-shop = from the shop
route-from = from { $where }
route-minutes-bad = Send minutes as a number from 1 to 600, or “-”.
route-minutes-kept = Noted.
route-place-kept = Noted where this is: { $where }.
route-seen = Noted where you are. The route is calculated from here.
route-seen-none = There is no route now: nothing to note.
route-shop-ask = Is this where the shop is? Then routes are calculated from it.
route-shop-here = Yes, the shop is here
route-shop-kept = Noted where the shop is.
route-day-arrival = there { $clock }
route-day-mine = at { $clock }
route-day-lost = too late, there { $clock }

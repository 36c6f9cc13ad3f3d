bell-waiting = 🔴 <b>{ $count } not accepted</b>
bell-oldest = the oldest has waited { $waited }
bell-nearest = nearest delivery { $when }
bell-soon = as soon as possible
bell-more = { $count ->
    [one] and { $count } more order
   *[other] and { $count } more orders
}
bell-accept-all = Accept all { $count }
bell-others = { $count } more
bell-accepted = { $count ->
    [one] { $count } order accepted
   *[other] { $count } orders accepted
}
bell-accepted-line = 🟡 <b>{ $accepted }</b> · { $signed }
bell-none-of-line = These orders were put back to new.
bell-accepted-none = Nothing was accepted
bell-all-taken = { $count ->
    [1] Accepted already: { $names }
   *[other] All accepted already: { $names }
}
bell-not-accepted = { $number } not accepted: { $why }
bell-nothing-waits = Nothing waits any more: all orders are accepted.

day-header = 📌 <b>Today:</b> { $counts }
day-no-orders = no orders
day-waiting = { $count ->
    [one] { $count } waits
   *[other] { $count } wait
}
day-waiting-ahead = { $count ->
    [one] { $count } waits for another day
   *[other] { $count } wait for other days
}
day-in-shop = { $count } in work
day-on-way = { $count } on the way
day-done = { $count } done
day-nothing = A new order appears here by itself.
day-accept = accept by { $when }
day-accept-now = accept now
day-assemble-now = time to assemble
day-photo-now = photo needed
day-leave-now = time to leave
day-deliver = deliver
day-deliver-by = deliver by { $when }
day-nobody = nobody there
day-in-doubt = check the order
day-all = All orders
day-later = Later { $count }

command-sounds = Where it rings
hear-title = <b>Where new orders ring</b>
hear-place-group = The shop's group rings, if you are in it. Here it comes without a sound.
hear-place-private = It rings here. Mute the group in Telegram: the bot cannot do that for you.
hear-place-both = It rings in the group and here.
hear-in-group = You are in the shop's group.
hear-not-in-group = You are not in the shop's group: it rings here.
hear-no-quiet = No quiet hours.
hear-quiet = Quiet hours: { $hours }. Messages come without a sound then.
hear-must-ring = These always ring: cancelled and refused orders, nobody at home, a delay, time to leave, an order not accepted in time.
hear-button-group = In the group
hear-button-private = Here
hear-button-both = Both
hear-button-no-quiet = No quiet hours
hear-button-quiet = Quiet { $hours }
hear-chosen = Noted

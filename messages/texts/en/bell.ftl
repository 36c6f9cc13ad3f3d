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
bell-accepted-none = Nothing was accepted
bell-not-accepted = { $number } not accepted: { $why }
bell-nothing-waits = Nothing waits any more: all orders are accepted.

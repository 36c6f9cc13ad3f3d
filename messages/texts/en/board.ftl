board-title = Orders · { $day }
board-header = <b>{ $title } ({ $count })</b>
board-day-all = all days
board-day-today = today
board-day-tomorrow = tomorrow
board-section-new = new
board-section-accepted = accepted
board-section-photo = photo
board-section-courier_left = courier left
board-section-done = done
board-section-closed = cancelled
board-section-archive = archive
board-assemble-by = make by { $clock }
board-photo-by = photo by { $clock }
board-photo-now = photo wanted
board-leave-by = leave by { $clock }
board-leave-now = time to leave
board-late = overdue
board-no-address = address?
board-page = Page { $page } of { $pages }
board-empty-all = No orders. A new one appears here by itself.
board-empty = No such orders.
orders-damaged = ⚠️ The record cannot be read: { $numbers }. The bot does not work such orders: work them in Flowwow, and tell whoever set up the bot.
board-earlier = { $count ->
    [one] { $count } order of earlier days is not finished: “All days”.
   *[other] { $count } orders of earlier days are not finished: “All days”.
}
board-not-shown = Not shown: { $parts }
board-hidden-closed = { $count } cancelled
board-hidden-removed = { $count } removed from the list
board-hidden-archived = { $count } in the archive
board-button-all = All days
board-button-today = Today
board-button-tomorrow = Tomorrow
board-button-any = All
board-button-closed = Cancelled { $count }
board-button-archive = Archive { $count }
board-previous = ← Previous
board-next = Next →
matches = { $count ->
    [one] { $count } order found
   *[other] { $count } orders found
}
matches-first = { $count ->
    [one] the first { $count } shown
   *[other] the first { $count } shown
}
matches-none = No order has this number.

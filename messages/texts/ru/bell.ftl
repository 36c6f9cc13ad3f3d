bell-waiting = 🔴 <b>Не приняты { $count }</b>
bell-oldest = старший ждёт { $waited }
bell-nearest = ближайшая доставка { $when }
bell-soon = как можно скорее
bell-more = { $count ->
    [one] и ещё { $count } заказ
    [few] и ещё { $count } заказа
   *[other] и ещё { $count } заказов
}
bell-accept-all = Принять все { $count }
bell-others = ещё { $count }
bell-accepted = { $count ->
    [one] Принят { $count } заказ
    [few] Приняты { $count } заказа
   *[other] Приняты { $count } заказов
}
bell-accepted-none = Не принято ничего
bell-not-accepted = не принят { $number }: { $why }
bell-nothing-waits = Уже ничего не ждёт: все заказы приняты.

bell-waiting = 🔴 <b>{ $count ->
    [one] Не принят { $count }
    [few] Не приняты { $count }
   *[other] Не принято { $count }
}</b>
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
   *[other] Принято { $count } заказов
}
bell-accepted-line = 🟡 <b>{ $accepted }</b> · { $signed }
bell-none-of-line = Эти заказы возвращали в новые.
bell-accepted-none = Не принято ничего
bell-all-taken = { $count ->
    [1] Уже принят: { $names }
   *[other] Уже приняты: { $names }
}
bell-not-accepted = не принят { $number }: { $why }
bell-nothing-waits = Уже ничего не ждёт: все заказы приняты.

day-header = 📌 <b>Сегодня:</b> { $counts }
day-no-orders = заказов нет
day-waiting = { $count ->
    [one] { $count } ждёт
   *[other] { $count } ждут
}
day-waiting-ahead = { $count ->
    [one] { $count } ждёт на другие дни
   *[other] { $count } ждут на другие дни
}
day-in-shop = { $count } в работе
day-on-way = { $count } в пути
day-done = { $count } готово
day-nothing = Новый заказ появится здесь сам.
day-accept = принять до { $when }
day-accept-now = принять сейчас
day-assemble-now = пора собирать
day-photo-now = нужно фото
day-leave-now = пора выезжать
day-deliver = вручить
day-deliver-by = вручить до { $when }
day-nobody = никого нет
day-in-doubt = проверьте заказ
day-all = Все заказы
day-later = Позже { $count }

command-sounds = Где звенит
hear-title = <b>Где звенят новые заказы</b>
hear-place-group = Звенит группа магазина, если вы в ней. Здесь приходит без звука.
hear-place-private = Звенит здесь. Группу заглушите в Telegram: бот не может сделать это за вас.
hear-place-both = Звенит и в группе, и здесь.
hear-in-group = Вы в группе магазина.
hear-not-in-group = В группе магазина вас нет: звенит здесь.
hear-no-quiet = Тихих часов нет.
hear-quiet = Тихие часы: { $hours }. В это время сообщения приходят без звука.
hear-must-ring = Всегда звенят: отмена и отказ, никого нет дома, опоздание, пора выезжать, заказ не приняли вовремя.
hear-button-group = В группе
hear-button-private = Здесь
hear-button-both = Там и там
hear-button-no-quiet = Без тишины
hear-button-quiet = Тихо { $hours }
hear-chosen = Запомнил

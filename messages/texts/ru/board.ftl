board-title = Заказы · { $day }
board-header = <b>{ $title } ({ $count })</b>
board-day-all = все дни
board-day-today = сегодня
board-day-tomorrow = завтра
board-section-new = новые
board-section-accepted = принятые
board-section-photo = фото
board-section-courier_left = курьер вышел
board-section-done = выполнен
board-section-closed = отменённые
board-section-archive = архив
board-assemble-by = собрать до { $clock }
board-photo-by = фото до { $clock }
board-photo-now = нужно фото
board-leave-by = выезд до { $clock }
board-leave-now = пора выезжать
board-late = просрочен
board-no-address = адрес?
board-page = Страница { $page } из { $pages }
board-empty-all = Заказов нет. Новый появится здесь сам.
board-empty = Таких заказов нет.
orders-damaged = ⚠️ Не читается запись: { $numbers }. Бот такие заказы не ведёт: работайте с ними во Flowwow и скажите тому, кто ставил бота.
board-earlier = { $count ->
    [one] С прошлых дней не завершён { $count } заказ: «Все дни».
    [few] С прошлых дней не завершены { $count } заказа: «Все дни».
   *[other] С прошлых дней не завершено { $count } заказов: «Все дни».
}
board-not-shown = Не показано: { $parts }
board-hidden-closed = { $count ->
    [one] { $count } отменённый
   *[other] { $count } отменённых
}
board-hidden-removed = { $count ->
    [one] { $count } убран из списка
   *[other] { $count } убраны из списка
}
board-hidden-archived = { $count } в архиве
board-button-all = Все дни
board-button-today = Сегодня
board-button-tomorrow = Завтра
board-button-any = Все
board-button-closed = Отменённые { $count }
board-button-archive = Архив { $count }
board-previous = ← Раньше
board-next = Дальше →
matches = { $count ->
    [one] Нашёлся { $count } заказ
    [few] Нашлось { $count } заказа
   *[other] Нашлось { $count } заказов
}
matches-first = { $count ->
    [one] показан первый { $count }
   *[other] показаны первые { $count }
}
matches-none = Заказа с таким номером нет.

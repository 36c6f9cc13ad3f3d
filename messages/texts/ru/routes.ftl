command-routes = Маршруты курьеров
route-title = <b>Маршрут: { $count ->
    [one] { $count } адрес
    [few] { $count } адреса
   *[other] { $count } адресов
}</b>
route-title-of = <b>{ $name }: { $count ->
    [one] { $count } адрес
    [few] { $count } адреса
   *[other] { $count } адресов
}</b>
route-none = Доставок на сегодня больше нет.
route-leave = Выехать в { $clock }
route-leave-now = Пора выезжать
route-by-hand = Порядок задан вручную.
route-changed = Маршрут изменился в { $clock }.
route-stop = { $place }. <b>{ $clock }</b> { $where }
route-stop-lost = { $place }. 🔴 <b>{ $clock }</b> { $where }
route-stop-open = { $place }. { $where }
route-stop-marked = 👉 { $stop }
route-window = окно { $start }-{ $end }
route-lost = 🔴 Не успеть: { $where }, { $window }, будет в { $clock }
route-out-earlier = Выехать раньше, в { $clock }: тогда успеть можно.
route-out-other = { $name } успеет: будет в { $clock }. Передайте заказ через «Найти курьера».
route-out-no-other = Из других, кто сейчас везёт заказы, никто не успевает.
route-out-on-way = Заказ уже в руках у курьера.
route-out-tell = Предупредите клиента.
route-out-tell-mine = На карточке нажмите «Опаздываю»: магазин предупредит клиента.
route-open-lost = Открыть { $number }
route-up = ↑ Выше
route-down = ↓ Ниже
route-first = Ехать первым
route-mark = Другой адрес
route-compute = Посчитать заново
route-minutes = Сколько ехать
route-change = Изменить порядок
route-back = ← Мои доставки
route-back-all = ← Маршруты
route-not-yours = Этот маршрут меняет курьер, менеджер или директор.
route-stop-gone = Этой доставки в маршруте уже нет.
route-moved = Порядок изменён.
route-moved-lost = Порядок изменён, но одно окно теперь не успеть.
route-computed = Посчитано заново.
route-only-stop = В маршруте одна доставка.
routes-title = <b>Маршруты сегодня</b>
routes-none = Сейчас никто ничего не везёт.
routes-of = { $name } · { $count }
routes-board = Маршруты
route-board = Маршрут
route-ask-minutes = Сколько минут ехать { $from } до { $to }? Пришлите число, «-» вернёт расчёт. Или пришлите этот адрес точкой: скрепка, «Геопозиция».
route-from-shop = от магазина
route-from = от { $where }
route-minutes-bad = Нужны минуты числом, от 1 до 600, или «-».
route-minutes-kept = Записано.
route-place-kept = Записано, где это: { $where }.
route-seen = Отмечено, где вы. Маршрут посчитан отсюда.
route-seen-none = Маршрута сейчас нет: отмечать нечего.
route-shop-ask = Это место магазина? Тогда маршруты будут считаться от него.
route-shop-here = Да, магазин здесь
route-shop-kept = Записано, где магазин.
route-day-arrival = будет { $clock }
route-day-mine = в { $clock }
route-day-lost = не успеть, будет { $clock }

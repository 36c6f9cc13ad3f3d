# Загрузка магазина, план дня и что купить
command-load = Загрузка по часам
command-plan = План дня: кто что собирает
do-load = Загрузка
do-load-back = ← Загрузка
do-load-fewer = Меньше заказов
do-load-picture = Картинкой
do-plan = План дня
do-plan-back = ← План дня
do-plan-all = Назначить всех · { $count }
do-plan-staff = Кто работает
do-buy = Что купить
load-title = 📊 <b>Загрузка, { $day }</b>
load-capacity = Успеваете { $count } в час: { $why }
load-why-rule = по правилу магазина
load-why-florists = { $florists ->
    [one] { $florists } флорист по { $each }, по правилу магазина
    [few] { $florists } флориста по { $each }, по правилу магазина
   *[other] { $florists } флористов по { $each }, по правилу магазина
}
load-why-history = столько успевали за последние 4 недели
load-why-assembly = { $florists ->
    [one] { $florists } флорист по { $each }, сборка { $minutes } мин
    [few] { $florists } флориста по { $each }, сборка { $minutes } мин
   *[other] { $florists } флористов по { $each }, сборка { $minutes } мин
}
load-none = Заказов на этот день пока нет.
load-over = Часы с заказами уже прошли.
load-legend = █ собрать, ▒ собрано, ░ ещё успеете
load-hour = { $hours }: { $count } из { $most }
load-head = ⏱ { $hours }
load-head-over = ⚠ { $hours }
load-head-more = ещё { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
load-florist = { $name }: { $left } из { $count }
load-unassigned = Без флориста: { $count }
load-untimed = Без времени: { $count }
load-to-do = ещё собрать { $count }
load-unassigned-short = без флориста { $count }
load-untimed-short = без времени { $count }
load-manages = Успеваете в час
load-fullest = Самый полный час
load-fullest-note = заказов { $count }, собрать { $left }
load-picture-note = Светлое: успеваете { $count } в час. Красное: больше.
load-by-florist = У кого сколько
load-column-to-do = собрать
load-column-all = всего
load-not-drawn = Картинка не получилась. То же словами - в «Загрузке».
advice-over = ⚠ <b>{ $when }: { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[other] { $count } заказов
}, успеваете { $most }.</b>
advice-full = ⚠ <b>{ $when }: уже { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[other] { $count } заказов
}, больше не успеть.</b>
advice-hide = Скрыть магазин на { $hours } ч? Новые клиенты увидят окна доставки позже этого часа, сам магазин во Flowwow останется виден. Заказы, которые уже пришли, остаются.
advice-schedule = Скрывать магазин ещё рано. Сократите этот час в графике магазина во Flowwow.
advice-dismissed = { $hours }: больше не напомню.
do-advice-hide = Скрыть на { $hours } ч
do-advice-dismiss = Не нужно
toast-advice-over = Этот час уже идёт: новых заказов на него не будет.
toast-advice-dismissed = Хорошо, об этом часе больше не напомню
fewer-title = <b>Меньше заказов на { $when }</b>
fewer-schedule = • Сократите этот час в графике магазина во Flowwow. За вас бот этого сделать не может.
fewer-holiday = Перед праздником график во Flowwow меняется только со следующего дня. Скрыть магазин на несколько часов можно сразу: окна доставки сдвинутся.
fewer-stop-list = • Уберите в стоп-лист то, что долго собирать.
fewer-share = • Раздайте заказы тем, у кого есть время: «План дня».
plan-title = 📋 <b>План, { $day }:</b> собрать { $count }
plan-none = На этот день собирать нечего.
plan-share = { $name } { $count }
plan-share-none = некому { $count }
plan-assemble = { $sign } <b>{ $clock }</b> { $what }
plan-assembled = { $sign } собран { $what }
plan-untimed = { $sign } без времени { $what }
plan-maybe = { $name }?
plan-nobody = некому
plan-proposed = «?» предлагает бот. Нажмите заказ, чтобы дать другому.
plan-who = Кто соберёт?
plan-person = { $name } · собрать { $count }
plan-staff-title = <b>Кто собирает { $day }</b>
plan-staff-how = Нажмите имя, если человек не работает. План делит заказы между остальными.
plan-works = ✓ { $name }
plan-off = { $name } · не работает
plan-given = { $count ->
    [one] Назначен { $count } заказ
    [few] Назначены { $count } заказа
   *[other] Назначено { $count } заказов
}
plan-not-accepted = { $count ->
    [one] Ещё не принят { $count }: сначала примите
    [few] Ещё не приняты { $count }: сначала примите
   *[other] Ещё не принято { $count }: сначала примите
}
plan-refused = { $count ->
    [one] Не назначен { $count }: заказ уже изменился
    [few] Не назначены { $count }: заказы уже изменились
   *[other] Не назначено { $count }: заказы уже изменились
}
toast-plan-gone = Этого заказа в плане уже нет
buy-title = 🛒 <b>Что купить на сегодня и завтра</b> · собрать { $count }
buy-item = { $flower }: { $count }
buy-enough = Всё есть, покупать нечего.
buy-nothing = Заказов, которые нужно собрать, нет.
buy-partly = { $flower }: нужно { $needed }, есть { $at_hand }
buy-uncounted = Не посчитаны, здесь всё, что нужно:
buy-there-title = Хватает:
buy-there = { $flower } { $needed } из { $at_hand }
buy-without-recipe = Нет рецепта, посчитайте сами:

# Отчёт за день, неделю, месяц: картинка, подпись, таблица
button-report = Отчёт
button-my-day = Мой день
command-report = Отчёт за день
summary-drawing = Считаю…
summary-failed = Отчёт не получился. Попробуйте ещё раз через минуту.
summary-not-drawn = Картинка не получилась, вот цифры.
summary-in-words = <b>{ $label }:</b> { $value } ({ $note })
do-summary-day = День
do-summary-week = Неделя
do-summary-month = Месяц
do-summary-chosen = • { $label }
do-summary-earlier = ← Раньше
do-summary-later = Позже →
do-summary-details = Подробно
do-summary-glance = Коротко
do-summary-file = Таблица
do-summary-close = Закрыть

summary-title-week-0 = Эта неделя
summary-title-week-1 = Прошлая неделя
summary-title-week = Неделя
summary-month = { $month ->
    [1] Январь
    [2] Февраль
    [3] Март
    [4] Апрель
    [5] Май
    [6] Июнь
    [7] Июль
    [8] Август
    [9] Сентябрь
    [10] Октябрь
    [11] Ноябрь
   *[12] Декабрь
}
summary-title-own-day = Мой день
summary-title-own-week = Моя неделя
summary-title-own-month = Мой месяц
summary-period-day = { $weekday }, { $date } { $year }
summary-period-span = { $first } - { $last } { $year }
summary-period-month = { $first }-{ $last } { $year }
summary-period-so-far = { $period }, на { $clock }
summary-weekday = { $weekday ->
    [1] понедельник
    [2] вторник
    [3] среда
    [4] четверг
    [5] пятница
    [6] суббота
   *[7] воскресенье
}
summary-weekday-short = { $weekday ->
    [1] пн
    [2] вт
    [3] ср
    [4] чт
    [5] пт
    [6] сб
   *[7] вс
}
summary-orders = { $count ->
    [one] заказ
    [few] заказа
   *[many] заказов
}
summary-deliveries = { $count ->
    [one] доставка
    [few] доставки
   *[many] доставок
}
summary-deliveries-counted = { $count ->
    [one] { $count } доставка
    [few] { $count } доставки
   *[many] { $count } доставок
}
summary-orders-counted = { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[many] { $count } заказов
}
summary-done = вручено { $count }
summary-under-way = в работе { $count }
summary-cancelled = отменено { $count }
summary-declined = отказов { $count }
summary-came = пришло новых { $count }

summary-accept = Приняли за
summary-accept-slowest = дольше всего { $duration }
summary-accept-overdue = позже срока { $count }, дольше всего { $duration }
summary-accept-waiting = не принято { $count }
summary-accept-none = новых не было
summary-photo = Фото вовремя
summary-photo-all = все в срок
summary-photo-late = позже срока { $count }
summary-photo-none = не требовалось
summary-punctual = Вручили вовремя
summary-punctual-all = опозданий нет
summary-punctual-little = до 15 минут позже { $count }
summary-punctual-late = позже на 15+ мин { $late }, на 30+ { $very }
summary-punctual-none = ещё рано говорить
summary-money = К выплате
summary-money-real = пришло { $amount } за { $count ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[many] { $count } заказов
}
summary-money-waiting = отчёта Flowwow ещё не было
summary-money-no-rates = комиссия не задана
summary-paid = Оплатили
summary-paid-none = цены неизвестны
summary-liked = Фото понравилось
summary-liked-note = поправить { $complained }, жалоб { $disputed }
summary-liked-none = замечаний нет
summary-assembled = Собрано
summary-delivered = Доставлено
summary-of = { $part } из { $all }
summary-of-all = всего заказов { $count }
summary-nothing = -
summary-minutes-least = до 1 мин

summary-by-hour = Доставки по часам
summary-by-day = Доставки по дням
summary-peak = Больше всего { $when }: { $count }.
summary-peak-hour = в { $clock }
summary-usual = Светлые столбики: { $weekday ->
    [1] обычный понедельник
    [2] обычный вторник
    [3] обычная среда
    [4] обычный четверг
    [5] обычная пятница
    [6] обычная суббота
   *[7] обычное воскресенье
}, { $count }.
summary-holiday = 8 Марта { $year }
summary-holiday-note = Всего { $orders }. Больше всего в { $clock }: { $count }.
summary-untimed = Без времени: { $count }.

summary-kind-day = Доставок не было. Спокойный день: есть время перебрать цветы и выпить чаю.
summary-kind-ahead = Доставок на этот день пока нет.
summary-kind-span = Доставок за это время не было.
summary-kind-own = Заказов у вас не было. Отдыхайте.
summary-caption = <b>{ $title }</b>: { $parts }.
summary-caption-empty = <b>{ $title }</b>. { $words }
summary-caption-all-in-time = всё вовремя
summary-caption-late = { $count ->
    [one] { $count } опоздание
    [few] { $count } опоздания
   *[many] { $count } опозданий
}
summary-caption-accepted = на приём уходило { $duration }
summary-caption-money = к выплате { $amount }
summary-caption-assembled = собрано { $count }
summary-caption-delivered = доставлено { $count }

summary-was = было { $before }
summary-punctual-was = позже на 15+ мин { $late }, было { $before }
summary-was-week = Светлое и «было»: неделей раньше, { $days }, { $orders }.
summary-was-month = Светлое и «было»: месяцем раньше, { $days }, { $orders }.
summary-days = { $first } - { $last }
summary-days-month = { $first }-{ $last }
summary-compared-week = К прошлой неделе
summary-compared-month = К прошлому месяцу
summary-compared-orders = Заказов
summary-compared-late = Позже на 15 мин и больше
summary-compared-photos = Нужны фото
summary-compared-photos-in-time = Фото вовремя
summary-compared-expected = Ожидаем к выплате
summary-column-now = теперь
summary-column-before = Было
summary-caption-before-week = неделей раньше { $count } ({ $days })
summary-caption-before-month = месяцем раньше { $count } ({ $days })
summary-sheet-compared = Сравнение

summary-section-orders = Заказы
summary-section-accept = Приём
summary-section-photo = Фото и оценки
summary-section-way = Доставка
summary-section-money = Деньги
summary-section-mishaps = Подарки и компенсации
summary-section-people = Кто сколько
summary-row-total = Всего
summary-row-done = Вручено
summary-row-under-way = В работе
summary-row-cancelled = Отменено
summary-row-declined = Отказ магазина
summary-row-came = Пришло новых
summary-row-accepted = Принято
summary-row-median = Обычно за (медиана)
summary-row-slowest = Дольше всего
summary-row-overdue = Позже срока
summary-row-photos = Нужны фото
summary-row-photos-in-time = Фото вовремя
summary-row-liked = Фото понравилось
summary-row-complained = Просили поправить
summary-row-disputed = Жалобы после вручения
summary-row-stars = Оценки, звёзд
summary-row-to-deliver = Должны быть вручены
summary-row-in-time = Вовремя
summary-row-late = Позже на 15 мин и больше
summary-row-very-late = Позже на 30 мин и больше
summary-row-assembled = Собрано
summary-row-delivered = Доставлено
summary-row-paid = Оплатили клиенты
summary-row-surcharges = Из них доплаты
summary-row-refunds = Вернули клиентам
summary-row-fees = Комиссия и эквайринг
summary-row-expected = Ожидаем к выплате
summary-row-real = Пришло по отчётам
summary-row-reported = В отчётах заказов
summary-row-unknown = Комиссия неизвестна, заказов
summary-row-gifts = Подарки
summary-row-costs = Расходы из-за сбоев
summary-row-asked = Просили компенсацию
summary-row-compensated = Компенсировали
summary-people-accepted = принято
summary-people-assembled = собрано
summary-people-delivered = вручено
summary-people-more = Ещё { $count }
summary-sheet-figures = Итоги
summary-sheet-hours = По часам
summary-sheet-days = По дням
summary-sheet-people = Кто сколько
summary-sheet-orders = Заказы
summary-column-what = Показатель
summary-column-value = Значение
summary-column-unit = Единица
summary-column-hour = Час
summary-column-day = День
summary-column-orders = Заказов
summary-column-usual = Обычно
summary-column-person = Имя
summary-column-number = Номер
summary-column-window = Доставка
summary-column-status = Статус
summary-column-accept = Принят за, мин
summary-column-photo = Фото вовремя
summary-column-late = Опоздание, мин
summary-column-paid = Оплачено
summary-column-surcharge = Доплата
summary-column-fees = Комиссия и эквайринг
summary-column-refund = Возврат
summary-column-expected = К выплате
summary-column-real = Пришло
summary-column-currency = Валюта
summary-unit-minutes = мин
summary-yes = да
summary-no = нет

# Репетиция: картинка команды florist rehearse
rehearsal-title = Репетиция
rehearsal-own-day = самый полный день магазина
rehearsal-built-in = учебное 8 Марта
rehearsal-minutes = самые полные { $minutes } мин
rehearsal-load = нагрузка ×{ $times }, жребий { $seed }
rehearsal-people-director = { $count ->
    [one] { $count } директор
    [few] { $count } директора
   *[many] { $count } директоров
}
rehearsal-people-manager = { $count ->
    [one] { $count } менеджер
    [few] { $count } менеджера
   *[many] { $count } менеджеров
}
rehearsal-people-seller = { $count ->
    [one] { $count } флорист
    [few] { $count } флориста
   *[many] { $count } флористов
}
rehearsal-people-courier = { $count ->
    [one] { $count } курьер
    [few] { $count } курьера
   *[many] { $count } курьеров
}
rehearsal-accepted = Приняли вовремя
rehearsal-photo = Фото вовремя
rehearsal-late = Опоздали
rehearsal-late-note = 15+ мин{":\u00A0"}{ $late }, 30+{":\u00A0"}{ $very }, хуже всего { $worst }
rehearsal-breaks = Первым сорвётся
rehearsal-breaks-note = не вовремя { $broken } из { $count }
rehearsal-holds = не вовремя меньше { $percent } % заказов
rehearsal-no-time = без времени
rehearsal-by-hour-note = Тёмное: где-то не успели. Светлое: все заказы часа.
rehearsal-more = Если будет ещё один
rehearsal-as-is = Как есть
rehearsal-more-seller = Ещё один флорист
rehearsal-more-courier = Ещё один курьер
rehearsal-column-accepted = принято
rehearsal-column-photo = фото
rehearsal-column-late = поздно
rehearsal-heard = Что слышит каждый
rehearsal-column-sounds = звуков
rehearsal-column-messages = сообщений
rehearsal-speeds = С какой скоростью работают
rehearsal-speed-accept = Принять
rehearsal-speed-assemble = Собрать
rehearsal-speed-photo = Сфотографировать
rehearsal-speed-deliver = До первого адреса
rehearsal-speed-answer = Клиент смотрит фото
rehearsal-seconds = { $count } с

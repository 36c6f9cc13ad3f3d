time-at = { $day } { $clock }
time-span = { $day } { $start }-{ $end }
time-span-days = { $day } { $start } - { $last } { $end }
time-in = через { $duration }
time-ago = { $duration } назад
time-now = сейчас
time-left = осталось { $duration }
time-late = { $of ->
    [photo] просрочено на { $duration }
   *[order] просрочен на { $duration }
}
time-up = срок вышел
day-yesterday = вчера
day-today = сегодня
day-tomorrow = завтра
day-date = { $day } { $month ->
    [1] января
    [2] февраля
    [3] марта
    [4] апреля
    [5] мая
    [6] июня
    [7] июля
    [8] августа
    [9] сентября
    [10] октября
    [11] ноября
   *[12] декабря
}
day-date-year = { $date } { $year }
duration-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
duration-hours = { $count } ч
duration-minutes = { $count } мин

sum-roubles = { $amount }{ "\u202F" }₽
sum-other = { $amount }{ "\u202F" }{ $currency }
sum-decimal-sign = ,

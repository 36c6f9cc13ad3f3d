time-at = { $day } { $clock }
time-span = { $day } { $start }-{ $end }
time-span-days = { $day } { $start } - { $last } { $end }
time-in = in { $duration }
time-ago = { $duration } ago
time-now = now
time-left = { $duration } left
time-late = { $of ->
    [photo] { $duration } late
   *[order] { $duration } late
}
time-up = time is up
day-yesterday = yesterday
day-today = today
day-tomorrow = tomorrow
day-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
day-date-year = { $date } { $year }
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
duration-hours = { $count } h
duration-minutes = { $count } min

sum-roubles = { $amount }{ "\u202F" }₽
sum-other = { $amount }{ "\u202F" }{ $currency }
sum-decimal-sign = .

# Отчёт о деньгах из кабинета
report-title = <b>Отчёт о деньгах · { $period }</b>
report-title-undated = <b>Отчёт о деньгах</b>
report-rows = Операций учтено: { $new }{ $known ->
    [0] .
   *[other] , были учтены раньше: { $known }.
}
report-ignored = Выплат магазину, к заказам не относятся: { $count }.
report-unknown = Незнакомых операций, не учтены: { $count } ({ $names }).
report-operation = «{ $name }» { $count }
report-unreadable = Не удалось прочитать строк: { $count } (в файле { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
}). Проверьте в них номер заказа, сумму и дату.
report-cells = В ячейках: { $cells }
report-cell = { $name } «{ $text }»
report-orders = Заказов найдено: { $found }, не найдено: { $missing }
report-total = Магазину по отчётам: { $amount }
report-nothing-expected = Сравнить не с чем: комиссия и эквайринг не заданы в настройках бота.
report-no-differences = { $count ->
    [one] У { $count } заказа выплата сходится с расчётом.
   *[other] У { $count } заказов выплата сходится с расчётом.
}
report-differences = { $count ->
    [one] У { $count } заказа выплата не сходится с расчётом, всего { $balance }
   *[other] У { $count } заказов выплата не сходится с расчётом, всего { $balance }
}
report-page = Страница { $page } из { $pages }
report-difference = { $number }: ожидали { $expected }, пришло { $real }, разница { $amount }
report-order = { $number } · { $amount }
report-missing = Нет в боте: { $numbers }
report-button-differences = ← К расхождениям
report-button-missing = Не найдены: { $count }
toast-report-gone = Этого отчёта здесь нет. Пришлите файл ещё раз.

# Заказ
card-real-payout = По отчёту магазину: { $amount }
card-real-payout-differs = По отчёту магазину: { $amount }, разница с расчётом { $difference }
history-real-payout = По отчётам маркетплейса: { $parts }
history-real-total = магазину { $amount }
operation-paid = оплачено { $amount }
operation-surcharge = доплата за доставку { $amount }
operation-compensation = возмещение скидки { $amount }
operation-bonus = бонусы { $amount }
operation-commission = комиссия { $amount }
operation-acquiring = эквайринг { $amount }

# Присланные файлы
documents-chiefs-only = Отчёты и прайс-листы принимают директор и менеджер.
file-too-big = Файл больше 20 МБ: такие Telegram боту не отдаёт. Выберите в кабинете период короче или разделите файл.
file-locked = Файл защищён паролем. Сохраните его без пароля и пришлите снова.
file-broken = Файл не открывается: он повреждён или это не таблица. Скачайте его заново и пришлите ещё раз.
file-bomb = Файл не принят: внутри он намного больше, чем бывает таблица. Если там есть запись далеко внизу или справа, удалите её, или скачайте файл заново из кабинета.
file-too-long = В таблице больше { $most } строк. Разделите её и пришлите частями.
file-not-now = Файл сейчас не открыть: на компьютере бота не хватает места или памяти. Пришлите его ещё раз через несколько минут.
file-coming = Файл пока не скачивается из Telegram. Пробую ещё, пришлю ответ здесь.
file-not-fetched = Файл так и не скачался из Telegram, он не прочитан. Пришлите его ещё раз.
file-unknown-kind = Такой файл бот не читает. Пришлите таблицу .xlsx, .xls, .ods или файл .xml.
file-no-heading = В файле нет знакомых столбцов. Для отчёта о деньгах нужны «Номер заказа», «Тип операции» и «Сумма транзакции», для прайс-листа «Артикул» и «Название», «Цена» или «Остаток».

# Список отчётов
do-reports = Отчёты о деньгах
reports-title = <b>Отчёты о деньгах: { $count }</b>
reports-how = Новый отчёт скачайте в кабинете Flowwow и пришлите сюда файлом.
reports-line = { $period } · { $count ->
    [one] { $count } операция
    [few] { $count } операции
   *[other] { $count } операций
} · { $sent }
reports-undated = без дат
reports-back = ← Все отчёты

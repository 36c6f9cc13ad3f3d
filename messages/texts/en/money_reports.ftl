# The list of reports
do-reports = Money reports
reports-title = <b>Money reports: { $count }</b>
reports-how = Download a new report from the Flowwow cabinet and send it here as a file.
reports-line = { $period } · { $count ->
    [one] { $count } transaction
   *[other] { $count } transactions
} · { $sent }
reports-undated = no dates
reports-back = ← All reports

# The cabinet's money report
report-title = <b>Money report · { $period }</b>
report-title-undated = <b>Money report</b>
report-rows = Transactions counted: { $new }{ $known ->
    [0] .
   *[other] , known before: { $known }.
}
report-ignored = Withdrawals, which belong to no order: { $count }.
report-unknown = Unknown operations, not counted: { $count } ({ $names }).
report-operation = “{ $name }” { $count }
report-unreadable = Rows that cannot be read: { $count } (in the file { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}). Check their order number, sum and date.
report-cells = In the cells: { $cells }
report-cell = { $name } “{ $text }”
report-orders = Orders found: { $found }, not found: { $missing }
report-total = To the shop by the reports: { $amount }
report-nothing-expected = Nothing to compare with: commission and card fee are not set in the bot’s settings.
report-no-differences = { $count ->
    [one] The payout of { $count } order is as expected.
   *[other] The payouts of { $count } orders are as expected.
}
report-differences = { $count ->
    [one] The payout of { $count } order is not as expected, { $balance } in all
   *[other] The payouts of { $count } orders are not as expected, { $balance } in all
}
report-page = Page { $page } of { $pages }
report-difference = { $number }: expected { $expected }, paid { $real }, difference { $amount }
report-order = { $number } · { $amount }
report-missing = Not in the bot: { $numbers }
report-button-differences = ← To the differences
report-button-missing = Not found: { $count }
toast-report-gone = This report is not here. Send the file again.

# The order
card-real-payout = By the report to the shop: { $amount }
card-real-payout-differs = By the report to the shop: { $amount }, { $difference } against the expected
history-real-payout = By the marketplace’s reports: { $parts }
history-real-total = to the shop { $amount }
operation-paid = paid { $amount }
operation-surcharge = delivery surcharge { $amount }
operation-compensation = discount compensation { $amount }
operation-bonus = bonus points { $amount }
operation-commission = commission { $amount }
operation-acquiring = card fee { $amount }

# Files that were sent
documents-chiefs-only = Reports and price lists are taken from the director and the managers.
file-too-big = The file is larger than 20 MB: Telegram does not hand such files to bots. Choose a shorter period in the cabinet, or split the file.
file-locked = The file has a password. Save it without one and send it again.
file-broken = The file does not open: it is damaged or no spreadsheet. Download it anew and send it again.
file-bomb = The file is not taken: inside it is far larger than a spreadsheet ever is. If something is written far down or far to the right, delete it, or download the file again from the cabinet.
file-too-long = The sheet has more than { $most } rows. Split it and send the parts.
file-not-now = The file cannot be opened now: the bot’s computer is short of room or memory. Send it again in a few minutes.
file-coming = The file cannot be downloaded from Telegram yet. Still trying; the answer will come here.
file-not-fetched = The file could not be downloaded from Telegram and was not read. Send it again.
file-unknown-kind = The bot does not read such files. Send a spreadsheet (.xlsx, .xls, .ods) or an .xml file.
file-no-heading = The file has no columns we know. A money report needs “Order number”, “Transaction type” and “Transaction amount”, a price list “Article” and “Name”, “Price” or “Stock”.

# Personal data of clients
do-personal-ask = A client's personal data…
do-personal-export = Get it as a file
do-personal-erase = Erase…
do-personal-erase-yes = Erase for good
personal-ask = { $days ->
    [one] Names, phones, addresses and card texts are erased by themselves { $days } day after an order is over.
   *[other] Names, phones, addresses and card texts are erased by themselves { $days } days after an order is over.
  }
  If a client asks to see or to erase the data earlier, send the order's number or the client's phone.
personal-words = I need an order's number or a phone, in words.
personal-nothing = The shop has no such orders. Check the number or the phone and send it again.
personal-found = { $count ->
    [one] { $count } order is found:
   *[other] { $count } orders are found:
}
personal-sure = Erase names, phones, address, texts and papers? They cannot be brought back. Orders:
personal-living = Still worked on and therefore not erased:
personal-erased = { $count ->
    [0] There was nothing personal to erase.
    [one] Personal data are erased, { $count } order:
   *[other] Personal data are erased, { $count } orders:
}
personal-drafts = Drafts deleted: { $count }
personal-by-itself = Their time was over.
personal-by = { $signed }, at the client's request
personal-talk = What was said by way of the bot:
personal-raw = As Flowwow sent it:
personal-file = personal-data-{ $number }
card-erased = Personal data erased: { $when }

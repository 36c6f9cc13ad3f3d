# The questions the bot asks when a step needs words
outcome = { $words }
toast-answer-below = Please answer the question below
toast-question-over = This question is closed already
toast-question-cancelled = Nothing has changed
button-cancel-question = Cancel
words-needed = I need words here. Write the answer, or choose a ready one above.
ask-photo-reason-needed = Order { $number } leaves without a photo. Why? The answer is kept in the history.
answers-photo-reason-needed =
    The client wanted no photo
    The photo was sent in the Flowwow chat
    No time left before the window
ask-new-photo-reason-needed = Order { $number }: the client asked for a change or agreed to other goods, and there is no new photo. Why do you leave? The answer is kept in the history.
answers-new-photo-reason-needed =
    The client agreed to leave it as it is
    The new photo was sent in the Flowwow chat
    No time left before the window
ask-carrier-reason-needed = Somebody else delivers order { $number }. Why do you finish it for the courier?
answers-carrier-reason-needed =
    The courier confirmed by phone
    The courier has no connection
    The client confirmed the delivery
ask-decline-reason-needed = Why does the shop decline order { $number }? Support will ask for the reason; it is kept in the history.
answers-decline-reason-needed =
    Out of these flowers
    We can't make it in time
    Nobody to deliver it
ask-reason-needed = What happened with the last step of order { $number }? I will put it back as it was.
answers-reason-needed =
    Pressed by mistake
    The wrong order
    Circumstances changed
ask-code-needed = { $wrong ->
    [0] Order { $number }: which code was named? The client has it.
   *[other] Order { $number }: the code is wrong, that was try { $wrong } of 3. Ask again and send the code.
}
answers-code-needed = { "" }
ask-pickup-code-needed = Order { $number }: which code did the client name? It is in their Flowwow app.
answers-pickup-code-needed = { "" }
ask-no-code-reason-needed = { $wrong ->
    [0] Order { $number }: no code was named. Send the code, or why you finish without it.
   *[other] Order { $number }: the code is wrong. Send the right one, or why you finish without it.
}
answers-no-code-reason-needed =
    The client has confirmed the hand-over
    The recipient has no code
ask-no-proof-reason-needed = Order { $number }: there is no photo of the hand-over. Why do you finish without it?
answers-no-proof-reason-needed =
    The client has confirmed the hand-over
    The recipient does not want a photo
ask-early-needed = Order { $number }: the delivery window starts { $wait }. Does the client agree to have it earlier?
answers-early-needed =
    Yes, agreed
    The client asked for it earlier
ask-comment-needed = Order { $number }: who exactly took it? For example: “Sergey, the guard at the entrance”.
answers-comment-needed =
    A relative
    A colleague
    Security or reception
    Neighbours
ask-complaint-needed = Order { $number }: what exactly did the client not like?
answers-complaint-needed =
    Wrong colour
    Wrong composition
    The bouquet is small
ask-change-needed =
    Order { $number }: what was agreed with the client? The new recipient, address, time - in one message, for example: Olga, Sadovaya 3, flat 5, +7 999 123-45-67, 5 to 6 pm.
answers-change-needed = To the same recipient once more
ask-agreed-words-needed =
    Order { $number }: what did the client answer? In their words, the history keeps it.
answers-agreed-words-needed =
    Yes, you may
    Asked for it themselves
ask-new-address-needed =
    Order { $number }: where does it go now? The address in one message.
answers-new-address-needed = Same address
ask-new-time-needed =
    Order { $number }: when should it be there? For example: from 17 to 18.
answers-new-time-needed =
    In an hour
    In 2 hours
    Same time
ask-name-needed =
    Order { $number }: who delivers it? Name and phone in one message, for example: Ivan, +7 999 123-45-67.
    The shop is responsible for a third-party courier.
answers-name-needed = Yandex Delivery
ask-contact-needed =
    Order { $number }: how can the courier be reached? A phone or a tracking link.
    If there is neither, answer “no”: the history keeps it.
answers-contact-needed = No
# Photos
ask-picture = Send the photo of order { $number }: camera, gallery or file.
caption-photo = { $number } · photo { $version }
photo-which-order = The photo is kept. Which order is it of?
photo-which-more = Not in the list? Send the photo again with the order number as its caption.
photo-number-unknown = There is no order { $number } here.
photo-no-order = The photo is kept, but belongs to no order yet. None of your orders needs one now.
photo-went-to = { $number }: { $words }
photo-too-big = The file is larger than 20 MB, and Telegram does not hand it over. Send it as a photo, not as a file.
photo-too-many-pixels = This cannot be opened: the picture has { $megapixels } MP, and in this format the bot opens up to { $most } MP. Send it as a photo, not as a file, or as a smaller JPEG.
photo-coming = The photo cannot be downloaded from Telegram yet. Still trying; the answer will come here.
photo-not-fetched = The photo could not be downloaded from Telegram and was not kept. Send it again.
photo-file-lost = { $number }: the file of photo { $version } is gone from the disk or damaged. Take and upload a new one.
photo-proof-lost = { $number }: the file of hand-over photo { $version } is gone from the disk or damaged.
photo-paper-lost = { $number }: the file of picture { $place } is gone from the disk or damaged.
photo-not-shown = The photo cannot be opened now: there is no access to the place for photos. Press again in a few minutes.
photo-album-numbers = The captions of the album name two different orders: { $first } and { $second }.
photo-not-a-picture = This does not open as a photo. Send a picture: JPEG, PNG, WebP or HEIC.
button-photo-later = None of these
toast-photo-none = Fine, the photo went to no order. If you need it, send it again.
toast-photo-gone = This photo has gone to an order already
toast-photo-replaced = This picture no longer waits: it was sent, or a newer photo is there or on its way
toast-no-photo = This order has no photo yet

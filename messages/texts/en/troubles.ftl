# Troubles of the machine that the bot runs on: to the directors, once when it begins and once when it is over
trouble-database =
    <b>The order database does not answer</b>
    Steps and new orders are not kept for now. Write them down on paper and check the disk of the bot’s machine: the command florist doctor says what is wrong.
trouble-over-database =
    <b>The order database works again</b>
    Repeat the steps that the bot could not do.
trouble-database_damaged =
    <b>The order database is damaged</b>
    Some orders do not open, and their steps are not kept: write them down on paper. Stop the bot and restore the database from the copy: the command florist doctor says how.
trouble-backup =
    <b>The copy of the orders cannot be written</b>
    Orders go on as usual, the copy waits. Check the disk or folder of the copy: the command florist doctor says what is wrong.
trouble-over-backup =
    <b>The copy of the orders is written again</b>
    The bot adds by itself all that was missed.
trouble-photos =
    <b>Photos cannot be kept</b>
    Everything else works. Check the room on the disk and the folder of the photos: the command florist doctor says what is wrong.
trouble-over-photos =
    <b>Photos are kept again</b>
    Whoever was told that a photo was not kept may send it once more.

trouble-another_bot =
    <b>A second program runs with the same bot token</b>
    Some taps and messages go to it, and it may treat the staff as strangers. Stop it; if you do not know where it runs, get a new token from @BotFather and put it into BOT_TOKEN.
trouble-over-another_bot =
    <b>The second program is gone</b>
    All taps come here again. Repeat those that got no answer.

# To the directors, when the copy held more than the database
copy-set-aside =
    <b>The copy of the orders was begun anew</b>
    The copy before holds orders or steps that the database does not: an old state of the database seems to have been put back. That copy is kept, the command florist doctor names it; what is missing can be restored from it.

trouble-marketplace =
    <b>Flowwow does not answer</b>
    A new order comes here at least by its number if Flowwow tells of it. Keep an eye on its app and mark there what is urgent. Steps are kept here and leave by themselves when it answers.
trouble-over-marketplace =
    <b>Flowwow answers again</b>
    The bot fetches all it has missed and passes on all that waited.
trouble-marketplace_token =
    <b>Flowwow does not take the shop’s key</b>
    Orders cannot be read; steps are kept here but do not go to Flowwow. See new orders in its app. Check FLOWWOW_TOKEN in the bot’s settings: the command florist doctor says what is wrong.
trouble-over-marketplace_token =
    <b>Flowwow takes the shop’s key again</b>
    The bot fetches all it has missed and passes on all that waited.
trouble-marketplace_orders =
    <b>Flowwow does not open the orders to the bot</b>
    The key is good, but it does not open the orders of shop { $about }. Ask Flowwow’s support to open the seller API for orders (a beta) to this shop. Until then forward the notifications about orders to the bot, or paste their text. The command florist doctor checks the shop’s number.
trouble-over-marketplace_orders =
    <b>Flowwow has opened the orders to the bot</b>
    The bot fetches all it has missed.
trouble-marketplace_shop =
    <b>Flowwow sends orders of shop { $about }, which the bot does not have</b>
    These orders do not come here: see them in Flowwow’s app. If this is your shop, check FLOWWOW_SHOP_ID in the bot’s settings, or enter the number in the shop’s card (“Shop”, “Settings…”, “Shops…”).
trouble-over-marketplace_shop =
    <b>The shop’s orders come again</b>
trouble-nobody =
    <b>An order was waiting and there was nobody to tell</b>
    Nobody who accepts orders was connected to the bot. Look through the new orders, and let the managers press Start in the bot.
trouble-over-nobody =
    <b>There is somebody to tell of orders again</b>
trouble-job_alarms =
    <b>Reminders do not come</b>
    This is a fault of the bot, and it keeps trying. Meanwhile watch the times of the orders on the board. If it lasts for some minutes, restart the bot and give its log to whoever set it up.
trouble-over-job_alarms =
    <b>Reminders come again</b>
    Those that were missed ring now.
trouble-drawing =
    <b>Reports come as words</b>
    Their pictures cannot be drawn; the figures are the same. Restart the bot; if that does not help, give its log to whoever set it up.
trouble-over-drawing =
    <b>Reports have their pictures again</b>
    There is nothing to do.
trouble-pack =
    <b>The pack for the day comes as text</b>
    Its PDF cannot be drawn; the text file has the same orders. Restart the bot; if that does not help, give its log to whoever set it up.
trouble-over-pack =
    <b>The pack for the day is a PDF again</b>
    There is nothing to do.
trouble-job_shop_door =
    <b>The shop does not open by itself</b>
    This is a fault of the bot, and it keeps trying. Meanwhile open the shop with the button.
trouble-over-job_shop_door =
    <b>The shop opens by itself again</b>
    What was to open opens now.
trouble-job_sending =
    <b>Messages and cards come late</b>
    Steps are kept, but not all of it arrives in time. This is a fault of the bot, and it keeps trying. Say what is urgent in person.
trouble-over-job_sending =
    <b>Messages and cards come again</b>
    All that waited leaves by itself.
trouble-job_marketplace =
    <b>The exchange with Flowwow fails</b>
    This is a fault of the bot, and it keeps trying. Check the Flowwow app for new orders and cancellations.
trouble-over-job_marketplace =
    <b>The exchange with Flowwow works again</b>
    The bot fetches by itself what was missed.
trouble-job =
    <b>Some of the bot’s background work stands still</b>
    Orders, messages and reminders work. Give the bot’s log to whoever set it up: it says what is broken.
trouble-over-job =
    <b>The bot’s background work goes on again</b>
    The bot makes good by itself what was missed.

# To the staff, when news of the shop did not reach one of them, or Telegram refused them
doctor-trial = A check of the bot. This message will disappear in a moment.
news-unheard = { $name } does not get the bot's messages. Call and ask them to open the bot and press Start.
news-refused = The bot could not send a message to the staff. Look for yourself in “Shop” and “Staff”. Give the bot's log to whoever set it up.

# To the directors, when one row had to be set aside so that the others could go on
set-aside-message = A message about order { $number } did not leave because of a fault of the bot. Open the order and check that everyone knows what they must.
set-aside-talk = A message about order { $number } did not reach the other side: Telegram refused it. Say it in other words, or write in the Flowwow chat.
set-aside-call = A step of order { $number } did not reach Flowwow because of a fault of the bot. Mark it in the Flowwow app.
set-aside-copy = Order { $number } was not written to the copy because of a fault of the bot. Note down what matters of it.
set-aside-alarm = A reminder of order { $number } did not ring because of a fault of the bot. Open the order and check the time.
set-aside-erasure = The personal data of order { $number } were not erased because of a fault of the bot. Give the number to whoever set the bot up.

photo-not-kept = The photo was not kept: there is no place for photos just now. Send it again in a few minutes.
toast-photo-not-kept = The photo was not put to the order: there is no place for photos just now. Press again in a few minutes.

# The second way: these leave by e-mail, text message or push. No names, addresses or phones.
fallback-title = { $shop }: Telegram does not answer
fallback-line = Order { $number }: { $what }. Delivery: { $when }.
fallback-more = More orders: { $count }.
fallback-end = You can accept an order in the Flowwow app too. The bot sends the details once Telegram works again.
fallback-about-new = new, accept it by { $clock }
fallback-about-cancelled = cancelled, stop
fallback-about-stop = cancelled, stop whoever is delivering it
fallback-about-in-doubt = check in Flowwow whether it is cancelled
fallback-about-accept-overdue = not accepted in time, accept it now
fallback-about-accept-soon = not accepted, accept it by { $clock }
fallback-about-late = the delivery time is over
fallback-about-leave-now = time to leave
fallback-about-photo-due = no photo yet
fallback-about-offer-open = no courier has answered
fallback-about-return-open = came back, decide what to do with it
fallback-about-photo-unseen = the client cannot see the photo yet
fallback-about-rating-overdue = the client has not answered about the photo
fallback-about-answer-overdue = the client has not answered the question
fallback-about-third-party-check = ask the courier whether it is delivered
fallback-trouble-title = { $shop }: the bot is in trouble
fallback-news-reopens-soon = The shop opens at Flowwow by itself soon. If that is too early, hide it once more in the Flowwow app.
fallback-news-not-reopened = The shop is still hidden at Flowwow: it could not be opened. Open it in the Flowwow app.
fallback-news-courier-freed = Order { $number } need not be delivered: a courier of Flowwow has come. If you have the flowers already, call the shop.
fallback-trial-title = { $shop }: trying the second way
fallback-trial = When Telegram takes no messages, new orders and reminders come here.
do-outage = 🛟 All is down
ways-title = <b>🛟 Second way</b>
ways-about = When Telegram does not take a new order or a reminder for a minute, the bot sends it by e-mail, text message or push: number, time and deadline, no names or addresses.
ways-none = No addresses yet.
way-of-shop = · shop: { $service }
way-own = · you: { $service }
do-way-own = Add for myself
do-way-shop = Add for the shop
do-way-drop = Remove: { $service }
do-way-try = Try
do-way-back = Back
ways-trying = Sending…
way-taken = ✅ { $service }: taken
way-refused = ⚠️ { $service }: not taken. Check address and password.
way-question =
    Send the address in one line. For example, e-mail:
    <code>mailtos://login:password@mail.example?to=whom@mail.example</code>
    or ntfy push: <code>ntfys://a-long-secret-word</code>
    How other services are written: appriseit.com/services. The bot deletes your message at once: it holds a password.
way-added = ✅ Added: { $service }. Press “Try”.
way-flaw-unknown = The bot does not understand this address or cannot use it. Check its beginning (mailtos://, ntfys://…) and send it again.
way-flaw-many = No more than five addresses. Remove one first.
telegram-back = ✅ <b>Telegram works again.</b> No messages left from { $since } to { $until }.
telegram-back-left = You got by the other way:
telegram-back-order = · order { $number }, { $when }
telegram-back-taps =
    ⚠️ From { $since } Telegram did not answer at all, and it keeps taps for 24 hours only. Some of your taps may be lost.
    Look through the orders, and mark again what is done.

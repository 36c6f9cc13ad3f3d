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
trouble-nobody =
    <b>An order was waiting and there was nobody to tell</b>
    Nobody who accepts orders was connected to the bot. Look through the new orders, and let the managers press Start in the bot.
trouble-over-nobody =
    <b>There is somebody to tell of orders again</b>

photo-not-kept = The photo was not kept: there is no place for photos just now. Send it again in a few minutes.
toast-photo-not-kept = The photo was not put to the order: there is no place for photos just now. Press again in a few minutes.

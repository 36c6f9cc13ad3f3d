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
    Steps are kept here and go to Flowwow by themselves when it answers. Mark what is urgent in its app.
trouble-over-marketplace =
    <b>Flowwow answers again</b>
    All that waited leaves by itself.
trouble-marketplace_token =
    <b>Flowwow does not take the shop’s key</b>
    Steps are kept here but do not go to Flowwow. Check FLOWWOW_TOKEN in the bot’s settings: the command florist doctor says what is wrong.
trouble-over-marketplace_token =
    <b>Flowwow takes the shop’s key again</b>
    All that waited leaves by itself.

photo-not-kept = The photo was not kept: there is no place for photos just now. Send it again in a few minutes.
toast-photo-not-kept = The photo was not put to the order: there is no place for photos just now. Press again in a few minutes.

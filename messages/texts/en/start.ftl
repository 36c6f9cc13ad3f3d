# Connecting
start-stranger =
    This is where the shop's staff work.
    Press “Send contact”: your phone number tells me which shop you belong to.
# To whoever sent very many messages in a row: once
flood-stranger = Too many messages in a row: I have not read all of them. Write again in { $minutes } min.
flood-known = I cannot go through so many messages at once: the latest are not read. Send them again when I have answered the earlier ones.
start-unknown-phone =
    This number is not on the staff list.
    Ask the shop's director to add you, then send your contact again.
start-no-director =
    This number is not on the staff list, and no director is connected yet.
    If you are the director: check the number in the setting DIRECTOR_PHONE, restart the bot and send your contact again.
    If not: ask the director to connect and to add you.
start-second-hand-contact = A forwarded contact will not do. Press “Send contact” below.
start-foreign-contact =
    This is somebody else's contact. I need your own: press “Send contact” below.
start-welcome-director =
    { $shop }. { $name }, you are connected as director.
    New orders will come here by themselves. Add people with “Staff”.
start-welcome-manager =
    { $shop }. { $name }, you are connected as manager.
    New orders will come here by themselves.
start-welcome-seller =
    { $shop }. { $name }, you are connected as florist.
    An order appears here as soon as it is given to you.
start-welcome-courier =
    { $shop }. { $name }, you are connected as courier.
    A delivery appears here as soon as it is given to you.
help-old-word = It is here: “{ $now }”.
old-words =
    i deliver it = I'll deliver, on the order's card
    contact = Message client, on the order's card
    to a third person = To somebody else, on the order's card
    agree with the client = Message client → Ask the client
    feed for flowwow = Shop → Stop list → Connect stock to Flowwow
    seller = Florist
    acquiring = Card fee
    settings = Shop → Settings…
    shops = Shop → Settings… → Shops…
    what to buy = /plan → What to buy
    who works = /plan → Who works
    important = Details → ❗ Important, on the order's card
    trial order = /first → Make a trial order
    магазин скрыт = Shop → Hide the shop
    3-му лицу = To somebody else, on the order's card
    about me, my shop = Who am I, the command /me
    profile = Who am I, the command /me
    archive = Orders → Archive
    shop hidden = Shop → Hide the shop
    accepted = Accept, on the order's card
    assign an employee = Assign an employee, on the order's card
    photo = Upload a photo, on the order's card
    upload a photo = Upload a photo, on the order's card
    find a courier = Find a courier, on the order's card
    courier left = Courier left, on the order's card
    done = Done, on the order's card
    in person = In person, on the order's card
    message client = Message client, on the order's card
help-not-understood = I did not understand. To find an order, write its number, a word of the bouquet's name, or a person's name.
help-question = This is a question: it was noted on no order. Send it as a reply to an order's card so that your colleagues read it; “🆘 What to do?” tells what to do.
help-staff =
    An order's number, a word of the bouquet's name, or a name opens the order; a photo with the number as caption goes to the order; “Orders” shows the list.
    Reply to a card in words, by voice or with a photo: it is noted on the order.
trouble = That did not work, and it is my fault. This message may not have been kept: please send it again. What was done before is safe.
trouble-file = That did not work, and it is my fault. The photo or file may not have been kept: please send it again. What was done before is safe.
toast-trouble = That did not work, and it is my fault. What was done before is safe; please press again.
toast-unknown-button = This button is not for you, or it is out of date. Open the order again.
search-nothing = There is no order { $number } among yours. Please check the digits.
group-connected =
    { $shop }: new orders and alarms will come here.
    No addresses, phone numbers or names of clients will be shown in this group.
command-orders = Orders
command-new = New orders
command-guide = What to do?
command-pack = Today’s orders as a PDF
command-fallback = When Telegram is down
command-start-stranger = How to connect
command-start-client = My order
toast-chiefs-accept = New orders are accepted by the director or a manager.
unreachable-person = Messages do not arrive: { $name } has blocked the bot. Order { $number }: call, or give it to somebody else.
unreachable-group = Messages about order { $number } do not arrive in the shop's group. { $advice } Until then alarms go to the director and the managers.
unreachable-group-kicked = Bring the bot back into the group.
unreachable-group-gone = That group no longer exists: make a new one and add the bot to it.
unreachable-group-no_right = Give the bot the right to send messages in the group.
unreachable-group-topic = The topic is closed or deleted: open the topic “General”.
unreachable-group-other = Check that the bot is in the group and may write there.
reachable-group = Messages arrive in the shop's group again.

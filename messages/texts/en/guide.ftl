# "What to do?": the situations, and one screen for each
do-guide = 🆘 What to do?
button-guide = 🆘 What to do?
guide-ask = What happened? What looks like this case comes first.
guide-empty = The guide is empty so far.
guide-title = <b>{ $title }</b>
guide-line = • { $text }
guide-pressing = ❗ { $title }
guide-others = Other situations →
guide-back = ← Other situations
guide-do-shop = Shop: hide it, what is out
guide-do-new-order = Enter an order by hand
guide-do-support = Write to support
guide-done = ✅ { $what }
guide-done-signed = ✅ { $what }: { $signed }
toast-guide-gone = This situation is no longer in the guide. Open “What to do?” again.

guide-title-no-courier = Ready, but no courier
guide-text-no-courier =
    First write to support that you deliver yourselves: otherwise two couriers come.
    A courier of your own? Hand it over. None? Call the spare couriers one by one.
    Nobody? Deliver it yourself and press “I'll deliver”.
    Keep the receipt for the delivery: compensation is asked for with it.
    Can't make it? Agree on another time with the client before you are late.
guide-title-refused = The recipient refuses
guide-text-refused =
    Don't argue. If they gave a reason, remember it: the client will ask.
    Take the flowers back to the shop and put them in water.
    Ask the client: give them to somebody else, or cancel?
    Agree on the new address, time and surcharge before leaving.
    Don't finish the order: nobody has received it.
guide-title-nobody = The recipient is not there
guide-text-nobody =
    The courier presses “At the door”, then “Nobody there”: the shop hears at once.
    The client decides: wait, give it to somebody else, or come later.
    Give it to nobody without their consent.
    Say nothing about a gift or who sent it.
    No answer? Take it back, and don't finish the order.
guide-title-no-address = The address is unknown
guide-text-no-address =
    The shop asks the client for the address, in the order's chat.
    Don't write to or call the recipient: it may be a surprise.
    Send no courier until there is an address.
    Can't make the time? Agree on a new one.
    Farther than usual? A surcharge only if the client agrees, before leaving.
guide-title-flower-out = A flower ran out
guide-text-flower-out =
    Before assembling, suggest a substitution: a similar flower, not cheaper.
    Wait for the answer: don't change the composition yourself.
    A small gift helps: a card, a ribbon, a sweet.
    Take the flower off sale so that no more such orders come.
    The client says no? Another time, and declining only then.
guide-title-no-photo = The photo can't be uploaded
guide-text-no-photo =
    Take the photo by a window and send it here: it will not get lost.
    Send it as a photo, not as a file; check the connection.
    Flowwow doesn't take it? Send the client the link: it shows the photo.
    Upload it to Flowwow as soon as you can, and mark that here.
    Don't hold up the delivery for the photo.
guide-title-silent = The client doesn't answer
guide-text-silent =
    Ask once, briefly, in the order's chat. No series of messages.
    Wait 10–15 minutes.
    Photo not rated? Deliver in time, don't wait for the rating.
    Don't change goods, time or address without an answer.
    Urgent? Ask support to reach the client.
guide-title-cancels = The client wants to cancel
guide-text-cancels =
    Ask the client to write this in the order's chat.
    Don't cancel for the client: support does that.
    Tell support the number, the client's wish, and where the courier is.
    Stop the assembly and the courier.
    Courier not left: full refund. On the way: minus the delivery fee.
guide-title-complaint = Complaint after delivery
guide-text-complaint =
    Tap “Complaint or low rating”: the clock starts.
    Do not argue and promise nothing: collect the facts first.
    The file with the proof is ready: photos, times, agreements, talk.
    Answer in Flowwow in time: without an answer they decide for the client.
    Offer a replacement, a compliment or part of the money if it was your fault.
guide-title-no-card = No branded card at hand
guide-text-no-card =
    Put in any card: it costs the client nothing.
    Copy the client's text without changes.
    The card stands on the list before the photo.
    Ask for branded ones: support sends them free of charge.
guide-title-florist-ill = A florist fell ill
guide-text-florist-ill =
    Look which orders they have: the nearest in time first.
    Give each one to another florist.
    Short of hands? Hide the shop for a few hours: accepted orders stay.
    Can't make it? Agree on another time with the client beforehand.
    Decline last of all: it costs money.
guide-title-app-hangs = The Flowwow app hangs
guide-text-app-hangs =
    Everything about the order is here, on the card: work from it.
    Mark the steps in the bot, none gets lost.
    Need the client urgently? “Message client”, and about this order only.
    Take a screenshot of the error: support will want it.
    Write to support once and wait: repeating puts you last in the queue.
guide-title-order-lost = An order got lost
guide-text-order-lost =
    Send the bot the order number or part of it: it will find the order.
    Look through “Orders”: all days, not only today.
    Not there? Enter it by hand: text, screenshot or a photo of the sheet.
    Don't know the number? Check your mail and the Flowwow app.
    Nowhere? Ask support, once.
guide-title-telegram-slow = Telegram doesn't open
guide-text-telegram-slow =
    Don't press twice: the first press arrives once the connection is back.
    Change the network: Wi-Fi to mobile, or the other way round.
    No connection? Work in the Flowwow app and call each other.
    Addresses and card texts are in the backup copy: a director can open it.
    Connection back? Mark here all that you have done.

# Directors change the guide, everybody else suggests
guide-do-book = Edit the guide
guide-do-suggest = Add to the guide
guide-book = <b>The shop's guide</b>
guide-book-signs = ✏️ suggested by staff, 🚫 hidden. Press a situation to change it.
guide-label-suggested = ✏️ { $title }
guide-label-hidden = 🚫 { $title }
guide-is-hidden = 🚫 Hidden: the staff don't see it.
guide-do-new = New situation
guide-back-list = ← To the guide
guide-back-book = ← To the list
guide-do-text = Change the text
guide-do-tells = Text for support
guide-do-up = Up
guide-do-down = Down
guide-do-hide = Hide
guide-do-show = Show
guide-do-drop = Delete
guide-do-ready = Ready text again
guide-do-publish = Publish
guide-stage-always = When: always
guide-stage-in-shop = When: order in the shop
guide-stage-on-way = When: order on the way
guide-stage-over = When: order is over
guide-suggestion = A suggestion for the guide
guide-suggested-by = Suggested: { $signed }
guide-to-support = To support: { $text }
guide-ask-to-support = What is support told of this situation? In one message, up to { $most } characters. The bot adds the order number and the time; write no names, phones or addresses.
guide-ask-text = Send the new text in one message.
guide-ask-suggestion = What happened, and what helped? A director will look and publish it. No names, addresses or phones of clients.
guide-ask-form = First line: the title. Below it one step a line, up to { $most } steps.
guide-suggestion-kept = Thank you. A director will see it in the guide and publish it.
guide-flaw-empty = There are no words here. First line: the title, the steps below it.
guide-flaw-long-title = The title is longer than { $title } characters: too long for a button. Send a shorter one.
guide-flaw-no-steps = There is only a title. Write below what to do, one step a line.
guide-flaw-many-lines = More than { $lines } steps: too much for one screen. Keep what matters most.
guide-flaw-long-to-support = The text for support is longer than { $support } characters. Send a shorter one.
guide-flaw-long-line = One of the steps is longer than { $line } characters. Send a shorter one.
guide-flaw-full = There are { $own } situations of your own already: delete one first.
toast-guide-up = Up
toast-guide-down = Down
toast-guide-hide = Hidden: the staff no longer see it
toast-guide-show = The staff see it again
toast-guide-publish = Published: everybody sees it now
toast-guide-stage = Changed
toast-guide-drop = Done
toast-guide-directors = Directors change the guide. You can suggest: “Add to the guide”.

guide-done-seller = A florist is assigned
guide-done-offered = Offered to all couriers
guide-done-address-asked = The address was asked for
guide-done-address-found = The address is known
guide-done-phone-asked = The client's phone was asked for
guide-done-phone-allowed = The client's phone was shown
guide-done-phone-said = The call is noted
guide-done-searched = Flowwow looks for a courier
guide-done-called-off = Flowwow's courier was called off
guide-done-came = Flowwow's courier came
guide-done-called = Spare couriers were called
guide-done-carrier = Who delivers is settled
guide-done-handed-over = Handed to an outside courier
guide-done-photo = There is a photo
guide-done-photo-seen = The client can see the photo
guide-done-arrived = The courier is on the spot
guide-done-nobody = Marked that nobody is there
guide-done-refused = The refusal is marked
guide-done-back = On the way back
guide-done-in-shop = The flowers are in the shop
guide-done-elsewhere = Another recipient is agreed on
guide-done-substitution-asked = Substitution suggested, no answer yet
guide-done-substitution-agreed = Substitution agreed on
guide-done-window-asked = Another time suggested, no answer yet
guide-done-window-agreed = Another time agreed on
guide-done-third-asked = Asked whether somebody else may take it
guide-done-third-agreed = Somebody else may take it
guide-done-extra-asked = Asked about a surcharge
guide-done-extra-paid = The surcharge is paid
guide-done-stopped = Stopped

# Cases for Flowwow's support
case-title = <b>Case for support</b>
case-note-sent = ✅ Sent: { $signed }. { $words }
case-note-answer = 💬 Answer: { $signed }. { $words }
case-note-closed = Closed: { $signed }. { $words }
case-picture = picture
case-come-back = Come back to it: { $when }
case-pause = Support has been written to. The next message not before { $clock }, or the request goes to the end of the queue.
case-two-couriers = Support does not know yet that you deliver yourselves: two couriers may come. Write first, it is one tap and one message.
case-do-self-anyway = Told them, I'll deliver
case-do-sent = Sent
case-do-answer = Support's answer
case-do-picture = Picture of it
case-do-later = { $days ->
    [1] Come back tomorrow
   *[other] In { $days } days
 }
case-do-close = Close the case
case-ask-answer = What did support answer? Paste the text or send a screenshot.
case-ask-result = How did it end? Write it in one message, for example: “400 ₽ refunded”.
case-answer-kept = The answer is kept.
case-closed = The case is closed. All that was sent and answered is kept.
cases-title = <b>Open cases</b>: { $count }
cases-none = There are no open cases with support.
cases-morning = Good morning. There are open cases with support.
case-line = { $number } · { $titles } · { $state } · come back { $when }
case-state-draft = not sent
case-state-sent = waiting for an answer
case-state-answered = answered
case-open = Case { $number }
cases-to-closed = Closed cases
cases-closed-title = <b>Closed cases</b>
cases-closed-none = No case has been closed yet.
cases-closed-line = { $number } · { $titles } · { $when }: { $result }
case-title-closed = <b>Case for support, closed</b>
toast-case-full = This case holds many matters already. Send it and close it, then add the new one.
guide-do-cases = Open cases
guide-done-support = Support has been told
support-again = Hello! Order { $number }. Please answer our request of { $when }.
toast-case-sent = Kept: what was sent, when and by whom
toast-case-later = I will remind you
toast-case-soon = Support has been written to. The next message not before { $clock }, or the request goes to the end of the queue.
toast-case-gone = This case is closed already. Open “What to do?” again.

support-copy-once = Write to support once, in one message. A tap copies the text:
guide-back-one = ← Back to the guide
support-hello = Hello! Order { $number }.
support-window = Delivery: { $span }.
support-about-own = { $title }.
support-about-no-courier = The order is ready and there is no Flowwow courier. We deliver it ourselves; please send no second courier. We will ask for compensation of the delivery separately.
support-about-refused = The recipient refused the order; we are taking it back to the shop. We will agree with the client on another recipient or a cancellation.
support-about-nobody = The courier is on the spot and the recipient is not there. We are waiting for the client's decision.
support-about-no-address = The delivery address is unknown. Please ask the client for it.
support-about-flower-out = One of the items is not available; we have suggested a substitution to the client in the chat.
support-about-no-photo = The photo of the order cannot be uploaded to the app. The order was ready in time.
support-about-silent = The client does not answer in the chat. Please contact the client.
support-about-cancels = Please cancel the order.
support-about-complaint = The client complains after the delivery. We are ready to answer and attach the proof: photos, times, talk.
support-about-no-card = We have run out of branded cards and put in another one free of charge. Please send us cards.
support-about-florist-ill = We cannot make it in time and will agree on a new time with the client.
support-about-app-hangs = The app does not respond; we will mark the order's steps late.
support-about-order-lost = The order is not in the app. Please check.
support-about-telegram-slow = The shop has no connection; we will answer late.

# Compensation for a mishap
do-claim = Compensation
do-claims = Compensation by month
claim-title = <b>Compensation</b>
claim-empty = Write down the costs with their receipts, then the sum you ask for. It all goes into one file for support.
claim-line = { $what } · { $signed }
claim-line-cost = Cost: { $said }
claim-line-asked = Asked for: { $said }
claim-line-answer = Flowwow's answer: { $said }
claim-line-paid = Paid: { $said }
claim-line-refused = Refused: { $said }
claim-receipts = { $count ->
    [one] 📎 { $count } file
   *[other] 📎 { $count } files
 }
claim-costs = Costs: { $amount }
claim-asked = Asked for: { $amount }
claim-paid = Paid: { $amount }
claim-gifts = Gifts: { $amount }
claims-gifts = Gifts to clients: { $amount }
claim-line-gift = Gift: { $said }
gift-choose = What gift of the shop goes with the order? One tap puts it on the list before the photo, and its cost among the shop's costs.
gift-given = 🎁 Gift: { $name }
gift-list = <b>Gifts of the shop</b>
gift-list-how = Tap a gift to take it off the list.
gift-list-empty = The list of gifts is empty. Directors and managers keep it.
gift-list-full = The list already has { $most } gifts, no more fit. Take one off and add it again.
gift-label = { $name } · { $cost }
gift-do-out = Take the last one out
gift-do-list = List of gifts
gift-do-add = Add to the list
gift-do-remove = ✖️ { $gift }
gift-ask = What gift is it, and what does it cost the shop? For example: "sweets 150 ₽".
toast-gift-gone = This gift is not on the list any more.
toast-gift-chiefs = Directors and managers keep the list of gifts.
claim-no-receipt = ⚠️ Without a receipt: { $count }. It may not be paid.
claim-no-sum = ⚠️ Receipts without a sum: { $count }.
claim-ask-next = Next: what sum do you ask for?
claim-is-over = This is settled.
claim-do-cost = Cost and receipt
claim-do-asked = Sum to ask for
claim-do-answer = Flowwow's answer
claim-do-paid = Paid or refused
claim-do-drop = Remove the last one
claim-do-support = Write to support
claim-do-file = File with the proof
claim-ask-cost = How much, and for what? For example: "taxi 450 ₽". Send the receipt as a photo or a PDF, with the words or after them.
claim-ask-asked = What sum do you ask for, and for what? For example: "450 ₽ for our own delivery".
claim-ask-asked-costs = The costs come to { $costs }. What sum do you ask for, and for what?
claim-ask-answer = What did Flowwow answer? Paste the text or send a screenshot.
claim-ask-paid = How much was paid? If it was refused, write "refused" and why.
claim-ask-sum-of-receipt = The receipt is kept. How much, and for what? For example: "taxi 450 ₽".
claim-sum-none = There is no sum here. Write it in digits, for example: "taxi 450 ₽".
claim-sum-several = There are several sums here. Write one; write the rest down separately.
claim-sum-zero = The sum must be more than zero.
claim-sum-large = This sum is too large. Check it and write it once more.
claim-file-kind = A receipt is a photo or a PDF. This file was not kept.
claim-full = There are many entries already, no more fit. Write the rest to support.
toast-claim-dropped = Removed. It will not be in the file
claims-title = <b>Compensation in { $month }</b>: { $count }
claims-none = Nothing was asked for in this month.
claims-sums = Costs { $costs } · asked for { $asked } · paid { $paid }
claims-line = { $number } · costs { $costs } · asked for { $asked } · paid { $paid }{ $over ->
    [yes] {" "}· settled
   *[no] {""}
}
claims-open = Order { $number }
claims-earlier = ← Month before
claims-later = Month after →
claims-to-cases = ← To the cases
support-about-claim = We ask for compensation of { $amount }

# Branded goods of Flowwow
do-branded = Order cards and bags
brand-title = <b>Branded goods of Flowwow</b>: free of charge, support sends them
brand-empty = Fill in the form first: who receives them, phone, address and opening hours.
brand-no-bags = Bags only for Moscow and members of Lime.
brand-item-cards = cards
brand-item-stickers = stickers
brand-item-bags = bags
brand-ask-cards = Cards
brand-ask-stickers = Stickers
brand-ask-bags = Bags
brand-do-form = Form
brand-do-moscow = { $on ->
    [yes] ☑ Moscow
   *[no] ☐ Moscow
 }
brand-do-lime = { $on ->
    [yes] ☑ Lime
   *[no] ☐ Lime
 }
brand-do-came = Have come: { $item }
brand-do-refused = Will not come
brand-back = ← To the form
brand-ask-form =
    Send four lines in one message:
    full name of who receives them
    phone
    address of the shop
    opening hours
brand-flaw-lines = Exactly four lines are needed: full name, phone, address, opening hours. Send them once more.
brand-flaw-phone = There is no phone in the second line. Send all four lines once more.
brand-waits = ⏳ Waiting for { $item }: asked for { $signed }
brand-request = Hello! Please send us branded goods: { $item }. Full name: { $name }. Phone: { $phone }. Address of the shop: { $address }. Opening hours: { $hours }.
toast-brand-not-now = This cannot be ordered now: look at the form. Bags are only for Moscow and members of Lime.

# Talking with the client, for the staff
contact-follows = The client follows the order by the link: you can write right from here.
contact-code = Hand-over code: <code>{ $code }</code>. Send it to the client in the order's chat; the courier will ask for it.
contact-link-given = The client was given a link ({ $signed }), but has not opened it yet.
talk-do-link = Link for the client
talk-do-new-link = New link
talk-do-no-link = Close access
talk-do-code = QR code
talk-do-write = Write to the client
talk-do-stop = Cancel
talk-do-ready = Ready texts
link-for-client = Send it to the client in the order's chat. It is for the client alone: it opens for the first who comes with it.
link-opened = The client has opened this link. A new one closes it.
link-words = Hello. You can follow order { $number }, see its photo and write to us in Telegram: { $url }
caption-code = { $number } · code for the client
button-copy = Copy
talk-from-client = <b>Client · { $number }</b>
talk-from-shop = <b>Shop · order { $number }</b>
talk-second-person =
    Order { $number }: another person came with the client's link, and has seen nothing.
    If it is the client with another account, give a new link.
talk-photo-lost =
    Order { $number }: the photo has not reached the client, its file is damaged or gone.
    Take and upload another one.
talk-photo-stays =
    Order { $number }: the client has seen the photo of another order, and the bot cannot remove it: more than two days have passed.
    The client has been told that it is not theirs.
talk-ask-words = Order { $number }: what shall the client be told? Text, photo or voice. Your name and number stay hidden.
talk-passed-on = Sent to the client.
talk-hidden = Sent without phone numbers and links: by Flowwow's rules all talk goes through the order's chat.
talk-elsewhere = Sent. By Flowwow's rules, agree on everything in the order's chat: other talk does not protect you.
talk-stay-here = <i>The client invites you to another channel. By Flowwow's rules, answer here.</i>
talk-corrected = Corrected: { $text }
talk-correction-passed-on = The correction was sent to the client.
edit-not-taken = An edit changes nothing here: please send the corrected words as a new message.
talk-kinds = Text, photos and voice messages can be passed on.
talk-too-long = Too long: { $most } characters fit. Please send it in parts.
talk-held-back = { $most ->
    [one] The client was written to lately and has not answered. Again possible: { $when }.
   *[other] The client was written to { $most } times and has not answered. Again possible: { $when }.
}
talk-toast-no-link = Access is closed, the link does not work any more
refusal-link-over = The order is over: the client needs no link any more. Write in the order's chat.
refusal-no-phone = The order has no phone of the client.
refusal-phone-call-needed = Write what the client said.
refusal-phone-of-directors = By the shop's rules a director shows the client's phone.
ask-phone-call-needed = Order { $number }: what did the client say on the phone? It stays in the history. Only about this order.
answers-phone-call-needed =
    Nobody answered
    No call was needed
    Agrees, nothing changes
refusal-phone-reason-needed = Write why you need the client's phone.
ask-phone-reason-needed = Order { $number }: why do you need the client's phone? The answer stays in the history.
answers-phone-reason-needed =
    The Flowwow chat does not open
    The client does not answer and it is urgent
    Nobody is at the address
card-phone-asked = <b>{ $name } asks for the client's phone:</b> { $reason }
card-phone-waits = Waiting: a manager decides whether to show the client's phone.
card-client-phone = Client's phone until { $until }: { $phone }. About this order only.
card-phone-said = 📞 The client on the phone ({ $signed }): { $text }
card-phone-unsaid = 📞 Have you called the client? Note what was said: “Message client”.
event-phone-said = the client on the phone
event-phone-asked = asked for the client's phone
event-phone-allowed = client's phone shown, asked by { $name }
event-phone-until = { $text } · until { $until }
event-phone-refused = client's phone not shown
step-note_phone_call = note of a call
step-ask_phone = request for the client's phone
step-allow_phone = client's phone shown
step-refuse_phone = client's phone not shown
toast-note_phone_call = Noted: it stays with the order.
toast-ask_phone = A manager sees your request. The phone will appear on the card.

# A complaint after the delivery
step-dispute = complaint after the delivery
step-flag_line = important line
step-give_gift = gift
step-take_gift_out = gift taken out
toast-flag_line = Done: the cards are updated.
toast-give_gift = It goes with the order and stands on the list before the photo.
toast-take_gift_out = Taken out.
event-flagged = marked important
event-unflagged = no longer important
event-gift = gift of the shop
event-gift-out = the gift was taken out
event-any-card = another card goes with it in place of the branded one, free of charge
card-any-card = Card: any, free of charge (there is no branded one)
step-answer_dispute = answer to the complaint
step-settle_dispute = end of the dispute
toast-dispute = The complaint is noted and a case is open. You will be reminded while there is time to answer.
toast-answer_dispute = The answer is noted, the clock has stopped.
toast-settle_dispute = The dispute is over, its result is kept.
ask-dispute-words-needed = Order { $number }: what does the client write? If there is a rating, name the stars.
answers-dispute-words-needed =
    1 star
    2 stars
    A dispute was opened in Flowwow
refusal-dispute-words-needed = Write what the client says.
ask-dispute-result-needed = Order { $number }: how did it end?
answers-dispute-result-needed =
    Decided for the shop
    Replacement
    Compliment for the client
    Promo code
    Part of the money given back
    All of the money given back
refusal-dispute-result-needed = Write how it ended.
event-dispute-opened = complaint after the delivery
event-dispute-answered = the complaint was answered in Flowwow
event-dispute-settled = the dispute is over
card-dispute = ⚠️ Complaint after the delivery: { $words } · { $signed }
card-dispute-clock = Answer in Flowwow until { $until }, { $left }. Without an answer they decide for the client.
card-dispute-answered = Answered: { $signed }. Waiting for Flowwow to decide.
card-dispute-settled = The dispute is over: { $result } · { $signed }
toast-allow_phone = The phone is on the card.
toast-refuse_phone = The phone is not shown.
refusal-no-client = The client has not opened a link. Give one by “Message client” or write in the Flowwow chat.
unreachable-client = Messages do not reach the client of order { $number }: the bot was stopped. Write in the Flowwow chat.
ready-texts = Ready texts for the order's chat:
ready-text-copy = Copy it and send it in the order's chat:
ready-title-accepted = Accepted
ready-title-accepted-plain = The order is accepted
ready-title-clarify = Ask for details
ready-title-ask-address = Ask for the address
ready-title-photo-soon = The order is ready
ready-title-rate = The photo is sent
ready-title-all-well = Is the photo all right?
ready-title-what-is-wrong = What should be changed?
ready-title-new-photo = A new photo is sent
ready-title-on-the-way = The courier is on the way
ready-title-late = We are late
ready-title-nobody-there = Nobody is there
ready-title-delivered = Delivered
ready-title-cancelled = Cancelled
ready-title-declined = We cannot do it
ready-text-accepted = Hello. Order { $number } is accepted and being prepared. We will send a photo before delivery.
ready-text-accepted-plain = Hello! We have accepted order { $number } and are preparing it.
ready-text-clarify = Hello. To deliver order { $number } on time, please tell us the address in detail: entrance, floor, intercom.
ready-text-ask-address = Hello! To deliver order { $number } in time, please send the address: street, house, flat, entry code. We do not call the recipient, so that the surprise stays one.
ready-text-photo-soon = Hello! Order { $number } is ready, we will send the photo in a moment.
ready-text-rate = Hello. Order { $number } is ready, the photo is in the chat. Please rate it: do you like everything?
ready-text-all-well = Hello. Is everything all right in the photo of order { $number }? If something is to be changed, please write. Without an answer we deliver on time what you see.
ready-text-what-is-wrong = Thank you for the answer. What exactly should be changed in order { $number }: colour, flowers, size or the card?
ready-text-new-photo = Order { $number } was changed, the new photo is in the chat. Please look: is everything all right now?
ready-text-on-the-way = The courier has left with order { $number }. We will tell you when it is handed over.
ready-text-late = Order { $number } is delayed, we apologise. We will write as soon as the courier is there.
ready-text-nobody-there = The courier with order { $number } is there, but nobody opens. What shall we do: wait, leave it with somebody else, or come later?
ready-text-delivered = Order { $number } has been delivered. Thank you for choosing us.
ready-text-cancelled = Order { $number } is cancelled as you wished. Flowwow support will answer about the refund.
ready-text-declined = Unfortunately we cannot carry out order { $number }. Flowwow support will answer about the refund. We apologise.
talk-told-client = said: { $what }
talk-told-shop = wrote to the client: { $what }
talk-told-link = gave a link for the client
talk-told-ready = took the ready text “{ $title }”
talk-photo = a photo
talk-voice = a voice message

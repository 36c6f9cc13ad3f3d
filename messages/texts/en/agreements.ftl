# What is agreed with the client
do-agreements = Ask the client
agreement-window = Time: { $before } → { $after }
agreement-substitution = Substitution: { $before } → { $after }
agreement-surcharge = Surcharge { $amount }: { $words }
agreement-surcharge-bare = Surcharge
agreement-third_person = Give to somebody else: { $words }
difference-more = surcharge { $amount }
difference-less = the client gets { $amount } back
difference-none = no surcharge

agreement-line = { $what } · { $state }
agreement-open = waiting for the client’s answer since { $signed }
agreement-agreed = the client agrees, { $signed }
agreement-agreed-short = the client agrees
agreement-not-agreed = the client does not agree, { $signed }
agreement-withdrawn = withdrawn, { $signed }
agreement-paid = paid, { $signed }
agreement-bill-due = the bill is not sent yet
agreement-unpaid = waiting for the money
agreement-blocks = The order does not leave until the surcharge is paid

# Screens
agreement-heading = <b>Question to the client, order { $number }</b>
agreements-none = What is to be agreed with the client? Time, goods and price do not change without their agreement.
agreements-which-goods = What is to be replaced?
agreement-copy = Send this to the client in the order’s chat. A tap copies the text:
agreement-client-asked = The client was asked in Telegram. If they answer in Flowwow’s chat, note the answer here:
agreement-preview = The client will read:
agreement-preview-chat = Text for the order’s chat:
agreement-in-app-window = Tell Flowwow support the new delivery time, then press “Done in the app”.
agreement-in-app-substitution = Tell Flowwow support of the substitution, then press “Done in the app”.
agreement-in-app-dearer = Tell Flowwow support about the substitution and bill the client in the order chat, then press “Bill sent”.
agreement-in-app-surcharge = Bill the client in the order’s chat in Flowwow, then press “Bill sent”.
agreement-wait-for-money = The order leaves once it is paid. When the money is there, press “Paid”.
agreement-do-window = Another time
agreement-do-substitution = Substitution
agreement-do-surcharge = Surcharge
agreement-do-third_person = To somebody else
agreement-do-yes = The client agrees
agreement-do-no = The client disagrees
agreement-do-send = Send
agreement-do-ask = Ask
agreement-do-change = Change
agreement-do-in-app = Done in the app
agreement-do-bill = Bill sent
agreement-do-paid = Paid
agreement-do-withdraw = Withdraw
agreement-show-window = Time: what is next
agreement-show-substitution = Substitution: what is next
agreement-show-surcharge = Surcharge: what is next
agreement-show-third_person = Third person: what is next

# Questions to the client
client-asked-window = Hello! May we bring your order { $number } at another time: { $after }?
client-asked-substitution = Hello! Unfortunately we are out of this for order { $number }: { $before }. We suggest instead: { $after }, { $difference }. Does that suit you?
client-asked-surcharge = Hello! Order { $number } needs a surcharge of { $amount }: { $words }. We will send a bill, and the order leaves once it is paid. Do you agree?
client-asked-third_person = Hello! May we hand your order { $number } to somebody else than the recipient: { $words }?
client-asked-other = Hello! A question about your order { $number }. { $label }: { $value }. Is this right?

client-please-write = Please answer here, in the chat.
client-do-agree = I agree
client-do-disagree = I disagree
reminder-answer-overdue = { $sign } <b>Order { $number }: the client has not answered the question</b>
client-proposal-nudge = We wait for your answer to go on with the order.
client-proposal-yes = You agreed. The shop sees it.
client-proposal-no = You did not agree: everything stays as it was.
client-proposal-bill = You agreed. The bill comes to the order’s chat in Flowwow, the order leaves once it is paid.
client-proposal-withdrawn = The shop took this question back: no answer is needed.
client-toast-answered = Your answer is noted, the shop sees it.
client-toast-over-already = This question needs no answer any more.

# Questions to the staff
ask-window-needed = Order { $number }: what time shall it be? For example: “tomorrow 14-15” or “1 hour later”.
answers-window-needed =
    30 min later
    1 hour later
    2 hours later
ask-window-unclear = Order { $number }: this time does not fit or is not clear. Write the day and the hours, for example: “tomorrow 14-15” or “1 hour later”.
answers-window-unclear =
    30 min later
    1 hour later
    2 hours later
ask-substitute-needed = Order { $number }: replace with what? Write the difference in price with it: “15 roses, +300 ₽”, “11 roses, minus 200 ₽” or “15 roses no surcharge”.
answers-substitute-needed = { "" }
ask-surcharge-needed = Order { $number }: what surcharge, and what for? For example: “500 ₽ for express delivery”.
answers-surcharge-needed = { "" }
ask-sum-unclear = Order { $number }: it takes a sum above zero and what it is for, such as “500 ₽ for express delivery”.
answers-sum-unclear = { "" }
ask-difference-unclear = Order { $number }: is this a surcharge or a price? Write, for example, “15 roses, +300”, “11 roses, minus 200” or “15 roses no surcharge”.
answers-difference-unclear = { "" }
ask-third-person-needed = Order { $number }: whom shall it be given to instead of the recipient?
answers-third-person-needed =
    A relative
    A colleague
    Security or reception
    Neighbours
ask-yes-words-needed = Order { $number }: what did the client answer?
answers-yes-words-needed =
    Yes, I agree
    All right
ask-no-words-needed = Order { $number }: what did the client answer?
answers-no-words-needed =
    No, that does not suit me
    Leave it as it is
ask-withdrawal-reason-needed = Order { $number }: why is it withdrawn? The answer stays in the history.
answers-withdrawal-reason-needed =
    Not needed any more
    Noted by mistake
    The client did not answer

refusal-window-needed = Write what time it shall be.
refusal-window-unclear = This time does not fit or is not clear.
refusal-substitute-needed = Write what it shall be instead.
refusal-surcharge-needed = Write the sum and what it is for.
refusal-sum-unclear = It takes a sum above zero and what it is for.
refusal-difference-unclear = Is this a surcharge or a price? Write +300, minus 200 or no surcharge.
refusal-third-person-needed = Write whom the order shall be given to.
refusal-yes-words-needed = Write what the client answered.
refusal-no-words-needed = Write what the client answered.
refusal-withdrawal-reason-needed = Write why it is withdrawn.
refusal-line-gone = These goods are not in the order any more. Open the order anew.
refusal-proposal-open = The client was asked about this already. Note their answer or withdraw the question: “Message client”.
refusal-proposal-over = This agreement is closed already. Open the order: it says how it ended.
refusal-proposal-over-signed = Noted already: { $signed }. Open the order: it says what is next.
refusal-bill-not-sent = First send the bill in Flowwow’s chat and press “Bill sent”.
refusal-unpaid = The surcharge is not paid, the order does not leave. Note “Paid” or withdraw it: “Ask the client”.

toast-propose = Noted. Send the question to the client.
toast-answer = The client’s answer is noted.
toast-agreed_in_app = Noted.
toast-extra_paid = The payment is noted. The order may leave.
toast-withdraw = Withdrawn.
toast-see_stop = Noted: you have stopped. Bring the order back to the shop.
step-propose = question to the client
step-answer = answer of the client
step-agreed_in_app = noted in Flowwow
step-extra_paid = surcharge paid
step-withdraw = agreement withdrawn
step-see_stop = courier stopped

# History
event-proposed = the client was asked: { $what }
event-answer-yes = the client agrees
event-answer-no = the client does not agree
event-agreement-in-app = what was agreed is noted in Flowwow
event-surcharge-paid = the surcharge is paid
event-withdrawn = agreement withdrawn
event-stop-seen = stopped with the cancelled order
event-about = { $text } ({ $what })

# Cancelled on the way
card-stop = Stop: the client has cancelled the order. Bring it back to the shop.
card-stop-third-party = Call the third-party courier: the client has cancelled the order, it is to come back.
card-stop-waits = The courier is still on the way. Call them.
card-stopped = Stopped: { $signed }
do-history-file = History as a file
do-stopped = OK, I've stopped
do-stopped-courier = Courier stopped
reminder-stop = { $sign } <b>Order { $number } is cancelled: stop</b>
advice-stop-call = The courier is still on the way: call and stop them.

# Cancelling: the chat, the reason, support
menu-cancel-not-in-chat = If they asked elsewhere, they should write it in the order’s chat. A tap copies the text for them:
client-cancel = Hello! To cancel the order, please write so here, in the order’s chat, and say why.
do-cancel-because = Yes: { $reason }
cancel-reasons =
    changed their mind
    plans have changed
    a mistake in the order
    the time does not suit
support-copy = A tap copies the text for support:
support-agreed = Hello! Order { $number }. The client has agreed. { $what }. Please change this in the order.
support-wish = The client asks in the chat to cancel it.
support-wish-reason = The client asks in the chat to cancel it, the reason: { $reason }.
support-courier-not-left = The courier has not left yet.
support-courier-left = The courier is on the way, they left at { $when }.
support-courier-back = The recipient refused, the courier is on the way back to the shop.
support-courier-third-party = A third-party courier has the order already.
record-agreement = Agreement with the client
record-stopped = Stopped with the cancelled order

# What is overdue or nearly so, and what to do. No “·” in the first line: this is no card.
reminder-photo-due = { $sign } <b>Order { $number }: no photo yet</b>
advice-photo-due = Upload the photo now: the client needs time to answer.
reminder-photo-unseen = { $sign } <b>Order { $number }: the client cannot see the photo yet</b>
advice-photo-unseen = Send the client the link or upload the photo to Flowwow: until they see it they cannot answer.

reminder-rating-overdue = { $sign } <b>Order { $number }: the client has not answered about the photo</b>
advice-ask-client = Ask in the order’s chat. A tap copies the text:
client-is-all-well =
    <code>Hello! We have sent you a photo of your order. Is everything all right? If you would like a change, please write to us.</code>
advice-no-waiting = Do not delay the delivery, even without an answer.
advice-dispute-due = The file with the proof is ready: photos, times, agreements, talk. Attach it to the answer and tap “Answered in Flowwow”.
advice-no-waiting-until = Do not delay the delivery: leave by { $clock }, even without an answer.

reminder-leave-now = { $sign } <b>Order { $number }: time to leave</b>
advice-leave = The courier has not left yet.
advice-leave-third-party = The third-party courier has not taken the order yet. Ask where they are; once it is taken, press “Courier took it”.
advice-leave-no-photo = The courier has not left and there is no photo yet. Upload the photo and send the order.
advice-leave-no-answer = The courier has not left yet. Do not wait for the client’s answer: send the order.
advice-leave-unseen = The courier has not left yet. The client has not seen the photo: send them the link, but do not wait for an answer, send the order.
advice-leave-courier = Pick the order up in the shop and press “Picked up”.

reminder-address-unknown = { $sign } <b>Order { $number }: the address is still not known</b>
reminder-phone-note = { $sign } <b>Order { $number }: what did the client say?</b>
advice-phone-note = The client's phone was shown. Note what came of the call: one line, or a ready answer.
reminder-courier-search = { $sign } <b>Order { $number }: still no courier from Flowwow</b>
advice-search-since = Flowwow has looked for a courier for { $waited }.
advice-search-support = Write to support first: the text is ready, copy it and press “Sent”.
advice-search-untold = ⚠️ Support was not told yet: two may come.
advice-search-spare = Now call the spare courier: { $name }, { $phone }. If there is no answer in { $minutes } min, I name the next one.
advice-search-called = All spare couriers of the list were called. Deliver it yourselves:
advice-search-no-spares = There are no spare couriers in the list. Deliver it yourselves:
advice-search-self =
    1. Make sure that support has called its courier off.
    2. “I'll deliver”, or call a taxi and press “Third-party courier”.
    3. Keep the receipt: the compensation is asked for with it.
    4. Too late? Agree with the client on another time.

reminder-late = { $sign } <b>Order { $number }: the delivery time is over</b>
advice-late-left = If the order was handed over, finish it now. If not, press “Running late”, or “Nobody there”: the manager hears at once.
advice-late-shop = The order is still in the shop. Send it now and tell the client in the order’s chat when it will arrive.
advice-late-third-party = A third-party courier has the order. Ask where they are and tell the client in the order’s chat when it will arrive.
advice-late-pickup = If it was collected, finish it. If not, ask the client in the order’s chat when they will come.

reminder-third-party-check = { $sign } <b>Order { $number }: delivered?</b>
reminder-dispute-due = { $sign } <b>Order { $number }: answer the complaint</b>
advice-third-party-since = Given to a third-party courier { $waited } ago
advice-ask-courier = Ask the courier. Finish the order only after it was handed over.

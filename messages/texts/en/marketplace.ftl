# What the marketplace does not know yet, and what to do in its app
card-marketplace-behind = Flowwow does not know yet: “{ $state }”
card-marketplace-photo = Upload the photo in the Flowwow app too, then press “Uploaded to Flowwow”
card-marketplace-photo-first = Upload only the new photo in the Flowwow app, then press “Uploaded to Flowwow”
card-marketplace-photo-newer = Flowwow has the old photo. Upload the new one and press “Uploaded to Flowwow”
card-marketplace-photo-late = Nobody has noted that the photo is in Flowwow: check in the app
card-marketplace-cancelled = Flowwow support cancels the order: “Write to support”, then “Done in the app”
card-marketplace-declined = Decline the order in the Flowwow app too, then press “Done in the app”
card-marketplace-third-party = In the Flowwow app choose the third-party courier

call-refused = { $sign } <b>Order { $number }: Flowwow did not take the step “{ $state }”</b>
call-refused-answer = Flowwow says: { $answer }
call-refused-advice = Mark this step in the Flowwow app yourself, then press “Done in the app”.
call-settled = { $sign } Order { $number }: “{ $state }” is updated in Flowwow
toast-in-app-over = The order has changed since then. Open its card.

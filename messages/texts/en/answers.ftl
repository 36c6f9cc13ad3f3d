refusal-not-found = There is no such order, or it is not assigned to you.
refusal-line-changed = This line has changed. Choose again.
refusal-not-now = This cannot be done now.
refusal-not-now-new = The order is still new. Accept it first.
refusal-not-now-accepted = The order is accepted, this step is not possible yet. Open its card again.
refusal-not-now-photo = The order is at “Photo”, this is not possible now. Open its card again.
refusal-not-now-courier_left = The courier has left, this is not possible now. Open its card again.
refusal-not-now-returning = The order is coming back. Agree with the client on another recipient or on cancelling.
refusal-not-now-done = The order is done already.
refusal-not-now-cancelled = The client cancelled the order. Nothing more is to be done.
refusal-not-now-declined = The shop declined the order.
refusal-not-yours = Somebody else takes this step: a manager or the one the order is assigned to.
refusal-already = Already done, nothing changed.
refusal-already-accepted = Already accepted: { $signed }
refusal-already-dispatched = The courier has left already: { $signed }
refusal-already-picked-up = The courier has the order already: { $signed }
refusal-already-refused = The refusal is noted already: { $signed }
refusal-already-completed = Already done: { $signed }
refusal-already-closed = The order is closed already: { $signed }
refusal-no-photo-step = These goods need no photo.
refusal-no-photo-yet = There is no photo yet. Upload one first.
refusal-same-photo = This photo is there already. Send a new one.
refusal-complaint-needed = Write what exactly the client wants changed.
refusal-photo-reason-needed = There is no photo yet. Upload one, or write why you leave without it.
refusal-new-photo-reason-needed = There is no new photo yet. Upload one, or write why you leave without it.
refusal-carrier-reason-needed = Only the courier can finish this. Write why you finish it instead.
refusal-early-needed = It is long before the delivery window. Ask the client and write what they said.
refusal-comment-needed = Write who exactly took the order.
refusal-agreement-needed = Somebody else may take it only if the client agreed beforehand.
refusal-client-decides = Only the client can change this. Ask them: “Message client”.
refusal-change-needed = Write what was agreed with the client: to whom and where.
refusal-agreed-words-needed = Write what the client answered.
refusal-new-address-needed = Write where it goes now.
refusal-new-time-needed = Write when it should be there.
refusal-name-needed = Write the name of the third-party courier.
refusal-contact-needed = The courier’s phone or a tracking link is needed. If there is neither, answer “no”.
refusal-decline-reason-needed = Write why the shop declines.
refusal-reason-needed = Write the reason.
refusal-courier-needed = Choose a courier first, or press “I'll deliver”.
refusal-pickup-only = This is a pickup: nothing to deliver.
refusal-with-third-party = A third-party courier has it. Press “Done” when it is delivered.
refusal-no-third-party = No third-party courier carries this order.
refusal-not-left-yet = The order has not left yet. First “I'll deliver” or “Courier left”.
refusal-nothing-to-undo = There is nothing to take back.
refusal-undo-too-late = { $minutes ->
    [one] Too late: a step can be taken back within { $minutes } minute.
   *[other] Too late: a step can be taken back within { $minutes } minutes.
}
refusal-undo-not-yours = Only who took the step, or a director, may take it back.
refusal-undo-not-yours-signed = Only who took the step ({ $signed }), or a director, may take it back.
refusal-marketplace-knows = { $step ->
    [accept] Flowwow knows of this step, it cannot be taken back. If you cannot do the order: “Decline”; if the client cancels: “The client cancels”.
    [dispatch] Flowwow knows of this step, it cannot be taken back. If the order has not left, send it now and tell Flowwow support.
    [complete] Flowwow knows of this step, it cannot be taken back. If the order is not handed over, write to Flowwow support at once.
   *[other] Flowwow knows of this step, it cannot be taken back. Write to Flowwow support.
}

toast-accept = Accepted. Make the order.
toast-accept-until = Accepted. The photo is due by { $when }.
toast-decline = The shop declined the order.
toast-cancel = The order is cancelled. Tell Flowwow support.
toast-assign_seller = { $name } makes it and gets the card.
toast-assign_courier = { $name } carries it. Press “Courier left” when it leaves.
toast-release = The order is back with the manager.
toast-attach_photo = The photo is kept.
toast-rate = The rating is noted.
toast-dispatch = On the way. Press “Done” after hand-over.
toast-dispatch-courier = On the way. The courier presses “Done”: { $name }.
toast-hand_to_third_party = { $name } carries it. Press “Done” when it is delivered. The shop is responsible.
toast-pick_up = Noted: { $name } has the order. Press “Done” when it is delivered.
toast-complete = Done.
toast-recipient_refused = Noted. Bring the order back to the shop.
toast-redispatch = On the way again.
toast-hide = Removed from the list. The archive keeps it.
toast-amend = The order’s details are updated.
toast-marketplace_has = Noted: Flowwow has it.
toast-photo_shown = The client can see the photo.
toast-undo = The step is taken back.
undo-at-once = Pressed by mistake

group-new = 🔴 <b>New order { $number }</b>
group-accept-by = Accept by { $clock } - { $left }
group-line = { $sign } { $number } · { $state }
group-signed = { $state } { $signed }
group-state-accepted = accepted
group-state-photo = photo
group-state-courier_left = courier left
group-state-returning = coming back to the shop
group-state-done = done
group-state-cancelled = cancelled by the client
group-state-declined = declined by the shop
group-seller = florist { $name }
group-third-party = third-party courier

alarm-soon = 🔴 <b>Order { $number } is not accepted</b>, { $left }
alarm-soon-advice = Accept by { $clock }: after that the client may cancel.
alarm-overdue = 🔴 <b>Order { $number } has waited { $waited }</b>
alarm-overdue-advice = Accept now: the client may cancel.

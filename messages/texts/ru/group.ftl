group-new = 🔴 <b>Новый заказ { $number }</b>
group-accept-by = Принять до { $clock } - { $left }
group-line = { $sign } { $number } · { $state }
group-signed = { $state } { $signed }
group-state-accepted = принят
group-state-photo = фото
group-state-courier_left = курьер вышел
group-state-returning = возвращается в магазин
group-state-done = выполнен
group-state-cancelled = клиент отменил
group-state-declined = магазин отказался
group-seller = собирает { $name }
group-third-party = сторонний курьер

alarm-soon = 🔴 <b>Заказ { $number } не принят</b>, { $left }
alarm-soon-advice = Примите до { $clock }: позже клиент может отменить заказ.
alarm-overdue = 🔴 <b>Заказ { $number } не принят уже { $waited }</b>
alarm-overdue-advice = Примите сейчас: клиент может отменить заказ.

# Что изменилось во Flowwow
card-amended = <b>Изменено { $signed }</b>
change = { $what }: { $before } → { $after }
change-hidden = { $what }: изменено
change-nothing = нет
part-composition = Состав
part-window = Время доставки
part-delivery = Способ получения
part-address = Адрес
part-card_text = Текст открытки
part-client_note = Просьба клиента
part-shop_note = Примечание магазину
part-courier_note = Примечание курьеру
part-payment_note = Об оплате
part-recipient = Получатель
part-client = Клиент
part-paid = Оплачено

# Фото загрузили в приложении
card-photo-in-app = Фото уже загружено в приложении Flowwow

# Не отменён ли заказ
doubt-gone = Flowwow больше не показывает этот заказ.
doubt-never_shown = Flowwow назвал этот заказ, но не показывает его.
doubt-strange = Flowwow показывает статус { $code }, которого бот не знает.
card-in-doubt = <b>{ $what }</b> Возможно, клиент отменил заказ.
reminder-in-doubt = { $sign } <b>Заказ { $number }: не отменён ли он?</b>
advice-doubt = До ответа директора или менеджера заказ не выезжает.
advice-doubt-yours = Проверьте заказ в приложении Flowwow и ответьте здесь. До ответа заказ не выезжает.
do-carry-on = Работаем дальше
do-client-cancelled = Отменён клиентом
toast-raise_doubt = Директор и менеджеры получили вопрос.
toast-carry_on = Записано: работаем дальше.
refusal-in-doubt = Возможно, клиент отменил заказ. Дождитесь ответа директора или менеджера: вопрос у них на экране.
event-carried-on = решено работать дальше
step-raise_doubt = вопрос о заказе
step-carry_on = работаем дальше
handover-in_app = завершён в приложении Flowwow
event-dispatched-in-app = в пути, отмечено в приложении Flowwow

menu-person = { $name } · { $load }
menu-person-load = { $count ->
    [0] без заказов
    [one] { $count } заказ
    [few] { $count } заказа
   *[other] { $count } заказов
}
menu-flags = Что важно? Отмеченная строка стоит на карточках жирно, с ❗. Касание отмечает и снимает отметку.
menu-sellers = Кто собирает заказ?
menu-sellers-none = Назначить пока некого. Сотрудников добавляет директор: «Сотрудники».
menu-couriers = Кто повезёт заказ?
menu-couriers-none = Своих курьеров в списке нет. Их добавляет директор: «Сотрудники».
menu-decline = Отказаться от заказа?
menu-decline-free = { $used ->
    [0] Первый отказ в месяце бесплатный.
   *[other] Этот отказ ещё бесплатный: { $used } из { $free } в этом месяце уже были.
}
menu-decline-percent = { $usual ->
    [yes] Платный отказ
   *[no] Отказ
} стоит { $percent } % комиссии Flowwow. Точная сумма неизвестна.
menu-decline-cost = { $usual ->
    [yes] Платный отказ
   *[no] Отказ
} стоит { $percent } % комиссии Flowwow: { $cost }.
menu-decline-stars = Отказ считается оценкой { $stars ->
    [one] в { $stars } звезду
    [few] в { $stars } звезды
   *[other] в { $stars } звёзд
 }.
menu-decline-left = Отказов в этом месяце: { $used }. При { $most } магазин теряет статус Супермагазина, можно ещё { $left }.
menu-decline-advice = Если отменяет клиент, выберите «Клиент отменяет»: это не отказ магазина.
menu-cancel = Клиент сам просил отменить заказ в чате?
menu-cancel-full = Клиенту вернётся вся сумма: { $refund }.
menu-cancel-minus-delivery = Клиенту вернётся { $refund }. Магазину останется за доставку { $kept }.
menu-cancel-unknown = Клиенту вернётся сумма за вычетом доставки. Точная сумма неизвестна.
menu-cancel-paid-unknown = Сколько оплатил клиент, неизвестно: сумму возврата назовёт поддержка Flowwow.
menu-cancel-advice = После этого напишите в поддержку Flowwow: отменяет заказ она.
menu-complete = Как вручён заказ?
menu-complete-sure = Не уверены на 100 %? Не завершайте.
menu-proof = Вручение этого заказа подтверждает: { $proof }
menu-proof-pickup = Самовывоз: код клиент видит во Flowwow. Кто выдаёт заказ, записывает его.
menu-third-person = Клиент заранее согласился, чтобы заказ отдали другому?
menu-courier-text = Текст для курьера, копируется касанием:
menu-third-person-rule = Без его согласия так завершать нельзя.
menu-contact = Чат с клиентом - в приложении Flowwow: «Заказы», поиск по номеру <code>{ $number }</code> (нажмите, чтобы скопировать), откройте заказ, «Связаться».
menu-contact-phone = Если чат не работает, а вопрос срочный, попросите телефон клиента кнопкой ниже.
menu-contact-phone-open = Телефон клиента на карточке до { $until }.
menu-contact-recipient = Получателю не звоните и не пишите: он может не знать о заказе.

history-line = { $signed }: { $text }
history-earlier = { $count ->
    [one] … ещё { $count } запись раньше
    [few] … ещё { $count } записи раньше
   *[other] … ещё { $count } записей раньше
}
event-received = заказ поступил
event-named = заказ назван, подробностей ещё нет
event-accepted = принят
event-declined = отказ магазина
event-cancelled = отменён клиентом
event-seller = собирает { $name }
event-released = возвращён менеджеру: { $name } здесь больше не работает
event-photo = фото, версия { $version }
event-photo-seen = клиент увидел фото
step-photo_shown = клиент увидел фото
event-dispatched = в пути, { $carrier }
event-client-agreed = клиент согласен
event-completed = выполнен, { $how }
event-refused = получатель отказался
event-redispatched = снова в пути, согласовано
event-hidden = убран из списка
event-amended = данные заказа обновлены
event-filled-in = подробности пришли
event-marketplace = во Flowwow отмечено: { $status }
event-undone = возвращён шаг «{ $step }»

step-accept = принят
step-decline = отказ
step-cancel = отмена
step-assign_seller = сотрудник назначен
step-assign_courier = курьер назначен
step-release = возврат менеджеру
step-attach_photo = фото загружено
step-rate = оценка фото
step-dispatch = курьер вышел
step-hand_to_third_party = сторонний курьер
step-pick_up = курьер забрал
step-complete = выполнен
step-recipient_refused = получатель отказался
step-redispatch = другой получатель
step-hide = убран из списка
step-amend = данные обновлены
step-marketplace_has = отмечено во Flowwow
step-undo = возврат шага

refusal-not-found = Такого заказа нет, или он назначен не вам.
refusal-line-changed = Эта строка изменилась. Выберите заново.
refusal-not-now = Сейчас так нельзя.
refusal-not-now-new = Заказ ещё новый. Сначала примите его.
refusal-not-now-accepted = Заказ принят, этот шаг пока невозможен. Откройте карточку заново.
refusal-not-now-photo = Заказ на шаге «Фото», так сейчас нельзя. Откройте карточку заново.
refusal-not-now-courier_left = Курьер уже вышел, так сейчас нельзя. Откройте карточку заново.
refusal-not-now-returning = Заказ возвращается в магазин. Согласуйте с клиентом другого получателя или отмену.
refusal-not-now-done = Заказ уже выполнен.
refusal-not-now-cancelled = Клиент отменил заказ. Ничего больше делать не нужно.
refusal-not-now-declined = Магазин отказался от заказа.
refusal-not-yours = Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ.
refusal-already = Уже сделано, ничего не изменилось.
refusal-already-accepted = Уже принят: { $signed }
refusal-already-dispatched = Курьер уже вышел: { $signed }
refusal-already-picked-up = Курьер уже забрал заказ: { $signed }
refusal-already-refused = Отказ получателя уже отмечен: { $signed }
refusal-already-completed = Уже выполнен: { $signed }
refusal-already-closed = Заказ уже закрыт: { $signed }
refusal-no-photo-step = Для этого товара фото не нужно.
refusal-no-photo-yet = Фото ещё нет. Сначала загрузите его.
refusal-same-photo = Это фото уже загружено. Пришлите новое.
refusal-complaint-needed = Напишите, что именно клиент просит поправить.
refusal-photo-reason-needed = Фото ещё нет. Загрузите его или напишите, почему выезжаете без фото.
refusal-new-photo-reason-needed = Нового фото ещё нет. Загрузите его или напишите, почему выезжаете без него.
refusal-carrier-reason-needed = Завершает тот, кто доставляет. Напишите, почему завершаете за него.
refusal-early-needed = До окна доставки ещё рано. Спросите клиента и напишите, что он ответил.
refusal-comment-needed = Напишите, кому именно передан заказ.
refusal-agreement-needed = Другому человеку можно, только если клиент согласился заранее.
refusal-client-decides = Это меняет только клиент. Спросите его: «Связаться».
refusal-change-needed = Напишите, о чём договорились с клиентом: кому и куда везти.
refusal-agreed-words-needed = Напишите, что ответил клиент.
refusal-new-address-needed = Напишите, куда теперь везти.
refusal-new-time-needed = Напишите, к какому времени привезти.
refusal-name-needed = Напишите имя стороннего курьера.
refusal-contact-needed = Нужен телефон курьера или ссылка на отслеживание. Если нет ни того, ни другого, так и ответьте: «нет».
refusal-decline-reason-needed = Напишите, почему магазин отказывается.
refusal-reason-needed = Напишите причину.
refusal-courier-needed = Сначала выберите курьера или нажмите «Я доставлю».
refusal-pickup-only = Это самовывоз: везти заказ не нужно.
refusal-with-third-party = Заказ у стороннего курьера. Когда он доставит, нажмите «Выполнен».
refusal-no-third-party = Заказ везёт не сторонний курьер.
refusal-not-left-yet = Заказ ещё не выехал. Сначала «Я доставлю» или «Курьер вышел».
refusal-nothing-to-undo = Возвращать нечего.
refusal-undo-too-late = { $minutes ->
    [one] Поздно: шаг можно вернуть в течение { $minutes } минуты.
   *[other] Поздно: шаг можно вернуть в течение { $minutes } минут.
}
refusal-undo-not-yours = Вернуть шаг может тот, кто его сделал, или директор.
refusal-undo-not-yours-signed = Вернуть шаг может тот, кто его сделал ({ $signed }), или директор.
refusal-marketplace-knows = { $step ->
    [accept] Flowwow уже знает об этом шаге, вернуть его нельзя. Не можете выполнить заказ - «Отказаться»; отменяет клиент - «Клиент отменяет».
    [dispatch] Flowwow уже знает об этом шаге, вернуть его нельзя. Если заказ не уехал, отправьте его сейчас и предупредите поддержку Flowwow.
    [complete] Flowwow уже знает об этом шаге, вернуть его нельзя. Если заказ не вручён, сразу напишите в поддержку Flowwow.
   *[other] Flowwow уже знает об этом шаге, вернуть его нельзя. Напишите в поддержку Flowwow.
}

toast-accept = Принято. Соберите заказ.
toast-accept-until = Принято. Фото нужно до { $when }.
toast-decline = Магазин отказался от заказа.
toast-cancel = Заказ отменён. Сообщите в поддержку Flowwow.
toast-assign_seller = Собирает { $name }. Сотрудник получит карточку.
toast-assign_courier = Повезёт { $name }. Когда заказ уедет, нажмите «Курьер вышел».
toast-release = Заказ вернулся менеджеру.
toast-attach_photo = Фото сохранено.
toast-rate = Оценка записана.
toast-dispatch = В пути. После вручения нажмите «Выполнен».
toast-dispatch-courier = В пути. «Выполнен» нажмёт курьер: { $name }.
toast-hand_to_third_party = Везёт { $name }. Когда доставит, нажмите «Выполнен». За заказ отвечает магазин.
toast-pick_up = Отмечено: { $name } забрал заказ. Когда доставит, нажмите «Выполнен».
toast-complete = Выполнен.
toast-recipient_refused = Отмечено. Везите заказ в магазин.
toast-redispatch = Снова в пути.
toast-hide = Убран из списка. Он остался в архиве.
toast-amend = Данные заказа обновлены.
toast-marketplace_has = Записано: во Flowwow это отмечено.
toast-photo_shown = Клиент видит фото.
toast-undo = Шаг возвращён.
undo-at-once = Нажали по ошибке

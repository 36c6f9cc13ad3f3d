# Что ещё не знает маркетплейс и что сделать в его приложении
card-marketplace-behind = Flowwow ещё не знает: «{ $state }»
card-marketplace-photo = Загрузите фото и в приложении Flowwow, затем нажмите «Загрузил(а) во Flowwow»
card-marketplace-photo-first = Во Flowwow загрузите уже новое фото, затем нажмите «Загрузил(а) во Flowwow»
card-marketplace-photo-newer = Во Flowwow прежнее фото. Загрузите новое и нажмите «Загрузил(а) во Flowwow»
card-marketplace-photo-late = Нет отметки, что фото загружено во Flowwow: проверьте в приложении
card-marketplace-cancelled = Отменяет заказ поддержка Flowwow: «Написать в поддержку», затем «Сделано в приложении»
card-marketplace-declined = Откажитесь от заказа и в приложении Flowwow, затем нажмите «Сделано в приложении»
card-marketplace-third-party = В приложении Flowwow выберите стороннего курьера

call-refused = { $sign } <b>Заказ { $number }: Flowwow не принял шаг «{ $state }»</b>
call-refused-answer = Ответ Flowwow: { $answer }
call-refused-advice = Отметьте этот шаг в приложении Flowwow сами, затем нажмите «Сделано в приложении».
call-settled = { $sign } Заказ { $number }: во Flowwow отмечено «{ $state }»
toast-in-app-over = Заказ с тех пор изменился. Откройте его карточку.

# О чём договариваются с клиентом
do-agreements = Спросить клиента
agreement-window = Время: { $before } → { $after }
agreement-substitution = Замена: { $before } → { $after }
agreement-surcharge = Доплата { $amount }: { $words }
agreement-surcharge-bare = Доплата
agreement-third_person = Отдать другому: { $words }
difference-more = доплата { $amount }
difference-less = клиенту вернётся { $amount }
difference-none = без доплаты

agreement-line = { $what } · { $state }
agreement-open = ждём ответа клиента с { $signed }
agreement-agreed = клиент согласен, { $signed }
agreement-agreed-short = клиент согласен
agreement-not-agreed = клиент не согласен, { $signed }
agreement-withdrawn = отозвано, { $signed }
agreement-paid = оплачено, { $signed }
agreement-bill-due = выставьте счёт
agreement-unpaid = ждём оплаты
agreement-blocks = Заказ не выезжает, пока доплата не оплачена

# Экраны
agreement-heading = <b>Вопрос клиенту по заказу { $number }</b>
agreements-none = О чём договориться с клиентом? Без его согласия время, состав и цена не меняются.
agreements-which-goods = Что заменить?
agreement-copy = Отправьте клиенту в чат заказа. Текст копируется касанием:
agreement-client-asked = Клиент получил вопрос в Telegram. Если он ответит в чате Flowwow, отметьте ответ здесь:
agreement-preview = Клиент прочитает:
agreement-preview-chat = Текст для чата заказа:
agreement-in-app-window = Сообщите поддержке Flowwow новое время доставки, затем нажмите «Сделано в приложении».
agreement-in-app-substitution = Сообщите о замене поддержке Flowwow, затем нажмите «Сделано в приложении».
agreement-in-app-dearer = Сообщите о замене поддержке Flowwow и выставьте клиенту счёт в чате заказа, затем нажмите «Счёт отправлен».
agreement-in-app-surcharge = Выставьте клиенту счёт в чате заказа Flowwow, затем нажмите «Счёт отправлен».
agreement-wait-for-money = Заказ выедет после оплаты. Когда деньги придут, нажмите «Оплачено».
agreement-do-window = Другое время
agreement-do-substitution = Замена
agreement-do-surcharge = Доплата
agreement-do-third_person = Отдать другому
agreement-do-yes = Клиент согласен
agreement-do-no = Клиент не согласен
agreement-do-send = Отправить
agreement-do-ask = Спросить
agreement-do-change = Изменить
agreement-do-in-app = Сделано в приложении
agreement-do-bill = Счёт отправлен
agreement-do-paid = Оплачено
agreement-do-withdraw = Отозвать
agreement-show-window = Время: что дальше
agreement-show-substitution = Замена: что дальше
agreement-show-surcharge = Доплата: что дальше
agreement-show-third_person = 3-е лицо: что дальше

# Вопросы клиенту
client-asked-window = Здравствуйте! Можно привезти ваш заказ { $number } в другое время: { $after }?
client-asked-substitution = Здравствуйте! К сожалению, для заказа { $number } сейчас нет: { $before }. Предлагаем замену: { $after }, { $difference }. Подходит ли она вам?
client-asked-surcharge = Здравствуйте! По заказу { $number } нужна доплата { $amount }: { $words }. Мы выставим счёт и отправим заказ после оплаты. Согласны ли вы?
client-asked-third_person = Здравствуйте! Можно отдать ваш заказ { $number } не лично получателю: { $words }?
client-asked-other = Здравствуйте! Уточните, пожалуйста, по заказу { $number }. { $label }: { $value }. Всё верно?

client-please-write = Ответьте, пожалуйста, здесь, в чате.
client-do-agree = Согласен
client-do-disagree = Не согласен
reminder-answer-overdue = { $sign } <b>Заказ { $number }: клиент не ответил на вопрос</b>
client-proposal-nudge = Ждём вашего ответа, чтобы продолжить заказ.
client-proposal-yes = Вы согласились. Магазин это видит.
client-proposal-no = Вы не согласились: остаётся как было.
client-proposal-bill = Вы согласились. Счёт придёт в чат заказа Flowwow, заказ выедет после оплаты.
client-proposal-withdrawn = Магазин отозвал этот вопрос: отвечать не нужно.
client-toast-answered = Ответ записан, магазин его видит.
client-toast-over-already = На этот вопрос уже отвечать не нужно.

# Вопросы сотруднику
ask-window-needed = Заказ { $number }: на какое время перенести? Например: «завтра 14-15» или «на час позже».
answers-window-needed =
    На 30 минут позже
    На 1 час позже
    На 2 часа позже
ask-window-unclear = Заказ { $number }: это время не подходит или непонятно. Напишите день и часы, например: «завтра 14-15» или «на час позже».
answers-window-unclear =
    На 30 минут позже
    На 1 час позже
    На 2 часа позже
ask-substitute-needed = Заказ { $number }: на что заменить? Разницу в цене напишите тут же: «Розы 15 шт, +300 ₽», «Розы 11 шт, минус 200 ₽» или «Розы 15 шт без доплаты».
answers-substitute-needed = { "" }
ask-surcharge-needed = Заказ { $number }: какая доплата и за что? Например: «500 ₽ за срочную доставку».
answers-surcharge-needed = { "" }
ask-sum-unclear = Заказ { $number }: напишите сумму больше нуля и за что доплата, например: «500 ₽ за срочную доставку».
answers-sum-unclear = { "" }
ask-difference-unclear = Заказ { $number }: непонятно, это доплата или цена. Напишите, например: «Розы 15 шт, +300», «Розы 11 шт, минус 200» или «Розы 15 шт без доплаты».
answers-difference-unclear = { "" }
ask-third-person-needed = Заказ { $number }: кому отдать вместо получателя?
answers-third-person-needed =
    Родственнику
    Коллеге
    Охране или на ресепшен
    Соседям
ask-yes-words-needed = Заказ { $number }: что ответил клиент?
answers-yes-words-needed =
    Да, согласен
    Хорошо
ask-no-words-needed = Заказ { $number }: что ответил клиент?
answers-no-words-needed =
    Нет, не подходит
    Оставьте как есть
ask-withdrawal-reason-needed = Заказ { $number }: почему отзываете? Ответ сохранится в истории.
answers-withdrawal-reason-needed =
    Больше не нужно
    Отметили по ошибке
    Клиент не ответил

refusal-window-needed = Напишите, на какое время перенести.
refusal-window-unclear = Это время не подходит или непонятно.
refusal-substitute-needed = Напишите, на что заменить.
refusal-surcharge-needed = Напишите сумму доплаты и за что она.
refusal-sum-unclear = Напишите сумму больше нуля и за что доплата.
refusal-difference-unclear = Это доплата или цена? Напишите, например: +300, минус 200 или без доплаты.
refusal-third-person-needed = Напишите, кому отдать заказ.
refusal-yes-words-needed = Напишите, что ответил клиент.
refusal-no-words-needed = Напишите, что ответил клиент.
refusal-withdrawal-reason-needed = Напишите, почему отзываете.
refusal-line-gone = Этого товара в заказе уже нет. Откройте заказ заново.
refusal-proposal-open = Об этом клиента уже спросили. Отметьте его ответ или отзовите вопрос: «Связаться».
refusal-proposal-over = Это согласование уже закрыто. Откройте заказ: там видно, чем оно кончилось.
refusal-proposal-over-signed = Уже отмечено: { $signed }. Откройте заказ: там видно, что дальше.
refusal-bill-not-sent = Сначала выставьте счёт в чате Flowwow и нажмите «Счёт отправлен».
refusal-unpaid = Доплата не оплачена, заказ не выезжает. Отметьте «Оплачено» или отзовите доплату: «Спросить клиента».

toast-propose = Записано. Отправьте клиенту вопрос.
toast-answer = Ответ клиента записан.
toast-agreed_in_app = Записано.
toast-extra_paid = Оплата записана. Заказ можно отправлять.
toast-withdraw = Отозвано.
toast-see_stop = Записано: вы остановились. Верните заказ в магазин.
step-propose = вопрос клиенту
step-answer = ответ клиента
step-agreed_in_app = отмечено во Flowwow
step-extra_paid = доплата оплачена
step-withdraw = согласование отозвано
step-see_stop = курьер остановился

# История
event-proposed = спросили клиента: { $what }
event-answer-yes = клиент согласен
event-answer-no = клиент не согласен
event-agreement-in-app = согласованное отмечено во Flowwow
event-surcharge-paid = доплата оплачена
event-withdrawn = согласование отозвано
event-stop-seen = с отменённым заказом остановились
event-about = { $text } ({ $what })

# Отмена в пути
card-stop = Остановитесь: клиент отменил заказ. Верните его в магазин.
card-stop-third-party = Позвоните стороннему курьеру: клиент отменил заказ, пусть вернёт его.
card-stop-waits = Курьер ещё едет. Позвоните ему.
card-stopped = Остановился: { $signed }
do-history-file = История файлом
do-stopped = Вижу, остановился
do-stopped-courier = Курьер остановлен
reminder-stop = { $sign } <b>Заказ { $number } отменён: остановитесь</b>
advice-stop-call = Курьер ещё едет: позвоните и остановите.

# Отмена: чат, причина, поддержка
menu-cancel-not-in-chat = Если он просил не в чате заказа, пусть напишет туда. Текст для него копируется касанием:
client-cancel = Здравствуйте! Чтобы отменить заказ, напишите, пожалуйста, об этом здесь, в чате заказа, и укажите причину.
do-cancel-because = Да: { $reason }
cancel-reasons =
    передумал
    изменились планы
    ошибка в заказе
    не устраивает срок
support-copy = Текст для поддержки копируется касанием:
support-agreed = Здравствуйте! Заказ { $number }. Клиент согласился. { $what }. Просим изменить это в заказе.
support-wish = Клиент просит отменить заказ в чате.
support-wish-reason = Клиент просит отменить заказ в чате, причина: { $reason }.
support-courier-not-left = Курьер ещё не выехал.
support-courier-left = Курьер в пути, выехал в { $when }.
support-courier-back = Получатель отказался, курьер возвращается в магазин.
support-courier-third-party = Заказ уже у стороннего курьера.
record-agreement = Согласование с клиентом
record-stopped = Остановился с отменённым заказом

# Доставка: от магазина до двери
do-offer = Предложить всем курьерам
do-take = Взять заказ
do-cannot = Не смогу
do-arrived = На месте
do-late = Опаздываю
do-nobody = Никого нет
do-back = Везу обратно
do-back-order = Везти назад
do-give-to = Отдать
do-give-to-whom = Отдать: { $whom }
do-wait = Подождать 10 мин
say-give-to = Отдайте другому человеку, клиент согласен: { $whom }
say-wait = Подождите ещё 10 минут.
do-in-shop = Цветы в магазине
do-proof = Фото вручения
do-show-proof = Показать фото вручения
do-choose-proof = Подтверждение
do-show-where = Показать клиенту, где я
do-hide-where = Больше не показывать
do-address = Узнать адрес
do-address-is = Адрес узнали
do-asked-client = Спросили клиента
do-asked-support = Спросили поддержку
do-asked-recipient = Спросим получателя сами
do-zone-same = Зона та же, без доплаты
do-zone-other = Другая зона: доплата
do-search = Flowwow ищет курьера
do-called-off = Курьера Flowwow сняли
do-came = Приехал курьер Flowwow
do-cost = Расход на курьера
do-call-spare = Запасной курьер
do-on-way = В пути…
late-by = на { $minutes } мин
menu-on-way = Что с доставкой?
menu-late-window = На сколько опоздание? Считаем от конца окна, { $end }. Менеджер узнает сразу.
menu-late = На сколько опоздание? Менеджер узнает сразу.
menu-refused = Получатель точно не берёт заказ? Букет поедет обратно в магазин.

card-offered = Предложен всем курьерам: { $signed }
card-address-not-asked = 📍 Адрес неизвестен. Спросите клиента в чате заказа: «Узнать адрес».
card-address-asked = 📍 Адрес неизвестен, спросили: { $whom }, { $signed }
card-zone-open = 📍 Адрес узнали. Это та зона доставки, которую оплатил клиент? Пока не ответите, заказ не уедет.
card-zone-other = 📍 Адрес в другой зоне: сначала доплата клиента. Везёте без доплаты - отметьте «Зона та же».
address-from-client = клиента
address-from-support = поддержку
address-from-recipient = получателя
address-ask-client = Спросите клиента в чате заказа. Текст копируется касанием:
address-recipient-never = Получателю не звоните и не пишите: это может быть сюрприз. Сообщение с вопросом об адресе ему в день доставки шлёт Flowwow.
address-recipient-may = По правилам магазина получателю можно позвонить. О подарке и отправителе не говорите.
address-recipient-phone = Телефон получателя: { $phone }. Скажите только это:
address-recipient-no-phone = Телефона получателя в заказе нет. Написать можно так:
address-recipient-words = Здравствуйте! Это служба доставки. Для вас есть доставка. Подскажите, пожалуйста, адрес и удобное время.
courier-address-unknown = 📍 Адрес ещё неизвестен: магазин узнаёт. Без адреса не выезжайте.
card-search = Flowwow ищет курьера: { $signed }
card-search-two = ⚠️ Курьера Flowwow не сняли: не приедут ли двое? Сняли - отметьте «Курьера Flowwow сняли».
card-support-told = Поддержке написано, что курьера нет: { $signed }
card-second-call = Приехал курьер Flowwow: { $signed }. Позвоните и скажите, что ехать не надо: { $name }
card-second-told = Приехал курьер Flowwow: { $signed }. Бот сказал, что везти не надо: { $name }
card-second-theirs = Приехал курьер Flowwow, а заказ уже везут: { $signed }. Отпустите его и напишите об этом поддержке.
card-second-cost = Расход на курьера: { $text }
card-given-back = Курьер не сможет: { $signed }. Нужен другой.
card-late = Опаздывает на { $minutes } мин, будет к { $when }
card-arrived = На месте: { $signed }
card-nobody = Никого нет: { $signed }
card-nobody-ask = Спросите клиента: подождать, отдать другому или вернуть. Ответ передайте курьеру: «Написать курьеру».
card-nobody-agreed = Клиент согласен отдать другому: { $whom }. Отдайте и нажмите «Другому человеку».
courier-nobody = Менеджер узнает у клиента, что делать. Подождите ответа. Если решили вернуть, нажмите «Везу обратно».
seller-nobody = Курьер ждёт ответа. Что делать, менеджер узнает у клиента.
card-extra-paid = 💰 Клиент доплатил { $amount }: { $words }
card-extra-paid-for = 💰 Клиент доплатил: { $words }
card-brought-back = Везут обратно: { $signed }
card-return-reason = Почему: { $text }
card-back-in-shop = Цветы в магазине: { $signed }
card-needs-photo = Перед «Выполнен» пришлите фото вручения
card-needs-code = Код спросите при вручении, бот попросит его на «Выполнен»
card-code-locked = { $chief ->
    [yes] 🔴 Код не подошёл 3 раза. Позвоните курьеру; закрыть заказ можно с причиной
   *[no] Код не подошёл 3 раза. Закроет заказ директор или менеджер, они уже знают
}
card-proofs = Фото вручения: { $count }
card-courier-says = 💬 Пишет курьер ({ $signed }): { $text }
card-note = 📝 { $name }: { $text }
card-note-more = 📝 { $name }: { $text } · ещё { $count }
details-note = 📝 { $signed }: { $text }
details-notes-more = Ещё заметок: { $count }, они в истории заказа.
note-voice = 🎤 голосовое { $length }
note-picture = 🖼 фото
note-video = 🎬 видео
note-sticker = стикер
note-with-words = { $what }: { $words }
note-lost = { $signed }: файл больше не открыть.
caption-note = { $number } · { $signed }
courier-in-shop = Цветы уже в магазине. Ждите решения менеджера.
courier-offer = Берёте? Заказ получит тот, кто нажмёт первым.
courier-questions = Вопросы получателя: ответит клиент или поддержка Flowwow.
courier-questions-own = Вопросы получателя: ответит клиент.
client-late = Текст для клиента: <code>Здравствуйте! Курьер немного задерживается и будет к { $when }. Приносим извинения за ожидание.</code>
client-nobody-agreed = Текст для клиента: <code>Здравствуйте! Курьер на месте, но получателя нет. Отдаём, как договорились: { $whom }.</code>
client-nobody-there = Текст для клиента: <code>Здравствуйте! Курьер на месте, но получателя нет. Подождать, передать другому человеку или привезти позже?</code>
client-news-late = Заказ { $number }: курьер немного задерживается и будет к { $when }. Приносим извинения за ожидание.
client-news-nobody-agreed = Заказ { $number }: курьер на месте, но дверь никто не открывает. Отдаём, как вы согласились: { $whom }. Если надо иначе, напишите магазину.
client-news-nobody = Заказ { $number }: курьер на месте, но дверь никто не открывает. Напишите магазину, как поступить: подождать, передать другому человеку или привезти позже?

event-offered = предложен всем курьерам
event-address-asked = адрес спросили: { $whom }
event-address-found = адрес узнали
event-zone-same = зона та же
event-zone-other = другая зона, нужна доплата
event-no-address = выезд без адреса
event-search = Flowwow ищет курьера
event-called-off = курьера Flowwow сняли
event-support-told = поддержке написали, что курьера нет
event-courier-came = приехал курьер Flowwow
event-courier-came-instead = приехал курьер Flowwow, больше не везёт { $name }
event-courier-came-late = приехал курьер Flowwow, а заказ уже в пути
event-cost = расход на курьера
event-two-couriers = второго курьера не будет
event-taken = заказ взял { $carrier }
event-gave-back = не сможет отвезти, заказ вернулся менеджеру
event-arrived = на месте
event-late = опоздание на { $minutes } мин
event-nobody = никого нет на месте
event-brought-back = везут обратно в магазин
event-came-back = цветы в магазине
event-proof = фото вручения { $version }
event-proof-chosen = вручение подтверждает: { $proof }
event-code-right = код вручения назван верно
event-code-wrong = назван неверный код вручения
event-code-kept = код выдачи Flowwow
event-without-proof = без подтверждения
event-courier-says = курьер пишет
event-shop-says = магазин пишет курьеру
event-note = заметка
event-call-cannot = запасной курьер { $name } не может
event-call-no-answer = запасной курьер { $name } не отвечает
event-call-on-the-way = { $name }: ещё в пути

step-offer = предложен курьерам
step-ask_address = вопрос об адресе
step-find_address = адрес узнали
step-check_zone = зона доставки
step-search = поиск курьера Flowwow
step-call_off = курьер Flowwow снят
step-tell_support = поддержке написано
step-courier_came = приехал курьер Flowwow
step-note_cost = расход на курьера
step-take = взят курьером
step-give_back = возвращён курьером
step-arrive = на месте
step-say_late = опоздание
step-find_nobody = никого нет
step-bring_back = везут обратно
step-come_back = цветы в магазине
step-attach_proof = фото вручения
step-choose_proof = подтверждение вручения
step-say_code = код вручения
step-note_call = звонок курьеру
step-say = сообщение
step-note = заметка
toast-offer = Предложено всем курьерам. Возьмёт один.
toast-ask_address = Отмечено. Напомню до выезда.
toast-find_address = Адрес записан. Проверьте зону доставки.
toast-check_zone = Отмечено.
toast-search = Отмечено. Если курьер не найдётся, скажу, что делать.
toast-call_off = Отмечено: курьер Flowwow не приедет.
toast-tell_support = Отмечено: поддержка знает.
toast-courier_came = Отмечено. Кого отпустить, написано на карточке.
toast-note_cost = Расход записан в компенсацию.
toast-take = Заказ ваш. Заберите его в магазине.
toast-give_back = Заказ вернулся менеджеру, он уже знает.
toast-arrive = Отмечено: вы на месте.
toast-say_late-until = Отмечено: будет к { $when }. Менеджер знает.
toast-say_late = Отмечено. Менеджер знает.
toast-find_nobody-agreed = Менеджер знает. Клиент заранее согласился, кому отдать: это на карточке.
toast-find_nobody = Менеджер уже знает. Подождите ответа.
toast-bring_back = Отмечено. Везите заказ в магазин.
toast-come_back = Отмечено: цветы в магазине.
toast-attach_proof = Фото вручения сохранено.
toast-choose_proof = Записано.
toast-say_code = Код записан.
toast-note_call = Записано.
toast-say = Передано.
toast-note = Записано к заказу.
toast-note-on = Записано к заказу { $number }.
toast-note-none = Хорошо, это не о заказе.
toast-note-gone = Сообщения уже нет: напишите его ещё раз ответом на заказ.
note-which-order = К какому заказу это записать?
note-which-more = Нужного нет? Напишите ещё раз с номером заказа.
note-or-photo = Заказ { $number }: это фото букета или заметка?
button-note-none = Ни к какому
button-note-photo = Фото букета
button-note = Заметка
button-note-on = Заметка к { $number }
refusal-return-reason-needed = Напишите, почему заказ едет обратно.
refusal-handback-reason-needed = Напишите, почему не сможете отвезти заказ.
refusal-already-brought-back = Уже везут обратно: { $signed }
refusal-address-needed = Пришлите адрес: улица и дом, как есть.
refusal-address-known = Адрес уже известен. Меняет его только клиент: «Связаться».
refusal-leave-address-needed = Адрес неизвестен. Узнайте его или напишите, почему выезжаете.
refusal-recipient-not-asked = По правилам магазина получателю не звонят: это может быть сюрприз. Спросите клиента.
refusal-zone-open = Сначала ответьте на карточке, та ли это зона доставки.
refusal-extra-first = Адрес в другой зоне: сначала доплата. Везёте без доплаты - отметьте «Зона та же».
refusal-two-couriers = Flowwow ещё ищет курьера. Ответьте, не приедут ли двое.
refusal-cost-needed = Напишите, во что обошёлся курьер.
refusal-minutes-needed = Выберите, на сколько минут опоздание.
refusal-to-shop-needed = Напишите, что передать менеджеру.
refusal-to-courier-needed = Напишите, что передать курьеру.
refusal-to-seller-needed = Напишите, что ответить флористу.
refusal-note-needed = Пустую заметку не записать: напишите словами.
refusal-erased = Личные данные этого заказа уже стёрты, заметку к нему не записать.
refusal-offer-taken = Заказ уже взят.
refusal-offer-taken-signed = Заказ уже взят: { $signed }
refusal-offer-over = Заказ уже отдан другому. Свободные заказы: «Мои доставки».
refusal-enough-proofs = У этого заказа уже достаточно фото вручения.
refusal-handover-photo-needed = Сначала фото вручения: пришлите его сюда и завершите ещё раз.
refusal-no-proof-reason-needed = Нет фото вручения. Напишите, почему завершаете без него.
refusal-code-needed = Нужен код вручения. Спросите его и завершите ещё раз.
refusal-pickup-code-needed = Нужен код выдачи. Клиент видит его во Flowwow.
refusal-codes-used-up = Код не подошёл 3 раза. Закрыть заказ может директор или менеджер, они уже знают.
refusal-no-code-reason-needed = Код не назван. Напишите код или причину, почему без него.
ask-return-reason-needed = Заказ { $number }: почему он едет обратно в магазин?
answers-return-reason-needed =
    Никого нет
    Адрес неверный
    Так решил клиент
ask-address-needed = Заказ { $number }: пришлите адрес одним сообщением: улица, дом, квартира, домофон.
answers-address-needed = { "" }
ask-leave-address-needed = Заказ { $number }: адрес неизвестен. Куда выезжаете? Ответ сохранится в истории.
answers-leave-address-needed =
    Адрес скажем по дороге
    Курьер знает, куда ехать
ask-two-couriers = { $told ->
    [no] Заказ { $number }: Flowwow ещё ищет курьера, поддержке об этом не писали. Не приедут ли двое? Сначала напишите ей, потом отправляйте. Что скажете?
   *[other] Заказ { $number }: Flowwow ещё ищет курьера. Поддержке написали ({ $told }). Она не нашла второго, не приедут ли двое? Что скажете?
}
answers-two-couriers =
    Поддержка сняла своего курьера
    Поддержка не отвечает, ждать нельзя
    В приложении поиск отменён
ask-cost-needed = Заказ { $number }: во что обошёлся курьер? Напишите сумму или пришлите чек с подписью: всё попадёт в компенсацию.
answers-cost-needed =
    Ничего не платили
    Пока не знаем
contact-loose-address = Похоже на адрес. Какого заказа? Запишу его туда и уберу сообщение: личные данные в чате не остаются.
contact-loose = Похоже на адрес или телефон, но бот о них сейчас не спрашивал. Если они к заказу, откройте его и нажмите там нужную кнопку. Убрать сообщение, чтобы личные данные не остались в чате?
contact-of-order = { $number } · { $when }
do-contact-away = Убрать сообщение
toast-contact-gone = Сообщение убрано
cost-by-receipt = по чеку
cost-ask-sum = Чек сохранён. Во что обошёлся курьер? Напишите сумму.
cost-ask-receipt = Записано в компенсацию: { $words }. Есть чек? Пришлите его сейчас, фото или PDF. Нет чека - ничего делать не нужно.
cost-receipt-kept = Чек сохранён, он в компенсации по заказу { $number }.
news-courier-freed = Заказ { $number } везти не нужно: приехал курьер Flowwow.
ask-to-shop-needed = Заказ { $number }: что передать менеджеру?
answers-to-shop-needed =
    Не могу дозвониться до получателя
    Адрес или домофон не подходит
    Буду позже
ask-to-seller-needed = Заказ { $number }: что ответить флористу?
answers-to-seller-needed =
    Хорошо, делайте так
    Подождите, узнаю у клиента
    Позвоните мне
ask-to-courier-needed = Заказ { $number }: что передать курьеру?
answers-to-courier-needed =
    Подождите, узнаю у клиента
    Позвоните мне
    Везите обратно в магазин
ask-handback-reason-needed = Заказ { $number }: почему не сможете отвезти? Менеджер прочитает ответ.
answers-handback-reason-needed =
    Не успеваю
    Машина сломалась
    По здоровью
    Слишком далеко
ask-proof = Пришлите фото вручения заказа { $number }: цветы у двери или в руках, без лиц. Его увидят магазин и клиент.
ask-position =
    Заказ { $number }: нажмите скрепку, «Геопозиция», «Транслировать геопозицию».
    Клиент увидит вас на карте до вручения. Остановить можно когда угодно.
position-shown = Клиент заказа { $number } видит вас на карте: до вручения, но не дольше { $until }.
position-over = Клиент вас на карте больше не видит. Трансляцию можно остановить.
position-not-live = Это место на карте, а не трансляция. Выберите «Транслировать геопозицию»: клиент увидит, как вы едете.
position-which = Кому показать, где вы?
position-no-order = Показать, где вы, можно клиенту заказа, который вы везёте. Сейчас такого нет.
toast-no-client-to-show = Клиент не открыл ссылку: показывать пока некому.
toast-position-hidden = Клиент вас больше не видит.
caption-proof = { $number } · фото вручения { $version }
toast-no-proof = Фото вручения ещё нет

button-deliveries = Мои доставки
command-deliveries = Мои доставки
deliveries-phone = Телефон: { $text }
deliveries-title = <b>Мои доставки: { $count }</b>
deliveries-none = Доставок у вас сейчас нет.
deliveries-page = Страница { $page } из { $pages }
deliveries-line = { $sign } <b>{ $when } · { $number }</b>
deliveries-route = { $count ->
    [one] Маршрут: { $count } адрес
    [few] Маршрут: { $count } адреса
   *[other] Маршрут: { $count } адресов
}
deliveries-further = Ещё доставки →
deliveries-free = Можно взять: { $count }
deliveries-back = ← Мои доставки
offers-title = <b>Можно взять: { $count }</b>
offers-none = Свободных заказов сейчас нет.
offers-first = Показаны первые { $count }.

reminder-offer-open = { $sign } <b>Заказ { $number }: курьеры не откликнулись</b>
advice-offer-open = Назначьте курьера сами, везите сами или вызовите запасного.

reminder-return-open = { $sign } <b>Заказ { $number }: вернулся, что с ним делать?</b>
advice-return-open = Спросите клиента: передать другому получателю или отменить.
reminder-return-on-way = { $sign } <b>Заказ { $number }: едет обратно. Уже в магазине?</b>
advice-return-on-way = Когда цветы в магазине, отметьте это. Если их ещё нет, спросите курьера.
record-offered = Предложен курьерам
record-taken = Взят курьером
record-given-back = Возвращён курьером
record-late = Опоздание
record-arrived = На месте
record-nobody = Никого нет
record-brought-back = Повезли обратно
record-back-in-shop = Цветы в магазине
record-proof = Фото вручения
record-call = Звонок
record-call-cannot = не может
record-call-no_answer = не отвечает
record-call-on_the_way = ещё в пути

# Запасные курьеры
do-still = Ещё в пути
spare-couriers = Запасные курьеры
spare-call = Позвоните и спросите, повезёт ли он заказ:
spare-shop-answers = За стороннего курьера отвечает магазин.
spare-line = { $name }, { $phone }
spare-comes = Едет
spare-cannot = Не может
spare-no-answer = Не отвечает
spare-next = Следующий
spare-again = Обзвонить ещё раз
spare-list = Список курьеров
spare-all-called = Всех запасных курьеров уже спросили.
spare-none = Запасных курьеров в списке нет. Список ведут директор и менеджер.
spare-none-yours = Запасных курьеров в списке нет. Добавьте: «Список курьеров».
call-cannot = { $name } не может: { $signed }
call-no-answer = { $name } не отвечает: { $signed }
spare-title = <b>Запасные курьеры: { $count }</b>
spare-list-empty = Добавьте тех, кому можно позвонить, если своих курьеров не хватает.
spare-list-full = В списке помещается не больше { $count }. Уберите кого-нибудь, чтобы добавить нового.
spare-name = { $name }
spare-add = Добавить
spare-remove = Убрать из списка
spare-back = ← Список
spare-ask =
    Имя и телефон одной строкой, например: Глеб, +7 999 123-45-67. Во второй строке можно заметку: район, машина, цена.
    Подойдёт и карточка контакта.
spare-no-phone = Здесь нужен телефон. Напишите имя и номер одной строкой или пришлите карточку контакта.
toast-spare-gone = Этого курьера уже нет в списке
toast-spare-removed = Убран из списка
toast-spare-chiefs = Список ведут директор и менеджер.
command-spare = Запасные курьеры
event-shop-answers = отвечает магазин
event-no-contact = без контакта
event-picked-up = сторонний курьер забрал заказ

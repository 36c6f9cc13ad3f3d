# Доставка: от магазина до двери
do-offer = Предложить всем курьерам
do-take = Взять заказ
do-cannot = Не смогу
do-arrived = На месте
do-late = Опаздываю
do-nobody = Никого нет
do-back = Везу обратно
do-in-shop = Цветы в магазине
do-proof = Фото вручения
do-show-proof = Показать фото вручения
do-on-way = В пути…
late-by = на { $minutes } мин
menu-on-way = Что с доставкой?
menu-late = На сколько опоздание? Менеджер узнает сразу.
menu-refused = Получатель точно не берёт заказ? Букет поедет обратно в магазин.

card-offered = Предложен всем курьерам: { $signed }
card-given-back = Курьер не сможет: { $signed }. Нужен другой.
card-late = Опаздывает на { $minutes } мин, будет к { $when }
card-arrived = На месте: { $signed }
card-nobody = Никого нет: { $signed }
card-nobody-ask = Спросите клиента: подождать, отдать другому или вернуть. Ответ передайте курьеру: «Написать курьеру».
card-nobody-agreed = Клиент согласен отдать другому: { $whom }. Отдайте и нажмите «Другому человеку».
courier-nobody = Менеджер узнает у клиента, что делать. Подождите ответа. Если решили вернуть, нажмите «Везу обратно».
card-extra-paid = 💰 Клиент доплатил { $amount }: { $words }
card-extra-paid-for = 💰 Клиент доплатил: { $words }
card-brought-back = Везут обратно: { $signed }
card-return-reason = Почему: { $text }
card-back-in-shop = Цветы в магазине: { $signed }
card-proofs = Фото вручения: { $count }
card-courier-says = 💬 Пишет курьер ({ $signed }): { $text }
card-shop-says = 💬 Пишет магазин ({ $signed }): { $text }
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
event-taken = заказ взял { $carrier }
event-gave-back = не сможет отвезти, заказ вернулся менеджеру
event-arrived = на месте
event-late = опоздание на { $minutes } мин
event-nobody = никого нет на месте
event-brought-back = везут обратно в магазин
event-came-back = цветы в магазине
event-proof = фото вручения { $version }
event-courier-says = курьер пишет
event-shop-says = магазин пишет курьеру
event-call-cannot = запасной курьер { $name } не может
event-call-no-answer = запасной курьер { $name } не отвечает
event-call-on-the-way = { $name }: ещё в пути

step-offer = предложен курьерам
step-take = взят курьером
step-give_back = возвращён курьером
step-arrive = на месте
step-say_late = опоздание
step-find_nobody = никого нет
step-bring_back = везут обратно
step-come_back = цветы в магазине
step-attach_proof = фото вручения
step-note_call = звонок курьеру
step-say = сообщение
toast-offer = Предложено всем курьерам. Возьмёт один.
toast-take = Заказ ваш. Заберите его в магазине.
toast-give_back = Заказ вернулся менеджеру, он уже знает.
toast-arrive = Отмечено: вы на месте.
toast-say_late = Отмечено. Менеджер знает.
toast-find_nobody-agreed = Менеджер знает. Клиент заранее согласился, кому отдать: это на карточке.
toast-find_nobody = Менеджер уже знает. Подождите ответа.
toast-bring_back = Отмечено. Везите заказ в магазин.
toast-come_back = Отмечено: цветы в магазине.
toast-attach_proof = Фото вручения сохранено.
toast-note_call = Записано.
toast-say = Передано.
refusal-return-reason-needed = Напишите, почему заказ едет обратно.
refusal-handback-reason-needed = Напишите, почему не сможете отвезти заказ.
refusal-already-brought-back = Уже везут обратно: { $signed }
refusal-minutes-needed = Выберите, на сколько минут опоздание.
refusal-to-shop-needed = Напишите, что передать менеджеру.
refusal-to-courier-needed = Напишите, что передать курьеру.
refusal-offer-taken = Заказ уже взят.
refusal-offer-taken-signed = Заказ уже взят: { $signed }
refusal-offer-over = Заказ уже отдан другому. Свободные заказы: «Мои доставки».
refusal-enough-proofs = У этого заказа уже достаточно фото вручения.
ask-return-reason-needed = Заказ { $number }: почему он едет обратно в магазин?
answers-return-reason-needed =
    Никого нет
    Адрес неверный
    Так решил клиент
ask-to-shop-needed = Заказ { $number }: что передать менеджеру?
answers-to-shop-needed =
    Не могу дозвониться до получателя
    Адрес или домофон не подходит
    Буду позже
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
ask-proof = Пришлите фото вручения заказа { $number }. Его увидят только в магазине.
caption-proof = { $number } · фото вручения { $version }
toast-no-proof = Фото вручения ещё нет

button-deliveries = Мои доставки
command-deliveries = Мои доставки
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

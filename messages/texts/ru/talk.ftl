# Связь с клиентом, для сотрудников
contact-follows = Клиент следит за заказом по ссылке: можно писать прямо отсюда.
contact-code = Код вручения: <code>{ $code }</code>. Отправьте его клиенту в чат заказа; курьер спросит код при вручении.
contact-link-given = Ссылка клиенту дана ({ $signed }), но ещё не открыта.
talk-do-link = Ссылка для клиента
talk-do-new-link = Новая ссылка
talk-do-no-link = Закрыть доступ
talk-do-code = QR-код
talk-do-write = Написать клиенту
talk-do-stop = Отмена
talk-do-ready = Готовые тексты
link-for-client = Отправьте клиенту в чат заказа. Ссылка только для него: откроется у первого, кто по ней придёт.
link-opened = Клиент уже открыл эту ссылку. Новая закроет ему прежнюю.
link-words = Здравствуйте! Следить за заказом { $number }, увидеть фото и написать нам можно в Telegram: { $url }
caption-code = { $number } · код для клиента
button-copy = Скопировать
talk-from-client = <b>Клиент · { $number }</b>
talk-from-shop = <b>Магазин · заказ { $number }</b>
talk-second-person =
    Заказ { $number }: по ссылке клиента пришёл ещё один человек. Он ничего не увидел.
    Если это сам клиент из другого аккаунта, дайте ему новую ссылку.
talk-photo-lost =
    Заказ { $number }: фото не дошло до клиента, файл повреждён или пропал.
    Снимите и загрузите новое.
talk-photo-stays =
    Заказ { $number }: клиент уже видел фото другого заказа, и убрать его из чата бот не может: прошло больше двух суток.
    Клиенту сказано, что фото не его.
talk-ask-words = Заказ { $number }: что передать клиенту? Текст, фото или голосовое. Вашего имени и номера он не увидит.
talk-passed-on = Отправлено клиенту.
talk-hidden = Отправил без номера и ссылок: правила Flowwow их запрещают.
talk-elsewhere = Отправлено. По правилам Flowwow договаривайтесь в чате заказа: другая переписка вас не защитит.
talk-stay-here = <i>Клиент зовёт в другой канал. По правилам Flowwow отвечайте здесь.</i>
talk-corrected = Исправлено: { $text }
talk-correction-passed-on = Исправление отправлено клиенту.
edit-not-taken = Правку я не вижу: пришлите исправленное новым сообщением.
talk-kinds = Передать можно текст, фото или голосовое.
talk-too-long = Слишком длинно: поместится { $most } знаков. Разделите, пожалуйста, на части.
talk-held-back = { $most ->
    [one] Клиенту писали недавно, ответа ещё нет. Снова можно: { $when }.
   *[other] Клиенту уже писали { $most } раз подряд, ответа ещё нет. Снова можно: { $when }.
}
talk-toast-no-link = Доступ закрыт, ссылка больше не действует
refusal-link-over = Заказ завершён: ссылка для клиента уже не нужна. Пишите в чат заказа.
refusal-no-phone = Телефона клиента в заказе нет.
refusal-phone-call-needed = Напишите, что сказал клиент.
refusal-phone-of-directors = По правилам магазина телефон клиента показывает директор.
ask-phone-call-needed = Заказ { $number }: что сказал клиент по телефону? Это останется в истории. Только об этом заказе.
answers-phone-call-needed =
    Не дозвонились
    Звонить не понадобилось
    Согласен, ничего не меняем
refusal-phone-reason-needed = Напишите, зачем нужен телефон клиента.
ask-phone-reason-needed = Заказ { $number }: зачем нужен телефон клиента? Ответ останется в истории.
answers-phone-reason-needed =
    Чат во Flowwow не открывается
    Клиент не отвечает, а вопрос срочный
    Никого нет по адресу
card-phone-asked = <b>{ $name } просит телефон клиента:</b> { $reason }
card-phone-waits = Ждём: менеджер решит, показать ли телефон клиента.
card-client-phone = Телефон клиента до { $until }: { $phone }. Только об этом заказе.
card-phone-said = 📞 Клиент по телефону ({ $signed }): { $text }
card-phone-unsaid = 📞 Звонили клиенту? Запишите, что он сказал: «Связаться».
event-phone-said = клиент по телефону
event-phone-asked = попросил(а) телефон клиента
event-phone-allowed = показан телефон клиента, просил(а) { $name }
event-phone-until = { $text } · до { $until }
event-phone-refused = телефон клиента не показан
step-note_phone_call = запись разговора
step-ask_phone = просьба о телефоне клиента
step-allow_phone = телефон клиента показан
step-refuse_phone = телефон клиента не показан
toast-note_phone_call = Записано: это останется в заказе.
toast-ask_phone = Менеджер увидит просьбу. Телефон появится на карточке.

# Жалоба после доставки
step-dispute = жалоба после доставки
step-flag_line = важное
step-give_gift = подарок
step-take_gift_out = подарок убран
toast-flag_line = Готово: карточки обновятся.
toast-give_gift = Добавлено к заказу и в список перед фото.
toast-take_gift_out = Убрано.
event-flagged = отмечено важным
event-unflagged = больше не важное
event-gift = подарок от магазина
event-gift-out = подарок убран
event-any-card = вместо фирменной открытки положат другую, бесплатно
card-any-card = Открытка: любая, бесплатно (фирменной нет)
step-answer_dispute = ответ на жалобу
step-settle_dispute = конец спора
toast-dispute = Жалоба записана, обращение открыто. Напомню, пока есть время ответить.
toast-answer_dispute = Ответ отмечен, часы остановлены.
toast-settle_dispute = Спор закончен, итог сохранён.
ask-dispute-words-needed = Заказ { $number }: что пишет клиент? Если есть оценка, назовите звёзды.
answers-dispute-words-needed =
    1 звезда
    2 звезды
    Открыт спор во Flowwow
refusal-dispute-words-needed = Напишите, что пишет клиент.
ask-dispute-result-needed = Заказ { $number }: чем закончилось?
answers-dispute-result-needed =
    Решено в пользу магазина
    Замена
    Комплимент клиенту
    Промокод
    Вернули часть
    Вернули всё
refusal-dispute-result-needed = Напишите, чем закончилось.
event-dispute-opened = жалоба после доставки
event-dispute-answered = на жалобу ответили во Flowwow
event-dispute-settled = спор закончен
card-dispute = ⚠️ Жалоба после доставки: { $words } · { $signed }
card-dispute-clock = Ответить во Flowwow до { $until }, { $left }. Без ответа решат в пользу клиента.
card-dispute-answered = Ответили: { $signed }. Ждём решения Flowwow.
card-dispute-settled = Спор закончен: { $result } · { $signed }
toast-allow_phone = Телефон на карточке.
toast-refuse_phone = Телефон не показан.
refusal-no-client = Клиент не открыл ссылку. Дайте её через «Связаться» или напишите в чат Flowwow.
unreachable-client = Сообщения клиенту заказа { $number } не доходят: он остановил бота. Пишите в чат Flowwow.
ready-texts = Готовые тексты для чата заказа:
ready-text-copy = Скопируйте и отправьте в чат заказа:
ready-title-accepted = Заказ принят
ready-title-accepted-plain = Заказ принят
ready-title-clarify = Уточнить детали
ready-title-ask-address = Узнать адрес
ready-title-photo-soon = Заказ готов
ready-title-rate = Фото отправлено
ready-title-all-well = Всё ли хорошо на фото?
ready-title-what-is-wrong = Что поправить?
ready-title-new-photo = Новое фото отправлено
ready-title-on-the-way = Курьер в пути
ready-title-late = Задерживаемся
ready-title-nobody-there = Никого нет на месте
ready-title-delivered = Доставлено
ready-title-cancelled = Заказ отменён
ready-title-declined = Не сможем выполнить
ready-text-accepted = Здравствуйте! Заказ { $number } принят, уже собираем. Перед доставкой пришлём фото.
ready-text-accepted-plain = Здравствуйте! Заказ { $number } принят, уже собираем.
ready-text-clarify = Здравствуйте! Чтобы доставить заказ { $number } вовремя, уточните, пожалуйста, адрес: подъезд, этаж, домофон.
ready-text-ask-address = Здравствуйте! Чтобы доставить заказ { $number } вовремя, напишите, пожалуйста, адрес: улица, дом, квартира, домофон. Сами получателю не звоним, чтобы не раскрыть сюрприз.
ready-text-photo-soon = Здравствуйте! Заказ { $number } собран, сейчас пришлём фото.
ready-text-rate = Здравствуйте! Заказ { $number } готов, фото в чате. Оцените его, пожалуйста: всё ли нравится?
ready-text-all-well = Здравствуйте! Всё ли хорошо на фото заказа { $number }? Если нужно поправить, напишите, пожалуйста. Без ответа доставим вовремя то, что на фото.
ready-text-what-is-wrong = Спасибо за ответ. Подскажите, пожалуйста, что именно поправить в заказе { $number }: цвет, состав, размер или открытку?
ready-text-new-photo = Поправили заказ { $number }, новое фото в чате. Посмотрите, пожалуйста: теперь всё хорошо?
ready-text-on-the-way = Курьер выехал с заказом { $number }. Сообщим, когда вручим.
ready-text-late = Заказ { $number } задерживается, приносим извинения. Напишем, как только курьер будет на месте.
ready-text-nobody-there = Курьер с заказом { $number } на месте, но дверь не открывают. Подскажите, пожалуйста, как поступить: подождать, оставить другому человеку или привезти позже?
ready-text-delivered = Заказ { $number } доставлен. Спасибо, что выбрали нас.
ready-text-cancelled = Заказ { $number } отменён по вашей просьбе. О возврате денег ответит поддержка Flowwow.
ready-text-declined = К сожалению, мы не сможем выполнить заказ { $number }. О возврате денег ответит поддержка Flowwow. Приносим извинения.
talk-told-client = сказал: { $what }
talk-told-shop = написано клиенту: { $what }
talk-told-link = дана ссылка для клиента
talk-told-ready = взят готовый текст «{ $title }»
talk-photo = фото
talk-voice = голосовое

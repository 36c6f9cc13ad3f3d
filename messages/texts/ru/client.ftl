# Чат клиента
client-title = <b>Заказ { $number }</b> · { $shop }
client-stage-accepted = принят
client-stage-assembled = собран
client-stage-on-way = в пути
client-stage-handed-over = вручён
client-stage-picked-up = выдан
client-courier = Курьер
client-courier-named = { $name }
client-arrival = { $who } будет { $when }
client-arrival-by = { $who } будет к { $when }
client-arrival-overdue = { $who } задерживается, магазин уточняет время
client-at-the-door = { $who } на месте
client-code = { $surprise ->
    [yes] Код вручения: <b>{ $code }</b>. Чтобы сюрприз удался, назовите его получателю, когда курьер уже на месте: мы напишем.
   *[no] Код вручения: <b>{ $code }</b>. Передайте его получателю: курьер спросит код при вручении.
}
client-state-new = Магазин получил заказ. Здесь появится отметка, как только его примут.
client-state-accepted = Магазин собирает заказ. Фото готового заказа придёт сюда.
client-state-accepted-no-photo = Магазин готовит заказ.
client-state-photo = Заказ готов. Посмотрите фото: всё ли нравится?
client-state-liked = Фото вам понравилось. Заказ готов к доставке.
client-state-disliked = Вы просили поправить: { $complaint }. Магазин пришлёт новое фото.
client-state-handed-over = Заказ передан в доставку.
client-state-courier_left = Курьер в пути.
client-state-returning = Вручить заказ не получилось. Магазин напишет вам.
client-given-to = Отдан: { $whom }
client-state-done = Заказ доставлен. Спасибо, что выбрали нас.
client-state-picked-up = Заказ выдан. Спасибо, что выбрали нас.
client-state-cancelled = Заказ отменён.
client-state-declined = Магазин не сможет выполнить этот заказ. О возврате денег ответит поддержка Flowwow.
client-state-declined-own = Магазин не сможет выполнить этот заказ.
client-card-replaced = Это сообщение устарело. Как идёт заказ, видно в новом сообщении ниже.
client-photo = { $what ->
    [first] Заказ { $number } готов. Всё ли нравится?
    [more] Заказ { $number }: ещё фото. Всё ли нравится?
   *[corrected] Заказ { $number }: новое фото. Теперь всё хорошо?
}
client-photos = Заказ { $number }: { $count } фото.
client-photo-gone = Заказ { $number }: здесь по ошибке было фото другого заказа, магазин его убрал.
client-photo-foreign = Заказ { $number }: одно из фото выше попало сюда по ошибке, оно от другого заказа. Просим прощения за путаницу.
client-handed-over = Заказ { $number } вручён. Спасибо, что выбрали нас.
client-nudge =
    Заказ { $number }: всё ли хорошо на фото?
    Если нужно поправить, напишите сейчас. Без ответа доставим вовремя то, что на фото.
client-what-is-wrong = Заказ { $number }: что поправить? Выберите или напишите своими словами.
client-what-was-wrong = Что не так с заказом { $number }? Напишите одним сообщением: магазин увидит его сразу.
client-complaints =
    Цвет не тот
    Состав не тот
    Букет меньше, чем ожидалось
client-complaint-no-card = Нет открытки
client-do-liked = 👍 Нравится
client-do-disliked = 👎 Поправить
client-do-complain = Что-то не так
client-do-write = Написать магазину
client-complaint-noted = Заказ { $number }, записано: { $complaint }. Магазин это видит.
client-complaint-withdrawn = Заказ { $number }: фото вам нравится, поправлять ничего не нужно.
client-ask-words = Заказ { $number }: напишите магазину. Можно текст, фото или голосовое.
client-words-needed = Напишите, пожалуйста, словами, что поправить, или выберите ответ выше.
client-passed-on = Передано магазину. Ответ придёт сюда.
client-correction-passed-on = Исправление передано магазину.
client-hidden = Передано магазину без телефона и ссылок: пишите, пожалуйста, здесь, чтобы договорённости сохранились.
client-elsewhere = Передано магазину. Пишите, пожалуйста, здесь: так договорённости сохранятся.
client-stay-here = <i>Отвечайте, пожалуйста, здесь: так договорённости сохранятся.</i>
client-no-contacts = Номер телефона здесь не нужен, он не передан. Магазин ответит вам в этом чате.
client-which-order = О каком заказе это сообщение?
client-about = { $number } · { $shop }
client-toast-over = Эта ссылка больше не действует. Напишите магазину в чат Flowwow.
client-toast-newer-photo = Есть новое фото, оцените, пожалуйста, его.
client-toast-liked = Спасибо, магазин это видит.
client-toast-disliked = Записано, магазин пришлёт новое фото.
client-toast-already = Это уже записано.
client-toast-too-late = Заказ уже не в магазине. Напишите магазину, если что-то не так.
client-toast-gone = Сообщение не найдено. Напишите, пожалуйста, ещё раз.
client-opening-taken = Эта ссылка уже открыта в другом аккаунте. Если заказ ваш, попросите у магазина новую.
client-opening-over = Эта ссылка больше не действует. Попросите у магазина новую или напишите ему в чат Flowwow.
client-opening-staff = Это ссылка для клиента: отправьте её в чат заказа.

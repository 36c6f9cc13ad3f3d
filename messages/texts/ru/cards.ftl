# Общее
said = { $text }
joined = { $first } · { $second }
noted = { $text }: { $note }
signed = { $when }, { $who }
name-unknown = имя не указано
phone-hidden = телефон скрыт до выезда
phone-with-carrier = телефон видит тот, кто везёт
product-unnamed = Товар без названия
flower-unnamed = Цветок без названия

who-director = директор
who-manager = менеджер
who-seller = флорист
who-courier = курьер
who-client = клиент
who-marketplace = Flowwow

# Первые строки
heading = { $sign } <b>{ $state }</b>
state-new = Новый
state-accepted = Принят
state-with-third-party = У стороннего курьера с { $when }
state-photo = Фото
state-courier_left = Курьер вышел
state-returning = Возвращается
state-done = Выполнен
state-cancelled = Клиент отменил
state-declined = Магазин отказался
due-accept = принять до { $clock }, { $left }
due-assemble = собрать до { $clock }, { $left }
due-photo = фото до { $clock }, { $left }
due-leave = выезд до { $clock }, { $left }
due-assemble-at-once = собрать сейчас
due-photo-at-once = собрать и снять сейчас
due-leave-at-once = выезжать сейчас
due-deliver = вручить до { $clock }, { $left }
due-returning = в магазин с { $when }
trouble-stop = курьер ещё везёт
trouble-doubt = отменён или нет?
trouble-nobody-there = никого нет, ждут с { $when }
trouble-late = опаздывает на { $minutes } мин, будет к { $when }
trouble-photo = нужно новое фото
trouble-unpaid = доплата не оплачена
due-assemble-first = собрать до { $clock }
due-photo-first = фото до { $clock }
due-photo-then = фото { $clock }
due-leave-then = выезд { $clock }
when-soon = Как можно скорее
when-unknown = Время доставки не указано
when-unread = Время доставки пока неизвестно
when-soon-span = Как можно скорее · { $span }
when-distance = { $span } ({ $until })

# Кого ждёт заказ
waits-photo = Ждём, пока { $name } соберёт и сфотографирует
waits-new-photo = Ждём, пока { $name } поправит и снимет заново
waits-made = Ждём, пока { $name } соберёт заказ
waits-assigned = Ждём, пока менеджер назначит, кто соберёт заказ
waits-release = Ждём, пока менеджер разрешит выезд
waits-collected = Ждём, пока за заказом придут
waits-carrier-comes = Ждём, пока { $name } заберёт заказ
waits-third-party-comes = Ждём, пока сторонний курьер заберёт заказ
waits-carrier-delivers = Ждём, пока { $name } вручит заказ
waits-courier-delivers = Ждём, пока курьер вручит заказ
waits-third-party-delivers = Ждём, пока сторонний курьер вручит заказ
waits-decision = Ждём, пока менеджер решит, что с заказом

# Состав
composition-unknown = Состав не указан
composition-unread = Состав пока неизвестен
composition-line = { $name } × { $count }
composition-more = { $count ->
    [one] и ещё { $count } позиция
    [few] и ещё { $count } позиции
   *[other] и ещё { $count } позиций
}

# Карточка
card-outdated = Заказ { $number }: это сообщение устарело.
card-not-yours = Заказ { $number } сейчас не назначен вам.
card-unread = Flowwow пока не показывает подробности. Смотрите заказ в его приложении, здесь они появятся сами.
card-text = Текст открытки: { $text }
card-client-note = Просьба клиента: { $text }
card-insists = ❗ <b>{ $text }</b>
card-shop-note = Магазину: { $text }
card-payment-note = Об оплате: { $text }
card-courier-note = Курьеру: { $text }
card-pickup = Самовывоз
card-address = Куда: { $text }
card-address-unknown = Адрес не указан
card-address-unread = Адрес пока неизвестен
card-recipient = Получатель: { $text }
card-client = Клиент: { $text }
card-paid = Оплачено: { $amount }
card-paid-with-extra = Оплачено: { $amount }, из них доплата { $extra }
card-mixed-currencies = Цена и товары в разных валютах: сверьте суммы во Flowwow
card-shares = Комиссия { $commission } · эквайринг { $acquiring } · магазину { $shop }
card-part-given-back = Вернуть клиенту за замену: { $amount }
card-seller = Собирает { $name }
card-accepted = принят { $signed }
card-carrier = Доставка: { $carrier }
card-carrier-no-contact = контакта нет
card-third-party-hidden = Доставка: сторонний курьер
carrier-self = везёт { $name }
carrier-courier = курьер { $name }
carrier-third_party = сторонний курьер { $name }
card-photos = { $count ->
    [one] Фото: { $signed }
   *[other] Фото, { $count }-я версия: { $signed }
}
card-rating-waits = Ждём ответа клиента до { $when }. Доставку не задерживайте.
card-rating-none = Клиент ещё не ответил. Выезжайте вовремя.
card-photo-unseen = 📷 Фото готово. Клиент его ещё не видит
card-rating-liked = Клиенту фото нравится
card-rating-disliked = Клиент просит поправить
card-dispatched = Курьер вышел: { $signed }
card-new-photo-needed = ❗ Нужно новое фото: это показывает не то, о чём договорились
card-without-new-photo = Без нового фото
card-picked-up = Курьер забрал: { $signed }
card-without-photo = Без фото
card-refused = Получатель отказался, { $signed }
card-agreed-change = Согласовано с клиентом: { $text }
card-completed = { $how }, { $signed }
card-completed-early = раньше окна, клиент согласен
card-completed-by-other = Завершил не курьер
card-closed-cancelled = Отменён, { $signed }
card-closed-declined = Отказ магазина, { $signed }
handover-in_person = вручён лично
handover-third_person = отдан другому
settlement-full = Клиенту возвращается вся сумма: { $refund }
settlement-minus-delivery = Клиенту возвращается { $refund }, магазину за доставку { $kept }
settlement-unknown = Сумма возврата неизвестна: её назовёт поддержка Flowwow

# Курьеру
courier-say = Скажите: «Здравствуйте, это доставка. Вы { $text }?»
courier-say-nameless = Скажите: «Здравствуйте, это доставка».
courier-do-not-say = О подарке и отправителе не говорите.
courier-write-hint = Вопрос к менеджеру? Ответьте на эту карточку, он прочтёт сразу.
courier-text-order = Доставка, заказ { $number }
courier-text-trouble = Если не получается вручить, сразу позвоните в магазин.
courier-return = Верните заказ в магазин.
courier-phone = Телефон: { $text }
courier-phone-hidden = Телефон откроется, когда заберёте заказ и нажмёте «Забрал»

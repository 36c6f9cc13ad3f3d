record-written = Записано { $when }, версия { $version }, часовой пояс { $zone }
record-order = Заказ
record-window = Доставить
record-urgency = Срочность
record-delivery = Способ получения
delivery-courier = доставка
delivery-pickup = самовывоз
record-placed = Оформлен
record-received = Поступил в магазин
record-composition = Состав:
record-addon = дополнение
record-offer = Код товара
record-address = Адрес
record-recipient = Получатель
record-recipient-phone = Телефон получателя
record-client = Клиент
record-client-phone = Телефон клиента
record-card-text = Текст открытки
record-client-note = Просьба клиента
record-shop-note = Примечание магазину
record-courier-note = Примечание курьеру
record-payment-note = Об оплате
record-paid = Оплачено
record-extra = Из них доплата
record-delivery-fee = Доставка
record-commission = Комиссия
record-acquiring = Эквайринг
record-to-shop = Магазину
record-accepted = Принят
record-seller = Собирает
record-carrier = Доставляет
carrier-kind-self = сам
carrier-kind-courier = курьер магазина
carrier-kind-third_party = сторонний курьер
record-photo = Фото, версия
record-rating = Оценка фото
record-liked = нравится
record-disliked = просит поправить
record-dispatched = Курьер вышел
record-without-new-photo = Почему без нового фото
record-picked-up = Сторонний курьер забрал
record-courier-says = Пишет курьер
record-shop-says = Пишет магазин
record-without-photo = Почему без фото
record-refused = Получатель отказался
record-went-to = Прежде везли
record-agreed-change = Согласовано с клиентом
record-completed = Выполнен
record-completed-early = Раньше окна с согласия клиента
record-completed-by-other = Почему завершил не курьер
record-closed = Закрыт
record-refund = Возврат клиенту
record-kept = Осталось магазину
record-list = Список
record-hidden = убран из списка
record-marketplace = Статус во Flowwow

# Пакет на день: печатается и читается с расстояния вытянутой руки.
pack-title = Пакет на день
pack-made = Собрано { $when } в { $clock }
pack-private = Внутри имена, адреса и телефоны. Не пересылайте и не оставляйте на виду, после смены уничтожьте.
pack-empty = Незавершённых заказов на сегодня и завтра нет.
pack-earlier = Прежние дни, не завершены
pack-today = Сегодня, { $date }
pack-tomorrow = Завтра, { $date }
pack-untimed = Время пока не известно
pack-route = Маршрут: { $name }
pack-open = Открыть в боте
pack-caption =
    🖨 <b>Пакет на день</b>, { $when } · { $count ->
        [one] { $count } заказ
        [few] { $count } заказа
       *[many] { $count } заказов
    }
    Сохраните файл в телефоне: он откроется и без бота. Внутри имена, адреса и телефоны, не пересылайте его.
pack-drawing = Собираю пакет…
pack-failed = Пакет не получился. Попробуйте ещё раз через минуту.
do-pack = 🖨 Пакет на день

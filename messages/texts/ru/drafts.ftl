# Заказ, который вводят вручную или из текста
draft-title = 📝 <b>Черновик заказа { $number }</b>
draft-title-unnumbered = 📝 <b>Черновик без номера</b>
draft-unnumbered = Без номера
draft-line = { $label }: { $value }
draft-missing = ▫️ { $label }: не указано
draft-product-sum = { $name } - { $amount }
draft-papers = { $count ->
    [one] Бумага: { $count } снимок
    [few] Бумага: { $count } снимка
   *[other] Бумага: { $count } снимков
}
draft-advice = Проверьте и сохраните. Фото бумаги или снимок экрана можно прислать сюда же.
draft-which-time = Не понял время наверняка. Какое верно?
draft-time-over = Это время уже прошло: { $said }. Перенести?
draft-field-number = Номер
draft-field-window = Когда
draft-field-delivery = Способ
draft-field-address = Куда
draft-field-goods = Состав
draft-field-paid = Сумма
draft-field-recipient = Получатель
draft-field-client = Клиент
draft-field-card_text = Открытка
draft-field-client_note = Просьба клиента
draft-field-shop_note = Магазину
draft-field-courier_note = Курьеру
draft-field-payment_note = Об оплате

draft-ask-number = Номер заказа во Flowwow? Если заказ не оттуда, номер не нужен: магазин даст свой.
draft-ask-window = Когда доставить? Например: сегодня 14-15, завтра к 10, 12.03 с 14 до 16.
draft-ask-clock = Во сколько? Например: 14-15 или к 10.
draft-ask-address = Куда везти?
draft-ask-goods = Что собрать? Каждый товар с новой строки, можно с суммой: Пионы 15 шт - 4 900 ₽.
draft-ask-paid = Сколько оплатил клиент? Например: 4 900.
draft-ask-recipient = Кто получатель? Имя и телефон одним сообщением.
draft-ask-client = Кто заказал? Имя и телефон одним сообщением.
draft-ask-card_text = Что написать на открытке?
draft-ask-client_note = О чём просит клиент?
draft-ask-shop_note = Что помнить магазину?
draft-ask-courier_note = Что знать курьеру?
draft-ask-payment_note = Что важно об оплате? Доплата, предоплата, сдача.
draft-ask-whole = Можно прислать весь текст заказа одним сообщением: разберу его сам.
draft-now = Сейчас: { $value }
draft-answers-window =
    Сегодня
    Завтра
    Послезавтра
    Как можно скорее
draft-answers-clock =
    9-11
    11-13
    13-15
    15-17
    17-19
    19-21
draft-answers-address = Самовывоз
draft-unclear-number = Номер - это цифры, от 4 до 19. Например: 25836184.
draft-unclear-window = Не понял время. Напишите, например: сегодня 14-15, завтра к 10, 12.03 с 14 до 16.
draft-unclear-goods = Не вижу ни одного товара. Напишите, например: Пионы 15 шт - 4 900 ₽.
draft-unclear-paid = Не понял сумму. Напишите её цифрами, например: 4 900.
draft-unclear = Здесь нужен текст. Напишите ответ словами или выберите готовый.

draft-button-save = Сохранить заказ
draft-button-other-time = Другое время
draft-button-save-so = Сохранить как есть
draft-button-save-timeless = Сохранить без времени
draft-button-known = Заказ { $number } уже есть
draft-button-more = Ещё поля…
draft-button-delete = Удалить черновик
draft-button-delete-yes = Да, удалить
draft-button-delete-papers = Удалить только снимки
draft-button-paper = Новый заказ с этого снимка
draft-button-back = ← К черновику
draft-button-skip = Пропустить
draft-button-clear = Очистить
draft-button-pickup = Сделать самовывозом
draft-button-courier = Сделать доставкой
draft-button-edit = Исправить черновик
draft-button-merge = Дополнить заказ { $number }
draft-button-left = { $label }: как в заказе
draft-button-taken = { $label }: из черновика ✓
draft-button-ask = Спросить клиента: { $label }
draft-button-asked = Клиента спросили: { $label }
draft-button-new = Новый заказ
draft-button-waiting = { $count ->
    [one] Черновик ждёт
   *[other] Черновики ждут: { $count }
}
draft-button-read = Да, это заказ
draft-button-add = Добавить в черновик
draft-button-no-order = Нет

draft-known = Это заказ { $number }: { $sign } { $state }.
draft-differs = { $label }: в заказе «{ $old }», в черновике «{ $new }»
draft-takes = Возьму сразу: { $labels }
draft-asks = Спросите клиента. { $difference }
draft-rest-stays = Остальное останется как в заказе.
draft-known-gains = Чего в заказе нет, возьму из черновика. Что отличается, останется как в заказе, если не выбрать другое.
draft-known-asks = Время, состав, цену и адрес меняет только клиент: они останутся как в заказе, пока он не согласен. О чём его ещё не спросили, сохраню пометкой.
draft-note-unasked = Спросить клиента:
draft-asked-by-hand = Если клиент согласен, напишите в поддержку Flowwow. Когда заказ изменят там, он сам изменится и здесь.
draft-known-nothing = Нового для заказа в черновике нет.
draft-known-same = Это заказ { $number }, нового в тексте нет.
draft-delete = Удалить черновик? Вернуть его будет нельзя.
draft-deleted = Черновик удалён.
draft-waiting = { $count ->
    [one] Черновик ждёт. Продолжить?
    [few] Ждут { $count } черновика. Какой продолжить?
   *[other] Ждут { $count } черновиков. Какой продолжить?
}
draft-waiting-first = Показаны последние { $count }.
draft-is-it = Это новый заказ?

toast-draft-saved = Заказ { $number } сохранён и принят.
toast-draft-merged = Заказ { $number } дополнен.
toast-draft-gone = Этот черновик уже сохранён или удалён.
toast-draft-empty = В черновике пусто. Укажите хотя бы время, адрес или состав.
toast-draft-text-gone = Текста больше нет. Пришлите его ещё раз.
toast-draft-no-order = Хорошо, это не заказ.
toast-draft-papers-deleted = Снимки удалены из черновика.
toast-no-papers = Снимков бумаги у этого заказа нет.

menu-decline-own = Заказ не из Flowwow: комиссии за отказ нет. Предупредите клиента.
menu-cancel-own = Клиент сам просил отменить заказ?
menu-contact-own = Заказ не из Flowwow: чата там нет, клиенту звоните сами.
menu-contact-own-phone = { $name }, { $phone }
toast-cancel-own = Заказ отменён.
record-source = Исходный текст
record-paper = Бумага
do-papers = Бумага
caption-paper = { $number } · бумага { $place } из { $count }
command-add = Новый заказ вручную
help-chief =
    Номер заказа, слово из названия букета или имя откроет заказ, фото с номером в подписи попадёт в заказ, «Заказы» покажет список.
    Ответьте на карточку словами, голосом или фото: запишу к заказу.
    Текст заказа целиком станет черновиком, /add введёт заказ вручную.

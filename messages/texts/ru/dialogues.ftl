# Вопросы, которые бот задаёт, когда для шага нужны слова
outcome = { $words }
toast-answer-below = Ответьте на вопрос ниже
toast-question-over = Этот вопрос уже закрыт
toast-question-cancelled = Ничего не изменено
button-cancel-question = Отмена
words-needed = Здесь нужен текст. Напишите ответ словами или выберите готовый выше.
ask-photo-reason-needed = Заказ { $number } уходит без фото. Почему? Ответ сохранится в истории.
answers-photo-reason-needed =
    Клиент попросил без фото
    Фото отправлено в чат Flowwow
    Нет времени до окна доставки
ask-new-photo-reason-needed = Заказ { $number }: клиент просил поправить или согласился на замену, нового фото нет. Почему выезжаете? Ответ сохранится в истории.
answers-new-photo-reason-needed =
    Клиент согласился оставить как есть
    Новое фото отправлено в чат Flowwow
    Нет времени до окна доставки
ask-carrier-reason-needed = Заказ { $number } везёт не вы. Почему завершаете за курьера?
answers-carrier-reason-needed =
    Курьер подтвердил по телефону
    У курьера нет связи
    Клиент подтвердил вручение
ask-decline-reason-needed = Почему магазин отказывается от заказа { $number }? Причину спросит поддержка, она сохранится в истории.
answers-decline-reason-needed =
    Нет нужных цветов
    Не успеваем к сроку
    Некому доставить
ask-reason-needed = Что случилось с последним шагом заказа { $number }? Верну, как было до него.
answers-reason-needed =
    Нажали по ошибке
    Не тот заказ
    Обстоятельства изменились
ask-code-needed = { $wrong ->
    [0] Заказ { $number }: какой код назвали? Он есть у клиента.
   *[other] Заказ { $number }: код не подошёл, это { $wrong }-я попытка из 3. Спросите ещё раз и пришлите код.
}
answers-code-needed = { "" }
ask-pickup-code-needed = Заказ { $number }: какой код назвал клиент? Он виден в его приложении Flowwow.
answers-pickup-code-needed = { "" }
ask-no-code-reason-needed = { $wrong ->
    [0] Заказ { $number }: код не назван. Пришлите код или причину, почему завершаете без него.
   *[other] Заказ { $number }: код не подошёл. Пришлите верный или причину, почему завершаете без него.
}
answers-no-code-reason-needed =
    Клиент подтвердил вручение
    У получателя нет кода
ask-no-proof-reason-needed = Заказ { $number }: фото вручения нет. Почему завершаете без него?
answers-no-proof-reason-needed =
    Клиент подтвердил вручение
    Получатель против фото
ask-early-needed = Заказ { $number }: окно доставки начнётся { $wait }. Клиент согласен получить раньше?
answers-early-needed =
    Да, согласен
    Сам попросил раньше
ask-comment-needed = Заказ { $number }: кому именно передан? Например: «охраннику Сергею на входе».
answers-comment-needed =
    Родственнику
    Коллеге
    Охране или на ресепшен
    Соседям
ask-complaint-needed = Заказ { $number }: что именно не понравилось клиенту?
answers-complaint-needed =
    Цвет не тот
    Состав не тот
    Букет маленький
    Нет открытки
ask-change-needed =
    Заказ { $number }: что согласовано с клиентом? Новый получатель, адрес, время - одним сообщением, например: Ольге, Садовая 3, кв. 5, +7 999 123-45-67, с 17 до 18.
answers-change-needed = Везём тому же получателю ещё раз
ask-agreed-words-needed =
    Заказ { $number }: что ответил клиент? Его словами, это останется в истории.
answers-agreed-words-needed =
    Да, можно отдать
    Сам попросил отдать
ask-new-address-needed =
    Заказ { $number }: куда теперь везти? Адрес одним сообщением.
answers-new-address-needed = Адрес тот же
ask-new-time-needed =
    Заказ { $number }: к какому времени привезти? Например: с 17 до 18.
answers-new-time-needed =
    Через час
    Через 2 часа
    Время прежнее
ask-name-needed =
    Заказ { $number }: кто везёт? Имя и телефон одним сообщением, например: Иван, +7 999 123-45-67.
    За стороннего курьера отвечает магазин.
answers-name-needed = Яндекс Доставка
ask-contact-needed =
    Заказ { $number }: как связаться с курьером? Телефон или ссылка на отслеживание.
    Если нет ни того, ни другого, ответьте «нет»: это сохранится в истории.
answers-contact-needed = Нет
# Фото
ask-picture = Пришлите фото заказа { $number }: камерой, из галереи или файлом.
caption-photo = { $number } · фото { $version }
photo-which-order = Фото сохранено. К какому заказу оно?
photo-number-unknown = Заказа { $number } здесь нет.
photo-no-order = Фото сохранено, но ни к одному заказу не попало. Заказов, которым нужно фото, у вас сейчас нет.
photo-went-to = { $number }: { $words }
photo-too-big = Файл больше 20 МБ, Telegram его не отдаёт. Пришлите фото обычным способом, не файлом.
photo-too-many-pixels = Это не открыть: в снимке { $megapixels } Мп, а в таком формате бот открывает до { $most } Мп. Пришлите его как фото, не файлом, или в JPEG поменьше.
photo-coming = Фото пока не скачивается из Telegram. Пробую ещё, пришлю ответ здесь.
photo-not-fetched = Фото так и не скачалось из Telegram, оно не сохранено. Пришлите его ещё раз.
photo-file-lost = { $number }: файла фото { $version } на диске нет или он испорчен. Снимите и загрузите новое.
photo-proof-lost = { $number }: файла фото вручения { $version } на диске нет или он испорчен.
photo-paper-lost = { $number }: файла снимка { $place } на диске нет или он испорчен.
photo-not-shown = Фото сейчас не открыть: место для фото недоступно. Нажмите ещё раз через несколько минут.
photo-album-numbers = В подписях альбома два разных номера: { $first } и { $second }.
photo-not-a-picture = Это не открывается как фото. Пришлите снимок: JPEG, PNG, WebP или HEIC.
button-photo-later = Ни к одному
toast-photo-waits = Фото сохранено и подождёт
toast-photo-gone = Это фото уже отнесено к заказу
toast-photo-replaced = Этот снимок уже не ждёт: его отправили, есть фото новее или снимают новое
toast-no-photo = У этого заказа ещё нет фото

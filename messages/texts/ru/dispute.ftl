# История файлом
dispute-title = История заказа { $number }
dispute-agreements = Согласовано с клиентом
dispute-history = Что происходило
dispute-what = Что
dispute-asked = Кто и когда спросил
dispute-state = Ответ
dispute-when = Когда
dispute-who = Кто
dispute-photo-missing = Файл фото не найден
dispute-photo-moved = Фото другого заказа
dispute-talk = Переписка с клиентом в боте
dispute-support = Обращения в поддержку
dispute-note-sent = Отправлено в поддержку
dispute-note-answer = Ответ поддержки
dispute-note-closed = Обращение закрыто
dispute-claim = Расходы и компенсация
dispute-receipt = Чек (PDF)

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

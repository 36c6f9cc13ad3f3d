# Список перед фото
ask-check = Перед снимком проверьте и отметьте:
check-everything = Всё на месте
check-card = Открытка с текстом
check-gift = 🎁 { $name }
check-quality = Свежее, без брака
check-visible = Видно и светло
ask-picture-complaint = Клиент просит поправить: { $text }
photo-check-now = Всё ли на фото? Проверьте и отметьте:
photo-checked = Проверено: { $signed }
card-checked = Проверено перед фото: { $signed }
event-checked = проверено перед фото: { $items }
toast-check = Отмечено: всё на месте.
step-check = проверка перед фото
record-checked = Проверено перед фото
refusal-already-checked = Уже проверено: { $signed }
refusal-list-changed = Состав изменился. Проверьте и отметьте заново.

# Ответ на фото
toast-attach_photo-more = Фото сохранено. Клиенту заказ уже нравится.
photo-wait = Ответ ждём до { $answer }. Доставку не задерживайте.
photo-wait-no-more = Пора выезжать, ответа не ждите.
photo-wait-leave = Ответ ждём до { $answer }, выезд не позже { $leave }.
photo-wait-unseen = Время на ответ пойдёт, когда клиент увидит фото: по ссылке или во Flowwow.
photo-leave-by = Выезд не позже { $leave }.
photo-answers = по просьбе: { $text }
card-photo-answers = Поправлено по просьбе: { $text }
event-photo-answers = фото, версия { $version }, по просьбе

# Тёмное и нерезкое
photo-dark = Слишком темно: букет не разглядеть.
photo-blurred = Снимок смазан: букет не разглядеть.
photo-poor = Фото сохранено, но к заказу { $number } ещё не отправлено. Снимите заново у окна или при лампе, либо отправьте это.
photo-send-anyway = Всё равно отправить
photo-take-another = Снять заново

# Не тот заказ
photo-only-order = Других заказов, которые ждут фото, у вас нет. Если фото от другого заказа, нажмите «Не тот заказ?».
photo-wrong-order = Не тот заказ?
photo-move = Фото сейчас у заказа { $number }. К какому заказу его отнести?
photo-move-nowhere = Фото сейчас у заказа { $number }. Других заказов, которым нужно фото, нет.
photo-move-more = Нужного нет? Напишите его номер или последние цифры.
photo-move-unknown = Заказа с номером { $number }, которому нужно фото, у вас нет. Проверьте номер.
photo-stay = Оставить здесь
photo-moved = Фото перенесено: { $source } → { $target }.
photo-moved-lacks = У заказа { $number } снова нет фото: загрузите его.
photo-moved-marketplace = Во Flowwow у заказа { $number } осталось чужое фото. Загрузите верное здесь и замените его в приложении.
photo-move-back = Вернуть назад
card-photo-moved = Фото перенесено в другой заказ. Загрузите новое и замените его в приложении Flowwow.
event-photo-moved = фото перенесено в заказ { $number }
step-take_photos_away = фото перенесено
toast-take_photos_away = Фото перенесено в другой заказ.
refusal-photo-not-here = Этого фото у заказа уже нет.
toast-photo-back = Фото возвращено.

# Несколько магазинов
button-place = 🏪 { $shop }
button-place-here = 🏪 { $shop } ✓
place-now = Вы теперь в магазине «{ $shop }».
do-shops-settings = Настройки…
do-shops-list = Магазины…
do-shops-add = Добавить магазин
do-shops-create = Добавить
do-shops-cancel = Отмена
do-shops-remove = Убрать магазин
do-shops-remove-now = Убрать
do-shops-name = Название
do-shops-zone = Часовой пояс
do-shops-marketplace = Номер во Flowwow
do-shops-rules = Правила и деньги…
shops-settings = <b>Настройки · { $shop }</b>
shops-title = <b>Ваши магазины ({ $count })</b>
shops-zone = Часовой пояс: { $zone }
shops-opens = Открывается в { $time }
shops-accept = Принять за { $minutes } мин
shops-erase = Личные данные храним { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
shops-marketplace = Номер во Flowwow: { $number }
shops-no-marketplace = Номера во Flowwow ещё нет: заказы оттуда не придут.
shops-group = Группа подключена.
shops-no-group = Группы ещё нет: добавьте в неё бота, пока вы в этом магазине.
shops-of-settings = Начальные правила этого магазина взяты из файла .env. Что изменено здесь, действует и после перезапуска.
shops-next = Сотрудников магазина добавьте кнопкой «Сотрудники».
shops-added = Магазин «{ $shop }» добавлен, вы в нём. Переходите между магазинами кнопками 🏪 внизу.
shops-ask-new = Как называется новый магазин? Пришлите название одним сообщением.
shops-confirm = Добавить магазин «{ $shop }»?
shops-confirm-number = «{ $shop }» похоже на номер заказа, но такого заказа здесь нет. Точно добавить магазин с таким названием?
shops-question-over = Этот вопрос уже закрыт.
shops-remove-sure = Убрать магазин «{ $shop }»? В нём нет ни заказов, ни товаров, ни сотрудников.
shops-removed = Магазин «{ $shop }» убран. Вы в магазине «{ $home }».
shops-ask-name = Как теперь называется магазин?
shops-ask-zone = Какой часовой пояс? Пришлите город или название пояса, например: Москва, Asia/Yekaterinburg.
shops-ask-marketplace = Какой номер у магазина во Flowwow? Он виден в кабинете продавца. Кабинет должен быть тот же, что у первого магазина.
shops-flaw-name = Нужно название, до 60 букв. Пришлите ещё раз.
shops-flaw-name-taken = Такой магазин уже есть. Назовите этот иначе.
shops-flaw-zone = Такого пояса нет. Пришлите город или пояс, например: Москва, Europe/Moscow.
shops-near-zone = Такого пояса нет. Может быть, { $near }? Пришлите нужный.
shops-flaw-marketplace = Нужен номер цифрами.
shops-flaw-marketplace-taken = Этот номер у другого магазина. Проверьте цифры.
shops-flaw-too-many = Больше магазинов добавить нельзя.
shops-flaw-in-use = В этом магазине уже работали: убрать можно только пустой.
shops-flaw-of-settings = Этот магазин описан в файле .env, убрать его здесь нельзя.
shops-flaw-number-of-settings = Номер этого магазина во Flowwow задан в файле .env вместе с ключом: поменяйте его там.

# Сотрудники
team-title = <b>Сотрудники ({ $count })</b>
team-member =
    { $name } · { $role }{ $connected ->
        [yes] { "" }
       *[no] { " · ещё не подключён" }
    }
button-add-colleague = Добавить сотрудника
team-ask-contact =
    Кого добавить? Пришлите телефон и имя одним сообщением, например: +7 999 123-45-67 Оля.
    Можно карточкой контакта.
team-no-phone = Не вижу телефона. Пришлите его вместе с именем, например: +7 999 123-45-67 Оля.
team-two-phones = Здесь больше одного телефона. Пришлите один, вместе с именем.
team-ask-role = { $name }, { $phone }. Кем добавить?
team-added =
    Добавлен сотрудник: { $name } · { $role }.
    Передайте ссылку { $link }: там нажать «Старт» и отправить свой контакт.
team-added-connected = Добавлен сотрудник: { $name } · { $role }. Этот человек уже подключён, больше ничего не нужно.
team-name-stays = Под этим именем человек уже в списке, «{ $given }» не сохранено. Изменить имя можно в «Изменить или убрать».
toast-colleague-added = Добавлено
toast-colleague-gone = Этого сотрудника больше нет в магазине. Выберите другого.
role-director = Директор
role-manager = Менеджер
role-seller = Флорист
role-courier = Курьер
command-me = Кто я
command-team = Сотрудники
do-team-back = ← Назад
do-team-invite = Пригласить ссылкой
do-team-people = Изменить или убрать
do-team-links = Открытые приглашения ({ $count })
do-team-links-all = Открытые приглашения
do-team-rename = Изменить имя
do-team-remove = Убрать из магазина
do-team-remove-yes = Убрать
do-team-leave = Уйти из магазина
do-team-leave-yes = Ухожу
do-team-revoke = Отозвать № { $id }: { $role }
do-role-manager = Сделать менеджером
do-role-seller = Сделать флористом
do-role-courier = Сделать курьером
do-role-director = Сделать директором
team-whom = Кого изменить или убрать?
team-phone = Телефон: { $phone }
team-not-yours = Менеджеров и директоров меняет только директор.
team-leave-sure = Вы уходите из магазина. Заказы этого магазина больше не будут вам видны.
team-remove-sure = Убрать из магазина: { $name }. Заказы магазина этому человеку больше не будут видны.
team-returned = { $count ->
    [one] Вернётся менеджеру { $count } заказ:
    [few] Вернутся менеджеру { $count } заказа:
   *[other] Вернутся менеджеру { $count } заказов:
}
team-on-the-way = { $count ->
    [one] В пути { $count } заказ, договоритесь о нём:
    [few] В пути { $count } заказа, договоритесь о них:
   *[other] В пути { $count } заказов, договоритесь о них:
}
team-nothing-held = Заказов в работе нет.
team-has-left = ⚠️ { $name } больше не работает в магазине, по собственному желанию ({ $signed }).
team-was-removed = ⚠️ { $name } больше не работает в магазине ({ $signed }).
team-you-were-removed = Вы больше не работаете в магазине «{ $shop }» ({ $signed }). Если это ошибка, позвоните директору.
team-you-left = Вы ушли из магазина «{ $shop }».
team-joined = { $name } теперь с вами: { $role }.
team-ask-name = Сейчас в списке: { $name }. Пришлите новое имя одним сообщением.
team-name-needed = Пришлите имя текстом, до 60 букв.
team-invite-role = Кого пригласить? Ссылка подойдёт одному человеку.
team-invited =
    Ссылка для нового сотрудника ({ $role }). Для одного человека, до { $until }.
    { $link }
    Больше я её не покажу.
do-team-share = Поделиться
team-links = <b>Открытые приглашения</b>
team-link = № { $id } · { $role } · { $signed } · до { $until }
team-no-links = Открытых приглашений нет.
invited-stranger =
    Вас приглашают в магазин «{ $shop }», роль: { $role }.
    Нажмите «Отправить контакт», и вы подключены.
invited-member = Вы подключены к магазину «{ $shop }», роль: { $role }.
me = { $name } · { $role } · { $shop }
team-refused-not-yours = Это может сделать только директор или менеджер.
team-refused-gone = Этого сотрудника больше нет в магазине.
team-refused-director-stays = Это директор магазина, его роль здесь не меняется.
team-refused-link-over = Приглашение уже использовано, отозвано или устарело. Попросите новое.
team-refused-here-already = Вы уже работаете в этом магазине, приглашение вам не нужно.
team-refused-by-settings = Этого директора называет настройка DIRECTOR_PHONE: сначала замените номер там и перезапустите бота.
team-refused-other-account = Этот номер подключён в другом аккаунте Telegram.
team-director-sure = Сделать директором: { $name }? Директору видно всё: заказы, деньги, личные данные клиентов, все сотрудники.
team-no-director-sure = { $name } больше не будет директором. Новая роль: { $role }.
team-role-changed = ⚠️ { $name }: { $before } → { $after } ({ $signed }).
account-taken =
    Этот номер уже подключён в другом аккаунте Telegram.
    Я спросил там и сообщил директорам. Как только это подтвердят, вы будете подключены.
    Если прежнего аккаунта больше нет, позвоните директору.
account-claimed-owner =
    ⚠️ С вашим номером телефона подключаются из другого аккаунта Telegram: «{ $account }». Это вы?
    Если да, вы будете работать оттуда, а здесь заказов больше не будет.
account-owner-yes = Да, это я
account-owner-no = Нет, это не я
account-claimed-director =
    ⚠️ { $name } · { $role }: с этим номером телефона подключаются из другого аккаунта Telegram, «{ $account }».
    Прежний аккаунт пока работает. Разрешите, только если человек сам подтвердил это вам голосом.
account-claimed-informed =
    ⚠️ { $name } · { $role }: с этим номером телефона подключаются из другого аккаунта Telegram, «{ $account }».
    Прежний аккаунт пока работает. Разрешить может он сам или директор всех магазинов этого человека.
account-director-yes = Разрешить
account-director-no = Отказать
account-claim-over = Этот вопрос уже закрыт
account-moved-old = В магазине «{ $shop }» вы теперь работаете из другого аккаунта Telegram ({ $signed }). Если это не вы, сразу позвоните директору.
account-moved-new = { $name }, вы подключены к магазину «{ $shop }» ({ $signed }).
account-moved-director = { $name } теперь работает из другого аккаунта Telegram ({ $signed }).
account-stays-old = Подключить другой аккаунт Telegram не разрешено ({ $signed }). Вы по-прежнему работаете здесь.
account-stays-new = Подключение не подтвердили. Если это ошибка, позвоните директору.
account-stays-director = { $name }: другой аккаунт Telegram не подключён ({ $signed }).
toast-team-role = Роль изменена
toast-team-named = Имя изменено
toast-team-removed = Готово: этот человек больше не работает в магазине
toast-team-revoked = Приглашение отозвано
team-refused-question-over = Этот вопрос уже закрыт

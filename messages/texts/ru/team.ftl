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
team-ask-role = { $name }, { $phone }. Кем добавить?
team-added =
    { $name } добавлен(а): { $role }.
    Передайте ссылку { $link }: там нажать «Старт» и отправить свой контакт.
toast-colleague-added = Добавлено
toast-colleague-gone = Этого сотрудника больше нет в магазине. Выберите другого.
toast-director-stays = Это директор магазина, его роль здесь не меняется.
role-director = Директор
role-manager = Менеджер
role-seller = Продавец
role-courier = Курьер

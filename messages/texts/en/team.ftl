# Staff
team-title = <b>Staff ({ $count })</b>
team-member =
    { $name } · { $role }{ $connected ->
        [yes] { "" }
       *[no] { " · not connected yet" }
    }
button-add-colleague = Add a person
team-ask-contact =
    Whom shall I add? Send a phone number and a name in one message, for example: +7 999 123-45-67 Olya.
    A contact card will do as well.
team-no-phone = I see no phone number. Send it together with the name, for example: +7 999 123-45-67 Olya.
team-ask-role = { $name }, { $phone }. In which role?
team-added =
    { $name } is added: { $role }.
    Pass on the link { $link }: press “Start” there and send one's own contact.
toast-colleague-added = Added
toast-colleague-gone = This person does not work here any more. Choose somebody else.
toast-director-stays = This is the shop's director; that role does not change here.
role-director = Director
role-manager = Manager
role-seller = Seller
role-courier = Courier

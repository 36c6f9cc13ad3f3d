# Staff
team-title = <b>Staff ({ $count })</b>
team-member =
    { $name } · { $role }{ $connected ->
        [yes] { "" }
       *[no] { " · not connected yet" }
    }
button-add-colleague = Add a person
team-ask-contact =
    Who's joining? Send a phone number and a name in one message, for example: +7 999 123-45-67 Olya.
    A contact card will do as well.
team-no-phone = I see no phone number. Send it together with the name, for example: +7 999 123-45-67 Olya.
team-two-phones = There is more than one phone number here. Send one, with the name.
team-ask-role = { $name }, { $phone }. In which role?
team-added =
    { $name } is added: { $role }.
    Pass on the link { $link }: press “Start” there and send one's own contact.
team-added-connected = { $name } is added: { $role }. This person is connected already, nothing else is needed.
team-name-stays = This person is known by that name already, so “{ $given }” was not noted. To rename: “Change or remove”.
toast-colleague-added = Added
toast-colleague-gone = This person does not work here any more. Choose somebody else.
role-director = Director
role-manager = Manager
role-seller = Florist
role-courier = Courier
command-me = Who am I
command-team = Staff
do-team-back = ← Back
do-team-invite = Invite by link
do-team-people = Change or remove
do-team-links = Open invitations ({ $count })
do-team-links-all = Open invitations
do-team-rename = Change the name
do-team-remove = Remove from the shop
do-team-remove-yes = Remove
do-team-leave = Leave the shop
do-team-leave-yes = I am leaving
do-team-revoke = Take back no. { $id }: { $role }
do-role-manager = Make manager
do-role-seller = Make florist
do-role-courier = Make courier
do-role-director = Make director
team-whom = Who do you want to change or remove?
team-phone = Phone: { $phone }
team-not-yours = Only a director changes managers and directors.
team-leave-sure = You are leaving the shop. You will not see its orders any more.
team-remove-sure = Remove { $name } from the shop. This person will not see its orders any more.
team-returned = { $count ->
    [one] { $count } order goes back to the manager:
   *[other] { $count } orders go back to the manager:
}
team-on-the-way = { $count ->
    [one] { $count } order is on the way, agree on it:
   *[other] { $count } orders are on the way, agree on them:
}
team-nothing-held = No orders in hand.
team-has-left = ⚠️ { $name } has left the shop ({ $signed }).
team-was-removed = ⚠️ { $name } does not work in the shop any more ({ $signed }).
team-you-were-removed = You do not work in the shop “{ $shop }” any more ({ $signed }). If this is a mistake, call the director.
team-you-left = You have left the shop “{ $shop }”.
team-joined = { $name } is with you now: { $role }.
team-ask-name = What shall { $name } be called? Send the name in one message.
team-name-needed = I need a name in words, 60 letters at most.
team-invite-role = Who do you want to invite? The link works for one person.
team-invited =
    A link for a new member of staff ({ $role }). For one person, until { $until }.
    { $link }
    I will not show it again.
do-team-share = Share
team-links = <b>Open invitations</b>
team-link = No. { $id } · { $role } · { $signed } · until { $until }
team-no-links = There are no open invitations.
invited-stranger =
    You are invited to the shop “{ $shop }” as: { $role }.
    Press “Send contact” and you are connected.
invited-member = You are connected to the shop “{ $shop }” as: { $role }.
me = { $name } · { $role } · { $shop }
team-refused-not-yours = Somebody else does this: a director or a manager.
team-refused-gone = This person does not work in the shop any more.
team-refused-director-stays = This is the shop's director; that role does not change here.
team-refused-link-over = This invitation was used, taken back or has expired. Ask for a new one.
team-refused-here-already = You work in this shop already and need no invitation.
team-refused-by-settings = The setting DIRECTOR_PHONE names this director: change the number there first and restart the bot.
team-refused-other-account = This number is connected with another Telegram account.
team-director-sure = Make { $name } a director? A director sees everything: orders, money, personal data of clients, all staff.
team-no-director-sure = { $name } will not be a director any more. New role: { $role }.
team-role-changed = ⚠️ { $name }: { $before } → { $after } ({ $signed }).
account-taken =
    This number is connected with another Telegram account already.
    I have asked there and told the directors. As soon as somebody confirms, you are connected.
    If you no longer have that account, call the director.
account-claimed-owner =
    ⚠️ Somebody is connecting with your phone number from another Telegram account: “{ $account }”. Is it you?
    If so, you will work from there, and no more orders come here.
account-owner-yes = Yes, it is me
account-owner-no = No, it is not me
account-claimed-director =
    ⚠️ { $name } · { $role }: somebody is connecting with this phone number from another Telegram account, “{ $account }”.
    The present account goes on working. Allow it only if the person has confirmed it to you by voice.
account-claimed-informed =
    ⚠️ { $name } · { $role }: somebody is connecting with this phone number from another Telegram account, “{ $account }”.
    The present account goes on working. It can allow this itself, or a director of all shops of this person can.
account-director-yes = Allow
account-director-no = Refuse
account-claim-over = This question is closed already
account-moved-old = In the shop “{ $shop }” you now work from another Telegram account ({ $signed }). If this was not you, call the director at once.
account-moved-new = { $name }, you are connected to the shop “{ $shop }” ({ $signed }).
account-moved-director = { $name } now works from another Telegram account ({ $signed }).
account-stays-old = The other Telegram account was not allowed ({ $signed }). You go on working here.
account-stays-new = The connection was not confirmed. If this is a mistake, call the director.
account-stays-director = { $name }: the other Telegram account is not connected ({ $signed }).
toast-team-role = The role is changed
toast-team-named = The name is changed
toast-team-removed = Removed from the shop
toast-team-revoked = The invitation is taken back
team-refused-question-over = This question is closed already

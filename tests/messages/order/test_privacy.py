"""What must not be read is nowhere: not in the text, not on a button, not in a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from messages.card.details import details
from messages.client.contact import contact
from messages.i18n.texts import Translator
from messages.order.cards import alarm, card, group_card
from messages.order.history.history import story
from messages.order.menus import cancel, complete, couriers, more, sellers, third_person
from messages.ui.order_view import Look
from orders.access.order_access import can_see
from orders.access.privacy import Secret, readable
from orders.model.details import Person
from orders.model.money import Money
from orders.model.order import Amendment, Order
from orders.model.people import CHIEFS, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status, Step
from orders.steps.commands import AllowClientPhone, AskClientPhone, RefuseClientPhone
from orders.steps.flow import apply, decide
from tests.builders import DIRECTOR, MANAGER, SELLER, a_line, a_mark, minutes, some_details
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, STAFF, at, everything

STRANGER = Actor(Role.SELLER, 77, "Чужая", shop_id=1)

MARKERS: dict[Secret, tuple[str, ...]] = {
    Secret.ADDRESS: ("ADDRESS", "COURIERNOTE", "THIRDNAME", "THIRDPHONE", "AGREED"),
    Secret.CLIENT_NAME: ("CLIENTNAME", "CLOSINGREASON"),
    Secret.RECIPIENT_NAME: ("RECIPIENTNAME", "REFUSALNOTE", "COMMENT"),
    Secret.RECIPIENT_PHONE: ("RECIPIENTPHONE",),
    Secret.CARD_TEXT: ("CARDTEXT", "SHOPNOTE", "COMPLAINT", "NOPHOTO"),
    Secret.WISH: ("CLIENTNOTE",),
    Secret.MONEY: ("777\u202f777", "₽"),
}
PERSONAL = [marker for markers in MARKERS.values() for marker in markers]


def marked(stage: str) -> Order:
    return at(
        stage,
        lines=(a_line(paid=Money(77_777_700)),),
        paid=Money(77_777_700),
        address="ADDRESS",
        courier_note="COURIERNOTE",
        shop_note="SHOPNOTE",
        client_note="CLIENTNOTE",
        card_text="CARDTEXT",
        client=Person("CLIENTNAME", "CLIENTPHONE"),
        recipient=Person("RECIPIENTNAME", "RECIPIENTPHONE"),
    )


@pytest.mark.requirement("R13", "R44", "R63", "R68")
@pytest.mark.parametrize("stage", JOURNEYS)
def test_nothing_appears_that_may_not_be_read(stage: str) -> None:
    order = marked(stage)
    for viewer, t in product((*STAFF, STRANGER), (RU, EN)):
        seen = everything(card(order, viewer, PAID_RULES, NOW, t))
        if can_see(order, viewer):
            seen += everything(details(Look(order, viewer, PAID_RULES, NOW, t)))
        seen += everything(contact(order, viewer, PAID_RULES, NOW, t))
        seen += everything(more(order, viewer, PAID_RULES, NOW, t))
        hidden = set(Secret) - readable(order, viewer)
        leaked = [marker for secret in hidden for marker in MARKERS[secret] if marker in seen]
        assert leaked == [], (viewer.name, t.language)


@pytest.mark.requirement("R13", "R44", "R63", "R68", "X1")
@pytest.mark.parametrize("stage", ["courier chosen", "left", "returning", "done in person", "third party"])
@pytest.mark.parametrize("viewer", [*STAFF, STRANGER], ids=lambda viewer: viewer.name)
def test_a_change_shows_nothing_that_may_not_be_read(stage: str, viewer: Actor) -> None:
    """Every marked field is an old value, or a new one."""
    came, later = some_details(lines=(a_line(name="Розы"),)), marked(stage)
    for before, after in ((came, later.details), (later.details, came)):
        amendment = Amendment(a_mark(), before, before)
        order = replace(later, details=after, amendment=amendment)
        seen = everything(card(order, viewer, PAID_RULES, NOW, RU))
        if can_see(order, viewer):
            seen += everything(details(Look(order, viewer, PAID_RULES, NOW, RU)))
        hidden = set(Secret) - readable(order, viewer)
        assert [marker for secret in hidden for marker in MARKERS[secret] if marker in seen] == []
        assert not (viewer.role is Role.COURIER and ("Пионы" in seen or "Розы" in seen))


@pytest.mark.requirement("R44")
@pytest.mark.parametrize("stage", JOURNEYS)
def test_a_courier_never_reads_composition_client_or_card(stage: str) -> None:
    order = marked(stage)
    seen = everything(card(order, STAFF[3], PAID_RULES, NOW, RU))
    if can_see(order, STAFF[3]):
        seen += everything(details(Look(order, STAFF[3], PAID_RULES, NOW, RU)))
    for marker in ("Пионы", "CLIENTNAME", "CLIENTPHONE", "CARDTEXT", "SHOPNOTE", "COMPLAINT"):
        assert marker not in seen


@pytest.mark.requirement("R15", "R63")
@pytest.mark.parametrize("stage", JOURNEYS)
@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
def test_the_group_reads_nothing_personal(stage: str, t: Translator) -> None:
    order = marked(stage)
    seen = everything(group_card(order, PAID_RULES, NOW, t))
    seen += everything(alarm(order, PAID_RULES, NOW, t))
    assert [marker for marker in PERSONAL if marker in seen] == []


@pytest.mark.parametrize("stage", [stage for stage in JOURNEYS if stage != "hidden"])
def test_what_may_be_read_is_there(stage: str) -> None:
    order = marked(stage)
    for viewer in STAFF:
        if viewer.role not in CHIEFS | {Role.SELLER} or not can_see(order, viewer):
            continue
        seen = everything(details(Look(order, viewer, PAID_RULES, NOW, RU)))
        may = readable(order, viewer)
        assert [MARKERS[secret][0] for secret in may if MARKERS[secret][0] not in seen] == []


def shown_to(order: Order, now: datetime) -> set[str]:
    """Who of the staff finds the client's phone on any of their screens."""
    screens = {
        viewer.name: everything(card(order, viewer, PAID_RULES, now, RU))
        + everything(contact(order, viewer, PAID_RULES, now, RU))
        + everything(more(order, viewer, PAID_RULES, now, RU))
        for viewer in STAFF
    }
    assert "CLIENTPHONE" not in everything(group_card(order, PAID_RULES, now, RU))
    return {name for name, seen in screens.items() if "CLIENTPHONE" in seen}


@pytest.mark.requirement("R63", "R82")
def test_the_clients_phone_is_read_by_the_one_who_asked_and_the_one_who_allowed_it_and_not_for_ever() -> None:
    order = marked("assigned")
    assert shown_to(order, NOW) == set()
    asked = apply(order, decide(order, AskClientPhone("чат не открывается"), SELLER, NOW, PAID_RULES))
    assert shown_to(asked, NOW) == set()
    assert "просит телефон клиента" in card(asked, MANAGER, PAID_RULES, NOW, RU).text
    allowed = apply(asked, decide(asked, AllowClientPhone(), MANAGER, NOW, PAID_RULES))
    assert shown_to(allowed, NOW + minutes(59)) == {SELLER.name, MANAGER.name}
    assert shown_to(allowed, NOW + minutes(60)) == set()
    done = replace(allowed, progress=replace(allowed.progress, status=Status.DONE))
    assert shown_to(done, NOW) == set()


@pytest.mark.requirement("R82")
def test_a_chief_gives_a_reason_as_well_and_nobody_else_reads_the_phone_by_it() -> None:
    order = marked("assigned")
    with pytest.raises(Refusal) as refused:
        decide(order, AskClientPhone(), DIRECTOR, NOW, PAID_RULES)
    assert refused.value.reason is Reason.PHONE_REASON_NEEDED
    event = decide(order, AskClientPhone("клиент не отвечает"), DIRECTOR, NOW, PAID_RULES)
    assert shown_to(apply(order, event), NOW) == {DIRECTOR.name}
    told = story([event], PAID_RULES, NOW, RU)[0]
    assert "клиент не отвечает" in told
    assert "до 13:10" in told


@pytest.mark.requirement("R82")
def test_a_phone_that_is_not_shown_can_be_asked_for_again() -> None:
    order = marked("assigned")
    asked = apply(order, decide(order, AskClientPhone("чат не открывается"), SELLER, NOW, PAID_RULES))
    with pytest.raises(Refusal) as refused:
        decide(asked, AskClientPhone("ещё раз"), SELLER, NOW, PAID_RULES)
    assert refused.value.reason is Reason.ALREADY
    no = apply(asked, decide(asked, RefuseClientPhone(), MANAGER, NOW, PAID_RULES))
    assert shown_to(no, NOW) == set()
    with pytest.raises(Refusal):
        decide(no, AllowClientPhone(), MANAGER, NOW, PAID_RULES)
    assert decide(no, AskClientPhone("никого нет"), SELLER, NOW, PAID_RULES).step is Step.ASK_PHONE


def test_questions_show_no_names_or_addresses() -> None:
    order = marked("left")
    screens = [
        complete(order, PAID_RULES, NOW, RU),
        third_person(order, PAID_RULES, NOW, RU),
        sellers(order, [], NOW, PAID_RULES, RU),
        couriers(order, [], MANAGER, NOW, PAID_RULES, RU),
        cancel(order, PAID_RULES, NOW, RU),
    ]
    seen = "".join(map(everything, screens))
    personal = [marker for secret in set(Secret) - {Secret.MONEY} for marker in MARKERS[secret]]
    assert [marker for marker in personal if marker in seen] == []

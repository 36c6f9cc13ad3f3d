"""Telegram's limits hold whatever comes from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messages.client.contact import contact
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean_lines, units
from messages.order import menus
from messages.order.board import board, matches
from messages.order.cards import alarm, card, group_card
from messages.order.history.record import readable
from messages.ui.refusals import refusal
from messages.ui.screen import Screen
from messages.ui.toasts import done
from orders.model.details import Category, Details, Line, Person, Window
from orders.model.money import Money
from orders.model.order import Handover, Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import Step
from orders.order.board import Day, Section
from orders.steps import commands as do
from tests.builders import COURIER, MANAGER, NOON, SELLER, a_mark, a_receipt, an_order
from tests.messages.journeys import EN, NOW, PAID_RULES, RU, STAFF, as_read, taps, whole

PIECES = [
    "<b>",
    "</a>",
    "&amp;",
    "&",
    '"',
    "\u202e",
    "\u2067",
    "\x00",
    "\n",
    "\r\n",
    "\ud83d",
    "💐",
    "👩‍👩‍👧",
    "е́",
    "ж",
    "{ $x }",
]
hostile = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=[]), max_size=8),
    st.sampled_from([1, 3, 700]),
)
sums = st.none() | st.builds(Money, st.integers(-(10**6), 10**15), st.sampled_from(["RUB", "KZT", "<b>" * 9]))
moments = st.integers(-(10**7), 10**7).map(lambda seconds: NOON + timedelta(seconds=seconds))
lines = st.builds(
    Line,
    name=hostile,
    count=st.integers(0, 10**9),
    paid=sums,
    category=st.sampled_from(Category),
    is_addon=st.booleans(),
    description=hostile,
    picture_url=hostile | st.just("https://cdn.example/" + "a" * 480),
)
details = st.builds(
    Details,
    lines=st.lists(lines, max_size=9).map(tuple),
    window=st.none() | st.builds(Window, moments, moments),
    as_soon_as_possible=st.booleans(),
    address=hostile,
    courier_note=hostile,
    shop_note=hostile,
    client_note=hostile,
    card_text=hostile,
    client=st.builds(Person, hostile, hostile),
    recipient=st.builds(Person, hostile, hostile),
    paid=sums,
    delivery_fee=sums,
)


def _some(text: str) -> str:
    return text if text.strip() else "-"


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order with hostile fields, taken a random way by people with hostile names."""
    words = draw(hostile)
    manager, seller, courier = (replace(actor, name=words) for actor in (MANAGER, SELLER, COURIER))
    accepted: list[tuple[do.Command, Actor]] = [
        (do.Accept(), manager),
        (do.AssignSeller(3, words), manager),
        (do.AssignCourier(4, words), manager),
        (do.Dispatch(by_self=False, reason=_some(words)), seller),
    ]
    ends: list[tuple[do.Command, Actor]] = [
        (do.Cancel(words), manager),
        (do.RecipientRefused(words), courier),
        (
            do.Complete(Handover.THIRD_PERSON, f"к{words}", True, agreed_words="да"),
            courier,
        ),
        (do.Complete(Handover.IN_PERSON, reason=_some(words)), manager),
    ]
    steps = accepted[: draw(st.integers(0, 4))]
    if len(steps) == len(accepted):
        steps = [*steps, draw(st.sampled_from(ends))]
    order = an_order(*steps, id=10**15, number=draw(hostile))
    return replace(order, details=draw(details))


def check(screen: Screen, *, most_buttons: int | None = None) -> None:
    as_read(screen)
    screen.text.encode()
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    buttons: list[InlineKeyboardButton] = [button for row in rows for button in row]
    assert most_buttons is None or len(buttons) <= most_buttons
    for button in buttons:
        assert 1 <= units(button.text) <= 40
        assert len((button.callback_data or "").encode()) <= 64
        assert len(button.url or "") <= 2048
    assert all(tap.order == 10**15 for tap in taps(screen))


a_while = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
languages = st.sampled_from([RU, EN])


@a_while
@given(orders(), moments, languages)
def test_every_card_of_a_hostile_order_can_be_sent(order: Order, now: datetime, t: Translator) -> None:
    for viewer in STAFF:
        check(card(order, viewer, PAID_RULES, now, t), most_buttons=9)
        check(menus.more(order, viewer, PAID_RULES, now, t), most_buttons=8)
        check(contact(order, viewer, PAID_RULES, now, t), most_buttons=8)
    check(group_card(order, PAID_RULES, now, t), most_buttons=2)
    check(alarm(order, PAID_RULES, now, t), most_buttons=2)


@a_while
@given(orders(), hostile, languages)
def test_every_menu_of_a_hostile_order_can_be_sent(order: Order, name: str, t: Translator) -> None:
    choices = [(10**15, name, 10**6)] * 9
    check(menus.sellers(order, choices, NOW, PAID_RULES, t))
    check(menus.couriers(order, choices, MANAGER, NOW, PAID_RULES, t))
    for menu in (menus.decline, menus.cancel, menus.complete, menus.third_person):
        check(menu(order, PAID_RULES, NOW, t), most_buttons=8)
    receipt = a_receipt()
    check(menus.history(order, [(1, receipt)] * 200, PAID_RULES, NOW, t), most_buttons=8)


@a_while
@given(st.lists(orders(), max_size=8), languages)
def test_lists_of_hostile_orders_can_be_sent(found: list[Order], t: Translator) -> None:
    counts = dict.fromkeys(Section, 10**6)
    check(matches(found, NOW, PAID_RULES, t, 10**6))
    check(board(found, counts, (10**6,) * 3, Day.ALL, Section.ALL, 1, 3, NOW, PAID_RULES, t))


@a_while
@given(orders(), hostile, st.sampled_from(Reason), languages)
def test_every_toast_fits(order: Order, name: str, reason: Reason, t: Translator) -> None:
    mark = a_mark(replace(MANAGER, name=name))
    toasts = [refusal(Refusal(reason, order.status, mark), order, PAID_RULES, NOW, t)]
    toasts += [done(step, order, t, PAID_RULES) for step in Step]
    assert all(1 <= units(toast) <= 200 for toast in toasts)


@a_while
@given(orders(), languages)
def test_a_record_can_be_written_and_cuts_nothing(order: Order, t: Translator) -> None:
    text = readable(order, PAID_RULES, t, NOW)
    text.encode()
    assert clean_lines(order.details.address).replace("\n", "\n    ") in text


def test_the_fullest_card_still_shows_its_last_line() -> None:
    """Every field is cut by itself, so that no field pushes another off the card."""
    flood = "<ж&" * 2000
    line = Line(flood, 10**6, Money(10**12), description=flood)
    full = Details(
        lines=(line,) * 9,
        window=Window(NOON, NOON + timedelta(days=400)),
        as_soon_as_possible=True,
        address=flood,
        courier_note=flood,
        shop_note=flood,
        client_note=flood,
        card_text=flood,
        client=Person(flood, flood),
        recipient=Person(flood, flood),
        paid=Money(10**12),
    )
    manager = replace(MANAGER, name=flood)
    steps: list[tuple[do.Command, Actor]] = [
        (do.Accept(), manager),
        (do.AssignSeller(3, flood), manager),
        (do.AttachPhoto("a", "p"), manager),
        (do.Rate(liked=False, complaint=flood), manager),
        (do.AssignCourier(4, flood), manager),
        (do.Dispatch(by_self=False, reason=flood), manager),
        (do.RecipientRefused(flood), manager),
        (do.Redispatch(flood, flood, flood, Person(flood, flood)), manager),
        (
            do.Complete(Handover.THIRD_PERSON, flood, True, flood, agreed_words=flood),
            manager,
        ),
    ]
    order = replace(an_order(*steps, id=10**15, number=flood), details=full)
    for t in (RU, EN):
        screen = card(order, MANAGER, PAID_RULES, NOW, t)
        check(screen, most_buttons=8)
        behind = t.plain("card-marketplace-behind", state=t("state-done"))
        assert behind in as_read(whole(order, MANAGER, PAID_RULES, NOW, t))

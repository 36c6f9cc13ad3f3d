"""What client and shop say to each other, as the other side reads it (X7)."""

from __future__ import annotations

from markupsafe import Markup, escape

from messages.buttons import keyboard, tap
from messages.callbacks import Do
from messages.client_callbacks import TalkDo
from messages.contact import talk_button
from messages.heading import number
from messages.outside import clean_lines
from messages.screen import Screen
from messages.texts import Translator
from orders.client import Said
from orders.order import Order


def from_client(order: Order, said: Said, t: Translator) -> Screen:
    """The client's words for the staff: answered by a reply, or by the button."""
    lines = [t("talk-from-client", number=number(order)), *_words(said)]
    return Screen(
        str(Markup("\n").join(lines)),
        keyboard([[talk_button(order, TalkDo.WRITE, t), tap(order, Do.OPEN, t)]]),
    )


def from_shop(order: Order, said: Said, t: Translator) -> Screen:
    """The shop's words for the client; who of the staff wrote them is not said."""
    return Screen(str(Markup("\n").join([t("talk-from-shop", number=number(order)), *_words(said)])))


def second_person(order: Order, t: Translator) -> Screen:
    """Somebody else came with the client's link, and got nothing."""
    return Screen(t("talk-second-person", number=number(order)), keyboard([[tap(order, Do.CONTACT, t)]]))


def _words(said: Said) -> list[Markup]:
    return [escape(clean_lines(said.words))] if said.words else []

"""Messages between client and shop, as the other side reads them (X7)."""

from __future__ import annotations

from markupsafe import Markup, escape

from messages.callbacks.client import ClientDo, TalkDo
from messages.callbacks.order import Do
from messages.client.card import client_button
from messages.client.contact import talk_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, clean_lines
from messages.ui import limits
from messages.ui.buttons import keyboard, tap
from messages.ui.heading import number
from messages.ui.screen import Screen
from orders.client.links import Said, TalkKind
from orders.model.order import Order
from orders.model.people import Role
from orders.parsing.side_channels import invites_elsewhere


def from_client(order: Order, said: Said, t: Translator) -> Screen:
    """The client's words for the staff, who answer by a reply or the button."""
    lines = [t("talk-from-client", number=number(order)), *_words(said), *_warned("talk-stay-here", said, t)]
    return Screen(
        str(Markup("\n").join(lines)),
        keyboard([[talk_button(order, TalkDo.WRITE, t), tap(order, Do.OPEN, t)]]),
    )


def from_shop(order: Order, said: Said, t: Translator) -> Screen:
    """The shop's words for the client, without the name of the author."""
    lines = [t("talk-from-shop", number=number(order)), *_words(said), *_warned("client-stay-here", said, t)]
    return Screen(str(Markup("\n").join(lines)), keyboard([[client_button(order, ClientDo.WRITE, t)]]))


def second_person(order: Order, t: Translator) -> Screen:
    """Tell the staff that a second person opened the client's link and was refused."""
    return Screen(t("talk-second-person", number=number(order)), keyboard([[tap(order, Do.CONTACT, t)]]))


def photo_lost(order: Order, t: Translator) -> Screen:
    """Tell the staff that the client waits for a photo whose file is damaged or missing."""
    return Screen(t("talk-photo-lost", number=number(order)), keyboard([[tap(order, Do.OPEN, t)]]))


def photo_stays(order: Order, t: Translator) -> Screen:
    """Tell the staff that the client keeps another order's photo, as it is too old to delete."""
    return Screen(t("talk-photo-stays", number=number(order)), keyboard([[tap(order, Do.CONTACT, t)]]))


def said_line(said: Said, t: Translator) -> Markup:
    """«сказал: ...» in the order's history; a picture or voice message is named, with its words."""
    if said.kind is TalkKind.LINK:
        return t("talk-told-link")
    if said.kind is TalkKind.READY_TEXT:
        return t("talk-told-ready", title=t(f"ready-title-{said.words}"))
    side = "client" if said.mark.role is Role.CLIENT else "shop"
    words = clean(said.words, limits.TALK_LINE)
    what = t("said", text=words) if said.kind is TalkKind.TEXT else t(f"talk-{said.kind.value}")
    if words and said.kind is not TalkKind.TEXT:
        what = t("noted", text=what, note=words)
    return t(f"talk-told-{side}", what=what)


def _warned(key: str, said: Said, t: Translator) -> list[Markup]:
    """Add the marketplace's rule to words that invite to another channel (R62)."""
    return [Markup(), t(key)] if invites_elsewhere(said.words) else []


def _words(said: Said) -> list[Markup]:
    words = clean_lines(said.words)
    return [escape(words)] if words else []

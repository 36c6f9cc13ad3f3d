"""What stands before a colon in an order's text: «Адрес доставки:», «Получатель:», «Order №:»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a line speaks of."""

    NUMBER = "number"
    WINDOW = "window"
    DELIVERY = "delivery"
    ADDRESS = "address"
    GOODS = "goods"
    PAID = "paid"
    RECIPIENT = "recipient"
    RECIPIENT_PHONE = "recipient_phone"
    CLIENT = "client"
    CLIENT_PHONE = "client_phone"
    PHONE = "phone"
    CARD_TEXT = "card_text"
    CLIENT_NOTE = "client_note"
    COURIER_NOTE = "courier_note"
    SHOP_NOTE = "shop_note"


_CLIENT = r"(?:заказчик|отправител|клиент|покупател)\w*"
_PHONE = r"(?:телефон|тел\.?|номер(?:\s+телефона)?|моб(?:ильный|\.)?)"
_NOTE = r"(?:комментари\w*|примечани\w*|пожелани\w*|просьба|comments?|notes?)"

_WORDS = {
    Label.NUMBER: r"(?:новый\s+)?(?:номер\s+)?заказ[ау]?\s*(?:№|#|n|номер)?|№(?:\s*заказа)?|номер"
    r"|(?:new\s+)?order\s*(?:number|no\.?|id|#|№)?",
    Label.WINDOW: r"(?:(?:дата|время|день|интервал|окно|период)(?:\s*(?:и|/|,)\s*(?:время|интервал))?)"
    r"(?:\s+(?:доставки|вручения|получения|заказа))?|когда|доставить|к\s+какому\s+времени"
    r"|(?:delivery\s+)?(?:date|time|window|slot)(?:\s+and\s+time)?|when|deliver",
    Label.DELIVERY: r"(?:(?:способ|тип|вид)\s+)?(?:доставк[аи]|получения)|delivery(?:\s+type)?",
    Label.ADDRESS: r"адрес(?:\s+(?:доставки|получателя|вручения))?|куда|место\s+доставки"
    r"|(?:delivery\s+)?address|where",
    Label.GOODS: r"состав(?:\s+(?:заказа|букета))?|товар\w*|букет\w*|позици\w*|корзина|заказано|что"
    r"|композиция|цветы|наименование|items?|products?|goods|bouquet|composition",
    Label.PAID: r"(?:общая\s+)?сумма(?:\s+(?:заказа|оплаты))?|итог\w*|оплачено(?:\s+клиентом)?|всего"
    r"|стоимость(?:\s+заказа)?|к\s+оплате|цена|total|paid|amount|price|sum",
    Label.RECIPIENT: r"получател\w*|кому|имя\s+получателя|recipient(?:\s+name)?|for\s+whom",
    Label.RECIPIENT_PHONE: rf"{_PHONE}\s+получателя|recipient(?:'s)?\s+phone",
    Label.CLIENT: rf"{_CLIENT}|от\s+кого|имя\s+{_CLIENT}|client|customer|sender|buyer",
    Label.CLIENT_PHONE: rf"{_PHONE}\s+{_CLIENT}|(?:client|customer|sender)(?:'s)?\s+phone",
    Label.PHONE: rf"{_PHONE}|контакт\w*|phone|tel\.?",
    Label.CARD_TEXT: r"(?:текст\s+)?(?:(?:для|на|в)\s+)?открытк\w*|(?:подпись|надпись)(?:\s+на\s+открытке)?"
    r"|card(?:\s+text)?",
    Label.COURIER_NOTE: rf"(?:{_NOTE}\s+)?(?:для\s+)?курьер[ау]|как\s+пройти|for\s+the\s+courier",
    Label.SHOP_NOTE: rf"(?:{_NOTE}\s+)?(?:для\s+)?магазин[ау]|for\s+the\s+shop",
    Label.CLIENT_NOTE: rf"{_NOTE}(?:\s+(?:клиента|заказчика|к\s+заказу))?",
}
_NAMES = [(label, re.compile(words, re.IGNORECASE)) for label, words in _WORDS.items()]
_BEFORE_COLON = re.compile(r"^[\W_]*(?P<name>[^\W\d_№][^:]{0,40}?|№[^:]{0,20}?)\s*:(?P<value>.*)$", re.DOTALL)
_BEFORE_DASH = re.compile(
    r"^[\W_]*(?P<name>[^\W\d_][^-\u2013\u2014]{0,30}?)\s+[-\u2013\u2014]\s+(?P<value>.+)$"
)
_BEFORE_SPACE = re.compile(r"^[\W_]*(?P<name>получатель|адрес(?:\s+доставки)?)\s+(?P<value>[A-ZА-ЯЁ0-9+].*)$")
_WITH_DASH = {Label.WINDOW, Label.ADDRESS, Label.RECIPIENT, Label.CLIENT, Label.PAID}
_LONG = {Label.GOODS, Label.CARD_TEXT, Label.CLIENT_NOTE, Label.COURIER_NOTE, Label.SHOP_NOTE}
"""What may go on over several lines."""
_SENTENCE_END = re.compile(r"(?<=[.;!])[ \t]+(?=[^\W\d_][^:.;!\n]{0,30}:(?![0-9]))")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text and what it speaks of; None where nobody says."""

    label: Label | None
    value: str


def parts(text: str) -> list[Part]:
    """The text in pieces, in its order, and nothing of it left out but the labels and empty lines."""
    found: list[Part] = []
    is_open = False
    for line in _lines(text):
        part = _labelled(line)
        if not line.strip():
            is_open = is_open and not found[-1].value
        elif part is not None:
            found.append(part)
            is_open = not part.value or part.label in _LONG
        elif is_open:
            last = found.pop()
            found.append(Part(last.label, f"{last.value}\n{line.strip()}".strip()))
            is_open = last.label in _LONG
        else:
            found.append(Part(None, line.strip()))
    return found


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from _SENTENCE_END.split(line)


def _labelled(line: str) -> Part | None:
    match = _BEFORE_COLON.match(line)
    label = _label(match["name"]) if match else None
    if label is None:
        match = _BEFORE_DASH.match(line)
        label = _label(match["name"]) if match else None
        if label not in _WITH_DASH:
            match = _BEFORE_SPACE.match(line) if line[:1] else None
            label = _label(match["name"]) if match else None
    return Part(label, match["value"].strip()) if match and label else None


def _label(name: str) -> Label | None:
    plain = " ".join(name.split())
    return next((label for label, words in _NAMES if words.fullmatch(plain)), None)

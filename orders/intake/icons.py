"""Emoji that marketplaces and shops' bots write in place of a field's name: «📍 Лесная 5», «📞 +7…»."""

from __future__ import annotations

import re

from orders.intake.labels import Label

_ICONS = {
    Label.ADDRESS: "📍🏠🏡🗺",
    Label.RECIPIENT: "👤👩👨🙋👧",
    Label.PHONE: "📞☎📱",
    Label.WINDOW: "📅🗓📆⏰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛⌚⏱",
    Label.GOODS: "💐🌹🌷🌻🛒🛍",
    Label.PAID: "💰💵💸",
    Label.CARD_TEXT: "💌",
    Label.CLIENT_NOTE: "💬📝✏❗",
    Label.NUMBER: "🆔",
}
_OF_ICON = {icon: label for label, icons in _ICONS.items() for icon in icons}
_NAMES = {
    Label.ADDRESS: "Адрес",
    Label.RECIPIENT: "Получатель",
    Label.PHONE: "Телефон",
    Label.WINDOW: "Время",
    Label.GOODS: "Состав",
    Label.PAID: "Сумма",
    Label.CARD_TEXT: "Открытка",
    Label.CLIENT_NOTE: "Комментарий",
    Label.NUMBER: "Номер",
}
_LED = re.compile(
    rf"^\s*(?P<icon>[{''.join(_OF_ICON)}])[\ufe0f\u200d\U0001f3fb-\U0001f3ff♀♂]*\s*(?P<rest>[^:]*)$"
)
_ENOUGH = 3
"""Emoji count as labels from this number of different ones at line starts; fewer are decoration."""


def with_names(text: str) -> str:
    """Replaces each emoji that stands for a field by the field's name."""
    lines = text.split("\n")
    icons = {
        match["icon"] for line in lines if (match := re.match(rf"\s*(?P<icon>[{''.join(_OF_ICON)}])", line))
    }
    return "\n".join(map(_named, lines)) if len(icons) >= _ENOUGH else text


def _named(line: str) -> str:
    match = _LED.match(line.replace("\u200d", "")) or _LED.match(_with_times(line))
    if match is None or not match["rest"].strip():
        return line
    rest = line[line.index(match["icon"]) + 1 :].lstrip("\ufe0f\u200d♀♂ \t")
    return f"{_NAMES[_OF_ICON[match['icon']]]}: {rest}"


def _with_times(line: str) -> str:
    """Replaces colons between digits by dots: they belong to a time, any other colon to a label."""
    return re.sub(r"(?<=[0-9]):(?=[0-9])", ".", line)

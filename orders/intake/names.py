"""Names of recipient and client in a sentence: «получатель Мария», «от Сергея», «меня зовут Ира»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from orders.intake.first_names import FIRST_NAMES

_CAPITAL = r"[A-ZА-ЯЁ][a-zа-яё]+(?:-[A-ZА-ЯЁ][a-zа-яё]+)?|[A-ZА-ЯЁ]\.|[А-ЯЁ]{3,}(?![а-яё])"
_NAME = rf"(?P<name>(?:{_CAPITAL})(?:\s(?:{_CAPITAL})){{0,2}})"
_LOWER_NAME = r"(?P<name>[A-Za-zА-Яа-яЁё]{3,}(?:\s[А-ЯЁ][а-яё]+(?:\s[А-ЯЁ][а-яё]+)?)?)"
_KIN = (
    r"(?:мам[аеуы]|жен[аеуы]|муж[уа]?|пап[аеуы]|бабушк[аеуи]|дедушк[аеуи]|подруг[аеуи]|друг[уа]?|сестр[аеуы]|брат[уа]?|доч(?:ь|ери|ке|ка|ку)"
    r"|сын[уа]?|девушк[аеуи]|невест[аеуы]|жених[уа]?|т[её]щ[аеуи]|свекров[ьи]|т[её]т[яеюи]|внучк[аеуи]|коллег[аеуи]|учительниц[аеуы]"
    r"|мамочк[аеуи]|любим(?:ая|ой|ую)|начальниц[аеуы]|учител[ьюя]|воспитател[ьюяи]\w*|преподавател\w+|директор[уа]?|менеджер[уа]?|мастер[уа]?|врач[уа]?|доктор[уа]?"
    r"|администратор[уа]?|секретар[юья]|бухгалтер[уа]?|тренер[уа]?|руководител[юья]|медсестр[аеуы]|акушерк[аеуи]|официантк?[уаеи]|актрис[аеуы]|певиц[аеуы]|юбиляр[уа]?|именинни[кц][уае]?|wife|husband|mom|mother|girlfriend|sister|friend)"
)
_TO = r"(?:получател(?:ь|ьница|ю|ем|я)?|кому|получает|вручить|вручите|передать|спросить|зовут|(?<!на )имя(?:\s+получателя)?|фио|recipient|name(?:\s+is)?)"
_FROM = r"(?:заказчи(?:к|ца)|клиент(?:ка)?|отправител(?:ь|ьница)|покупатель|от\s+кого|меня\s+зовут|я\s*[-\u2013\u2014]|звонила?|обратил(?:ся|ась)|заказал[аи]?|заказывает|sender|customer|client|my\s+name\s+is)"
_WORDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?P<from>{_FROM}))\s*[:-]?\s*(?:{_KIN}\s+)?{_NAME}",
        rf"(?i:\b(?P<to>{_TO}))\s*[:\u2013\u2014-]?\s*(?:(?i:{_KIN})\s+)?{_NAME}",
        rf"(?i:\b(?P<to>{_KIN}))\s+{_NAME}",
        rf"(?i:\b(?P<from>я)(?P<given>)\s+){_NAME}(?=\s*(?:$|[,.;\x00(]))",
        rf"{_NAME}\s+(?i:(?P<from>заказала?|заказывает|оплатила?|дарит)(?P<given>))(?!\w)",
        rf"(?i:\b(?P<from>заказчик\s+я|я\s+заказчик|это))\s+{_LOWER_NAME}(?=\s*(?:$|[,.;\x00]|тел|\d))",
        rf"(?i:\b(?P<given>отвезти|отвезите|доставить|доставьте|привезти|привезите|подарить|вручить|передать)\s+(?:лично\s+)?(?:в\s+руки\s+)?){_NAME}(?!\s*,?\s*[0-9])",
        rf"\b(?P<to>for)\s+{_NAME}(?=\s*(?:$|[,.;\x00(]))",
        rf"(?i:\b(?P<from>забер[её]т))\s+(?!сам){_LOWER_NAME}(?=\s*(?:$|[,.;\x00]|тел|номер|\d))",
        rf"(?i:\b(?P<to>получатель|зовут)\s+{_KIN})\s+{_LOWER_NAME}(?=\s*(?:$|[,.;\x00]|тел|\d))",
        rf"(?i:\b(?P<to>получатель|зовут))\s+{_LOWER_NAME}(?=\s*(?:$|[,.;\x00]|тел|\d))",
        rf"(?i:\b(?P<from>сообщение\s+от|заявка\s+от|от))\s+{_NAME}(?=\s*(?:$|[,.;:\x00(]|для\b))",
        r"(?i:\b(?P<to>для|к|ко))\s+(?P<name>[А-ЯЁ][а-яё]+(?:\s[А-ЯЁ][а-яё]+)?)(?=\s*(?:$|[,.;\x00(]|в\s|от\s))",
    )
)
_BETWEEN = re.compile(rf"\x00\s*{_NAME}(?=\s*(?:$|[,.;\x00]|[0-9]))")
_FLOWERS = frozenset({"роза", "лилия", "маргарита", "мая", "лада"})
"""Names that are flowers, months or cars too; they count only if the text says that they are a person's."""
_IS_WHO = re.compile(rf"(?<!\w)(?:{_KIN}|оплатила?|заказала?|заказывает|дарит|я)(?!\w)", re.IGNORECASE)
"""«менеджеру», «маме», «оплатил» say more than whose name it is; they stay for the note."""
_MINE = re.compile(
    r"\b(?:мой|моя|моего|мне|меня|my|заказчик\w*|клиент\w*|отправител\w*|sender|client|customer)\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:получател\w*|его|её|ее|маме|жене|девушк\w+|подруг\w+|recipient|her|his|кому)\b", re.IGNORECASE
)
_ALONE = re.compile(rf"^\W*{_NAME}\W*$")
_ORDERED = re.compile(
    r"[\s,)]*(?:(?:он|она)\s+)?(?:заказ(?:ал|ала|ывает|чик|чица)|оплатил|оплатила|дарит|отправляет|ordered)(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"{_NAME}\s*[,:(-]?\s*(?:(?i:тел(?:ефон|\.)?|номер|phone):?\s*)?$")
_BEHIND = re.compile(
    rf"[\s,)-]*{_NAME}(?!\w|\s*,?\s*(?:(?:д|дом)\.?\s*)?[0-9]|\s+(?:ул|пр-?т|улица|проспект)\b)"
)
_NO_PERSON = re.compile(
    r"(?:тот\s+же|та\s+же|он[а]?\s+же|сам[аи]?|я(?:\s+сам[аи]?)?|как\s|прежн\w+|нет|не\s|без\s|уточн|неизвест|same\b|myself\b|me)(?!\w)",
    re.IGNORECASE,
)
"""«Получатель: тот же» names nobody."""
_KIN_BEFORE = re.compile(rf"^(?:(?:моя|мой|моей|моему|my)\s+)?{_KIN}\s+(?=[А-ЯЁA-Z])", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:его|её|ее|их|мо[йяе]|наш|это|звон|позвон|пиш|связ|получател|заказчи|клиент|кому|тел|мой|моб|ном|звон|контак|адрес|заказ|phone|tel|whats|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today|delivery|christmas|ватсап|вотсап|или|также|еще|ещё)",
    re.IGNORECASE,
)


_FLOWER = re.compile(r"(?:роз|лили|маргаритк|мая|май)", re.IGNORECASE)
_CASES = {
    "у": ("", "а"),
    "ю": ("й", "ь", "я"),
    "е": ("а", "я"),
    "и": ("я", "ь", "а"),
    "ы": ("а",),
    "а": ("",),
    "я": ("й", "ь"),
    "ой": ("а",),
    "ей": ("я",),
}
"""Endings of first names in other cases, and the endings that they have in the nominative."""
_PATRONYMIC = re.compile(r"(?:овн|евн|ичн)[аеуы]$|(?:ович|евич)[ауем]*$", re.IGNORECASE)


class Side(Enum):
    """Whose name or phone it is."""

    CLIENT = auto()
    RECIPIENT = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and its position together with the word that says whose it is."""

    name: str
    side: Side | None
    start: int
    end: int


def find_names(text: str) -> list[Named]:
    """Names for which the sentence says whose they are."""
    found: list[Named] = []
    for pattern in _WORDS:
        for match in pattern.finditer(text):
            side = Side.CLIENT if match.groupdict().get("from") else Side.RECIPIENT
            is_new = not any(match.start() < one.end and one.start < match.end() for one in found)
            is_told = "given" not in match.groupdict()
            if is_new and (_is_name(match["name"], is_told=is_told) or is_first_name(match["name"])):
                start = match.start("name") if _IS_WHO.search(match[0]) else match.start()
                found.append(Named(match["name"], side, start, match.start("name") + len(match["name"])))
    return found


def name_alone(text: str) -> Named | None:
    """The name, if the whole clause is a person's name; otherwise None."""
    match = _ALONE.match(text)
    if match is None or not _is_name(match["name"], is_told=False):
        return None
    return Named(match["name"], None, match.start("name"), match.end("name"))


def name_beside_phone(text: str, start: int, end: int) -> Named | None:
    """The name in «Мария, +7…» or «+7…, Мария»; the phone stands from `start` to `end`."""
    for match in (_BEFORE.search(text, 0, start), _BEHIND.match(text, end)):
        if match is not None and _is_name(match["name"], is_told=True):
            return Named(match["name"], None, match.start("name"), match.end("name"))
    return None


def has_ordered(text: str, end: int) -> bool:
    """«Сергей +7… заказал»: whether the owner of the phone that ends here is the client."""
    return _ORDERED.match(text, end) is not None


def name_between(text: str) -> Named | None:
    """«Гоголя 3 кв 7 Ангелина 25 роз»: a common first name between parts that other fields took."""
    for match in _BETWEEN.finditer(text):
        if match["name"].split()[0].casefold() in FIRST_NAMES - _FLOWERS:
            return Named(match["name"], None, match.start("name"), match.end("name"))
    return None


def person_named(value: str) -> str:
    """The name in the value of «Получатель:»; empty if it names nobody."""
    return "" if _NO_PERSON.match(value) else _KIN_BEFORE.sub("", value)


def side_of(text: str) -> Side | None:
    """Whose phone it is, if the words around it say so; otherwise None."""
    if _MINE.search(text):
        return Side.CLIENT
    return Side.RECIPIENT if _THEIRS.search(text) else None


def is_first_name(words: str) -> bool:
    """Whether the first word is a common first name in any case: «Ксении», «Павлу»."""
    first = words.split(maxsplit=1)[0].casefold()
    return first in FIRST_NAMES or any(
        first[: -len(ending)] + one in FIRST_NAMES
        for ending, endings in _CASES.items()
        if first.endswith(ending) and len(first) > len(ending) + 2
        for one in endings
    )


def _is_name(name: str, *, is_told: bool) -> bool:
    first, *others = name.split()
    is_known = first.casefold() in FIRST_NAMES or any(
        one.casefold() in FIRST_NAMES or _PATRONYMIC.search(one) for one in others
    )
    is_known = is_known or (is_first_name(first) and not _FLOWER.match(first))
    return is_known or (is_told and not _NO_NAME.match(first) and len(first) > 1)

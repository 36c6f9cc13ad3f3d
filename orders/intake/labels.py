"""Labels of fields in an order's text: «Адрес доставки:», «Получатель:», «Order №:»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from orders.intake.goods import goods_places, is_goods_line
from orders.parsing.sums import find_sums


class Label(StrEnum):
    """The field that a line belongs to."""

    NUMBER = "number"
    WINDOW = "window"
    DELIVERY = "delivery"
    ADDRESS = "address"
    ADDRESS_PART = "address_part"
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
    PAYMENT = "payment"
    ASIDE = "aside"
    NOTHING = "nothing"


_CLIENT = r"(?:заказчи[кц]|отправител|клиент|покупател)\w*"
_PHONE = r"(?:телефон|тел\.?|номер(?:\s+телефона)?|моб(?:ильный|\.)?)"
_NOTE = r"(?:комментари\w*|примечани\w*|пожелани\w*|просьба|comments?|notes?)"

_WHAT = r"(?:\s+(?:доставки|вручения|получения|заказа|самовывоза|исполнения))?"

_WORDS = {
    Label.NUMBER: r"(?:новый\s+)?(?:номер\s+)?заказ[ау]?\s*(?:№|#|n|номер)?|№(?:\s*заказа)?|номер"
    r"|(?:new\s+)?order\s*(?:number|no\.?|id|#|№)?",
    Label.WINDOW: rf"(?:желаем\w+\s+)?(?:дата|время|день|число|час|интервал|окно|период|срок)"
    rf"(?:\s*(?:и|/|,)\s*(?:время|интервал|дата))?{_WHAT}|когда|доставить|привезти|вручить|к\s+какому\s+времени|во\s+сколько"
    r"|(?:delivery\s+)?(?:date|time|window|slot)(?:\s+(?:and|&)\s+time)?|when|deliver(?:\s+(?:on|at|by))?",
    Label.DELIVERY: r"(?:(?:способ|тип|вид)\s+)?(?:доставк[аи]|получения)|к\s+доставке|самовывоз"
    r"|(?:delivery|shipping|pick-?up)(?:\s+(?:type|method))?",
    Label.ADDRESS: r"адрес(?:\s+(?:доставки|получателя|вручения))?|куда(?:\s+(?:доставить|везти))?|место(?:\s+доставки)?|ул(?:\.|ица)?|город"
    r"|(?:delivery\s+|shipping\s+|recipient(?:'s)?\s+)?address|where|адр\.?|мекенжай\w*|street",
    Label.ADDRESS_PART: r"дом|д\.|корпус|корп\.?|строение|квартира|кв\.?|подъезд|этаж|домофон|офис|оф\.?|код(?:\s+домофона)?|apartment|apt|flat|floor",
    Label.GOODS: r"состав(?:\s+(?:заказа|букета))?|товар\w*|букет\w*|позици\w*|корзина|заказано|что(?:\s+(?:нужно|собрать|заказали))?"
    r"|композиция|цветы|наименование|содержимое|items?|products?|goods|bouquet|flowers|composition|what",
    Label.PAID: r"(?:общая\s+)?сумма(?:\s+(?:заказа|оплаты))?|итог\w*(?:\s+к\s+оплате)?|оплачено(?:\s+клиентом)?|всего(?:\s+к\s+оплате)?"
    r"|стоимость(?:\s+заказа)?|к\s+оплате|цена|бюджет|total(?:\s+(?:sum|amount|price))?|grand\s+total|paid|amount|price|sum|budget",
    Label.RECIPIENT: r"(?:имя\s+|фио\s+)?получател\w*|кому|для(?:\s+кого)?|фио|имя|кто\s+получает|алушы|recipient(?:'s)?(?:\s+name)?|for\s+whom|for|to|name",
    Label.RECIPIENT_PHONE: rf"{_PHONE}\s+(?:для\s+)?получател\w+|(?:контакт\w*|связь)\s+(?:с\s+)?получател\w+|получател\w+\s*[,(]?\s*{_PHONE}\)?"
    r"|(?:recipient(?:'s)?\s+(?:phone|tel\.?|number)(?:\s+number)?|phone\s+of\s+(?:the\s+)?recipient)",
    Label.CLIENT: rf"(?:имя\s+|фио\s+)?{_CLIENT}|от(?:\s+кого)?|кто\s+заказал|client|customer|sender|buyer|from|ordered\s+by",
    Label.CLIENT_PHONE: rf"{_PHONE}\s+{_CLIENT}|{_CLIENT}\s*[,(]?\s*{_PHONE}\)?|(?:мой\s+)(?:{_PHONE})"
    r"|(?:client|customer|sender|buyer)(?:'s)?\s+(?:phone|tel\.?|number)",
    Label.PHONE: rf"{_PHONE}(?:\s+для\s+связи)?|контакт\w*|связь|phone(?:\s+number)?|tel\.?|mobile",
    Label.CARD_TEXT: r"(?:(?:текст|надпись|подпись|слова)\s+)?(?:(?:для|на|в|к)\s+)?открытк\w*(?:\s+с\s+(?:текстом|надписью|подписью))?|записк[ау]|(?:подпись|надпись)"
    r"|(?:greeting\s+)?card(?:\s+(?:text|message))?|message\s+(?:on|for)\s+(?:the\s+)?card",
    Label.COURIER_NOTE: rf"(?:{_NOTE}\s+)?(?:для\s+)?курьер[ау]|как\s+пройти|(?:{_NOTE}\s+)?for\s+the\s+courier",
    Label.SHOP_NOTE: rf"(?:{_NOTE}\s+)?(?:для\s+)?(?:магазин|флорист)[ау]|for\s+the\s+(?:shop|florist)",
    Label.CLIENT_NOTE: rf"{_NOTE}(?:\s+(?:клиента|заказчика|покупателя|к\s+(?:заказу|доставке)|по\s+заказу))?|важно|доп\.?|дополнительно",
    Label.PAYMENT: r"(?:размер\s+)?(?:(?:вам\s+)?начислено|к\s+выплате|комиссия\w*|доплат\w*|предоплат\w*|аванс|задаток|скидка|сдача|остаток|к\s+доплате|промокод|бонусы)|surcharge|discount|prepaid|deposit"
    r"|(?:способ|статус|форма|вид)?\s*оплат[аы]|(?:стоимость|цена)\s+доставки|payment(?:\s+\w+)?|delivery\s+(?:fee|cost|price)",
    Label.ASIDE: r"замен[аы](?:\s+\w+)?|вместо|упаковка|вариант|цвет|размер|статус|ссылка|источник|менеджер|флорист|магазин|packaging|colou?r|size|status",
    Label.NOTHING: r"(?:дата|время)\s+(?:создания|оформления|поступления|принятия)(?:\s+заказа)?|создан|оформлен|поле|принят|created(?:\s+at)?|order\s+date",
}
_NAMES = [(label, re.compile(words, re.IGNORECASE)) for label, words in _WORDS.items()]
_BEFORE_COLON = re.compile(r"^[\W_]*(?P<name>[^\W\d_№][^:]{0,40}?|№[^:]{0,20}?)\s*:(?P<value>.*)$", re.DOTALL)
_BEFORE_DASH = re.compile(
    r"^[\W_]*(?P<name>[^\W\d_][^-\u2013\u2014]{0,30}?)\s+[-\u2013\u2014]\s+(?P<value>.+)$"
)
_BEFORE_SPACE = re.compile(
    r"^[\W_]*(?P<name>[^\W\d_]+\.?(?:\s+[^\W\d_]+){0,2}?)\s+(?P<value>[A-ZА-ЯЁ0-9+(«\"].*)$"
)
_PLAIN_LABELS = frozenset(
    """получатель|адрес|адрес доставки|телефон получателя|номер получателя|тел получателя|тел. получателя|телефон заказчика
    |телефон клиента|заказчик|клиент|отправитель|от кого|кому|куда|когда|сумма|итого|всего|бюджет|дата|время|дата доставки
    |время доставки|интервал|состав|что|фио|имя получателя|recipient phone|recipient|address|телефон|тел|тел.""".replace(
        "\n    ", ""
    ).split("|")
)
"""Labels that people write without a colon."""
_LOWER_VALUE = re.compile(
    r"^[\W_]*(?P<name>адрес|кому|что|состав|получатель)\s+(?P<value>[а-яё].*)$", re.IGNORECASE
)
_WITH_DASH = set(Label) - {Label.NUMBER, Label.GOODS, Label.NOTHING, Label.ADDRESS_PART, Label.CLIENT_NOTE}
_LONG = {Label.GOODS, Label.CARD_TEXT, Label.CLIENT_NOTE, Label.COURIER_NOTE, Label.SHOP_NOTE}
"""Fields whose value may span several lines."""
_SENTENCE_END = re.compile(r"(?<=[.;!)])[ \t]+(?=[^\W\d_][^:.;!\n]{0,30}:(?![0-9]))")
_COMMA = re.compile(
    r"(?:[,;.]|\s/)\s+(?=(?P<name>[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,2})\s*(?::|[-\u2013\u2014])\s)"
)


_INNER = re.compile(
    r"\s+(?=(?:адрес|время|дата|получатель|заказчик|телефон|сумма|состав|открытка)\s+[^\s:\u2013\u2014-])",
    re.IGNORECASE,
)
"""«дата 03.12 время 16:00 адрес Калинина 4»: labels without a colon in a line that begins with one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text and its field; None if it has no label."""

    label: Label | None
    value: str
    name: str = ""
    """The label as written."""


def parts(text: str) -> list[Part]:
    """Splits the text into pieces, in order; only labels and empty lines are left out."""
    found: list[Part] = []
    is_open = False
    for line in _lines(text):
        part = _labelled(line)
        if not line.strip():
            is_open = is_open and not found[-1].value
        elif part is not None:
            found.append(part)
            is_open = not part.value or part.label in _LONG
        elif is_open and found[-1].label is Label.GOODS and _is_aside(line):
            found.append(Part(None, line.strip()))
        elif is_open:
            last = found.pop()
            found.append(replace(last, value=f"{last.value}\n{line.strip()}".strip()))
            is_open = last.label in _LONG
        else:
            found.append(Part(None, line.strip()))
    return found


def _is_aside(line: str) -> bool:
    """«Упаковка: крафт» below a composition is not a product; «Розы: 25 шт» is."""
    match = _BEFORE_COLON.match(line)
    return (
        match is not None and bool(match["value"].strip()) and not (goods_places(line) or is_goods_line(line))
    )


def is_label(words: str) -> bool:
    """Whether the words are exactly the name of a field."""
    return _label(words.strip(" :*\t")) is not None


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for sentence in _SENTENCE_END.split(line):
            for piece in _INNER.split(sentence) if _INNER.match(f" {sentence}") else [sentence]:
                yield from _at_labels(piece)


def _at_labels(sentence: str) -> Iterator[str]:
    """«Адрес - Чапаева 12, получатель - Рита»: a comma before a label ends the field."""
    start = 0
    for match in _COMMA.finditer(sentence):
        if is_label(match["name"]):
            yield sentence[start : match.start()]
            start = match.end()
    yield sentence[start:]


def _labelled(line: str) -> Part | None:
    for pattern in (_BEFORE_COLON, _BEFORE_DASH, _BEFORE_SPACE, _LOWER_VALUE):
        match = pattern.match(line)
        label = _label(match["name"]) if match else None
        if match is None or label is None or (pattern is _BEFORE_DASH and label not in _WITH_DASH):
            continue
        if pattern is _BEFORE_DASH and find_sums(match["value"])[:1] and label in _LONG:
            continue  # «Открытка - 0 ₽» is a line of a composition
        if pattern is _BEFORE_SPACE and " ".join(match["name"].casefold().split()) not in _PLAIN_LABELS:
            continue
        if label is Label.CARD_TEXT and re.fullmatch(
            r"\s*[x×х]?\s*[0-9]{1,2}\s*(?:шт\w*\.?)?\s*", match["value"]
        ):
            return None  # «Открытка: 1 шт.» is a line of a composition
        if label is Label.PAID and match["value"].strip() and not re.search(r"[0-9]", match["value"]):
            label = Label.PAYMENT  # «Оплачено: да»
        is_whole = label in {Label.PAYMENT, Label.ASIDE}
        name = "" if is_whole else match["name"].strip()
        return Part(label, line.strip() if is_whole else match["value"].strip(), name)
    return None


def _label(name: str) -> Label | None:
    plain = " ".join(name.split())
    return next((label for label, words in _NAMES if words.fullmatch(plain)), None)

"""The slow model of cards: what they must and must not contain, in Russian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.services.order.slow_deadlines import ASSEMBLING, goes_at, leave_at, must_stop, photo_at
from tests.services.order.slow_model import IN_THE_SHOP, OVER, SlowOrder, minutes

_MOSCOW = ZoneInfo("Europe/Moscow")
_STATES = {
    "new": ("🔴", "Новый", ""),
    "accepted": ("🟡", "Принят", "принят"),
    "photo": ("📷", "Фото", "фото"),
    "courier_left": ("🚚", "Курьер вышел", "курьер вышел"),
    "returning": ("↩️", "Возвращается", "возвращается в магазин"),
    "done": ("✅", "Выполнен", "выполнен"),
    "cancelled": ("⚫", "Клиент отменил", "клиент отменил"),
    "declined": ("⚪", "Магазин отказался", "магазин отказался"),
}
_MONEY_WORDS = ("Оплачено:", "Комиссия", "эквайринг", "Клиенту возвращается", "Вернуть клиенту за замену")
_CARRIERS = {"self": "везёт", "courier": "курьер", "outside": "сторонний курьер"}
_NOT_IN_GROUP = ("Куда:", "Получатель", "Мария", "Игорь", "+79", "Глеб")


@dataclass(frozen=True)
class Expected:
    """The expected first line, required lines, and forbidden words."""

    first: str
    lines: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    is_all: bool = False
    """Whether the card has only the first line."""


def wrong_with(text: str, expected: Expected) -> str:
    """Describes the first difference of a card; "" if there is none."""
    shown = text.splitlines()
    if shown[0] != expected.first:
        return f"the model begins with {expected.first!r}, the card with {shown[0]!r}"
    if expected.is_all and len(shown) > 1:
        return f"the model has one line, the card {shown!r}"
    for line in expected.lines:
        if line not in shown:
            return f"the model has the line {line!r}, the card {shown!r}"
    for word in expected.absent:
        if word in text:
            return f"the model has no {word!r} for this reader, the card {shown!r}"
    return ""


def for_director(order: SlowOrder, now: datetime) -> Expected:
    lines = [_place(order), *_hands(order, with_contact=True), *_money(order)]
    if must_stop(order) not in ("", "Ирина"):
        lines.append("Курьер ещё едет. Позвоните ему.")
    return Expected(heading(order, now), tuple(lines))


def for_seller(order: SlowOrder, name: str, now: datetime) -> Expected:
    page = order.page
    if name not in (page.seller, page.carrier):
        return _not_theirs(order)
    if order.status in OVER:
        hands = tuple(_hands(order, with_contact=False))
        return Expected(heading(order, now), hands, (*_MONEY_WORDS, page.address, "Мария", "Игорь"))
    lines = (*_hands(order, with_contact=True), _place(order))
    return Expected(heading(order, now), lines, _MONEY_WORDS)


def for_courier(order: SlowOrder, name: str, now: datetime) -> Expected:
    carries = order.page.carrier == name
    if not carries and not order.is_offered:
        return _not_theirs(order)
    if order.status in OVER or order.status == "returning":
        return Expected(heading(order, now), (), (*_MONEY_WORDS, order.page.address))
    hidden = ("Игорь", *(("Мария",) if order.is_offered else ()))
    return Expected(heading(order, now), (_place(order),), (*_MONEY_WORDS, *hidden))


def for_group(order: SlowOrder, now: datetime) -> Expected:
    absent = (*_MONEY_WORDS, *_NOT_IN_GROUP, order.page.address)
    sign, _, word = _STATES[order.status]
    if order.status == "new":
        due = order.placed + minutes(15)
        last = f"Принять до {clock(due)} - {left(due, now, 'order')}"
        return Expected(f"🔴 Новый заказ {order.number}", (last,), absent)
    parts = [f"{sign} {order.number}", f"{word} {_signed(order)}"]
    if order.outsider_has_it and order.status in IN_THE_SHOP and order.page.took is not None:
        parts = [f"🚚 {order.number}", f"у стороннего курьера с {clock(order.page.took)}"]
    if order.status not in OVER:
        parts += [f"сегодня {clock(order.page.starts)}-{clock(order.page.ends)}", *_group_hands(order)]
    return Expected(" · ".join(parts), (), absent, is_all=True)


def _not_theirs(order: SlowOrder) -> Expected:
    return Expected(f"Заказ {order.number} сейчас не назначен вам.", is_all=True)


def heading(order: SlowOrder, now: datetime) -> str:
    """The first line: sign, status, next due step, number."""
    sign, state, _ = _STATES[order.status]
    if order.outsider_has_it and order.status in IN_THE_SHOP and order.page.took is not None:
        sign, state = "🚚", f"У стороннего курьера с {clock(order.page.took)}"
    trouble = _trouble(order)
    if trouble:
        return f"🔴 {state} · {trouble} · {order.number}"
    return f"{sign} {state} · {_next(order, now)} · {order.number}"


def _trouble(order: SlowOrder) -> str:
    """The problem shown instead of the next due step; "" if there is none."""
    page = order.page
    if must_stop(order):
        return "курьер ещё везёт"
    if order.status == "courier_left" and page.nobody is not None:
        return f"никого нет, ждут с {clock(page.nobody)}"
    if order.status == "courier_left" and page.late_until is not None:
        return f"опаздывает на {page.late_minutes} мин, будет к {clock(page.late_until)}"
    if order.status not in IN_THE_SHOP or order.outsider_has_it:
        return ""
    is_disliked = page.thumb == "down" or order.is_photo_of_other_goods
    if page.photos and order.needs_photo and is_disliked:
        return "нужно новое фото"
    return "доплата не оплачена" if order.is_unpaid else ""


def _next(order: SlowOrder, now: datetime) -> str:
    page = order.page
    if order.status == "new":
        return _due("принять до", order.placed + minutes(15), now)
    if order.status == "returning" and page.back is not None:
        return f"в магазин с {clock(page.back)}"
    if order.status in OVER:
        return clock(page.since)
    if order.status == "courier_left":
        return _due("вручить до", page.ends, now)
    return _next_in_the_shop(order, now)


def _next_in_the_shop(order: SlowOrder, now: datetime) -> str:
    accepted, going = order.page.accepted, leave_at(order)
    assert accepted is not None
    assembled = (photo_at(order) if order.needs_photo else goes_at(order)) - minutes(ASSEMBLING)
    is_assembled = bool(order.page.photos) or order.is_with_outsider
    after = [f"выезд {clock(going)}"] if going is not None else []
    if now < assembled and not is_assembled:
        later = [f"фото {clock(photo_at(order))}", *after] if order.needs_photo else after
        return (
            " → ".join([f"собрать до {clock(assembled)}", *later])
            if later
            else _due("собрать до", assembled, now)
        )
    if order.lacks_photo:
        if photo_at(order) <= accepted:
            return "собрать и снять сейчас"
        if after and now < photo_at(order):
            return " → ".join([f"фото до {clock(photo_at(order))}", *after])
        return _due("фото до", photo_at(order), now, of="photo")
    if going is None:
        return _due("вручить до", order.page.ends, now)
    return "выезжать сейчас" if going <= accepted else _due("выезд до", going, now)


def _due(words: str, at: datetime, now: datetime, of: str = "order") -> str:
    return f"{words} {clock(at)}, {left(at, now, of)}"


def left(at: datetime, now: datetime, of: str) -> str:
    """The remaining or exceeded time, such as «осталось 1 ч 5 мин»; the model's times are whole minutes."""
    amount = int((at - now).total_seconds()) // 60
    if amount == 0:
        return "срок вышел"
    hours, rest = divmod(abs(amount), 60)
    said = " ".join([*([f"{hours} ч"] if hours else []), *([f"{rest} мин"] if rest else [])])
    if amount > 0:
        return f"осталось {said}"
    return f"просрочено на {said}" if of == "photo" else f"просрочен на {said}"


def clock(at: datetime) -> str:
    return f"{at.astimezone(_MOSCOW):%H:%M}"


def roubles(kopecks: int) -> str:
    whole, rest = divmod(abs(kopecks), 100)
    digits = f"{whole:,}".replace(",", "\u202f") + (f",{rest:02}" if rest else "")
    return ("\u2212" if kopecks < 0 else "") + digits + "\u202f₽"


def _place(order: SlowOrder) -> str:
    return "Самовывоз" if order.pickup else f"Куда: {order.page.address}"


def _hands(order: SlowOrder, *, with_contact: bool) -> list[str]:
    """The lines about who assembles and who delivers the order."""
    page, lines = order.page, []
    seller = f"собирает {page.seller}" if page.seller else ""
    accepted = f"принят {clock(page.accepted)}, {page.accepted_by}" if page.accepted else ""
    made = " · ".join(part for part in (seller, accepted) if part)
    if made:
        lines.append(made[:1].upper() + made[1:])
    if page.carried_by == "outside":
        contact = f" {page.carrier} · +79160000098" if with_contact else ""
        lines.append(f"Доставка: сторонний курьер{contact}")
    elif page.carrier:
        lines.append(f"Доставка: {_CARRIERS[page.carried_by]} {page.carrier}")
    return lines


def _money(order: SlowOrder) -> list[str]:
    found, extra = order.money(), order.paid - order.price
    of_extra = f", из них доплата {roubles(extra)}" if extra else ""
    lines = [f"Оплачено: {roubles(order.paid)}{of_extra}"]
    if order.status == "cancelled" and order.page.kept:
        back, kept = roubles(order.page.refund), roubles(order.page.kept)
        return [*lines, f"Клиенту возвращается {back}, магазину за доставку {kept}"]
    if order.status == "cancelled":
        return [*lines, f"Клиенту возвращается вся сумма: {roubles(order.page.refund)}"]
    if order.status == "declined":
        return lines
    commission, acquiring = roubles(found["commission"]), roubles(found["acquiring"])
    lines.append(f"Комиссия {commission} · эквайринг {acquiring} · магазину {roubles(found['shop'])}")
    if found["refund"]:
        lines.append(f"Вернуть клиенту за замену: {roubles(found['refund'])}")
    return lines


def _signed(order: SlowOrder) -> str:
    """The time of the last status, and who set it; nobody is named while it is on the way."""
    page = order.page
    at, by = page.ended, page.ended_by
    if order.status == "accepted":
        at, by = page.accepted, page.accepted_by
    if order.status == "photo":
        at, by = page.photos[-1], page.photo_by
    if order.status == "courier_left":
        at, by = page.left, ""
    if order.status == "returning":
        at, by = page.back, ""
    assert at is not None
    return f"{clock(at)}, {by}" if by else clock(at)


def _group_hands(order: SlowOrder) -> list[str]:
    page = order.page
    if page.carried_by == "outside":
        who = ["сторонний курьер"]
    elif page.carrier:
        who = [f"{_CARRIERS[page.carried_by]} {page.carrier}"]
    else:
        who = [f"собирает {page.seller}"] if page.seller else []
    if order.status == "courier_left" and page.nobody:
        return [*who, "никого нет"]
    if order.status == "courier_left" and page.late_minutes:
        return [*who, f"опаздывает на {page.late_minutes} мин"]
    return who

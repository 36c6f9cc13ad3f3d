"""How an order may go from the alert to its end: who does what, and by what one sees that it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from orders.model.status import Status
from orders.steps import events as happened
from tests.scenarios.stage import STAFF


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of one person.

    `buttons` lie one behind the other; labels begin so. `sign` stands on the person's card afterwards,
    `answer` is how the toast begins that says it is done. `words` are typed where a question is open at the
    end of the way. A photo has no buttons: it is sent.
    """

    person: str
    event: type[happened.Change]
    sign: str
    answer: str = ""
    buttons: tuple[str, ...] = ()
    words: str = ""

    @property
    def asks(self) -> bool:
        """Whether the bot puts a question on the way: one person answers one at a time."""
        return bool(self.words) or len(self.buttons) > _MENUS or self.buttons[:1] == ("Сторонний курьер",)


_MENUS = 2
"""Buttons on the way of a step that needs no words: one leads to a menu, one does it."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The deeds that bring one order to its end; `is_cancelled` by the client after them."""

    deeds: tuple[Deed, ...]
    end: Status
    is_late: bool = False
    """Nobody accepts it before the alarm."""
    is_cancelled: bool = False

    @property
    def workers(self) -> set[str]:
        """Whose hands it goes through, and who therefore sees it."""
        found = {deed.person for deed in self.deeds}
        labels = {label for deed in self.deeds for label in deed.buttons}
        return found | {key for key, (_, name) in STAFF.items() if name in labels}

    @property
    def history(self) -> list[type[happened.Event]]:
        """What the order's history then holds, oldest first."""
        last = [happened.Cancelled] if self.is_cancelled else []
        return [happened.Received, *(deed.event for deed in self.deeds), *last]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays."""

    chief: str
    seller: str
    courier: str


CHIEFS = ("director", "manager")
SELLERS = ("florist", "florist2")
COURIERS = ("courier", "courier2")


def draw(random: Random) -> Plot:
    """Any of the ways an order may go, with anybody in its parts."""
    cast = Cast(random.choice(CHIEFS), random.choice(SELLERS), random.choice(COURIERS))
    return random.choice(PLOTS)(cast)


def _accept(cast: Cast) -> Deed:
    return Deed(cast.chief, happened.Accepted, "Принят · ", "Принято", ("Принять",))


def _begin(cast: Cast) -> list[Deed]:
    """Accepted, in a seller's hands, photographed."""
    name = STAFF[cast.seller][1]
    way = ("Назначить сотрудника", name)
    return [
        _accept(cast),
        Deed(cast.chief, happened.SellerAssigned, name, f"Собирает {name}", way),
        Deed(cast.seller, happened.PhotoAttached, "Фото · "),
    ]


def _done(person: str) -> Deed:
    return Deed(person, happened.Completed, "Выполнен · ", "Выполнен", ("Выполнен", "Лично"))


def _done_by_third_person(person: str, words: str) -> Deed:
    way = ("Выполнен", "Другому человеку", "Согласовано с клиентом")
    if words:
        return Deed(person, happened.Completed, "Выполнен · ", buttons=(*way, "Соседям"), words=words)
    answers = ("Соседям", "Да, можно отдать")
    return Deed(person, happened.Completed, "Выполнен · ", "Выполнен", (*way, *answers))


def _sent_out(cast: Cast) -> list[Deed]:
    name = STAFF[cast.courier][1]
    found = ("Найти курьера", name)
    return [
        Deed(cast.seller, happened.CourierAssigned, name, f"Повезёт {name}", found),
        Deed(cast.seller, happened.Dispatched, "Курьер вышел · ", "В пути", ("Курьер вышел",)),
    ]


def _self_delivery(cast: Cast) -> Plot:
    left = Deed(cast.seller, happened.Dispatched, "Курьер вышел · ", "В пути", ("Я доставлю",))
    return Plot((*_begin(cast), left, _done(cast.seller)), Status.DONE)


def _courier(cast: Cast) -> Plot:
    liked = ("Ещё…", "Клиенту нравится")
    thumb = Deed(cast.seller, happened.Rated, "Клиенту фото нравится", "Оценка записана", liked)
    return Plot((*_begin(cast), thumb, *_sent_out(cast), _done(cast.courier)), Status.DONE)


def _complaint(cast: Cast) -> Plot:
    disliked = ("Ещё…", "Клиент просит поправить", "Цвет не тот")
    thumb = Deed(cast.seller, happened.Rated, "Цвет не тот", "Оценка записана", disliked)
    again = Deed(cast.seller, happened.PhotoAttached, "Поправлено по просьбе")
    end = _done_by_third_person(cast.courier, "")
    return Plot((*_begin(cast), thumb, again, *_sent_out(cast), end), Status.DONE)


def _comment(cast: Cast) -> Plot:
    end = _done_by_third_person(cast.courier, "Охраннику Сергею на входе")
    return Plot((*_begin(cast), *_sent_out(cast), end), Status.DONE)


def _third_party(cast: Cast) -> Plot:
    found = ("Сторонний курьер", "Яндекс Доставка", "Нет")
    sign = "сторонний курьер Яндекс Доставка"
    given = Deed(cast.seller, happened.HandedToThirdParty, sign, "Везёт Яндекс", found)
    taken = Deed(cast.seller, happened.PickedUp, "У стороннего курьера с", "Отмечено", ("Курьер забрал",))
    return Plot((*_begin(cast), given, taken, _done(cast.seller)), Status.DONE)


def _late(cast: Cast) -> Plot:
    left = Deed(cast.seller, happened.Dispatched, "Курьер вышел · ", "В пути", ("Я доставлю",))
    return Plot((*_begin(cast), left, _done(cast.seller)), Status.DONE, is_late=True)


def _declined(cast: Cast) -> Plot:
    no = Deed(
        cast.chief,
        happened.Declined,
        "Магазин отказался · ",
        "Магазин отказался",
        ("Отказаться", "Да, отказаться", "Нет нужных цветов"),
    )
    return Plot((no,), Status.DECLINED)


def _cancelled(cast: Cast) -> Plot:
    return Plot((_accept(cast),), Status.CANCELLED, is_cancelled=True)


PLOTS: Sequence[Callable[[Cast], Plot]] = (
    _self_delivery,
    _courier,
    _complaint,
    _comment,
    _third_party,
    _late,
    _declined,
    _cancelled,
)

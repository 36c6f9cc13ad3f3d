"""Plots: the steps that take an order from the alert to its end, and the signs that each is done."""

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

    `buttons` are pressed in turn, and matched by the beginning of the label. Afterwards the person's card
    contains `sign`, and the toast begins with `answer`. `words` are the answer to a final question. A photo
    has no buttons: it is sent.
    """

    person: str
    event: type[happened.Change]
    sign: str
    answer: str = ""
    buttons: tuple[str, ...] = ()
    words: str = ""

    @property
    def asks(self) -> bool:
        """Whether the bot asks a question: a person answers one question at a time."""
        return bool(self.words) or len(self.buttons) > _MENUS or self.buttons[:1] == ("Сторонний курьер",)


_MENUS = 2
"""Most buttons of a step without a question: one opens a menu, one does the step."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The deeds that end one order; `is_cancelled`: the client then cancels it."""

    deeds: tuple[Deed, ...]
    end: Status
    is_late: bool = False
    """Whether it is accepted only after the alarm."""
    is_cancelled: bool = False

    @property
    def workers(self) -> set[str]:
        """The people who work on the order, and therefore see it."""
        found = {deed.person for deed in self.deeds}
        labels = {label for deed in self.deeds for label in deed.buttons}
        return found | {key for key, (_, name) in STAFF.items() if name in labels}

    @property
    def history(self) -> list[type[happened.Event]]:
        """The expected event types of the order, oldest first."""
        last = [happened.Cancelled] if self.is_cancelled else []
        return [happened.Received, *(deed.event for deed in self.deeds), *last]


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one plot."""

    chief: str
    seller: str
    courier: str


CHIEFS = ("director", "manager")
SELLERS = ("florist", "florist2")
COURIERS = ("courier", "courier2")


def draw(random: Random) -> Plot:
    """Draw a plot with random people."""
    cast = Cast(random.choice(CHIEFS), random.choice(SELLERS), random.choice(COURIERS))
    return random.choice(PLOTS)(cast)


def _accept(cast: Cast) -> Deed:
    return Deed(cast.chief, happened.Accepted, "Принят · ", "Принято", ("Принять",))


def _begin(cast: Cast) -> list[Deed]:
    """Accepted, assigned to a seller, photographed."""
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

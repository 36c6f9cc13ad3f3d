"""Generates stories of orders on an ordinary day: a sequence of steps, each recorded in the slow model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from orders.model.details import Window
from orders.model.order import Handover, Topic
from orders.model.people import MARKETPLACE, Actor, client_of
from orders.model.refusals import Reason
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.commands import Command
from tests.builders import COURIER, DIRECTOR, MANAGER, SELLER
from tests.services.order.slow_model import SlowOrder, minutes

GOODS = "Пионы «Облако» 15 шт"
OTHER_GOODS = "Розы 15 шт"


@dataclass(frozen=True)
class Step:
    """One step: actor, command and time. `note` records it in the model; `refused`: the expected refusal."""

    at: datetime
    name: str
    actor: Actor
    command: Command
    note: Callable[[], None] | None = None
    refused: str = ""


Steps = Iterator[Step]


@dataclass
class Story:
    """The steps of one order, drawn by a seeded generator."""

    rng: Random
    order: SlowOrder
    order_id: int
    now: datetime
    way: str
    """How it is delivered."""
    shown: int = field(default=0)

    # Helpers

    def _likely(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def _step(
        self, name: str, actor: Actor, command: Command, note: Callable[[datetime], None], *, wait: int = 0
    ) -> Step:
        self.now += minutes(wait or self.rng.randint(1, 4))
        at = self.now
        return Step(at, name, actor, command, lambda: note(at))

    def _refused(self, name: str, actor: Actor, command: Command, why: Reason) -> Step:
        self.now += minutes(1)
        return Step(self.now, f"{name}, in vain", actor, command, refused=why.value)

    def _wait_until(self, at: datetime, spread: int) -> int:
        """Minutes until about `at`, at least 1."""
        wanted = at + minutes(self.rng.randint(-spread, spread))
        return max(int((wanted - self.now).total_seconds()) // 60, 1)

    @property
    def _client(self) -> Actor:
        return client_of(self.order_id)

    @property
    def _worker(self) -> Actor:
        return SELLER if self.order.page.seller == SELLER.name else MANAGER

    def tell(self) -> Steps:
        """Yield all steps."""
        yield from self._beginning()
        if self.order.status == "accepted":
            yield from self._in_the_shop()
        if self.order.status in ("accepted", "photo"):
            yield from self._delivery()
        if self._likely(40):
            yield from self._marketplace_learns()

    # Steps at any stage

    def _marketplace_learns(self) -> Steps:
        """The call to the marketplace succeeds."""
        status = self.order.status
        if status == "returning":  # the marketplace has no such status
            status = "courier_left"
        if self.order.does_marketplace_lag():
            yield self._step(
                f"the marketplace has {status}",
                MARKETPLACE,
                do.MarketplaceHas(Status(status)),
                lambda at: self.order.marketplace_has(at, status),
            )

    def _undo(self, actor: Actor, wait: int) -> Steps:
        """Undo the last step, or be refused if that is not possible."""
        self.now += minutes(wait)
        why = self.order.why_no_undo(self.now)
        command = do.Undo("не туда нажала")
        if why:
            yield Step(self.now, "undo, in vain", actor, command, refused=why)
        else:
            yield Step(self.now, "undo", actor, command, self.order.undo)

    def _may_undo(self, step: Callable[[], Step], actor: Actor, percent: int = 15) -> Steps:
        """A step, sometimes followed by an undo, which is refused or succeeds; then the step is repeated."""
        made = step()
        yield made
        if not self._likely(percent):
            return
        before = self.order.status
        if self._likely(30):
            yield from self._marketplace_learns()
        yield from self._undo(actor if self._likely(70) else DIRECTOR, self.rng.choice([1, 3, 9, 10, 11, 14]))
        if self.order.before is None and before in ("accepted", "photo", "courier_left", "returning", "done"):
            yield step()

    # Until it is assigned

    def _beginning(self) -> Steps:
        chance = self.rng.randrange(100)
        if chance < 7:
            yield self._decline()
        elif chance < 14:
            yield self._cancel(self._client, "клиент")
        else:
            yield from self._may_undo(self._accept, MANAGER)
            if self._likely(85) and self.order.status == "accepted":
                yield self._assign()

    def _accept(self) -> Step:
        wait = self.rng.choice([1, 2, 3, 6, 12, 17])
        return self._step(
            "accept", MANAGER, do.Accept(), lambda at: self.order.accept(at, MANAGER.name), wait=wait
        )

    def _assign(self) -> Step:
        staff_id, name = (3, "Оля") if self._likely(80) else (5, "Вера")
        command = do.AssignSeller(staff_id, name)
        return self._step("assign", MANAGER, command, lambda at: self.order.assign(at, name))

    def _decline(self) -> Step:
        command = do.Decline("нет пионов")
        return self._step("decline", MANAGER, command, lambda at: self.order.decline(at, MANAGER.name))

    def _cancel(self, actor: Actor, name: str) -> Step:
        command = do.Cancel("передумал")
        return self._step("cancel", actor, command, lambda at: self.order.cancel(at, name))

    # In the shop

    def _in_the_shop(self) -> Steps:
        if self._likely(35):
            yield from self._marketplace_learns()
        if self._likely(25):
            yield from self._extra("substitution", self.rng.choice([-70_000, -30_000, 0, 30_000]))
        if self.order.needs_photo and not self._likely(15):
            yield from self._photos()
        if self._likely(15) and not any(one.kind == "substitution" for one in self.order.extras):
            yield from self._extra("substitution", self.rng.choice([-50_000, 20_000]))
        if self._likely(30):
            yield from self._extra("surcharge", self.rng.choice([50_000, 33_300]))
        if self._likely(12):
            yield from self._stop_in_the_shop()

    def _stop_in_the_shop(self) -> Steps:
        if self._likely(30):
            yield self._decline()
            return
        client = self._likely(50)
        yield self._cancel(self._client, "клиент") if client else self._cancel(MANAGER, MANAGER.name)
        if not client and self._likely(40):  # cancelled by mistake
            yield from self._undo(MANAGER, 2)

    def _photos(self) -> Steps:
        yield from self._may_undo(self._photo, self._worker, 12)
        yield from self._photo_is_seen()
        if self._likely(30):
            yield self._rate("down")
            if self._likely(85):
                yield self._photo()
                yield from self._photo_is_seen()
        if self._likely(50):
            yield self._rate("up")
            if self._likely(20):
                yield self._photo()

    def _photo(self) -> Step:
        self.shown += 1
        sha = f"{self.order_id:032x}{self.shown:032x}"
        worker = self._worker
        command = do.AttachPhoto(sha, f"2026/03/{self.order_id}/{self.shown}.jpg")
        wait = self._wait_until(self.order.page.starts - minutes(75), 40) if self.shown == 1 else 0
        return self._step("photo", worker, command, lambda at: self.order.photo(at, worker.name), wait=wait)

    def _photo_is_seen(self) -> Steps:
        """The client sees the photo in their chat or in the marketplace's app, or not yet."""
        if self.order.status != "photo" or self.order.seen_at is not None or self._likely(25):
            return
        if self._likely(60):
            command: Command = do.PhotoShown(f"{self.order_id:032x}{self.shown:032x}")
            yield self._step("photo shown", self._client, command, self.order.show)
        else:
            yield self._step(
                "photo uploaded in the app",
                self._worker,
                do.MarketplaceHas(Status.PHOTO),
                lambda at: self.order.marketplace_has(at, "photo"),
            )

    def _rate(self, thumb: str) -> Step:
        is_liked = thumb == "up"
        command = do.Rate(liked=is_liked, complaint="" if is_liked else "Где открытка?")
        actor = self._client if self._likely(70) else MANAGER
        return self._step(f"thumb {thumb}", actor, command, lambda at: self.order.rate(at, thumb))

    # Agreements

    def _extra(self, kind: str, kopecks: int) -> Steps:
        """Asked, answered, billed and paid; or refused, or withdrawn."""
        number = len(self.order.extras) + 1
        command = self._proposal(kind, kopecks)
        yield self._step(f"ask: {kind}", self._worker, command, lambda at: self.order.ask(at, kind, kopecks))
        extra, chance = self.order.extras[-1], self.rng.randrange(100)
        if chance < 8:  # the client never answers
            return
        agreed = chance < 80
        answer = do.AnswerProposal(number, agreed=agreed, words="да, хорошо" if agreed else "нет")

        def note(at: datetime) -> None:
            extra.agreed, extra.refused = (at, False) if agreed else (None, True)

        yield self._step("answer", self._client if self._likely(60) else MANAGER, answer, note)
        if agreed and kopecks > 0:
            yield from self._payment(number)

    def _proposal(self, kind: str, kopecks: int) -> do.Propose:
        amount = abs(kopecks) // 100
        if kind == "surcharge":
            return do.Propose(Topic.SURCHARGE, f"{amount} ₽ за срочность")
        words = {-1: f"{OTHER_GOODS}, минус {amount} ₽", 0: OTHER_GOODS, 1: f"{OTHER_GOODS}, +{amount} ₽"}
        sign = (kopecks > 0) - (kopecks < 0)
        return do.Propose(Topic.SUBSTITUTION, words[sign], replaced=GOODS)

    def _payment(self, number: int) -> Steps:
        extra = self.order.extras[number - 1]
        if self._likely(40):
            yield from self._leaving_unpaid()
        if self._likely(25) and extra.kind == "surcharge":

            def withdraw(at: datetime) -> None:
                extra.withdrawn = at

            yield self._step("withdraw", MANAGER, do.Withdraw(number, "справимся сами"), withdraw)
            return

        def pay(_at: datetime) -> None:
            extra.paid = True

        yield self._step("bill", MANAGER, do.AgreedInApp(number), lambda _at: None)
        yield self._step("extra paid", MANAGER, do.ExtraPaid(number), pay)

    def _leaving_unpaid(self) -> Steps:
        """Leaving is refused before the client has paid."""
        leave: Command = do.Dispatch(by_self=True, reason="клиент торопится")
        if self.order.pickup:
            leave = do.Complete(Handover.IN_PERSON, without_photo="клиент торопится", early="да")
        yield self._refused("leave", self._worker, leave, Reason.UNPAID)

    # Delivery

    def _delivery(self) -> Steps:
        if self.way == "pick-up":
            yield from self._fetched()
        elif self.way == "outside":
            yield from self._by_outsider()
        elif self.way == "courier":
            yield from self._by_courier()
        else:
            yield from self._leave(self._worker, by_self=True)
        if self.order.status == "courier_left":
            yield from self._on_the_way()

    def _no_photo_yet(self, name: str, actor: Actor, command: Command) -> Steps:
        """Without a required photo, leaving is refused unless a reason is given."""
        if self.order.needs_a_word_to_leave and self._likely(60):
            has_one = bool(self.order.page.photos)
            why = Reason.NEW_PHOTO_REASON_NEEDED if has_one else Reason.PHOTO_REASON_NEEDED
            yield self._refused(name, actor, command, why)

    def _leave(self, actor: Actor, *, by_self: bool) -> Steps:
        self.now += minutes(self._wait_until(self.order.page.starts - minutes(45), 25))
        yield from self._no_photo_yet("leave", actor, do.Dispatch(by_self=by_self))
        command, name = do.Dispatch(by_self=by_self, reason="клиент торопится"), actor.name if by_self else ""
        yield from self._may_undo(
            lambda: self._step("leave", actor, command, lambda at: self.order.leave(at, name)), actor
        )

    def _by_courier(self) -> Steps:
        if self._likely(50):
            yield self._step("offer", self._worker, delivery.OfferToCouriers(), self.order.offer)
            take = delivery.TakeOffer()
            yield self._step("take", COURIER, take, lambda at: self.order.give_to(at, COURIER.name))
        else:
            yield self._give_to_courier()
        if self._likely(30):
            command = delivery.GiveBack("машина сломалась")
            yield self._step("give back", COURIER, command, lambda _at: self.order.give_back())
            if self._likely(40):
                yield from self._leave(self._worker, by_self=True)
                return
            yield self._give_to_courier()
        yield from self._leave(COURIER if self._likely(70) else self._worker, by_self=False)

    def _give_to_courier(self) -> Step:
        command = do.AssignCourier(4, COURIER.name)
        note = self.order.give_to
        return self._step("give to courier", self._worker, command, lambda at: note(at, COURIER.name))

    def _by_outsider(self) -> Steps:
        worker = self._worker
        self.now += minutes(self._wait_until(self.order.page.starts - minutes(70), 30))
        command = do.HandToThirdParty("Глеб", "+79160000098")
        note = self.order.name_outsider
        yield self._step("outsider named", worker, command, lambda at: note(at, "Глеб", worker.name))
        if self._likely(10):  # the third party never came
            yield from self._leave(worker, by_self=True)
            return
        if not self._likely(15):
            yield from self._no_photo_yet("outsider takes it", worker, do.PickUp())
            yield from self._may_undo(
                lambda: self._step(
                    "outsider takes it", worker, do.PickUp("торопится"), self.order.outsider_takes
                ),
                worker,
            )
        if self._likely(15):
            yield self._cancel(self._client, "клиент")
            yield from self._stopped(worker)
            return
        yield from self._end(worker)

    def _fetched(self) -> Steps:
        yield from self._end(self._worker)

    def _end(self, actor: Actor) -> Steps:
        """Handed over, perhaps followed by an undo."""
        self.now += minutes(self._wait_until(self.order.page.starts + minutes(25), 50))
        why = "" if self.order.page.carrier == actor.name else "не отвечает"
        if self.order.status != "courier_left" and not self.order.outsider_has_it:
            bare = do.Complete(Handover.IN_PERSON, reason=why, early="да")
            yield from self._no_photo_yet("done", actor, bare)
        if self.order.pickup:
            yield self._step("code", actor, delivery.SayCode("583120"), lambda _at: None)
        command = do.Complete(Handover.IN_PERSON, reason=why, without_photo="торопится", early="да")
        yield from self._may_undo(
            lambda: self._step("done", actor, command, lambda at: self.order.finish(at, actor.name)), actor
        )

    def _carrier(self) -> Actor:
        known = {one.name: one for one in (DIRECTOR, MANAGER, SELLER, COURIER)}
        return known[self.order.page.carrier]

    def _on_the_way(self) -> Steps:
        carrier, chance = self._carrier(), self.rng.randrange(100)
        if chance < 15:
            yield self._cancel(self._client, "клиент")
            yield from self._stopped(carrier)
            return
        if self._likely(20):
            late = delivery.SayLate(15)
            yield self._step("late", carrier, late, lambda at: self.order.say_late(at, 15))
        if chance < 50:
            yield from self._back(carrier)
        if self.order.status == "courier_left":
            yield from self._end(carrier if self._likely(80) else MANAGER)

    def _stopped(self, holder: Actor) -> Steps:
        if not self._likely(60):
            return

        def note(_at: datetime) -> None:
            self.order.stopped = True

        yield self._step("stopped", holder, do.SeeStop(), note)

    def _back(self, carrier: Actor) -> Steps:
        """Refused, or nobody there; then sent to another recipient, or cancelled."""
        self.now += minutes(self._wait_until(self.order.page.starts + minutes(10), 20))
        if self._likely(50):
            refused = do.RecipientRefused("не ждёт")
            yield from self._may_undo(
                lambda: self._step("refused", carrier, refused, self.order.go_back), carrier
            )
        else:
            yield self._step("nobody there", carrier, delivery.FindNobody(), self.order.find_nobody)
            yield self._step("bring back", carrier, delivery.BringBack(), self.order.go_back)
        if self._likely(50) and self.order.status == "returning":
            yield self._step("back in the shop", carrier, delivery.ComeBack(), self.order.come_back)
        if self.order.status != "returning" or self._likely(10):
            return
        if self._likely(30):
            by_client = self._likely(50)
            yield self._cancel(self._client, "клиент") if by_client else self._cancel(MANAGER, MANAGER.name)
        else:
            yield from self._may_undo(self._redispatch, MANAGER)

    def _redispatch(self) -> Step:
        starts = (self.now + minutes(50)).replace(second=0)
        ends = starts + minutes(60)
        command = do.Redispatch("соседке", "Садовая 3", window=Window(starts, ends))
        note = self.order.leave_again
        return self._step("to another", MANAGER, command, lambda at: note(at, "Садовая 3", starts, ends))

"""Random commands of random people at random times never lead where the table does not."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from orders.model.details import Category, DeliveryKind
from orders.model.money import Money
from orders.model.order import DoubtKind, Handover, Order, Progress, Topic
from orders.model.people import Actor
from orders.model.refusals import Refusal
from orders.model.status import FINAL, Status, Step, is_further
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.commands import Command
from orders.steps.events import Amended, Cancelled, Change, Dispatched, Undone
from orders.steps.flow import apply, decide, receive
from tests.builders import NOON, RULES, a_line, a_receipt, minutes, some_details
from tests.orders.table import COMMANDS, PEOPLE, TABLE

WORDS = st.sampled_from(["", "  ", "не ждёт", "к соседке, кв 14"])
SUMS = st.none() | st.integers(0, 1_000_000).map(Money) | st.just(Money(5_000, "USD"))
STAFF_IDS = st.sampled_from([1, 2, 3, 4, 5, 6])

ANY_COMMAND: st.SearchStrategy[Command] = st.one_of(
    st.sampled_from([do.Accept(), do.Hide()]),
    st.builds(do.Decline, WORDS),
    st.builds(do.Cancel, WORDS),
    st.builds(do.AssignSeller, STAFF_IDS, WORDS),
    st.builds(do.AssignCourier, STAFF_IDS, WORDS),
    st.builds(do.AttachPhoto, st.sampled_from(["aa", "bb"]), WORDS),
    st.builds(do.Rate, st.booleans(), WORDS),
    st.builds(do.Dispatch, st.booleans(), WORDS),
    st.builds(do.HandToThirdParty, WORDS, WORDS),
    st.builds(do.Complete, st.sampled_from(Handover), WORDS, st.booleans(), WORDS),
    st.builds(do.RecipientRefused, WORDS),
    st.builds(do.Redispatch, WORDS, WORDS),
    st.builds(do.Amend, st.builds(some_details, address=WORDS)),
    st.builds(do.MarketplaceHas, st.sampled_from(Status)),
    st.builds(do.RaiseDoubt, st.sampled_from(DoubtKind), st.sampled_from(["", "8"])),
    st.just(do.CarryOn()),
    st.builds(do.FlagLine, st.sampled_from(["Не звонить в дверь", "нет"]), st.booleans()),
    st.builds(
        do.Propose, st.sampled_from(Topic), st.sampled_from(["", "на час позже", "500 ₽ за срочность"])
    ),
    st.builds(do.AnswerProposal, st.integers(1, 3), st.booleans(), WORDS),
    st.builds(do.AgreedInApp, st.integers(1, 3)),
    st.builds(do.ExtraPaid, st.integers(1, 3)),
    st.builds(do.Withdraw, st.integers(1, 3), WORDS),
    st.just(do.SeeStop()),
    st.sampled_from([delivery.OfferToCouriers(), delivery.TakeOffer(), delivery.Arrive()]),
    st.sampled_from([delivery.FindNobody(), delivery.ComeBack()]),
    st.builds(delivery.SayLate, st.sampled_from([0, 15, 30])),
    st.builds(delivery.BringBack, WORDS),
    st.builds(delivery.GiveBack, WORDS),
    st.builds(delivery.AttachProof, st.sampled_from(["aa", "bb"]), WORDS),
    st.builds(do.Undo, WORDS),
)


class OneOrder(RuleBasedStateMachine):
    """The life of one order among everybody who may come to it."""

    @initialize(
        category=st.sampled_from(Category),
        delivery=st.sampled_from(DeliveryKind),
        paid=SUMS,
        fee=SUMS,
    )
    def order_comes_in(
        self, category: Category, delivery: DeliveryKind, paid: Money | None, fee: Money | None
    ) -> None:
        lines = (a_line(category=category),)
        received = a_receipt(lines=lines, delivery=delivery, paid=paid, delivery_fee=fee)
        self.now = NOON
        self.order = receive(1, 1, received, NOON)
        self.received = received
        self.known = Status.NEW
        self.changes: list[Change] = []
        self.before_last: Progress | None = None

    @rule(amount=st.integers(0, 700))
    def time_goes_by(self, amount: int) -> None:
        self.now += minutes(amount / 60)

    @rule(command=ANY_COMMAND, name=st.sampled_from(sorted(PEOPLE)))
    def somebody_wants_something(self, command: Command, name: str) -> None:
        self._give(command, name)

    @rule(data=st.data())
    def somebody_does_what_is_next(self, data: st.DataObject) -> None:
        """Mere chance would hardly ever take an order to its end."""
        rows = [row for row in TABLE.values() if row.at is self.order.status and row.to not in FINAL]
        if rows:
            row = data.draw(st.sampled_from(rows))
            self._give(COMMANDS[row.step], data.draw(st.sampled_from(sorted(row.who))))

    @rule(data=st.data())
    def the_order_ends(self, data: st.DataObject) -> None:
        rows = [row for row in TABLE.values() if row.at is self.order.status and row.to in FINAL]
        if rows and len(self.changes) > 3:
            row = data.draw(st.sampled_from(rows))
            self._give(COMMANDS[row.step], data.draw(st.sampled_from(sorted(row.who))))

    def _give(self, command: Command, name: str) -> None:
        before, written = self.order, repr(self.order)
        try:
            event = decide(before, command, PEOPLE[name], self.now, RULES)
        except Refusal:
            assert repr(self.order) == written
            return
        self.order = apply(before, event)
        self.changes.append(event)
        assert repr(before) == written
        if isinstance(event, Undone):
            self._check_undo(PEOPLE[name])
        else:
            self._check_move(before, command.step, name)
            if before.undo is not self.order.undo:
                self.before_last = before.progress

    def _check_move(self, before: Order, step: Step, name: str) -> None:
        row = TABLE[before.status, step]
        carries = before.progress.carrier and before.progress.carrier.staff_id == PEOPLE[name].staff_id
        sells = before.progress.seller and before.progress.seller.staff_id == PEOPLE[name].staff_id
        standing = {name} | ({"courier"} if carries else set()) | ({"seller"} if sells else set())
        assert standing & row.who
        assert PEOPLE[name].shop_id in (None, 1)
        # Of several photos only one may have gone to another order, or the marketplace has one.
        stays = step is Step.TAKE_PHOTOS_AWAY and self.order.status is Status.PHOTO
        assert stays or self.order.status is row.to

    def _check_undo(self, actor: Actor) -> None:
        assert actor.shop_id == 1
        assert self.order.progress == self.before_last
        assert self.order.undo is None
        self.before_last = None

    @invariant()
    def each_version_is_one_event(self) -> None:
        assert self.order.version == 1 + len(self.changes)

    @invariant()
    def its_events_make_it_again(self) -> None:
        order = receive(1, 1, self.received, NOON)
        for event in self.changes:
            order = apply(order, event)
        assert order == self.order

    @invariant()
    def the_marketplace_never_knows_less_than_before(self) -> None:
        known = self.order.marketplace_status
        assert known is not None
        assert not is_further(self.known, known)
        self.known = known

    @invariant()
    def the_money_adds_up(self) -> None:
        paid = self.order.details.paid
        for at, event in enumerate(self.changes):
            if isinstance(event, Cancelled) and paid is not None and event.refund and event.kept:
                filled_in = any(isinstance(later, Amended) for later in self.changes[at:])
                assert filled_in or event.refund + event.kept == paid

    @invariant()
    def every_status_has_what_led_to_it(self) -> None:
        progress = self.order.progress
        assert (progress.closing is not None) == (progress.status in (Status.CANCELLED, Status.DECLINED))
        assert (progress.completion is not None) == (progress.status is Status.DONE)
        if progress.status in (Status.COURIER_LEFT, Status.RETURNING):
            assert progress.dispatched is not None
            # Of an order that left in the marketplace's app nobody knows who carries it.
            left_there = any(isinstance(one, Dispatched) and one.carrier is None for one in self.changes)
            assert progress.carrier is not None or left_there


OneOrder.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
test_no_chance_takes_an_order_where_the_table_does_not_lead = OneOrder.TestCase

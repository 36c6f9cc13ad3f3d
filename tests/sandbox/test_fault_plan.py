import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.faults.injector import Faults
from sandbox.faults.plan import CallFaults, Fault, FaultPlan, Section

shares = st.dictionaries(st.sampled_from(["429", "500", "502", "slow"]), st.floats(0, 0.25), max_size=4)


def draws(plan: FaultPlan, names: list[str]) -> list[Fault | None]:
    faults = Faults()
    faults.follow(plan)
    return [faults.draw(Section.BOT_API, name) for name in names]


@given(shares, st.integers(0, 1000))
def test_only_planned_faults_are_drawn_and_all_are_counted(rates: dict[str, float], seed: int) -> None:
    faults = Faults()
    faults.follow(FaultPlan.model_validate({"seed": seed, "bot_api": rates}))
    drawn = [fault for _ in range(50) if (fault := faults.draw(Section.BOT_API, "sendMessage"))]
    assert {fault.value for fault in drawn} <= {fault for fault, rate in rates.items() if rate}
    assert sum(sum(names.values()) for names in faults.counts()["bot_api"].values()) == len(drawn)


@given(st.lists(st.sampled_from(["sendMessage", "editMessageText", "getFile"]), max_size=60), st.integers())
def test_a_methods_fates_do_not_depend_on_the_order_of_the_others(names: list[str], seed: int) -> None:
    plan = FaultPlan.model_validate({"seed": seed, "bot_api": {"500": 0.4}})
    mixed = draws(plan, names)
    sends = [fate for name, fate in zip(names, mixed, strict=True) if name == "sendMessage"]
    assert sends == draws(plan, ["sendMessage"] * len(sends))


@pytest.mark.parametrize("section", Section)
def test_the_empty_plan_makes_nothing(section: Section) -> None:
    faults = Faults()
    assert {faults.draw(section, "anything") for _ in range(100)} == {None}


def test_sections_have_fates_of_their_own() -> None:
    faults = Faults()
    faults.follow(FaultPlan.model_validate({"bot_api": {"500": 1}, "webhooks": {"double": 1}}))
    assert faults.draw(Section.BOT_API, "getMe") is Fault.SERVER_ERROR
    assert faults.draw(Section.WEBHOOKS, "order.paid") is Fault.DOUBLE
    assert faults.draw(Section.MARKETPLACE, "orders/view") is None


@pytest.mark.parametrize(
    ("methods", "concerned"),
    [
        (None, {"sendMessage"}),
        (["SENDMESSAGE"], {"sendMessage"}),
        (["getUpdates"], {"getUpdates"}),
        (["*"], {"sendMessage", "getUpdates"}),
        ([], set()),
    ],
)
def test_methods_are_named_in_any_case(methods: list[str] | None, concerned: set[str]) -> None:
    plan = FaultPlan(methods=methods)
    assert {name for name in ("sendMessage", "getUpdates") if plan.concerns(name)} == concerned


def test_a_second_plan_begins_its_fates_and_counts_anew() -> None:
    faults, plan = Faults(), FaultPlan.model_validate({"seed": 3, "bot_api": {"500": 0.5}})
    runs = []
    for _ in range(2):
        faults.follow(plan)
        runs.append([faults.draw(Section.BOT_API, "getMe") for _ in range(20)])
    assert runs[0] == runs[1]
    assert faults.counts()["bot_api"]["500"]["getMe"] == runs[1].count(Fault.SERVER_ERROR)


@pytest.mark.parametrize("wrong", [{"500": -0.1}, {"500": 1.1}, {"slow_seconds": -1}, {"418": 0.1}])
def test_impossible_shares_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        CallFaults.model_validate(wrong)

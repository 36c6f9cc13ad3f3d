"""The plan of a day: what to assemble by when, by whom, and when it leaves (X27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.load import PlanDo, PlanTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit, fit_lines
from messages.load.buttons import plan_button, to_load, to_plan
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.composition import product
from messages.ui.formatting import clock, moment
from messages.ui.heading import number, sign
from messages.ui.limits import HALF_ROW
from messages.ui.names import person_name
from messages.ui.screen import Screen
from orders.load.load import Florist
from orders.load.plan import Job, Plan
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status

PAGE = 4
"""Jobs on a page: this number fits a phone with their buttons."""
_WHAT = 24
_TAIL = 4
"""Last digits of the number to distinguish two orders; more digits if these are equal, too."""


def plan_screen(
    shop_id: int, plan: Plan, rules: ShopRules, now: datetime, t: Translator, page: int = 0
) -> Screen:
    """One page of the jobs, a button for each, and the actions of the plan."""
    pages = max(1, -(-len(plan.jobs) // PAGE))
    page = min(page, pages - 1)
    shown = plan.jobs[page * PAGE : (page + 1) * PAGE]
    waiting = [job for job in plan.jobs if not job.is_assembled]
    day = t(day_key(plan.day, now, rules))
    lines = [t("plan-title", day=day, count=len(waiting))]
    if not plan.jobs:
        lines.append(t("plan-none"))
    if waiting:
        lines.append(_shares(waiting, t))
    tails = _tails(plan, rules, now, t)
    lines += [_line(job, plan.day, rules, now, t, tails[job.order.id]) for job in shown]
    if any(job.is_proposed and job.florist for job in shown):
        lines.append(t("plan-proposed"))
    jobs = [_job_button(shop_id, plan, job, rules, t, page, tails[job.order.id]) for job in shown]
    rows: list[Row] = [jobs[at : at + 2] for at in range(0, len(jobs), 2)]
    rows += [_give_all(shop_id, plan, t), _turning(shop_id, plan, page, pages, rules, now, t)]
    buy = plan_button(t.plain("do-buy"), _tap(PlanDo.BUY, shop_id, plan.day))
    rows.append([buy, plan_button(t.plain("do-plan-staff"), _tap(PlanDo.STAFF, shop_id, plan.day))])
    rows.append([to_load(shop_id, plan.day, t)])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def who_screen(
    shop_id: int,
    plan: Plan,
    job: Job,
    people: Sequence[Florist],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """Ask who assembles this order: everybody at work, with the number of their planned orders."""
    of_day = Counter(one.florist.staff_id for one in plan.jobs if one.florist and not one.is_assembled)
    tail = _tails(plan, rules, now, t)[job.order.id]
    lines = [_line(job, plan.day, rules, now, t, tail), t("plan-who")]
    rows = []
    for one in people:
        is_now = job.florist is not None and job.florist.staff_id == one.staff_id
        label = t.plain("plan-person", name=person_name(one.name, t), count=of_day[one.staff_id])
        tap = _tap(PlanDo.GIVE, shop_id, plan.day, order=job.order.id, person=one.staff_id)
        rows.append([plan_button(f"{label} •" if is_now else label, tap)])
    rows.append([to_plan(shop_id, plan.day, t, "do-plan-back")])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def staff_screen(
    shop_id: int,
    day: date,
    people: Sequence[tuple[Florist, bool]],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """Who works on this day; a tap switches it. The plan proposes only people at work."""
    rows = []
    for one, works in people:
        key = "plan-works" if works else "plan-off"
        tap = _tap(PlanDo.TURN, shop_id, day, person=one.staff_id)
        rows.append([plan_button(t.plain(key, name=person_name(one.name, t)), tap)])
    rows.append([to_plan(shop_id, day, t, "do-plan-back")])
    lines = [t("plan-staff-title", day=t(day_key(day, now, rules))), t("plan-staff-how")]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def given(done: int, refused: int, not_accepted: int, t: Translator) -> str:
    """The answer to «Назначить всех»: how many were assigned, and why others were not."""
    parts = [t.plain("plan-given", count=done)]
    parts += [t.plain("plan-not-accepted", count=not_accepted)] if not_accepted else []
    parts += [t.plain("plan-refused", count=refused)] if refused else []
    return "\n".join(parts)


def day_key(day: date, now: datetime, rules: ShopRules) -> str:
    """The key of the day's name: today or tomorrow."""
    return "day-today" if day == now.astimezone(rules.zone).date() else "day-tomorrow"


def _shares(waiting: Sequence[Job], t: Translator) -> Markup:
    """«Оля 4 · Ира 3 · без флориста 2», including proposals."""
    count = Counter(job.florist for job in waiting)
    parts = [
        t("plan-share", name=escape(person_name(one.name, t)), count=many)
        for one, many in count.most_common()
        if one is not None
    ]
    if count[None]:
        parts.append(t("plan-share-none", count=count[None]))
    return Markup(" · ").join(parts)


def _tails(plan: Plan, rules: ShopRules, now: datetime, t: Translator) -> dict[int, str]:
    """By order id: the end of its number, if another order of the day has the same line or button."""
    lines = {job.order.id: _line(job, plan.day, rules, now, t) for job in plan.jobs}
    names = {job.order.id: _label(job, rules, t) for job in plan.jobs}
    numbers = {job.order.id: number(job.order) for job in plan.jobs}
    found = dict.fromkeys(numbers, "")
    for one, own in numbers.items():
        twins = [
            numbers[other]
            for other in numbers
            if other != one and (lines[other] == lines[one] or names[other] == names[one])
        ]
        if twins:
            lengths = range(min(_TAIL, len(own)), len(own))
            ends = (own[-length:] for length in lengths)
            found[one] = next((end for end in ends if not any(two.endswith(end) for two in twins)), own)
    return found


def _line(job: Job, day: date, rules: ShopRules, now: datetime, t: Translator, tail: str = "") -> Markup:
    """«🟡 05:45 Пионы «Облако» · 6184 → фото 06:05 → выезд 06:20 · Ира?»."""
    parts = [_first(job, day, rules, now, t, tail)]
    parts += [t("due-photo-then", clock=clock(job.photo_by, rules.zone))] if job.photo_by else []
    parts += [t("due-leave-then", clock=clock(job.leave_by, rules.zone))] if job.leave_by else []
    return t("joined", first=Markup(" → ").join(parts), second=_who(job, t))


def _first(job: Job, day: date, rules: ShopRules, now: datetime, t: Translator, tail: str) -> Markup:
    what = Markup(" · ").join(escape(one) for one in (_name(job.order, t, _WHAT), tail) if one)
    state = escape(sign(job.order))
    if job.is_assembled:
        return t("plan-assembled", sign=state, what=what)
    if job.assemble_by is None:
        return t("plan-untimed", sign=state, what=what)
    when = _clock(job.assemble_by, day, rules, now, t)
    return t("plan-assemble", sign=state, what=what, clock=when)


def _clock(at: datetime, day: date, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """Names the day only if it differs from the plan's."""
    is_that_day = at.astimezone(rules.zone).date() == day
    return clock(at, rules.zone) if is_that_day else moment(at, now, rules.zone, t)


def _who(job: Job, t: Translator) -> Markup:
    if job.florist is None:
        return t("plan-nobody")
    name = escape(person_name(job.florist.name, t))
    return t("plan-maybe", name=name) if job.is_proposed else name


def _label(job: Job, rules: ShopRules, t: Translator, tail: str = "") -> str:
    when = f"{clock(job.assemble_by, rules.zone)} " if job.assemble_by else ""
    end = f" {tail}" if tail else ""
    return when + _name(job.order, t, max(1, HALF_ROW - len(when) - len(end))) + end


def _job_button(
    shop_id: int, plan: Plan, job: Job, rules: ShopRules, t: Translator, page: int, tail: str
) -> InlineKeyboardButton:
    """Changes who assembles the order; a button of an order that is not accepted opens it."""
    label = _label(job, rules, t, tail)
    if job.order.status not in IN_THE_SHOP:
        return labelled(label, job.order, Do.OPEN)
    return plan_button(label, _tap(PlanDo.WHO, shop_id, plan.day, page=page, order=job.order.id))


def _give_all(shop_id: int, plan: Plan, t: Translator) -> Row:
    count = sum(job.order.status is not Status.NEW for job in plan.proposed)
    if not count:
        return []
    return [plan_button(t.plain("do-plan-all", count=count), _tap(PlanDo.GIVE_ALL, shop_id, plan.day))]


def _turning(
    shop_id: int, plan: Plan, page: int, pages: int, rules: ShopRules, now: datetime, t: Translator
) -> Row:
    """Buttons to the previous page, the other day, the next page."""
    today = now.astimezone(rules.zone).date()
    is_today = plan.day == today
    other = today + timedelta(days=1) if is_today else today
    row = [to_plan(shop_id, other, t, "board-button-tomorrow" if is_today else "board-button-today")]
    if page > 0:
        row.insert(0, to_plan(shop_id, plan.day, t, "board-previous", page - 1))
    if page + 1 < pages:
        row.append(to_plan(shop_id, plan.day, t, "board-next", page + 1))
    return row


def _name(order: Order, t: Translator, room: int) -> str:
    return fit(product(order, t) or number(order), room)


def _tap(do: PlanDo, shop_id: int, day: date, *, page: int = 0, order: int = 0, person: int = 0) -> PlanTap:
    return PlanTap(do=do, shop=shop_id, day=day.toordinal(), page=page, order=order, person=person)

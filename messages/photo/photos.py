"""Messages about photos: the request, the confirmation, what is wrong with a photo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.callbacks.photos import MoveDo, MoveTap, PoorTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit
from messages.photo.checklist import tick_rows
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.formatting import moment
from messages.ui.heading import number
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.toasts import done
from orders.model.order import Order
from orders.model.photo import Photo
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.photo.checklist import valid_check
from orders.photo.quality import Measures, flaws
from orders.schedule.deadlines import leave_by


def request(look: Look, ticked: int) -> Screen:
    """Asks for this order's photo: what it must show, and the client's complaint, if any."""
    order, t = look.order, look.t
    lines = [t("ask-picture", number=number(order))]
    if order.progress.complaint is not None:
        words = clean(order.progress.complaint.complaint, limits.REASON)
        lines.append(t("ask-picture-complaint", text=words))
    check = valid_check(order)
    if check is not None:
        return _screen([*lines, t("photo-checked", signed=look.signed(check.made))], [])
    return _screen([*lines, t("ask-check")], tick_rows(order, 0, ticked, t))


def kept(look: Look, version: int, ticked: int, *, is_assumed: bool = False) -> Screen:
    """The photo's order, until when the shop waits for the client, and what is not ticked yet.

    `is_assumed`: nobody named the order; the message says why it was chosen.
    """
    order, t = look.order, look.t
    waits = [t("card-new-photo-needed")] if order.is_photo_outdated else _waiting(look)
    said = t("photo-went-to", number=number(order), words=done(Step.ATTACH_PHOTO, order, t))
    lines = [said, *([t("photo-only-order")] if is_assumed else []), *waits]
    wrong = [[_move(t.plain("photo-wrong-order"), MoveDo.ASK, order, version)]]
    check = valid_check(order)
    if check is not None:
        return _screen([*lines, t("photo-checked", signed=look.signed(check.made))], wrong)
    return _screen([*lines, t("photo-check-now")], [*tick_rows(order, version, ticked, t), *wrong])


def poor(order: Order, photo_id: int, measures: Measures, rules: ShopRules, t: Translator) -> Screen:
    """What is wrong with the picture, by its measures; it is stored until its sender decides (R35)."""
    anyway = PoorTap(photo=photo_id, order=order.id).pack()
    rows = [
        [labelled(t.plain("photo-take-another"), order, Do.PHOTO)],
        [InlineKeyboardButton(text=t.plain("photo-send-anyway"), callback_data=anyway)],
    ]
    lines = [*flaw_lines(measures, rules, t), t("photo-poor", number=number(order))]
    return _screen(lines, rows)


def flaw_lines(measures: Measures, rules: ShopRules, t: Translator) -> list[Markup]:
    """«Слишком темно: букет не разглядеть»."""
    return [t(f"photo-{flaw.value}") for flaw in flaws(measures, rules)]


def caption(order: Order, photo: Photo, t: Translator) -> str:
    """«25836184 · фото 2 · по просьбе: Цвет не тот»."""
    said = t("caption-photo", number=number(order), version=photo.version)
    if photo.answers is None:
        return said
    words = clean(photo.answers.complaint, limits.REASON)
    return t("joined", first=said, second=t("photo-answers", text=words))


def which_order(
    order: Order, version: int, choices: Sequence[tuple[Order, str]], t: Translator, *, has_more: bool = False
) -> Screen:
    """The other orders to which a photo may belong; if there are more, how to name one."""
    rows = [[_move(label, MoveDo.TO, order, version, other.id)] for other, label in choices]
    key = "photo-move" if choices else "photo-move-nowhere"
    back = [_move(t.plain("photo-stay"), MoveDo.STAY, order, version)]
    more = [t("photo-move-more")] if has_more else []
    return _screen([t(key, number=number(order)), *more], [*rows, back])


def moved(source: Order, target: Order, version: int, t: Translator) -> Screen:
    """The photo's new order, the consequence for the old one, and the way back."""
    lines = [t("photo-moved", source=number(source), target=number(target))]
    if source.lacks_photo:
        key = "photo-moved-marketplace" if source.status is Status.PHOTO else "photo-moved-lacks"
        lines.append(t(key, number=number(source)))
    back = _move(t.plain("photo-move-back"), MoveDo.BACK, target, version, source.id)
    return _screen(lines, [[back], [labelled(t.plain("do-open"), target, Do.OPEN)]])


def _waiting(look: Look) -> list[Markup]:
    """«Ответ ждём до 13:45, выезд не позже 14:05» (R29, R31)."""
    order, rules, now, t = look.order, look.rules, look.now, look.t
    if order.progress.rating is not None or not order.progress.photos:
        return []
    leave_at, seen_from = leave_by(order, rules), order.photo_seen_from
    if seen_from is None:
        return _unseen(look, leave_at)
    answer_by = seen_from + timedelta(minutes=rules.rating_minutes)
    wait = moment(answer_by, now, rules.zone, t)
    if leave_at is None:
        return [t("photo-wait", answer=wait)]
    if leave_at <= now:
        return [t("photo-wait-no-more")]
    leave = moment(leave_at, now, rules.zone, t)
    if leave_at <= answer_by:  # the order leaves before the client's time to answer ends
        return [t("advice-no-waiting-until", clock=leave)]
    return [t("photo-wait-leave", answer=wait, leave=leave)]


def _unseen(look: Look, leave_at: datetime | None) -> list[Markup]:
    """The client's time to answer has not started, but the time to leave is fixed (X20, R31)."""
    if leave_at is not None and leave_at <= look.now:
        return [look.t("photo-wait-no-more")]
    lines = [look.t("photo-wait-unseen")]
    if leave_at is not None:
        lines.append(look.t("photo-leave-by", leave=moment(leave_at, look.now, look.rules.zone, look.t)))
    return lines


def _move(label: str, do: MoveDo, order: Order, version: int, to: int = 0) -> InlineKeyboardButton:
    data = MoveTap(do=do, order=order.id, photo=version, to=to).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _screen(lines: list[Markup], rows: list[Row]) -> Screen:
    return Screen(str(Markup("\n").join(lines)), keyboard(rows))

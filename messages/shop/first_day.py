"""The director's list for the first day: five steps, with a button for each open one."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.team import FirstDo, FirstTap
from messages.i18n.texts import Translator
from messages.ui.buttons import Row, keyboard, remove_trial_button
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.status import Status
from orders.shop.first_day import INVITED, FirstDay, Task


def first_day_screen(day: FirstDay, shop_name: str, shop_id: int, group_link: str, t: Translator) -> Screen:
    """Done and open steps, and how to do them. `group_link` adds the bot to a group."""
    title = t("first-done") if day.is_done else t("first-title", done=len(day.done), count=len(Task))
    lines = [title, *(_line(task, day, shop_name, t) for task in Task)]
    if day.trial is not None and Task.TRIAL in day.done:
        lines.append(t("first-trial-done"))
    return Screen(str(Markup("\n").join(lines)), keyboard(_rows(day, shop_id, group_link, t)))


def _line(task: Task, day: FirstDay, shop_name: str, t: Translator) -> Markup:
    is_done = task in day.done
    words = t(f"first-{task.value}", shop=shop_name)
    if is_done:
        return t("first-ticked", words=words)
    how = t(_stage(day.trial)) if task is Task.TRIAL else t(f"first-{task.value}-how")
    return t("first-open", words=words, how=how)


def _stage(trial: Order | None) -> str:
    """The key of the next step with the trial order."""
    if trial is None:
        return "first-trial-how"
    if trial.is_final:
        return "first-trial-again"
    return "first-trial-accept" if trial.status is Status.NEW else "first-trial-go-on"


def _rows(day: FirstDay, shop_id: int, group_link: str, t: Translator) -> list[Row]:
    """The trial order comes first: it shows the whole workflow, even to a director who is still alone."""
    trial, rows = day.trial, list[Row]()
    if trial is None or trial.is_final:
        rows.append([_button("first-do-trial", FirstDo.TRIAL, shop_id, t)])
    others: Row = []
    if Task.GROUP not in day.done:
        others.append(InlineKeyboardButton(text=t.plain("first-do-group"), url=group_link))
    for task, role in INVITED.items():
        if task not in day.done:
            others.append(_button(f"first-do-{task.value}", FirstDo.INVITE, shop_id, t, role.value))
    if trial is not None:
        others.append(remove_trial_button(shop_id, t))
    others.append(_button("first-do-hide", FirstDo.HIDE, shop_id, t))
    return [*rows, *(others[at : at + 2] for at in range(0, len(others), 2))]


def _button(key: str, do: FirstDo, shop_id: int, t: Translator, arg: str = "") -> InlineKeyboardButton:
    data = FirstTap(do=do, shop=shop_id, arg=arg).pack()
    return InlineKeyboardButton(text=t.plain(key), callback_data=data)

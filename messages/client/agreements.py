"""Agreements with the client: lines of cards and of the history, screens for the staff."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, tap
from messages.ui.formatting import span
from messages.ui.heading import number, opening
from messages.ui.names import product_name
from messages.ui.order_view import Look
from messages.ui.people import signed
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.client.agreements import askable, is_for_app, is_pending, may_withdraw, on_record
from orders.client.links import may_contact
from orders.model.details import Window
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Agreement, Order, Proposal, Topic
from orders.model.people import Actor
from orders.model.rules import ShopRules

MOST_SHOWN = 3
"""Maximum agreements with a button: four topics and the way back need the other five."""

_SECRETS = {
    Topic.SUBSTITUTION: Secret.CARD_TEXT,
    Topic.SURCHARGE: Secret.CARD_TEXT,
    Topic.THIRD_PERSON: Secret.ADDRESS,
}


def what(proposal: Proposal, rules: ShopRules, now: datetime, t: Translator, *, sums: bool = True) -> Markup:
    """«Время: сегодня 14:00-15:00 → сегодня 16:00-17:00», «Доплата 500 ₽: срочность»."""
    words = clean(proposal.words, limits.REASON)
    if proposal.topic is Topic.WINDOW:
        before, after = (_span(one, now, rules, t) for one in (proposal.instead_of, proposal.window))
        return t("agreement-window", before=before, after=after)
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        old, new = (product_name(line.name, t) for line in (proposal.replaced, proposal.replacement))
        line = t("agreement-substitution", before=old, after=new)
        return t("joined", first=line, second=_difference(proposal.extra, t)) if sums else line
    if proposal.topic is Topic.SURCHARGE and proposal.extra and sums:
        return t("agreement-surcharge", amount=money(proposal.extra, t), words=words)
    if proposal.topic is Topic.SURCHARGE:
        return t("agreement-surcharge-bare")
    return t("agreement-third_person", words=words)


def state(order: Order, agreement: Agreement, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """«ждём ответа клиента», «клиент согласен, 12:03, Анна: да, хорошо»."""
    if agreement.withdrawn is not None:
        said = t("agreement-withdrawn", signed=signed(agreement.withdrawn, rules, now, t))
        return _noted(said, agreement.reason, t)
    if agreement.answered is None:
        return t("agreement-open", signed=signed(agreement.asked, rules, now, t))
    if agreement.paid is not None:
        return t("agreement-paid", signed=signed(agreement.paid, rules, now, t))
    key = "agreement-agreed" if agreement.agreed else "agreement-not-agreed"
    answer = _noted(t(key, signed=signed(agreement.answered, rules, now, t)), agreement.words, t)
    if agreement.is_unpaid:
        bill = t("agreement-bill-due" if is_for_app(order, agreement) else "agreement-unpaid")
        return t("joined", first=answer, second=bill)
    return answer


def card_lines(look: Look) -> list[Markup]:
    """Pending agreements, and valid ones that appear nowhere else on the card; none for a closed order."""
    if look.order.is_final:
        return []
    shown = (one for one in look.order.agreements if _is_on_card(look, one))
    lines = []
    for one in shown:
        text = what(one.proposal, look.rules, look.now, look.t, sums=look.may(Secret.MONEY))
        how = state(look.order, one, look.rules, look.now, look.t)
        lines.append(look.t("agreement-line", what=text, state=how))
        if one.is_unpaid:
            lines.append(look.t("agreement-blocks"))
    return lines


def third_person_lines(look: Look) -> list[Markup]:
    """The third person who may take the order: all that a carrier needs of the agreements (R44)."""
    one = on_record(look.order, Topic.THIRD_PERSON)
    if one is None or look.order.is_final or not look.may(Secret.ADDRESS):
        return []
    text = what(one.proposal, look.rules, look.now, look.t)
    return [look.t("agreement-line", what=text, state=look.t("agreement-agreed-short"))]


def _is_on_card(look: Look, agreement: Agreement) -> bool:
    """An agreed window or product is among the changes already; carriers do not need other agreements."""
    topic = agreement.proposal.topic
    secret = _SECRETS.get(topic)
    if secret is not None and not look.may(secret):
        return False
    if is_pending(look.order, agreement):
        return True
    return agreement.holds and topic in {Topic.SURCHARGE, Topic.THIRD_PERSON}


def agreements(order: Order, viewer: Actor, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """All that the client was asked, and what may be asked now."""
    lines = [agreement_line(order, one, rules, now, t) for one in order.agreements]
    text = fit_lines([*opening(order, rules, now, t), Markup(), *(lines or [t("agreements-none")])])
    topics = [
        _button(order, AgreementDo(topic.value), 0, t)
        for topic in askable(order, viewer)
        if topic is not Topic.SUBSTITUTION or order.details.lines
    ]
    rows = [topics[at : at + 2] for at in range(0, len(topics), 2)]
    return Screen(str(text), keyboard([*_pending(order, t), *rows, [tap(order, Do.CARD, t)]]))


def _pending(order: Order, t: Translator) -> list[Row]:
    waiting = [one for one in order.agreements if is_pending(order, one)][-MOST_SHOWN:]
    labels = ((one, t.plain(f"agreement-show-{one.proposal.topic.value}")) for one in waiting)
    return [[_labelled(order, AgreementDo.SHOW, one.number, label)] for one, label in labels]


def goods(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ask which product is missing (R84)."""
    rows = [
        [_labelled(order, AgreementDo.REPLACE, place, line.name or t.plain("product-unnamed"))]
        for place, line in enumerate(order.details.lines[: limits.BUTTONS - 1])
    ]
    lines = [*opening(order, rules, now, t), Markup(), t("agreements-which-goods")]
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(order, Do.AGREEMENTS, t)]]))


def agreement(
    order: Order, one: Agreement, rules: ShopRules, now: datetime, t: Translator, *, is_linked: bool = False
) -> Screen:
    """One agreement: the question, the words for the client until they answer, and the next step.

    `is_linked`: the client follows the order in Telegram and was asked there.
    """
    lines = [
        t("agreement-heading", number=number(order)),
        agreement_line(order, one, rules, now, t),
        Markup(),
    ]
    if one.is_open:
        lines += [t("agreement-client-asked")] if is_linked else [t("agreement-copy")]
        lines.append(copied(for_client(order, one.proposal, rules, now, t)))
    elif is_for_app(order, one):
        lines.append(t(_in_app(order, one)))
        lines += _for_support(order, one.proposal, rules, now, t)
    elif one.is_unpaid:
        lines.append(t("agreement-wait-for-money"))
    rows = [*_steps(order, one, rules, now, t), [tap(order, Do.OPEN, t)]]
    return Screen(str(fit_lines(lines)).rstrip(), keyboard(rows))


def preview(
    order: Order, asked: Proposal, rules: ShopRules, now: datetime, t: Translator, *, is_linked: bool
) -> Screen:
    """What the client will read, before it is sent; without a link it is for the marketplace's chat."""
    words = question(order, asked, rules, now, t) if is_linked else for_client(order, asked, rules, now, t)
    lines = [
        t("agreement-heading", number=number(order)),
        what(asked, rules, now, t),
        Markup(),
        t("agreement-preview" if is_linked else "agreement-preview-chat"),
        Markup("<blockquote>{}</blockquote>").format(words),
    ]
    send = t.plain("agreement-do-send" if is_linked else "agreement-do-ask")
    answers = [
        _labelled(order, AgreementDo.SEND, 0, send),
        _button(order, AgreementDo.CHANGE, 0, t),
    ]
    return Screen(str(fit_lines(lines)), keyboard([answers, [tap(order, Do.OPEN, t)]]))


def _steps(order: Order, one: Agreement, rules: ShopRules, now: datetime, t: Translator) -> list[Row]:
    rows: list[Row] = []
    if one.is_open:
        rows.append([_button(order, do, one.number, t) for do in (AgreementDo.YES, AgreementDo.NO)])
    elif is_for_app(order, one):
        key = "agreement-do-bill" if one.is_unpaid else "agreement-do-in-app"
        rows.append([_labelled(order, AgreementDo.IN_APP, one.number, t.plain(key))])
    elif one.is_unpaid:
        rows.append([_button(order, AgreementDo.PAID, one.number, t)])
    if may_withdraw(one, now - (one.answered or one.asked).at, rules):
        rows.append([_button(order, AgreementDo.WITHDRAW, one.number, t)])
    return rows


def _in_app(order: Order, one: Agreement) -> str:
    """A substitution that costs more needs a message to support and a bill for the client."""
    if one.proposal.topic is not Topic.SUBSTITUTION or not one.is_unpaid:
        return f"agreement-in-app-{one.proposal.topic.value}"
    return "agreement-in-app-surcharge" if is_own(order.number) else "agreement-in-app-dearer"


def support_button(look: Look) -> InlineKeyboardButton | None:
    """Button of the card to the text for support, once the client has agreed to a substitution (R84)."""
    order = look.order
    if is_own(order.number) or not may_contact(order, look.viewer):
        return None
    agreed = (one for one in order.agreements if one.proposal.topic is Topic.SUBSTITUTION)
    one = next((one for one in agreed if is_for_app(order, one)), None)
    if one is None:
        return None
    return _labelled(order, AgreementDo.SHOW, one.number, look.t.plain("agreement-show-substitution"))


def _for_support(
    order: Order, agreed_on: Proposal, rules: ShopRules, now: datetime, t: Translator
) -> list[Markup]:
    """The text to copy for the marketplace's support after the client agreed (R66, R84)."""
    if is_own(order.number) or agreed_on.topic not in {Topic.WINDOW, Topic.SUBSTITUTION}:
        return []
    text = t.plain("support-agreed", number=number(order), what=what(agreed_on, rules, now, t).unescape())
    return [t("support-copy"), copied(text)]


def for_client(order: Order, proposal: Proposal, rules: ShopRules, now: datetime, t: Translator) -> str:
    """The question and how to answer it, as plain text for the marketplace's chat."""
    return f"{question(order, proposal, rules, now, t)} {t.plain('client-please-write')}"


def question(order: Order, proposal: Proposal, rules: ShopRules, now: datetime, t: Translator) -> str:
    """The question to the client, as plain text."""
    words = clean(proposal.words, limits.REASON)
    said = {"number": number(order), "words": words}
    if proposal.topic is Topic.WINDOW:
        said["after"] = _span(proposal.window, now, rules, t).unescape()
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        said["before"] = product_name(proposal.replaced.name, t)
        said["after"] = product_name(proposal.replacement.name, t)
        said["difference"] = _difference(proposal.extra, t).unescape()
    if proposal.topic is Topic.SURCHARGE and proposal.extra:
        said["amount"] = money(proposal.extra, t).unescape()
    return t.plain(f"client-asked-{proposal.topic.value}", **said)


def agreement_line(order: Order, one: Agreement, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """The question and its state."""
    text = what(one.proposal, rules, now, t)
    return t("agreement-line", what=text, state=state(order, one, rules, now, t))


def _difference(extra: Money | None, t: Translator) -> Markup:
    """«доплата 300 ₽», «вернём 200 ₽», «без доплаты»."""
    if extra is None or not extra.minor:
        return t("difference-none")
    amount = money(Money(abs(extra.minor), extra.currency), t)
    return t("difference-more" if extra.minor > 0 else "difference-less", amount=amount)


def _span(window: Window | None, now: datetime, rules: ShopRules, t: Translator) -> Markup:
    return span(window, now, rules.zone, t) if window else t("change-nothing")


def _noted(text: Markup, words: str, t: Translator) -> Markup:
    said = clean(words, limits.REASON)
    return t("noted", text=text, note=said) if said else text


def _button(order: Order, do: AgreementDo, place: int, t: Translator) -> InlineKeyboardButton:
    return _labelled(order, do, place, t.plain(f"agreement-do-{do.value}"))


def _labelled(order: Order, do: AgreementDo, place: int, label: str) -> InlineKeyboardButton:
    data = AgreementTap(do=do, order=order.id, place=place).pack()
    return InlineKeyboardButton(text=fit(clean(label, limits.NOTE), limits.BUTTON), callback_data=data)

"""Messages by e-mail, text message or push while Telegram is unreachable, and the summary after it (X21).

Nobody controls who reads these channels: they only name an order, its window and what is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui import limits
from messages.ui.formatting import clock, moment
from messages.ui.heading import number, when
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.deadlines import accept_by

MOST_LINES = 10
"""Orders in one message, as text messages are short."""
_MOST_NAMED = 30


def title(shop: str, t: Translator) -> str:
    """«Цветы на Лесной: Telegram не отвечает»."""
    return t.plain("fallback-title", shop=clean(shop, limits.PERSON))


def body(matters: Sequence[tuple[Order, str]], rules: ShopRules, now: datetime, t: Translator) -> str:
    """A line for each order: number, what is due and until when, the window. Plain text."""
    lines = [_line(order, about, rules, now, t) for order, about in matters[:MOST_LINES]]
    if len(matters) > MOST_LINES:
        lines.append(t("fallback-more", count=len(matters) - MOST_LINES))
    return str(Markup("\n").join([*lines, t("fallback-end")]).unescape())


def _line(order: Order, about: str, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    due = clock(accept_by(order, rules), rules.zone)
    what = t(f"fallback-about-{about.replace('_', '-')}", clock=due)
    return t(
        "fallback-line",
        number=number(order),
        what=what,
        when=when(order, rules, now, t, with_distance=False),
    )


def trouble_words(shop: str, kind: str, about: str, t: Translator, *, is_over: bool) -> tuple[str, str]:
    """Title and text of a technical trouble; without orders or people."""
    words = t(f"trouble-over-{kind}" if is_over else f"trouble-{kind}", about=about)
    return t.plain("fallback-trouble-title", shop=clean(shop, limits.PERSON)), words.striptags()


def news_words(shop: str, kind: str, number: str, t: Translator) -> tuple[str, str]:
    """Title and text of a shop's news; `number` is the order's, if the news is about one."""
    return title(shop, t), t.plain(f"fallback-news-{kind.replace('_', '-')}", number=number)


def trial(shop: str, t: Translator) -> tuple[str, str]:
    """Title and text of a test message."""
    return t.plain("fallback-trial-title", shop=clean(shop, limits.PERSON)), t.plain("fallback-trial")


def telegram_back(
    began: datetime,
    silent: datetime | None,
    left: Mapping[str, datetime],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """The summary of an outage; `left`: orders sent by the fallback channels, with the time.

    `silent`: since when Telegram did not answer at all, if that was long enough to lose taps.
    """
    since = moment(began, now, rules.zone, t)
    lines = [t("telegram-back", since=since, until=clock(now, rules.zone))]
    if left:
        named = [
            t("telegram-back-order", number=one, when=moment(at, now, rules.zone, t))
            for one, at in list(left.items())[:_MOST_NAMED]
        ]
        lines += [t("telegram-back-left"), *named]
    if silent is not None:
        lines.append(t("telegram-back-taps", since=moment(silent, now, rules.zone, t)))
    return Screen(str(fit_lines(lines)))

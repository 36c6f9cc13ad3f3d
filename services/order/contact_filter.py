"""Removes phones, mail addresses, profiles and messengers from what client and shop write (R62)."""

from __future__ import annotations

from dataclasses import replace

from messages.i18n.untrusted_text import clean_lines
from orders.model.details import Line
from orders.model.order import Order, Proposal
from orders.model.rules import ShopRules
from orders.parsing.side_channels import HIDDEN, plain_signs, without_digit_runs, without_links
from orders.steps.commands import AnswerProposal, Cancel, Command, Rate
from services.phones import phone_finder

_HOME = "RU"
"""The marketplace's country: its clients write Russian numbers to shops abroad, too."""


def without_side_channels(words: str, rules: ShopRules) -> str:
    """The words for the other side, with dots in place of contacts of other channels.

    Phones are recognized in the format of the shop's country, of Russia, and with a country code. Invisible
    characters are removed first: a screen that drops them later would show the number again.
    """
    hidden = without_links(plain_signs(clean_lines(words)))
    for region in sorted({rules.country or _HOME, _HOME}):
        for _phone, start, end in reversed(phone_finder(region)(hidden)):
            hidden = hidden[:start] + HIDDEN + hidden[end:]
    return without_digit_runs(hidden)


def has_hidden(words: str, passed_on: str) -> bool:
    """Whether something was hidden in the words that were passed on."""
    return passed_on.count(HIDDEN) > words.count(HIDDEN)


def of_client(command: Command, rules: ShopRules) -> Command:
    """A client's command, as the staff may read it."""
    if isinstance(command, Rate):
        return replace(command, complaint=without_side_channels(command.complaint, rules))
    if isinstance(command, AnswerProposal):
        return replace(command, words=without_side_channels(command.words, rules))
    if isinstance(command, Cancel):
        return replace(command, reason=without_side_channels(command.reason, rules))
    return command


def as_client_reads(order: Order, rules: ShopRules) -> Order:
    """The order as its client may read it: the staff's words without contacts of other channels.

    The order itself keeps them: a courier needs the phone of a neighbour who takes the flowers.
    """
    agreements = tuple(replace(one, proposal=_proposal(one.proposal, rules)) for one in order.agreements)
    details = replace(order.details, lines=tuple(_line(line, rules) for line in order.details.lines))
    rating = order.progress.rating
    if rating is not None:
        rating = replace(rating, complaint=without_side_channels(rating.complaint, rules))
    progress = replace(order.progress, rating=rating)
    return replace(order, details=details, progress=progress, agreements=agreements)


def _proposal(proposal: Proposal, rules: ShopRules) -> Proposal:
    return replace(
        proposal,
        words=without_side_channels(proposal.words, rules),
        replaced=_line(proposal.replaced, rules) if proposal.replaced else None,
        replacement=_line(proposal.replacement, rules) if proposal.replacement else None,
    )


def _line(line: Line, rules: ShopRules) -> Line:
    return replace(line, name=without_side_channels(line.name, rules))

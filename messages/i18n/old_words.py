"""Former names of buttons, which people and the marketplace's training still use."""

from __future__ import annotations

from messages.i18n.texts import Translator


def word_of_today(said: str, t: Translator) -> str:
    """The present name of a button; "" if `said` is no former name."""
    pairs = (line.split(" = ", 1) for line in t.plain("old-words").splitlines())
    now = {old.casefold(): new for old, new in pairs}
    return now.get(said.strip(' «»"“”.!?…').casefold(), "")

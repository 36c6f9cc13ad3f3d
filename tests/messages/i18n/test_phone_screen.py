"""What a full card keeps (X16)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.phone_screen import Rank, Ranked, fitted

ABOVE = Markup("Текст копируется касанием:")
TEXT = Markup("<code>{}</code>").format("Клиент просит отменить заказ. " * 6)


def test_a_text_to_copy_goes_together_with_the_line_above_it() -> None:
    first = [Ranked(Markup(f"Строка {place}"), Rank.FIRST) for place in range(7)]
    to_copy = [Ranked(ABOVE, Rank.NOW), Ranked(TEXT, Rank.NOW)]
    assert "касанием" not in fitted([*first, *to_copy], 4)
    assert fitted([*first[:2], *to_copy], 4).endswith(f"{ABOVE}\n{TEXT}")

"""What a full card keeps (X16)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.phone_screen import Ranked, fitted

ABOVE = Markup("Текст копируется касанием:")
TEXT = Markup("<code>{}</code>").format("Клиент просит отменить заказ. " * 6)


def test_a_text_to_copy_goes_together_with_the_line_above_it() -> None:
    first = [Ranked(Markup(f"Строка {place}"), 0) for place in range(7)]
    assert "касанием" not in fitted([*first, Ranked(ABOVE, 1), Ranked(TEXT, 1)], 4)
    assert fitted([*first[:2], Ranked(ABOVE, 1), Ranked(TEXT, 1)], 4).endswith(f"{ABOVE}\n{TEXT}")

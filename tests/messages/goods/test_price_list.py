from __future__ import annotations

import pytest

from messages.callbacks.price_lists import ImportDo, ImportPart, ImportTap
from messages.goods.price_list import ON_PAGE, applied_screen, dropped_screen, import_screen
from messages.i18n.untrusted_text import TEXT_LIMIT, visible_units
from messages.ui.screen import Screen
from orders.goods.price_list import Entry, Preview, PriceList, preview
from orders.model.money import Money
from tests.builders import a_product
from tests.messages.journeys import EN, RU, as_read, labels


def found(new: int = 0, changed: int = 0, missing: int = 0, unreadable: int = 0, words: str = "x") -> Preview:
    entries = [Entry(f"new{at}", words) for at in range(new)]
    entries += [Entry(f"old{at}", price=Money(520_000), stock=7, url=words) for at in range(changed)]
    products = [a_product(offer_id=f"old{at}", name=words) for at in range(changed)]
    products += [a_product(offer_id=f"missing{at}", name=words) for at in range(missing)]
    return preview(PriceList(tuple(entries), unreadable), products, 1)


def plain(screen: Screen) -> str:
    return as_read(screen).replace("\u202f", " ")


def test_a_preview_says_what_changes_and_asks() -> None:
    screen = import_screen("цены <1>.xml", found(1, 1, 2, 3, "Пионы"), ImportTap(list=7), RU)
    assert plain(screen) == (
        "Прайс-лист «цены <1>.xml»\n"
        "Новых: 1, изменится: 1, без изменений: 0\n"
        "Нет в файле: 2. Они останутся как есть.\n"
        "Не удалось прочитать: 3. Проверьте в них артикул, название, цену и остаток.\n"
        "\n"
        "Изменится:\n"
        "Пионы: цена 4 900 ₽ → 5 200 ₽, ссылка, остаток нет → 7"
    )
    assert labels(screen) == [["Применить", "Отмена"], ["Новые: 1", "Нет в файле: 2"]]


def test_with_nothing_to_change_there_is_nothing_to_apply() -> None:
    screen = import_screen("a.xml", found(missing=1), ImportTap(list=7), RU)
    assert "Менять нечего." in plain(screen)
    assert labels(screen) == [["Отмена"]]


def test_pages_lead_on_and_back_and_never_past_the_end() -> None:
    many = found(new=25)
    first = import_screen("a.xml", many, ImportTap(list=7), RU)
    last = import_screen("a.xml", many, ImportTap(list=7, part=ImportPart.NEW, page=99), RU)
    assert labels(first)[-1] == ["Дальше →"]
    assert labels(last)[-1] == ["← Раньше"]
    assert "Страница 3 из 3" in plain(last)
    assert plain(first).count("(new") == ON_PAGE


@pytest.mark.parametrize("words", ["🌷" * 500, "<b>&" * 300, "\u202e" * 9, ""])
def test_whatever_a_file_holds_the_screen_fits(words: str) -> None:
    many = found(40, 40, 40, 10**6, words or "x")
    for t in (RU, EN):
        for part in ImportPart:
            screen = import_screen(words, many, ImportTap(list=2**62, part=part, page=1), t)
            assert visible_units(screen.text) <= TEXT_LIMIT
            assert screen.keyboard is not None
            buttons = [button for row in screen.keyboard.inline_keyboard for button in row]
            assert len(buttons) <= 8
            assert all(len((button.callback_data or "").encode()) <= 64 for button in buttons)
        assert visible_units(applied_screen(words, many, t).text) <= TEXT_LIMIT
        assert dropped_screen(words, t).keyboard is None


def test_what_a_button_carries_fits_at_its_longest() -> None:
    longest = ImportTap(list=2**63 - 1, do=ImportDo.APPLY, part=ImportPart.CHANGED, page=10**6 - 1)
    assert len(longest.pack().encode()) <= 64

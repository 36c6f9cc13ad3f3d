"""A preview of what a price list will change."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.price_lists import ImportDo, ImportPart, ImportTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.names import product_name
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.goods.price_list import Change, Field, Preview
from orders.goods.products import Product
from orders.model.money import Money

ON_PAGE = 10
_FILE_NAME = 60


def import_screen(name: str, found: Preview, here: ImportTap, t: Translator) -> Screen:
    """One page of a part below the counts; by default the first part that is not empty."""
    part = here.part if _size(found, here.part) else _first(found)
    pages = max(1, ceil(_size(found, part) / ON_PAGE))
    page = min(here.page, pages - 1)
    here = here.model_copy(update={"part": part, "page": page})
    lines = _counts(name, found, t)
    listed = _listed(found, part, page * ON_PAGE, t)
    if listed:
        lines += [Markup(), t(f"import-part-{part.value}"), *listed]
    if pages > 1:
        lines.append(t("report-page", page=page + 1, pages=pages))
    rows = [_decision(here, found, t), _parts(here, found, t), _paging(here, pages, t)]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def applied_screen(name: str, found: Preview, t: Translator) -> Screen:
    """The result of an applied list."""
    counts = {"new": len(found.new), "changed": len(found.changed)}
    return Screen(str(t("import-applied", name=clean(name, _FILE_NAME), **counts)))


def dropped_screen(name: str, t: Translator) -> Screen:
    """Says that the list was dropped."""
    return Screen(str(t("import-dropped", name=clean(name, _FILE_NAME))))


def _counts(name: str, found: Preview, t: Translator) -> list[Markup]:
    lines = [
        t("import-title", name=clean(name, _FILE_NAME)),
        t("import-counts", new=len(found.new), changed=len(found.changed), same=found.same),
    ]
    if found.missing:
        lines.append(t("import-missing", count=len(found.missing)))
    if found.unreadable:
        lines.append(t("import-unreadable", count=found.unreadable))
    if not found.wanted:
        lines.append(t("import-nothing"))
    return lines


def _size(found: Preview, part: ImportPart) -> int:
    return len(_items(found, part))


def _items(found: Preview, part: ImportPart) -> Sequence[Product | Change]:
    parts: dict[ImportPart, Sequence[Product | Change]] = {
        ImportPart.CHANGED: found.changed,
        ImportPart.NEW: found.new,
        ImportPart.MISSING: found.missing,
    }
    return parts[part]


def _first(found: Preview) -> ImportPart:
    return next((part for part in ImportPart if _size(found, part)), ImportPart.CHANGED)


def _listed(found: Preview, part: ImportPart, start: int, t: Translator) -> list[Markup]:
    items = _items(found, part)[start : start + ON_PAGE]
    return [_change(one, t) if isinstance(one, Change) else _product(one, t) for one in items]


def _product(one: Product, t: Translator) -> Markup:
    named = t(
        "import-product", name=clean(one.name, limits.PRODUCT), offer=clean(one.offer_id, limits.NUMBER)
    )
    return t("joined", first=named, second=money(one.price, t)) if one.price else named


def _change(one: Change, t: Translator) -> Markup:
    """Old and new price and stock; for longer texts only that they change."""
    said = [_field(one, field, t) for field in one.fields]
    name = product_name(one.before.name, t)
    return t("import-change", name=name, changes=Markup(", ").join(said))


def _field(one: Change, field: Field, t: Translator) -> Markup:
    if field is Field.PRICE:
        before, after = _price(one.before.price, t), _price(one.after.price, t)
        return t("import-field-price", before=before, after=after)
    if field is Field.STOCK:
        return t("import-field-stock", before=_count(one.before.stock, t), after=_count(one.after.stock, t))
    if field is Field.NAME:
        return t("import-field-name", after=product_name(one.after.name, t))
    return t(f"import-field-{field.value}")


def _price(price: Money | None, t: Translator) -> Markup:
    return money(price, t) if price else t("import-none")


def _count(stock: int | None, t: Translator) -> Markup:
    return t("import-none") if stock is None else escape(str(stock))


def _decision(here: ImportTap, found: Preview, t: Translator) -> Row:
    row = [_button(t.plain("button-import-drop"), here, do=ImportDo.DROP)]
    if found.wanted:
        row.insert(0, _button(t.plain("button-import-apply"), here, do=ImportDo.APPLY))
    return row


def _parts(here: ImportTap, found: Preview, t: Translator) -> Row:
    """Buttons of the other parts that are not empty."""
    return [
        _button(t.plain(f"button-import-{part.value}", count=_size(found, part)), here, part=part, page=0)
        for part in ImportPart
        if part is not here.part and _size(found, part)
    ]


def _paging(here: ImportTap, pages: int, t: Translator) -> Row:
    row = []
    if here.page > 0:
        row.append(_button(t.plain("board-previous"), here, page=here.page - 1))
    if here.page < pages - 1:
        row.append(_button(t.plain("board-next"), here, page=here.page + 1))
    return row


def _button(label: str, here: ImportTap, **changes: ImportDo | ImportPart | int) -> InlineKeyboardButton:
    data = here.model_copy(update=changes).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)

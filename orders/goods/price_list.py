"""A price list or feed that somebody sends: what it would change of the shop's products (R60, R61).

A value that the file leaves empty changes nothing, and a product that is not in the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from orders.goods.products import Product
from orders.model.money import MINOR_UNITS, Money
from orders.parsing.spreadsheet_cells import Cell, at, columns_of, minor_of, text_of

LONGEST_OFFER_ID = 50
"""What the marketplace takes for an offer id."""
LARGEST_STOCK = 9_999
_CURRENCY = "RUB"

_COLUMNS: Mapping[str, frozenset[str]] = {
    "offer_id": frozenset(
        {"артикул", "article", "код", "код товара", "offerid", "offer id", "offer_id", "id", "sku"}
    ),
    "name": frozenset({"название", "наименование", "товар", "название товара", "name", "title"}),
    "price": frozenset({"цена", "цена, руб", "цена руб", "стоимость", "price"}),
    "category": frozenset({"категория", "раздел", "category"}),
    "description": frozenset({"описание", "состав", "description"}),
    "picture_url": frozenset({"картинка", "фото", "изображение", "picture", "image", "photo"}),
    "url": frozenset({"ссылка", "адрес страницы", "url", "link"}),
    "stock": frozenset({"остаток", "количество", "наличие", "stock", "quantity", "count"}),
}


class Field(StrEnum):
    """What of a product a file can change."""

    NAME = "name"
    PRICE = "price"
    CATEGORY = "category"
    DESCRIPTION = "description"
    PICTURE = "picture_url"
    URL = "url"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Entry:
    """One product as the file has it; empty or None is what it does not say.

    `available` counts for a new product only: whether one of ours can be ordered people decide (R60).
    """

    offer_id: str
    name: str = ""
    price: Money | None = None
    category: str = ""
    description: str = ""
    picture_url: str = ""
    url: str = ""
    stock: int | None = None
    available: bool = True


@dataclass(frozen=True, slots=True)
class PriceList:
    """All that could be read; of two entries of one offer id the last holds."""

    entries: tuple[Entry, ...]
    unreadable: int = 0
    """Entries without an offer id, or with a sum or a stock that is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """A product as it is and as it would be."""

    before: Product
    after: Product
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change."""

    new: tuple[Product, ...]
    changed: tuple[Change, ...]
    missing: tuple[Product, ...]
    """Products of the shop that the file does not name; they stay."""
    same: int
    unreadable: int
    """What could not be read, and new products without a name."""

    @property
    def wanted(self) -> list[Product]:
        """Everything that is to be written."""
        return [*self.new, *(change.after for change in self.changed)]


def price_list_columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Where the columns stand, if this row is the heading of a price list."""
    found = columns_of(row, _COLUMNS)
    return found if "offer_id" in found and {"name", "price", "stock"} & found.keys() else None


def read_price_list(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Cell]]]) -> PriceList:
    """Read the rows below the heading; its sums are in roubles."""
    found: list[Entry | None] = []
    for _row_number, row in rows:
        if any(text_of(cell) for cell in row):
            found.append(entry_of({column: at(row, index) for column, index in columns.items()}))
    return collected(found)


def collected(found: Iterable[Entry | None]) -> PriceList:
    """The list of what was read, None for each entry that could not be."""
    entries: dict[str, Entry] = {}
    unreadable = 0
    for entry in found:
        if entry is None:
            unreadable += 1
        else:
            entries[entry.offer_id] = entry
    return PriceList(tuple(entries.values()), unreadable)


def entry_of(texts: Mapping[str, Cell], *, available: bool = True, currency: str = _CURRENCY) -> Entry | None:
    """An entry of its fields as they are written; None where it cannot be read."""
    offer_id = text_of(texts.get("offer_id"))
    try:
        price, stock = _minor(texts.get("price")), _stock(texts.get("stock"))
    except ValueError:
        return None
    if not 0 < len(offer_id) <= LONGEST_OFFER_ID:
        return None
    words = {name: text_of(texts.get(name)) for name in ("name", "category", "picture_url", "url")}
    description = str(texts.get("description") or "").strip()
    return Entry(
        offer_id,
        price=None if price is None else Money(price, currency),
        stock=stock,
        description=description,
        available=available,
        **words,
    )


def preview(listed: PriceList, products: Iterable[Product], shop_id: int) -> Preview:
    """Hold the file against the shop's products."""
    known = {product.offer_id: product for product in products}
    new = [_new(entry, shop_id) for entry in listed.entries if entry.offer_id not in known and entry.name]
    nameless = sum(1 for entry in listed.entries if entry.offer_id not in known and not entry.name)
    named = {entry.offer_id: entry for entry in listed.entries}
    pairs = [(known[offer_id], entry) for offer_id, entry in named.items() if offer_id in known]
    changed = tuple(change for change in (_change(product, entry) for product, entry in pairs) if change)
    return Preview(
        new=tuple(new),
        changed=changed,
        missing=tuple(product for product in known.values() if product.offer_id not in named),
        same=len(pairs) - len(changed),
        unreadable=listed.unreadable + nameless,
    )


def _minor(cell: Cell) -> int | None:
    """None for an empty cell; raises ValueError for what is no sum, or below zero."""
    if not text_of(cell):
        return None
    minor = minor_of(cell)
    if minor is None or minor < 0:
        raise ValueError("no sum")
    return minor


def _stock(cell: Cell) -> int | None:
    """A whole number, written as sheets write numbers."""
    minor = _minor(cell)
    if minor is None:
        return None
    whole, rest = divmod(minor, MINOR_UNITS)
    if rest:
        raise ValueError("not whole")
    return min(whole, LARGEST_STOCK)


def _new(entry: Entry, shop_id: int) -> Product:
    return Product(
        id=0,
        shop_id=shop_id,
        offer_id=entry.offer_id,
        name=entry.name,
        price=entry.price,
        category=entry.category,
        description=entry.description,
        picture_url=entry.picture_url,
        url=entry.url,
        stock=entry.stock,
        stopped=not entry.available,
    )


def _change(product: Product, entry: Entry) -> Change | None:
    after = replace(
        product,
        name=entry.name or product.name,
        price=entry.price or product.price,
        category=entry.category or product.category,
        description=entry.description or product.description,
        picture_url=entry.picture_url or product.picture_url,
        url=entry.url or product.url,
        stock=product.stock if entry.stock is None else entry.stock,
    )
    fields = tuple(field for field in Field if getattr(product, field) != getattr(after, field))
    return Change(product, after, fields) if fields else None

"""Importing a price list or feed: what it would change in the shop's products (R60, R61).

An empty value changes nothing, and products missing from the file stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from orders.goods.products import Product
from orders.model.money import MINOR_UNITS, Money
from orders.parsing.spreadsheet_cells import Cell, at, columns_of, minor_of, text_of

LONGEST_OFFER_ID = 50
"""The longest offer id that the marketplace accepts."""
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
    """The fields of a product that a file can change."""

    NAME = "name"
    PRICE = "price"
    CATEGORY = "category"
    DESCRIPTION = "description"
    PICTURE = "picture_url"
    URL = "url"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Entry:
    """One product as the file has it; empty or None for values that are missing.

    `available` counts for new products only: people decide whether an existing one can be ordered (R60).
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
    """All entries that could be read; if an offer id occurs twice, the last entry counts."""

    entries: tuple[Entry, ...]
    unreadable: int = 0
    """Entries without an offer id, or with an invalid sum or stock."""


@dataclass(frozen=True, slots=True)
class Change:
    """A product before and after the import."""

    before: Product
    after: Product
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing the file would change."""

    new: tuple[Product, ...]
    changed: tuple[Change, ...]
    missing: tuple[Product, ...]
    """Products of the shop that are not in the file; they stay."""
    same: int
    unreadable: int
    """Entries that could not be read, and new products without a name."""

    @property
    def wanted(self) -> list[Product]:
        """All products to be written."""
        return [*self.new, *(change.after for change in self.changed)]


def price_list_columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Column positions if this row is the heading of a price list; otherwise None."""
    found = columns_of(row, _COLUMNS)
    return found if "offer_id" in found and {"name", "price", "stock"} & found.keys() else None


def read_price_list(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Cell]]]) -> PriceList:
    """Reads the rows below the heading; the sums are in roubles."""
    found: list[Entry | None] = []
    for _row_number, row in rows:
        if any(text_of(cell) for cell in row):
            found.append(entry_of({column: at(row, index) for column, index in columns.items()}))
    return collected(found)


def collected(found: Iterable[Entry | None]) -> PriceList:
    """Builds the list from entries; None stands for an entry that could not be read."""
    entries: dict[str, Entry] = {}
    unreadable = 0
    for entry in found:
        if entry is None:
            unreadable += 1
        else:
            entries[entry.offer_id] = entry
    return PriceList(tuple(entries.values()), unreadable)


def entry_of(texts: Mapping[str, Cell], *, available: bool = True, currency: str = _CURRENCY) -> Entry | None:
    """Builds an entry from the text of its fields; None if it cannot be read."""
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
    """Compares the file with the shop's products."""
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
    """The sum in minor units; None for an empty cell.

    Raises ValueError when it is not a sum or is negative.
    """
    if not text_of(cell):
        return None
    minor = minor_of(cell)
    if minor is None or minor < 0:
        raise ValueError("no sum")
    return minor


def _stock(cell: Cell) -> int | None:
    """The stock as a whole number, capped; None for an empty cell. Raises ValueError when it is not whole."""
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

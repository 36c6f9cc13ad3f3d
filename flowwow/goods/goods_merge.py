"""Merges a product as the marketplace lists it with the stored one. Pure functions."""

from __future__ import annotations

from dataclasses import replace

from flowwow.api.goods import Listed
from orders.goods.products import MOST_STEMS, Product, Told
from orders.model.money import Money

LONGEST_NAME = 300
LONGEST_OFFER_ID = 50
"""The marketplace's limits in characters."""


def told_by(listed: Listed) -> Told:
    """Returns the state that the marketplace itself lists."""
    return Told(listed.is_active, listed.stock)


def offer_id_of(listed: Listed) -> str:
    """Returns the product's offer id, or else one made from its product id; empty where it has neither."""
    given = str(listed.product_id) if listed.product_id is not None else ""
    return (listed.offer_id or given)[:LONGEST_OFFER_ID]


def merged(kept: Product | None, listed: Listed, *, shown: bool) -> Product:
    """Returns the merged product with the stored `told`. `shown`: whether the stored one should be visible.

    Name and price are taken from the marketplace, and so are changes made in its app since the last sync: a
    product hidden there goes on the stop list, one shown there leaves it, and a stock changed there applies
    unless the shop has a pending change. A stock that the shop does not count stays uncounted.
    """
    if kept is None:
        stock = _stock(listed) or None  # 0 is the default of a shop that never counted
        new = Product(0, 0, offer_id_of(listed), "", stock=stock, stopped=listed.is_active is False)
        return _described(new, listed)
    product = _described(kept, listed)
    return replace(product, stopped=_stopped(kept, listed, shown=shown), stock=_counted(kept, listed))


def _described(product: Product, listed: Listed) -> Product:
    price = Money.parse(listed.price, listed.currency or "RUB") if listed.price else product.price
    return replace(
        product,
        name=listed.name[:LONGEST_NAME] or product.name or offer_id_of(listed),
        price=price,
        marketplace_id=listed.product_id or product.marketplace_id,
    )


def _stopped(kept: Product, listed: Listed, *, shown: bool) -> bool:
    if listed.is_active is None or listed.is_active is kept.told.shown:
        return kept.stopped
    if listed.is_active:
        return False
    # Hidden there by a person, as neither a missing flower here nor a stock that ran out there explains it.
    has_run_out = listed.stock == 0 and kept.told.stock != 0
    return kept.stopped or (shown and not has_run_out)


def _counted(kept: Product, listed: Listed) -> int | None:
    was_level = kept.stock is not None and kept.stock == kept.told.stock
    there = _stock(listed)
    return there if was_level and there is not None else kept.stock


def _stock(listed: Listed) -> int | None:
    return None if listed.stock is None else min(max(listed.stock, 0), MOST_STEMS)

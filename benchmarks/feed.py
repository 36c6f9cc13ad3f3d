"""Time and memory that the bot needs for a feed of ten thousand products."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp

from benchmarks.figures import Figure, quantile, report
from benchmarks.processes import HOST, Program
from benchmarks.shop import Staffed, colleagues, florist, shop_of, town
from orders.goods.products import Ingredient, Product
from orders.model.money import Money
from services.health.clock import utc_now
from storage.goods import products as goods

PRODUCTS = 10_000
ROUNDS = 5
SECRET = "benchmark-of-the-feed"  # noqa: S105 - protects only test data
PEOPLE = colleagues(manager=1)
_DESCRIPTION = "Пионы, эвкалипт и лента; высота 40 см. Соберём в день доставки и пришлём фото. " * 5


async def measure(products: int = PRODUCTS, rounds: int = ROUNDS) -> list[Figure]:
    """Request the feed from the real bot several times; the slowest request counts."""
    with tempfile.TemporaryDirectory() as name:
        async with town(PEOPLE, Path(name)) as place:
            async with shop_of(place, PEOPLE) as shop:
                await _fill(shop, products)
            async with florist(place, FEED_SECRET=SECRET) as bot:
                before = bot.resident()
                bot.forget_peak()
                seconds = [await _seconds(place.bot_port, products) for _ in range(rounds)]
                return _figures(products, seconds, bot.peak() - before, bot)


def _figures(products: int, seconds: list[float], grown: float, bot: Program) -> list[Figure]:
    slowest = max(seconds)
    beside = f"median {quantile(seconds, 0.5):.2f} s of {len(seconds)}"
    return [
        Figure(f"feed of {products:,} products", f"{slowest:.2f} s", "1 s", slowest, "1", beside),
        Figure(
            "memory the feed takes, at the most",
            f"{grown:.1f} MiB",
            "64 MiB",
            grown / 64,
            "1",
            f"the whole bot {bot.peak():.0f} MiB",
        ),
    ]


async def _seconds(port: int, products: int) -> float:
    """Seconds from the request to the last byte. Raises RuntimeError if products are missing."""
    began, offers = time.perf_counter(), 0
    url = f"http://{HOST}:{port}/feed/{SECRET}.xml"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        response.raise_for_status()
        async for line in response.content:
            offers += line.startswith(b"<offer ")
    seconds = time.perf_counter() - began
    if offers != products:
        raise RuntimeError(f"{offers} of {products} products are in the feed")
    return seconds


async def _fill(shop: Staffed, products: int) -> None:
    async with shop.database.write() as c:
        await goods.put_many(c, shop.shop.id, list(_products(products)), utc_now())


def _products(products: int) -> Iterator[Product]:
    """Products with recipe, picture and description, in ten categories."""
    for number in range(products):
        yield Product(
            id=0,
            shop_id=0,
            offer_id=f"p-{number}",
            name=f"Пионы «Облако» {number} шт",
            price=Money(490_000 + number),
            category=f"Букеты {number % 10}",
            description=_DESCRIPTION,
            picture_url=f"https://cdn.example/pictures/{number}.jpg",
            stock=number % 5,
            stopped=number % 7 == 0,
            recipe=(Ingredient("Пион", 15), Ingredient("Эвкалипт", 3)),
        )


if __name__ == "__main__":
    report(measure())

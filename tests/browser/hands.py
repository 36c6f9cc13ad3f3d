"""Actions on the demo page, and screenshots for README and guide."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Locator, Page, Response, ViewportSize, expect

from messages.i18n.texts import Translator
from messages.support.day_pack import pack_document
from orders.model.order import Order
from orders.schedule.day_pack import day_pack
from sandbox.driver.wire import PATIENCE
from services.pack import pack_child
from tests.builders import (
    ACCEPTED,
    COURIER_ASSIGNED,
    NOON,
    RULES,
    SELLER_ASSIGNED,
    a_line,
    a_window,
    an_order,
)

PATIENCE_MS = PATIENCE * 1000
PICTURE_FOLDER = "PICTURE_FOLDER"
"""Environment variable with the folder for pictures; see `make pictures`."""
SHARPNESS = 2 if os.environ.get(PICTURE_FOLDER) else 1
"""Picture pixels per page pixel: 2 makes text sharp on high-resolution screens."""
FRAME_MS, LAST_FRAME_MS = 1900, 4000
FILM_WIDTH = 1280


def chat(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"chat-{key}")


def messages(page: Page, key: str, about: str = "") -> Locator:
    """The messages of a chat that contain this, except those fading out."""
    return chat(page, key).locator("[data-testid=message]:not(.gone)").filter(has_text=about)


def press(page: Page, key: str, button: str, about: str = "") -> None:
    """Press the newest button with this label in a chat, under a message that contains `about`."""
    found = messages(page, key, about).get_by_role("button", name=button, exact=True).last
    found.click(timeout=PATIENCE_MS)


def choose(page: Page, key: str, words: str, about: str = "") -> None:
    """Press the newest button whose label contains these words."""
    found = messages(page, key, about).get_by_role("button", name=words).last
    found.click(timeout=PATIENCE_MS)


def press_key(page: Page, key: str, words: str) -> None:
    """Press a key of the permanent keyboard."""
    page.get_by_test_id(f"keyboard-{key}").get_by_role("button", name=words, exact=True).click(
        timeout=PATIENCE_MS
    )


def sees(page: Page, key: str, words: str, about: str = "") -> None:
    """Wait for a message that contains both texts."""
    expect(messages(page, key, about).filter(has_text=words).last).to_be_visible(timeout=PATIENCE_MS)


def offers(page: Page, key: str, button: str, about: str = "") -> None:
    """Wait for a button under a message."""
    found = messages(page, key, about).get_by_role("button", name=button, exact=True).last
    expect(found).to_be_visible(timeout=PATIENCE_MS)


def sees_photo_kept(page: Page, about: str = "") -> None:
    """Wait until the florist reads that the photo is saved, and the order's card has come below."""
    sees(page, "florist", "Фото сохранено", about)
    card = messages(page, "florist").filter(has_not_text="📌").last
    card = card.get_by_role("button", name="Я доставлю", exact=True)
    expect(card).to_be_visible(timeout=PATIENCE_MS)


def write(page: Page, words: str, key: str = "director") -> None:
    """Send a text to a chat."""
    chat(page, key).get_by_test_id(f"composer-{key}").fill(words)
    page.get_by_test_id(f"send-{key}").click()


def send(page: Page, photo: Path, key: str = "florist") -> None:
    """Send a photo without a caption."""
    chat(page, key).get_by_test_id(f"attach-{key}").set_input_files(photo)
    page.get_by_test_id(f"send-{key}").click()


def place(page: Page) -> str:
    """Place an order at the marketplace; returns its number once the group shows it."""
    page.get_by_test_id("place-order").click()
    with page.expect_response(_is_placed) as told:
        page.get_by_test_id("sample-bouquet").click()
    number = str(told.value.json()["id"])
    expect(chat(page, "group")).to_contain_text(number, timeout=PATIENCE_MS)
    return number


def _is_placed(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.url.endswith("marketplace/orders")


def placed(page: Page) -> str:
    """Place an order, have it accepted and given to a florist; returns its number once they have its card."""
    number = place(page)
    give(page, number)
    return number


def give(page: Page, number: str) -> None:
    """Let the director accept an order and give it to the florist; waits for the florist's card."""
    press(page, "director", "Принять", number)
    press(page, "director", "Назначить сотрудника", number)
    choose(page, "director", "Оля", number)
    offers(page, "florist", "Загрузить фото", number)


PACK_PPI = 50
"""At this resolution an A4 page is as wide as a chat."""

PAGE = ViewportSize(width=1800, height=1600 if os.environ.get(PICTURE_FOLDER) else 860)
"""Chats are about as wide as a phone; for pictures it is tall enough for the longest message."""


def keep_page(page: Page, name: str) -> None:
    """Save a screenshot of the whole page, if pictures are wanted."""
    if (file := _file(page, name)) is not None:
        page.screenshot(path=file, animations="disabled")


class Film:
    """Records screenshots as an animation, if pictures are wanted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._frames: list[Image.Image] = []

    def shoot(self) -> None:
        """Add a frame, including any toast, since it answers a press."""
        if os.environ.get(PICTURE_FOLDER):
            shot = Image.open(BytesIO(self._page.screenshot(animations="disabled"))).convert("RGB")
            height = round(shot.height * FILM_WIDTH / shot.width)
            self._frames.append(shot.resize((FILM_WIDTH, height), Image.Resampling.LANCZOS))

    def keep(self, name: str) -> None:
        """Save an animated WebP, which all browsers support, in true colour."""
        folder = os.environ.get(PICTURE_FOLDER)
        if not folder:
            return
        first, *others = self._frames
        lasting = [*[FRAME_MS] * len(others), LAST_FRAME_MS]
        first.save(
            Path(folder) / name,
            save_all=True,
            append_images=others,
            duration=lasting,
            loop=0,
            quality=82,
            method=6,
        )


def keep_message(page: Page, key: str, words: str, name: str, about: str = "") -> None:
    """Wait for the newest message that contains this, and save a screenshot if pictures are wanted."""
    found = messages(page, key, about).filter(has_text=words).last
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    if (file := _file(page, name)) is None:
        return
    page.mouse.move(0, 0)  # hover over nothing
    found.evaluate("message => message.scrollIntoView({block: 'end'})")
    place, seen = (
        one.bounding_box(timeout=PATIENCE_MS) for one in (found, chat(page, key).locator(".messages"))
    )
    assert place is not None
    assert seen is not None
    assert place["y"] >= seen["y"], f"{name} would lack its first line: the page must be taller"
    _keep(page.screenshot(clip=place, animations="disabled"), file)


def keep_pack(name: str) -> None:
    """Save the first page of the printed pack for the day, if pictures are wanted."""
    folder = os.environ.get(PICTURE_FOLDER)
    if not folder:
        return
    pack = day_pack(orders_to_print(), RULES, NOON)
    document = pack_document(pack, "Цветы на Лесной", RULES, {}, NOON, Translator("ru"))
    data = pack_child.inputs(json.dumps([document]).encode())
    pages: object = typst.compile(
        pack_child.TEMPLATE.read_bytes(),
        sys_inputs=data,
        ignore_system_fonts=True,
        format="png",
        ppi=PACK_PPI,
    )
    first = pages[0] if isinstance(pages, list) else pages
    assert isinstance(first, bytes)
    _keep(first, Path(folder) / name)


def orders_to_print() -> list[Order]:
    """One order assigned to a courier, one to a florist only, and one for tomorrow."""
    given = (ACCEPTED, SELLER_ASSIGNED)
    later = a_window(NOON + timedelta(hours=5))
    roses = (a_line(name="Розы «Рассвет» 25 шт"),)
    tulips = (a_line(name="Тюльпаны 51 шт"),)
    return [
        an_order(*given, COURIER_ASSIGNED, number="25836184"),
        an_order(*given, number="25836190", lines=roses, window=later, address="Садовая 3, кв 7"),
        an_order(
            ACCEPTED,
            number="25836201",
            lines=tulips,
            window=a_window(NOON + timedelta(days=1)),
            address="Мира 10, кв 4",
        ),
    ]


def _keep(shot: bytes, file: Path) -> None:
    """Save in true colour: a palette would turn red signs brown."""
    Image.open(BytesIO(shot)).convert("RGB").save(file, optimize=True)


def _file(page: Page, name: str) -> Path | None:
    folder = os.environ.get(PICTURE_FOLDER)
    if not folder:
        return None
    expect(page.get_by_test_id("toast")).to_have_count(0, timeout=PATIENCE_MS)
    return Path(folder) / name

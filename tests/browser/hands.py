"""What somebody does on the demo page, and pictures of it for README and guide."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect

from sandbox.driver.wire import PATIENCE

PATIENCE_MS = PATIENCE * 1000
PICTURE_FOLDER = "PICTURE_FOLDER"
"""Set to a folder, this variable keeps pictures there: see `make pictures`."""
COLOURS = 48
"""Enough for text on bubbles, and few enough for a picture of some kilobytes."""


def chat(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"chat-{key}")


def messages(page: Page, key: str, about: str = "") -> Locator:
    """The messages of a chat that say this, but those that are fading away."""
    return chat(page, key).locator("[data-testid=message]:not(.gone)").filter(has_text=about)


def press(page: Page, key: str, button: str, about: str = "") -> None:
    """Press the newest button of this name in a chat, under a message that says this."""
    found = messages(page, key, about).get_by_role("button", name=button, exact=True).last
    found.click(timeout=PATIENCE_MS)


def choose(page: Page, key: str, words: str, about: str = "") -> None:
    """Press the newest button whose label begins with these words."""
    found = messages(page, key, about).get_by_role("button", name=words).last
    found.click(timeout=PATIENCE_MS)


def press_key(page: Page, key: str, words: str) -> None:
    """Press a key of the permanent keyboard."""
    page.get_by_test_id(f"keyboard-{key}").get_by_role("button", name=words, exact=True).click(
        timeout=PATIENCE_MS
    )


def sees(page: Page, key: str, words: str, about: str = "") -> None:
    """Wait for a message that says this, and that is about something."""
    expect(messages(page, key, about).filter(has_text=words).last).to_be_visible(timeout=PATIENCE_MS)


def offers(page: Page, key: str, button: str, about: str = "") -> None:
    """Wait for a button under a message."""
    found = messages(page, key, about).get_by_role("button", name=button, exact=True).last
    expect(found).to_be_visible(timeout=PATIENCE_MS)


def sees_photo_kept(page: Page, about: str = "") -> None:
    """Wait until the florist reads that the photo is kept, and the order's card has come below that."""
    sees(page, "florist", "Фото сохранено", about)
    card = messages(page, "florist").last.get_by_role("button", name="Я доставлю", exact=True)
    expect(card).to_be_visible(timeout=PATIENCE_MS)


def write(page: Page, words: str, key: str = "director") -> None:
    """Say something in a chat."""
    chat(page, key).get_by_test_id(f"composer-{key}").fill(words)
    page.get_by_test_id(f"send-{key}").click()


def send(page: Page, photo: Path, key: str = "florist") -> None:
    """Send a photo, without words."""
    chat(page, key).get_by_test_id(f"attach-{key}").set_input_files(photo)
    page.get_by_test_id(f"send-{key}").click()


def place(page: Page) -> str:
    """An order comes from the marketplace; gives its number once the group reads of it."""
    announced = messages(page, "group", "Новый заказ")
    known = announced.count()
    page.get_by_test_id("place-order").click()
    page.get_by_test_id("sample-bouquet").click()
    page.get_by_test_id("place-order").click()
    expect(announced).to_have_count(known + 1, timeout=PATIENCE_MS)
    (number,) = re.findall(r"\d{8,}", announced.last.inner_text())[:1]
    return str(number)


def placed(page: Page, seller: str = "Оля") -> str:
    """An order that the director has accepted and given to a florist, who has its card."""
    number = place(page)
    press(page, "director", "Принять", number)
    press(page, "director", "Назначить сотрудника", number)
    choose(page, "director", seller, number)
    offers(page, "florist", "Загрузить фото", number)
    return number


TALL = ViewportSize(width=1800, height=1600)
"""A page on which the longest message is seen whole: for `keep_message`."""


def keep_page(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where pictures are wanted."""
    if (file := _file(page, name)) is not None:
        page.screenshot(path=file)


def keep_chat(page: Page, key: str, name: str) -> None:
    """The same of one chat."""
    if (file := _file(page, name)) is not None:
        _keep(chat(page, key).screenshot(), file)


def keep_message(page: Page, key: str, words: str, name: str, about: str = "") -> None:
    """The same of the newest message that says this, with its buttons: waits for it in any case."""
    found = messages(page, key, about).filter(has_text=words).last
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    if (file := _file(page, name)) is None:
        return
    page.mouse.move(0, 0)  # nothing is pointed at
    found.evaluate("message => message.scrollIntoView({block: 'end'})")
    place = found.bounding_box(timeout=PATIENCE_MS)
    assert place is not None
    _keep(page.screenshot(clip=place, animations="disabled"), file)


def _keep(shot: bytes, file: Path) -> None:
    """In few colours."""
    Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS).save(file, optimize=True)


def _file(page: Page, name: str) -> Path | None:
    folder = os.environ.get(PICTURE_FOLDER)
    if not folder:
        return None
    expect(page.get_by_test_id("toast")).to_have_count(0, timeout=PATIENCE_MS)
    return Path(folder) / name

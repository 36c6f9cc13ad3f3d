"""What somebody does on the demo page, and pictures of it for README and guide."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 30_000
PICTURE_FOLDER = "PICTURE_FOLDER"
"""Set to a folder, this variable keeps pictures there: see `make pictures`."""
COLOURS = 48
"""Enough for text on bubbles, and few enough for a picture of some kilobytes."""


def chat(page: Page, key: str) -> Locator:
    return page.get_by_test_id(f"chat-{key}")


def press(page: Page, key: str, button: str) -> None:
    """Press the newest button of this name in a chat."""
    found = chat(page, key).get_by_test_id("message").get_by_role("button", name=button, exact=True).last
    found.click(timeout=PATIENCE_MS)


def choose(page: Page, key: str, words: str) -> None:
    """Press the newest button whose label begins with these words."""
    found = chat(page, key).get_by_test_id("message").get_by_role("button", name=words).last
    found.click(timeout=PATIENCE_MS)


def press_key(page: Page, key: str, words: str) -> None:
    """Press a key of the permanent keyboard."""
    page.get_by_test_id(f"keyboard-{key}").get_by_role("button", name=words, exact=True).click(
        timeout=PATIENCE_MS
    )


def sees(page: Page, key: str, words: str) -> None:
    expect(chat(page, key).get_by_test_id("message").filter(has_text=words).last).to_be_visible(
        timeout=PATIENCE_MS
    )


def offers(page: Page, key: str, button: str) -> None:
    """Wait for a button under a message."""
    found = chat(page, key).get_by_test_id("message").get_by_role("button", name=button, exact=True).last
    expect(found).to_be_visible(timeout=PATIENCE_MS)


def keep_page(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where pictures are wanted."""
    if (file := _file(page, name)) is not None:
        page.screenshot(path=file)


def keep_chat(page: Page, key: str, name: str) -> None:
    """The same of one chat, in few colours."""
    if (file := _file(page, name)) is None:
        return
    shot = Image.open(BytesIO(chat(page, key).screenshot()))
    shot.convert("RGB").quantize(COLOURS).save(file, optimize=True)


def _file(page: Page, name: str) -> Path | None:
    folder = os.environ.get(PICTURE_FOLDER)
    if not folder:
        return None
    expect(page.get_by_test_id("toast")).to_have_count(0, timeout=PATIENCE_MS)
    return Path(folder) / name

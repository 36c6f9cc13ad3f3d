import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

import sandbox.page
from sandbox.driver.wire import PATIENCE
from sandbox.marketplace.samples import SAMPLES
from tests.sandbox.tools import DIRECTOR, GROUP, Sandbox, inline, picture

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE_MS = PATIENCE * 1000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
FILES = Path(sandbox.page.__file__).parent


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def opened(browser: Browser, sandbox: Sandbox, *, width: int = 1500, query: str = "") -> Page:
    page = await browser.new_page(viewport={"width": width, "height": 800}, locale="ru-RU")
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(f"{sandbox.url}/{query}")
    await page.wait_for_selector("body[data-ready]")
    return page


@pytest.mark.parametrize("script", sorted(FILES.glob("static/*.js")), ids=lambda one: one.name)
def test_no_method_of_the_page_is_written_twice(script: Path) -> None:
    """JavaScript takes the last one without a word."""
    methods = re.findall(
        r"^  (?:async )?(?!if|for|while|switch)(\w+)\(.*\) \{$",
        script.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert len(methods) == len(set(methods))


async def test_the_page_and_its_files_are_served_and_need_nothing_from_outside(sandbox: Sandbox) -> None:
    async with sandbox.http.get(sandbox.url) as response:
        page = await response.text()
        assert (response.status, response.content_type) == (200, "text/html")
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        assert await sandbox.people.download(path)
    for file in (FILES / "index.html", *(FILES / "static").iterdir()):
        assert not re.search(r"https?://(?!www\.w3\.org)", file.read_text(encoding="utf-8")), file


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
async def test_a_person_starts_writes_presses_and_sends_a_photo(sandbox: Sandbox, browser: Browser) -> None:
    page = await opened(browser, sandbox)
    column = page.get_by_test_id("chat-director")
    await page.get_by_test_id("start-director").click()
    await page.get_by_test_id("composer-director").fill("Добрый день")
    await page.get_by_test_id("send-director").click()
    await expect(column.get_by_test_id("message")).to_have_count(2)

    keyboard = {"keyboard": [[{"text": "Отправить контакт", "request_contact": True}]]}
    await sandbox.result("sendMessage", chat_id=DIRECTOR, text="Пришлите контакт", reply_markup=keyboard)
    await page.get_by_test_id("keyboard-director").get_by_text("Отправить контакт").click()
    await expect(column).to_contain_text("79990000001")

    markup = inline([("Принять", "accept")])
    sent = await sandbox.result("sendMessage", chat_id=DIRECTOR, text="<b>Новый</b>", reply_markup=markup)
    button = column.get_by_role("button", name="Принять")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")
    query = (await sandbox.updates())[-1]["callback_query"]
    await sandbox.result("answerCallbackQuery", callback_query_id=query["id"], text="Принято")
    await expect(column.get_by_test_id("toast")).to_have_text("Принято")
    await expect(button).not_to_have_attribute("aria-busy", "true")

    place = {"chat_id": DIRECTOR, "message_id": sent["message_id"]}
    await sandbox.result("editMessageText", text="Принят", **place)
    card = column.locator(f'[data-message-id="{sent["message_id"]}"]')
    await expect(card).to_contain_text("Принят")
    await expect(card).to_contain_text("изменено")
    await sandbox.result("deleteMessage", **place)
    await expect(card).to_have_count(0)

    file = FilePayload(name="bouquet.jpg", mimeType="image/jpeg", buffer=picture())
    await page.get_by_test_id("attach-director").set_input_files(file)
    await page.get_by_test_id("send-director").click()
    await expect(column.locator(".photo img")).to_have_count(1)
    await column.locator(".photo").click()
    await expect(page.locator("#zoom")).to_be_visible()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
async def test_orders_are_placed_cancelled_and_announced_again(sandbox: Sandbox, browser: Browser) -> None:
    page = await opened(browser, sandbox)
    await page.get_by_test_id("place-order").click()
    for key in SAMPLES:
        await expect(page.get_by_test_id(f"sample-{key}")).to_be_visible()
    await page.get_by_test_id("sample-hostile").click()
    await page.get_by_test_id("orders").click()
    order = page.get_by_test_id("order-25836184")
    await expect(order).to_contain_text("<script>alert(1)</script>")
    await expect(order).to_contain_text("order.paid: 200")
    await page.get_by_test_id("resend-25836184").click()
    await expect(order).to_contain_text("×2")
    await page.get_by_test_id("cancel-25836184").click()
    await expect(order).to_contain_text("отменён")
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("orders-panel")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
async def test_a_narrow_phone_shows_one_chat_at_a_time_in_english(met: Sandbox, browser: Browser) -> None:
    page = await opened(browser, met, width=360, query="?lang=en")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await expect(page.get_by_test_id("place-order")).to_have_text("A client ordered")
    await met.result("sendMessage", chat_id=GROUP, text="Новый заказ")
    await expect(page.get_by_test_id("tab-group").locator(".badge")).to_have_text("1")
    await page.get_by_test_id("tab-group").click()
    await expect(page.get_by_test_id("chat-group").get_by_text("Новый заказ")).to_be_in_viewport()
    await page.get_by_test_id("as-whom-group").select_option("courier")
    await page.get_by_test_id("composer-group").fill("Еду")
    await page.get_by_test_id("composer-group").press("Enter")
    await expect(page.get_by_test_id("chat-group").locator(".mine")).to_have_text(re.compile("Еду"))
    assert (await met.people.messages("director", "group"))[-1].author == "courier"


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
async def test_one_member_sees_an_ephemeral_message_and_nobody_presses_a_locked_button(
    met: Sandbox, browser: Browser
) -> None:
    page = await opened(browser, met)
    group = page.get_by_test_id("chat-group")
    await met.result(
        "sendMessage", chat_id=GROUP, text="Новый заказ", reply_markup=inline([("Открыть", "o")])
    )
    await group.get_by_role("button", name="Открыть").click()
    query = (await met.updates(timeout=5))[-1]["callback_query"]["id"]
    locked = {"inline_keyboard": [[{"text": "🔒 Забрал", "disabled": {}}]]}
    receiver = {"receiver_user_id": DIRECTOR, "callback_query_id": query}
    await met.result(
        "sendMessage",
        chat_id=GROUP,
        text="Лесная 5",
        reply_markup=locked,
        ephemeral_message_parameters=receiver,
    )
    await expect(group.get_by_text("Видите только вы")).to_be_visible()
    await expect(group.get_by_role("button", name="🔒 Забрал")).to_be_disabled()
    link = f"https://t.me/{met.config.bot_username}?start=o1"
    await met.result("answerCallbackQuery", callback_query_id=query, url=link)
    await met.people.wait_chat("director", lambda chat: chat.messages[-1].text == "/start o1")
    await page.get_by_test_id("as-whom-group").select_option("florist")
    await expect(group.get_by_text("Новый заказ")).to_be_visible()
    await expect(group.get_by_text("Лесная 5")).to_have_count(0)

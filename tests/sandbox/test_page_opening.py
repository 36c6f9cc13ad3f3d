"""How the demo page opens: what to press first, in the chosen language, and what it says without a line."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, Route, async_playwright, expect

import sandbox.page
from messages.callbacks.bell import AcceptAll, ShowDay
from messages.callbacks.order import Do, Tap
from messages.i18n.texts import Translator
from orders.order.board import Day
from sandbox.app import make_app
from sandbox.config import demo_config
from sandbox.driver import SandboxDriver
from sandbox.marketplace.english import in_english
from sandbox.marketplace.samples import SAMPLES, sample_fields
from sandbox.world import WORLD
from services.health.clock import utc_now
from tests.sandbox.test_page import CHROMIUM, FLAGS, PATIENCE_MS
from tests.sandbox.tools import serve

NOWHERE = "http://127.0.0.1:9"
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


@pytest.fixture
async def app() -> web.Application:
    """A demo without a bot: to begin again makes the world anew in the other language."""

    async def restart(language: str) -> None:
        await made[WORLD].reset(demo_config(NOWHERE, language))

    made = make_app(demo_config(NOWHERE), restart=restart)
    return made


@pytest.fixture
async def demo(app: web.Application) -> AsyncIterator[str]:
    """Its address."""
    runner, url = await serve(app)
    yield url
    await runner.cleanup()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser: Browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1500, "height": 800}, timezone_id="Asia/Tokyo")
        page.set_default_timeout(PATIENCE_MS)
        yield page
        await browser.close()


async def test_begun_again_the_world_speaks_the_other_language(demo: str) -> None:
    async with SandboxDriver(demo) as people:
        await people.start("director")
        await people.clear("director")
        assert await people.messages("director") == []
        await people._wire.post("demo/restart", {"language": "en"})  # noqa: SLF001 - no other test needs it
        world = await people._wire.get("world")  # noqa: SLF001 - the same
    assert not CYRILLIC.search(json.dumps(world, ensure_ascii=False))


@pytest.mark.parametrize("key", sorted(SAMPLES.keys() - {"hostile"}))
def test_a_sample_order_of_an_english_demo_has_no_russian_word(key: str) -> None:
    shop = demo_config(NOWHERE, "en").marketplace[0]
    fields = in_english(sample_fields(SAMPLES[key], shop, utc_now(), NOWHERE))
    assert not CYRILLIC.search(json.dumps(fields, ensure_ascii=False))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_steps_name_the_buttons_as_the_bot_does(language: str) -> None:
    source = (Path(sandbox.page.__file__).parent / "static/texts.js").read_text(encoding="utf-8")
    steps = re.findall(r"steps: \[(.*?)\]", source, re.DOTALL)[0 if language == "ru" else 1]
    t = Translator(language)
    for key in ("do-assign", "do-self", "do-done", "do-in-person"):
        assert t.plain(key) in steps, key


def test_the_step_of_accepting_knows_the_buttons_that_accept() -> None:
    source = (Path(sandbox.page.__file__).parent / "static/guide.js").read_text(encoding="utf-8")
    [pattern] = re.findall(r"ACCEPTS = /(.+)/;", source)
    accept = (Tap(do=Do.ACCEPT, order=1).pack(), AcceptAll(shop=1).pack())
    other = (Tap(do=Do.OPEN, order=1).pack(), ShowDay(day=Day.TODAY).pack())
    assert all(re.match(pattern, data) for data in accept)
    assert not any(re.match(pattern, data) for data in other)


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
@pytest.mark.requirement("X12")
async def test_the_page_says_what_to_press_first_in_the_chosen_language_and_in_the_shops_time(
    demo: str, app: web.Application, page: Page
) -> None:
    await page.goto(f"{demo}/?lang=en")  # nothing was used yet: the demo turns to English by itself
    guide = page.get_by_test_id("guide")
    await expect(page.get_by_role("heading", name="Director · Anna")).to_be_visible()
    assert not CYRILLIC.search(await page.inner_text("body"))
    current = guide.locator("[aria-current]")
    await expect(current).to_have_text("Press “A client ordered”")
    await page.get_by_test_id("place-order").click()
    await page.get_by_test_id("sample-bouquet").click()
    await expect(current).to_have_text("Accept the order as the director")
    await page.get_by_test_id("start-director").click()
    for do, step in ((Do.OPEN, "Accept the order as the director"), (Do.ACCEPT, "Give it to the florist")):
        data = {"of": "director", "callback_data": Tap(do=do, order=1).pack()}
        app[WORLD].events.add("pressed", data)
        app[WORLD].tell_bot(is_up=do is Do.OPEN)
        await expect(page.locator(".link")).to_contain_text(
            "Connected" if do is Do.OPEN else "The bot is not running"
        )
        await expect(current).to_contain_text(step)
    shown = page.get_by_test_id("chat-director").locator("time")
    moscow = utc_now().astimezone(ZoneInfo("Europe/Moscow")).strftime("%H:")
    await expect(shown).to_contain_text(moscow)
    await page.goto(f"{demo}/")  # an order is there: the other language is only offered
    await expect(page.get_by_text("Начать заново по-русски")).to_be_visible()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no {CHROMIUM}")
@pytest.mark.requirement("X12")
async def test_a_slow_line_shows_a_skeleton_and_a_tap_without_a_line_says_so(demo: str, page: Page) -> None:
    line_is_back = asyncio.Event()

    async def hold(route: Route) -> None:
        await line_is_back.wait()
        await route.continue_()

    await page.route("**/control/world", hold)
    await page.goto(f"{demo}/", wait_until="domcontentloaded")
    await expect(page.locator(".skeleton").first).to_be_visible()
    line_is_back.set()
    await expect(page.get_by_test_id("start-director")).to_be_visible()
    await expect(page.locator(".skeleton")).to_have_count(0)
    await page.context.set_offline(True)
    await page.get_by_test_id("start-director").click()
    await expect(page.get_by_test_id("toast")).to_have_text(
        "Нет связи: ничего не отправлено. Попробуйте ещё раз."
    )

"""The demo as `make demo` starts it, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.hands import PATIENCE_MS
from tests.pictures import a_bouquet, a_dark_photo
from tests.scenarios.stage import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
READY = "The demo is ready"

# No request leaves the machine, and a container's root may start it.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless. Without one the test is skipped and says so; CI never skips it."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a Chromium: .ci/run installs Debian's")
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo."""
    folder = tmp_path_factory.mktemp("demo")
    port = free_port()
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if READY in line:
                break
        else:
            pytest.fail("the demo did not start:\n" + "".join(said))
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.fixture
def page(browser: Browser, demo: str) -> Iterator[Page]:
    """Chats about as wide as a phone."""
    page = browser.new_page(viewport={"width": 1800, "height": 860}, locale="ru-RU")
    page.goto(demo)
    yield page
    page.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "bouquet.jpg"
    file.write_bytes(a_bouquet())
    return file


@pytest.fixture
def dark_photo(tmp_path: Path) -> Path:
    file = tmp_path / "dark.jpg"
    file.write_bytes(a_dark_photo())
    return file

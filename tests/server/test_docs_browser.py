"""`/docs` in a real browser: it draws itself under its own policy and asks nobody but us."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.server.conftest import Api

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: install Debian's package `chromium`"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


def test_the_docs_draw_themselves_without_a_word_in_the_console(browser: Browser, api: Api) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{api.url}/docs")
    page.wait_for_selector(".opblock-summary:has-text('/v1/metrics')")
    operations = page.locator(".opblock-summary").count()
    page.click(".opblock-summary:has-text('/v1/auth/login')")
    page.wait_for_selector("button:has-text('Try it out')")
    assert operations >= 8
    assert said == []
    assert [url for url in asked if not url.startswith((api.url, "data:"))] == []


def test_a_reader_logs_in_and_asks_from_the_page(browser: Browser, api: Api) -> None:
    page = browser.new_page()
    page.goto(f"{api.url}/docs")
    page.wait_for_selector(".opblock-summary:has-text('/v1/metrics')")
    page.click("button.authorize")
    page.fill(".modal-ux input[type=text]", api.token("viewer"))
    page.click(".modal-ux button.authorize")
    page.click(".modal-ux button.btn-done")
    page.click(".opblock-summary:has-text('/v1/metrics')")
    page.click("button:has-text('Try it out')")
    page.click("button.execute")
    page.wait_for_selector(".live-responses-table .response-col_status:has-text('200')")

"""`/docs` and `/redoc` in a real browser: they draw themselves under their own policies and ask
nobody but us."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.server.conftest import PASSWORD, Api

METRICS = "#operations-company-list_metrics .opblock-summary"

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


def open_authorize(page: Page, api: Api) -> None:
    page.goto(f"{api.url}/docs")
    page.wait_for_selector(METRICS)
    page.click("button.authorize")


def ask_for_metrics(page: Page) -> None:
    page.click(".modal-ux button.btn-done")
    page.click(METRICS)
    page.click("button:has-text('Try it out')")
    page.click("button.execute")
    page.wait_for_selector(".live-responses-table .response-col_status:has-text('200')")


def test_a_reader_pastes_a_token_and_asks_from_the_page(browser: Browser, api: Api) -> None:
    page = browser.new_page()
    open_authorize(page, api)
    form = page.locator(".modal-ux .auth-container", has_text="bearer").first
    form.locator("input[type=text]").fill(api.token("viewer"))
    form.locator("button.authorize").click()
    ask_for_metrics(page)


def test_a_reader_logs_in_with_e_mail_and_password(browser: Browser, api: Api) -> None:
    api.user("viewer")
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    open_authorize(page, api)
    form = page.locator(".modal-ux .auth-container", has_text="password (OAuth2").first
    form.locator("#oauth_username").fill("viewer@example.com")
    form.locator("#oauth_password").fill(PASSWORD)
    with page.expect_response(f"{api.url}/v1/auth/token") as answered:
        form.locator("button.authorize").click()
    assert answered.value.status == 200
    form.locator("button:has-text('Logout')").wait_for()
    ask_for_metrics(page)
    # Chromium has advice about the form of password fields; it is no error.
    assert [line for line in said if "[DOM] Password field" not in line] == []


def test_the_wrong_password_is_said_in_the_form(browser: Browser, api: Api) -> None:
    api.user("viewer")
    page = browser.new_page()
    open_authorize(page, api)
    form = page.locator(".modal-ux .auth-container", has_text="password (OAuth2").first
    form.locator("#oauth_username").fill("viewer@example.com")
    form.locator("#oauth_password").fill("wrong")
    form.locator("button.authorize").click()
    page.wait_for_selector(".modal-ux .errors:has-text('The e-mail or the password is wrong.')")


def test_redoc_draws_itself_and_asks_nobody_else(browser: Browser, api: Api) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    stopped: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: stopped.append(request.url))
    page.goto(f"{api.url}/redoc")
    page.wait_for_selector("h1:has-text('Quarterbase')")
    page.wait_for_selector("h2:has-text('bearer token')")
    page.fill("[role=search] input", "metrics")
    page.wait_for_selector("[data-role='search:results'] li")
    # It would like a logo from a CDN: the policy stops that, and it draws itself without.
    assert [line for line in said if "cdn.redoc.ly" not in line] == []
    assert page.locator("img[alt='redocly logo']").count() == 0
    abroad = [url for url in asked if not url.startswith((api.url, "data:", "blob:"))]
    assert set(abroad) <= set(stopped)

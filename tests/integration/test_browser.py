"""The built handbook in a real browser: quiet, self-contained, and no wider than the screen."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Request, Response, sync_playwright

from tests.screenshots import FLAGS, browser, build, served

WIDTHS = (360, 1440)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = str(tmp_path_factory.mktemp("site"))
    build(folder)
    with served(folder) as place:
        yield place


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = browser()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


def _pages() -> list[str]:
    docs = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "docs")
    found = []
    for place, _, names in os.walk(docs):
        for name in names:
            path = os.path.relpath(os.path.join(place, name), docs).replace(os.sep, "/")
            if path.endswith(".md"):
                index = name == "index.md"
                found.append(path.removesuffix(name) if index else f"{path.removesuffix('.md')}/")
    return sorted(found)


def _failures(request: Request) -> list[str]:
    """Return a failed request; one that ends because the next page opens is none."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def _missing(answer: Response) -> list[str]:
    return [f"not there: {answer.url}"] if answer.status >= 400 else []


def _strays(url: str, address: str) -> list[str]:
    return [] if url.startswith((address, "data:", "blob:")) else [f"request off the site: {url}"]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_opens_alone_and_fits(address: str, chromium: Browser, width: int) -> None:
    problems: list[str] = []
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: problems.extend([message.text] if message.type == "error" else []))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.extend(_strays(request.url, address)))
    page.on("response", lambda answer: problems.extend(_missing(answer)))
    page.on("requestfailed", lambda request: problems.extend(_failures(request)))
    for path in _pages():
        page.goto(address + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            problems.append(f"{path} is {wide} px wide on a screen of {width} px")
    context.close()
    assert problems == []

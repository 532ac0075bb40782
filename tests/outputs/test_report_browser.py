"""The report in a browser: no error, no sideways scrolling, links open what they lead into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from narratives.study import Study

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, study: Study, render: Callable[..., str]) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(study, "de"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        path = str(CHROMIUM) if CHROMIUM.exists() else None
        chromium = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [360, 768, 1400])
def test_fits_its_window_without_errors(browser: Any, file: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(file)
    page.click("text=Alles aufklappen") if width > 1000 else page.evaluate(
        "document.querySelectorAll('details').forEach(fold => fold.open = true)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []


def test_a_link_opens_the_narrative_but_never_a_content_note(browser: Any, file: str) -> None:
    page = browser.new_page()
    page.goto(file)
    page.evaluate("location.hash = document.querySelector('.lines > li:has(.flagged)').id")
    # The policy of the page forbids eval, and with it wait_for_function.
    page.wait_for_selector(".account:has(.flagged) > details[open]")
    assert page.evaluate("document.querySelectorAll('.flagged[open]').length") == 0
    page.click("text=Alles aufklappen")
    assert page.evaluate("document.querySelectorAll('.flagged[open]').length") == 0


def test_search_and_sorting(browser: Any, file: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(file)
    page.fill("[data-filter=by-theme]", "café")
    page.wait_for_selector("#by-theme [data-item][hidden]", state="attached")
    assert len(page.query_selector_all("#by-theme [data-item]:not([hidden])")) == 1
    rows = "#codebook-susi tbody tr"
    page.click("#codebook-susi thead th:nth-child(2) button")
    counts = [int(row.inner_text()) for row in page.query_selector_all(f"{rows} td:nth-child(2)")]
    assert counts == sorted(counts, reverse=True)

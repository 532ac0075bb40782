"""Reports of a small invented study, rendered and parsed once for all tests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented import BOOKS, CW, NARRATIVES, THEMES, pipeline
from lxml import html
from report_study import manifest_of, write_study

from narratives.outputs.report import render_report
from narratives.study import Study

LOST = {"source": "scan.pdf", "sha256": "0" * 64, "bytes": 81234, "status": "unreadable",
        "reason": "only <pictures>, no text", "narratives": []}  # fmt: skip


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the small study."""
    return write_study(tmp_path_factory.mktemp("study"), copy.deepcopy(NARRATIVES), [*BOOKS, CW], THEMES)


@pytest.fixture(scope="session")
def render() -> Callable[..., str]:
    """Return a short way to render a study."""

    def page(study: Study, language: str = "de", warnings: Any = CW, **report: Any) -> str:
        return render_report(study, pipeline(**report), BOOKS, warnings, manifest_of(study, [LOST]), language)

    return page


@pytest.fixture(scope="session", params=["de", "en"])
def page(request: pytest.FixtureRequest, study: Study, render: Callable[..., str]) -> Any:
    """Return the parsed report, in German and in English."""
    return html.document_fromstring(render(study, request.param))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Study]:
    """Return a way to write another study."""

    def make(narratives: list[dict[str, Any]], themes: list[Any] | None = None) -> Study:
        return write_study(tmp_path / "other", copy.deepcopy(narratives), [*BOOKS, CW], themes or [])

    return make

"""Map, tree and figures of the themes: every dot leads somewhere, and shows no word it may not show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from invented import FLAGGED, NARRATIVES, SECRET, THEMES
from lxml import html

from narratives.study import Study

Render = Callable[..., str]
Write = Callable[..., Study]


def test_every_passage_with_a_theme_is_a_dot_that_leads_to_it(page: Any, study: Study) -> None:
    dots = page.xpath("//section[@id='map']//circle")
    assert len(dots) == len(study.passage_themes)
    targets = set(page.xpath("//@id"))
    assert all(link[1:] in targets for link in page.xpath("//section[@id='map']//a/@href"))
    names = [node.text for node in page.xpath("//section[@id='map']//text")]
    assert len(names) == len(THEMES)


def test_titles_hold_no_word_that_is_not_released_or_warned_of(page: Any) -> None:
    titles = " ".join(page.xpath("//section[@id='map']//title/text()"))
    assert "Tante" in titles
    assert SECRET not in titles and FLAGGED not in titles


def test_the_tree_has_one_leaf_a_theme(write: Write, render: Render) -> None:
    page = html.document_fromstring(render(write(NARRATIVES, [*THEMES, ("Rest", ["rest"], [])])))
    assert len(page.xpath("//section[@id='tree']//text")) == len(THEMES) + 1
    assert len(page.xpath("//section[@id='tree']//path")) == len(THEMES)


def test_cards_say_how_often_a_theme_comes_back_and_which_are_unsure(page: Any) -> None:
    cards = page.xpath("//section[@id='themes']//article")
    assert len(cards) == len(THEMES)
    unsure = page.xpath("//section[@id='themes']//span[contains(@class,'unsure')]")
    assert 0 < len(unsure) < len(cards)


def test_themes_stand_by_group(page: Any) -> None:
    assert page.xpath("//section[@id='theme-groups']//table")


def test_a_hidden_theme_leaves_no_trace(write: Write, render: Render) -> None:
    study = write(NARRATIVES, THEMES)
    themes = study.themes
    gone = themes["label"].iloc[0]
    themes.loc[0, "hidden"] = True
    study.write("themes", themes, "test")
    page = html.document_fromstring(render(study))
    assert gone not in page.text_content()
    assert len(page.xpath("//section[@id='themes']//article")) == len(THEMES) - 1

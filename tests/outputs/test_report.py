"""The report: links have targets, nobody is quoted against their will, numbers are those of the tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from invented import CHIME, EVIL, FLAGGED, GRANTED, NARRATIVES, SECRET, SUSI, THEMES
from lxml import html

from narratives.study import Study

Render = Callable[..., str]
Write = Callable[..., Study]


def broken(page: Any) -> list[str]:
    """Return links without a target and ids used twice."""
    ids = page.xpath("//@id")
    twice = {name for name in ids if ids.count(name) > 1}
    return sorted({href for href in page.xpath("//@href") if href[1:] not in set(ids)} | twice)


def number(text: str) -> int:
    return int(re.sub(r"[.,]", "", re.search(r"[\d.,]+", text).group()))


def test_every_link_has_its_target_and_every_id_is_unique(page: Any) -> None:
    assert page.xpath("//a[starts-with(@href, '#')]")
    assert broken(page) == []


def test_nothing_is_loaded_from_elsewhere(page: Any) -> None:
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert page.xpath("//@src | //link | //iframe | //object | //form") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"url\(|@import|https?:", "".join(page.xpath("//style/text() | //script/text()")))


def test_text_is_escaped(page: Any) -> None:
    assert len(page.xpath("//script")) == 1
    assert "alert('x')" not in page.xpath("//script")[0].text
    assert page.xpath("//p[@class='words']//b") == []
    assert EVIL in [words.text_content() for words in page.xpath("//p[@class='words']")]
    handlers = [name for node in page.iter() for name in node.attrib if name.lower().startswith("on")]
    assert handlers == []


def test_wording_without_consent_appears_nowhere(study: Study, render: Render) -> None:
    for language, note in (("de", "[Wortlaut nicht freigegeben]"), ("en", "[wording not released]")):
        for audience in ("research", "teaching", "coding"):
            text = render(study, language, audience=audience)
            for hidden in (SECRET, "Kirchturm", "bleibt bei mir", "quote me"):
                assert hidden not in text
            assert note in text
            assert "narrative-ben" in text


def test_without_any_consent_on_record_quotes_stand_under_a_banner(write: Write, render: Render) -> None:
    bare = [{key: value for key, value in item.items() if key != "consent"} for item in NARRATIVES]
    page = html.document_fromstring(render(write(bare)))
    banner = page.xpath("//header//p[contains(@class, 'strong')]")[0].text_content()
    assert "Einwilligungen nicht erfasst: nur zum eigenen Gebrauch, nicht weitergeben" in banner
    assert SECRET in page.text_content()


def test_with_consent_on_record_there_is_no_banner(page: Any) -> None:
    assert page.xpath("//header//p[contains(@class, 'strong')]") == []


def test_flagged_passages_are_folded_everywhere(page: Any) -> None:
    places = [words for words in page.xpath("//p[@class='words']") if words.text_content() == FLAGGED]
    assert len(places) >= 2
    for words in places:
        fold = words.getparent()
        assert fold.tag == "details" and fold.get("class") == "flagged" and fold.get("open") is None
        assert "Suizid" in fold.xpath("summary")[0].text_content()


def test_flags_are_no_codings(page: Any) -> None:
    assert page.xpath("//*[contains(@id, 'cw_suicide')]") == []


def test_evidence_is_marked_with_its_reason(page: Any) -> None:
    marks = page.xpath("//*[@id='code-susi_past']//mark")
    assert [mark.text for mark in marks] == ["Tod der Tante"]
    assert "Tod der Tante" in marks[0].get("title")
    assert page.xpath("//*[@id='code-susi_past']//p[@class='reasons']")


def test_numbers_are_those_of_the_tables(page: Any, study: Study) -> None:
    suggestions, findings = study.suggestions, study.findings
    home = study.passages.set_index("passage_id")["narrative_id"]
    rows = page.xpath("//section[@id='codebook-susi']//table[contains(@class, 'shares')]/tbody/tr")
    assert len(rows) == len(SUSI.codes)
    for row, code in zip(rows, SUSI.codes, strict=True):
        ids = suggestions.loc[suggestions["code_id"] == code.id, "passage_id"].unique()
        values = [number(cell.text_content()) for cell in row.xpath("td")]
        share = findings.query(f"finding == 'share:{code.id}' and group == 'all'")["estimate"].iloc[0]
        assert values == [len(ids), home[ids].nunique(), round(share * 100)]
    tiles = [number(tile.text_content()) for tile in page.xpath("//ul[@class='tiles']//b")]
    words = int(study.narratives["n_words"].sum())
    assert tiles == [len(study.narratives), words, len(study.passages), len(study.themes)]


def test_parents_count_each_passage_of_their_children_once(page: Any, study: Study) -> None:
    rows = page.xpath("//section[@id='codebook-chime']//tbody/tr[contains(@class, 'parent')]")
    children = [code.id for code in CHIME.children("chime_hope")]
    ids = study.suggestions.loc[study.suggestions["code_id"].isin(children), "passage_id"].nunique()
    assert number(rows[0].xpath("td[1]")[0].text_content()) == ids


def test_heat_map_keeps_the_order_of_reading_and_counts_passages(page: Any, study: Study) -> None:
    table = page.xpath("//section[@id='heat']//table")[0]
    assert table.xpath("tbody/tr/th/a/text()") == list(study.narratives["narrative_id"])
    total = sum(int(cell.text_content()) for cell in table.xpath("tbody/tr/td[a]"))
    leaves = [code.id for code in SUSI.codes]
    assert total == study.suggestions["code_id"].isin(leaves).sum()
    assert all(href.startswith("#p-") for href in table.xpath("tbody/tr/td/a/@href"))


def test_small_groups_are_named_and_not_shown(page: Any) -> None:
    profile = page.xpath("//section[@id='profile']")[0].text_content()
    assert "Genesungsbegleiter:innen" in profile or "Peer workers" in profile
    groups = page.xpath("//section[@id='profile']//table[contains(@class, 'groups')]/thead//th")
    assert not [head for head in groups if "Peer" in head.text_content()]


def test_unreadable_files_are_named_with_their_reason(page: Any) -> None:
    read = page.xpath("//section[@id='read']")[0].text_content()
    assert "scan.pdf" in read and "only <pictures>, no text" in read


def test_same_study_same_report(study: Study, render: Render) -> None:
    assert render(study, "de") == render(study, "de")


def test_sections_stand_in_the_order_of_the_audience(study: Study, render: Render) -> None:
    def order(audience: str) -> list[str]:
        page = html.document_fromstring(render(study, "de", audience=audience))
        assert broken(page) == []
        return page.xpath("//section[@class='chapter']/@id")

    whole = ["brief", "read", "themes", "profile", "codes", "pictures", "passages", "method", "limits"]
    assert order("research") == whole
    assert order("coding") == whole
    assert order("teaching")[:3] == ["brief", "themes", "modules"]


def test_a_long_code_is_cut_and_the_rest_is_counted(study: Study, render: Render) -> None:
    page = html.document_fromstring(render(study, "de", passages_per_code=1))
    section = page.xpath("//*[@id='code-susi_past']")[0]
    assert len(section.xpath(".//li[@class='quote']")) == 1
    assert "1 weitere Textstelle in tables/suggestions.parquet" in section.text_content()


def test_one_narrative_without_themes_and_suggestions(write: Write, render: Render) -> None:
    spans = [("Ein einziger Satz, mehr nicht.", [])]
    lone = [{"narrative_id": "x", "language": "de", "perspective": "", "consent": GRANTED, "spans": spans}]
    for language in ("de", "en"):
        page = html.document_fromstring(render(write(lone), language))
        assert broken(page) == []
        assert "Ein einziger Satz" in page.text_content()


def test_tables_that_were_not_made_count_as_empty(write: Write, render: Render) -> None:
    study = write(NARRATIVES, THEMES)
    for name in ("themes", "passage_themes", "suggestions", "findings", "identifiers"):
        study.path(name).unlink(missing_ok=True)
    page = html.document_fromstring(render(study, warnings=None))
    assert broken(page) == []
    assert "nicht nach solchen Inhalten gesucht" in page.xpath("//header")[-1].text_content()


def test_codings_are_shown_beside_suggestions_never_mixed(write: Write, render: Render) -> None:
    study = write(NARRATIVES, THEMES)
    findings = study.findings
    people = findings[findings["finding"].str.startswith("share:susi")].copy()
    people["method"] = people["method"].str.replace("suggestions:", "codings:")
    people["estimate"] = 0.25
    study.write("findings", pd.concat([findings, people]), "test")
    page = html.document_fromstring(render(study))
    badges = page.xpath("//section[@id='codebook-susi']//caption/span/@class")
    assert badges == ["badge suggestions", "badge codings"]
    assert broken(page) == []


@pytest.mark.slow
def test_three_hundred_narratives(write: Write, render: Render) -> None:
    many = [
        {**item, "narrative_id": f"{item['narrative_id']}-{number}"}
        for number in range(75)
        for item in NARRATIVES
    ]
    text = render(write(many, THEMES))
    assert len(text.encode()) < 5_000_000
    page = html.document_fromstring(text)
    assert broken(page) == []
    heats = page.xpath("//section[@id='heat']/details[1]/details")
    assert len(heats) == 6
    assert len(page.xpath("//section[@id='heat']/details[1]//tbody/tr")) == 300

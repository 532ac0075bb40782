"""Themes: found from few passages on, every passage in one, the same every time, words people can read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from finding import TOPICS, find, passages

from narratives.settings import Themes
from narratives.themes import find_groups
from narratives.themes.choices import Choices
from narratives.themes.terms import distinct, shared_terms


def test_three_topics_are_three_themes_that_come_back() -> None:
    table = passages()
    _, (themes, members, _) = find(table, number=3)
    assert len(themes) == 3 and set(themes["n_narratives"]) == {6}
    found = pd.crosstab(members["theme_id"], table["topic"])
    assert (found.max(axis=1) == found.sum(axis=1)).all()
    assert (themes["stability"] == 1).all() and (themes["stability_low"] > 0.5).all()


def test_words_are_nouns_capitalised_and_no_stop_words() -> None:
    _, (themes, _, _) = find(passages(), number=3)
    words = {word for row in themes["words"] for word in row}
    assert {"Garten", "Klinik", "Chor"} <= words
    assert not {"die", "im", "ich", "in", "das"} & {word.lower() for word in words}


def test_every_passage_has_a_theme_and_ids_run_from_zero_by_size() -> None:
    table = passages()
    _, (themes, members, _) = find(table)
    assert len(members) == len(table)
    assert list(themes["theme_id"]) == list(range(len(themes)))
    assert list(themes["n_passages"]) == sorted(themes["n_passages"], reverse=True)
    assert members["weight"].between(0, 1).all()


def test_representative_passages_come_from_different_narratives() -> None:
    table = passages()
    _, (themes, members, _) = find(table, number=3, representative=4)
    voice = table.set_index("passage_id")["narrative_id"]
    theme_of = members.set_index("passage_id")["theme_id"]
    for row in themes.itertuples():
        ids = list(row.representative_passage_ids)
        assert voice[ids].nunique() == 4
        assert set(theme_of[ids]) == {row.theme_id}


def test_same_input_same_themes() -> None:
    first, second = find(passages())[1], find(passages())[1]
    for one, other in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_few_reports_more_leave_ids_and_members() -> None:
    few = passages(6)
    groups, (themes, members, _) = find(few, number=3)
    more = passages(8)
    _, (themes_later, members_later, _) = find(more, groups=groups, before=members, number=3)
    then, now = (table.set_index("passage_id")["theme_id"] for table in (members, members_later))
    assert (now[then.index] == then).all()
    label = themes.set_index("theme_id")["label"]
    assert (themes_later.set_index("theme_id")["label"] == label).sum() >= 2


def test_a_theme_that_is_new_gets_an_id_never_used() -> None:
    groups, _ = find(passages(6), number=3)
    other = {
        "Hafen": ["Kräne im Hafen heben Lasten.", "Ein Bagger steht im Hafen.", "Schiffe im Hafen laden."]
    }
    grown = pd.concat([passages(6), passages(9, other)], ignore_index=True)
    _, (themes, members, _) = find(grown, groups=groups, same=False, number=4)
    assert set(themes["theme_id"]) == {0, 1, 2, 3}
    new = members[members["passage_id"].str.startswith("Hafen")]
    assert (new["theme_id"] == 3).mean() > 0.9


def test_a_theme_of_one_voice_is_no_shared_theme() -> None:
    table = passages()
    alone = [f"Bagger und Kräne im Hafen, Bagger {number}, Kräne im Hafen." for number in range(8)]
    more = pd.DataFrame({"passage_id": [f"x{n}" for n in range(8)], "narrative_id": "alone", "text": alone})
    table = pd.concat([table, more.assign(language="de")], ignore_index=True)
    _, (themes, members, _) = find(table, number=8)
    assert (themes["n_narratives"] >= 2).all()
    assert members["outlier"].any() and len(members) == len(table)


@pytest.mark.parametrize("texts", [[], ["Nur eine."], ["…", "\n"] * 6])
def test_too_little_to_find_anything(texts: list[str]) -> None:
    table = pd.DataFrame({"passage_id": [str(n) for n in range(len(texts))], "text": texts})
    groups, (themes, members, tree) = find(table.assign(narrative_id="n", language="de"))
    assert groups.empty and themes.empty and members.empty and tree.empty
    assert list(themes.columns)[:3] == ["theme_id", "label", "words"]


def test_a_passage_without_a_word_has_no_theme_and_is_counted() -> None:
    table = passages()
    table.loc[0, "text"] = "\u2028"
    _, (themes, members, _) = find(table, number=3)
    assert len(members) == len(table) - 1
    assert themes["n_passages"].sum() == len(members)


def test_large_corpora_are_learnt_from_a_sample_and_all_are_assigned() -> None:
    table = passages(150)
    _, (_, members, _) = find(table, number=3, sample=1000)
    assert len(members) == len(table) == 1350
    found = pd.crosstab(members["theme_id"], table["topic"])
    assert (found.max(axis=1) == found.sum(axis=1)).all()


def test_a_theme_of_two_languages_is_named_in_the_one_it_mostly_speaks() -> None:
    table = passages()
    english = passages(2, {"Garten": ["Tomatoes and beans grow in the garden.", "I water the garden."]})
    english = english.assign(language="en", passage_id="e" + english["passage_id"])
    _, (themes, _, _) = find(pd.concat([table, english], ignore_index=True), number=3)
    assert any("Garten" in label for label in themes["label"])


def test_terms_of_one_person_are_not_shared() -> None:
    assert shared_terms(["a b"] * 3 + ["b c"] * 3, ["x"] * 3 + ["y"] * 2 + ["z"]) == ["b"] * 3 + ["b c"] * 3


def test_variants_of_a_word_are_shown_once() -> None:
    assert distinct(["Klinik", "Klinikbett", "Bett", "Chor"], 3) == ["Klinik", "Bett", "Chor"]


def with_topic(name: str, *texts: str) -> pd.DataFrame:
    _, (themes, _, _) = find(passages(6, {**TOPICS, name: list(texts)}), number=4)
    return themes


def test_a_phrase_that_several_speak_of_names_a_theme() -> None:
    themes = with_topic(
        "Zwang", "Die geschlossene Station war laut.", "Auf der geschlossene Station lag ich.", "Station zu."
    )
    assert any("geschlossene Station" in label for label in themes["label"])


def test_vectors_of_one_direction_do_not_break_anything() -> None:
    table = passages()
    settings = Themes(min_passages=3, resamples=5)
    vectors = np.tile(np.eye(1, 8, dtype=np.float32), (len(table), 1))
    groups = find_groups(table, vectors, settings, 1, Choices(), {}, None, same_settings=False)
    assert set(groups["group"]) == {0}


def test_names_and_placeholders_name_no_theme() -> None:
    themes = with_topic(
        "Besuch", "Sabine kam mit [NAME_1] zu Besuch.", "Besuch von Sabine und Thorsten.", "Thorsten blieb."
    )
    words = {word.lower() for row in themes["words"] for word in row}
    assert "besuch" in words and not {"sabine", "thorsten", "name_1"} & words

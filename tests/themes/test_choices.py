"""What researchers decide about themes is respected by every later run and never lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from finding import find, passages
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from narratives.themes.choices import Choices, decide, load_choices, save_choices
from narratives.themes.identity import keep_ids
from narratives.yamlfile import YamlMistake


def test_names_merges_and_hidden_ones() -> None:
    groups, (_, members, _) = find(passages(), number=3)
    garden = int(members.set_index("passage_id")["theme_id"]["Garten00"])
    clinic = int(members.set_index("passage_id")["theme_id"]["Klinik00"])
    music = ({0, 1, 2} - {garden, clinic}).pop()
    choices = decide(decide(Choices(), garden, into=clinic), clinic, name="Drinnen und draußen")
    choices = decide(choices, music, hidden=True)
    _, (themes, later, _) = find(passages(), choices, groups, members, number=3)
    rows = themes.set_index("theme_id")
    assert set(rows.index) == {clinic, music}
    assert rows["label"][clinic] == "Drinnen und draußen" and rows["named"][clinic]
    assert rows["hidden"][music] and rows["n_passages"][clinic] == 36
    assert len(later) == len(members)


def test_parts_of_a_split_theme_keep_their_ids_when_reports_come() -> None:
    groups, (_, members, _) = find(passages(), number=2)
    large = int(members["theme_id"].value_counts().idxmax())
    choices = decide(Choices(), large, parts=(large, 5))
    _, (themes, split, _) = find(passages(), choices, groups, members, number=2)
    assert set(themes["theme_id"]) == {0, 1, 5}
    _, (_, grown, _) = find(passages(7), choices, groups, split, number=2)
    then, now = (table.set_index("passage_id")["theme_id"] for table in (split, grown))
    assert (now[then.index] == then).all()


def test_words_to_begin_from_give_a_theme_their_name() -> None:
    choices = Choices(guide={"Singen": ("Chor", "Lieder singen")})
    _, (themes, members, _) = find(passages(), choices, number=3)
    sung = int(themes.loc[themes["label"] == "Singen", "theme_id"].iloc[0])
    names = members.loc[members["theme_id"] == sung, "passage_id"]
    assert names.str.startswith("Musik").mean() > 0.9


def test_fixed_themes_take_new_passages_and_make_no_new_theme() -> None:
    groups, (_, members, _) = find(passages(), number=3)
    more = passages(20)
    _, (themes, later, _) = find(more, Choices(fixed=True), groups, members, number=3)
    assert set(themes["theme_id"]) == {0, 1, 2} and len(later) == len(more)


def test_choices_are_kept_and_mistakes_are_named(tmp_path: Path) -> None:
    choices = decide(decide(Choices(guide={"Garten": ("Beet",)}), 3, name="Ärger: viel"), 4, into=3)
    save_choices(tmp_path, choices)
    assert load_choices(tmp_path) == choices
    assert load_choices(tmp_path / "none") == Choices()
    (tmp_path / "themes.yaml").write_text("themes:\n  3: {nmae: x}\n")
    with pytest.raises(YamlMistake, match=r"themes.yaml:2"):
        load_choices(tmp_path)


def test_a_circle_of_merges_is_refused_and_undone_choices_leave_nothing() -> None:
    with pytest.raises(ValidationError, match="merged into each other"):
        Choices.model_validate({"themes": {1: {"into": 2}, 2: {"into": 1}}})
    assert decide(decide(Choices(), 1, hidden=True), 1, hidden=False) == Choices()


@settings(deadline=None)
@given(st.data())
def test_ids_are_unique_and_same_groups_keep_theirs(data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 40))
    groups = np.array(data.draw(st.lists(st.integers(0, 5), min_size=number, max_size=number)))
    groups = np.unique(groups, return_inverse=True)[1]
    earlier = np.array(data.draw(st.lists(st.integers(-1, 9), min_size=number, max_size=number)))
    ids = keep_ids(groups, earlier)
    assert len(set(ids)) == len(ids) == groups.max() + 1 and (ids >= 0).all()
    names = data.draw(st.permutations(range(10)))
    before = np.array([names[group] for group in groups])
    assert list(keep_ids(groups, before)) == names[: len(ids)]

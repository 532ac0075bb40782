"""Tables and JSON lines: one account a row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prose import accounts

from narratives.corpus.document import Document
from narratives.corpus.readers import ReadOptions, read_file
from narratives.errors import UnreadableFile

PROSE = "Damals wohnte ich noch bei meinen Eltern und hörte nichts."


def read(name: str, raw: bytes | str, **options: object) -> list[Document]:
    raw = raw.encode() if isinstance(raw, str) else raw
    return read_file(Path(name), raw, ReadOptions(**options))  # type: ignore[arg-type]


def csv_of(rows: list[list[str]], delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue()


def xlsx_of(rows: list[list[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@given(st.lists(accounts.map("\n\n".join), min_size=1, max_size=4), st.sampled_from(",;\t|"))
@settings(deadline=None, max_examples=25)
def test_every_row_comes_out_as_it_went_in(texts: list[str], delimiter: str) -> None:
    rows = [["Nr", "Bericht"], *([str(number), text] for number, text in enumerate(texts, start=5))]
    expected = [(row[0], row[1]) for row in rows[1:]]
    lines = "\n".join(json.dumps({"id": number, "text": text}) for number, text in expected)
    for name, raw in [
        ("a.csv", csv_of(rows, delimiter).encode("utf-8-sig")),
        ("a.tsv", csv_of(rows, "\t").encode()),
        ("a.xlsx", xlsx_of([list(row) for row in rows])),
        ("a.jsonl", lines.encode()),
    ]:
        assert [(found.row_id, found.text) for found in read(name, raw)] == expected


def test_columns_by_name_in_german_and_english() -> None:
    (found,) = read("a.csv", f"Kennung;Titel;ERZÄHLUNG;Alter\nx7;Der Weg;{PROSE};41\n".encode("cp1252"))
    assert found == Document(PROSE, "Der Weg", "x7", {"Alter": "41"})


def test_the_column_with_prose_when_no_name_helps() -> None:
    (found,) = read("a.csv", f"wer,was\nanna,{PROSE}\n")
    assert (found.text, found.row_id, found.attributes) == (PROSE, "1", {"wer": "anna"})


def test_columns_the_user_names() -> None:
    (found,) = read("a.csv", f"text,mine\nkurz,{PROSE}\n", text_columns=("mine",))
    assert found.text == PROSE


def test_ids_that_are_not_unique_stay_attributes() -> None:
    first, second = read("a.csv", f"id,text\n1,{PROSE}\n1,{PROSE} Ja.\n")
    assert (first.row_id, second.row_id, second.attributes) == ("1", "2", {"id": "1"})


def test_rows_without_text_are_left_out_and_others_keep_their_number() -> None:
    assert [found.row_id for found in read("a.csv", f'text,x\n{PROSE},1\n"",2\n{PROSE} Ja.,3\n')] == [
        "1",
        "3",
    ]


def test_excel_ways() -> None:
    assert read("a.csv", f"sep=;\nid;text\n1;{PROSE}\n")[0].text == PROSE
    (found,) = read(
        "a.xlsx", xlsx_of([["id", "text", None, "Jahr"], [3.0, PROSE, "x", 1998.5], [None, None]])
    )
    assert (found.row_id, found.attributes) == ("3", {"column 3": "x", "Jahr": "1998.5"})


def test_a_very_long_cell() -> None:
    text = " ".join([PROSE] * 5000)
    assert read("a.csv", csv_of([["id", "text"], ["1", text]]))[0].text == text


def test_json_values() -> None:
    (found,) = read("a.jsonl", json.dumps({"text": PROSE, "id": 7, "tags": ["a", "b"], "no": None, "n": 1.5}))
    assert (found.row_id, found.attributes) == ("7", {"tags": "a, b", "n": "1.5"})


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (
            "a.csv",
            "id,Alter\n1,41\n",
            r"no column with texts \(columns: id, Alter\); name that column 'text'",
        ),
        ("a.csv", "text\n", "no row below a header"),
        ("a.jsonl", '{"text": "x"}\n\nbroken\n', "no valid JSON in line 3"),
        ("a.jsonl", '{"text": "x"}\n[1]\n', "no JSON object in line 2"),
    ],
)
def test_errors(name: str, raw: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^{name} .*{message}.*\.$"):
        read(name, raw)

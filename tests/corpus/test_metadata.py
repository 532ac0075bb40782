"""Which row belongs to which narrative, and what its columns say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from narratives.corpus.metadata import Metadata, read_metadata
from narratives.errors import InputError


def table(tmp_path: Path, text: str, name: str = "metadata.csv") -> Metadata:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_metadata(path)


def row(tmp_path: Path, header: str, cells: str) -> dict[str, Any]:
    found = table(tmp_path, f"file;{header}\na.txt;{cells}\n").match("a.txt", None)
    assert found is not None
    return found


def test_path_name_stem_and_row_id_in_this_order(tmp_path: Path) -> None:
    found = table(tmp_path, "Datei,Ort\ntexts/a.txt,1\nB.TXT,2\nc,3\n17,4\nx\\d.txt,5\n")
    assert found.match("texts/a.txt", None) == {"Ort": "1"}
    assert found.match("a.txt", None) == {"Ort": "1"}
    assert found.match("other/a.txt", None) is None
    assert found.match("sub/b.txt", None) == {"Ort": "2"}
    assert found.match("c.docx", None) == {"Ort": "3"}
    assert found.match("table.csv", "17") == {"Ort": "4"}
    assert found.unmatched() == ["x\\d.txt"]
    assert found.match("study/x/d.txt", None) == {"Ort": "5"}
    assert found.unmatched() == []


def test_the_same_name_in_two_folders_needs_the_folder(tmp_path: Path) -> None:
    found = table(tmp_path, "file,n\none/a.txt,1\ntwo/a.txt,2\n")
    assert found.match("two/a.txt", None) == {"n": "2"}
    assert found.match("study/one/a.txt", None) == {"n": "1"}
    assert found.match("a.txt", None) is None


def test_names_with_dots(tmp_path: Path) -> None:
    found = table(tmp_path, "id,n\n1.2 Anna,1\n3,2\n")
    assert found.match("1.2 Anna.txt", None) == {"n": "1"}
    assert found.match("1.txt", None) is None
    assert found.match("a.csv", "3") == {"n": "2"}


@pytest.mark.parametrize(
    ("cell", "perspective"),
    [
        ("experiencer", "experiencer"),
        ("Psychiatrie-Erfahrene", "experiencer"),
        ("Betroffene/r", "experiencer"),
        ("Angehörige:r", "relative"),
        ("Angehöriger", "relative"),
        ("Fachkraft", "professional"),
        ("Mitarbeiterin", "professional"),
        ("peer_worker", "peer_worker"),
        ("Peer Worker", "peer_worker"),
        ("Genesungsbegleiter*in", "peer_worker"),
        ("Genesungsbegleiterinnen", "peer_worker"),
        ("EX-IN-Genesungsbegleiterin", "peer_worker"),
    ],
)
def test_perspectives(tmp_path: Path, cell: str, perspective: str) -> None:
    assert row(tmp_path, "Perspektive", cell) == {"perspective": perspective}


def test_languages_titles_and_other_columns(tmp_path: Path) -> None:
    found = row(tmp_path, "Sprache;Titel;Alter;leer", "Deutsch;Der Weg;40-49;")
    assert found == {"language": "de", "title": "Der Weg", "Alter": "40-49"}
    assert row(tmp_path, "language", "en-GB") == {"language": "en"}


@pytest.mark.parametrize(
    ("cell", "scopes"),
    [
        ("", []),
        ("keine", []),
        ('"analysis;teaching"', ["analysis", "teaching"]),
        ("Auswertung, Lehre | Veröffentlichung", ["analysis", "teaching", "publication"]),
        ('"Zitate; research_quote"', ["research_quote"]),
        ("Maschinelle Verarbeitung, Nachnutzung, externe Verarbeitung",
         ["machine_processing", "reuse", "external_processing"]),
    ],
)  # fmt: skip
def test_consent(tmp_path: Path, cell: str, scopes: list[str]) -> None:
    assert row(tmp_path, "Einwilligung;x", f"{cell};y")["consent"] == scopes


def test_no_column_of_consent_is_not_the_same_as_none_granted(tmp_path: Path) -> None:
    assert "consent" not in row(tmp_path, "Ort", "Bremen")


def test_a_spreadsheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["ID", "Alter"])
    book.active.append([7, 41.0])
    book.save(tmp_path / "metadata.xlsx")
    assert read_metadata(tmp_path / "metadata.xlsx").match("a.csv", "7") == {"Alter": "41"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,perspective\na.txt,Nachbar\n", r"row 2: the perspective 'Nachbar' .*experiencer, relative"),
        (
            "file,consent\na.txt,analysis\nb.txt,alles\n",
            r"row 3: the consent 'alles' .*analysis, research_quote",
        ),
        ("file,n\na.txt,1\nb.txt,2\nA.TXT,3\n", r"names A\.TXT in rows 2 and 4"),
        ("Ort,n\nx,1\n", r"no column that names the files \(columns: Ort, n\)"),
        ("file,n\n,1\n", r"no 'file' in row 2"),
        ("file,n\n", r"no row below a header"),
    ],
)
def test_errors_name_the_row_and_the_way_out(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=rf"^metadata\.csv.*{message}.*\.$"):
        table(tmp_path, text)


def test_no_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"notes\.txt is no table"):
        table(tmp_path, "x", "notes.txt")
    with pytest.raises(InputError, match=r"missing\.csv cannot be opened"):
        read_metadata(tmp_path / "missing.csv")

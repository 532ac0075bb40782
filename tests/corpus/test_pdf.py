"""PDF pages become flowing paragraphs again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_pdf import Words, column, pdf

from narratives.corpus.readers import ReadOptions, read_file

ACCOUNT = [
    "Damals wohnte ich noch bei meinen El|tern und ging je|den Mor|gen densel|ben Weg zur Ar|beit, am Fluss "
    "ent|lang, bis zu der Brü|cke, die man spä|ter ab|geris|sen hat.",
    "An einem die|ser Mor|gen hör|te ich zum ers|ten Mal, dass je|mand mei|nen Na|men rief, und es war "
    "nie|mand da. Ich dreh|te mich um und ging wei|ter, weil ich nicht zu spät kom|men woll|te.",
    "Im EX-IN-|Kurs, zwi|schen Aus- und Wei|ter|bil|dung, ha|be ich das zum ers|ten Mal je|man|dem er|zählt, "
    "der nicht in der psych|iat|ri|schen Kli|nik ar|bei|tet. Er frag|te nach der Stim|me.",
    "Seit|dem ge|he ich wie|der den|sel|ben Weg, ob|wohl die Brü|cke nicht mehr steht, und den|ke an nichts.",
] * 3
TEXT = "\n\n".join(paragraph.replace("|", "") for paragraph in ACCOUNT)


def read(raw: bytes) -> str:
    (document,) = read_file(Path("a.pdf"), raw, ReadOptions())
    return document.text


def paged(lines: list[Words], rows: int, head: str = "", foot: str = "") -> list[list[Words]]:
    """Lines on pages of so many rows, with a head and a foot whose '#' is the number of the page."""
    pages = []
    for first in range(0, len(lines), rows):
        number = str(14 + first // rows)
        page = [
            Words(words.x, 700 - 13 * row, words.text)
            for row, words in enumerate(lines[first : first + rows])
        ]
        if head:
            page.insert(0, Words(80, 740, head.replace("#", number)))
        if foot:
            page.append(Words(300, 40, foot.replace("#", number)))
        pages.append(page)
    return pages


@pytest.mark.parametrize("letters", [44, 52, 61, 68])
@pytest.mark.parametrize("indent", [0.0, 12.0])
def test_paragraphs_set_in_or_apart(letters: int, indent: float) -> None:
    gap = 0.0 if indent else 8.0
    lines = column(ACCOUNT, 80, 760, letters, indent, gap)
    assert read(pdf([lines])) == TEXT


@pytest.mark.parametrize("rows", [11, 16, 23])
@pytest.mark.parametrize(
    ("head", "foot"),
    [("Mein Weg", "#"), ("# Rundbrief, Heft 2", ""), ("", "Seite # von 99"), ("Weg  #", "2024")],
)
def test_heads_feet_and_page_numbers_go(rows: int, head: str, foot: str) -> None:
    lines = column(ACCOUNT, 80, 700, 56, indent=12)
    assert read(pdf(paged(lines, rows, head, foot))) == TEXT


def test_two_columns_under_a_title_whatever_the_order_in_the_file() -> None:
    lines = column(ACCOUNT, 60, 700, 38, indent=12)
    half = len(lines) // 2 + 1
    left = [Words(words.x, 680 - 13 * row, words.text) for row, words in enumerate(lines[:half])]
    right = [Words(words.x + 260, 680 - 13 * row, words.text) for row, words in enumerate(lines[half:])]
    title = [Words(120, 740, "Ein Titel quer", 20)]
    by_row = sorted(left + right, key=lambda words: (-words.y, words.x))
    for page in (title + left + right, right + left + title, title + by_row):
        assert read(pdf([page])) == f"Ein Titel quer\n\n{TEXT}"


def test_turns_with_labels_before_a_tab_are_no_columns() -> None:
    words = []
    for row, words_of_line in enumerate(column(ACCOUNT, 120, 740, 60)):
        words.append(Words(words_of_line.x, 740 - 13 * row, words_of_line.text))
        if words_of_line.text.split(" ")[0] in ("Damals", "An", "Im", "Seitdem"):
            words.append(Words(80, 740 - 13 * row, "B:"))
    assert read(pdf([words])) == "\n\n".join(f"B: {paragraph}" for paragraph in TEXT.split("\n\n"))


def test_a_rotated_page() -> None:
    assert read(pdf([column(ACCOUNT, 60, 540, 90, indent=12)], rotate=90)) == TEXT


def test_ligature_spaces_spaced_letters_and_note_marks() -> None:
    spaced = [(0, "W"), (9, "i"), (18, "r"), (32, "g"), (41, "e"), (50, "h"), (59, "e"), (68, "n")]
    page = [
        Words(80, 700, "Das ist eine Identifi  "),
        Words(80 + 21 * 6, 700, "kation mit einer Klinik"),
        Words(80 + 44 * 6, 704, "12", 6),
        Words(80 + 46 * 6 - 4, 700, ", sagte man."),
        *(Words(80 + at, 660, letter) for at, letter in spaced),
        Words(80, 620, "Das war s e h r wichtig."),
        Words(80, 400, "12 Siehe dort, Seite 3 und folgende.", 7),
    ]
    assert read(pdf([page])) == (
        "Das ist eine Identifikation mit einer Klinik, sagte man.\n\nWir gehen\n\nDas war sehr wichtig."
    )


def test_hyphens_of_a_text_that_parts_no_words_are_real() -> None:
    lines = [words.text for words in column([TEXT.replace("\n\n", " ").replace("-", "")] * 3, 0, 0, 50)]
    lines += ["It is about a half-", "forgotten road and about a dog-", "in-the-manger man--", "gone."]
    pages = [
        [Words(60, 760 - 13 * i, line) for i, line in enumerate(lines[at : at + 47])]
        for at in (0, 47, 94, 141)
    ]
    text = read(pdf(pages))
    assert text.endswith("about a half-forgotten road and about a dog-in-the-manger man--gone.")


def test_a_title_that_is_a_file_name_is_none() -> None:
    for title, kept in [("Mein Weg", "Mein Weg"), ("Microsoft Word - mueller.doc", ""), ("bericht.odt", "")]:
        info = b"<< /Title (%s) >>" % title.encode()
        raw = pdf([column(ACCOUNT, 60, 740, 60)], extra=info, trailer=b"/Info 6 0 R")
        assert read_file(Path("a.pdf"), raw, ReadOptions())[0].title == kept

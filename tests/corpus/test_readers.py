"""What goes into a text document comes out again: docx, odt, rtf, html, md, txt."""

from __future__ import annotations

import html
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from prose import accounts

from narratives.corpus.document import Document
from narratives.corpus.readers import READERS, ReadOptions, read_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(name: str, raw: bytes) -> Document:
    (document,) = read_file(Path(name), raw, ReadOptions())
    return document


def docx_of(paragraphs: list[str], title: str = "") -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def docx_body(xml: str) -> bytes:
    """A Word file whose body is this XML."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    for child in list(parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>')):
        document.element.body.insert(-1, child)
    return saved(document)


def odt_of(body: str, title: str = "") -> bytes:
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing")]
    )
    dc = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = (
        f"<office:document-content{names}{dc}><office:body><office:text>{body}</office:text></office:body>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}</office:document-content>")
        archive.writestr("meta.xml", f"<office:meta{names}{dc}><dc:title>{title}</dc:title></office:meta>")
    return buffer.getvalue()


def rtf_of(paragraphs: list[str]) -> bytes:
    def letters(text: str) -> str:
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text)

    return ("{\\rtf1\\ansi\\ansicpg1252 " + "\\par\n".join(map(letters, paragraphs)) + "\\par}").encode(
        "ascii"
    )


@given(accounts)
@settings(deadline=None, max_examples=25)
def test_every_writer_and_reader_agree_about_paragraphs(account: list[str]) -> None:
    text = "\n\n".join(account)
    marked = [html.escape(paragraph) for paragraph in account]
    page = "<html><head><meta charset=utf-8><title>x</title></head><body>" + "".join(
        f"<p>{p}" for p in marked
    )
    assert read("a.docx", docx_of(account)).text == text
    assert read("a.odt", odt_of("".join(f"<text:p>{p}</text:p>" for p in marked))).text == text
    assert read("a.rtf", rtf_of(account)).text == text
    assert read("a.HTML", page.encode()).text == text
    assert read("a.md", text.encode()).text == text
    assert read("a.txt", text.encode("utf-16")).text == text


def test_every_suffix_has_its_module() -> None:
    folder = Path(__file__).parents[2] / "narratives/corpus/readers"
    assert all((folder / f"{module}.py").is_file() for module in READERS.values())


def test_docx_as_the_reader_of_the_final_version_sees_it() -> None:
    raw = docx_body(
        "<w:p><w:r><w:t>Neu </w:t></w:r><w:ins><w:r><w:t>eingefügt</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gelöscht</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>versteckt</w:t></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>fertig</w:t><w:br/><w:t>Zeile</w:t><w:tab/><w:t>zwei</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Zwei Absätze, </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>einer geworden</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Inhalt 3</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>Verweis</w:t></w:r></w:hyperlink></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert read("a.docx", raw).text == (
        "Neu eingefügt-fertig\nZeile\tzwei\n\nZwei Absätze, einer geworden\n\nVerweis"
    )


def test_docx_tables_stand_where_they_stand_and_heads_and_feet_go() -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kopf"
    document.sections[0].footer.paragraphs[0].text = "Fuß"
    document.add_paragraph("Davor")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["I", "Wie?", "B", "So."], strict=True
    ):
        cell.text = text
    document.add_paragraph("Danach")
    wide = document.add_table(rows=1, cols=2)
    wide.rows[0].cells[0].text = "links"
    wide.rows[0].cells[0].add_paragraph("noch links")
    wide.rows[0].cells[1].text = "rechts"
    text = read("a.docx", saved(document)).text
    assert text == "Davor\n\nI\tWie?\n\nB\tSo.\n\nDanach\n\nlinks\n\nnoch links\n\nrechts"


def test_titles() -> None:
    assert read("a.docx", docx_of(["Text"], "Mein\nWeg")).title == "Mein Weg"
    assert read("a.odt", odt_of("<text:p>Text</text:p>", "Mein Weg")).title == "Mein Weg"
    assert read("a.rtf", b"{\\rtf1\\ansi{\\info{\\title M\\'fcde}}Text}").title == "Müde"
    assert read("a.html", b"<title>Mein Weg</title><p>Text").title == "Mein Weg"


def test_odt_spaces_changes_notes_and_tables() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gelöscht</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:h>Der   Weg</text:h>"
        "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d<text:note><text:note-body>"
        "<text:p>Fußnote</text:p></text:note-body></text:note><text:span> e</text:span>\n  f</text:p>"
        "<text:list><text:list-item><text:p>Punkt</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>I</text:p></table:table-cell>"
        "<table:table-cell><text:p>Wie?</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>vor<draw:frame><draw:text-box><text:p>Kasten</text:p></draw:text-box></draw:frame></text:p>"
    )
    assert read("a.odt", odt_of(body)).text == (
        "Der Weg\n\na   b\tc\nd e f\n\nPunkt\n\nI\tWie?\n\nvor\n\nKasten"
    )


def test_rtf_code_pages_breaks_deletions_and_furniture() -> None:
    raw = (
        b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}{\\header Kopf\\par}{\\footer Fu\\'df}"
        b"M\\'fcde\\line und {\\b fett}.{\\deleted weg}{\\v geheim} \\emdash\\~\\u8222?ja\\ldblquote\\par "
        b'{\\field{\\*\\fldinst{HYPERLINK "http://x.de"}}{\\fldrslt Verweis}} \\u-10179?\\u-8704?\\par'
        b"\\trowd I\\cell Wie?\\cell\\row}"
    )
    assert read("a.rtf", raw).text == "Müde\nund fett. — „ja“\n\nVerweis 😀\n\nI\tWie?"


def test_html_furniture_hidden_parts_breaks_and_charset() -> None:
    page = (
        "<html><head><meta charset='windows-1252'><style>p {}</style></head><body>"
        "<nav>Start</nav><header>H</header>"
        "<div>Er sagte <b>„nein“</b><br>und   ging.<!-- x --> Weit.<div>Innen</div>Außen</div>"
        "<p hidden>versteckt</p><script>x()</script><ul><li>eins<li>zwei</ul>"
        "<table><tr><td>I</td><td>Wie?</td></tr></table><pre>a\n  b</pre>"
        "<aside>Werbung</aside><footer>F</footer>"
    )
    text = read("a.htm", page.encode("cp1252")).text
    assert text == "Er sagte „nein“\nund ging. Weit.\n\nInnen\n\nAußen\n\neins\n\nzwei\n\nI\tWie?\n\na\nb"


def test_html_main_part_wrong_nesting_and_depth() -> None:
    assert read("a.html", b"<p>Menu</p><main><p>Text</p></main>").text == "Text"
    assert read("a.html", b"<b><p>Aho</b>: Yes.</p>").text == "Aho: Yes."
    assert "Text" in read("a.html", b"<div>" * 200 + b"Text").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Weg\nJetzt.", "Weg\n\nJetzt."),
        ("Weg\n===\nJetzt.", "Weg\n\nJetzt."),
        ("Das ist *sehr* **wichtig**, __ja__ _doch_.", "Das ist sehr wichtig, ja doch."),
        ("Mitarbeiter*innen und Patient*innen, PERSON_1 und PERSON_2", None),
        ("[Name] aus [ORT_1][ORT_2]", None),
        ("Ein [Verweis](http://x.de) und <http://y.de>", "Ein Verweis und http://y.de"),
        ("[Text][1]\n\n[1]: http://x.de", "Text"),
        ("> Zitat\n> weiter", "Zitat\nweiter"),
        ("- eins\n- zwei", None),
        ("I: Ja?\nB: (lacht) 5 * 3 = 15", None),
        ("1986\\. Ein Jahr\n\n---\n\nDanach", "1986. Ein Jahr\n\nDanach"),
        ("vor<!-- Notiz\n-->nach ~~falsch~~", "vornach"),
        ("```\nx * y * z\n```", "x * y * z"),
    ],
)
def test_markdown_marks(source: str, text: str | None) -> None:
    assert read("a.md", source.encode()).text == (source if text is None else text)


def test_markdown_front_matter() -> None:
    raw = b"---\ntitle: Weg\nalter: 41\nthemen: [a, b]\n---\n# Anfang\n\nText"
    document = read("a.md", raw)
    assert (document.title, document.text) == ("Weg", "Anfang\n\nText")
    assert document.attributes == {"alter": "41", "themen": "a, b"}

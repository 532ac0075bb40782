"""Web pages: block elements become paragraphs, the furniture of the page goes."""

from __future__ import annotations

import re
from typing import Any

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.encoding import decode
from narratives.corpus.readers.archive import refuse_entities
from narratives.corpus.readers.options import ReadOptions

_SKIPPED = {
    "script", "style", "nav", "header", "footer", "aside", "head", "noscript", "template", "svg", "math",
    "button", "select", "textarea", "iframe", "object", "canvas", "audio", "video", "rp", "rt",
    "del",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "html",
    "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
}  # fmt: skip
_FURNITURE = {"nav", "header", "footer", "aside"}  # dropped, but paragraphs end beside it
_CELLS = {"td", "th"}
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_LOOSE_MARK = re.compile(
    r"\n\n(?=[:;,.?!)](?:\s|$))"
)  # wrongly nested tags put it into a paragraph of its own
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account on a page; raises UnreadableFile when it holds no text."""
    from lxml import html

    refuse_entities(raw[:4096], name)
    declared = _CHARSET.search(raw[:4096])
    encoding = options.encoding or (declared.group(1).decode("ascii") if declared else None)
    page = _DECLARATION.sub("", decode(raw, name, encoding)).replace("\0", "")
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    text = _text(_content(root))
    return [Document(clean(text), title=clean_line(root.findtext(".//title") or ""))]


def _content(root: Any) -> Any:
    """The <main> of the page when it has exactly one; else all of it."""
    mains = root.findall(".//main")
    return mains[0] if len(mains) == 1 and mains[0].text_content().strip() else root


def _text(root: Any) -> str:
    """The visible text below `root`; walked without recursion, since old pages nest without end."""
    from lxml import etree

    parts: list[str] = []
    skipped: Any = None
    preformatted = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if skipped is not None:
                continue
            if not tag or tag in _SKIPPED or _is_hidden(node):
                skipped = node
                continue
            preformatted += tag == "pre"
            parts.append(_opening(tag))
            parts.append(_inline(node.text, preformatted))
            continue
        if skipped is None:
            parts.append("\n\n" if tag in _BLOCKS else "\t" if tag in _CELLS else "")
            preformatted -= tag == "pre"
        if skipped is node:
            skipped = None
            parts.append("\n\n" if tag in _FURNITURE else "")
        if skipped is None and node is not root:
            parts.append(_inline(node.tail, preformatted))
    text = re.sub(r" {2,}", " ", "".join(parts))
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
    return _LOOSE_MARK.sub("", text)


def _opening(tag: str) -> str:
    if tag == "br":
        return "\n"
    return "\n\n" if tag in _BLOCKS else ""


def _inline(text: str | None, preformatted: int) -> str:
    """Text as a browser shows it: white space of the source counts as one space."""
    if not text:
        return ""
    return text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)


def _is_hidden(node: Any) -> bool:
    return "hidden" in node.attrib or "display:none" in node.get("style", "").replace(" ", "").casefold()

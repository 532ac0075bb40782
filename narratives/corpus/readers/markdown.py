"""Markdown: the marks go, the words stay, front matter becomes attributes."""

from __future__ import annotations

import re
from typing import Any

from narratives.corpus.document import Document, clean, clean_line
from narratives.corpus.encoding import decode
from narratives.corpus.readers.options import ReadOptions
from narratives.errors import UnreadableFile

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^(?:[ \t]*[*_-]){3,}[ \t]*$|^\|?[ \t:|-]*-{3,}[ \t:|-]*$")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)")
_QUOTE = re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:[ \t]+\S+.*$", re.MULTILINE)
# Emphasis never opens or closes inside a word: 'Mitarbeiter*innen' and 'PERSON_1' keep their marks.
_INLINE = [
    (re.compile(r"!\[([^\[\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(?<!\\)\[([^\[\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|p|div|br|sub|sup)(?:\s[^<>\n]*)?/?>", re.IGNORECASE), ""),
    (re.compile(r"(?<![\w\\*])\*{3}(?=\S)([^*]{1,300}?)(?<=\S)\*{3}(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\*])\*\*(?=\S)(.{1,300}?)(?<=[^\s\\])\*\*(?!\w)", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\w\\_])__(?=\S)(.{1,300}?)(?<=[^\s\\])__(?!\w)", re.DOTALL), r"\1"),
    (re.compile(r"(?<![\w\\*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s\\])\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\_])_(?=[^\s_])([^_\n]+?)(?<=[^\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"~~(?=\S)[^~\n]+~~"), ""),  # struck out: the writer took it back
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])"), r"\1"),
]


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return the one account in a Markdown file; raises UnreadableFile when its front matter is no YAML."""
    source = clean(decode(raw, name, options.encoding))
    attributes, body = _front_matter(source, name)
    title, text = _plain(body)
    title = attributes.pop("title", "") or attributes.pop("titel", "") or title
    return [Document(clean(text), title=clean_line(title), attributes=attributes)]


def _front_matter(source: str, name: str) -> tuple[dict[str, str], str]:
    found = _FRONT_MATTER.match(source)
    if not found:
        return {}, source
    import yaml

    try:
        values = yaml.safe_load(found.group(1))
    except yaml.YAMLError as error:
        sentence = f"{name} begins with front matter that is not valid YAML; mend or remove it."
        raise UnreadableFile(sentence) from error
    if not isinstance(values, dict):
        return {}, source  # a text that begins with a rule
    attributes = {str(key): _value(value) for key, value in values.items() if value is not None}
    return attributes, source[found.end() :]


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(body: str) -> tuple[str, str]:
    """Return the first heading and the text without marks."""
    body = _COMMENT.sub("", body)
    references = {label.casefold() for label in _DEFINITION.findall(body)}
    lines: list[str] = []
    title, fenced = "", False
    for line in _DEFINITION.sub("", body).split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(line)
        elif heading := _HEADING.match(line):
            title = title or _inline(heading.group(1), references)
            lines += ["", heading.group(1), ""]
        elif _UNDERLINE.match(line) and lines and lines[-1].strip():
            title = title or _inline(lines[-1], references)
            lines.append("")
        else:
            lines.append("" if _RULE.match(line) else _QUOTE.sub("", line))
    return title, _inline("\n".join(lines), references)


def _inline(text: str, references: set[str]) -> str:
    if references:  # only defined labels are links: '[ORT_1][NAME_2]' stays
        pattern = re.compile(r"\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
        text = pattern.sub(lambda m: m[1] if (m[2] or m[1]).casefold() in references else m[0], text)
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    return text

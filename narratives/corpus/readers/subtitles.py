"""Subtitles (.srt, .vtt): cues become flowing text, a new speaker begins a new paragraph.

Both formats are read by their time lines alone, since real files miss numbers, add notes to them
('2 # slide') or lack blank lines, on which the usual libraries stop.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from narratives.corpus.document import Document, clean
from narratives.corpus.encoding import decode
from narratives.corpus.readers.options import ReadOptions
from narratives.errors import UnreadableFile

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.:](\d{1,3})"
_TIMES = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_NUMBER = re.compile(r"^\s*\d+(?:\.\d+)?\s*(?:[#:|(\[].*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?[A-Za-z][^>\n]*>|<\d[\d:.]*>|</>|\{\\[^}\n]*\}")
_VTT_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_LABEL = re.compile(r"^(?:>>\s*)?([A-ZÄÖÜ][\w.\-]{0,19}(?: [A-ZÄÖÜ][\w.\-]{0,19})?):\s")
_SHORT_LABEL = re.compile(r"^[A-Z]{1,3}\d{0,2}$")
_DASH = re.compile(r"^[-–—]\s?[^\W_]|^[-–—]\s?[\"„“»«(\[]")
_SENTENCE_END = re.compile(r"[.!?…][\"»«“”’')\]]*$")
_PAUSE = 2.0  # seconds of silence after a finished sentence that begin a new paragraph


@dataclass
class _Cue:
    start: float
    end: float
    lines: list[str]
    voice: str = ""


def read(raw: bytes, name: str, options: ReadOptions) -> list[Document]:
    """Return what was said; raises UnreadableFile when the file has no time lines."""
    cues = _cues(clean(decode(raw, name, options.encoding)))
    if not cues:
        raise UnreadableFile(f"{name} has no time lines ('00:00:01,000 --> ...'); export it again.")
    _unroll(cues)
    return [Document(clean("\n\n".join(_paragraphs(cues))))]


def _cues(text: str) -> list[_Cue]:
    lines = text.split("\n")
    times = [(i, found) for i, line in enumerate(lines) if (found := _TIMES.match(line))]
    cues = []
    for (at, found), (following, _) in zip(times, [*times[1:], (None, None)], strict=False):
        clock = found.groups()
        body = _before_note(lines[at + 1 : following])
        body = body if following is None else _unnamed(body)
        cues += _voices(_seconds(clock[:4]), _seconds(clock[4:]), body)
    return cues


def _before_note(lines: list[str]) -> list[str]:
    """Comments and styles of .vtt files stand between cues."""
    ends = [i for i, line in enumerate(lines) if i and not lines[i - 1].strip() and _VTT_BLOCK.match(line)]
    return lines[: ends[0]] if ends else lines


def _unnamed(lines: list[str]) -> list[str]:
    """The lines of a cue without the number or name of the next one, which stands before its time line."""
    blank = max((i for i, line in enumerate(lines) if not line.strip()), default=None)
    if blank is not None:
        return lines[:blank] if len(lines) - blank <= 2 else lines
    return lines[:-1] if len(lines) > 1 and _NUMBER.match(lines[-1]) else lines


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, part = (value or "0" for value in clock)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(part.ljust(3, "0")) / 1000


def _voices(start: float, end: float, lines: list[str]) -> list[_Cue]:
    """One cue a voice: '<v Anna>Ja. <v Bert>Nein.' are two."""
    parts = _VOICE.split("\n".join(lines))
    cues = []
    for voice, words in zip(["", *parts[1::2]], parts[0::2], strict=True):
        kept = [stripped for line in words.split("\n") if (stripped := _stripped(line))]
        if kept:
            cues.append(_Cue(start, end, kept, voice.strip()))
    return cues


def _stripped(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _unroll(cues: list[_Cue]) -> None:
    """Drop what rolling captions repeat: there each cue begins with the line that the last one ended with."""
    pairs = list(pairwise(cues))
    repeats = [after for before, after in pairs if before.lines[-1] == after.lines[0]]
    if len(repeats) < 3 or len(repeats) < 0.4 * len(pairs):
        return
    last = ""
    for cue in cues:
        seen, last = last, cue.lines[-1]
        while cue.lines and cue.lines[0] == seen:
            cue.lines.pop(0)


def _paragraphs(cues: list[_Cue]) -> list[str]:
    labels = _labels(cues)
    paragraphs: list[str] = []
    voice, ended = "", 0.0
    for cue in (cue for cue in cues if cue.lines):
        for i, line in enumerate(cue.lines):
            label = _LABEL.match(line)
            turn = _is_dash(cue.lines, i, paragraphs) or (label is not None and label.group(1) in labels)
            if i == 0 and cue.voice != voice:
                turn, voice = True, cue.voice
                line = f"{voice}: {line}" if voice else line  # noqa: PLW2901 - the line as it will stand
            pause = i == 0 and cue.start - ended >= _PAUSE and bool(paragraphs)
            if not paragraphs or turn or (pause and _SENTENCE_END.search(paragraphs[-1])):
                paragraphs.append(line)
            else:
                paragraphs[-1] += f" {line}"
        ended = cue.end
    return paragraphs


def _is_dash(lines: list[str], at: int, paragraphs: list[str]) -> bool:
    """A dash of dialogue: another one is in the cue, or it begins the cue after a finished sentence."""
    if not _DASH.match(lines[at]):
        return False
    several = sum(bool(_DASH.match(line)) for line in lines) > 1
    return several or (at == 0 and (not paragraphs or bool(_SENTENCE_END.search(paragraphs[-1]))))


def _labels(cues: list[_Cue]) -> set[str]:
    """Speaker labels at the start of lines: I, B1, or any name that comes back."""
    found = Counter(label.group(1) for cue in cues for line in cue.lines if (label := _LABEL.match(line)))
    return {name for name, times in found.items() if times > 1 or _SHORT_LABEL.match(name)}

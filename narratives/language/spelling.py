"""German as people write it: without ß or umlauts, in older spelling, shortened as in speech."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UMLAUTS = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
# Since 1996 ß stands only after a long vowel or a diphthong. Long vowels cannot be told by rule.
_LONG = r"(?:gr[oöuü]|f[uü]|sp[aä]|m[aä]|st[oö]|sch[oö]|kl[oö]|bl[oö]|s[uü]|(?<!d)ru|stra|gef[aä]|ges[aä])"
_SHARP_S = re.compile(rf"({_LONG}|ei|ie|au|äu|eu)?ß(?![aeiouäöüy])")
_SWISS = re.compile(
    r"(?<=ie)ss|(?<=ei)ss(?=\Z|en|ig|er|t)|(?<=\Aau)ss(?=en|er)|(?<=drau)ss(?=en)"
    r"|(?<=spa)ss(?=\Z|ig)|(?<=gr[oöuü])ss|(?<=fu)ss(?=\Z)|(?<=s[uü])ss(?=\Z|i)|(?<=sto)ss(?=\Z|en)"
)
_SHORTENED = 3  # letters a word must have before endings are guessed


def todays(lemma: str) -> str:
    """Return a known German word in today's spelling: daß -> dass, schloß -> schloss."""
    if "ß" in lemma:
        return _SHARP_S.sub(lambda found: found[0] if found[1] else "ss", lemma)
    return _SWISS.sub("ß", lemma) if "ss" in lemma else lemma


def variants(lower: str) -> Iterator[str]:
    """Yield other spellings of an unknown lower-case form, the likeliest first; most are no words."""
    spelled = lower
    for written, umlaut in _UMLAUTS:
        if written in lower:
            yield lower.replace(written, umlaut)
        spelled = spelled.replace(written, umlaut)
    yield spelled
    for base in dict.fromkeys((lower, spelled)):
        if "ss" in base:
            yield base.replace("ss", "ß")
            yield base.replace("ss", "ß", 1)
        if "ß" in base:
            yield base.replace("ß", "ss")
    older = lower.replace("th", "t").replace("ey", "ei").replace("ay", "ai")
    older = re.sub(r"niß\Z", "nis", older)
    yield older
    yield re.sub(r"c(?!h|k)", "k", older)
    yield re.sub(r"ir(en|t|te|ten)\Z", r"ier\1", older)


def unshortened(lower: str) -> Iterator[str]:
    """Yield the full forms that a form of speech may stand for: gehn, hätt, habs, biste, g'sagt."""
    if "'" in lower or "’" in lower:
        yield re.sub(r"g['’]", "ge", lower)
    if len(lower) < _SHORTENED:
        return
    if lower[-1] == "n":
        yield lower[:-1] + "en"
    if lower[-1] in "tdrbghkmp":
        yield lower + "e"
    if lower[-1] == "s" or lower.endswith("ste"):
        yield lower[:-1]

"""The words of a passage that may stand for a theme, and how to show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from narratives.language import Language, Token

_SHORTEST = 3
_LONGEST_PHRASE = 40


class Terms:
    """Collects content words by lemma and remembers their most frequent form, German nouns capitalised."""

    def __init__(self) -> None:
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._languages: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def of(self, text: str, language: Language) -> str:
        """Return the content words of a text as lemmas joined by blanks, each tied together by '_'."""
        kept = []
        before: Token | None = None
        plain = text == text.lower()
        for token in language.tokens(text):
            lemma = token.lemma
            if (
                not token.is_word
                or len(lemma) < _SHORTEST
                or not any(character.isalpha() for character in lemma)
                or lemma in language.label_stopwords
                or token.text.lower() in language.label_stopwords
            ):
                continue
            term = _term(lemma)
            kept.append(term)
            # A text without capitals says nothing of how a word is written.
            self._forms[term][token.text] += 0 if plain else 1
            self._languages[term][language.code] += 1
            if before is not None and text[before.end : token.start] == " ":
                self._pairs[_term(before.lemma), term][text[before.start : token.end]] += 1
            before = token
        return " ".join(kept)

    def shown(self, term: str) -> str:
        """Return the form people read: the lemma, capitalised when the word mostly is."""
        forms = self._forms.get(term)
        word = term.replace("_", " ")
        if not forms:
            return word
        total = sum(forms.values())
        upper = sum(count for form, count in forms.items() if form[:1].isupper())
        return word[:1].upper() + word[1:] if 2 * upper > total else word

    def language(self, term: str) -> str:
        """Return the language a term was mostly met in; "" for one never met."""
        met = self._languages.get(term)
        return min(met, key=lambda code: (-met[code], code)) if met else ""

    def phrase(self, first: str, second: str) -> str | None:
        """Return how two neighbouring terms are mostly written, or None when that is too long for a name."""
        written = self._pairs.get((first, second))
        if not written:
            return None
        best = min(written, key=lambda form: (-written[form], form))
        return best if len(best) <= _LONGEST_PHRASE else None


def _term(lemma: str) -> str:
    return "_".join(lemma.split())


def shared_terms(term_texts: Sequence[str], narrative_ids: Sequence[str]) -> list[str]:
    """Return the texts with only those terms that more than one narrative and three passages have.

    What one person alone speaks of is no shared theme; with one or two narratives three passages are enough.
    """
    passages: Counter[str] = Counter()
    narratives: dict[str, set[str]] = defaultdict(set)
    for text, narrative in zip(term_texts, narrative_ids, strict=True):
        for term in set(text.split()):
            passages[term] += 1
            narratives[term].add(narrative)
    least = 2 if len(set(narrative_ids)) > 2 else 1
    kept = {term for term, count in passages.items() if count >= 3 and len(narratives[term]) >= least}
    return [" ".join(term for term in text.split() if term in kept) for text in term_texts]


def distinct(words: Sequence[str], number: int) -> list[str]:
    """Return the first `number` words, leaving out those that only vary one already taken."""
    kept: list[str] = []
    for word in words:
        low = word.lower()
        if not any(low in other.lower() or other.lower() in low for other in kept):
            kept.append(word)
        if len(kept) == number:
            break
    return kept

"""German and English: sentences, tokens, lemmas, word lists, and which of the two a text is."""

from narratives.language.detect import detect_language
from narratives.language.language import Language, load_language
from narratives.language.tokens import Token

__all__ = ["Language", "Token", "detect_language", "load_language"]

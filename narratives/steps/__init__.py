"""The steps of a run: each makes its tables from those before it, or leaves them when nothing has changed."""

from narratives.steps.codes import count, suggest_codes
from narratives.steps.learning import Learnt, learn
from narratives.steps.reading import cut_passages, encode_passages, find, load_languages, read
from narratives.steps.themes import find_all_themes, group_passages, lay_out_passages

__all__ = [
    "Learnt",
    "count",
    "cut_passages",
    "encode_passages",
    "find",
    "find_all_themes",
    "group_passages",
    "lay_out_passages",
    "learn",
    "load_languages",
    "read",
    "suggest_codes",
]

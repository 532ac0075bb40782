"""What a person agreed to. A scope that is not recorded as granted is not granted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def recorded(consent: Any) -> bool:
    """Tell whether anything is recorded about this person's consent (an empty list is: nothing granted)."""
    return consent is not None and not isinstance(consent, float | str)


def granted(consent: Any, scope: str) -> bool:
    """Tell whether the scope is among those recorded."""
    return recorded(consent) and scope in set(consent)


def may_analyse(consent: Any, scope: str) -> bool:
    """Tell whether a narrative may be read by the machine.

    Where nothing was recorded the user answers for it; where something was, the scope must be in it.
    """
    return not recorded(consent) or granted(consent, scope)


def may_quote(consent: Any, scope: str, all_consents: Iterable[Any]) -> bool:
    """Tell whether the words of a narrative may be shown.

    A study that records consent for nobody shows quotes for its owner's own use; one that records it
    for anybody shows only what was granted.
    """
    return granted(consent, scope) or not any(recorded(other) for other in all_consents)

"""Requests to a chat address on this machine (Ollama, llama.cpp, vLLM), or elsewhere if the user says so."""

from __future__ import annotations

import ipaddress
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from narratives.errors import InputError

_MOST_BYTES = 1_000_000
_PIECE = 65_536


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An address that sends one on may send one anywhere."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def is_loopback(address: str) -> bool:
    """Tell whether an address can only be this machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Chat:
    """An OpenAI-compatible address, such as http://127.0.0.1:11434/v1, and the name of a model there.

    `seconds` is the longest a whole answer may take.
    """

    address: str
    model: str
    seconds: float = 120.0
    _opener: urllib.request.OpenerDirector = field(
        # No proxy: what is meant for this machine never leaves it by way of another.
        default_factory=lambda: urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    )

    def __post_init__(self) -> None:
        """Refuse an address that is none; raises InputError."""
        if urlsplit(self.address).scheme not in ("http", "https") or not urlsplit(self.address).hostname:
            raise InputError(f"{self.address!r} is no address; it must look like http://127.0.0.1:11434/v1.")

    def ask(self, messages: list[dict[str, str]]) -> str:
        """Return the answer to a talk; raises InputError, which never holds the talk, when there is none."""
        body = {"model": self.model, "messages": messages, "temperature": 0, "seed": 1, "stream": False}
        request = urllib.request.Request(
            f"{self.address.rstrip('/')}/chat/completions",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        until = time.monotonic() + self.seconds
        try:
            with self._opener.open(request, timeout=self.seconds) as answer:
                content = json.loads(_read(answer, until))
            text = content["choices"][0]["message"]["content"]
        except TimeoutError:
            raise InputError(
                f"The language model at {self.address} took longer than {self.seconds:.0f} seconds."
            ) from None
        except urllib.error.HTTPError as error:
            raise InputError(
                f"The language model at {self.address} answered with error {error.code}."
            ) from None
        except (OSError, ValueError) as error:
            kind = type(getattr(error, "reason", None) or error).__name__
            if kind in ("TimeoutError", "timeout"):
                kind = f"no answer within {self.seconds:.0f} seconds"
            raise InputError(f"The language model at {self.address} cannot be used ({kind}).") from None
        except (LookupError, TypeError, RecursionError):
            raise InputError(
                f"What answers at {self.address} does not speak the expected protocol."
            ) from None
        return text if isinstance(text, str) else ""


def _read(answer: Any, until: float) -> bytes:
    """Read a whole answer, within time and size."""
    parts, size = [], 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > _MOST_BYTES:
            raise ValueError("too long")
        if time.monotonic() > until:
            raise TimeoutError
        parts.append(piece)
    return b"".join(parts)

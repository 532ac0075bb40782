"""A server that speaks the chat protocol, with answers a test gives it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ChatServer:
    """Gives the answers one after the other (the last one for ever) and keeps what it was asked.

    `raw` is sent as it is in place of an answer; `delay` seconds pass before every eighth of it.
    """

    def __init__(self) -> None:
        self.answers: list[str] = ['{"codes": []}']
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.raw: bytes | None = None
        self.delay = 0.0
        self.location: str | None = None
        self.address = ""


@contextmanager
def serving() -> Iterator[ChatServer]:
    """Run a server on a free port of this machine."""
    state = ChatServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append({"path": self.path, **asked})
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            body = state.raw
            if body is None:
                body = json.dumps(
                    {"choices": [{"message": {"role": "assistant", "content": answer}}]}
                ).encode()
            self.send_response(state.status)
            if state.location:
                self.send_header("Location", state.location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                step = max(1, len(body) // 8) if state.delay else len(body) + 1
                for first in range(0, len(body), step):
                    time.sleep(state.delay)
                    self.wfile.write(body[first : first + step])
                    self.wfile.flush()
            except OSError:
                pass  # the other side had enough

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()

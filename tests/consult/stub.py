"""An endpoint on this machine that answers as a test wants: well, badly, slowly, endlessly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Stub:
    """`answers`: one for each request in turn, the last for all that follow; `asked`: what was sent."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    server: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def __enter__(self) -> Stub:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.asked.append(body | {"path": self.path})
                stub.heads.append(dict(self.headers))
                answer = stub.answers[min(len(stub.asked), len(stub.answers)) - 1]
                with suppress(OSError):
                    answer(self, body)
                self.close_connection = True

            do_GET = do_POST

            def log_message(self, *args: object) -> None:
                """Nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that hangs up is what some tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """A plain answer."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def raw(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Always these bytes."""
    return lambda handler, asked: send(handler, body, status, **headers)


def says(content: object, finish: str = "stop", **message: Any) -> Answer:
    """A chat completion with this content (a string, or a value to be sent as JSON)."""
    text = content if isinstance(content, str) or content is None else json.dumps(content)
    choice = {"finish_reason": finish, "message": {"role": "assistant", "content": text} | message}
    return raw(json.dumps({"choices": [choice], "usage": {"total_tokens": 900}}).encode())


def claims(*items: object) -> Answer:
    """A chat completion with these claims."""
    return says({"claims": [*items]})


def claim(quote: str, type: str = "detention", **more: Any) -> dict[str, Any]:
    """A claim as an endpoint that keeps to the schema writes it."""
    empty = {"subtype": None, "targets": [], "actors": [], "count": None, "group": None, "place": [], "date": None,
             "status": "happened", "hedged": False, "speaker": None, "penalties": [], "charge": None,
             "duration": None, "list": None, "figure": None}  # fmt: skip
    return {"quote": quote, "type": type} | empty | more

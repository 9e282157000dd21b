"""Servers on loopback that play a wiki while a ``with`` block runs."""

from __future__ import annotations

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self


class Handler(BaseHTTPRequestHandler):
    """Answers requests for whoever plays the wiki: that is ``place``."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def __init__(self, place: Any, *args: Any) -> None:
        self.place = place
        super().__init__(*args)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are remembered, not printed."""


class Serving:
    """A context manager that answers on a port which the kernel chooses."""

    server: ThreadingHTTPServer

    @property
    def handler(self) -> type[Handler]:
        """Who answers."""
        return Handler

    @property
    def host(self) -> str:
        """``127.0.0.1:PORT``."""
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://{self.host}"

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(self.handler, self))
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

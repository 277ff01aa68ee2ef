"""A small site on loopback for tests of web tabs."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

RED_DOT: Final = b"<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32'><rect width='32' height='32' fill='#f00'/></svg>"


def document(title: str, body: str = "", script: str = "", head: str = "") -> bytes:
    """An HTML page."""
    text = (
        f"<!doctype html><title>{title}</title>{head}<body style='margin:0'>{body}<script>{script}</script>"
    )
    return text.encode()


class Answer:
    """What a path is answered with. ``released`` (an event) holds the answer's second half back until it is set."""

    def __init__(
        self,
        body: bytes,
        *,
        status: int = 200,
        headers: Mapping[str, str] = {},
        content_type: str = "text/html; charset=utf-8",
        held: bool = False,
    ) -> None:
        self.body = body
        self.status = status
        self.headers = headers
        self.content_type = content_type
        self.held = held


class Site:
    """Serves ``answers`` on a free port of loopback, under the names 127.0.0.1 and localhost: two sites to Chromium."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        """Paths and headers, in order."""
        self._released = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                site.requests.append((path, dict(self.headers)))
                answer = answers.get(path, Answer(document("not here"), status=404))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                half = len(answer.body) // 2 if answer.held else len(answer.body)
                try:
                    self.wfile.write(answer.body[:half])
                    self.wfile.flush()
                    if answer.held:
                        site._released.wait(30)
                        self.wfile.write(answer.body[half:])
                except ConnectionError:
                    self.close_connection = True

            def log_message(self, format: str, *arguments: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of ``path``."""
        return f"http://{host}:{self._server.server_port}{path}"

    def cookies_of(self, path: str) -> list[str]:
        """The Cookie header of every request for ``path``, in order."""
        return [headers.get("Cookie", "") for asked, headers in self.requests if asked == path]

    def release(self) -> None:
        """Let held answers go on."""
        self._released.set()

    def close(self) -> None:
        """Stop serving."""
        self.release()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[Site]:
    """A site for a while."""
    site = Site(answers)
    try:
        yield site
    finally:
        site.close()


def refused_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

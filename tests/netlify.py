"""A server that does with a built site what its host does with `_headers` and `_redirects`.

Every rule whose path fits a request applies, and headers of one name are joined with a comma: a browser enforces each
Content-Security-Policy of such a list. The first redirect that fits wins; `!` puts it before a file.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Rules = list[tuple[str, list[tuple[str, str]]]]


def header_rules(text: str) -> Rules:
    """Path and headers of each part of a `_headers` file, in order."""
    found: Rules = []
    for part in text.strip().split("\n\n"):
        path, *lines = part.splitlines()
        found.append((path, [(name, value) for line in lines for name, value in [line.strip().split(": ", 1)]]))
    return found


def headers_of(rules: Rules, path: str) -> dict[str, str]:
    """The headers that a request for `path` gets."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        fits = path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern
        for name, value in headers if fits else ():
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def redirect_of(lines: list[str], path: str) -> tuple[int, str] | None:
    """Status and target of the first redirect that fits `path`."""
    for line in lines:
        old, new, status = line.split()
        if path.rstrip("/") and old.rstrip("/") == path.rstrip("/"):
            return int(status.rstrip("!")), new
    return None


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address of the site, without a slash at its end."""
    rules = header_rules((site / "_headers").read_text("utf-8"))
    lines = (site / "_redirects").read_text("utf-8").splitlines()

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            found = redirect_of(lines, self.path.partition("?")[0])
            if found is None:
                super().do_GET()
                return
            self.send_response(found[0])
            self.send_header("Location", found[1])
            self.end_headers()

        def end_headers(self) -> None:
            for name, value in headers_of(rules, self.path.partition("?")[0]).items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()

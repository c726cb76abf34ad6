"""Our site beside the plain theme in a real browser on a slow phone: bytes, requests, first view, blocked time."""

from __future__ import annotations

import functools
import http.server
import shutil
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import brotli
from beside import Pair
from playwright.sync_api import Browser, sync_playwright

PAGES = ("", "aftercare/", "dark-marks/", "is-this-normal/", "options/")
RUNS = 5
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
"""1.6 Mbit/s, 150 ms."""
CPU = 4
QUIET = 3_000
"""After `load`, in ms: until then scripts and what they ask for have come."""
_PACKED = {".html", ".css", ".js", ".json", ".svg"}
_OBSERVE = """
window.seen = { view: 0, blocked: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((item) => (window.seen.view = item.startTime)))
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((item) => (window.seen.blocked += item.duration - 50)))
  .observe({ type: "longtask", buffered: true });
"""
_LISTED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const all = [page, ...performance.getEntriesByType("resource")];
  return all.map((item) => [item.encodedBodySize, item.startTime < page.loadEventStart,
    item.renderBlockingStatus === "blocking"]);
}"""


class Seen(NamedTuple):
    """One visit: bytes and requests until `load` and in all, bytes the first view waits for, times in ms."""

    early: float
    total: float
    requests: float
    blocking: float
    view: float
    blocked: float


class _Packed(http.server.SimpleHTTPRequestHandler):
    """Sends text as a host does: with Brotli, at its best."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = _body(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _PACKED:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self) -> None:
        with suppress(ConnectionError):  # a visit that is over closes its connections
            super().handle_one_request()

    def log_message(self, format: str, *args: object) -> None:
        pass


@functools.cache
def _body(path: Path) -> bytes:
    return brotli.compress(path.read_bytes(), quality=11) if path.suffix in _PACKED else path.read_bytes()


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Packed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def _visit(browser: Browser, address: str) -> Seen:
    """One visit on a slow phone with an empty cache."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    page.add_init_script(_OBSERVE)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.goto(address)
    page.wait_for_timeout(QUIET)
    listed = page.evaluate(_LISTED)
    seen = page.evaluate("window.seen")
    context.close()
    sizes = [size for size, _, _ in listed]
    early = sum(size for size, early, _ in listed if early)
    blocking = sum(size for size, _, blocking in listed if blocking)
    return Seen(early, sum(sizes), len(sizes), blocking, seen["view"], seen["blocked"])


def visits(both: Pair) -> None:
    """Both built sites, page by page in turns, the median of all runs, and the ratios."""
    found: dict[str, list[Seen]] = {"ours": [], "plain": []}
    with (
        _served(both.ours / "site") as ours,
        _served(both.plain / "site") as plain,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for address in (ours, plain):  # compress everything before anything is timed
            _visit(browser, address)
        for page in PAGES:
            runs = [(_visit(browser, ours + page), _visit(browser, plain + page)) for _ in range(RUNS + 1)][1:]
            for name, seen in zip(found, zip(*runs, strict=True), strict=True):
                found[name].append(Seen(*(statistics.median(values) for values in zip(*seen, strict=True))))
                print(f"{name:5} /{page:16} {_told(found[name][-1])}")
        browser.close()
    middle = {name: Seen(*map(statistics.median, zip(*seen, strict=True))) for name, seen in found.items()}
    for name, seen in middle.items():
        print(f"{name:5} median            {_told(seen)}")
    ratios = [f"{key} {mine / theirs:.2f}" if theirs else f"{key} -" for key, mine, theirs in _beside(middle)]
    print("ratio ours to plain:", ", ".join(ratios))


def _beside(middle: dict[str, Seen]) -> Iterator[tuple[str, float, float]]:
    yield from zip(Seen._fields, middle["ours"], middle["plain"], strict=True)


def _told(seen: Seen) -> str:
    return (
        f"{seen.early / 1000:6.1f} KB before load, {seen.total / 1000:6.1f} KB in {seen.requests:.0f} requests, "
        f"{seen.blocking / 1000:5.1f} KB blocking; LCP {seen.view:5.0f} ms, blocked {seen.blocked:4.0f} ms"
    )

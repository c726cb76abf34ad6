"""What a page weighs: the requests of a real browser with an empty cache, in bytes as a host sends them (Brotli 11).

The words of a page and its source notes are most of it: they stand in the page, for who has no scripts too.
"""

from __future__ import annotations

import functools
import statistics
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser

from factbase.built import html_files

KB = 1000
BEFORE_LOAD = (34 * KB, 48 * KB)
"""The middle page and the heaviest one, until the `load` event: words, source notes, style, logo."""
BLOCKING = 12.5 * KB
"""Style and scripts that a page waits for before it shows anything."""
STYLE = 8 * KB
"""Of that, what every page has."""
QUIET = 75 * KB
"""The middle page once nothing more is asked for."""
_PACKED = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml"}
_TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const rest = performance.getEntriesByType("resource");
  return [page, ...rest].map((item) => [item.name, item.startTime < page.loadEventStart, item.renderBlockingStatus]);
}"""


@dataclass(frozen=True)
class Request:
    """One request: where to, how many bytes came, whether before `load`, whether the first view waited for it."""

    address: str
    bytes: int
    early: bool
    blocking: bool

    @property
    def for_search(self) -> bool:
        """Whether it is the search's index or its code; what opens the box is neither."""
        path = urlsplit(self.address).path
        return "search" in path and not Path(path).name.startswith("search-open.")


@functools.cache
def sent(path: Path) -> int:
    """Bytes of a file as a host sends it."""
    body = path.read_bytes()
    return len(brotli.compress(body, quality=11)) if path.suffix in _PACKED else len(body)


@pytest.fixture(scope="module")
def weights(browser: Browser, site: Path, address: str) -> dict[str, list[Request]]:
    """Every article page → its requests. Each page has an empty cache."""
    found = {}
    # Redirects, views, e-mails and what has changed since a release are small and many: they have no part in this.
    pages = html_files(site)
    for html in [path for path in pages if path.name == "index.html" and len(path.relative_to(site).parts) <= 2]:
        name = html.parent.relative_to(site).as_posix()
        context = browser.new_context(viewport={"width": 360, "height": 640})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))  # type: ignore[misc]
        page.goto(f"{address}/" if name == "." else f"{address}/{name}/", wait_until="networkidle")
        times = {url: (early, blocking == "blocking") for url, early, blocking in page.evaluate(_TIMES)}
        found[name] = []
        for url in asked:
            early, blocking = times.get(url, (False, False))  # what a worker fetches is not in the page's own list
            path = site / urlsplit(url).path.strip("/")
            size = sent(path / "index.html" if path.is_dir() else path) if url.startswith(address) else 0
            found[name].append(Request(url, size, early, blocking))
        context.close()
    return found


def sums(weights: dict[str, list[Request]], **wanted: bool) -> dict[str, int]:
    return {
        name: sum(item.bytes for item in found if all(getattr(item, key) == value for key, value in wanted.items()))
        for name, found in weights.items()
    }


def test_little_comes_before_a_page_is_there(weights: dict[str, list[Request]]) -> None:
    early = sums(weights, early=True)
    assert statistics.median(early.values()) <= BEFORE_LOAD[0]
    assert {name: size for name, size in early.items() if size > BEFORE_LOAD[1]} == {}


def test_the_first_view_waits_for_style_only_and_little_of_it(weights: dict[str, list[Request]]) -> None:
    blocking = [item for found in weights.values() for item in found if item.blocking]
    assert blocking
    assert {Path(item.address).suffix for item in blocking} == {".css"}
    assert max(sums(weights, blocking=True).values()) <= BLOCKING
    assert min(sums(weights, blocking=True).values()) <= STYLE


def test_a_quiet_page_has_asked_for_little(weights: dict[str, list[Request]]) -> None:
    assert statistics.median(sums(weights, for_search=False).values()) <= QUIET


def test_nothing_comes_from_elsewhere_and_nothing_twice(weights: dict[str, list[Request]], address: str) -> None:
    for name, found in weights.items():
        assert [item.address for item in found if not item.address.startswith(address)] == [], name
        assert len({item.address for item in found}) == len(found), name


def test_nothing_is_fetched_for_the_search_before_it_is_opened(weights: dict[str, list[Request]]) -> None:
    assert [item.address for found in weights.values() for item in found if item.for_search] == []


def test_shared_files_are_named_by_their_content(weights: dict[str, list[Request]]) -> None:
    shared = {item.address for found in weights.values() for item in found if item.address.endswith((".css", ".js"))}
    assert shared
    assert [
        url for url in shared if not any(len(part) >= 8 for part in Path(urlsplit(url).path).name.split(".")[1:-1])
    ] == []

"""The headers of the built site, in force in a real browser: nothing is refused, nothing else gets in."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.headers import headers, inline_hashes, policy

PAGES = ["<script>let a = 1</script><script src='x.js'></script>", '<script type="application/json">{}</script>']


def parse(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for part in text.strip().split("\n\n"):
        path, *lines = part.splitlines()
        found[path] = dict(line.strip().split(": ", 1) for line in lines)
    return found


def test_only_inline_scripts_that_run_are_named_by_their_hash() -> None:
    assert inline_hashes(PAGES) == ["'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"]


def test_no_unsafe_words_stand_in_the_policy() -> None:
    assert "unsafe" not in policy(PAGES)
    assert "default-src 'none'" in policy(PAGES)


def test_every_header_stands_once_a_path() -> None:
    everywhere = parse(headers(PAGES))["/*"]
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert "Cache-Control" not in everywhere, "the host would join it to the one of the assets"


def test_pages_and_the_worker_are_always_checked_and_each_path_has_one_rule(site: Path, base: Base) -> None:
    text = (site / "_headers").read_text("utf-8")
    rules = parse(text)
    assert len(rules) == len(text.strip().split("\n\n"))
    for page in base.pages:
        assert rules["/" if page.slug == "index" else f"/{page.slug}/"] == {"Cache-Control": "no-cache"}
    assert rules["/sw.js"] == {"Cache-Control": "no-cache"}
    assert rules["/manifest.webmanifest"]["Content-Type"] == "application/manifest+json"


@pytest.fixture(scope="module")
def strict(site: Path) -> Iterator[str]:
    """The site served with exactly its own headers."""
    given = parse((site / "_headers").read_text("utf-8"))["/*"]

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in given.items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_every_page_and_feature_works_under_the_policy(strict: str, site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    for html in sorted(site.rglob("index.html")):
        page.goto(f"{strict}/{html.parent.relative_to(site).as_posix()}/".replace("/./", "/"))
    page.goto(strict + "/aftercare/")
    page.locator("article .mark a").first.click()
    page.keyboard.press("Escape")
    page.locator("label[title='Switch to dark']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.locator("label.md-header__button[for=__search]").click()
    page.locator(".md-search__input").fill("redness")
    page.keyboard.press("End")
    page.locator(".md-search-result__item").first.wait_for()
    page.locator(".md-search-result__link").first.click()
    assert refused == []
    assert context.cookies() == []
    context.close()


def test_short_links_lead_to_pages(site: Path) -> None:
    links = json.loads((site / "links.json").read_text("utf-8"))
    assert links["/go/aftercare"] == "/aftercare/"
    for target in links.values():
        assert (site / target.strip("/") / "index.html").exists(), target
    redirects = (site / "_redirects").read_text("utf-8").splitlines()
    assert [line.split()[0] for line in redirects] == list(links)

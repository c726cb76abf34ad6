"""The headers of the built site, in force in a real browser: nothing is refused, nothing else gets in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import netlify
import pytest
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.headers import headers, inline_hashes, policy

PAGES = ["<script>let a = 1</script><script src='x.js'></script>", '<script type="application/json">{}</script>']


def test_only_inline_scripts_that_run_are_named_by_their_hash() -> None:
    assert inline_hashes(PAGES) == ["'sha256-LAfYd7pbFUgwfQu8b4q135PeTG2z+/coPEUYCd74eCQ='"]


def test_no_unsafe_words_stand_in_the_policy() -> None:
    assert "unsafe" not in policy(PAGES)
    assert "default-src 'none'" in policy(PAGES)


def test_every_header_stands_once_a_path() -> None:
    everywhere = dict(dict(netlify.header_rules(headers(PAGES)))["/*"])
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "no-referrer"
    assert "Cache-Control" not in everywhere, "the host would join it to the one of the assets"


def test_pages_and_the_worker_are_always_checked_and_each_path_has_one_rule(site: Path, base: Base) -> None:
    rules = netlify.header_rules((site / "_headers").read_text("utf-8"))
    assert len({path for path, _ in rules}) == len(rules)
    for path in ["/" if page.slug == "index" else f"/{page.slug}/" for page in base.pages] + ["/sw.js"]:
        assert netlify.headers_of(rules, path)["Cache-Control"] == "no-cache", path
    assert netlify.headers_of(rules, "/manifest.webmanifest")["Content-Type"] == "application/manifest+json"


@pytest.fixture(scope="module")
def strict(site: Path) -> Iterator[str]:
    """The site served with exactly its own headers."""
    with netlify.serve(site) as address:
        yield address


def test_every_page_and_feature_works_under_the_policy(strict: str, site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    for html in sorted(site.rglob("index.html")):
        if html.relative_to(site).parts[0] in ("go", "embed"):
            continue  # these lead to the others, or have their own test
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

"""MkDocs only carries the pages: without it, `factbase render` and Python-Markdown say the same, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
import small
from conftest import run
from lxml import html

from factbase.base import Base
from factbase.built import SMALL, html_files
from factbase.page import Page
from factbase.render import render_page


def built_at(site: Path, page: Page) -> Path:
    """Where MkDocs writes a page."""
    return site / "index.html" if page.slug == "index" else site / page.slug / "index.html"


def article(path: Path) -> html.HtmlElement:
    """The one article of a built page."""
    (found,) = html.document_fromstring(path.read_text("utf-8")).iter("article")
    return found


def marked(element: html.HtmlElement) -> list[tuple[str, str]]:
    """What carries the promises: every claim, waiver and box, in reading order."""
    names = ("data-fact", "data-no-claim", "data-differs", "data-level")
    return [(name, value) for found in element.iter() for name in names if (value := found.get(name)) is not None]


def test_every_page_says_the_same_with_and_without_mkdocs(base: Base, site: Path) -> None:
    different = []
    for page in base.pages:
        carried, plain = article(built_at(site, page)), small.as_html(render_page(page, base).markdown)
        if small.words_of(carried) != small.words_of(plain) or marked(carried) != marked(plain):
            different.append(page.path)
    assert base.pages
    assert different == []


def test_every_page_of_the_base_is_built_and_no_other(base: Base, site: Path) -> None:
    wanted = {built_at(site, page) for page in base.pages} | {site / "404.html"}
    built = html_files(site)
    assert {path for path in built if not SMALL.match(path.relative_to(site).as_posix())} == wanted


def test_what_follows_an_article_comes_through_unchanged(base: Base, site: Path) -> None:
    seen = 0
    for page in base.pages:
        document = html.document_fromstring(built_at(site, page).read_text("utf-8"))
        carried = {element.get("id"): small.words_of(element) for element in document.iterfind(".//li[@class='note']")}
        after = small.after_as_html(render_page(page, base).after)
        plain = {element.get("id"): small.words_of(element) for element in after.iterfind(".//li[@class='note']")}
        assert carried == plain, page.path
        seen += len(plain)
    assert seen


@pytest.mark.parametrize("name", ["index", "healing"])
def test_the_render_command_writes_what_the_renderer_says(tmp_path: Path, name: str) -> None:
    root = small.project(tmp_path)
    assert run(root, "render", "out").returncode == 0
    written = (root / "out" / f"{name}.md").read_text("utf-8")
    assert written == small.rendered(tmp_path / "again", page=name).markdown


def test_rendering_needs_no_mkdocs(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    (root / "hooks" / "mkdocs.py").write_text("raise ImportError('not here')\n", "utf-8")
    for command in (["check"], ["render", "out"]):
        assert run(root, *command).returncode == 0
    assert "not here" in run(root, "build").stderr

"""WCAG 2.2 AA on every page of the built site: axe in every mode and width, valid HTML, the keyboard, enlarged text."""

from __future__ import annotations

import itertools
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from factbase.built import EMBED, MAIL, REDIRECTS, html_files

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MODES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
WIDTHS = (320, 360, 1280)
COLOURS = ["color-contrast", "link-in-text-block"]
"""What a mode can change."""
TELLING = ("", "404.html", "aftercare/", "clinics/", "get-help/", "is-this-normal/", "messages/", "self-check/")
EVERY_WIDTH = "EVERY_WIDTH" in os.environ
"""Asked for by `make accessibility`: every page in every mode at every width."""
LOOKS = [*COLOURS, "target-size", "scrollable-region-focusable"]
"""What a mode or a width can change."""
ALIKE = [".notes li.note:nth-of-type(n+3)", ".sources li:nth-of-type(n+4)", ".words dt:nth-of-type(n+3)"]
"""Long lists of things made by one template: for the looks their first entries stand for all."""
RUN = """async ([tags, rules, without]) => {
  const only = rules ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
  const found = await axe.run({include: [['html']], exclude: without.map(one => [one])},
    {resultTypes: ['violations'], runOnly: only});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}`)); }"""
LAID_OUT = "* { content-visibility: visible !important; }"
"""axe cannot judge what is laid out only when a reader comes near it: here the reader is everywhere."""
STILL: dict[str, Any] = {"bypass_csp": True, "reduced_motion": "reduce"}
"""axe must be let in, and judges colours only when they have stopped to change."""

Look = Callable[[Page, str], list[str]]
"""A page and an address → what is wrong there."""


@pytest.fixture(scope="module")
def paths(site: Path) -> list[str]:
    """The address of every page, the one for unknown addresses too, and of some views: all views have one template.

    Without `make accessibility` the pages that differ most stand for all: the whole takes longer than all other tests.
    """
    views = sorted((site / EMBED).glob("*/index.html"))[::60]
    found = sorted(page.relative_to(site).as_posix().removesuffix("index.html") for page in [*pages_of(site), *views])
    return found if EVERY_WIDTH else [path for path in found if path in TELLING]


def pages_of(site: Path) -> list[Path]:
    """Every page but the small ones made by the hundred."""
    return html_files(site)


def everywhere(browser: Browser, address: str, paths: list[str], look: Look, **options: Any) -> list[str]:
    """What `look` finds on all pages."""
    context = browser.new_context(**{"viewport": {"width": 360, "height": 720}, **STILL, **options})
    page = context.new_page()
    found = []
    for path in paths:
        page.goto(f"{address}/{path}")
        found += [f"/{path} {fault}" for fault in look(page, path)]
    context.close()
    return found


def turn(mode: str, path: str, paths: list[str]) -> int:
    """The width at which a page has its turn in a mode: each page meets each width, and each mode."""
    return WIDTHS[(paths.index(path) + list(MODES).index(mode)) % len(WIDTHS)]


def axe(page: Page, rules: list[str] | None = None, without: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
        page.add_style_tag(content=LAID_OUT)
    found: list[str] = page.evaluate(RUN, [TAGS, rules, without or []])
    return found


# ---------- axe ----------


def test_axe_finds_nothing_on_any_page_with_all_detail_unfolded(
    browser: Browser, address: str, paths: list[str]
) -> None:
    def look(page: Page, _: str) -> list[str]:
        page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true")
        return axe(page)

    assert everywhere(browser, address, paths, look) == []


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_any_mode_at_any_width(
    browser: Browser, address: str, paths: list[str], mode: str
) -> None:
    def look(page: Page, path: str) -> list[str]:
        found = []
        for width in WIDTHS if EVERY_WIDTH else [turn(mode, path, paths)]:
            page.set_viewport_size({"width": width, "height": 720})
            found += [f"{width} px: {fault}" for fault in axe(page, rules, ALIKE)]
        return found

    rules = LOOKS if mode == "light" else COLOURS
    assert everywhere(browser, address, paths, look, **MODES[mode]) == []


def large_text(page: Page) -> None:
    """The reader's own size of text, twice the usual: media queries know it too."""
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)


def test_text_of_double_size_fits_and_stays_readable(browser: Browser, address: str, paths: list[str]) -> None:
    def look(page: Page, path: str) -> list[str]:
        large_text(page)
        page.goto(f"{address}/{path}")
        size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        # Views and lists of changes, each in a folder below another one, have the browser's own size of text.
        least = 32 if path.count("/") > 1 else 38
        found = [f"the text has {size} px only"] if size < least else []
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"scrolls sideways: {wide}"] if wide > 1280 else []
        return found + axe(page, LOOKS, ALIKE)

    assert everywhere(browser, address, paths, look, viewport={"width": 1280, "height": 900}) == []


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_the_tools_while_they_are_used(browser: Browser, address: str, mode: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 720}, **STILL, **MODES[mode])
    page = context.new_page()
    rules, alike = (None, None) if mode == "light" else (COLOURS, ALIKE)
    page.goto(f"{address}/is-this-normal/#day-3-dark-marks")
    page.locator(".sign-open[aria-expanded=false]").evaluate_all("all => all.forEach(one => one.click())")
    assert axe(page, rules, alike) == []
    page.goto(f"{address}/self-check/")
    page.locator("li.check input").evaluate_all("all => all.forEach(one => one.click())")
    assert axe(page, rules, alike) == []
    page.get_by_role("button", name="Show only my list").click()
    assert axe(page, rules, alike) == []
    page.goto(f"{address}/dark-marks/")
    page.locator("article .mark a").first.click()
    assert page.locator(".note-card").is_visible()
    assert axe(page, rules, alike) == []
    page.goto(f"{address}/dark-marks/")
    page.locator("[data-md-toggle=drawer]").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(400)
    assert axe(page, rules, alike) == []
    context.close()


# ---------- HTML ----------


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, str]:
    small = ((REDIRECTS, 400), (EMBED, 30), (MAIL, 4))  # made by the hundred from one template each
    some = [path for folder, step in small for path in sorted((site / folder).rglob("*.html"))[::step]]
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in [*pages_of(site), *some]}


def test_every_page_is_parsed_without_an_error(documents: dict[str, str]) -> None:
    for name, text in documents.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        assert [(place, code) for place, code, _ in parser.errors] == [], name


def test_ids_stand_once_and_every_reference_finds_its_own(documents: dict[str, str]) -> None:
    for name, text in documents.items():
        page = html.document_fromstring(text)
        ids = Counter(page.xpath("//@id"))
        assert [one for one, count in ids.items() if count > 1] == [], name
        named = [*page.xpath("//@for"), *(link[1:] for link in page.xpath("//@href") if re.match(r"#.", link))]
        for attribute in ("labelledby", "describedby", "controls", "owns", "details"):
            named += itertools.chain(*(value.split() for value in page.xpath(f"//@aria-{attribute}")))
        missing = {one for one in named if one not in ids} - {"__search"}
        # The name of an option that is not there yet, as the theme makes it without its script.
        assert missing <= {one for one in missing if one.startswith("__palette")}, (name, missing)


def test_boxes_of_the_page_have_a_language_a_title_and_one_main_part(documents: dict[str, str]) -> None:
    for name, text in documents.items():
        page = html.document_fromstring(text)
        assert page.get("lang") == "en", name
        assert page.findtext(".//title"), name
        if name.split("/")[0] in (REDIRECTS, MAIL):
            continue  # these lead on to a page, or go out by e-mail
        assert len(page.findall(".//main")) == len(page.findall(".//h1")) == 1, name
        assert not page.xpath("//*[@tabindex='' or @tabindex > 0]"), name
        assert not page.xpath("//input[@type='checkbox' or @type='radio']/@autocomplete"), name
        levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        steps = [after - before for before, after in itertools.pairwise(levels)]
        assert max(steps, default=0) <= 1, (name, levels)


def test_nothing_to_press_stands_in_something_to_press(documents: dict[str, str]) -> None:
    press = "self::a[@href] or self::button or self::input or self::select or self::textarea"
    for name, text in documents.items():
        page = html.document_fromstring(text)
        assert not page.xpath(f"//*[self::a[@href] or self::button]//*[{press}]"), name
        assert not page.xpath("//p//*[self::p or self::ul or self::ol or self::table or self::div]"), name


# ---------- reflow ----------


def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser: Browser, address: str, paths: list[str]) -> None:
    def look(page: Page, _: str) -> list[str]:
        page.evaluate("for (const more of document.querySelectorAll('details')) more.open = true")
        wide = page.evaluate("document.documentElement.scrollWidth")
        return [f"{wide} px"] if wide > 320 else []

    assert everywhere(browser, address, paths, look, viewport={"width": 320, "height": 640}) == []


# ---------- the keyboard ----------

FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const hidden = one.matches('.md-toggle, .md-option, .normal-strip input');
  const label = hidden && (one.id && [...document.querySelectorAll(`label[for="${one.id}"]`)].find(l => l.offsetParent)
    || one.closest('label'));
  const seen = label || one;
  const style = getComputedStyle(hidden && one.nextElementSibling?.matches('span') ? one.nextElementSibling : seen);
  const box = [...seen.getClientRects()].find(b => b.width && b.height);
  const name = one.outerHTML.slice(0, 90);
  if (!box) return [name, 'no box', true, true];
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 12), 0), innerWidth - 1);
  const y = box.top + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  const inside = y >= 0 && y <= innerHeight && top
    && (seen.contains(top) || top.contains(seen) && !top.matches('header, header *'));
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
  const at = [box.left, box.top, box.width, box.height].map(Math.round).join(' ');
  return [name, at, !!inside, ring]; }"""


def stops(page: Page, key: str, most: int = 400) -> Iterator[tuple[str, str, bool, bool]]:
    """Press a key until the focus leaves the page: what has it, where, whether it is in sight, whether a ring shows."""
    for _ in range(most):
        page.keyboard.press(key)
        found = page.evaluate(FOCUS)
        if found is None:
            return
        yield tuple(found)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", "is-this-normal/#day-3", "self-check/", "dark-marks/"])
def test_the_focus_is_always_seen(browser: Browser, address: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{path}")
    seen = list(stops(page, "Tab"))
    assert len(seen) >= 20
    assert [stop for stop in seen if not (stop[2] and stop[3])] == []
    back = list(stops(page, "Shift+Tab", 120))
    assert [stop for stop in back if not stop[2]] == []
    context.close()


def test_the_first_stop_skips_to_the_content(browser: Browser, address: str) -> None:
    for width in (360, 1280):
        page = browser.new_page(viewport={"width": width, "height": 720})
        page.goto(f"{address}/aftercare/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('article')")
        page.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_opens_by_keyboard_and_takes_no_focus_while_closed(
    browser: Browser, address: str, script: bool
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 720}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{address}/aftercare/")
    link = page.locator(".md-sidebar--primary").get_by_role("link", name="Get help")
    assert not link.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    menu = page.get_by_role("button", name="Menu")
    assert menu.evaluate("box => box === document.activeElement") if script else True
    page.keyboard.press("Space")
    assert menu.evaluate("box => box.checked")
    assert menu.get_attribute("aria-pressed") == "true" if script else True
    link.wait_for(state="visible")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/get-help/")
    context.close()


def test_nothing_moves_for_those_who_asked_for_stillness(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 720})
    page = context.new_page()
    moving = """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
      return [...s.transitionDuration.split(','), ...s.animationDuration.split(',')].some(d => parseFloat(d) > 0.01)
        && (s.animationName !== 'none' || s.transitionProperty !== 'none') && s.transitionDuration !== '0s' })
      .map(e => e.outerHTML.slice(0, 80))"""
    for path in ("", "is-this-normal/", "self-check/"):
        page.goto(f"{address}/{path}")
        assert page.evaluate(moving) == []
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    context.close()


def test_paper_is_light_in_the_dark_scheme_too(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}/dark-marks/")
    ink = "selector => getComputedStyle(document.querySelector(selector)).color"
    shown = [page.evaluate(ink, selector) for selector in ("article p", ".care-card h3, .differs-title, h1")]
    page.emulate_media(media="print")
    printed = [page.evaluate(ink, selector) for selector in ("article p", ".care-card h3, .differs-title, h1")]
    light = [min(map(int, re.findall(r"\d+", colour)[:3])) > 140 for colour in (*shown, *printed)]
    assert light == [True, True, False, False], (shown, printed)
    page.close()

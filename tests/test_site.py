"""The built site as a reader gets it: promises of the page, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from factbase.base import Base
from factbase.gate import MAX_WAIVED, inspect_site
from factbase.model import PRACTICE_ONLY

TOPICS = [
    "index",
    "procedure",
    "results",
    "side-effects",
    "dark-marks",
    "candidacy",
    "choosing",
    "before",
    "aftercare",
    "healing-timeline",
    "get-help",
    "rf",
    "prp",
    "home-devices",
    "sources",
    "unknown",
    "about",
    "options",
]


def path_of(slug: str) -> str:
    return "/" if slug == "index" else f"/{slug}/"


def test_every_statement_has_a_note_and_few_words_stand_without(site: Path) -> None:
    counts, problems = inspect_site(site)
    assert not problems, "\n".join(map(str, problems))
    assert counts.claims > 1000
    assert counts.share < MAX_WAIVED


def test_every_topic_has_its_page(site: Path) -> None:
    for slug in TOPICS:
        assert (site / path_of(slug).strip("/") / "index.html").exists(), slug


def test_the_base_is_broad_enough(base: Base) -> None:
    authoritative = [source for source in base.sources.values() if source.kind not in PRACTICE_ONLY]
    boxes = [fact for fact in base.live if fact.differs]
    assert len(base.live) >= 350
    assert len(authoritative) >= 120
    assert len(boxes) >= 35


def test_titles_are_unique_and_every_page_has_one_main_heading(site: Path) -> None:
    titles = []
    for page in site.rglob("*.html"):
        if page.relative_to(site).parts[0] in ("go", "embed", "mail"):
            continue  # these lead to the others, are parts of them, or go out by e-mail
        document = html.document_fromstring(page.read_text("utf-8"))
        titles.append(document.findtext(".//title"))
        assert len(document.findall(".//h1")) == 1, page
    assert len(set(titles)) == len(titles)


def test_article_carries_its_state(site: Path) -> None:
    article = html.document_fromstring((site / "get-help/index.html").read_text("utf-8")).find(".//article")
    assert article is not None
    assert re.fullmatch(r"\d+\.\d+\.\d+", article.get("data-version") or "")
    assert article.get("data-checked") == "2026-11-21"
    assert article.get("data-review-due") == "2027-05-21", "warning signs are checked every six months"
    assert article.get("data-review") == "none"


def test_every_page_says_that_nobody_has_reviewed_it(site: Path, base: Base) -> None:
    for page in base.pages:
        text = (site / path_of(page.slug).strip("/") / "index.html").read_text("utf-8")
        assert "Not yet reviewed by a clinician" in text, page.slug


def test_differences_show_their_box_wherever_the_fact_stands(site: Path, base: Base) -> None:
    for page in base.pages:
        document = html.document_fromstring((site / path_of(page.slug).strip("/") / "index.html").read_text("utf-8"))
        boxes = {box.get("data-differs") for box in document.findall(".//*[@data-differs]")}
        stands = {claim.get("data-fact") for claim in document.findall(".//article//*[@data-fact]")}
        wanted = {name for name in stands if name and base.facts[name].differs}
        assert wanted == boxes, page.slug


def test_open_data_holds_every_fact_and_source(site: Path, base: Base) -> None:
    facts = json.loads((site / "api/facts.json").read_text("utf-8"))
    sources = json.loads((site / "api/sources.json").read_text("utf-8"))
    assert [fact["id"] for fact in facts] == list(base.facts)
    assert [source["id"] for source in sources] == list(base.sources)
    assert all(fact["label"] and fact["page"] for fact in facts if fact["status"] != "retired")


@pytest.mark.parametrize("slug", TOPICS)
def test_key_points_stand_above_the_fold_on_a_phone(slug: str, phone: Page, address: str) -> None:
    phone.goto(address + path_of(slug))
    box = phone.locator(".key-points")
    if box.count():
        bounds = box.bounding_box()
        assert bounds is not None
        assert bounds["y"] + bounds["height"] <= 640


@pytest.mark.parametrize("slug", TOPICS)
def test_get_help_is_one_tap_away_and_nothing_scrolls_sideways(slug: str, phone: Page, address: str) -> None:
    phone.goto(address + path_of(slug))
    link = phone.locator("header .get-help")
    assert link.is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    # On the page itself the address is the right one before the way there begins.
    with phone.expect_navigation(url="**/get-help/"):
        link.tap()


def test_home_leads_in_one_tap_to_the_four_needs(phone: Page, address: str) -> None:
    ways = {
        "I am deciding": "/procedure/",
        "I am booked": "/before/",
        "I have just had it": "/aftercare/",
        "Something looks wrong": "/get-help/",
    }
    for words, target in ways.items():
        phone.goto(address + "/")
        phone.get_by_role("link", name=words).tap()
        phone.wait_for_url("**" + target)


def test_warning_signs_come_first_and_in_order(phone: Page, address: str) -> None:
    phone.goto(address + "/get-help/")
    levels = phone.eval_on_selector_all(".care-card", "cards => cards.map(card => card.dataset.level)")
    assert levels == ["emergency", "today", "clinic"]
    titles = phone.eval_on_selector_all(".care-card-title", "titles => titles.map(title => title.textContent)")
    assert titles == ["Call the emergency number if", "Get medical help today if", "Call your clinic if"]
    numbers = phone.locator("#numbers ~ ul").first.inner_text()
    for number in ("999", "112", "911", "000"):
        assert number in numbers


def test_a_note_opens_by_tap_and_closes_by_escape(phone: Page, address: str) -> None:
    phone.goto(address + "/aftercare/")
    mark = phone.locator("article .mark a").first
    note = phone.locator(mark.get_attribute("href") or "")
    mark.tap()
    card = phone.locator(".note-card")
    assert card.is_visible()
    assert "read" in card.inner_text()
    assert card.locator("cite a").first.get_attribute("href") == note.locator("cite a").first.get_attribute("href")
    phone.keyboard.press("Escape")
    assert card.is_hidden()
    assert mark.evaluate("mark => mark === document.activeElement")


def test_a_note_opens_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "/rf/")
    page.locator("article .mark a").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".note-card").is_visible()
    page.keyboard.press("Enter")  # the focus stands on Close
    assert page.locator(".note-card").is_hidden()
    page.close()


def test_a_note_opens_on_hover(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "/rf/")
    page.locator("article .mark a").first.hover()
    assert page.locator(".note-card").is_visible()
    page.close()


def test_all_is_readable_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    for slug in TOPICS:
        page.goto(address + path_of(slug))
        hidden = page.locator("article .claim:not(details .claim)")
        assert all(claim.is_visible() for claim in hidden.all()[:60]), slug
    page.goto(address + "/aftercare/")
    page.locator("article .mark a").first.click()
    assert re.search(r"#note-[a-z0-9-]+$", page.url)
    assert page.locator(page.url.partition("#")[1] + page.url.partition("#")[2]).is_visible()
    context.close()


def test_nothing_is_fetched_from_elsewhere_and_nothing_is_stored(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    for slug in TOPICS:
        page.goto(address + path_of(slug))
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("redness")
    page.keyboard.press("End")
    page.locator(".md-search-result__item").first.wait_for()
    assert all(url.startswith((address, "data:", "blob:")) for url in fetched)
    assert context.cookies() == []
    context.close()


def test_notes_stay_in_print_and_navigation_goes(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/dark-marks/")
    page.emulate_media(media="print")
    assert page.locator(".notes li.note").first.is_visible()
    assert page.locator(".md-header").is_hidden()
    assert page.locator(".md-footer").is_hidden()
    page.close()


def test_unknown_addresses_offer_help(site: Path) -> None:
    text = (site / "404.html").read_text("utf-8")
    assert "get-help/" in text

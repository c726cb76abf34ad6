"""The search in a real browser: what patients type finds the answer, and a result opens at it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page

from factbase.search import SMALL_WORDS, with_small_words

QUERIES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))
WANTED, SHOWN = 57, 3
LINK = ".md-search-result__link"


@pytest.fixture(scope="module")
def found(browser: Browser, address: str) -> Iterator[dict[str, list[str]]]:
    """Query → the places of its results, as `page#section`."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = open_search(context.new_page(), address)
    yield {item["query"]: [place(link) for link in search(page, item["query"])] for item in QUERIES}
    context.close()


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, Any]:
    """The search index as the browser loads it."""
    read: dict[str, Any] = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return read


def open_search(page: Page, address: str) -> Page:
    page.goto(f"{address}/about/")
    page.locator("label.md-header__button[for=__search]").click()
    return page


def search(page: Page, query: str) -> list[str]:
    """Type a question into the emptied box and wait for the list: the addresses of the results."""
    box = page.locator("[data-md-component=search-query]")
    box.fill("")
    box.press("End")
    page.wait_for_function("link => !document.querySelector(link)", arg=LINK)
    box.fill(query)
    box.press("End")
    page.locator(LINK).first.wait_for(timeout=5000)
    links: list[str] = page.locator(LINK).evaluate_all("links => links.map(link => link.href)")
    return links


def place(link: str) -> str:
    parts = urlsplit(link)
    return parts.path.strip("/") + (f"#{parts.fragment}" if parts.fragment else "")


def rank(places: list[str], wanted: str) -> int:
    """Position of a page, or of a section, among the results; 1 is the first, 99 is nowhere."""
    shown = places if "#" in wanted else [item.partition("#")[0] for item in places]
    return shown.index(wanted) + 1 if wanted in shown else 99


def test_patients_find_the_page(found: dict[str, list[str]]) -> None:
    misses = []
    counts: Counter[str] = Counter()
    for item in QUERIES:
        places, expect = found[item["query"]], item["expect"]
        at_page, at_section = rank(places, expect.partition("#")[0]), rank(places, expect)
        counts["page in first 3"] += at_page <= SHOWN
        counts["page first"] += at_page == 1
        counts["section first"] += at_section == 1
        if at_section > 1:
            misses.append(f"{item['query']}: {expect} is number {at_section}, after {', '.join(places[:SHOWN])}")
    print(f"\n{len(QUERIES)} queries: {dict(counts)}", *misses, sep="\n")
    assert counts["page in first 3"] >= WANTED, "\n".join(misses)


def test_where_a_wrong_answer_could_harm_the_right_page_is_first(found: dict[str, list[str]]) -> None:
    pages = {item["query"]: item["expect"].partition("#")[0] for item in QUERIES if item["safety"]}
    wrong = {query: found[query][:SHOWN] for query, page in pages.items() if rank(found[query], page) > 1}
    assert not wrong


@pytest.mark.parametrize(
    ("query", "expect"),
    [
        ("PIH", "dark-marks"),
        ("(PIH)", "dark-marks"),
        ("anticoagulants", "candidacy#blood-thinners"),
        ("Accutane", "candidacy#isotretinoin"),
        ("Can’t breathe!", "get-help#emergency"),
        ("microneedling", "procedure"),
    ],
)
def test_words_that_plain_settings_lose(phone: Page, address: str, query: str, expect: str) -> None:
    assert rank([place(link) for link in search(open_search(phone, address), query)], expect) == 1


@pytest.mark.parametrize("query", ["asprin before microneedling", "infected face", "how deep do the needles go mm"])
def test_a_result_opens_at_the_answer_on_a_phone(phone: Page, address: str, query: str) -> None:
    expect = next((item["expect"] for item in QUERIES if item["query"].startswith(query)), "")
    assert place(search(open_search(phone, address), query)[0]) == expect
    phone.locator(LINK).first.click()
    anchor = expect.partition("#")[2]
    phone.wait_for_url(re.compile(f"#{anchor}$"))
    heading = phone.locator(f"[id='{anchor}']")
    heading.wait_for()
    phone.wait_for_timeout(500)
    box, header = heading.bounding_box(), phone.locator(".md-header").bounding_box()
    assert box
    assert header
    assert header["y"] + header["height"] <= box["y"] < 320, "the heading stands in the upper half of the screen"
    assert not phone.locator("#__search").is_checked(), "the search has closed"


def test_a_result_has_a_readable_title(phone: Page, address: str) -> None:
    search(open_search(phone, address), "blood thinners")
    title = phone.locator(f"{LINK} h1").first.inner_text()
    assert title == "I take a blood thinner or aspirin: can I go? · Is it right for me?"


def test_the_index_holds_each_section_once_and_no_notes(index: dict[str, Any]) -> None:
    docs = [doc for doc in index["docs"] if "title" in doc]
    assert max(Counter(doc["location"] for doc in docs).values()) == 1
    assert max(Counter(doc["title"] for doc in docs).values()) == 1
    text = json.dumps(docs)
    assert not re.search(r"<sup|Source notes|Back to the text|a clinic's sheet", text)


def test_small_words_are_space() -> None:
    separator = with_small_words(r"[\s?']+", SMALL_WORDS.split())
    assert [word for word in re.split(separator, "Can I go in the sun?") if word] == ["sun"]
    assert [word for word in re.split(separator, "Is an island in it, or a cannula") if word][:1] == ["island"]
    assert re.split(separator, "can't breathe")[-1] == "breathe"

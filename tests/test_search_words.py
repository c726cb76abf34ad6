"""The search index: every section with its first words and level, found by the words that patients type."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import small

from factbase.base import Base
from factbase.search import FIRST_WORDS, index, index_name, index_script, shortened


class Row(NamedTuple):
    page: str
    anchor: str
    heading: str
    first: str
    level: str
    weight: int
    lay: list[str]
    also: list[str]
    rest: list[str]


def rows(base: Base) -> dict[str, Row]:
    """`page#section` → what the index says of it."""
    found = index(base)
    result = {}
    for page, anchor, heading, first, level, weight, lay, also, rest in found["sections"]:
        slug = found["pages"][page][0]
        row = Row(slug, anchor, heading, first, level, weight, lay.split(", "), also.split(", "), rest.split())
        result[f"{slug}#{anchor}" if anchor else slug] = row
    return result


def found(root: Path, changes: small.Changes | None = None) -> dict[str, Row]:
    return rows(small.loaded(root, changes))


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("emergency", {"temperature"}),
        ("normal", {"flushed", "tan", "beach"}),
        ("sun", {"tan", "beach", "sunburn", "spf"}),
        ("always-red", {"red forever"}),
    ],
)
def test_a_section_is_found_by_the_lay_words_of_what_stands_there(tmp_path: Path, anchor: str, words: set[str]) -> None:
    row = found(tmp_path)[f"healing#{anchor}"]
    assert words <= {*row.lay, *row.also}


def test_lay_words_of_one_section_do_not_lead_to_another(tmp_path: Path) -> None:
    lay = {place: {*row.lay, *row.also} for place, row in found(tmp_path).items()}
    assert [place for place, words in lay.items() if "spf" in words] == ["healing#sun"]
    assert [place for place, words in lay.items() if "temperature" in words] == ["healing#emergency"]


def test_search_words_may_lead_to_a_whole_page(tmp_path: Path) -> None:
    at = found(tmp_path, small.swapped("data/search.yml", "page: healing#sun", "page: healing"))
    assert [place for place, row in at.items() if "spf" in row.lay] == ["healing"]


def test_a_generated_list_is_found_by_the_words_of_its_facts(tmp_path: Path) -> None:
    changes: small.Changes = {
        **small.swapped(small.FACTS_FILE, "  why: You could", "  also: [lasting]\n  why: You could"),
        "docs/gaps.md": small.page_text("[[unknowns]]\n", title="Gaps"),
        "docs/index.md": None,
    }
    at = found(tmp_path, changes)
    assert [place for place, row in at.items() if "lasting" in row.also] == ["gaps#not-known-healing"]


def test_a_section_shows_the_first_words_of_its_answer(tmp_path: Path) -> None:
    base = small.loaded(tmp_path)
    row = rows(base)["healing#normal"]
    assert row.first == base.facts["redness"].key_point
    assert row.heading == "What is normal?"
    assert row.level == ""


def test_a_warning_sign_has_its_level_and_a_usual_answer_has_none(base: Base) -> None:
    at = rows(base)
    assert [at[f"get-help#{name}"].level for name in ("emergency", "today", "clinic", "wait")] == [
        "emergency",
        "today",
        "clinic",
        "",
    ]
    assert at["is-this-normal#breathing"].level == "emergency"
    assert at["is-this-normal#pus"].level == "clinic"
    assert at["is-this-normal#redness"].level == "varies"
    assert at["is-this-normal#redness"].first.startswith("Day 0: usual at this time.")
    assert at["healing-timeline#redness"].level == "", "a section of the same name on another page is no healing sign"


def test_every_section_says_something_and_stands_once(base: Base) -> None:
    said = index(base)["sections"]
    places = [(page, anchor) for page, anchor, *_ in said]
    assert len(set(places)) == len(places)
    assert not [row for row in said if row[1] and not row[3]], "a section without first words"
    assert max(len(row[3]) for row in said) <= FIRST_WORDS
    assert not [row for row in said if "[[" in str(row) or "](" in str(row)]


def test_every_section_is_on_its_page(base: Base, site: Path) -> None:
    for place in rows(base):
        slug, _, anchor = place.partition("#")
        page = site / ("index.html" if slug == "index" else f"{slug}/index.html")
        assert f'id="{anchor}"' in page.read_text("utf-8") or not anchor, place


def test_conditions_lead_to_their_section(base: Base) -> None:
    assert "pacemaker" in rows(base)["candidacy#lists"].also
    assert "my-list" not in {row.anchor for row in rows(base).values()}


def test_the_text_is_shortened_between_words() -> None:
    assert shortened("Red for days.", 20) == "Red for days."
    assert shortened("Redness usually, mostly fades", 18) == "Redness usually …"
    assert len(shortened("word " * 100, 120)) <= 120


def test_the_same_base_gives_the_same_bytes_and_name(base: Base, site: Path) -> None:
    script = index_script(base)
    assert script == index_script(base)
    assert (site / index_name(script)).read_text("utf-8") == script
    assert index_name(script) != index_name(script + " ")
    pages = [page.read_text("utf-8") for page in site.rglob("*.html")]
    boxes = [page for page in pages if "md-search__form" in page]
    assert len(boxes) > len(base.pages), "every page has the box, and so has the one for what is not there"
    assert all(index_name(script) in page for page in boxes)


def test_text_of_data_cannot_leave_the_script(tmp_path: Path) -> None:
    changes: dict[str, Any] = small.swapped("data/search.yml", "sunburn", '"</script><b>"')
    script = index_script(small.loaded(tmp_path, changes))
    assert script.startswith("globalThis.searchIndex={")
    assert script.count("\n]};\n") == 1

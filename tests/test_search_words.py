"""The search index, tuned: a section is a result of its own and is found by the words that patients type."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
import small

from factbase.search import SMALL_WORDS, tuned, with_small_words

SPACE = r"[\s\-,:()?.]+"


def entry(location: str, title: str = "A section", text: str = "<p>Keep cool.</p>") -> dict[str, Any]:
    return {"location": location, "title": title, "text": text}


INDEX = {
    "config": {"lang": ["en"], "separator": SPACE, "pipeline": ["stopWordFilter"], "fields": {"tags": {"boost": 9}}},
    "docs": [
        entry("", "A small home"),
        entry("healing/", "How it heals"),
        entry("healing/#emergency", "Is it an emergency?"),
        entry("healing/#normal", "What is normal?"),
        entry("healing/#sun", "Can I go out?"),
        entry("healing/#always-red", "Is my face red for weeks?"),
    ],
}


def found(root: Path, changes: small.Changes | None = None) -> dict[str, dict[str, Any]]:
    """Location → the entry that can be found there, after tuning."""
    docs = tuned(INDEX, small.loaded(root, changes))["docs"]
    return {doc["location"]: doc for doc in docs if "title" in doc}


def lay_words(doc: dict[str, Any]) -> set[str]:
    return set(f"{doc['lay']} {doc['also']}".split())


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("emergency", {"temperature"}),
        ("normal", {"flushed", "tan", "beach"}),
        ("sun", {"tan", "beach", "sunburn", "spf"}),
        ("always-red", {"forever"}),
    ],
)
def test_a_section_is_found_by_the_lay_words_of_what_stands_there(tmp_path: Path, anchor: str, words: set[str]) -> None:
    assert words <= lay_words(found(tmp_path)[f"healing/?to={anchor}#{anchor}"])


def test_lay_words_of_one_section_do_not_lead_to_another(tmp_path: Path) -> None:
    docs = found(tmp_path)
    assert [place for place, doc in docs.items() if "spf" in lay_words(doc)] == ["healing/?to=sun#sun"]
    assert [place for place, doc in docs.items() if "temperature" in lay_words(doc)] == [
        "healing/?to=emergency#emergency"
    ]


def test_search_words_may_lead_to_a_whole_page(tmp_path: Path) -> None:
    docs = found(tmp_path, small.swapped("data/search.yml", "page: healing#sun", "page: healing"))
    assert [place for place, doc in docs.items() if "spf" in lay_words(doc)] == ["healing/"]


def test_a_section_stands_alone_and_opens_at_its_own_place(tmp_path: Path) -> None:
    doc = found(tmp_path)["healing/?to=sun#sun"]
    assert doc["title"] == "Can I go out? · How it heals"
    assert set(doc["text"].split()) == {"keep", "cool"}


def test_a_whole_page_keeps_its_address_and_title(tmp_path: Path) -> None:
    docs = found(tmp_path)
    assert [docs[place]["title"] for place in ("", "healing/")] == ["A small home", "How it heals"]


def test_who_says_what_in_a_box_is_not_searched(tmp_path: Path) -> None:
    said = "<ul><li>A few hours. a hospital (A Hospital)</li> <li>Cold water.</li></ul>"
    index = {**INDEX, "docs": [entry("healing/", "How it heals"), entry("healing/#normal", text=said)]}
    docs = tuned(index, small.loaded(tmp_path))["docs"]
    (doc,) = (doc for doc in docs if doc.get("title") == "A section · How it heals")
    assert set(doc["text"].split()) == {"cold", "water"}


def test_the_settings_keep_what_the_theme_wrote(tmp_path: Path) -> None:
    config = tuned(INDEX, small.loaded(tmp_path))["config"]
    assert config["lang"] == ["en"]
    assert config["pipeline"] == ["stopWordFilter"]
    assert config["fields"]["tags"] == {"boost": 9}
    assert config["fields"]["lay"]["boost"] > config["fields"]["text"]["boost"]


def test_the_index_that_comes_in_is_not_changed(tmp_path: Path) -> None:
    before = copy.deepcopy(INDEX)
    tuned(INDEX, small.loaded(tmp_path))
    assert before == INDEX


def test_a_generated_list_is_found_by_the_words_of_its_facts(tmp_path: Path) -> None:
    changes: small.Changes = {
        **small.swapped(small.FACTS_FILE, "  why: You could", "  also: [lasting]\n  why: You could"),
        "docs/gaps.md": small.page_text("[[unknowns]]\n", title="Gaps"),
        "docs/index.md": None,
    }
    index = {**INDEX, "docs": [entry("gaps/", "Gaps"), entry("gaps/#not-known-healing", "Healing")]}
    docs = tuned(index, small.loaded(tmp_path, changes))["docs"]
    assert [doc["location"] for doc in docs if "title" in doc and "lasting" in lay_words(doc)] == [
        "gaps/?to=not-known-healing#not-known-healing"
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("can i swim", ["swim"]),
        ("Is it an infection?", ["infection"]),
        ("dark marks (PIH)", ["dark", "marks", "PIH"]),
        ("red-hot", ["red", "hot"]),
        ("icing the island", ["icing", "island"]),
        ("PRP", ["PRP"]),
    ],
)
def test_small_words_count_as_space_and_never_cut_a_longer_word(typed: str, words: list[str]) -> None:
    separator = with_small_words(SPACE, SMALL_WORDS.split())
    assert [part for part in re.split(separator, typed) if part] == words

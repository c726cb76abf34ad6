"""A page as it is printed: text stays text, each fact has one note, boxes and cards stand where they belong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small
from lxml import html

from factbase.render import Rendered

LISTS = "docs/lists.md"
LISTS_PAGE = small.page_text("[[sources]]\n\n[[labels]]\n\n[[left-out]]\n\n[[corrections]]\n", title="Lists")

# Field, file, what stands there (each exactly once), the page that prints it. ▸ is the place of the tried text.
FIELDS = (
    ("claim", small.FACTS_FILE, "claim: Keep out of the sun for a week.", "claim: ▸", "healing"),
    ("claim of a warning sign", small.FACTS_FILE, "claim: You feel hot and ill.", "claim: ▸", "healing"),
    ("claim of a gap", small.FACTS_FILE, "claim: No one has found out how long it lasts.", "claim: ▸", "index"),
    ("claim of a definition", small.FACTS_FILE, "claim: A tint is a slight colour.", "claim: ▸", "healing"),
    ("claim with a box", small.FACTS_FILE, "claim: Your skin may be red for a day or two.", "claim: ▸", "healing"),
    ("short", small.FACTS_FILE, "short: Red for a day or two.", "short: ▸", "healing"),
    ("go_by", small.FACTS_FILE, "go_by: If it is still red on day 3, call your clinic.", "go_by: ▸", "healing"),
    ("not_known", small.FACTS_FILE, "  go_by: If it", "  not_known: ▸\n  go_by: If it", "healing"),
    ("why", small.FACTS_FILE, "why: You could plan your days.", "why: ▸", "index"),
    ("says", small.FACTS_FILE, "says: A few hours., limits", "says: ▸, limits", "healing"),
    ("limits", small.FACTS_FILE, "limits: Only the top of it was read.", "limits: ▸", "healing"),
    ("locator", small.FACTS_FILE, "locator: Harm,", "locator: ▸,", "healing"),
    ("count", small.FACTS_FILE, 'count: "9"', "count: ▸", "healing"),
    ("of", small.FACTS_FILE, 'of: "36"', "of: ▸", "healing"),
    ("who", small.FACTS_FILE, "who: People in the trial", "who: ▸", "healing"),
    ("follow_up", small.FACTS_FILE, "follow_up: 2 weeks", "follow_up: ▸", "healing"),
    ("title of a source", "data/sources.yml", "title: A trial of needling", "title: ▸", "healing"),
    ("family name", "data/sources.yml", "family: Alam", "family: ▸", "healing"),
    ("name of a group", "data/sources.yml", "literal: The Regulator", "literal: ▸", "index"),
    ("journal", "data/sources.yml", "container-title: Journal of Skin", "container-title: ▸", "healing"),
    ("publisher", "data/sources.yml", "publisher: A Hospital", "publisher: ▸", "healing"),
    ("design", "data/sources.yml", "people: 60", "design: ▸", "lists"),
    ("recheck", "data/sources.yml", "people: 60", "recheck: ▸", "lists"),
    ("term", "data/terms.yml", "term: Tint", "term: ▸", "healing"),
    ("term in the glossary", "data/terms.yml", "term: Tint", "term: ▸", "index"),
    ("reason for leaving out", "data/left-out.yml", "reason: It sells a cream.", "reason: ▸", "lists"),
    ("what was wrong", "data/corrections.yml", "was: It said three days.", "was: ▸", "lists"),
    ("popular claim", "data/heard.yml", "asked: Is my face red for weeks?", "asked: ▸?", "healing"),
    ("title of a page", "docs/healing.md", "title: How it heals", "title: ▸", "healing"),
    ("folded question", "docs/healing.md", "more Can I swim?", "more ▸?", "healing"),
)
TRIED = (
    "<script>x</script> &lt; & *a*",
    "_b_ **c** `d` ~e~ ^f^ \\* # g",
    "[a](b) ![c](d) [[fact:sun]]",
    '</ul></div> "a" <!-- b -->',
    "a {.b} {: #c } | d's",
    "# a",
)


def whole(rendered: Rendered) -> html.HtmlElement:
    """The article and what follows it, under one element."""
    element = small.as_html(rendered.markdown)
    element.append(small.after_as_html(rendered.after))
    return element


def filled(template: str, text: str) -> str:
    """`text` in the place of ▸: as it is in a page's body, quoted in YAML (with the question mark behind it)."""
    if "more" in template:
        return template.replace("▸", text)
    mark = "?" if "▸?" in template else ""
    return template.replace("▸" + mark, json.dumps(text + mark))


def printed(root: Path, path: str, old: str, new: str, page: str) -> html.HtmlElement:
    """A page of the small project after one change."""
    return whole(small.rendered(root, {LISTS: LISTS_PAGE, **small.swapped(path, old, new)}, page))


def shape(element: html.HtmlElement) -> list[tuple[str, list[str], str | None]]:
    """Every element with the names of its attributes and its class: what a text must not be able to change."""
    return [(str(found.tag), sorted(found.attrib), found.get("class")) for found in element.iter()]


@pytest.mark.parametrize(("path", "old", "new", "page"), [field[1:] for field in FIELDS], ids=[f[0] for f in FIELDS])
def test_text_from_data_is_printed_as_it_was_typed(tmp_path: Path, path: str, old: str, new: str, page: str) -> None:
    plain = shape(printed(tmp_path, path, old, filled(new, "x"), page))
    for tried in TRIED:
        found = printed(tmp_path, path, old, filled(new, tried), page)
        assert tried in small.words_of(found)
        assert shape(found) == plain, tried


def healing(root: Path, body: str, **meta: str) -> html.HtmlElement:
    """The page `healing` with another body."""
    return whole(small.rendered(root, {"docs/healing.md": small.page_text(body, **meta)}))


def marks(element: html.HtmlElement) -> list[tuple[str, str]]:
    """The number and the note of every mark, in reading order."""
    return [(link.text_content(), link.get("href", "")) for link in element.iterfind(".//sup/a")]


def notes(element: html.HtmlElement) -> list[tuple[str, str]]:
    """The number and the id of every note."""
    return [(item.get("value", ""), item.get("id", "")) for item in element.iterfind(".//li[@class='note']")]


def test_notes_are_numbered_in_the_order_of_their_first_claim(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:sun]] [[fact:fever]]\n\n- [[fact:feel]]\n- [[fact:sun]]\n\n[[fact:law]]\n")
    assert marks(page)[:5] == [
        ("1", "#note-sun"),
        ("2", "#note-fever"),
        ("3", "#note-feel"),
        ("1", "#note-sun"),
        ("4", "#note-law"),
    ]
    assert notes(page)[:4] == [("1", "note-sun"), ("2", "note-fever"), ("3", "note-feel"), ("4", "note-law")]


def test_one_fact_cited_twice_has_one_note_that_leads_back_to_both(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:sun]]\n\nStay inside. [[cite:sun]]\n")
    assert notes(page) == [("1", "note-sun")]
    assert [claim.get("id") for claim in page.iterfind(".//span[@data-fact='sun']")] == ["claim-sun", "claim-sun-2"]
    back = [link.get("href") for link in page.iterfind(".//a[@role='doc-backlink']")]
    assert back == ["#claim-sun", "#claim-sun-2"]


def test_a_page_without_claims_has_no_notes(tmp_path: Path) -> None:
    assert small.rendered(tmp_path, {"docs/empty.md": small.page_text("Is it?\n", title="Empty")}, "empty").after == ""


def test_a_mark_says_its_number_to_those_who_cannot_see_it(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:sun]]\n")
    assert [link.get("aria-label") for link in page.iterfind(".//sup/a")] == ["Source note 1"]


def test_a_note_tells_the_label_the_source_how_it_was_read_and_where(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:redness]]\n")
    note = page.find(".//li[@id='note-redness']")
    assert note is not None
    text = small.words_of(note)
    for part in (
        "One controlled trial",
        "Says so: Alam M, Chu S. A trial of needling. Journal of Skin. 2020.",
        "A controlled trial; read in full, at its own address, on 2026-11-01.",
        "Where: Results. Up to 2 days in 36 people.",
        "Says otherwise: After your visit. A Hospital. no date shown.",
        "A hospital; only the opening was read, in a copy, on 2026-11-02.",
        "Limits: Only the top of it was read.",
        "Counts: 9 of 36 (People in the trial; followed: 2 weeks).",
    ):
        assert part in text
    assert [link.get("href") for link in note.iterfind(".//cite/a")] == [
        "https://doi.org/10.1000/trial",
        "https://hospital.example/leaflet",
    ]


def test_a_source_without_address_is_named_without_link(tmp_path: Path) -> None:
    changes = small.swapped("data/sources.yml", "  URL: https://hospital.example/leaflet\n", "")
    page = whole(small.rendered(tmp_path, {**changes, "docs/healing.md": small.page_text("[[fact:sun]]\n")}))
    (cite,) = page.iterfind(".//cite")
    assert (len(cite), cite.text) == (0, "After your visit. A Hospital. no date shown.")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[fact:redness]]\n\n[[fact:redness]]\n", ["p", "aside", "p"]),
        ("- [[fact:sun]]\n- [[fact:redness]]\n\n[[fact:feel]]\n", ["ul", "aside", "p"]),
        ("It may be red. [[cite:redness]]\n", ["p", "aside"]),
        ("| When | What |\n|---|---|\n| Day 1 | [[fact:redness]] |\n", ["div", "aside"]),
        ("::: more Is it?\n\n[[fact:redness]]\n\n:::\n\n[[fact:redness]]\n", ["details", "p"]),
        ("[[fact:sun]]\n", ["p"]),
    ],
)
def test_a_box_stands_once_behind_the_block_that_first_tells_the_fact(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    page = small.as_html(small.rendered(tmp_path, {"docs/healing.md": small.page_text(body)}).markdown)
    assert [str(child.tag) for child in page][1:] == expected
    assert len(page.findall(".//aside[@data-differs='redness']")) == ("redness" in body)


def test_a_box_inside_folded_detail_stays_whole(tmp_path: Path) -> None:
    changes = small.swapped(small.FACTS_FILE, "says: A few hours., limits", "says: '*a* _b_ <i>', limits")
    body = small.page_text("::: more Is it?\n\n[[fact:redness]]\n\n:::\n")
    page = small.as_html(small.rendered(tmp_path, {**changes, "docs/healing.md": body}).markdown)
    (box,) = page.iterfind("./details/aside")
    assert "*a* _b_ <i>" in small.words_of(box)
    assert box.find(".//em") is None


def test_key_points_and_cards_leave_their_box_to_the_text_or_to_the_end(tmp_path: Path) -> None:
    told = healing(tmp_path, "[[fact:sun]]\n\n[[fact:redness]]\n", key_points="[redness, sun, feel]")
    untold = healing(tmp_path, "[[fact:sun]]\n", key_points="[redness, sun, feel]")
    assert [str(child.tag) for child in told][1:5] == ["div", "p", "p", "aside"]
    assert [str(child.tag) for child in untold][1:5] == ["div", "p", "h2", "aside"]
    assert [len(page.findall(".//aside")) for page in (told, untold)] == [1, 1]


def test_a_box_lists_each_position_with_its_source_and_what_to_go_by(tmp_path: Path) -> None:
    (box,) = healing(tmp_path, "[[fact:redness]]\n").iterfind(".//aside")
    assert box.get("data-fact") == box.get("data-differs") == "redness"
    assert [small.words_of(item) for item in box.iterfind(".//li")] == [
        "Up to 2 days in 36 people. a controlled trial (Alam and others, 2020)",
        "A few hours. a hospital (A Hospital)",
    ]
    text = small.words_of(box)
    assert "What to go by: If it is still red on day 3, call your clinic." in text
    assert "Has anyone tested it? Yes" in text
    assert ("1", "#note-redness") in marks(box)


def test_key_points_use_the_short_wording_and_stand_first(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:redness]]\n", key_points="[redness, sun, feel]")
    box = page[1]
    assert box.get("class") == "key-points"
    assert [small.words_of(item) for item in box.iterfind(".//li")] == [
        "Red for a day or two.1",
        "Keep out of the sun for a week.2",
        "On brown or black skin, feel for heat and look for a dark or grey tint.3",
    ]


def test_the_ways_in_stand_above_the_key_points(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[ways-in]]\n\n[[fact:sun]]\n", key_points="[redness, sun, feel]")
    assert [child.get("class") for child in page][1:3] == ["ways-in", "key-points"]


@pytest.mark.parametrize(
    ("body", "level", "title", "facts"),
    [
        ("[[care:emergency]]\n", "emergency", "Call the emergency number if", ["breathing"]),
        ("[[care:today]]\n", "today", "Get medical help today if", ["fever"]),
        ("[[care:clinic]]\n", "clinic", "Call your clinic if", []),
        ("[[care:today fever breathing]]\n", "today", "Get medical help today if", ["fever", "breathing"]),
    ],
)
def test_a_care_card_holds_the_signs_of_its_level(
    tmp_path: Path, body: str, level: str, title: str, facts: list[str]
) -> None:
    (card,) = healing(tmp_path, body).iterfind(".//section[@class='care-card']")
    assert card.get("data-level") == level
    assert card.findtext("h3") == title
    assert [claim.get("data-fact") for claim in card.iterfind(".//li/span")] == facts


def test_text_that_claims_nothing_carries_its_reason(tmp_path: Path) -> None:
    page = healing(
        tmp_path, "Is it red? [There](index.md). We *made* this. <!-- no-claim: about-this-site -->\n\n[[fact:sun]]\n"
    )
    waived = [(found.get("data-no-claim"), small.words_of(found)) for found in page.iterfind(".//*[@data-no-claim]")]
    assert waived == [("question", "Is it red?"), ("navigation", "There."), ("about-this-site", "We made this.")]
    assert "<!--" not in html.tostring(page, encoding="unicode")


def test_a_claim_carries_its_fact_and_its_label(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:sun]] The law asks. [[cite:law]]\n")
    claims = [(found.get("data-fact"), found.get("data-evidence")) for found in page.iterfind(".//span[@data-fact]")]
    assert claims == [("sun", "official-advice"), ("law", "official-record")]


def test_text_phrased_in_place_keeps_its_emphasis_and_links(tmp_path: Path) -> None:
    page = healing(tmp_path, "The *law* asks, [see](index.md). [[cite:law]]\n")
    (claim,) = page.iterfind(".//span[@data-fact='law']")
    assert [(str(part.tag), part.text) for part in claim][:2] == [("em", "law"), ("a", "see")]


def test_folded_detail_is_closed_and_its_inside_is_markdown(tmp_path: Path) -> None:
    page = healing(tmp_path, "::: more Is it *so*?\n\n- [[fact:sun]]\n\nThe *law* asks. [[cite:law]]\n\n:::\n")
    (fold,) = page.iterfind(".//details")
    assert fold.get("open") is None
    assert fold.findtext("summary") == "Is it *so*?"
    assert [str(child.tag) for child in fold] == ["summary", "ul", "p"]
    assert fold.findtext(".//em") == "law"


def test_lists_and_tables_come_through_with_their_structure(tmp_path: Path) -> None:
    page = healing(
        tmp_path,
        "1. [[fact:sun]]\n    - Is it?\n2. [[fact:feel]]\n\n[[fact:law]]\n\n"
        "| A | B |\n|---|---|\n| Day 1 | One\\|two. [[cite:law]] |\n",
    )
    assert [len(page.findall(path)) for path in ("./ol/li", "./ol/li/ul/li", "./div/table//td")] == [2, 1, 2]
    (cell,) = page.iterfind(".//td[2]")
    assert small.words_of(cell) == "One|two.3"


def test_a_numbered_list_behind_a_bulleted_one_keeps_its_numbers(tmp_path: Path) -> None:
    page = healing(tmp_path, "- [[fact:sun]]\n\n1. [[fact:feel]]\n2. [[fact:law]]\n")
    assert [len(page.findall(path)) for path in ("./ul/li", "./ol/li")] == [1, 2]


def test_gaps_stand_by_topic_with_why_they_matter(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[unknowns]]\n")
    assert page.findtext("h3") == "Healing"
    (gap,) = page.iterfind("./ul/li")
    expected = "No one has found out how long it lasts. Why it matters: You could plan your days.1"
    assert small.words_of(gap) == expected


def test_a_popular_claim_is_a_question_with_a_verdict_inside_its_first_answer(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[heard:healing]]\n")
    (asked,) = page.iterfind("./h3")
    assert (asked.get("id"), asked.text) == ("always-red", "Is my face red for weeks?")
    (verdict,) = page.iterfind(".//b[@class='verdict']")
    assert (verdict.get("data-verdict"), verdict.text) == ("not-supported", "Not supported.")
    held = verdict.getparent()
    assert held is not None
    assert held.get("data-fact") == "redness"


def test_a_medical_word_is_explained_at_its_first_use_only(tmp_path: Path) -> None:
    page = healing(tmp_path, "[[fact:feel]] [[fact:feel]]\n")
    assert [link.get("href") for link in page.iterfind(".//a[@class='term']")] == ["#word-tint-word"]
    (word,) = page.iterfind(".//div[@id='word-tint-word']")
    assert word.findtext("dt") == "Tint"
    assert word.findtext("dd/span") == "A tint is a slight colour."
    assert ("2", "note-tint") in notes(page)


@pytest.mark.parametrize(("page", "address"), [("index", "../#claim-sun"), ("healing", "../healing/#claim-sun")])
def test_the_list_of_sources_leads_to_the_page_of_each_fact(tmp_path: Path, page: str, address: str) -> None:
    changes: dict[str, str | bytes | None] = {
        "docs/healing.md": None,
        "docs/index.md": None,
        f"docs/{page}.md": small.page_text("[[fact:sun]]\n"),
        LISTS: LISTS_PAGE,
    }
    lists = whole(small.rendered(tmp_path, changes, "lists"))
    assert address in [link.get("href") for link in lists.iterfind(".//li[@id='source-leaflet']//a")]


def test_a_page_s_hash_changes_with_every_word_it_prints(tmp_path: Path) -> None:
    changes = (
        {},
        small.swapped(small.FACTS_FILE, "says: A week.", "says: A year."),
        small.swapped("data/sources.yml", "publisher: A Hospital", "publisher: B Hospital"),
        small.swapped("docs/healing.md", "more Can I swim?", "more May I swim?"),
    )
    assert len({small.rendered(tmp_path, change).hash for change in changes}) == len(changes)
    assert small.rendered(tmp_path).hash == small.rendered(tmp_path).hash

"""A page's Markdown becomes blocks and segments; whatever the reader does not know, it reports."""

from __future__ import annotations

import pytest
import small

from factbase.markup import links, parse_page, plain, sentences
from factbase.model import Level
from factbase.page import (
    Block,
    CareCard,
    Claim,
    Generated,
    Heading,
    Listing,
    More,
    Page,
    Paragraph,
    Segment,
    Table,
    Waived,
)

FIRST = small.page_text("").count("\n") + 1
"""The line on which a page's body starts."""


def read(body: str) -> tuple[Page, list[tuple[str, int, int]]]:
    """The page with this body; code, line (1 is the body's first) and column of each problem."""
    page, problems = parse_page("a.md", "docs/a.md", small.page_text(body))
    assert page is not None
    return page, [(found.code, found.place.line - FIRST + 1, found.place.column) for found in problems]


def good(body: str) -> tuple[Block, ...]:
    """The blocks of a body that must be without problem."""
    page, problems = read(body)
    assert not problems
    return page.blocks


def told(segments: tuple[Segment, ...]) -> list[str]:
    """Segments in a short form: `fact id`, `id: text`, `reason: text` or `stray: text`."""
    found = []
    for part in segments:
        if isinstance(part, Claim):
            found.append(f"fact {part.fact}" if part.text is None else f"{part.fact}: {part.text}")
        else:
            found.append(f"{part.reason if isinstance(part, Waived) else 'stray'}: {part.text}")
    return found


def paragraph(body: str) -> list[str]:
    (block,) = good(body)
    assert isinstance(block, Paragraph)
    return told(block.segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("At 1.5 mm it works.", ["At 1.5 mm it works."]),
        ("  One.  ", ["One."]),
        ("", []),
        ("One.\nTwo.", ["One.", "Two."]),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "targets"),
    [
        ("See [this *page*](a.md#b).", "See this page.", ["a.md#b"]),
        ("**Bold** and _thin_", "Bold and thin", []),
        ("[a](b.md) and [c](#d)", "a and c", ["b.md", "#d"]),
        ("[not a link] (b.md)", "[not a link] (b.md)", []),
    ],
)
def test_inline_markdown_gives_its_words_and_its_links(text: str, words: str, targets: list[str]) -> None:
    assert (plain(text), links(text)) == (words, targets)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[fact:a]]", ["fact a"]),
        ("[[fact:a]] [[fact:b-2]]", ["fact a", "fact b-2"]),
        ("[[fact:a]][[fact:b]]", ["fact a", "fact b"]),
        ("It is red. [[cite:a]]", ["a: It is red."]),
        ("It is *red*, see [there](b.md). [[cite:a]]", ["a: It is *red*, see [there](b.md)."]),
        ("Is it red? It is. [[cite:a]]", ["question: Is it red?", "a: It is."]),
        ("It is\nred\n#1. [[cite:a]]", ["a: It is red #1."]),
        ("Is it red?", ["question: Is it red?"]),
        ("(Is it red?)", ["question: (Is it red?)"]),
        ("[There](b.md)", ["navigation: [There](b.md)"]),
        ("[There](b.md).", ["navigation: [There](b.md)."]),
        ("We made this. <!-- no-claim: about-this-site -->", ["about-this-site: We made this."]),
        ("We made this.<!--no-claim:about-this-site-->", ["about-this-site: We made this."]),
        ("[[fact:a]] Read on. <!-- no-claim: navigation -->", ["fact a", "navigation: Read on."]),
        ("Write `[[fact:a]]` there. <!-- no-claim: how-to-use -->", ["how-to-use: Write `[[fact:a]]` there."]),
        ("It is red.", ["stray: It is red."]),
        ("It is red. Is it?", ["stray: It is red.", "question: Is it?"]),
        ("It is red, or [so](b.md) it is.", ["stray: It is red, or [so](b.md) it is."]),
        ("[[fact:a]] It hurts.", ["fact a", "stray: It hurts."]),
        ("It hurts. It is red. [[cite:a]]", ["stray: It hurts.", "a: It is red."]),
        ("[[Fact:a]]", ["stray: [[Fact:a]]"]),
        ("[[fact:a]", ["stray: [[fact:a]"]),
        ("\\[[fact:a]]", ["fact a"]),
    ],
)
def test_a_paragraph_is_cut_at_its_references(body: str, expected: list[str]) -> None:
    assert paragraph(body) == expected


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        ("<div>x</div>\n", "P02", 1, 1),
        ("Is it <b>red</b>?", "P02", 1, 7),
        ("Is it\n<b>red</b>?", "P02", 2, 1),
        ("Is it red? <!-- a comment -->", "P02", 1, 12),
        ("<!-- no-claim: navigation -->", "P02", 1, 1),
        ("See <https://a.example>?", "P02", 1, 5),
        ("[x](javascript:alert(1))?", "P02", 1, 3),
        ("[x](b.md 'title')?", "P02", 1, 3),
        ("[[x]](b.md)?", "P02", 1, 5),
        ("![x](b.png)?", "P02", 1, 1),
        ("[x]: https://a.example\n", "P02", 1, 1),
        ("[x](b.md){onclick=alert}?", "P02", 1, 10),
        ("Is it red {.big}?", "P02", 1, 11),
        ("> Is it red?", "P02", 1, 1),
        ("```\ncode\n```", "P02", 1, 1),
        ("    code", "P02", 1, 5),
        ("***", "P02", 1, 1),
        ("- Is it?\n\n  Or not?", "P02", 3, 3),
        ("- > Is it?", "P02", 1, 1),
        ("# Is it? {#a}", "P03", 1, 1),
        ("#### Is it? {#a}", "P03", 1, 1),
        ("## Is it?", "P04", 1, 1),
        ("## Is it? {#A}", "P04", 1, 1),
        ("## Is <b>it</b>? {#a}", "P02", 1, 7),
        ("## Is [it](b.md)? {#a}", "P02", 1, 1),
        ("## [[fact:a]]? {#a}", "P02", 1, 1),
        ("| <b>A</b> | B |\n|---|---|\n| C? | D? |", "P02", 1, 3),
        ("| [A](b.md) | B |\n|---|---|\n| C? | D? |", "P02", 1, 1),
        ("::: more Red\n\nIs it?\n\n:::", "P06", 1, 1),
        ("::: more Is it?\n\nOr not?", "P06", 1, 1),
        ("[[unknown]]", "R02", 1, 1),
        ("[[facts:a]]", "R02", 1, 1),
        ("[[care:soon]]", "R02", 1, 1),
        ("[[care]]", "R02", 1, 1),
        ("[[heard:weather]]", "R02", 1, 1),
        ("[[heard]]", "R02", 1, 1),
        ("Is it? [[care:today]]", "R02", 1, 8),
        ("Is it? [[note:a]]", "R02", 1, 8),
        ("- [[care:today]]", "R02", 1, 3),
        ("[[fact:A]]", "R03", 1, 1),
        ("[[fact: a]]", "R03", 1, 1),
        ("Is it?\n[[fact:]]", "R03", 2, 1),
        ("[[cite:a]]", "R04", 1, 1),
        ("[[fact:a]] [[cite:b]]", "R04", 1, 12),
        ("We did. <!-- no-claim: because -->", "W01", 1, 9),
        ("We did. <!-- no-claim: form --> <!-- no-claim: form -->", "W01", 1, 33),
        ("Is it? <!-- no-claim: navigation -->", "W02", 1, 1),
        ("[[fact:a]] <!-- no-claim: navigation -->", "W02", 1, 1),
    ],
)
def test_what_a_page_may_not_hold_is_one_problem_at_its_place(body: str, code: str, line: int, column: int) -> None:
    assert read(body)[1] == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "## Is it? {#a}\n", "---\n---\n", "---\ntitle: A\n", "--\ntitle: A\n--\n", " ---\ntitle: A\n---\n"],
)
def test_a_page_without_front_matter_is_refused(text: str) -> None:
    page, problems = parse_page("a.md", "docs/a.md", text)
    assert page is None
    assert [found.code for found in problems] == ["P01"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ({"title": "x" * 41}, "S07"),
        ({"title": ""}, "S06"),
        ({"checked": "21.11.2026"}, "S14"),
        ({"treatment": "needles"}, "S12"),
        ({"hide": "toc"}, "S03"),
        ({"title": "[a"}, "Y04"),
        ({"key_points": "[a, b, c, d, e, f]"}, "S09"),
    ],
)
def test_front_matter_is_read_by_the_model(field: dict[str, str], code: str) -> None:
    page, problems = parse_page("a.md", "docs/a.md", small.page_text("", **field))
    assert page is None
    assert [found.code for found in problems] == [code]


def test_front_matter_with_windows_line_ends_is_the_same() -> None:
    text = small.page_text("## Is it? {#a}\n\nOr\nnot? [[fact:a]]\n")
    unix, _ = parse_page("a.md", "docs/a.md", text)
    windows, problems = parse_page("a.md", "docs/a.md", text.replace("\n", "\r\n"))
    assert not problems
    assert windows == unix


def test_a_heading_gives_its_anchor_and_level() -> None:
    (block,) = good("### Is it red? {#red-1}")
    assert isinstance(block, Heading)
    assert (block.level, block.text, block.anchor) == (3, "Is it red?", "red-1")


def test_lists_keep_their_kind_and_what_stands_under_an_item() -> None:
    bullets, numbers = good("- [[fact:a]]\n    - Is it?\n- [[fact:b]]\n\n1. [[fact:c]]\n")
    assert isinstance(bullets, Listing)
    assert isinstance(numbers, Listing)
    assert (bullets.ordered, numbers.ordered) == (False, True)
    assert [told(item.segments) for item in bullets.items] == [["fact a"], ["fact b"]]
    assert [told(item.segments) for item in bullets.items[0].children[0].items] == [["question: Is it?"]]


def test_a_short_first_cell_names_its_row_and_every_other_cell_claims() -> None:
    (block,) = good("| When | What |\n|---|---|\n| Day 1 to 2 | [[fact:a]] |\n| It is red for days | Often |\n")
    assert isinstance(block, Table)
    assert block.header == ("When", "What")
    assert [[told(cell) for cell in row] for row in block.rows] == [
        [["navigation: Day 1 to 2"], ["fact a"]],
        [["stray: It is red for days"], ["stray: Often"]],
    ]


def test_folded_detail_holds_blocks_of_every_kind() -> None:
    more, after = good("::: more Is it *so*?\n\n[[fact:a]]\n\n- [[fact:b]]\n\n:::\n\n[[fact:c]]\n")
    assert isinstance(more, More)
    assert more.question == "Is it *so*?"
    assert [type(block) for block in more.blocks] == [Paragraph, Listing]
    assert isinstance(after, Paragraph)


@pytest.mark.parametrize(
    ("body", "level", "facts"),
    [
        ("[[care:today]]", Level.TODAY, ()),
        ("[[care:emergency a b-c]]", Level.EMERGENCY, ("a", "b-c")),
    ],
)
def test_a_care_card_takes_a_level_and_perhaps_facts(body: str, level: Level, facts: tuple[str, ...]) -> None:
    (block,) = good(body)
    assert isinstance(block, CareCard)
    assert (block.level, block.facts) == (level, facts)


@pytest.mark.parametrize(
    ("body", "name", "argument"), [("[[unknowns]]", "unknowns", ""), ("[[heard:who]]", "heard", "who")]
)
def test_a_generated_part_is_asked_for_by_name(body: str, name: str, argument: str) -> None:
    (block,) = good(body)
    assert isinstance(block, Generated)
    assert (block.name, block.argument) == (name, argument)


def test_a_reference_knows_its_line_and_column_in_the_file() -> None:
    (block,) = good("\n- Is it? [[fact:a]]\n  [[fact:b]]\n")
    assert isinstance(block, Listing)
    places = [part.place for part in block.items[0].segments if isinstance(part, Claim)]
    assert [(place.line - FIRST + 1, place.column) for place in places] == [(2, 10), (3, 3)]


def test_every_fault_of_a_page_is_reported_in_one_run() -> None:
    _, problems = read("# A? {#a}\n\n<p>\n\n[[fact:A]]\n\n[[care:soon]]\n")
    assert [code for code, _, _ in problems] == ["P03", "P02", "R03", "R02"]


def test_a_page_named_in_a_folder_keeps_its_path() -> None:
    page, _ = parse_page("a/b.md", "docs/a/b.md", small.page_text(""))
    assert page is not None
    assert (page.slug, page.file) == ("a/b", "docs/a/b.md")


@pytest.mark.parametrize(
    "text", ["<!-- no-claim:" + " " * 4000, "[" * 4000, "*" * 4000, ">" * 4000, "- " * 2000, "`" * 4000, "a. " * 1500]
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    page, _ = parse_page("a.md", "docs/a.md", small.page_text(text))
    assert page is not None

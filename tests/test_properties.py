"""Properties that hold for any input at all, tried on many made-up ones (the same in every run)."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import markdown
import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from factbase import yamlread
from factbase.about import Correction
from factbase.base import Base
from factbase.fragments import fill, in_markdown
from factbase.load import load
from factbase.markup import parse_page
from factbase.page import Page
from factbase.pdf.typst_text import inline, literal, words
from factbase.problem import Place, Problem
from factbase.render import render_page
from factbase.shape import Where

# No deadline: how fast this machine is decides nothing.
ANY = settings(derandomize=True, deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
SLOW = settings(ANY, max_examples=120)
LINE = re.compile(r"[A-Z]\d\d [^\n]+:\d+:\d+: [^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]+")
MARKS = "[]{}()#*_`~^|\\<>&\"'!?:;,.-+=/%$@ \n\t"
# Text that comes close to YAML, Markdown and HTML far more often than chance would.
PIECES = st.sampled_from(
    [
        "[[fact:",
        "[[cite:sun]]",
        "]]",
        "<!-- no-claim: form -->",
        "<b>",
        "&amp;",
        "---\n",
        "- ",
        "## ",
        "{#a}",
        "::: more ",
        "\n\n",
        "a: b\n",
        "x: [",
        "'",
        '"',
        "|\n",
        ">\n",
        "? ",
        "!tag ",
        "&a ",
        "*a",
        "%",
        "\t",
        "  ",
        "| a | b |\n|---|---|\n",
        "https://x.y",
    ]
)
NEAR = st.lists(st.one_of(PIECES, st.text(MARKS + "abcz019", max_size=12), st.text(max_size=6)), max_size=30).map(
    "".join
)
PLAIN = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), max_size=80)


def clear(problems: list[Problem]) -> bool:
    return all(LINE.fullmatch(str(problem)) for problem in problems)


@ANY
@given(NEAR)
def test_any_text_is_yaml_or_a_clear_line(text: str) -> None:
    node, problems = yamlread.parse(text, "data/x.yml")
    assert clear(problems)
    assert node is None or not any(problem.code == "Y04" for problem in problems)


@ANY
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_clear_line(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_bytes(raw)
    text, problems = yamlread.read_text(path, "any.yml")
    assert clear(problems)
    assert problems or text == raw.decode("utf-8").removeprefix("\ufeff")


@ANY
@given(NEAR)
def test_any_text_is_a_page_or_a_clear_line(text: str) -> None:
    for whole in (text, small.page_text(text)):
        page, problems = parse_page("x.md", "docs/x.md", whole)
        assert clear(problems)
        assert page is not None or problems


@ANY
@given(st.text(max_size=200), st.text(max_size=20), st.integers(1, 10**9), st.integers(1, 10**9))
def test_any_problem_is_one_line(what: str, file: str, line: int, column: int) -> None:
    said = str(Problem(Place(file, line, column), "Y99", what, "Mend it."))
    assert len(said.splitlines()) == 1
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


@ANY
@given(PLAIN)
def test_any_words_come_out_of_markdown_and_html_as_they_went_in(text: str) -> None:
    made = markdown.markdown(f"x{in_markdown(text)}x", extensions=["attr_list", "md_in_html", "tables"])
    assert " ".join(html.fromstring(made).text_content().split()) == " ".join(f"x{text}x".split())


@ANY
@given(PLAIN, PLAIN)
def test_any_words_in_a_template_stay_words(term: str, meaning: str) -> None:
    where = Where(Place("data/corrections.yml"), {})
    told = Correction("x", where, datetime.date(2026, 11, 21), "x", f"x{term}x", f"x{meaning}x")
    shown = html.fragment_fromstring(str(fill("corrections.html", corrections=[told])), "div")
    assert not shown.xpath("//script | //@onclick | //@style")
    said = " ".join(shown.text_content().split())
    assert " ".join(f"x{term}x".split()) in said
    assert " ".join(f"x{meaning}x".split()) in said


@ANY
@given(st.text(max_size=200))
def test_a_typst_literal_has_no_way_out(text: str) -> None:
    inside = literal(text)
    assert re.fullmatch(r'"(?:[0-9A-Za-z ,.;:!?()\'/+%&=-]|\\u\{[0-9a-f]+\})*"', inside)
    again = re.sub(r"\\u\{([0-9a-f]+)\}", lambda hit: chr(int(hit[1], 16)), inside[1:-1])
    assert again == text
    assert words(text) in ("", f"#{inside};")


@ANY
@given(NEAR)
def test_inline_markdown_becomes_literals_and_known_calls_only(text: str) -> None:
    made = inline(text, lambda target, shown: f"#link({literal(target)})[{shown}]")
    bare = re.sub(r'"[^"]*"', "", made)
    assert re.fullmatch(r"(?:#;|#strong\[|#emph\[|#link\(\)\[|\])*", bare)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("mutants"))


FILES = st.sampled_from(sorted(small.FILES))


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the small project with one to three small faults, as slips of the hand and of editors make them."""
    path = draw(FILES)
    lines = small.FILES[path].split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "indent", "cut", "put", "join"])):
            case "drop":
                lines[at : at + 1] = []
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "indent":
                lines[at] = draw(st.sampled_from(["  ", "\t", "    ", "- "])) + lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "put":
                position = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:position] + draw(NEAR) + lines[at][position:]
            case "join":
                lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        lines = lines or [""]
    return path, "\n".join(lines)


@SLOW
@given(mutants())
def test_any_slip_of_the_hand_is_a_clear_line_or_a_correct_page(scratch: Path, mutant: tuple[str, str]) -> None:
    path, text = mutant
    file = scratch / path
    try:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        base, problems = load(scratch)
        found = [*problems, *small.problems_in(scratch)]
    finally:
        file.write_text(small.FILES[path], "utf-8")
    assert clear(found)
    if not found:
        for page in base.pages:
            correct(page, base)


def correct(page: Page, base: Base) -> None:
    """A page as the gate wants it: no reference left, no foreign element, a note for every claim."""
    made = render_page(page, base)
    tree = small.as_html(f"{made.markdown}\n\n<div>{made.after}</div>")
    assert not re.search(r"\[\[\w+:", tree.text_content())
    assert not tree.xpath("//script | //iframe | //style | //*[@style] | //*[@onclick]")
    notes = {note.removeprefix("note-") for note in tree.xpath("//@id") if note.startswith("note-")}
    assert set(tree.xpath("//@data-fact")) <= notes
    assert json.dumps(made.hash)

"""Bad input through the command line: one line a problem with code and place, exit code 1, never a traceback."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import small
from conftest import run

FACTS, SOURCES, HEALING, INDEX = small.FACTS_FILE, "data/sources.yml", "docs/healing.md", "docs/index.md"
LINE = re.compile(r"(?P<code>[A-Z]\d\d) (?P<place>[^\s:]+:\d+:\d+): \S.*")
LAST_FACT = small.FACTS.count("\n") + 1
LAST_INDEX = small.INDEX.count("\n") + 1
LAST_HEALING = small.HEALING.count("\n") + 1


def reported(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Code and place of each reported problem; fails on anything else in the output."""
    assert done.returncode == 1
    assert done.stdout == ""
    # Not splitlines: it would also split at characters that must not get into a report.
    *lines, count, end = done.stderr.split("\n")
    assert end == ""
    assert count == f"{len(lines)} problem{'s' if len(lines) > 1 else ''}."
    hits = [LINE.fullmatch(line) for line in lines]
    assert all(hits), done.stderr
    return [f"{hit['code']} {hit['place']}" for hit in hits if hit]


def checked(root: Path, changes: small.Changes) -> list[str]:
    return reported(run(small.project(root, changes), "check"))


def line_of(path: str, text: str) -> int:
    """The line of a small file on which a piece of text starts. It stands there once."""
    assert small.FILES[path].count(text) == 1
    return small.FILES[path][: small.FILES[path].index(text)].count("\n") + 1


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SUN = line_of(FACTS, "sun:\n")

# What is wrong, the changes to the small project, and code and place of every line of the report.
CASES: tuple[tuple[str, small.Changes, list[str]], ...] = (
    ("broken YAML", small.appended("data/search.yml", "x: [a\n"), ["Y04 data/search.yml:6:1"]),
    ("broken YAML in facts", small.appended(FACTS, "x: 'a\n"), [f"Y04 {FACTS}:{LAST_FACT + 1}:1"]),
    (
        "broken YAML in sources",
        small.appended(SOURCES, "x: a: b\n"),
        [f"Y04 {SOURCES}:{small.SOURCES.count(chr(10)) + 1}:5"],
    ),
    ("a tab as indent", small.appended("data/search.yml", "x:\n\tpage: a\n"), ["Y04 data/search.yml:6:1"]),
    (
        "a duplicate field",
        small.swapped(FACTS, "  claim: Keep", "  kind: advice\n  claim: Keep"),
        [f"Y10 {FACTS}:{SUN + 3}:3"],
    ),
    ("a duplicate id", small.swapped(FACTS, "sun:\n", "feel:\n"), [f"Y10 {FACTS}:{SUN}:1"]),
    (
        "a duplicate id in sources",
        small.swapped(SOURCES, "clinic-one:\n", "leaflet:\n"),
        [f"Y10 {SOURCES}:{line_of(SOURCES, 'clinic-one:')}:1"],
    ),
    (
        "a list for a value",
        small.swapped(FACTS, "claim: Keep out of the sun for a week.", "claim: [Keep]"),
        [f"S05 {FACTS}:{SUN + 1}:10"],
    ),
    ("a value for a list", small.swapped(FACTS, "applies_to: [pen, roller]", "applies_to: pen"), [f"S08 {FACTS}:6:15"]),
    ("a value for a record", small.appended(FACTS, "x: y\n"), [f"S01 {FACTS}:{LAST_FACT}:4"]),
    ("a list for records", {"data/search.yml": "- a\n"}, ["S01 data/search.yml:1:1"]),
    ("a text for records", {"data/heard.yml": "a\n"}, ["S01 data/heard.yml:1:1"]),
    ("a word for a number", small.swapped(SOURCES, "people: 60", "people: many"), [f"S13 {SOURCES}:13:11"]),
    ("no for a text", small.swapped("data/site.yml", "version: 1.2.3", "version: no"), ["S16 data/site.yml:3:10"]),
    ("a wrong day", small.swapped(SOURCES, "accessed: 2026-11-01", "accessed: 2026-11-31"), [f"S14 {SOURCES}:8:13"]),
    ("bytes that are no UTF-8", {"data/search.yml": small.SEARCH.encode() + b"# \xff\n"}, ["Y03 data/search.yml:5:3"]),
    ("a page that is no UTF-8", {INDEX: small.INDEX.encode() + b"\xe9"}, [f"Y03 {INDEX}:{LAST_INDEX}:1"]),
    ("UTF-16", {"data/search.yml": small.SEARCH.encode("utf-16")}, ["Y03 data/search.yml:1:1"]),
    ("an alias bomb", {"data/search.yml": BOMB}, ["Y05 data/search.yml:1:4"]),
    ("an anchor", small.swapped("data/search.yml", "[sunburn", "&a [sunburn"), ["Y05 data/search.yml:4:10"]),
    ("an alias", small.appended("data/search.yml", "x: *a\n"), ["Y05 data/search.yml:5:4"]),
    ("a tag", small.swapped("data/search.yml", "page: h", "page: !!str h"), ["Y06 data/search.yml:3:9"]),
    (
        "a tag that runs code",
        {"data/search.yml": "x: !!python/object/apply:os.system [ls]\n"},
        ["Y06 data/search.yml:1:4"],
    ),
    ("a line of 10 MB", small.appended("data/search.yml", f"# {'x' * 10_000_000}\n"), ["Y02 data/search.yml:5:5001"]),
    ("a page with a line of 10 MB", small.appended(INDEX, "x" * 10_000_000), [f"Y02 {INDEX}:{LAST_INDEX}:5001"]),
    ("a file of 17 MB", {"data/search.yml": "#\n" * 8_500_000}, ["Y02 data/search.yml:1:1"]),
    ("deep nesting", {"data/search.yml": f"x: {'[' * 2000}\n"}, ["Y08 data/search.yml:1:33"]),
    (
        "deep nesting by indent",
        {"data/search.yml": "".join(" " * n + "x:\n" for n in range(90))},
        ["Y08 data/search.yml:31:31"],
    ),
    ("two documents", small.appended("data/search.yml", "---\nx: y\n"), ["Y07 data/search.yml:5:1"]),
    ("a control character", small.swapped("data/search.yml", "spf", "s\x07pf"), ["Y12 data/search.yml:4:21"]),
    (
        "an escape sequence in a page",
        small.swapped(INDEX, "Tap a", "Tap \x1b[31m a"),
        [f"Y12 {INDEX}:{line_of(INDEX, 'Tap a')}:5"],
    ),
    ("an escaped control character", small.swapped("data/search.yml", "spf", r'"\e[2J"'), ["S11 data/search.yml:4:20"]),
    ("a right-to-left override", small.swapped(FACTS, "Keep out", "Keep \u202eout"), [f"Y12 {FACTS}:{SUN + 1}:15"]),
    (
        "a right-to-left override in a page",
        small.swapped(INDEX, "Tap a", "Tap \u202ea"),
        [f"Y12 {INDEX}:{line_of(INDEX, 'Tap a')}:5"],
    ),
    (
        "an escaped override as an id",
        small.appended("data/search.yml", '"\\u202Ex": {page: healing, words: [a]}\n'),
        ["S02 data/search.yml:5:1"],
    ),
    (
        "a line break that forges a line",
        small.appended("data/search.yml", '"x\\nY99 a:1:1: b": {page: healing, words: [a]}\n'),
        ["S02 data/search.yml:5:1"],
    ),
    ("a NUL byte", {"data/search.yml": small.SEARCH.encode() + b"\0"}, ["Y12 data/search.yml:5:1"]),
    ("a NUL byte in a page", {INDEX: small.INDEX.encode() + b"a\0b"}, [f"Y12 {INDEX}:{LAST_INDEX}:2"]),
    ("an unknown reference", small.appended(INDEX, "\n[[fact:sum]]\n"), [f"R01 {INDEX}:{LAST_INDEX + 1}:1"]),
    (
        "an unknown reference in a sentence",
        small.appended(INDEX, "\nIt is. [[cite:sum]]\n"),
        [f"R01 {INDEX}:{LAST_INDEX + 1}:8"],
    ),
    ("a reference that is none", small.appended(INDEX, "\n[[fakt:sun]]\n"), [f"R02 {INDEX}:{LAST_INDEX + 1}:1"]),
    ("a retired fact", small.appended(HEALING, "\n[[fact:old-redness]]\n"), [f"F13 {HEALING}:{LAST_HEALING + 1}:1"]),
    (
        "an unknown source",
        small.swapped(FACTS, "leaflet, locator: Sun", "leaflat, locator: Sun"),
        [f"F05 {FACTS}:{SUN + 5}:16"],
    ),
    (
        "an unused source",
        small.appended(
            SOURCES, "x: {type: webpage, title: T, accessed: 2026-11-01, kind: news, read: full, via: index}\n"
        ),
        [f"C01 {SOURCES}:{small.SOURCES.count(chr(10)) + 1}:1"],
    ),
    ("no front matter", {INDEX: "## Is it? {#a}\n"}, [f"P01 {INDEX}:1:1"]),
    ("front matter without end", {INDEX: "---\ntitle: A\n"}, [f"P01 {INDEX}:1:1"]),
    ("broken front matter", small.swapped(INDEX, "title: A small home", "title: [A"), [f"Y04 {INDEX}:3:12"]),
    ("a field missing in front matter", small.swapped(INDEX, "treatment: mixed\n", ""), [f"S04 {INDEX}:2:1"]),
    ("raw HTML", small.appended(INDEX, "\n<script>alert(1)</script>\n"), [f"P02 {INDEX}:{LAST_INDEX + 1}:1"]),
    (
        "raw HTML in a sentence",
        small.swapped(INDEX, "Tap a", "Tap <i>a</i>"),
        [f"P02 {INDEX}:{line_of(INDEX, 'Tap a')}:5"],
    ),
    ("a javascript: link", small.appended(INDEX, "\n[Tap](javascript:alert)\n"), [f"P12 {INDEX}:{LAST_INDEX + 1}:1"]),
    (
        "a javascript: link with brackets",
        small.appended(INDEX, "\n[Tap](javascript:alert(1))?\n"),
        [f"P02 {INDEX}:{LAST_INDEX + 1}:5"],
    ),
    ("an http: link", small.appended(INDEX, "\n[Tap](http://a.example)\n"), [f"P12 {INDEX}:{LAST_INDEX + 1}:1"]),
    (
        "an http: link in a source",
        small.swapped(SOURCES, "https://clinic", "http://clinic"),
        [f"S15 {SOURCES}:{line_of(SOURCES, '  URL: https://clinic')}:8"],
    ),
    (
        "a javascript: link in a source",
        small.swapped(SOURCES, "https://clinic.example/prices", "'javascript:alert(1)'"),
        [f"S15 {SOURCES}:{line_of(SOURCES, '  URL: https://clinic')}:8"],
    ),
    (
        "a javascript: link in the site",
        small.swapped("data/site.yml", "mailto:errors@example.org", "'javascript:alert(1)'"),
        ["S15 data/site.yml:6:14"],
    ),
    ("an empty page", {INDEX: ""}, [f"P01 {INDEX}:1:1"]),
    ("an empty site.yml", {"data/site.yml": ""}, ["S04 data/site.yml:1:1"]),
    ("a site.yml of comments", {"data/site.yml": "# name: x\n"}, ["S04 data/site.yml:1:1"]),
    *(
        (f"a missing {path}", {path: None}, [f"Y01 {path}:1:1"])
        for path in small.FILES
        if path.startswith("data/") and path != FACTS and not path.startswith("data/releases/")
    ),
    ("a file that nothing reads", {"data/notes.yml": "a: b\n"}, ["Y11 data/notes.yml:1:1"]),
    ("facts with the wrong ending", {"data/facts/more.yaml": "a: b\n"}, ["Y11 data/facts/more.yaml:1:1"]),
    (
        "a date at the end of time",
        small.swapped(INDEX, "checked: 2026-11-21", "checked: 9999-12-31"),
        [f"P07 {INDEX}:2:1"],
    ),
)


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_fault_is_one_line_with_its_place(tmp_path: Path, changes: small.Changes, expected: list[str]) -> None:
    assert checked(tmp_path, changes) == expected


@pytest.mark.parametrize("path", ["data/site.yml", "data/search.yml", SOURCES, FACTS, INDEX])
def test_a_folder_in_the_place_of_a_file_is_one_line(tmp_path: Path, path: str) -> None:
    root = small.project(tmp_path)
    (root / path).unlink()
    (root / path).mkdir()
    found = reported(run(root, "check"))
    assert f"Y01 {path}:1:1" in found
    assert path == FACTS or found == [f"Y01 {path}:1:1"]


@pytest.mark.parametrize("path", ["data/search.yml", INDEX])
def test_a_file_that_may_not_be_read_is_one_line(tmp_path: Path, path: str) -> None:
    root = small.project(tmp_path)
    (root / path).chmod(0)
    if os.access(root / path, os.R_OK):
        pytest.skip("This user may read every file.")
    assert reported(run(root, "check")) == [f"Y01 {path}:1:1"]


@pytest.mark.parametrize(
    "changes",
    [
        dict.fromkeys(small.FILES),
        dict.fromkeys(small.FILES, ""),
        {path: None for path in small.FILES if path.startswith("docs/")},
        {FACTS: None},
        {FACTS: ""},
        dict.fromkeys(small.FILES, b"\xff\x00" * 100),
        dict.fromkeys(small.FILES, "["),
        dict.fromkeys(small.FILES, "a: b\n"),
        dict.fromkeys(small.FILES, "---\n"),
    ],
    ids=["no files", "empty files", "no pages", "no facts", "empty facts", "bytes", "brackets", "one field", "dashes"],
)
def test_a_project_that_is_wrong_all_over_is_a_list_of_problems(tmp_path: Path, changes: small.Changes) -> None:
    assert checked(tmp_path, changes)


def test_faults_in_several_files_are_reported_in_one_run_in_order(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        **small.swapped("data/site.yml", "version: 1.2.3", "version: new"),
        **small.appended("data/search.yml", "x: [a\n"),
        **small.swapped(FACTS, "kind: practice", "kind: practise"),
        HEALING: small.HEALING.replace("## What is normal? {#normal}", "## What is normal?") + "\n<br>\n",
        INDEX: b"\xff",
        "data/heard.yml": None,
    }
    assert checked(tmp_path, changes) == [
        f"S12 {FACTS}:{line_of(FACTS, 'kind: practice')}:9",
        "Y01 data/heard.yml:1:1",
        "Y04 data/search.yml:6:1",
        "S16 data/site.yml:3:10",
        f"P04 {HEALING}:{line_of(HEALING, '## What is normal?')}:1",
        f"P02 {HEALING}:{LAST_HEALING + 1}:1",
        f"Y03 {INDEX}:1:1",
    ]


def test_faults_of_reading_and_of_rules_are_reported_together(tmp_path: Path) -> None:
    changes = {
        **small.swapped("data/site.yml", "version: 1.2.3", "version: new"),
        **small.appended(INDEX, "\n[[fact:sum]]\n"),
        **small.swapped(FACTS, "leaflet, locator: Sun", "leaflat, locator: Sun"),
    }
    assert checked(tmp_path, changes) == [
        f"F05 {FACTS}:{SUN + 5}:16",
        "S16 data/site.yml:3:10",
        f"R01 {INDEX}:{LAST_INDEX + 1}:1",
    ]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["Windows line ends", "byte order mark", "both", "no line end at the end"],
)
def test_files_saved_by_other_editors_simply_work(tmp_path: Path, encode: Callable[[str], bytes]) -> None:
    root = small.project(tmp_path, {path: encode(text) for path, text in small.FILES.items()})
    done = run(root, "check")
    assert (done.returncode, done.stderr) == (0, "")
    plain = small.project(tmp_path / "plain")
    for folder in (root, plain):
        assert run(folder, "render", "out").returncode == 0
    for page in ("index.md", "healing.md"):
        assert (root / "out" / page).read_bytes() == (plain / "out" / page).read_bytes()


def test_a_good_project_is_one_line_and_exit_code_0(tmp_path: Path) -> None:
    done = run(small.project(tmp_path), "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"12 facts from 4 sources on 2 pages: no problem\.\n", done.stdout)


@pytest.mark.parametrize(
    "command", [["check"], ["render", "out"], ["build"], ["reading"], ["release-check"], ["review", "fact:sun"]]
)
def test_every_command_refuses_what_check_refuses(tmp_path: Path, command: list[str]) -> None:
    root = small.project(tmp_path, small.appended("data/search.yml", "x: *a\n"))
    done = run(root, *command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Y05 data/search.yml:5:4: ")
    assert "Traceback" not in done.stderr
    assert not (root / "out").exists()
    assert not (root / "site").exists()

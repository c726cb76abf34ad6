"""YAML comes in as it was typed, with the place of every value, and nothing in it can do harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factbase.yamlread import MAX_DEPTH, MAX_LINE, Mapping, Node, Scalar, Sequence, parse, read_text


def simple(node: Node | None) -> Any:
    """A node as plain lists and pairs, without places."""
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [simple(item) for item in items]
        case Mapping(entries=entries):
            return [(key.text, simple(value)) for key, value in entries]
    return None


def places(node: Node | None) -> list[tuple[str, int, int]]:
    """Every scalar with its line and column, in reading order."""
    match node:
        case Scalar(text=text, place=place):
            return [(text, place.line, place.column)]
        case Sequence(items=items):
            return [found for item in items for found in places(item)]
        case Mapping(entries=entries):
            return [found for pair in entries for part in pair for found in places(part)]
    return []


def said(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem in a piece of YAML."""
    return [(found.code, found.place.line, found.place.column) for found in parse(text, "f.yml")[1]]


@pytest.mark.parametrize(
    "typed",
    ["no", "Yes", "off", "12:30", "030", "0x1F", "1e3", "1_000", "2026-11-20", "1.10", "~", "null", ".inf", "="],
)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    assert simple(parse(f"a: {typed}", "f.yml")[0]) == [("a", typed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\nc: d\n", [("a", "b"), ("c", "d")]),
        ("a: [b, {c: d}]\n", [("a", ["b", [("c", "d")]])]),
        ("a:\n  - b\n  - c\n", [("a", ["b", "c"])]),
        ("a: 'it''s'\n", [("a", "it's")]),
        ("a: >\n  one\n  two\n", [("a", "one two\n")]),
        ("a: |\n  one\n  two\n", [("a", "one\ntwo\n")]),
        ("{a: b}", [("a", "b")]),
        ("- a\n- b\n", ["a", "b"]),
        ("a: b # not part of it\n", [("a", "b")]),
        ("---\na: b\n...\n", [("a", "b")]),
        ("a:\r\n  - b\r\n  - c\r\n", [("a", ["b", "c"])]),
        ("<<: {b: c}\n", [("<<", [("b", "c")])]),
        ("a: '*x'\nb: '&y'\nc: '!z'\n", [("a", "*x"), ("b", "&y"), ("c", "!z")]),
    ],
)
def test_a_document_becomes_scalars_lists_and_records(text: str, expected: Any) -> None:
    node, problems = parse(text, "f.yml")
    assert not problems
    assert simple(node) == expected


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_document_is_nothing_and_no_problem(text: str) -> None:
    assert parse(text, "f.yml") == (None, [])


@pytest.mark.parametrize(
    ("typed", "empty"),
    [("", True), ("~", True), ("null", True), ("''", False), ("'~'", False), ('"null"', False), ("0", False)],
)
def test_only_unquoted_words_for_nothing_are_empty(typed: str, empty: bool) -> None:
    node, _ = parse(f"a: {typed}\n", "f.yml")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.empty is empty


def test_every_scalar_knows_its_line_and_column() -> None:
    text = "a: b\n\nlist:\n  - one\n  - {k: 'two'}\né: ü\n"
    assert places(parse(text, "f.yml")[0]) == [
        ("a", 1, 1),
        ("b", 1, 4),
        ("list", 3, 1),
        ("one", 4, 5),
        ("k", 5, 6),
        ("two", 5, 9),
        ("é", 6, 1),
        ("ü", 6, 4),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 'x", "Y04", 1, 6),
        ("a: [1, 2\nb: c\n", "Y04", 2, 2),
        ("a: b: c\n", "Y04", 1, 5),
        ("a: b\n\tc: d\n", "Y04", 2, 1),
        ("a: é é\nb: é\x07\n", "Y04", 2, 5),
        ("a: x\x00y\n", "Y04", 1, 5),
        ("a: &name b\n", "Y05", 1, 4),
        ("a: *name\n", "Y05", 1, 4),
        ("a: &list [b]\n", "Y05", 1, 4),
        ("a: !!str b\n", "Y06", 1, 4),
        ("a: !!python/object/apply:os.system [ls]\n", "Y06", 1, 4),
        ("!own\na: b\n", "Y06", 1, 1),
        ("a: b\n---\nc: d\n", "Y07", 2, 1),
        ("[" * (MAX_DEPTH + 1), "Y08", 1, MAX_DEPTH + 1),
        ("? [a]\n: b\n", "Y09", 1, 3),
        ("a: b\na: c\n", "Y10", 2, 1),
        ("x: {k: 1, l: 2, k: 3}\n", "Y10", 1, 17),
    ],
)
def test_a_fault_is_one_problem_with_its_place(text: str, code: str, line: int, column: int) -> None:
    assert said(text) == [(code, line, column)]


def test_every_double_name_is_reported_in_one_run() -> None:
    assert said("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n") == [("Y10", 2, 1), ("Y10", 3, 11), ("Y10", 4, 1)]


def test_the_same_name_may_stand_in_two_records() -> None:
    assert said("a: {k: 1}\nb: {k: 1}\n") == []


def test_lists_may_nest_as_deep_as_the_limit() -> None:
    assert said("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert said("\n".join(lines)) == [("Y05", 1, 4)]


def read(tmp_path: Path, raw: bytes) -> tuple[str, list[tuple[str, int, int]]]:
    path = tmp_path / "f.yml"
    path.write_bytes(raw)
    text, problems = read_text(path, "f.yml")
    return text, [(found.code, found.place.line, found.place.column) for found in problems]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a: b\n", "a: b\n"),
        (b"\xef\xbb\xbfa: b\n", "a: b\n"),
        (b"a: b\r\nc: d\r\n", "a: b\r\nc: d\r\n"),
        ("a: é 中 😀\t.\n".encode(), "a: é 中 😀\t.\n"),
        (b"", ""),
        (b"x" * MAX_LINE, "x" * MAX_LINE),
    ],
)
def test_a_good_file_is_read_as_text(tmp_path: Path, raw: bytes, text: str) -> None:
    assert read(tmp_path, raw) == (text, [])


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"a: b\nc: \xff\n", "Y03", 2, 4),
        ("é: é".encode() + b"\xe9", "Y03", 1, 5),
        (b"a: b\n" + b"x" * (MAX_LINE + 1), "Y02", 2, MAX_LINE + 1),
        (b"x" * 16_000_001, "Y02", 1, 1),
        (b"a: \x00b\n", "Y12", 1, 4),
        (b"a: \x1b[31mb\n", "Y12", 1, 4),
        (b"a: b\rc: d\n", "Y12", 1, 5),
        ("a: b\né \u202e: c\n".encode(), "Y12", 2, 3),
        ("a: zero\u200bwidth\n".encode(), "Y12", 1, 8),
        ("a: b # hidden \u2066comment\n".encode(), "Y12", 1, 15),
        ("a: b\u2028c: d\n".encode(), "Y12", 1, 5),
        ("a: b\u0085c: d\n".encode(), "Y12", 1, 5),
        ("a: b\ufeff\n".encode(), "Y12", 1, 5),
    ],
)
def test_a_file_that_cannot_be_trusted_is_not_read(
    tmp_path: Path, raw: bytes, code: str, line: int, column: int
) -> None:
    assert read(tmp_path, raw) == ("", [(code, line, column)])


def test_each_line_with_an_invisible_character_is_reported(tmp_path: Path) -> None:
    raw = "a: \u202eb\u202e\nc: d\ne: \u200bf\n".encode()
    assert read(tmp_path, raw) == ("", [("Y12", 1, 4), ("Y12", 3, 4)])


def test_a_missing_file_and_a_folder_are_one_problem_each(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        text, problems = read_text(path, "f.yml")
        assert (text, [found.code for found in problems]) == ("", ["Y01"])

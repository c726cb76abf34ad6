"""A record's fields are read by its class alone: right values come through, each wrong one is one problem."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest

from factbase.problem import Place
from factbase.shape import Link, PartialDate, Reader, Where, described, fields_of
from factbase.yamlread import parse


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Part:
    where: Where
    name: str = described("Its name.")
    note: str | None = described("A note.", default=None)


@dataclass(frozen=True, slots=True)
class Thing:
    id: str
    where: Where
    given: str
    title: str = described("A title.", max_chars=10)
    colour: Colour = described("A colour.", default=Colour.RED)
    number: int | None = described("A number.", default=None)
    day: datetime.date | None = described("A day.", default=None)
    issued: PartialDate | None = described("A date.", default=None)
    link: Link | None = described("An address.", default=None)
    code: str | None = described("Three letters.", default=None, pattern="[a-z]{3}")
    words: tuple[str, ...] = described("Words.", default=(), min_items=1, max_items=3)
    colours: tuple[Colour, ...] = described("Colours.", default=())
    parts: tuple[Part, ...] = described("Parts.", default=())


def read(text: str) -> tuple[list[Thing], list[tuple[str, int, int]]]:
    """The records of a file, and code, line and column of each problem."""
    node, problems = parse(text, "f.yml")
    assert not problems
    reader = Reader()
    found = reader.records(node, Thing, "f.yml", given="topic")
    return found, [(item.code, item.place.line, item.place.column) for item in reader.problems]


def one(fields: str) -> Thing:
    """The record with a title and these fields, which must be good."""
    found, problems = read(f"x: {{title: t, {fields}}}")
    assert not problems
    return found[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title: no", "no"),
        ("title: ' a '", "a"),
        ("title: '123456789 '", "123456789"),
        ("colour: blue", Colour.BLUE),
        ("number: 0", 0),
        ("number: 120", 120),
        ("day: 2024-02-29", datetime.date(2024, 2, 29)),
        ("issued: 2021", "2021"),
        ("issued: 2021-03", "2021-03"),
        ("issued: 2021-03-09", "2021-03-09"),
        ("link: https://a.example", "https://a.example"),
        ("link: https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("link: tel:+44-20-111", "tel:+44-20-111"),
        ("link: mailto:a@b.example", "mailto:a@b.example"),
        ("code: abc", "abc"),
        ("words: [a, b]", ("a", "b")),
        ("colours: [red, blue]", (Colour.RED, Colour.BLUE)),
        ("colours: []", ()),
    ],
)
def test_a_good_value_becomes_its_type(field: str, value: Any) -> None:
    name = field.partition(":")[0]
    if name == "title":
        found, problems = read(f"x: {{{field}}}")
        assert not problems
        assert found[0].title == value
    else:
        got = getattr(one(field), name)
        assert got == value
        assert type(got) in (type(value), PartialDate, Link)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("▸titel: t", "S03"),
        ("colour: ▸green", "S12"),
        ("colour: ▸RED", "S12"),
        ("colour: ▸[red]", "S05"),
        ("colour: ▸{red: 1}", "S05"),
        ("colour: ▸''", "S06"),
        ("colour: ▸~", "S06"),
        ("code: ▸null", "S06"),
        ("code: ▸'  '", "S06"),
        ("code: ▸abcd", "S16"),
        ("code: ▸" + "x" * 401, "S07"),
        ("number: ▸1.5", "S13"),
        ("number: ▸-1", "S13"),
        ("number: ▸030", "S13"),
        ("number: ▸1_000", "S13"),
        ("number: ▸ten", "S13"),
        ("number: ▸'²'", "S13"),
        ("day: ▸2026-02-30", "S14"),
        ("day: ▸2026-2-3", "S14"),
        ("day: ▸20260203", "S14"),
        ("day: ▸yesterday", "S14"),
        ("issued: ▸2021-13", "S14"),
        ("issued: ▸21", "S14"),
        ("issued: ▸2021-02-30", "S14"),
        ("link: ▸http://a.example", "S15"),
        ("link: ▸'javascript:alert(1)'", "S15"),
        ("link: ▸'data:text/html,x'", "S15"),
        ("link: ▸//a.example", "S15"),
        ("link: ▸https://localhost", "S15"),
        ("link: ▸https://user:pass@a.example/", "S15"),
        ("link: ▸'https://a.example/ b'", "S15"),
        ("link: ▸/etc/passwd", "S15"),
        ("words: ▸a", "S08"),
        ("words: ▸{a: b}", "S08"),
        ("words: ▸[]", "S09"),
        ("words: ▸[a, b, c, d]", "S09"),
        ("words: [a, b, ▸a]", "S10"),
        ("colours: [red, ▸red]", "S10"),
        ("colours: [red, ▸pink]", "S12"),
        ('code: ▸"a\\u202Eb"', "S11"),
        ('code: ▸"a\\0b"', "S11"),
        ('code: ▸"a\\nb"', "S11"),
        ("parts: [▸name]", "S01"),
        ("parts: [▸{note: n}]", "S04"),
        ("parts: [{name: n, ▸nmae: n}]", "S03"),
        ("parts: ▸{name: n}", "S08"),
    ],
)
def test_a_wrong_value_is_one_problem_at_its_place(fields: str, code: str) -> None:
    text = f"x: {{title: t, {fields}}}"
    column = text.index("▸") + 1
    found, problems = read(text.replace("▸", ""))
    assert problems == [(code, 1, column)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x: {colour: red}", [("S04", 1, 1)]),
        ("x: {title: 12345678901}", [("S07", 1, 12)]),
        ("x: {}", [("S04", 1, 1)]),
        ("x: title", [("S01", 1, 4)]),
        ("x: [title]", [("S01", 1, 4)]),
        ("x:", [("S01", 1, 3)]),
        ("- x", [("S01", 1, 1)]),
        ("x", [("S01", 1, 1)]),
        ("X: {title: t}", [("S02", 1, 1)]),
        ("a_b: {title: t}", [("S02", 1, 1)]),
        ("a--b: {title: t}", [("S02", 1, 1)]),
        ("-a: {title: t}", [("S02", 1, 1)]),
        ("'': {title: t}", [("S02", 1, 1)]),
        ("../x: {title: t}", [("S02", 1, 1)]),
        ("x" * 81 + ": {title: t}", [("S02", 1, 1)]),
        ("x: {titel: t}", [("S03", 1, 5)]),
        ("x: {titel: t, title: t}", [("S03", 1, 5)]),
        ("x: {zzz: t}", [("S03", 1, 5), ("S04", 1, 1)]),
        ("x: {title: t, id: y}", [("S03", 1, 15)]),
        ("x: {title: t, given: y}", [("S03", 1, 15)]),
        ("x: {title: t, where: y}", [("S03", 1, 15)]),
        ("x: {title: t, <<: {number: 1}}", [("S03", 1, 15)]),
    ],
)
def test_a_wrong_record_is_one_problem_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert read(text) == ([], expected)


def test_all_faults_of_all_records_are_reported_together() -> None:
    found, problems = read("a: {title: t, number: x, colour: y}\nb: {}\nc: {title: t}\n")
    assert problems == [("S13", 1, 23), ("S12", 1, 34), ("S04", 2, 1)]
    assert [record.id for record in found] == ["c"]


def test_a_typing_slip_is_answered_with_the_nearest_name() -> None:
    node, _ = parse("x: {title: t, colr: red, colour: blu}", "f.yml")
    reader = Reader()
    reader.records(node, Thing, "f.yml", given="")
    assert [item.instead for item in reader.problems] == ['Did you mean "colour"?', 'Did you mean "blue"?']


def test_fields_that_are_not_written_take_their_default() -> None:
    thing = one("number: 3")
    assert (thing.colour, thing.words, thing.link, thing.given) == (Colour.RED, (), None, "topic")


def test_a_record_knows_where_it_and_its_fields_stand() -> None:
    found, _ = read("\nx:\n  title: t\n  parts:\n    - {name: n}\n")
    where = found[0].where
    assert where.record == Place("f.yml", 2, 1)
    assert where.at("title") == Place("f.yml", 3, 10)
    assert where.at("colour") == Place("f.yml", 2, 1)
    assert found[0].parts[0].where.at("name") == Place("f.yml", 5, 14)


def test_an_empty_file_holds_no_records() -> None:
    assert read("# nothing\n") == ([], [])


def test_only_described_fields_are_data() -> None:
    fields = fields_of(Thing)
    assert "id" not in fields
    assert "where" not in fields
    assert [name for name, (_, _, required) in fields.items() if required] == ["title"]

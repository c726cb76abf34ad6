"""What clinics ask for: one mark a sheet, for each rule, on one scale from hours to months."""

from __future__ import annotations

from factbase.base import Base
from factbase.drawn import Drawn, Picture
from factbase.model import Fact, SourceKind
from factbase.pictures.scale import along_log, packed
from factbase.pictures.view import Block, Entry, Graphic, Group, Row, Table, View, listed, row
from factbase.pictures.waits import HOURS, Time, Wait, told, waits_of, who_says

SHORTEST, LONGEST = 3, 3 * HOURS["month"]
TICKS = (4, 12, 24, 48, 168, 504, 2160)
DOT = 12
"""Height of one row of marks, in pixels."""
ROOM = 3.4
"""Least distance of two marks in a row, in per cent of the width: a mark is 9 pixels wide on 300."""
_CLINIC = frozenset({SourceKind.CLINIC, SourceKind.SELLER})


def view(base: Base, _: str) -> View:
    """The picture, one block a rule in the order of the file."""
    rules = [(item, base.facts[item.facts[0]]) for item in base.drawn if item.picture is Picture.CLINIC_RANGES]
    waits = {item.id: waits_of(fact, base.sources) for item, fact in rules}
    entries = (
        ("one", "One clinic's sheet"),
        ("range", "A sheet that gives a range"),
        ("other", "Not a clinic: a hospital, a maker or a magazine"),
    )
    return View(
        name=Picture.CLINIC_RANGES.value,
        title="How long clinics ask you to wait",
        how=(
            "Each mark is one sheet that we read.",
            "The scale gets tighter to the right: hours, then days, weeks and months.",
            "It shows what sheets say. It does not show what is right.",
        ),
        key=tuple(Entry(Graphic("wait-key.svg", values={"kind": kind}), words) for kind, words in entries),
        axis=_axis(),
        groups=(Group(tuple(_block(item, fact, waits[item.id]) for item, fact in rules)),),
        table=Table(("Rule", "What is said", "Who says it"), tuple(_rows(rules, base))),
    )


def _block(item: Drawn, fact: Fact, waits: list[Wait]) -> Block:
    untimed = [wait.says.rstrip(".") for wait in waits if wait.time is None]
    words = (f"Not on the scale: {'; '.join(_once(untimed))}.",) if untimed else ()
    return Block((fact.id,), item.label, words, _graphic(item.label, waits))


def _graphic(label: str, waits: list[Wait]) -> Graphic:
    timed = [(wait, wait.time) for wait in waits if isinstance(wait.time, Time)]
    spans = [(_place(time.low), _place(time.high)) for _, time in timed]
    rows = packed(spans, ROOM)
    deep = max(rows, default=0) + 1
    marks = [
        {"from": span[0], "to": span[1], "y": DOT * (deep - row) - DOT / 2, "clinic": wait.kind in _CLINIC}
        for (wait, _), span, row in zip(timed, spans, rows, strict=True)
    ]
    counts: dict[str, int] = {}
    for _, time in timed:
        words = told(time.low) if time.low == time.high else f"{told(time.low)} to {told(time.high)}"
        counts[words] = counts.get(words, 0) + 1
    said = [f"{words}: {count} sheet{'' if count == 1 else 's'}" for words, count in counts.items()]
    values = {"height": DOT * deep, "marks": marks, "ticks": [_place(tick) for tick in TICKS]}
    return Graphic("waits.svg", label, listed(said), values)


def _axis() -> Graphic:
    ticks = []
    for tick in TICKS:
        number, unit = ("1", "day") if tick == HOURS["day"] else tuple(told(tick).split())
        ticks.append({"x": _place(tick), "words": number, "unit": unit.replace("hours", "h")})
    return Graphic("wait-axis.svg", "Scale", f"From {told(TICKS[0])} to {told(TICKS[-1])}.", {"ticks": ticks})


def _rows(rules: list[tuple[Drawn, Fact]], base: Base) -> list[Row]:
    return [
        row(item.label, says, who[0].upper() + who[1:] + ".", facts=(fact.id,))
        for item, fact in rules
        for says, who in who_says(fact, base.sources)
    ]


def _place(hours: int) -> float:
    return along_log(hours, SHORTEST, LONGEST)


def _once(words: list[str]) -> list[str]:
    """Each saying once, the first letter small so that it reads on."""
    return list(dict.fromkeys(text[0].lower() + text[1:] for text in words))

"""What "Is this normal?" prints: signs and their cells in runs, what each level asks for, dates to note. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from factbase.course import Cell, Concern, DayToNote, Point, Sign, SignGroup, Step, steps_of
from factbase.model import Fact
from factbase.readability import sentences_of

SIGNS_ANCHOR = "all-healing"
"""Anchor of the list of signs."""


class Part(StrEnum):
    """What `[[healing]]` and `[[healing:…]]` ask for."""

    NEEDLING = ""
    RF = "rf"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Run:
    """Time points that follow each other with the same level and the same facts: one row of a sign's table."""

    points: tuple[Point, ...]
    level: Concern
    facts: tuple[str, ...]

    @property
    def days(self) -> tuple[int, int]:
        """First and last day of the run."""
        return self.points[0].days[0], self.points[-1].days[1]


def runs(sign: Sign) -> tuple[Run, ...]:
    """The cells of a sign, those that say the same put together. A gap in time ends a run."""
    order = list(Point)

    def alike(numbered: tuple[int, Cell]) -> tuple[Concern, tuple[str, ...], int]:
        number, cell = numbered
        return cell.level, cell.facts, order.index(cell.at) - number

    grouped = groupby(enumerate(sign.cells), key=alike)
    return tuple(Run(tuple(cell.at for _, cell in cells), level, facts) for (level, facts, _), cells in grouped)


def cell_anchor(sign: Sign, point: Point) -> str:
    """The permanent id of a cell: `days-2-3-dark-marks`."""
    return f"{point.value}-{sign.id}"


def feel_facts(sign: Sign) -> tuple[str, ...]:
    """The facts behind the words on feel: those on skin tone, or else those of the first cell."""
    return sign.tones.facts if sign.tones else sign.cells[0].facts


def careful(fact: Fact) -> str:
    """The careful reading of a fact whose sources differ, without sentences that its claim says already."""
    told = sentences_of(fact.go_by or "")
    return " ".join(sentence for sentence in told if sentence.rstrip(".") not in fact.claim)


def of_group(signs: tuple[Sign, ...], argument: str) -> tuple[Sign, ...]:
    """The signs that a part prints; none for the calendar."""
    group = {Part.NEEDLING.value: SignGroup.NEEDLING, Part.RF.value: SignGroup.RF}.get(argument)
    return tuple(sign for sign in signs if sign.group is group)


def printed(
    signs: tuple[Sign, ...], steps: tuple[Step, ...], dates: tuple[DayToNote, ...], argument: str
) -> Iterator[tuple[str, str]]:
    """Every fact that a part prints or notes, in reading order, each with the sign it stands under, if any."""
    if argument == Part.CALENDAR:
        yield from (("", date.fact) for date in dates)
        return
    shown = of_group(signs, argument)
    if shown:
        yield from (("", name) for name in dict.fromkeys(steps_of(steps, shown[0].group).values()))
    for sign in shown:
        names = [name for cell in sign.cells for name in cell.facts]
        names += [*feel_facts(sign)] if sign.feel or sign.tones else []
        names += [sign.gone] if sign.gone else []
        yield from ((sign.id, name) for name in dict.fromkeys(names))


def words(
    signs: tuple[Sign, ...],
    steps: tuple[Step, ...],
    dates: tuple[DayToNote, ...],
    facts: Mapping[str, Fact],
    argument: str,
) -> Iterator[str]:
    """The words that a part prints, in pieces. What several cells of a sign say alike counts once."""
    names = [date.fact for date in dates] if argument == Part.CALENDAR else []
    shown = of_group(signs, argument)
    names += dict.fromkeys(steps_of(steps, shown[0].group).values()) if shown else ()
    yield from (facts[name].claim for name in names if name in facts)
    for sign in shown:
        yield from (text for text in (sign.sign, sign.feel) if text)
        told = dict.fromkeys(cell.facts[0] for cell in sign.cells)
        yield from (facts[name].claim for name in told if name in facts)
        if sign.gone and (gone := facts.get(sign.gone)):
            yield f"{gone.claim} {careful(gone)}"
        if sign.tones:
            yield from (sign.tones.white, sign.tones.brown, sign.tones.black)

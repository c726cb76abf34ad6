"""What "Is this normal?" prints: signs and their cells in runs, what each level asks for, dates to note. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from factbase.course import Cell, Concern, Point, Sign, SignGroup
from factbase.model import Fact
from factbase.readability import sentences_of

SIGNS_ANCHOR = "all-healing"
"""Anchor of the list of signs."""


class Part(StrEnum):
    """What `[[healing]]` and `[[healing:…]]` ask for."""

    NEEDLING = ""
    RF = "rf"
    CALENDAR = "calendar"


STEPS: Mapping[SignGroup, Mapping[Concern, str]] = {
    SignGroup.NEEDLING: {
        Concern.EMERGENCY: "warning-emergency-first",
        Concern.TODAY: "warning-today-no-answer",
        Concern.CLINIC: "warning-clinic-no-answer",
        Concern.WATCH: "healing-better-each-day",
        Concern.USUAL: "healing-better-each-day",
    },
    # No source tells how RF needling should ease day by day.
    SignGroup.RF: {
        Concern.EMERGENCY: "warning-emergency-first",
        Concern.TODAY: "warning-today-no-answer",
        Concern.CLINIC: "warning-clinic-no-answer",
        Concern.WATCH: "warning-clinic-no-answer",
        Concern.USUAL: "warning-clinic-no-answer",
    },
}
"""Level → the fact that says what to do then."""

DATES: tuple[tuple[int, str], ...] = (
    (0, "aftercare-first-24h-only"),
    (0, "aftercare-first-day-avoid"),
    (0, "aftercare-sun-care"),
    (1, "aftercare-moisturiser"),
    (1, "aftercare-sunscreen-next-day"),
    (3, "aftercare-maker-2-3-days"),
    (4, "healing-call-day-4"),
    (7, "aftercare-retinoid-5-days"),
    (7, "aftercare-sun-one-week"),
    (8, "healing-call-after-week"),
    (14, "aftercare-sun-two-weeks"),
    (28, "aftercare-sunscreen-weeks"),
)
"""Day after needling and the fact to note on that day."""


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


def printed(signs: tuple[Sign, ...], argument: str) -> Iterator[tuple[str, str]]:
    """Every fact that a part prints or notes, in reading order, each with the sign it stands under, if any."""
    if argument == Part.CALENDAR:
        yield from (("", name) for _, name in DATES)
        return
    shown = of_group(signs, argument)
    if shown:
        yield from (("", name) for name in dict.fromkeys(STEPS[shown[0].group].values()))
    for sign in shown:
        names = [name for cell in sign.cells for name in cell.facts]
        names += [*feel_facts(sign)] if sign.feel or sign.tones else []
        names += [sign.gone] if sign.gone else []
        yield from ((sign.id, name) for name in dict.fromkeys(names))


def words(signs: tuple[Sign, ...], facts: Mapping[str, Fact], argument: str) -> Iterator[str]:
    """The words that a part prints, in pieces. What several cells of a sign say alike counts once."""
    names = [name for _, name in DATES] if argument == Part.CALENDAR else []
    shown = of_group(signs, argument)
    names += dict.fromkeys(STEPS[shown[0].group].values()) if shown else ()
    yield from (facts[name].claim for name in names if name in facts)
    for sign in shown:
        yield from (text for text in (sign.sign, sign.feel) if text)
        told = dict.fromkeys(cell.facts[0] for cell in sign.cells)
        yield from (facts[name].claim for name in told if name in facts)
        if sign.gone and (gone := facts.get(sign.gone)):
            yield f"{gone.claim} {careful(gone)}"
        if sign.tones:
            yield from (sign.tones.white, sign.tones.brown, sign.tones.black)

"""Dark marks by study: a mark for each count on one scale, laser arms beside, nothing pooled."""

from __future__ import annotations

from dataclasses import dataclass

from factbase.base import Base
from factbase.drawn import Drawn, Part, Picture
from factbase.model import Fact, Figure
from factbase.pictures.scale import along, rounded_up, share
from factbase.pictures.view import Block, Cell, Entry, Graphic, Group, Row, Table, View

STEP = 10
LINE = 22
"""Height of one line of marks, in pixels."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One count of one study. `of` is None where the source does not give the size of the group."""

    row: Drawn
    figure: Figure

    @property
    def laser(self) -> bool:
        """Whether it counts people after a laser."""
        return self.row.part is Part.LASER_ARM

    @property
    def of(self) -> int | None:
        """The denominator, where it is a number."""
        return int(self.figure.of) if self.figure.of.isdigit() else None

    @property
    def place(self) -> float | None:
        """Out of 100, for the place of the mark."""
        if self.figure.count.isdigit() and self.of:
            return share(int(self.figure.count), self.of)
        number = self.figure.count.removesuffix(" out of 100")
        return float(number) if number.replace(".", "", 1).isdigit() else None

    @property
    def told(self) -> str:
        """`5 of 36 people`, or the count with the words that the size is not stated."""
        if self.of:
            return f"{self.figure.count} of {self.of} people"
        return f"{self.figure.count}, size of the group not stated"

    @property
    def symbol(self) -> str:
        """The mark as a character: a circle, or a diamond for laser; open where the size is not stated."""
        return {(False, False): "●", (False, True): "○", (True, False): "◆", (True, True): "◇"}[
            self.laser, self.of is None
        ]


def view(base: Base, _: str) -> View:
    """The picture, one block a study in the order of the file."""
    studies: dict[str, list[Arm]] = {}
    for row in base.drawn:
        if row.picture is Picture.MARKS_BY_STUDY:
            fact = base.facts[row.facts[0]]
            for figure in fact.figures[(row.figure or 1) - 1 :][:1]:
                studies.setdefault(fact.id, []).append(Arm(row, figure))
    end = rounded_up(max((arm.place or 0 for arms in studies.values() for arm in arms), default=0), STEP)
    return View(
        name=Picture.MARKS_BY_STUDY.value,
        title="Dark marks by study",
        how=(
            "Each row is one study, with its own number of people.",
            "The further right a mark stands, the more people got dark marks.",
            "The studies are not added up.",
        ),
        key=_key(),
        axis=_axis(end),
        groups=(Group(tuple(_block(base.facts[name], arms, end) for name, arms in studies.items())),),
        table=_table(base, studies),
    )


def _block(fact: Fact, arms: list[Arm], end: int) -> Block:
    lines = [f"{arm.symbol} {arm.row.words}: {arm.told}." for arm in arms]
    people = arms[0].row.label
    follow_up = arms[0].figure.follow_up or "not stated"
    return Block((fact.id,), people, (*lines, f"Followed: {follow_up}."), _graphic(people, arms, end))


def _graphic(people: str, arms: list[Arm], end: int) -> Graphic:
    lines = [[arm for arm in arms if not arm.laser], [arm for arm in arms if arm.laser]]
    marks = [
        {"x": along(arm.place, end), "y": LINE * at + LINE / 2, "laser": arm.laser, "open": arm.of is None}
        for at, line in enumerate(line for line in lines if line)
        for arm in line
        if arm.place is not None
    ]
    first = [mark["x"] for mark in marks if not mark["laser"]]
    return Graphic(
        "dots.svg",
        people,
        " ".join(f"{arm.row.words}: {arm.told}." for arm in arms),
        {
            "height": LINE * sum(1 for line in lines if line),
            "ticks": [along(tick, end) for tick in range(0, end + 1, STEP)],
            "marks": marks,
            # Two counts of the same people are one finding: a line joins them.
            "joined": (min(first), max(first)) if len(first) > 1 else None,
        },
    )


def _axis(end: int) -> Graphic:
    ticks = [{"x": along(tick, end), "words": str(tick)} for tick in range(0, end + 1, STEP)]
    return Graphic(
        "axis.svg", "Scale", f"From 0 to {end} out of 100 people.", {"ticks": ticks, "unit": "out of 100 people"}
    )


def _key() -> tuple[Entry, ...]:
    entries = (
        (False, False, "After needling"),
        (True, False, "After laser"),
        (False, True, "Open mark: size not stated"),
    )
    return tuple(
        Entry(Graphic("dot-key.svg", values={"laser": laser, "open": hollow}), words)
        for laser, hollow, words in entries
    )


def _table(base: Base, studies: dict[str, list[Arm]]) -> Table:
    rows = tuple(
        Row(
            f"{arm.row.label}: {arm.row.words}",
            (
                Cell(arm.figure.count),
                Cell(arm.figure.of),
                Cell(arm.figure.who[0].upper() + arm.figure.who[1:]),
                Cell(arm.figure.follow_up or "not stated"),
            ),
            fact=name,
        )
        for name, arms in studies.items()
        for arm in arms
    )
    return Table(("Study", "Got dark marks", "Out of", "Who was counted", "Followed"), rows)

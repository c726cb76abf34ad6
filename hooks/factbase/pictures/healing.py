"""Signs as bands over the time points of healing: what to do then, by pattern and word, never by colour alone."""

from __future__ import annotations

from itertools import groupby

from factbase.base import Base
from factbase.course import Cell as Judged
from factbase.course import Concern, Point, Sign
from factbase.drawn import HEALING, chosen
from factbase.pictures.view import Block, Cell, Entry, Graphic, Group, Row, Table, View, listed

SHORT = {
    Concern.USUAL: "Usual",
    Concern.WATCH: "Watch",
    Concern.CLINIC: "Clinic",
    Concern.TODAY: "Today",
    Concern.EMERGENCY: "Now",
}
"""The word on a band; it must fit one time point on a phone."""
_AXIS = {
    Point.DAY_0: ("Day", "0"),
    Point.DAY_1: ("Day", "1"),
    Point.DAYS_2_3: ("Days", "2–3"),
    Point.DAYS_4_7: ("Days", "4–7"),
    Point.WEEK_2: ("Week", "2"),
    Point.WEEKS_3_6: ("Weeks", "3–6"),
    Point.MONTH_3: ("Month", "3"),
    Point.MONTH_6: ("Month", "6"),
}
_WIDE = 100 / len(Point)


def view(base: Base, argument: str) -> View | None:
    """The picture of the signs named, or of all; None while there are none."""
    signs = chosen(base.signs_seen, argument)
    if not signs:
        return None
    used = {cell.level for sign in signs for cell in sign.cells}
    return View(
        name=HEALING,
        title="What to do about a sign, and when",
        how=("Find your sign, then the time since your needling.", "Day 0 is the day of your needling."),
        key=tuple(
            Entry(Graphic("band-key.svg", values={"level": level.value}), f"{SHORT[level]}: {level.words}")
            for level in Concern
            if level in used
        ),
        axis=_axis(),
        groups=(Group(tuple(_block(sign) for sign in signs)),),
        table=Table(("Sign", *(point.words for point in Point)), tuple(_row(sign) for sign in signs)),
    )


def _block(sign: Sign) -> Block:
    facts = tuple(dict.fromkeys(name for cell in sign.cells for name in cell.facts))
    said = [f"{cell.at.words}: {cell.level.words}" for cell in sign.cells]
    return Block(facts, sign.sign, (), Graphic("bands.svg", sign.sign, listed(said), {"bands": bands(sign.cells)}))


def bands(cells: tuple[Judged, ...]) -> list[dict[str, object]]:
    """Neighbouring time points of one level as one band: its level, word, place and width in per cent."""
    order = list(Point)
    found = []
    for level, group in groupby(cells, key=lambda cell: cell.level):
        points = [order.index(cell.at) for cell in group]
        x, width = _WIDE * points[0], _WIDE * (points[-1] - points[0] + 1)
        found.append({"level": level.value, "words": SHORT[level], "x": x, "width": width, "middle": x + width / 2})
    return found


def _axis() -> Graphic:
    ticks = [
        {"x": _WIDE * at + _WIDE / 2, "unit": _AXIS[point][0], "words": _AXIS[point][1]}
        for at, point in enumerate(Point)
    ]
    return Graphic("band-axis.svg", "Time points", listed([point.words for point in Point]), {"ticks": ticks})


def _row(sign: Sign) -> Row:
    cells = {cell.at: cell for cell in sign.cells}
    return Row(
        sign.sign,
        tuple(
            Cell(cells[point].level.words, cells[point].facts) if point in cells else Cell("Not told")
            for point in Point
        ),
    )

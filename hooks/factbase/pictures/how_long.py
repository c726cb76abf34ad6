"""How long dark marks last: what was counted stands to scale, what nobody has measured is hatched."""

from __future__ import annotations

from factbase.base import Base
from factbase.drawn import Drawn, Part, Picture, Unit
from factbase.pictures.scale import along
from factbase.pictures.view import Block, Entry, Graphic, Group, Table, View, row

YEARS = 6
"""Where the scale ends: a little after the longest time that was counted."""
_PER_YEAR = {Unit.DAY: 365.0, Unit.MONTH: 12.0, Unit.YEAR: 1.0}
_GROUPS = (
    ("Not measured", (Part.UNKNOWN,)),
    ("Any cause, told in words", (Part.IN_WORDS,)),
    ("Counted, but not after needling", (Part.WITHIN, Part.FROM)),
)
_KEY = (
    (Part.UNKNOWN, "Hatched: nobody has measured it"),
    (Part.IN_WORDS, "Dashed: told in words, without a number"),
    (Part.WITHIN, "Solid: counted, for another cause"),
)


def view(base: Base, _: str) -> View:
    """The picture, in three groups: after needling, any cause in words, counted elsewhere."""
    rows = [item for item in base.drawn if item.picture is Picture.MARKS_HOW_LONG]
    ticks = [{"x": along(year, YEARS), "words": str(year)} for year in range(YEARS + 1)]
    return View(
        name=Picture.MARKS_HOW_LONG.value,
        title="How long dark marks last",
        how=("The scale runs from the day a mark shows.", "A bar that runs off the right edge has no known end."),
        key=tuple(Entry(Graphic("span-key.svg", values={"part": part.value}), words) for part, words in _KEY),
        axis=Graphic("axis.svg", "Scale", f"From 0 to {YEARS} years.", {"ticks": ticks, "unit": "years"}),
        groups=tuple(
            Group(tuple(_block(item) for item in rows if item.part in parts), label) for label, parts in _GROUPS
        ),
        table=Table(
            ("What", "How long"),
            tuple(row(item.label, item.words or item.told, facts=item.facts) for item in rows),
        ),
    )


def years(item: Drawn) -> float:
    """The number of a row in years."""
    if item.low is None or item.unit is None:
        return 0.0
    return float(item.low) / _PER_YEAR[item.unit]


def _block(item: Drawn) -> Block:
    words = (item.words,) if item.words else ()
    values = {
        "part": item.part.value,
        "at": along(years(item), YEARS),
        "start": along(0, YEARS),
        "end": along(YEARS, YEARS),
        "ticks": [along(year, YEARS) for year in range(YEARS + 1)],
    }
    return Block(item.facts, item.label, words, Graphic("span.svg", item.label, item.words or item.told, values))

"""What happens in a visit: numbered steps, and bars to scale for the steps whose time is told."""

from __future__ import annotations

from factbase.base import Base
from factbase.drawn import Drawn, Picture, Unit
from factbase.pictures.scale import rounded_up
from factbase.pictures.view import Block, Graphic, Group, Layout, Table, View, row

STEP = 15
BAR = 42.0
"""Where the bars begin, in per cent of the width: the symbol stands before them."""


def view(base: Base, _: str) -> View:
    """The picture, one block a step in the order of the file."""
    steps = [item for item in base.drawn if item.picture is Picture.VISIT]
    end = rounded_up(max((minutes(item)[1] for item in steps), default=0), STEP)
    return View(
        name=Picture.VISIT.value,
        title="A visit, step by step",
        how=(
            "A bar shows how long a step takes, where a source tells it in minutes.",
            f"A whole bar is {end} minutes.",
        ),
        groups=(Group(tuple(_block(number, item, end) for number, item in enumerate(steps, 1))),),
        table=Table(
            ("Step", "What", "How long"),
            tuple(
                row(
                    f"{number}. {item.label}",
                    base.facts[item.facts[0]].claim,
                    item.told or "no time given",
                    facts=item.facts[:1],
                )
                for number, item in enumerate(steps, 1)
            ),
        ),
        layout=Layout.PAIRS,
    )


def minutes(item: Drawn) -> tuple[float, float]:
    """The range of a step in minutes; nothing where its time is not told, or runs on at home."""
    if item.range is None or item.unit is not Unit.MINUTE:
        return 0.0, 0.0
    return item.range


def _block(number: int, item: Drawn, end: int) -> Block:
    low, high = minutes(item)
    values = {
        "number": number,
        "symbol": item.symbol or "dot",
        "timed": high > 0,
        "start": BAR,
        "low": _along(low, end),
        "high": _along(high, end),
        "end": _along(end, end),
    }
    words = (item.words,) if item.words else ()
    desc = item.told or item.label
    return Block(
        item.facts,
        item.label,
        words,
        Graphic("step.svg", f"Step {number}: {item.label}", desc + ".", values),
        str(number),
    )


def _along(value: float, end: float) -> float:
    return round(BAR + (97.0 - BAR) * value / end, 2) if end else BAR

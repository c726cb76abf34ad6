"""Where things stand in a picture. Positions along a picture are per cent of its width, so that it fits any screen."""

from __future__ import annotations

import math
from collections.abc import Iterable

START, LENGTH = 3.0, 94.0
"""A margin on both sides, so that a dot at an end is drawn whole."""


def along(value: float, end: float, start: float = 0.0) -> float:
    """The place of `value` on an even scale from `start` to `end`, in per cent of the width."""
    return round(START + LENGTH * (value - start) / (end - start), 2)


def along_log(value: float, start: float, end: float) -> float:
    """The place of `value` on a scale on which each doubling takes the same room."""
    return round(START + LENGTH * math.log(value / start) / math.log(end / start), 2)


def share(count: float, of: float) -> float:
    """A count as a number out of 100, for its place on a scale only: it is never printed."""
    return 100 * count / of


def rounded_up(value: float, step: int) -> int:
    """`value` rounded up to the next `step`, at least one step."""
    return max(step, math.ceil(value / step) * step)


def packed(spans: Iterable[tuple[float, float]], room: float) -> list[int]:
    """The row of each span, so that no two in a row come closer than `room`. The lowest free row is taken."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((index for index, taken in enumerate(ends) if start - taken >= room), len(ends))
        ends[row:] = [end, *ends[row + 1 :]]
        rows.append(row)
    return rows

"""What the pictures draw beyond facts: which fact stands where, and the numbers taken from it (data/pictures.yml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from factbase.course import Sign, SignGroup
from factbase.shape import Where, described


class Picture(StrEnum):
    """The pictures made of the rows of data/pictures.yml. `healing` and `icons` are made of other data."""

    SKIN_DEPTH = "skin-depth"
    VISIT = "visit"
    MARKS_BY_STUDY = "marks-by-study"
    MARKS_HOW_LONG = "marks-how-long"
    SKIN_TONES = "skin-tones"
    CLINIC_RANGES = "clinic-ranges"


HEALING = "healing"
ICONS = "icons"
PICTURES = frozenset({*(picture.value for picture in Picture), HEALING, ICONS})
"""Everything that `[[picture:…]]` may ask for."""


class Part(StrEnum):
    """What a row is in its picture."""

    LAYER = "layer"
    SURFACE = "surface"
    NEEDLE = "needle"
    STEP = "step"
    ARM = "arm"
    LASER_ARM = "laser-arm"
    UNKNOWN = "unknown"
    IN_WORDS = "in-words"
    WITHIN = "within"
    FROM = "from"
    WHITE = "white"
    BROWN = "brown"
    BLACK = "black"
    ANY_SKIN = "any-skin"
    RULE = "rule"


PARTS_OF = {
    Picture.SKIN_DEPTH: {Part.LAYER, Part.SURFACE, Part.NEEDLE},
    Picture.VISIT: {Part.STEP},
    Picture.MARKS_BY_STUDY: {Part.ARM, Part.LASER_ARM},
    Picture.MARKS_HOW_LONG: {Part.UNKNOWN, Part.IN_WORDS, Part.WITHIN, Part.FROM},
    Picture.SKIN_TONES: {Part.WHITE, Part.BROWN, Part.BLACK, Part.ANY_SKIN, Part.UNKNOWN},
    Picture.CLINIC_RANGES: {Part.RULE},
}
"""Which parts a picture knows."""


class Unit(StrEnum):
    """What a number counts."""

    MM = "mm"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing that a picture draws, and the facts it rests on. Its numbers stand in those facts, word for word."""

    id: str
    where: Where
    picture: Picture = described("The picture it belongs to.")
    part: Part = described("What it is in the picture.")
    label: str = described("Its name in the picture, at most 40 characters.", max_chars=40)
    facts: tuple[str, ...] = described("The facts it rests on.", min_items=1, max_items=4)
    words: str | None = described("What the facts say about it, in a few words.", default=None, max_chars=120)
    low: str | None = described("The number drawn, or the start of a range.", default=None, pattern=r"\d+(\.\d+)?")
    high: str | None = described("The end of a range.", default=None, pattern=r"\d+(\.\d+)?")
    unit: Unit | None = described("What the numbers count.", default=None)
    figure: int | None = described("Which of the fact's figures is drawn, from 1.", default=None)
    symbol: str | None = described("The drawing of a step.", default=None, max_chars=20, pattern=r"[a-z-]+")

    @property
    def range(self) -> tuple[float, float] | None:
        """Start and end of what is drawn, or None where the row has no number."""
        if self.low is None:
            return None
        return float(self.low), float(self.high or self.low)

    @property
    def told(self) -> str:
        """The numbers as a reader reads them: `0.2 to 1 mm`, `60 minutes`."""
        if self.low is None or self.unit is None:
            return ""
        many = "" if self.unit is Unit.MM or (self.high or self.low) == "1" else "s"
        # A number and its unit stay on one line.
        return f"{self.low}{f' to {self.high}' if self.high else ''}\u00a0{self.unit.value}{many}"


def asked_for(argument: str) -> tuple[str, str]:
    """The name of a picture and what is asked of it: `icons:effects-tram-track` → icons, effects-tram-track."""
    name, _, rest = argument.partition(":")
    return name.strip(), rest.strip()


def chosen(signs: Iterable[Sign], wanted: str) -> list[Sign]:
    """The signs named in `wanted`, in its order; where it is empty all signs of plain needling, and none of RF."""
    if not wanted:
        return [sign for sign in signs if sign.group is SignGroup.NEEDLING]
    by_id = {sign.id: sign for sign in signs}
    return [by_id[name] for name in wanted.split() if name in by_id]


def facts_of(argument: str, rows: Iterable[Drawn], signs: Iterable[Sign]) -> tuple[str, ...]:
    """Every fact that a picture rests on, once each, in the order in which it stands there."""
    name, rest = asked_for(argument)
    if name == ICONS:
        return (rest,)
    if name == HEALING:
        named = (fact for sign in chosen(signs, rest) for cell in sign.cells for fact in cell.facts)
    else:
        named = (fact for row in rows if row.picture.value == name for fact in row.facts)
    return tuple(dict.fromkeys(named))

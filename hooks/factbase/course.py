"""The healing data: signs × time points, each cell with a level and the facts it rests on (data/healing.yml),
what each level asks for (data/steps.yml), and the days to note (data/dates.yml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from factbase.shape import ID_PATTERN, Where, described


class Point(StrEnum):
    """Time points after needling. Day 0 is the day of the treatment."""

    DAY_0 = "day-0"
    DAY_1 = "day-1"
    DAYS_2_3 = "days-2-3"
    DAYS_4_7 = "days-4-7"
    WEEK_2 = "week-2"
    WEEKS_3_6 = "weeks-3-6"
    MONTH_3 = "month-3"
    MONTH_6 = "month-6"

    @property
    def words(self) -> str:
        """The point as the page prints it: `Days 2 to 3`."""
        name, *numbers = self.value.split("-")
        return f"{name.capitalize()} {' to '.join(numbers)}"

    @property
    def days(self) -> tuple[int, int]:
        """First and last day that the point covers; gaps between points belong to the point before."""
        return _DAYS[self]


_DAYS = {
    Point.DAY_0: (0, 0),
    Point.DAY_1: (1, 1),
    Point.DAYS_2_3: (2, 3),
    Point.DAYS_4_7: (4, 7),
    Point.WEEK_2: (8, 14),
    Point.WEEKS_3_6: (15, 60),
    Point.MONTH_3: (61, 135),
    Point.MONTH_6: (136, 240),
}


class Concern(StrEnum):
    """How a sign is judged at a time point, from the least to the most urgent."""

    USUAL = "usual"
    WATCH = "watch"
    CLINIC = "clinic"
    TODAY = "today"
    EMERGENCY = "emergency"

    @property
    def words(self) -> str:
        """What to do, as an instruction or a plain word."""
        return _WORDS[self]


_WORDS = {
    Concern.USUAL: "Usual at this time",
    Concern.WATCH: "Keep an eye on it",
    Concern.CLINIC: "Call your clinic",
    Concern.TODAY: "Get medical help today",
    Concern.EMERGENCY: "Call the emergency number",
}


class SignGroup(StrEnum):
    """Plain needling and RF needling are never mixed."""

    NEEDLING = "needling"
    RF = "rf"


@dataclass(frozen=True, slots=True)
class Cell:
    """One sign at one time point."""

    where: Where
    at: Point = described("Time point.")
    level: Concern = described("How it is judged then.")
    facts: tuple[str, ...] = described(
        "Facts it rests on; an `unknown` fact where no source tells.", min_items=1, max_items=6
    )


@dataclass(frozen=True, slots=True)
class Tones:
    """How a sign looks on white, brown and black skin, and the facts that say so."""

    where: Where
    white: str = described("On white skin, one short sentence.", max_chars=140)
    brown: str = described("On brown skin, one short sentence.", max_chars=140)
    black: str = described("On black skin, one short sentence.", max_chars=140)
    facts: tuple[str, ...] = described("Facts that the words rest on.", min_items=1, max_items=6)


@dataclass(frozen=True, slots=True)
class Sign:
    """Something a patient sees or feels, judged at each time point."""

    id: str
    where: Where
    sign: str = described("What the patient sees or feels, at most 60 characters.", max_chars=60)
    group: SignGroup = described("needling or rf.")
    cells: tuple[Cell, ...] = described("One cell for each time point, in order.", min_items=1, max_items=8)
    feel: str | None = described(
        "Heat, pain, swelling, feel and shape first, one sentence.", default=None, max_chars=160
    )
    tones: Tones | None = described("Needed where colour matters.", default=None)
    gone: str | None = described(
        "Fact that says when it should be gone.", default=None, pattern=ID_PATTERN, max_chars=80
    )
    also: tuple[str, ...] = described("Lay words and misspellings for the search.", default=())

    def cell(self, point: Point) -> Cell | None:
        """The cell of a time point."""
        return next((cell for cell in self.cells if cell.at is point), None)


@dataclass(frozen=True, slots=True)
class Step:
    """What to do at one level of concern."""

    id: str
    where: Where
    group: SignGroup = described("needling or rf.")
    level: Concern = described("The level it is for.")
    fact: str = described("The fact that says what to do then.", pattern=ID_PATTERN, max_chars=80)


@dataclass(frozen=True, slots=True)
class DayToNote:
    """A day after plain needling with something to do or to stop; its id stays the same in every calendar file."""

    id: str
    where: Where
    day: int = described("Days after needling; day 0 is the day of the treatment.")
    fact: str = described("The fact to note on that day.", pattern=ID_PATTERN, max_chars=80)


def steps_of(steps: Iterable[Step], group: SignGroup) -> dict[Concern, str]:
    """Level → the fact that says what to do then, for one group of signs, in the order of the file."""
    return {step.level: step.fact for step in steps if step.group is group}

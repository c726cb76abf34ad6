"""The leaflets: which facts of the base each one prints, in which order (data/leaflets.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factbase.model import Level
from factbase.shape import ID_PATTERN, Where, described


class Time(StrEnum):
    """When a patient needs it. A leaflet for the time after needling carries the warning signs."""

    BEFORE = "before"
    AFTER = "after"


class Chart(StrEnum):
    """Tables made wholly from data."""

    HEALING = "healing"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a leaflet: facts under a question, a card of warning signs, a chart, or a section of a page."""

    where: Where
    heading: str | None = described(
        "A question or a label of at most 4 words; a card of warning signs has its own.", default=None, max_chars=60
    )
    level: Level | None = described("For a card of warning signs: how urgent.", default=None)
    facts: tuple[str, ...] = described("Ids of the facts, in reading order.", default=(), max_items=16)
    then: tuple[str, ...] = described("For a card: facts under the signs, as whom to call.", default=(), max_items=8)
    take: str | None = described(
        "Take the questions of a section of a page, as choosing#ask-person.",
        default=None,
        pattern=rf"{ID_PATTERN}#{ID_PATTERN}",
        max_chars=120,
    )
    chart: Chart | None = described("A table from data; the facts stand in its place while it is empty.", default=None)
    signs: tuple[str, ...] = described("For a chart: ids of the signs that it shows.", default=(), max_items=12)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """At most two pages to print and hand out."""

    id: str
    where: Where
    title: str = described("Title of the leaflet, at most 40 characters.", max_chars=40)
    page: str = described("Name of the page that says more, as aftercare.", pattern=ID_PATTERN, max_chars=80)
    time: Time = described("before or after needling.")
    parts: tuple[Part, ...] = described("Its sections in reading order.", min_items=1, max_items=12)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that it names, once, in reading order."""
        return tuple(dict.fromkeys(name for part in self.parts for name in (*part.facts, *part.then)))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The facts beside the cards of warning signs: what the leaflet itself has to say."""
        return tuple(dict.fromkeys(name for part in self.parts if part.level is None for name in part.facts))

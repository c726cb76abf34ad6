"""Links chosen by hand, things that have moved (data/links.yml), and what was published (data/links-published.json)."""

from __future__ import annotations

from dataclasses import dataclass

from factbase.problem import Place
from factbase.shape import ID_PATTERN, Where, described

THING = rf"{ID_PATTERN}(#{ID_PATTERN})?|(leaflet|sign|fact):{ID_PATTERN}|day:\d+"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A link with a name chosen by hand, or a line that says where something has moved."""

    id: str
    where: Where
    to: str = described(
        "Where it leads: a page (aftercare), a section (aftercare#sun), leaflet:<id>, sign:<id>, fact:<id> or day:3.",
        pattern=THING,
        max_chars=170,
    )
    was: str | None = described(
        "What has moved there and is gone: every published link to it leads to the new place.",
        default=None,
        pattern=THING,
        max_chars=170,
    )


@dataclass(frozen=True, slots=True)
class Published:
    """The target that a published link had, and its line in the list of published links."""

    target: str
    place: Place

"""The candidacy data: conditions, medicines, skin states and life events (data/conditions.yml)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factbase.shape import ID_PATTERN, Where, described

MORE = "candidacy"
"""The page that tells more: `section` of a condition names an anchor there."""


class Group(StrEnum):
    """What to do about it, the most careful first. There is no group that says yes."""

    NOT_NOW = "not-now"
    ASK_FIRST = "ask-first"
    TELL_CLINIC = "tell-clinic"

    @property
    def words(self) -> str:
        """The group as the page prints it."""
        return _GROUPS[self]


_GROUPS = {
    Group.NOT_NOW: "Not now",
    Group.ASK_FIRST: "Ask your doctor first",
    Group.TELL_CLINIC: "Tell the clinic",
}


class Kind(StrEnum):
    CONDITION = "condition"
    MEDICINE = "medicine"
    SKIN = "skin"
    LIFE = "life"

    @property
    def words(self) -> str:
        """The heading of its part of the checklist."""
        return {
            "condition": "Health",
            "medicine": "Medicines",
            "skin": "My skin now",
            "life": "Life and plans",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a patient ticks."""

    id: str
    where: Where
    tick: str = described("What the patient ticks, in the first person, at most 70 characters.", max_chars=70)
    kind: Kind = described("Part of the checklist it stands in.")
    group: Group = described("What to do about it.")
    reasons: tuple[str, ...] = described(
        "Facts: why, and how long to wait; the disagreement comes with them.", min_items=1
    )
    ask: tuple[str, ...] = described("Questions to ask, each ending in a question mark.", min_items=1, max_items=4)
    whom: str = described("Whom to ask: your prescriber, your doctor, the clinic.", max_chars=80)
    never: tuple[str, ...] = described("Facts: what not to do, as never stopping a prescribed medicine.", default=())
    section: str | None = described("Section of the page on candidacy.", default=None, pattern=ID_PATTERN, max_chars=80)
    also: tuple[str, ...] = described("Lay and brand names for the search.", default=())

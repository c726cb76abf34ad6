"""Read a waiting time out of what a clinic's sheet says. Strict: what it does not know whole, it does not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from factbase.differ import positions
from factbase.model import Fact, Source, SourceKind
from factbase.problem import Place

HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720}
"""A month is drawn as 30 days."""

SHEETS = frozenset({SourceKind.CLINIC, SourceKind.SELLER, SourceKind.HOSPITAL, SourceKind.MAKER, SourceKind.NEWS})
"""Sources that give patients instructions. Studies and regulators set no wait."""

_AMOUNT = r"(?:\d+|an?)"
_UNIT = r"(?:hour|day|week|month)s?"
_BEFORE = (
    r"(?:after (?:at least )?|for at least |not for the first |only (?:lukewarm|tepid) water for "
    r"|nothing but the unit's gel for |from the next day \(about )?"
)
_AFTER = (
    r"(?:\)|, then sunscreen|, if the skin is calm|, vitamin c too|, or until [^.]+"
    r"| or more(?: for [a-z, ]+| \([a-z, ]+\))?| \([a-z, ]+\)|: [^.]+"
    r"| for [a-z, ]+(?:, or (?P<inflamed>\d+) if inflamed)?)?"
)
_WAIT = re.compile(
    rf"{_BEFORE}(?:(?P<low>{_AMOUNT}) to )?(?P<high>{_AMOUNT}) (?P<unit>{_UNIT})"
    rf"(?:, and (?P<also>{_AMOUNT} {_UNIT}) further down the same sheet|; (?P<better>{_AMOUNT} {_UNIT}) is better"
    rf"|, better (?P<same>\d+))?{_AFTER}\.",
    re.I,
)
_DAY = re.compile(r"from day (?P<day>\d+)(?: for [a-z ]+)?(?:, if the skin is calm)?\.", re.I)
# A time that does not run from the needling, or is about something else than the rule.
_OTHER_TIME = re.compile(r"after peeling ends|gel on the skin for|after strong \(ablative\) laser", re.I)
_ANY_TIME = re.compile(rf"\b{_AMOUNT} {_UNIT}\b|\bday \d", re.I)


@dataclass(frozen=True, slots=True)
class Time:
    """A wait in hours, from the shortest to the longest that one sheet asks for."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class UnreadTime:
    """A text that holds a time which this module cannot read."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What one sheet says about one rule; `time` is None where no time is given."""

    says: str
    kind: SourceKind
    time: Time | UnreadTime | None
    where: Place


def read_time(says: str) -> Time | UnreadTime | None:
    """`24 to 48 hours.` → 24 to 48; None where the text gives no time that runs from the needling."""
    if _OTHER_TIME.search(says):
        return None
    if day := _DAY.fullmatch(says):
        hours = int(day["day"]) * HOURS["day"]
        return Time(hours, hours)
    if hit := _WAIT.fullmatch(says):
        unit = hit["unit"]
        first = _hours(hit["low"] or hit["high"], unit)
        last = _hours(hit["high"], unit)
        if more := hit["also"] or hit["better"]:
            last = _hours(*more.split())
        elif more := hit["same"] or hit["inflamed"]:
            last = _hours(more, unit)
        return Time(min(first, last), max(first, last))
    return UnreadTime() if _ANY_TIME.search(says) else None


def waits_of(fact: Fact, sources: Mapping[str, Source]) -> list[Wait]:
    """One wait for each sheet among the evidence of a fact, the shortest first, those without a time last."""
    found = [
        Wait(item.says, sources[item.source].kind, read_time(item.says), item.where.at("says"))
        for item in fact.evidence
        if item.source in sources and sources[item.source].kind in SHEETS
    ]
    return sorted(
        found, key=lambda wait: (wait.time.low, wait.time.high) if isinstance(wait.time, Time) else (10**6, 0)
    )


def who_says(fact: Fact, sources: Mapping[str, Source]) -> list[tuple[str, str]]:
    """Everything that is said, and who says it; clinics are counted, never named."""
    return [(position.says, position.who) for position in positions(fact, sources)]


def told(hours: int) -> str:
    """A number of hours as a reader says it: 12 hours, 2 days, 1 week, 3 months."""
    for unit, size in (("month", HOURS["month"]), ("week", HOURS["week"]), ("day", HOURS["day"])):
        if hours >= size and hours % size == 0 and (unit != "day" or hours > size):
            return f"{hours // size} {unit}{'' if hours == size else 's'}"
    return f"{hours} hours"


def _hours(amount: str, unit: str) -> int:
    return (1 if amount.casefold() in ("a", "an") else int(amount)) * HOURS[unit.casefold().removesuffix("s")]

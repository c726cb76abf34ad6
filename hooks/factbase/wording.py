"""How things are worded: words that are not written here, medical words, words that patients search with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factbase.shape import ID_PATTERN, Where, described


class Scope(StrEnum):
    """Which texts a wording rule looks at."""

    TOLD = "told"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Where a wording rule does not hold, and why."""

    where: Where
    at: str = described("Id of a fact, or path of a page such as dark-marks.md.", max_chars=80)
    reason: str = described("Why the words stand there.", max_chars=200)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are not written here, with a good and a bad example."""

    id: str
    where: Where
    pattern: str = described("Regular expression; capitals do not matter.", max_chars=500)
    scope: Scope = described("told: what patients read; all: the source notes too.")
    instead: str = described("What to write instead.")
    good: str = described("A sentence that passes.")
    bad: str = described("A sentence that the rule catches.")
    waivers: tuple[Waiver, ...] = described("Places where the words stand for a reason.", default=())


@dataclass(frozen=True, slots=True)
class Term:
    """A medical word, the plain word for it, and the fact that defines it."""

    id: str
    where: Where
    term: str = described("The word as a heading, at most 40 characters.", max_chars=40)
    fact: str = described("Id of the fact that defines it.", pattern=ID_PATTERN, max_chars=80)
    match: tuple[str, ...] = described("Forms in which it stands on pages: explained at first use.", default=())
    also: tuple[str, ...] = described("Lay words and misspellings for the search.", default=())


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that patients type for something the pages call otherwise."""

    id: str
    where: Where
    page: str = described("Page and section they should find, as candidacy#isotretinoin.", max_chars=120)
    words: tuple[str, ...] = described("Lay words, brand names, misspellings, whole questions.", min_items=1)

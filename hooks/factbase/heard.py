"""Popular claims: each turned into a question and answered by facts, or set aside with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factbase.shape import Where, described


class HeardGroup(StrEnum):
    """The groups of popular claims, each printed where a page asks for it."""

    WHAT_IT_IS = "what-it-is"
    RESULTS = "results"
    WHO = "who"
    DARK_MARKS = "dark-marks"
    SIDE_EFFECTS = "side-effects"
    OTHER_TREATMENTS = "other-treatments"
    HEALING = "healing"
    AFTERCARE = "aftercare"


class Verdict(StrEnum):
    """What the evidence says about a popular claim."""

    SUPPORTED = "supported"
    TRUE_WITH_LIMITS = "true-with-limits"
    DISPUTED = "disputed"
    NOT_SUPPORTED = "not-supported"
    OTHER_TREATMENT = "other-treatment"

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return {"other-treatment": "About another treatment"}.get(self.value, self.value.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim that circulates, turned into a question, and its answer made of facts."""

    id: str
    where: Where
    group: HeardGroup = described("Where it is printed.")
    asked: str = described("The claim as a short question, at most 70 characters.", max_chars=70, pattern=r".*\?")
    verdict: Verdict = described("What the evidence says.")
    answer: tuple[str, ...] = described("Ids of one to three facts that answer it.", min_items=1, max_items=3)
    collected: tuple[str, ...] = described("Rows of the collected claims answered here.", min_items=1)
    also: tuple[str, ...] = described("How people say it: for the search.", default=())


@dataclass(frozen=True, slots=True)
class SetAside:
    """Collected claims that get no answer, and why."""

    id: str
    where: Where
    collected: tuple[str, ...] = described("Rows of the collected claims.", min_items=1)
    reason: str = described("Why they get no answer, one plain sentence.", max_chars=240)

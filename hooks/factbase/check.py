"""Run every rule and collect every problem."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from factbase.base import Base
from factbase.load import load
from factbase.problem import Problem, in_order
from factbase.rules import (
    clinic,
    facts,
    language,
    leaflets,
    links,
    messages,
    pages,
    pictures,
    records,
    releases,
    sources,
    tools,
)

Rule = Callable[[Base], Iterable[Problem]]
RULES: tuple[Rule, ...] = (
    *sources.RULES,
    *facts.RULES,
    *pages.RULES,
    *records.RULES,
    *tools.RULES,
    *pictures.RULES,
    *leaflets.RULES,
    *links.RULES,
    *releases.RULES,
    *messages.RULES,
    *clinic.RULES,
    *language.RULES,
)


def check(base: Base) -> list[Problem]:
    """The problems that the rules find in a loaded base, in order."""
    return in_order(problem for rule in RULES for problem in rule(base))


def load_and_check(root: Path) -> tuple[Base, list[Problem]]:
    """The base under `root`, and all problems of reading and of the rules. The base is good only if there are none."""
    base, problems = load(root)
    return base, in_one(problems, check(base))


def in_one(reading: list[Problem], found: list[Problem]) -> list[Problem]:
    """The problems of reading and those that the rules `found`, but for what may come of what could not be read."""
    unread = {problem.place.file for problem in reading}
    return in_order([*reading, *(problem for problem in found if not _follows(problem, unread))])


_RESTS_ON = {
    "C01": ("data/facts/", "data/left-out.yml"),
    "F05": ("data/sources.yml",),
    "E01": ("data/healing.yml", "docs/"),
    "E03": ("data/facts/",),
    "F11": ("data/heard.yml", "data/terms.yml", "docs/"),
    "F12": ("data/facts/",),
    "H02": ("docs/",),
    "L07": ("data/facts/", "data/heard.yml", "docs/"),
    "L08": ("data/facts/",),
    "M01": ("docs/", "data/links.yml"),
    "M03": ("data/facts/",),
    "M04": ("data/facts/",),
    "N01": ("data/facts/", "data/heard.yml", "docs/"),
    "N02": ("data/facts/", "docs/"),
    "P12": ("data/facts/", "data/heard.yml", "docs/"),
    "R01": ("data/facts/",),
    "U02": ("data/facts/", "data/healing.yml", "data/leaflets.yml", "docs/"),
    "U03": ("data/", "docs/"),
    "Z02": ("data/facts/",),
    "Z04": ("data/site.yml",),
    "T06": ("data/steps.yml", "data/healing.yml"),
    "T08": ("docs/",),
    "V02": ("data/facts/",),
    "V04": ("data/facts/",),
    "V05": ("data/facts/",),
    "V07": ("data/healing.yml",),
}
"""Problems of something that is missing or unused, and the files in which it would stand."""


def _follows(problem: Problem, unread: Iterable[str]) -> bool:
    """Whether a problem may come only from a file that could not be read whole: one fault, one line."""
    return any(file.startswith(_RESTS_ON.get(problem.code, ())) for file in unread)


def overdue(base: Base, today: datetime.date) -> list[Problem]:
    """Pages whose next check has passed: a warning in daily use, a refusal at a release."""
    return in_order(
        Problem(page.meta.where.at("review_due"), "D01", f"The check was due on {page.meta.due}.", "Check the page.")
        for page in base.pages
        if page.meta.due < today
    )

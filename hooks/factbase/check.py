"""Run every rule and collect every problem."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from factbase.base import Base
from factbase.load import load
from factbase.problem import Problem, in_order
from factbase.rules import facts, language, pages, sources

Rule = Callable[[Base], Iterable[Problem]]
RULES: tuple[Rule, ...] = (*sources.RULES, *facts.RULES, *pages.RULES, *language.RULES)


def check(base: Base) -> list[Problem]:
    """The problems that the rules find in a loaded base, in order."""
    return in_order(problem for rule in RULES for problem in rule(base))


def load_and_check(root: Path) -> tuple[Base, list[Problem]]:
    """The base under `root`, and all problems of reading and of the rules. The base is good only if there are none."""
    base, problems = load(root)
    return base, in_order([*problems, *check(base)])


def overdue(base: Base, today: datetime.date) -> list[Problem]:
    """Pages whose next check has passed: a warning in daily use, a refusal at a release."""
    return in_order(
        Problem(page.meta.where.at("review_due"), "D01", f"The check was due on {page.meta.due}.", "Check the page.")
        for page in base.pages
        if page.meta.due < today
    )

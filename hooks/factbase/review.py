"""Sign-offs by clinicians, bound to the text: the hash covers every word of a claim and of its evidence.

An edit changes the hash, and the sign-off lapses by itself. Pure; `__main__` reads and writes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from factbase.about import Review
from factbase.base import Base
from factbase.model import Fact
from factbase.page import Page, segments_of, walk


class ReviewState(StrEnum):
    """State of a sign-off; the value stands in `data-review`."""

    NONE = "none"
    SIGNED = "signed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a page or fact, and the sign-off that it rests on (None where there is none)."""

    state: ReviewState
    review: Review | None = None


def fact_hash(fact: Fact) -> str:
    """16 hex digits over everything a reader is told by a fact and its note."""
    evidence = [[item.source, item.locator, item.relation, item.says, item.limits] for item in fact.evidence]
    figures = [[figure.count, figure.of, figure.who, figure.follow_up] for figure in fact.figures]
    told = [fact.claim, fact.short, fact.kind, fact.level, fact.go_by, fact.not_known, fact.why, evidence, figures]
    return _digest(told)


def page_hash(page: Page, base: Base) -> str:
    """16 hex digits over a page's own words and all facts it prints."""
    words = [getattr(block, "text", None) or getattr(block, "question", "") for block in walk(page.blocks)]
    words += [segment.text or "" for block in walk(page.blocks) for segment in segments_of(block)]
    names = [*page.meta.key_points, *(placed.fact for placed in base.placed(page))]
    return _digest([page.meta.title, words, [fact_hash(base.facts[name]) for name in names if name in base.facts]])


def target_hash(target: str, base: Base) -> str | None:
    """The hash of `fact:<id>` or `page:<name>`, or None where there is no such thing."""
    kind, _, name = target.partition(":")
    if kind == "fact":
        return fact_hash(base.facts[name]) if name in base.facts else None
    page = base.page(name)
    return page_hash(page, base) if page else None


def standing(target: str, base: Base) -> Standing:
    """The state of a target: the newest sign-off counts."""
    found = [review for review in base.reviews if review.target == target]
    if not found:
        return Standing(ReviewState.NONE)
    newest = max(found, key=lambda review: review.date)
    state = ReviewState.SIGNED if newest.hash == target_hash(target, base) else ReviewState.LAPSED
    return Standing(state, newest)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]

"""The review state as a leaflet, a chapter and a message print it."""

from __future__ import annotations

from factbase.about import Review
from factbase.base import Base
from factbase.document import day
from factbase.model import Fact
from factbase.page import Page
from factbase.review import ReviewState, standing

NOT_REVIEWED = "Not yet reviewed by a clinician."


def standing_words(facts: list[Fact], page: Page, base: Base) -> str:
    """Who reviewed the text. A leaflet's facts count as reviewed where the page or the fact itself is signed off.

    A fact from another page needs its own sign-off or that of a page that prints it.
    """
    whole = standing(f"page:{page.slug}", base)
    reviews: list[Review] = []
    if not facts:
        if whole.state is ReviewState.LAPSED and whole.review:
            return f"The review by {whole.review.name} has lapsed: the text has changed since."
        return _signed([whole.review]) if whole.state is ReviewState.SIGNED and whole.review else NOT_REVIEWED
    for fact in facts:
        found = next((item for target in _targets(fact, page, base) if (item := _review(target, base))), None)
        if found is None:
            return NOT_REVIEWED
        reviews.append(found)
    return _signed(reviews)


def _targets(fact: Fact, page: Page, base: Base) -> list[str]:
    holders = [other for other in (page, *base.pages) if any(placed.fact == fact.id for placed in base.placed(other))]
    return [f"fact:{fact.id}", *(f"page:{holder.slug}" for holder in holders)]


def _review(target: str, base: Base) -> Review | None:
    found = standing(target, base)
    return found.review if found.state is ReviewState.SIGNED else None


def _signed(reviews: list[Review]) -> str:
    names = dict.fromkeys(
        f"{review.name}, {review.role} ({review.register} {review.number}), on {day(review.date)}; "
        f"conflict of interest: {review.interest}"
        for review in reviews
    )
    return f"Reviewed by {'; '.join(names)}."

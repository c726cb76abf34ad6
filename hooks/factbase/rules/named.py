"""A fact that a page or record names: is it there, and is it still told? For the rules of all who name facts."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.model import Status
from factbase.problem import Place, Problem, did_you_mean, quote


def there(name: str, place: Place, base: Base) -> Iterator[Problem]:
    """One line where there is no fact of that name."""
    if name not in base.facts:
        instead = did_you_mean(name, base.facts) or "Add the fact to data/facts/."
        yield Problem(place, "R01", f"Unknown fact {quote(name)}.", instead)


def told(name: str, place: Place, base: Base) -> Iterator[Problem]:
    """One line where there is no fact of that name, or where it is retired."""
    yield from there(name, place, base)
    fact = base.facts.get(name)
    if fact and fact.status is Status.RETIRED:
        instead = f"Use {quote(fact.moved_to)}." if fact.moved_to else "Name another fact, or none."
        yield Problem(place, "F13", f"The fact {quote(name)} is retired.", instead)

"""Rules about what was released: an id is never lost and never used again."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.model import Status
from factbase.problem import Place, Problem, quote
from factbase.release import FIRST_FACT, Release, version_order


def released_facts_leave_a_tombstone(base: Base) -> Iterator[Problem]:
    """A fact of an earlier release is still there, or retired with its successor or the reason."""
    told: set[str] = set()
    for release in base.releases:
        for number, name in enumerate(release.facts):
            if name not in base.facts and name not in told:
                told.add(name)
                what = f"The fact {quote(name)} of version {release.version} is gone without a trace."
                instead = "Put it back with status: retired, and moved_to: or reason:."
                yield Problem(_place(release, number), "Z02", what, instead)


def retired_ids_stay_retired(base: Base) -> Iterator[Problem]:
    """An id that was retired in a release is not used again."""
    for release in base.releases:
        for name in release.retired:
            fact = base.facts.get(name)
            if fact is None:
                what = f"The tombstone of {quote(name)} of version {release.version} is gone."
                instead = "Put it back with status: retired, and moved_to: or reason:."
                yield Problem(Place(f"data/releases/{release.version}.json"), "Z02", what, instead)
            elif fact.status is not Status.RETIRED:
                what = f"The id {quote(name)} was retired in version {release.version}."
                yield Problem(fact.where.record, "Z03", what, "Choose another: ids are never used again.")


def the_version_is_not_behind(base: Base) -> Iterator[Problem]:
    """The version of the site is that of the last release, or a later one."""
    if base.releases and version_order(base.site.version) < base.releases[-1].order:
        last = base.releases[-1].version
        what = f"Version {base.site.version} is older than the last release, {last}."
        yield Problem(base.site.where.at("version"), "Z04", what, f"Write {last} or a later one.")


def _place(release: Release, number: int) -> Place:
    return Place(f"data/releases/{release.version}.json", FIRST_FACT + number, 2)


RULES = (released_facts_leave_a_tombstone, retired_ids_stay_retired, the_version_is_not_behind)

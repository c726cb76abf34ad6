"""Rules about sources."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.model import Source
from factbase.problem import Problem, did_you_mean, quote


def every_source_is_used(base: Base) -> Iterator[Problem]:
    """A source that no fact rests on is a problem."""
    for source in base.sources.values():
        if source.id not in base.users:
            instead = did_you_mean(source.id, _wanted(base)) or "Use it in a fact, or remove it."
            yield Problem(source.where.record, "C01", f"No fact uses the source {quote(source.id)}.", instead)


def issued_before_accessed(base: Base) -> Iterator[Problem]:
    """Nothing is read before it is published."""
    for source in base.sources.values():
        if source.issued and source.issued[:10] > source.accessed.isoformat()[: len(source.issued)]:
            what = f"Issued {source.issued}, but read on {source.accessed}."
            yield Problem(source.where.at("issued"), "C02", what, "Correct one of the two dates.")


def one_record_a_source(base: Base) -> Iterator[Problem]:
    """One address, one record."""
    for name in ("DOI", "PMID", "URL"):
        first: dict[str, Source] = {}
        for source in base.sources.values():
            value = getattr(source, name)
            if value and value in first:
                what = f"The {name} stands in {quote(first[value].id)} too."
                yield Problem(source.where.at(name), "C03", what, "Merge the two records.")
            elif value:
                first[value] = source


def authors_have_names(base: Base) -> Iterator[Problem]:
    """An author has a family name or a literal name."""
    for source in base.sources.values():
        for author in source.author:
            if not author.family and not author.literal:
                instead = "Write {family: …, given: …} or {literal: …}."
                yield Problem(source.where.at("author"), "C04", "An author has no name.", instead)


def _wanted(base: Base) -> set[str]:
    """Source ids that facts name but that do not exist: most often a typing slip for an unused one."""
    return set(base.users) - set(base.sources)


RULES = (
    every_source_is_used,
    issued_before_accessed,
    one_record_a_source,
    authors_have_names,
)

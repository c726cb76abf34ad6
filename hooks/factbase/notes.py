"""The source notes of a page: numbers in order of first appearance, one note a fact."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from factbase.base import Base
from factbase.cite import KIND_WORDS, RELATION_WORDS, citation, how_read
from factbase.fragments import fill
from factbase.label import Label
from factbase.model import Evidence, Fact, Figure


@dataclass(frozen=True, slots=True)
class Entry:
    """One source in a note."""

    relation: str
    citation: str
    address: str | None
    kind: str
    how_read: str
    locator: str
    says: str
    limits: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """One fact's note: its number, label, sources, and the anchors of the claims that point to it."""

    number: int
    fact: Fact
    label: Label
    entries: tuple[Entry, ...]
    figures: tuple[Figure, ...]
    anchors: tuple[str, ...]


@dataclass(slots=True)
class Notes:
    """Counts the notes of one page while it is printed."""

    base: Base
    _anchors: dict[str, list[str]] = field(default_factory=dict)

    def mark(self, fact: Fact) -> Markup:
        """The note mark of a fact: its number as a link to the note."""
        return fill("mark.html", id=fact.id, number=self.number(fact))

    def number(self, fact: Fact) -> int:
        """The number of a fact's note on this page, a new one if the page has not met the fact before."""
        self._anchors.setdefault(fact.id, [])
        return list(self._anchors).index(fact.id) + 1

    def anchor(self, fact: Fact) -> str:
        """A new id for one more claim that rests on this fact."""
        used = self._anchors.setdefault(fact.id, [])
        used.append(f"claim-{fact.id}" + (f"-{len(used) + 1}" if used else ""))
        return used[-1]

    def seen(self, fact: Fact) -> bool:
        """Whether the page has printed a claim of this fact already."""
        return fact.id in self._anchors

    def all(self) -> list[Note]:
        """Every note of the page, in order."""
        return [
            Note(
                number,
                fact := self.base.facts[name],
                self.base.labels[fact.id],
                tuple(entry(item, self.base) for item in fact.evidence),
                fact.figures,
                tuple(anchors),
            )
            for number, (name, anchors) in enumerate(self._anchors.items(), 1)
        ]


def entry(item: Evidence, base: Base) -> Entry:
    """One evidence item as a note prints it."""
    source = base.sources[item.source]
    kind = KIND_WORDS[source.kind][0]
    return Entry(
        RELATION_WORDS[item.relation],
        citation(source),
        source.address,
        kind[0].upper() + kind[1:],
        how_read(source, item),
        item.locator.rstrip("."),
        item.says,
        item.limits,
    )

"""The "sources differ" box: who says what, what kind each is, whether anyone tested it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from factbase.cite import KIND_WORDS, MEASURED, short_citation
from factbase.model import PRACTICE_ONLY, PUBLIC, Evidence, Fact, Relation, Source, SourceKind

Piece = TypeVar("Piece", bound=str)
DIFFER_ANCHOR = "where-sources-differ"
"""The section at a page's end for the boxes that must not stand in a hurried reader's way (key points, cards)."""


class Boxes(Generic[Piece]):
    """The boxes of one page or chapter: each stands once, those that were kept back at the end."""

    def __init__(self) -> None:
        self._boxed: set[str] = set()
        self._deferred: list[Fact] = []

    def box(self, fact: Fact) -> Piece:
        """The box of a fact whose sources differ, as its printer draws it."""
        raise NotImplementedError

    def boxes(self, facts: Iterable[Fact]) -> list[Piece]:
        """The boxes of these facts that have not been shown yet."""
        found = []
        for fact in facts:
            if fact.differs and fact.id not in self._boxed:
                self._boxed.add(fact.id)
                found.append(self.box(fact))
        return found

    def defer(self, facts: Iterable[Fact]) -> None:
        """Keep the boxes of these facts for the end: they must not stand before a hurried reader."""
        self._deferred += facts

    def deferred_boxes(self) -> list[Piece]:
        """The boxes that were kept back and that the text has not shown."""
        return self.boxes(self._deferred)


@dataclass(frozen=True, slots=True)
class Position:
    """One thing that is said, and who says it (`who` is ready for the page)."""

    says: str
    who: str
    agrees: bool


def positions(fact: Fact, sources: Mapping[str, Source]) -> list[Position]:
    """Equal sayings grouped, supporting positions first; clinics and sellers are counted, never named."""
    groups: dict[tuple[bool, str], list[Source]] = {}
    for agrees, relation in ((True, Relation.SUPPORTS), (False, Relation.DIFFERS)):
        for item in fact.related(relation):
            groups.setdefault((agrees, _fold(item)), []).append(sources[item.source])
    said = {_fold(item): item.says for item in reversed(fact.evidence)}
    return [Position(said[key], _who(found), agrees) for (agrees, key), found in groups.items()]


def tested(fact: Fact, sources: Mapping[str, Source]) -> bool:
    """Whether any source of the fact counted or measured, in people or in the laboratory."""
    return any(sources[item.source].kind in MEASURED for item in fact.evidence)


def _fold(item: Evidence) -> str:
    return item.says.strip().rstrip(".").casefold()


def _who(group: list[Source]) -> str:
    """`a controlled trial (Alam and others, 2014); 3 clinics' sheets`."""
    parts = []
    once = {source.id: source for source in group}.values()  # one source may say the same in two places
    for kind in dict.fromkeys(source.kind for source in once):
        same = [source for source in once if source.kind is kind]
        one, many = KIND_WORDS[kind]
        words = one if len(same) == 1 else f"{len(same)} {many}"
        if names := [short_citation(source) for source in same if may_be_named(source)]:
            words += f" ({'; '.join(names)})"
        parts.append(words)
    return "; ".join(parts)


def may_be_named(source: Source) -> bool:
    """Page text names authors and public bodies, never a brand, a clinic or a sponsor."""
    return source.kind not in PRACTICE_ONLY | {SourceKind.MAKER} and bool(source.author or source.kind in PUBLIC)

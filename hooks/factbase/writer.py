"""What every part of a page needs while it is printed: claims with their marks, boxes, explained words."""

from __future__ import annotations

from markupsafe import Markup

from factbase.base import Base
from factbase.differ import Boxes, positions, tested
from factbase.fragments import fill, in_markdown
from factbase.model import Fact, FactKind
from factbase.notes import Notes
from factbase.terms import Explained


class Writer(Boxes[str]):
    """The state of one page: which notes, terms and boxes it has so far. Used for one page, then thrown away."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.base = base
        self.notes = Notes(base)
        self.terms = Explained(base)

    def claim(self, fact: Fact, words: Markup | None = None, *, why: bool = False) -> Markup:
        """A claim with its mark: the fact's own sentence with its terms explained, or other `words`."""
        return fill(
            "claim.html",
            anchor=self.notes.anchor(fact),
            fact=fact,
            label=self.base.labels[fact.id],
            words=self.terms.words(fact.claim) if words is None else words,
            why=in_markdown(fact.why) if why and fact.why and fact.kind is FactKind.UNKNOWN else None,
            mark=self.notes.mark(fact),
            own=self.base.own.get(fact.id),
        )

    def marks(self, facts: list[Fact]) -> Markup:
        """The note marks of several facts."""
        return Markup("").join(self.notes.mark(fact) for fact in facts)

    def words(self) -> str:
        """The definitions of the terms that the page has used, with their notes; empty where it used none."""
        facts = [(term, self.base.facts[term.fact]) for term in self.terms.used.values()]
        entries = [{"term": term, "claim": self.claim(fact, in_markdown(fact.claim))} for term, fact in facts]
        return str(fill("words.html", entries=entries)) if entries else ""

    def box(self, fact: Fact) -> str:
        return str(
            fill(
                "differs.html",
                fact=fact,
                label=self.base.labels[fact.id],
                mark=self.notes.mark(fact),
                number=self.notes.number(fact),
                positions=positions(fact, self.base.sources),
                tested=tested(fact, self.base.sources),
            )
        )

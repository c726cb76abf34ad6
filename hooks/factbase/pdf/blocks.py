"""The blocks of a page as Typst source. The printed twin of `factbase.render`: the same blocks, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from factbase.base import Base
from factbase.differ import Boxes, positions, tested
from factbase.markup import plain
from factbase.model import CARE_TITLES, Fact, FactKind, Level
from factbase.page import (
    Block,
    CareCard,
    Claim,
    Generated,
    Heading,
    Item,
    Listing,
    More,
    Paragraph,
    Segment,
    Table,
    claims_of,
)
from factbase.pdf.endnotes import Endnotes
from factbase.pdf.generated import generated
from factbase.pdf.index import marked
from factbase.pdf.typst_text import Link, inline, label, literal, words

_HEADING = re.compile(r"#heading\(level: ([2-4])")
_KEPT = 1600
"""Length of a piece up to which it stands whole, below its heading: about a third of a page."""


def paragraphs(parts: Iterable[str]) -> str:
    """Pieces of Typst as paragraphs of their own; a heading stays with the whole of a short piece below it."""
    found: list[str] = []
    for part in parts:
        heading = _HEADING.match(found[-1]) if found else None
        if heading and not part.startswith("#heading") and len(part) < _KEPT:
            found[-1] = f"#keep({heading[1]})[{found[-1]}\n\n{part}]"
        else:
            found.append(part)
    return "\n\n".join(found)


class Blocks(Boxes[str]):
    """Prints the blocks of one chapter: notes, index marks and boxes stand once in it."""

    def __init__(self, base: Base, notes: Endnotes, link: Link, slug: str) -> None:
        super().__init__()
        self.base = base
        self.notes = notes
        self.link = link
        self.slug = slug
        self.level = 1
        self._indexed: set[str] = set()

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Blocks as Typst, each followed by the boxes of the disagreements that it mentions first."""
        return [piece for block in blocks for piece in self._block(block)]

    def heading(self, level: int, text: str, anchor: str | None = None, *, listed: bool = True) -> str:
        """A heading; never more than one level below the one before, as a reader of headings would lose the way."""
        self.level = min(level, self.level + 1)
        mark = label(self.slug, "at", anchor) if anchor else ""
        hidden = "" if listed else ", outlined: false"
        return f"#heading(level: {self.level}{hidden})[{words(text)}]{mark}"

    def claim(self, fact: Fact, text: str | None = None) -> str:
        """A fact's own sentence, or other words in Typst, with its note mark."""
        if text is None:
            # Only a book has an index.
            text = (
                marked(fact.claim, self.base.terms, self._indexed) if self.notes.book is not None else words(fact.claim)
            )
        return text + self.notes.mark(fact) + self._own(fact)

    def _own(self, fact: Fact) -> str:
        """The clinic's own waiting time, beside the range."""
        says = self.base.own.get(fact.id)
        return f" {self._strong('Your clinic says:')} {words(f'{says}.')}" if says else ""

    def card(self, level: Level, signs: Iterable[Fact], then: Iterable[Fact] = ()) -> str:
        """The warning signs of one level, with a heading that is an instruction."""
        title = self.heading(self.level + 1, CARE_TITLES[level], listed=False)
        self.level -= 1
        # In reading order: each new note takes the next number.
        told = self.facts(signs)
        after = f"#care-then[{self.facts(then)}]" if then else ""
        return f"#care-card({literal(level.value)})[{title}\n{told}{after}]"

    def facts(self, facts: Iterable[Fact]) -> str:
        """Facts as a list."""
        return f"#list({', '.join(f'[{self.claim(fact)}]' for fact in facts)})"

    def segments(self, segments: Iterable[Segment]) -> str:
        """The sentences of a paragraph, item or cell."""
        return " ".join(self._segment(segment) for segment in segments)

    def _segment(self, segment: Segment) -> str:
        if isinstance(segment, Claim):
            said = None if segment.text is None else inline(segment.text, self.link)
            return self.claim(self.base.facts[segment.fact], said)
        return inline(segment.text, self.link)

    def _block(self, block: Block) -> list[str]:
        match block:
            case Heading():
                return [self.heading(block.level, block.text, block.anchor)]
            case Paragraph():
                return [self.segments(block.segments), *self.boxes(self._facts(block))]
            case Listing():
                return [self.listing(block), *self.boxes(self._facts(block))]
            case Table():
                return [self._table(block), *self.boxes(self._facts(block))]
            case More():
                before = self.level
                parts = [self.heading(before + 1, plain(block.question), listed=False), *self.blocks(block.blocks)]
                self.level = before
                return [f"#more[{paragraphs(parts)}]"]
            case CareCard():
                signs = [self.base.facts[name] for name in block.facts] or list(self.base.signs(block.level))
                self.defer(signs)
                return [self.card(block.level, signs)]
            case Generated():
                return generated(self, block)

    def _facts(self, block: Block) -> list[Fact]:
        return [self.base.facts[claim.fact] for claim in claims_of((block,))]

    def listing(self, listing: Listing, marker: str = "") -> str:
        """A list with its inner lists; `marker` names another sign before each point."""
        kind = "enum" if listing.ordered else "list"
        return f"#{kind}({marker}{', '.join(f'[{self._item(item)}]' for item in listing.items)})"

    def _item(self, item: Item) -> str:
        return self.segments(item.segments) + "".join(self.listing(child) for child in item.children)

    def _table(self, table: Table) -> str:
        head = ", ".join(f"[{words(plain(cell))}]" for cell in table.header)
        cells = ", ".join(f"[{self.segments(cell)}]" for row in table.rows for cell in row)
        return f"#plain-table({len(table.header)}, ({head},), {cells})"

    def box(self, fact: Fact) -> str:
        told = [
            f"[{self._strong(position.says)} {words(position.who)}]" for position in positions(fact, self.base.sources)
        ]
        if tested(fact, self.base.sources):
            answer = "Yes, at least in part: the kind of each study stands beside it."
        else:
            answer = "No. None of these sources measured it."
        head = [
            f"#differs-title[{words('Sources differ')}{self.notes.mark(fact)}]",
            words(fact.claim),
            f"{self._strong('What to go by:')} {words(fact.go_by or '')}",
        ]
        parts = [
            f"#differs-head[{paragraphs(head)}]",
            f"#list({', '.join(told)})",
            f"{self._strong('Has anyone tested it?')} {words(answer)}",
        ]
        if fact.not_known:
            parts.append(f"{self._strong('Not known:')} {words(fact.not_known)}")
        body = paragraphs(parts)
        whole = "(whole: true)" if len(body) < _KEPT else ""
        return f"#differs{whole}[{body}]"

    @staticmethod
    def _strong(text: str) -> str:
        return f"#strong[{words(text)}]"

    def gap(self, fact: Fact) -> str:
        """A gap with the reason why it matters."""
        why = f"{words(f' {fact.why}')}" if fact.why and fact.kind is FactKind.UNKNOWN else ""
        return f"{words(fact.claim)}{why}{self.notes.mark(fact)}"

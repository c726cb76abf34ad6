"""A page and the fact base → the Markdown that MkDocs (or `factbase render`) turns into HTML. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from markupsafe import Markup

from factbase.base import Base
from factbase.differ import DIFFER_ANCHOR
from factbase.fragments import fill, in_markdown
from factbase.messages.phones import phones_of
from factbase.model import CARE_TITLES, Fact
from factbase.page import (
    Block,
    CareCard,
    Claim,
    Generated,
    Heading,
    Item,
    Listing,
    More,
    Page,
    Paragraph,
    Segment,
    Table,
    Waived,
    claims_of,
)
from factbase.parts import PARTS
from factbase.parts.downloads import all_downloads
from factbase.parts.links import all_changes, all_links
from factbase.parts.lists import all_sources
from factbase.review import Standing, standing
from factbase.writer import Writer

_LISTS = {"downloads": all_downloads, "links": all_links, "changes": all_changes}
CLINIC_PAGES = ("get-help", "aftercare", "is-this-normal", "dark-marks", "before")
"""Pages of a clinic's own edition that show its numbers below the main message."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page ready for MkDocs: Markdown of the article, HTML that follows the article, and its state."""

    markdown: str
    after: str
    hash: str
    standing: Standing


def render_page(page: Page, base: Base) -> Rendered:
    """The whole page. Expects a checked base: an unknown id raises KeyError."""
    writer = Writer(base)
    blocks = _Blocks(writer)
    # On the home page a hurried reader finds the way before the message.
    first = page.blocks[:1] if _asks_for(page.blocks[:1], "ways-in") else ()
    parts = [f"# {in_markdown(page.meta.title)}", *blocks.blocks(first)]
    if page.meta.key_points:
        facts = [base.facts[name] for name in page.meta.key_points]
        writer.defer(facts)
        claims = [writer.claim(fact, in_markdown(fact.key_point)) for fact in facts]
        parts.append(str(fill("key-points.html", claims=claims)))
    if base.clinic and page.slug in CLINIC_PAGES:
        parts.append(str(fill("clinic-card.html", clinic=base.clinic, phones=phones_of(base.clinic))))
    parts += blocks.blocks(page.blocks[len(first) :])
    if boxes := writer.deferred_boxes():
        parts += [f"## Where do sources differ? {{#{DIFFER_ANCHOR}}}", *boxes]
    markdown = "\n\n".join(parts) + "\n"
    after = all_sources(base) if _asks_for(page.blocks, "sources") else ""
    after += writer.words()
    notes = writer.notes.all()
    after += str(fill("notes.html", notes=notes)) if notes else ""
    # Wherever the site stands, the same words have the same hash.
    said = f"{markdown}\n{after}".replace((base.address or "\0").rstrip("/"), "")
    digest = hashlib.sha256(said.encode()).hexdigest()[:8]
    # Not part of the hash: they tell where the site stands, which files it has and what was released, not what it says.
    lists = "".join(make(base) for name, make in _LISTS.items() if _asks_for(page.blocks, name))
    return Rendered(markdown, lists + after, digest, standing(f"page:{page.slug}", base))


def _asks_for(blocks: tuple[Block, ...], name: str) -> bool:
    return any(isinstance(block, Generated) and block.name == name for block in blocks)


class _Blocks:
    """Blocks of a page as Markdown."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.base = writer.base
        self._tables = 0

    def blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        parts: list[str] = []
        before: Block | None = None
        for block in blocks:
            if isinstance(before, Listing) and isinstance(block, Listing):
                parts.append("<!-- -->")  # or else Python-Markdown makes one list of two kinds
            parts += self._block(block)
            before = block
        return parts

    def _block(self, block: Block) -> list[str]:
        """A block as Markdown, followed by the boxes of the disagreements it mentions first."""
        match block:
            case Heading():
                return [f"{'#' * block.level} {block.text}" + (f" {{#{block.anchor}}}" if block.anchor else "")]
            case Paragraph():
                return [self._segments(block.segments), *self.writer.boxes(self._facts((block,)))]
            case Listing():
                return ["\n".join(self._listing(block, "")), *self.writer.boxes(self._facts((block,)))]
            case Table():
                return [self._table(block), *self.writer.boxes(self._facts((block,)))]
            case More():
                inner = "\n\n".join(self.blocks(block.blocks))
                question = in_markdown(block.question)
                return [str(fill("more.html", question=question, inner=Markup(inner)))]
            case CareCard():
                facts = [self.base.facts[name] for name in block.facts] or list(self.base.signs(block.level))
                claims = [self.writer.claim(fact) for fact in facts]
                card = fill("care-card.html", level=block.level, title=CARE_TITLES[block.level], claims=claims)
                self.writer.defer(facts)
                return [str(card)]
            case Generated():
                return PARTS[block.name](self.writer, block.argument)

    def _facts(self, blocks: tuple[Block, ...]) -> list[Fact]:
        return [self.base.facts[claim.fact] for claim in claims_of(blocks)]

    def _segments(self, segments: tuple[Segment, ...]) -> str:
        return " ".join(self._segment(segment) for segment in segments)

    def _segment(self, segment: Segment) -> str:
        if isinstance(segment, Claim):
            fact = self.base.facts[segment.fact]
            # Text phrased in place is Markdown already: its links and emphasis are meant.
            return str(self.writer.claim(fact, None if segment.text is None else Markup(segment.text)))
        if isinstance(segment, Waived):
            return str(fill("waived.html", reason=segment.reason, words=Markup(segment.text)))
        return segment.text

    def _listing(self, listing: Listing, indent: str) -> list[str]:
        lines = []
        for number, item in enumerate(listing.items, 1):
            marker = f"{number}. " if listing.ordered else "- "
            lines += self._item(item, indent, marker)
        return lines

    def _item(self, item: Item, indent: str, marker: str) -> list[str]:
        lines = [f"{indent}{marker}{self._segments(item.segments)}"]
        for child in item.children:
            lines += self._listing(child, indent + "    ")
        return lines

    def _table(self, table: Table) -> str:
        rows = [table.header, *([self._segments(cell) for cell in row] for row in table.rows)]
        lines = ["| " + " | ".join(cell.replace("|", "&#124;") for cell in row) + " |" for row in rows]
        text = "\n".join([lines[0], "|" + " --- |" * len(table.header), *lines[1:]])
        # A wide table scrolls inside a box of its own, which the keyboard can reach; no two boxes have one name.
        self._tables += 1
        label = f"Table {self._tables}: {', '.join(table.header)}"
        return str(fill("table.html", rows=Markup(text), label=label))

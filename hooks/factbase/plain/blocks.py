"""Blocks of a page or leaflet as plain HTML, without MkDocs. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from factbase.fragments import fill
from factbase.markup import plain
from factbase.model import CARE_TITLES, Fact, Level
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
    Waived,
    claims_of,
)
from factbase.plain.sheet import Sheet

_INLINE = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*)\)|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*|_(?P<em2>[^_]+)_"
)


class Blocks:
    """Blocks of one page of the site. `up` leads from the new page to the root of the site, `slug` names the old."""

    def __init__(self, sheet: Sheet, slug: str, up: str) -> None:
        self.sheet = sheet
        self.base = sheet.base
        self.slug = slug
        self.up = up

    def blocks(self, blocks: Iterable[Block]) -> list[Markup]:
        """The blocks as HTML, each followed by the boxes of the disagreements that it mentions first."""
        return [piece for block in blocks for piece in self._block(block)]

    def facts(self, facts: list[Fact]) -> list[Markup]:
        """Facts as a list, followed by their boxes."""
        if not facts:
            return []
        rows = [self.sheet.claim(fact) for fact in facts]
        return [fill("plain/list.html", tag="ul", rows=rows), *self.sheet.boxes(facts)]

    def card(self, level: Level, facts: list[Fact], then: list[Fact]) -> list[Markup]:
        """A card of warning signs, and below it what to do besides."""
        claims = [self.sheet.claim(fact) for fact in facts]
        card = fill("care-card.html", level=level, title=CARE_TITLES[level], claims=claims)
        return [card, *self.sheet.boxes(facts), *self.facts(then)]

    def _block(self, block: Block) -> list[Markup]:
        match block:
            case Heading():
                return [self.heading(plain(block.text))]
            case Paragraph():
                text = self._segments(block.segments)
                return [Markup("<p>{}</p>").format(text), *self.sheet.boxes(self._facts(block))]
            case Listing():
                return [self.listing(block), *self.sheet.boxes(self._facts(block))]
            case Table():
                rows = [[self._segments(cell) for cell in row] for row in block.rows]
                table = fill("plain/table.html", header=[plain(cell) for cell in block.header], rows=rows)
                return [table, *self.sheet.boxes(self._facts(block))]
            case More():
                inner = Markup("\n").join(self.blocks(block.blocks))
                return [fill("plain/more.html", question=plain(block.question), inner=inner)]
            case CareCard():
                facts = [self.base.facts[name] for name in block.facts] or list(self.base.signs(block.level))
                return self.card(block.level, facts, [])
            case Generated(name="picture"):
                # The picture's own words are facts: here they are told one by one.
                named = dict.fromkeys(placed.fact for placed in self.base.generated(block))
                return self.facts([self.base.facts[name] for name in named])
        return []

    def heading(self, text: str) -> Markup:
        """A heading inside the page."""
        return Markup("<h2>{}</h2>").format(text)

    def listing(self, listing: Listing) -> Markup:
        """A list with its inner lists."""
        rows = [self._item(item) for item in listing.items]
        return fill("plain/list.html", tag="ol" if listing.ordered else "ul", rows=rows)

    def _item(self, item: Item) -> Markup:
        return Markup("").join([self._segments(item.segments), *(self.listing(child) for child in item.children)])

    def _segments(self, segments: tuple[Segment, ...]) -> Markup:
        return Markup(" ").join(self._segment(segment) for segment in segments)

    def _segment(self, segment: Segment) -> Markup:
        if isinstance(segment, Claim):
            words = None if segment.text is None else self.inline(segment.text)
            return self.sheet.claim(self.base.facts[segment.fact], words)
        if isinstance(segment, Waived):
            return fill("waived.html", reason=segment.reason, words=self.inline(segment.text))
        return escape(segment.text)

    def inline(self, text: str) -> Markup:
        """Inline Markdown as HTML: links to pages of the site open beside this one."""
        parts = []
        start = 0
        for hit in _INLINE.finditer(text):
            parts += [escape(text[start : hit.start()]), self._marked(hit)]
            start = hit.end()
        return Markup("").join([*parts, escape(text[start:])])

    def _marked(self, hit: re.Match[str]) -> Markup:
        if hit["text"] is not None:
            return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(
                self._address(hit["target"]), plain(hit["text"])
            )
        if hit["strong"] is not None:
            return Markup("<b>{}</b>").format(hit["strong"])
        return Markup("<i>{}</i>").format(hit["em"] or hit["em2"])

    def _address(self, target: str) -> str:
        path, _, anchor = target.partition("#")
        slug = path.removesuffix(".md") if path else self.slug
        return self.up + ("" if slug == "index" else f"{slug}/") + (f"#{anchor}" if anchor else "")

    def _facts(self, block: Block) -> list[Fact]:
        return [self.base.facts[claim.fact] for claim in claims_of((block,))]

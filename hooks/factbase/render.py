"""A page and the fact base → the Markdown that MkDocs (or `factbase render`) turns into HTML. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from markupsafe import Markup

from factbase.base import Base
from factbase.differ import positions, tested
from factbase.fragments import fill, in_markdown
from factbase.label import label_of
from factbase.listings import AFTER_ARTICLE, LISTED, listing
from factbase.model import Fact, FactKind, Heard, Level, Term
from factbase.notes import Notes
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
from factbase.review import Standing, standing
from factbase.terms import Explained

DIFFER_ANCHOR = "where-sources-differ"
CARE_TITLES = {
    Level.EMERGENCY: "Call the emergency number if",
    Level.TODAY: "Get medical help today if",
    Level.CLINIC: "Call your clinic if",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page ready for MkDocs: Markdown of the article, HTML that follows the article, and its state."""

    markdown: str
    after: str
    hash: str
    standing: Standing


def render_page(page: Page, base: Base) -> Rendered:
    """The whole page. Expects a checked base: an unknown id raises KeyError."""
    writer = _Writer(base)
    blocks = page.blocks
    parts = [f"# {in_markdown(page.meta.title)}"]
    if blocks and isinstance(blocks[0], Generated) and blocks[0].name == "ways-in":
        # On the home page a hurried reader finds the way before the message.
        parts += writer.blocks(blocks[:1])
        blocks = blocks[1:]
    if page.meta.key_points:
        parts.append(writer.key_points([base.facts[name] for name in page.meta.key_points]))
    parts += writer.blocks(blocks)
    parts += writer.deferred_boxes()
    markdown = "\n\n".join(parts) + "\n"
    after = "".join(listing(name, base) for name in _generated(page) if name in AFTER_ARTICLE)
    after += writer.words()
    notes = writer.notes.all()
    after += str(fill("notes.html", notes=notes)) if notes else ""
    digest = hashlib.sha256(f"{markdown}\n{after}".encode()).hexdigest()[:8]
    return Rendered(markdown, after, digest, standing(f"page:{page.slug}", base))


def _generated(page: Page) -> list[str]:
    return [block.name for block in page.blocks if isinstance(block, Generated)]


class _Writer:
    def __init__(self, base: Base) -> None:
        self.base = base
        self.notes = Notes(base)
        self.terms = Explained(base)
        self.boxed: set[str] = set()
        self.deferred: list[Fact] = []

    def key_points(self, facts: list[Fact]) -> str:
        # A disagreement must not stand between a hurried reader and the text: its box comes later.
        self.deferred += facts
        return str(fill("key-points.html", claims=[self._claim(fact, in_markdown(fact.key_point)) for fact in facts]))

    def deferred_boxes(self) -> list[str]:
        """The boxes that key points and warning cards held back and that the text has not shown, at the end."""
        boxes = self._boxes(self.deferred)
        return [f"## Where do sources differ? {{#{DIFFER_ANCHOR}}}", *boxes] if boxes else []

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
                return [self._segments(block.segments), *self._boxes(self._facts((block,)))]
            case Listing():
                return ["\n".join(self._listing(block, "")), *self._boxes(self._facts((block,)))]
            case Table():
                return [self._table(block), *self._boxes(self._facts((block,)))]
            case More():
                inner = "\n\n".join(self.blocks(block.blocks))
                question = in_markdown(block.question)
                return [f'<details class="more" markdown="1">\n<summary>{question}</summary>\n\n{inner}\n\n</details>']
            case CareCard():
                facts = [self.base.facts[name] for name in block.facts] or list(self.base.signs(block.level))
                claims = [self._claim(fact, self.terms.words(fact.claim)) for fact in facts]
                card = fill("care-card.html", level=block.level, title=CARE_TITLES[block.level], claims=claims)
                self.deferred += facts
                return [str(card)]
            case Generated():
                return self._generated(block)

    def _generated(self, block: Generated) -> list[str]:
        if block.name == "ways-in":
            return [str(fill("ways-in.html"))]
        if block.name == "unknowns":
            return self._unknowns()
        if block.name == "glossary":
            return [part for term in self.base.terms for part in self._term(term)]
        if block.name == "heard":
            return [part for entry in self.base.heard_in(block.argument) for part in self._heard(entry)]
        heading = f"## {LISTED[block.name]} {{#all-{block.name}}}"
        return [heading] if block.name in AFTER_ARTICLE else [heading, listing(block.name, self.base)]

    def _unknowns(self) -> list[str]:
        parts = []
        for topic in dict.fromkeys(fact.topic for fact in self.base.unknowns):
            parts.append(f"### {topic.replace('-', ' ').capitalize()} {{#not-known-{topic}}}")
            facts = [fact for fact in self.base.unknowns if fact.topic == topic]
            parts.append("\n".join(f"- {self._claim(fact, in_markdown(fact.claim), why=True)}" for fact in facts))
            parts += self._boxes(facts)
        return parts

    def _term(self, term: Term) -> list[str]:
        fact = self.base.facts[term.fact]
        return [f"### {in_markdown(term.term)} {{#{term.id}}}", str(self._claim(fact, in_markdown(fact.claim)))]

    def words(self) -> str:
        """The definitions of the terms that the page has used, with their notes; empty where it used none."""
        facts = [(term, self.base.facts[term.fact]) for term in self.terms.used.values()]
        entries = [{"term": term, "claim": self._claim(fact, in_markdown(fact.claim))} for term, fact in facts]
        return str(fill("words.html", entries=entries)) if entries else ""

    def _heard(self, entry: Heard) -> list[str]:
        """A popular claim as a question, the verdict inside the first claim, and the answer."""
        facts = [self.base.facts[name] for name in entry.answer]
        verdict = fill("verdict.html", verdict=entry.verdict)
        words = [self.terms.words(fact.claim) for fact in facts]
        words[0] = verdict + Markup(" ") + words[0]
        claims = " ".join(self._claim(fact, text) for fact, text in zip(facts, words, strict=True))
        return [f"### {in_markdown(entry.asked)} {{#{entry.id}}}", claims, *self._boxes(facts)]

    def _facts(self, blocks: tuple[Block, ...]) -> list[Fact]:
        return [self.base.facts[claim.fact] for claim in claims_of(blocks)]

    def _boxes(self, facts: list[Fact]) -> list[str]:
        found = []
        for fact in facts:
            if fact.differs and fact.id not in self.boxed:
                self.boxed.add(fact.id)
                found.append(self._box(fact))
        return found

    def _box(self, fact: Fact) -> str:
        values = {"fact": fact, "label": label_of(fact, self.base.sources), "mark": self.notes.mark(fact)}
        told = positions(fact, self.base.sources)
        return str(fill("differs.html", positions=told, tested=tested(fact, self.base.sources), **values))

    def _claim(self, fact: Fact, words: Markup, *, why: bool = False) -> Markup:
        return fill(
            "claim.html",
            anchor=self.notes.anchor(fact),
            fact=fact,
            label=label_of(fact, self.base.sources),
            words=words,
            why=in_markdown(fact.why) if why and fact.why and fact.kind is FactKind.UNKNOWN else None,
            mark=self.notes.mark(fact),
        )

    def _segments(self, segments: tuple[Segment, ...]) -> str:
        return " ".join(self._segment(segment) for segment in segments)

    def _segment(self, segment: Segment) -> str:
        if isinstance(segment, Claim):
            fact = self.base.facts[segment.fact]
            # Text phrased in place is Markdown already: its links and emphasis are meant.
            words = self.terms.words(fact.claim) if segment.text is None else Markup(segment.text)
            return str(self._claim(fact, words))
        if isinstance(segment, Waived):
            return f'<span data-no-claim="{segment.reason.value}">{segment.text}</span>'
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
        # A wide table scrolls inside a box of its own, which the keyboard can reach.
        return f'<div class="table" role="region" aria-label="Table" tabindex="0" markdown="1">\n\n{text}\n\n</div>'

"""What a page is made of, whichever way it will be printed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from factbase.model import Level
from factbase.problem import Place
from factbase.shape import Where, described

REVIEW_DAYS = 365


class PageTreatment(StrEnum):
    """Which treatment a page is about. Another treatment's figures stay off it, except on `mixed`."""

    NEEDLING = "needling"
    RF = "rf"
    PRP = "prp"
    HOME = "home"
    MIXED = "mixed"


class NoClaim(StrEnum):
    """The closed list of reasons why text may stand without a source note."""

    NAVIGATION = "navigation"
    QUESTION = "question"
    HOW_TO_USE = "how-to-use"
    ABOUT_THIS_SITE = "about-this-site"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class PageMeta:
    """Front matter of a page."""

    where: Where
    title: str = described("Title of the page, its main heading, at most 40 characters.", max_chars=40)
    description: str = described("One sentence for search engines, at most 150 characters.", max_chars=150)
    treatment: PageTreatment = described("Which treatment the page is about.")
    checked: datetime.date = described("The day the page was last held against its sources.")
    review_due: datetime.date | None = described("Next check, if sooner than after a year.", default=None)
    key_points: tuple[str, ...] = described("Ids of 3 to 5 facts: the message of the page.", default=(), max_items=5)

    @property
    def due(self) -> datetime.date:
        """The day by which the page must be checked again: as written, or a year after the last check."""
        if self.review_due:
            return self.review_due
        # Dates end with the year 9999; the rule on dates then finds both days equal.
        return self.checked + min(datetime.timedelta(days=REVIEW_DAYS), datetime.date.max - self.checked)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement with its note: the fact's own sentence, or one phrased in place (`text`, inline Markdown)."""

    fact: str
    place: Place
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """Inline Markdown that claims nothing."""

    text: str
    reason: NoClaim
    place: Place
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """Inline Markdown with neither a reference nor a waiver: always a problem."""

    text: str
    place: Place


Segment: TypeAlias = Claim | Waived | Stray


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    segments: tuple[Segment, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    segments: tuple[Segment, ...]
    children: tuple[Listing, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Listing:
    ordered: bool
    items: tuple[Item, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[tuple[Segment, ...], ...], ...]
    place: Place


@dataclass(frozen=True, slots=True)
class More:
    """Folded detail behind a question."""

    question: str
    blocks: tuple[Block, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class CareCard:
    """The warning signs of one level; all of them where `facts` is empty."""

    level: Level
    facts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Generated:
    """A part made wholly from data, such as the list of gaps; the name says which."""

    name: str
    argument: str
    place: Place


Block: TypeAlias = Heading | Paragraph | Listing | Table | More | CareCard | Generated


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `path` as MkDocs names it (`dark-marks.md`), `file` as problems name it (`docs/dark-marks.md`)."""

    path: str
    file: str
    meta: PageMeta
    blocks: tuple[Block, ...]

    @property
    def slug(self) -> str:
        """The page's name in addresses and links: `dark-marks`."""
        return self.path.removesuffix(".md")


def walk(blocks: tuple[Block, ...], *, folded: bool = True) -> Iterator[Block | Item]:
    """Every block and list item in reading order; without the folded detail if `folded` is false."""
    for block in blocks:
        yield block
        if isinstance(block, Listing):
            for item in block.items:
                yield item
                yield from walk(item.children, folded=folded)
        elif isinstance(block, More) and folded:
            yield from walk(block.blocks)


def segments_of(block: Block | Item) -> Iterator[Segment]:
    """The segments that stand directly in a block: a paragraph's, an item's, a table's cell by cell."""
    if isinstance(block, Paragraph | Item):
        yield from block.segments
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell


def claims_of(blocks: tuple[Block, ...], *, folded: bool = True) -> Iterator[Claim]:
    """Every claim written in the text, in reading order (cards and generated parts not opened)."""
    for block in walk(blocks, folded=folded):
        for segment in segments_of(block):
            if isinstance(segment, Claim):
                yield segment

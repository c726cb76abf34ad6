"""What a picture is before it becomes HTML: words, drawings, facts and a table. Nothing here knows of templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Layout(StrEnum):
    """How the blocks of a picture stand: one below the other, or in a grid of two or three columns."""

    ROWS = "rows"
    PAIRS = "pairs"
    TRIPLES = "triples"


@dataclass(frozen=True, slots=True)
class Graphic:
    """One SVG: a template file in templates/pictures, its text alternative, and the geometry it is filled with.

    Without a title it is hidden from screen readers: the words beside it say the same.
    """

    template: str
    title: str = ""
    desc: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that a picture shows, and the facts that all of its words and marks rest on."""

    facts: tuple[str, ...]
    label: str
    words: tuple[str, ...] = ()
    graphic: Graphic | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks under a label."""

    blocks: tuple[Block, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the key: a small drawing and what it stands for."""

    graphic: Graphic
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table; its own facts where the row has none."""

    words: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, and the fact it rests on."""

    head: str
    cells: tuple[Cell, ...]
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as text."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole picture. `how` tells how to read it and claims nothing.

    `about` tells it from others with its title on the same page, to those who go from table to table by ear.
    """

    name: str
    title: str
    how: tuple[str, ...]
    groups: tuple[Group, ...]
    table: Table
    layout: Layout = Layout.ROWS
    axis: Graphic | None = None
    key: tuple[Entry, ...] = ()
    about: str = ""

    def blocks(self) -> Iterator[Block]:
        """Every block, in reading order."""
        return (block for group in self.groups for block in group.blocks)


def row(head: str, *cells: str, facts: tuple[str, ...]) -> Row:
    """A table row of plain words: it rests on its first fact, its last cell on the others too."""
    *before, last = cells
    return Row(head, (*(Cell(words) for words in before), Cell(last, facts[1:])), facts[0])


def listed(parts: list[str]) -> str:
    """`a; b; c.` for a text alternative."""
    return "; ".join(parts) + "." if parts else ""

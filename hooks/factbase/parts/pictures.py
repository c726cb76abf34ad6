"""Pictures on a page: a figure with its drawings, each thing in an element of the facts it rests on, and a table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from factbase.fragments import fill
from factbase.label import Label, label_of
from factbase.model import Fact
from factbase.pictures.catalogue import view_of
from factbase.pictures.view import Block, Cell, Graphic, Row, View
from factbase.writer import Writer


@dataclass(frozen=True, slots=True)
class _Rest:
    """A fact as the template names it on an element; `anchor` only where its note leads back to."""

    id: str
    label: Label
    anchor: str | None = None


def picture(writer: Writer, argument: str) -> list[str]:
    """The picture that is asked for, or nothing while its data is empty."""
    view = view_of(argument, writer.base)
    return [] if view is None else [str(_Figure(writer, f"picture-{view.name}").fill(view))]


class _Figure:
    """One figure of one page: hands out ids, marks and anchors while its template is filled."""

    def __init__(self, writer: Writer, identifier: str) -> None:
        self.writer = writer
        self.id = identifier
        self._drawn = 0

    def fill(self, view: View) -> Markup:
        """The whole figure."""
        groups = [
            {"label": group.label, "blocks": [self._block(block) for block in group.blocks]} for group in view.groups
        ]
        self.writer.defer(list({name: self._fact(name) for block in view.blocks() for name in block.facts}.values()))
        return fill(
            "pictures/figure.html",
            id=self.id,
            view=view,
            key=[{"svg": self._svg(entry.graphic), "words": entry.words} for entry in view.key],
            axis=self._svg(view.axis),
            groups=groups,
            rows=[self._row(row) for row in view.table.rows],
        )

    def _block(self, block: Block) -> dict[str, object]:
        return {
            "facts": [self._rest(name, anchored=True) for name in block.facts],
            "label": block.label,
            "key": block.key,
            "words": block.words,
            "svg": self._svg(block.graphic),
            "marks": self.writer.marks([self._fact(name) for name in block.facts]),
        }

    def _row(self, row: Row) -> dict[str, object]:
        return {
            "fact": self._rest(row.fact) if row.fact else None,
            "head": row.head,
            "mark": self.writer.notes.mark(self._fact(row.fact)) if row.fact else "",
            "cells": [self._cell(cell) for cell in row.cells],
        }

    def _cell(self, cell: Cell) -> dict[str, object]:
        marks = self.writer.marks([self._fact(name) for name in cell.facts])
        return {"words": cell.words, "facts": [self._rest(name) for name in cell.facts], "marks": marks}

    def _svg(self, graphic: Graphic | None) -> Markup | None:
        if graphic is None:
            return None
        self._drawn += 1
        name = f"{self.id}-{self._drawn}"
        values = {"title": graphic.title, "desc": graphic.desc, **graphic.values}
        return fill(f"pictures/{graphic.template}", id=name, **values)

    def _rest(self, name: str, *, anchored: bool = False) -> _Rest:
        fact = self._fact(name)
        anchor = self.writer.notes.anchor(fact) if anchored else None
        return _Rest(fact.id, label_of(fact, self.writer.base.sources), anchor)

    def _fact(self, name: str) -> Fact:
        return self.writer.base.facts[name]

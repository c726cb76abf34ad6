"""Icon arrays: as many people as were counted, those who got it filled and framed."""

from __future__ import annotations

from factbase.base import Base
from factbase.drawn import ICONS
from factbase.model import Fact, Figure
from factbase.pictures.view import Block, Graphic, Group, Table, View, row

PER_ROW = 10
MOST = 100
WIDE, HIGH = 26, 34
"""Room of one person, in pixels."""


def countable(fact: Fact) -> list[Figure]:
    """The figures of a fact that can be drawn person by person."""
    return [item for item in fact.figures if item.count.isdigit() and item.of.isdigit() and 0 < int(item.of) <= MOST]


def view(base: Base, argument: str) -> View:
    """The array or arrays of one fact."""
    fact = base.facts[argument]
    figures = countable(fact)
    how = ["Each sign is one person.", "A filled sign in a frame is a person who got it."]
    if len(figures) > 1:
        how.append("Each array has its own number of people.")
    return View(
        name=f"{ICONS}-{fact.id}",
        title="Counted person by person",
        how=tuple(how),
        groups=(Group(tuple(_block(fact, figure, first=at == 0) for at, figure in enumerate(figures))),),
        table=Table(
            ("Who was counted", "How many", "Out of", "Followed"),
            tuple(
                row(_capital(item.who), item.count, item.of, item.follow_up or "not stated", facts=(fact.id,))
                for item in figures
            ),
        ),
        about=f"{figures[0].count} of {figures[0].of} people",
    )


def _block(fact: Fact, figure: Figure, *, first: bool) -> Block:
    count, of = int(figure.count), int(figure.of)
    people = [
        {"x": WIDE * (index % PER_ROW), "y": HIGH * (index // PER_ROW), "has": index < count} for index in range(of)
    ]
    width, height = WIDE * min(of, PER_ROW), HIGH * ((of - 1) // PER_ROW + 1)
    words = f"{count} of {of} people"
    values = {"people": people, "width": width, "height": height}
    told = f"{_capital(figure.who)}. Followed: {figure.follow_up or 'not stated'}."
    return Block(
        (fact.id,),
        words,
        (fact.claim, told) if first else (told,),
        Graphic("icons.svg", words, f"{words}: {figure.who}.", values),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]

"""Signs as they look on white, brown and black skin: schematic, told by pattern and words."""

from __future__ import annotations

from itertools import groupby

from factbase.base import Base
from factbase.drawn import Drawn, Part, Picture
from factbase.pictures.view import Block, Graphic, Group, Layout, Table, View, row

_SKIN = {
    Part.WHITE: "White skin",
    Part.BROWN: "Brown skin",
    Part.BLACK: "Black skin",
    Part.ANY_SKIN: "Any skin",
    Part.UNKNOWN: "Not known",
}


def view(base: Base, _: str) -> View:
    """The picture, one group a sign and one block a skin tone, in the order of the file."""
    rows = [item for item in base.drawn if item.picture is Picture.SKIN_TONES]
    groups = tuple(
        Group(tuple(_block(item) for item in items), label)
        for label, items in groupby(rows, key=lambda item: item.label)
    )
    return View(
        name=Picture.SKIN_TONES.value,
        title="Signs on white, brown and black skin",
        how=(
            "These are drawings, not photos: no drawing shows your own skin.",
            "Go by the words and by touch, not by the colours.",
        ),
        groups=groups,
        table=Table(
            ("Sign", "On", "How it looks or feels"),
            tuple(row(item.label, _SKIN[item.part], item.words or "", facts=item.facts) for item in rows),
        ),
        layout=Layout.TRIPLES,
    )


def _block(item: Drawn) -> Block:
    skin = _SKIN[item.part]
    graphic = Graphic(
        "tone.svg", f"{item.label}: {skin}", item.words or skin, {"skin": item.part.value, "symbol": item.symbol}
    )
    return Block(item.facts, skin, (item.words,) if item.words else (), graphic)

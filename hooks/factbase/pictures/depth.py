"""Skin in cross-section with needles beside it: depth is true to scale, from rows that name their facts."""

from __future__ import annotations

from string import ascii_uppercase

from factbase.base import Base
from factbase.drawn import Drawn, Part, Picture
from factbase.pictures.scale import rounded_up
from factbase.pictures.view import Block, Entry, Graphic, Group, Layout, Table, View, row

PER_MM = 96
"""Pixels of one millimetre of depth."""
SURFACE = 44
"""Where the skin begins, in pixels from the top: the needles' letters stand above it."""
_NOTHING = (0.0, 0.0)
LEFT, RIGHT = 17.0, 97.0
"""The needles stand between these, in per cent of the width; the scale stands left of them."""


def view(base: Base, _: str) -> View:
    """The picture: the layers in one drawing, and a key to the needles."""
    rows = [item for item in base.drawn if item.picture is Picture.SKIN_DEPTH]
    needles = [item for item in rows if item.part is Part.NEEDLE]
    layers = [item for item in rows if item.part is not Part.NEEDLE]
    drawing = _drawing(layers, needles)
    skin = Block(
        tuple(dict.fromkeys(name for item in layers for name in item.facts)),
        "The skin",
        tuple(f"{item.label}: {item.told}." for item in layers),
        drawing,
    )
    keys = tuple(
        Block(item.facts, f"{item.label}: {item.told}", (item.words,) if item.words else (), key=letter)
        for letter, item in zip(ascii_uppercase, needles, strict=False)
    )
    return View(
        name=Picture.SKIN_DEPTH.value,
        title="Needle lengths and skin, true to scale",
        how=(
            "Depth is drawn to scale, and width is not.",
            "A needle is drawn as if all of it went in.",
            "A dashed end shows the rest of a range.",
        ),
        key=_key(),
        groups=(Group((skin,)), Group(keys, "The needles")),
        table=Table(
            ("What", "How long or thick", "Who says so"),
            tuple(row(item.label, item.told, item.words or "", facts=item.facts) for item in rows),
        ),
        layout=Layout.PAIRS,
    )


def _drawing(layers: list[Drawn], needles: list[Drawn]) -> Graphic:
    outer, deeper, *_ = [*(item.range or _NOTHING for item in layers if item.part is Part.LAYER), _NOTHING, _NOTHING]
    longest = max((item.range[1] for item in needles if item.range), default=1.0)
    deep = rounded_up(longest * 10 + 1, 5) / 10
    step = (RIGHT - LEFT) / max(1, len(needles))
    drawn = [
        {
            "x": LEFT + step * (at + 0.5),
            "letter": ascii_uppercase[at],
            "low": _y(item.range[0]) - SURFACE,
            "high": _y(item.range[1]) - SURFACE,
        }
        for at, item in enumerate(needles)
        if item.range
    ]
    said = [f"{ascii_uppercase[at]}, {item.label}: {item.told}" for at, item in enumerate(needles)]
    values = {
        "height": _y(deep) + 2,
        "surface": SURFACE,
        "outer": PER_MM * outer[1],
        "deeper_from": _y(outer[1]),
        "ends_from": _y(outer[1] + deeper[0]),
        "ends_to": _y(outer[1] + deeper[1]),
        "bottom": _y(deep),
        "needles": drawn,
        "ticks": [{"y": _y(mm), "words": f"{mm} mm"} for mm in range(int(deep) + 1)],
        "left": LEFT,
    }
    desc = "The needles are drawn from the surface down. " + "; ".join(said) + "."
    return Graphic("skin.svg", "Skin cut through, with needles to scale", desc, values)


def _y(mm: float) -> float:
    return round(SURFACE + PER_MM * mm, 2)


def _key() -> tuple[Entry, ...]:
    parts = (
        ("outer", "Outer layer"),
        ("deeper", "Deeper layer"),
        ("ends", "Zone in which the deeper layer ends"),
        ("under", "Under the skin"),
    )
    return tuple(Entry(Graphic("skin-key.svg", values={"part": part}), words) for part, words in parts)

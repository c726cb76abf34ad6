"""The characters that the type of the PDFs has, read from its files."""

from __future__ import annotations

import functools
import struct
from pathlib import Path

FONTS = Path(__file__).parent / "pdf" / "fonts"
_SEGMENTS = 4
"""The format of a table that maps characters of the Basic Multilingual Plane in segments (OpenType, cmap)."""


@functools.cache
def letters() -> frozenset[str]:
    """Every character that all faces can draw."""
    return frozenset.intersection(*(_of(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def unprintable(text: str) -> str:
    """The characters of a text that cannot be printed, each once."""
    return "".join(dict.fromkeys(character for character in text if character not in letters()))


def _of(font: bytes) -> frozenset[str]:
    (tables,) = struct.unpack(">H", font[4:6])
    records = (struct.unpack(">4s4xII", font[place : place + 16]) for place in range(12, 12 + 16 * tables, 16))
    table = next(font[start : start + size] for tag, start, size in records if tag == b"cmap")
    (count,) = struct.unpack(">H", table[2:4])
    starts = (struct.unpack(">I", table[place : place + 4])[0] for place in range(8, 8 + 8 * count, 8))
    found = next(table[start:] for start in starts if table[start : start + 2] == _SEGMENTS.to_bytes(2, "big"))
    (twice,) = struct.unpack(">H", found[6:8])
    last = struct.unpack(f">{twice // 2}H", found[14 : 14 + twice])
    first = struct.unpack(f">{twice // 2}H", found[16 + twice : 16 + 2 * twice])
    return frozenset(chr(code) for low, high in zip(first, last, strict=True) for code in range(low, high + 1))

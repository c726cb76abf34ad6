"""A grey picture of four bytes a pixel → one byte a pixel and a palette: a third of the size, in the site's colours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

Colour = tuple[int, int, int]
_START = b"\x89PNG\r\n\x1a\n"
_RGBA_8 = struct.pack(">BBBBB", 8, 6, 0, 0, 0)
_PALETTE_8 = struct.pack(">BBBBB", 8, 3, 0, 0, 0)
_CHANNELS = 4


def tinted(png: bytes, dark: Colour, light: Colour) -> bytes:
    """The PNG `png` (8 bits RGBA, not interlaced, grey and opaque) with black as `dark` and white as `light`.

    Raises ValueError for another kind of PNG.
    """
    chunks = dict(_chunks(png))
    size, kind = chunks[b"IHDR"][:8], chunks[b"IHDR"][8:]
    if kind != _RGBA_8:
        raise ValueError("not an RGBA picture of 8 bits")
    width, _ = struct.unpack(">II", size)
    rows = zlib.decompress(chunks[b"IDAT"])
    length = 1 + width * _CHANNELS
    # PNG's filters work on each channel by itself: the filtered bytes of one channel are a filtered picture of its own.
    red = b"".join(
        rows[start : start + 1] + rows[start + 1 : start + length : _CHANNELS] for start in range(0, len(rows), length)
    )
    palette = bytes(
        round(low + (high - low) * grey / 255) for grey in range(256) for low, high in zip(dark, light, strict=True)
    )
    parts = ((b"IHDR", size + _PALETTE_8), (b"PLTE", palette), (b"IDAT", zlib.compress(red)), (b"IEND", b""))
    return _START + b"".join(_chunk(name, data) for name, data in parts)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks by name; the data of those with one name, which stand one after the other, put together."""
    at = len(_START)
    found: dict[bytes, bytes] = {}
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        name = png[at + 4 : at + 8]
        found[name] = found.get(name, b"") + png[at + 8 : at + 8 + size]
        at += 12 + size
    yield from found.items()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

"""Make the drawing of each page small: Typst writes lengths with up to eight decimals.

Three are finer than any printer; below 1, where a number may be a scale, five are kept.

A page of source notes has 100 KB of drawing before it is compressed. Works on the objects of a PDF that Typst wrote.
"""

from __future__ import annotations

import re
import zlib

_LEVEL = 9
_CONTENTS = re.compile(rb"<</Type/Page/.*?/Contents (\d+) 0 R", re.DOTALL)
_STREAM = re.compile(rb"^<<(.*?)>>\s*stream\n(.*)\nendstream$", re.DOTALL)
_PACKED = re.compile(rb"/Filter\s*/FlateDecode\b")
_LENGTH = re.compile(rb"/Length \d+")
# A string is matched first, so that a number in it stays.
_NUMBER = re.compile(rb"\((?:\\.|[^\\()])*\)|-?\d*\.\d{4,}", re.DOTALL)


def with_small_drawings(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The objects (number → body), the drawing of each page with rounded lengths and compressed as far as can be."""
    found = dict(objects)
    for body in objects.values():
        page = _CONTENTS.match(body)
        if page is not None:
            found[int(page[1])] = _small(objects[int(page[1])])
    return found


def _small(body: bytes) -> bytes:
    stream = _STREAM.match(body)
    if stream is None or not _PACKED.search(stream[1]):
        return body
    packed = zlib.compress(_NUMBER.sub(_rounded, zlib.decompress(stream[2])), _LEVEL)
    head = _LENGTH.sub(b"/Length %d" % len(packed), stream[1])
    return b"<<%b>>\nstream\n%b\nendstream" % (head, packed)


def _rounded(hit: re.Match[bytes]) -> bytes:
    if hit[0].startswith(b"("):
        return hit[0]
    number = float(hit[0])
    return (b"%.*f" % (3 if abs(number) >= 1 else 5, number)).rstrip(b"0").rstrip(b".")

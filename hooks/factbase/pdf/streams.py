"""Make the drawing of each page small: Typst writes lengths with up to eight decimals.

Four are finer than any printer, and fine enough for a scale.

A page of source notes has 100 KB of drawing before it is compressed. Works on the objects of a PDF that Typst wrote.
"""

from __future__ import annotations

import re
import zlib

_LEVEL = 8
"""One more takes twice the time for a hundredth of the size."""
_CONTENTS = re.compile(rb"<</Type/Page/.*?/Contents (\d+) 0 R", re.DOTALL)
_STREAM = re.compile(rb"^<<(.*?)>>\s*stream\n(.*)\nendstream$", re.DOTALL)
_PACKED = re.compile(rb"/Filter\s*/FlateDecode\b")
_LENGTH = re.compile(rb"/Length \d+")
_FINE = re.compile(rb"(?<=\.\d{4})\d+")
_IN_STRING = re.compile(rb"\([^()]*\d\.\d{4}")
"""Such a number in words, as in a DOI: that page keeps all its decimals."""


def with_small_drawings(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The objects (number → body), the drawing of each page with cut lengths and compressed as far as can be."""
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
    drawing = zlib.decompress(stream[2])
    packed = zlib.compress(drawing if _IN_STRING.search(drawing) else _FINE.sub(b"", drawing), _LEVEL)
    head = _LENGTH.sub(b"/Length %d" % len(packed), stream[1])
    return b"<<%b>>\nstream\n%b\nendstream" % (head, packed)

"""Make a PDF small: its many little objects move into compressed object streams (PDF 1.5).

Beside that the headers of table rows are added (`row_headers`), source notes tagged (`note_tags`) and drawings
shortened (`streams`).

Typst writes each object in the open, with a table of their places behind them; a tagged handbook has tens of
thousands. Works on files that Typst wrote and refuses others.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from factbase.pdf.note_tags import with_note_tags
from factbase.pdf.row_headers import with_row_headers
from factbase.pdf.streams import with_small_drawings

_LEVEL = 9
_IN_ONE = 500
_ROW_SIZE = 1 + 4 + 2
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\s*endobj\s*$", re.DOTALL)


def packed(pdf: bytes) -> bytes:
    """The same PDF with object streams. The same input gives the same bytes."""
    objects, trailer, first = _objects(pdf)
    objects = with_small_drawings(with_note_tags(with_row_headers(objects)))
    out = bytearray(pdf[:first])
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    small = []
    for number, body in objects.items():
        # A stream cannot stand inside another one.
        if body.endswith(b"endstream"):
            places[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        else:
            small.append(number)
    fresh = max(objects) + 1
    for start in range(0, len(small), _IN_ONE):
        group = small[start : start + _IN_ONE]
        places |= {number: (2, fresh, place) for place, number in enumerate(group)}
        places[fresh] = (1, len(out), 0)
        out += _object_stream(fresh, group, objects)
        fresh += 1
    places[fresh] = (1, len(out), 0)
    end = len(out)
    out += _cross_reference(fresh, places, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % end
    return bytes(out)


def _objects(pdf: bytes) -> tuple[dict[int, bytes], bytes, int]:
    """Every object by number, the entries of the trailer, and where the first object starts."""
    start = _found(_START.search(pdf[-64:]))
    table = int(start[1])
    head = _found(_TABLE.match(pdf, table))
    rows = _ROW.findall(pdf, head.end())[: int(head[1])]
    starts = sorted(int(place) for place, _, kind in rows if kind == b"n")
    found = {}
    for place, end in zip(starts, [*starts[1:], table], strict=True):
        hit = _found(_OBJECT.match(pdf[place:end]))
        found[int(hit[1])] = hit[2]
    trailer = re.sub(rb"/Size \d+", b"", _found(_TRAILER.search(pdf, table))[1])
    return dict(sorted(found.items())), trailer, starts[0]


def _found(hit: re.Match[bytes] | None) -> re.Match[bytes]:
    if hit is None:
        raise ValueError("not a PDF as Typst writes it")
    return hit


def _object_stream(number: int, group: list[int], objects: dict[int, bytes]) -> bytes:
    places = []
    body = bytearray()
    for name in group:
        places.append(b"%d %d" % (name, len(body)))
        body += objects[name] + b"\n"
    head = b" ".join(places) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(group), len(head))
    return _stream(number, entries, head + bytes(body))


def _cross_reference(number: int, places: dict[int, tuple[int, int, int]], trailer: bytes) -> bytes:
    rows = (
        b"%c%b%b" % (kind, first.to_bytes(4, "big"), second.to_bytes(2, "big"))
        for kind, first, second in (places.get(name, (0, 0, 65535)) for name in range(number + 1))
    )
    entries = b"/Type/XRef/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>/Size %d%b" % (
        _ROW_SIZE,
        number + 1,
        trailer,
    )
    return _stream(number, entries, b"".join(_differences(rows)))


def _differences(rows: Iterable[bytes]) -> Iterator[bytes]:
    """Each row as what differs from the row above (PNG's filter 2): places that grow step by step pack far better."""
    above = bytes(_ROW_SIZE)
    for row in rows:
        yield b"\x02" + bytes((now - before) & 255 for now, before in zip(row, above, strict=True))
        above = row


def _stream(number: int, entries: bytes, body: bytes) -> bytes:
    small = zlib.compress(body, _LEVEL)
    return b"%d 0 obj\n<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        entries,
        len(small),
        small,
    )

"""Tag the first cell of each row of a table as the row's header: Typst knows headers of columns only.

A screen reader then says "Swelling, day 3: call your clinic". Works on the objects of a PDF that Typst wrote.
"""

from __future__ import annotations

import re

from factbase.pdf.tag_names import with_names

_ROW = re.compile(rb"^<</Type/StructElem/S/TR/P (\d+) 0 R/K\[((?:\d+ 0 R ?)+)\]>>$")
_BODY = b"<</Type/StructElem/S/TBody/"
_CELL = b"<</Type/StructElem/S/TD/"
_HEADERS = re.compile(rb"/O/Table((?:/(?:ColSpan|RowSpan) \d+)*)/Headers\[([^\]]*)\]")


def with_row_headers(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The objects (number → body), with a header cell at the start of each row of a table's body.

    The row's other cells name it beside the header of their column, and the tree of names leads to it.
    """
    found = dict(objects)
    named: dict[bytes, int] = {}
    for body in objects.values():
        row = _ROW.match(body)
        if row is None or not objects[int(row[1])].startswith(_BODY):
            continue
        first, *others = (int(number) for number in re.findall(rb"(\d+) 0 R", row[2]))
        if not others or not objects[first].startswith(_CELL):
            continue
        name = b"Row %d" % first
        named[name] = first
        header = objects[first].replace(_CELL, b"<</Type/StructElem/S/TH/ID(%b)/" % name, 1)
        found[first] = _HEADERS.sub(rb"/O/Table\1/Scope/Row/Headers[\2]", header, count=1)
        for number in others:
            found[number] = _HEADERS.sub(rb"/O/Table\1/Headers[\2(%b)]" % name, found[number], count=1)
    return with_names(found, named)

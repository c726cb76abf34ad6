"""Tag the first cell of each row of a table as the row's header: Typst knows headers of columns only.

A screen reader then says "Swelling, day 3: call your clinic". Works on the objects of a PDF that Typst wrote.
"""

from __future__ import annotations

import re

_ROW = re.compile(rb"^<</Type/StructElem/S/TR/P (\d+) 0 R/K\[((?:\d+ 0 R ?)+)\]>>$")
_BODY = b"<</Type/StructElem/S/TBody/"
_CELL = b"<</Type/StructElem/S/TD/"
_HEADERS = re.compile(rb"/O/Table((?:/(?:ColSpan|RowSpan) \d+)*)/Headers\[([^\]]*)\]")
_NAMES = re.compile(rb"/IDTree<</Names\[(.*?)\]>>", re.DOTALL)
_NAME = re.compile(rb"\(([^()\\]*)\)(\d+ 0 R)")


def with_row_headers(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The objects (number → body), with a header cell at the start of each row of a table's body.

    The row's other cells name it beside the header of their column, and the tree of names leads to it.
    """
    found = dict(objects)
    named: dict[bytes, bytes] = {}
    for body in objects.values():
        row = _ROW.match(body)
        if row is None or not objects[int(row[1])].startswith(_BODY):
            continue
        first, *others = (int(number) for number in re.findall(rb"(\d+) 0 R", row[2]))
        if not others or not objects[first].startswith(_CELL):
            continue
        name = b"Row %d" % first
        named[name] = b"%d 0 R" % first
        header = objects[first].replace(_CELL, b"<</Type/StructElem/S/TH/ID(%b)/" % name, 1)
        found[first] = _HEADERS.sub(rb"/O/Table\1/Scope/Row/Headers[\2]", header, count=1)
        for number in others:
            found[number] = _HEADERS.sub(rb"/O/Table\1/Headers[\2(%b)]" % name, found[number], count=1)
    return {number: _with_names(body, named) for number, body in found.items()} if named else found


def _with_names(body: bytes, named: dict[bytes, bytes]) -> bytes:
    """The root of the tags with the new names in its list, which is in the order of the bytes."""
    tree = _NAMES.search(body)
    if tree is None:
        return body
    names = dict(_NAME.findall(tree[1])) | named
    listed = b"".join(b"(%b)%b" % (name, names[name]) for name in sorted(names))
    return body[: tree.start(1)] + listed + body[tree.end(1) :]

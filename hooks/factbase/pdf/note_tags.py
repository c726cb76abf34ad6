"""Tag the source notes behind a text as notes: Typst knows a list there, and tags only what stands at a page's foot.

A screen reader then tells a note from a list of the text. PDF/UA-1 (7.9) asks that each note has a name of its own.
Works on the objects of a PDF that Typst wrote.
"""

from __future__ import annotations

import re

from factbase.pdf.tag_names import with_names

_TAG = b"<</Type/StructElem/S/"
_LIST = re.compile(
    rb"^<</Type/StructElem/S/L/P (\d+ 0 R)(?:/A\[<</O/List/ListNumbering/\w+>>\])?/K\[((?:\d+ 0 R ?)+)\](.*)$"
)
_ITEM = re.compile(rb"^<</Type/StructElem/S/LI/P \d+ 0 R/K\[(\d+) 0 R (\d+) 0 R\]")
_BACK = re.compile(rb"^<</Type/StructElem/S/Lbl/P \d+ 0 R/K\[(\d+) 0 R\]")


def with_note_tags(objects: dict[int, bytes]) -> dict[int, bytes]:
    """The objects (number → body), with a note in the place of each item of a list whose numbers are links.

    Its number stays its label. The list itself becomes a plain group.
    """
    found = dict(objects)
    named: dict[bytes, int] = {}
    for place, body in objects.items():
        listing = _LIST.match(body)
        items = [int(number) for number in re.findall(rb"(\d+) 0 R", listing[2])] if listing else []
        notes = {item: words for item in items if (words := _words_of(item, objects)) is not None}
        if listing is None or len(notes) < len(items):
            continue
        found[place] = b"%bDiv/P %b/K[%b]%b" % (_TAG, listing[1], listing[2], listing[3])
        for item, words in notes.items():
            name = b"Note %d" % item
            named[name] = item
            found[item] = objects[item].replace(_TAG + b"LI/", _TAG + b"Note/ID(%b)/" % name, 1)
            found[words] = objects[words].replace(_TAG + b"LBody/", _TAG + b"P/", 1)
    return with_names(found, named)


def _words_of(item: int, objects: dict[int, bytes]) -> int | None:
    """The words of a list's item whose label is a link, the way back to the mark in the text; None of any other."""
    parts = _ITEM.match(objects[item])
    back = _BACK.match(objects[int(parts[1])]) if parts else None
    if parts is None or back is None or not objects[int(back[1])].startswith(_TAG + b"Link/"):
        return None
    return int(parts[2])

"""Read a tagged PDF as a screen reader does: the structure tree, and the words of each element in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_HEX = rb"<([0-9A-Fa-f]+)>"


@dataclass
class Element:
    """A structure element: its kind, what its entries tell, its words and the elements inside."""

    kind: str
    told: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words inside, in order, with single spaces."""
        text = "".join(part if isinstance(part, str) else part.words for part in self.inside)
        return " ".join(text.replace("\u2060", "").replace("\u200b", "").split())

    @property
    def spoken(self) -> str:
        """The words without note marks and the numbers of lists."""
        text = "".join(
            part if isinstance(part, str) else "" if part.kind == "Lbl" or part.is_mark else part.spoken
            for part in self.inside
        )
        return " ".join(text.replace("\u2060", "").replace("\u200b", "").split())

    @property
    def is_mark(self) -> bool:
        """Whether this is the mark of a source note: a link whose only word is a number."""
        return self.kind == "Link" and self.words.isdigit()

    def all(self, kind: str) -> list[Element]:
        """Every element of a kind inside, in order."""
        return [found for found in self.walk() if found.kind == kind]

    def walk(self) -> Iterator[Element]:
        """Every element inside, in order."""
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.walk()


def tree(pdf: pikepdf.Pdf) -> Element:
    """The document element of a tagged PDF."""
    words = {page.obj.objgen: _marked(page) for page in pdf.pages}
    top = Element("Root")
    _fill(top, pdf.Root.StructTreeRoot.K, None, words)
    (document,) = [part for part in top.inside if isinstance(part, Element)]
    return document


def words_by_page(pdf: pikepdf.Pdf) -> list[str]:
    """The words of each page, with single spaces."""
    pages = ["".join(_marked(page).values()) for page in pdf.pages]
    return [" ".join(text.replace("\u2060", "").replace("\u200b", "").split()) for text in pages]


def _fill(element: Element, kids: Any, page: Any, words: dict[Any, dict[int, str]]) -> None:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            element.inside.append(words[page].get(kid, ""))  # a picture has no words
        elif "/S" in kid:
            own = kid.Pg.objgen if "/Pg" in kid else page
            # Read now: the file may be closed when a test asks.
            told = {name: str(kid[name]) for name in ("/Alt", "/ID", "/A", "/Lang") if name in kid}
            child = Element(str(kid.S)[1:], told)
            element.inside.append(child)
            if "/K" in kid:
                _fill(child, kid.K, own, words)
        elif "/MCID" in kid:
            at = kid.Pg.objgen if "/Pg" in kid else page
            element.inside.append(words[at].get(int(kid.MCID), ""))


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """Marked-content number → the words drawn in it."""
    fonts = {name: _to_unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    font: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                number = operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
                open_marks.append(None if number is None else int(number))
            case "BMC":
                open_marks.append(None)
            case "EMC":
                open_marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                at = next((number for number in reversed(open_marks) if number is not None), -1)
                text = "".join(_decoded(bytes(part), font) for part in parts if isinstance(part, pikepdf.String))
                # Lines are drawn one by one; each keeps the space at its end.
                found[at] = found.get(at, "") + text
    return found


def _decoded(codes: bytes, font: dict[bytes, str]) -> str:
    return "".join(font.get(codes[at : at + 2], "?") for at in range(0, len(codes), 2))


def _to_unicode(font: Any) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes()
    found: dict[bytes, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(_HEX + rb"\s*" + _HEX, block):
            found[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return found

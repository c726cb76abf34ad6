"""Hide the HTML in a rendered page from Markdown: it would read every tag, twice, and leave it as it is. Pure.

Most of a page is HTML already when Markdown gets it. Here each run of tags becomes two private characters around
a number, and each block of pure HTML a paragraph of its own that holds one. `restored` puts everything back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPEN, _CLOSE = "\ue000", "\ue001"
_TAGS = re.compile(r"(?:<sup\b[^>]*>.*?</sup>|<[a-z/][^<>]*>|&#?\w+;)+")
_BLOCK = re.compile(r"<(?!span\b|/|!)([a-z]+)\b")
_MARKED = 'markdown="1"'
_BACK = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
_BLOCK_BACK = re.compile(rf"<p>{_OPEN}(\d+){_CLOSE}</p>")
_ID = re.compile(r"<[^>]*?\sid=[\"']?([^\"'\s>]+)")


@dataclass(frozen=True, slots=True)
class Shielded:
    """Markdown without the HTML in it, the HTML in the order of its numbers, and the ids that stand there."""

    markdown: str
    pieces: tuple[str, ...]

    @property
    def ids(self) -> set[str]:
        """Every id that a link may lead to."""
        return {name for piece in self.pieces for name in _ID.findall(piece)}


def shielded(markdown: str) -> Shielded:
    """A page's Markdown with its HTML hidden. Text that holds a private character already is left alone."""
    if _OPEN in markdown or _CLOSE in markdown:
        return Shielded(markdown, ())
    pieces: list[str] = []

    def hide(text: str) -> str:
        pieces.append(text)
        return f"{_OPEN}{len(pieces) - 1}{_CLOSE}"

    chunks: list[str] = []
    rest = markdown.split("\n\n")[::-1]
    while rest:
        chunk = rest.pop()
        if block := _BLOCK.match(chunk):
            while rest and not _ends(chunk, block[1]) and _MARKED not in chunk:
                chunk += f"\n\n{rest.pop()}"
        if _MARKED in chunk or chunk.startswith("</"):
            chunks.append(chunk)  # the two ends of HTML that holds Markdown: these tags must be seen
        elif block:
            chunks.append(hide(chunk.rstrip("\n")))
        else:
            chunks.append(_TAGS.sub(lambda hit: hide(hit[0]), chunk))
    return Shielded("\n\n".join(chunks), tuple(pieces))


def restored(html: str, pieces: Sequence[str]) -> str:
    """The HTML that Markdown made of a shielded page, with everything back in its place."""

    def piece(hit: re.Match[str]) -> str:
        return pieces[int(hit[1])]

    return _BACK.sub(piece, _BLOCK_BACK.sub(piece, html)) if pieces else html


def _ends(chunk: str, name: str) -> bool:
    """Whether a block of HTML that starts with the element `name` is whole."""
    return len(re.findall(rf"<{name}\b", chunk)) <= chunk.count(f"</{name}>")

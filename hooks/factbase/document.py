"""Which documents there are: each leaflet and the handbook, on each paper, in standard and in large print."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from factbase.leaflet import Leaflet

INDEX = "index.json"
HANDBOOK = "handbook"
HANDBOOK_TITLE = "The handbook"
OFFLINE_COPY = "microneedling-plainly.zip"
"""The file of the offline copy: it is made last, of the finished site."""
MOST_PAGES = 2
"""Of a leaflet in standard print."""


class Paper(StrEnum):
    A4 = "a4"
    LETTER = "letter"

    @property
    def words(self) -> str:
        """The paper as a page prints it."""
        return {"a4": "A4", "letter": "US Letter"}[self.value]

    @property
    def typst(self) -> str:
        """The name that Typst has for it."""
        return {"a4": "a4", "letter": "us-letter"}[self.value]


class Print(StrEnum):
    STANDARD = "standard"
    LARGE = "large"

    @property
    def words(self) -> str:
        """The size as a page prints it."""
        return {"standard": "Standard print", "large": "Large print"}[self.value]


@dataclass(frozen=True, slots=True)
class Document:
    """One file to make. `leaflet` is None for the handbook; a `front` leaf opens with the clinic's numbers."""

    id: str
    title: str
    paper: Paper
    print: Print
    leaflet: Leaflet | None = None
    front: bool = False

    @property
    def file(self) -> str:
        """Name of its file: `aftercare-large-a4.pdf`."""
        large = "-large" if self.print is Print.LARGE else ""
        return f"{self.id}{large}-{self.paper.value}.pdf"


@dataclass(frozen=True, slots=True)
class Download:
    """One file that was made, as downloads/index.json lists it. What is not printed has no `paper` and `print`."""

    id: str
    file: str
    title: str
    version: str
    sha256: str
    pages: int
    bytes: int
    paper: str | None
    print: str | None
    page: str | None

    @property
    def size(self) -> str:
        """Its size in words: `84 KB`, `1.2 MB`."""
        return size_of(self.bytes)

    @property
    def offline(self) -> bool:
        """Whether the offline copy holds it: all in standard print, but of the handbook, which is large, only one."""
        return self.print == Print.STANDARD and (self.id != HANDBOOK or self.paper == Paper.A4)

    @property
    def length(self) -> str:
        """Its pages in words."""
        return f"{self.pages} page" + ("s" if self.pages > 1 else "")

    @property
    def kind(self) -> str:
        """Paper, and the print where it is large: `A4, large print`."""
        large = f", {Print.LARGE.words.lower()}" if self.print == Print.LARGE else ""
        return (Paper(self.paper).words if self.paper else "") + large


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic that hands the leaflet out: its name, and lines such as telephone numbers."""

    name: str
    lines: tuple[str, ...] = ()


def documents(leaflets: tuple[Leaflet, ...]) -> Iterator[Document]:
    """Every file to make. The handbook first: it takes longest."""
    for paper in Paper:
        yield Document(HANDBOOK, HANDBOOK_TITLE, paper, Print.STANDARD)
    for leaflet in leaflets:
        for size in Print:
            for paper in Paper:
                yield Document(leaflet.id, leaflet.title, paper, size, leaflet)


def downloads_of(folder: Path) -> tuple[Download, ...]:
    """The files listed in a folder's index.json."""
    return tuple(Download(**item) for item in json.loads((folder / INDEX).read_text("utf-8")))


def list_downloads(folder: Path, downloads: Iterable[Download]) -> None:
    """Write a folder's index.json."""
    listed = [dataclasses.asdict(item) for item in downloads]
    (folder / INDEX).write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", "utf-8")


def size_of(count: int) -> str:
    """A number of bytes in words."""
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"


def day(date: datetime.date) -> str:
    """A date as a reader says it: `21 November 2026`."""
    return f"{date.day} {date:%B} {date.year}"

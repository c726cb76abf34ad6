"""The list of leaflets and handbook to download (`[[downloads]]`); it follows the article, as the sources do."""

from __future__ import annotations

from itertools import groupby

from factbase.base import Base
from factbase.document import OFFLINE_COPY, documents
from factbase.fragments import fill
from factbase.writer import Writer


def downloads(_: Writer, __: str) -> list[str]:
    """The heading of the list."""
    return ["## All downloads {#all-downloads}"]


def all_downloads(base: Base) -> str:
    """Each document with its files, their pages and sizes; only the titles where no build has made the files yet."""
    made = [(title, list(files)) for title, files in groupby(base.downloads, key=lambda item: item.title)]
    planned = dict.fromkeys(document.title for document in documents(base.leaflets))
    return str(fill("downloads.html", made=made, planned=planned, zip=OFFLINE_COPY))

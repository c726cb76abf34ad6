"""From files to rendered pages, once a build: load, then check and render at the same time; or all as remembered."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from pathlib import Path

from factbase.base import Base
from factbase.carry import Carried, Ready, carried, ready
from factbase.check import check, in_one
from factbase.document import downloads_of
from factbase.edition import CLINIC_VARIABLE, edition
from factbase.load import load
from factbase.problem import Problem
from factbase.remember import BASE, PAGES, fingerprint, keep, recall
from factbase.workers import shared, workers


class Prepared:
    """A project's base and rendered pages, or what is wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clinic = os.environ.get(CLINIC_VARIABLE)
        # A clinic's edition is never remembered: the next build may be another's.
        self.key = b"" if self.clinic else fingerprint(root)
        self.address = os.environ.get("SITE_URL") or os.environ.get("URL") or None
        self.base: Base | None = recall(root / BASE, self.key, Base)
        self.pages: dict[str, Ready] | None = recall(root / PAGES, self._pages_key, dict) if self.base else None
        if self.base:
            self.base = dataclasses.replace(self.base, address=self.address)
        self._known = self.pages is not None
        self.problems: list[Problem] = []
        if self.base is None or self.pages is None:
            self._make()

    def _make(self) -> None:
        base, unread = load(self.root)
        wrong: list[Problem] = []
        if self.clinic:
            base, wrong, _ = edition(base, Path(self.clinic), Path(self.clinic).name)
        self.base = dataclasses.replace(base, address=self.address)
        with workers(self.base) as pool:
            found = pool.submit(_judge)
            pages = {page.path: pool.submit(_ready, number) for number, page in enumerate(self.base.pages)}
            self.problems = in_one([*unread, *wrong], found.result())
            if self.problems:
                # What was rendered of a bad base, and what went wrong with it, does not matter.
                pool.shutdown(wait=False, cancel_futures=True)
                return
            self.pages = {path: future.result() for path, future in pages.items()}

    def with_downloads(self, folder: Path | None) -> tuple[Base, Carried]:
        """The good base with the PDFs that were made in `folder`, if any, and its pages for MkDocs."""
        assert self.base is not None
        base = dataclasses.replace(self.base, downloads=downloads_of(folder) if folder else ())
        return base, carried(base, self.pages)

    def keep(self) -> None:
        """Remember a good base and its pages for the next time."""
        if not self._known and not self.problems:
            assert self.base is not None
            keep(self.root / BASE, self.key, dataclasses.replace(self.base, address=None))
            keep(self.root / PAGES, self._pages_key, self.pages)

    @property
    def _pages_key(self) -> bytes:
        """Pages print the address of the site too."""
        return self.key and hashlib.sha256(self.key + (self.address or "").encode()).digest()


def _judge() -> list[Problem]:
    return check(shared())


def _ready(number: int) -> Ready:
    base: Base = shared()
    return ready(base.pages[number], base)

"""Where the target of a link stands on the site today, following everything that has moved. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from factbase.base import Base
from factbase.course import Point, SignGroup
from factbase.document import Document, Paper, Print, documents
from factbase.markup import plain
from factbase.model import Status
from factbase.normal import Part, cell_anchor
from factbase.page import Generated, Heading, Page, walk
from factbase.problem import Place
from factbase.sections import titles_of_parts

LAST_DAY = 14
"""Days up to this one have a link each, as they can be chosen one by one on the page."""
GONE = "gone-"
"""Start of the anchors under which the page of changes lists facts that were retired without a successor."""


def page_path(slug: str) -> str:
    """The address of a page, relative to the site: `aftercare/`; that of the home page is empty."""
    return "" if slug == "index" else f"{slug}/"


class Places:
    """The places of one base."""

    def __init__(self, base: Base) -> None:
        self.base = base

    def path(self, target: str) -> str | None:
        """Where a target stands now, relative to the site (`aftercare/#sun`), or None where it is gone."""
        return self._path(target, frozenset())

    def is_page_name(self, target: str) -> bool:
        """Whether a target is a whole page, there or gone."""
        return ":" not in target and "#" not in target

    def title(self, target: str) -> str | None:
        """The title of a page or section, or None for other targets."""
        slug, _, anchor = target.partition("#")
        page = self.base.page(slug)
        if page is None or not anchor:
            return page.meta.title if page else None
        return self.sections(page).get(anchor, (None, None))[0]

    def leaflet(self, name: str) -> str | None:
        """The id under which a leaflet is printed now, or None where there is no such leaflet any more."""
        seen: set[str] = set()
        known = {leaflet.id for leaflet in self.base.leaflets}
        while name not in known and name not in seen:
            seen.add(name)
            name = self._moves.get(f"leaflet:{name}", "").removeprefix("leaflet:")
        return name if name in known else None

    def sections(self, page: Page) -> Mapping[str, tuple[str, Place]]:
        """Anchor → title and place of every section and generated answer of a page."""
        found: dict[str, tuple[str, Place]] = {}
        for block in walk(page.blocks):
            if isinstance(block, Heading) and block.anchor:
                found.setdefault(block.anchor, (plain(block.text), block.place))
        for placed in self.base.placed(page):
            if placed.anchor:
                found.setdefault(placed.anchor, (self._titles.get(placed.anchor, page.meta.title), placed.place))
        return found

    @cached_property
    def normal(self) -> Page | None:
        """The page that prints the signs of plain needling by day."""
        return self._healing.get(Part.NEEDLING)

    @cached_property
    def changes(self) -> Page | None:
        """The page that lists what has changed."""
        return next((page for page in self.base.pages if _prints(page, "changes") is not None), None)

    @cached_property
    def _healing(self) -> dict[str, Page]:
        return {found.argument: page for page in self.base.pages if (found := _prints(page, "healing", calendar=False))}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return titles_of_parts(self.base)

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {page.slug: frozenset(self.sections(page)) for page in self.base.pages}

    @cached_property
    def _moves(self) -> dict[str, str]:
        return {chosen.was: chosen.to for chosen in self.base.links if chosen.was}

    @cached_property
    def _files(self) -> dict[str, str]:
        found = {}
        for document in documents(self.base.leaflets):
            form = form_of(document)
            found[f"leaflet:{document.id}" + (f"@{form}" if form else "")] = f"downloads/{document.file}"
        return found

    def _path(self, target: str, seen: frozenset[str]) -> str | None:
        if target in seen:
            return None  # moves that go round in a circle lead nowhere
        found = self.today(target)
        if found is None and (moved := self._moved(target)) is not None:
            return self._path(moved, seen | {target})
        return found

    def today(self, target: str) -> str | None:
        """The place of a target that has not moved; None for one that is gone."""
        kind, _, name = target.partition(":")
        if not name:
            return self._page(target)
        thing, _, part = name.partition("@")
        match kind:
            case "fact":
                return self._fact(thing)
            case "leaflet":
                return self._files.get(target)
            case "day":
                return f"{page_path(self.normal.slug)}#day-{name}" if self.normal else None
            case "sign" | "cell":
                return self._sign(thing, part)
            case "changes":
                return self._changes(thing, part)
        return None

    def _page(self, target: str) -> str | None:
        slug, _, anchor = target.partition("#")
        if slug not in self._anchors or (anchor and anchor not in self._anchors[slug]):
            return None
        return page_path(slug) + (f"#{anchor}" if anchor else "")

    def _fact(self, name: str) -> str | None:
        fact = self.base.facts.get(name)
        if fact is None:
            return None
        if fact.status is Status.RETIRED:
            if fact.moved_to or not fact.reason:
                return None
            return f"{page_path(self.changes.slug)}#{GONE}{name}" if self.changes else ""
        home = self.base.homes.get(name)
        return None if home is None else f"{page_path(home)}#claim-{name}"

    def _sign(self, name: str, point: str) -> str | None:
        sign = next((sign for sign in self.base.signs_seen if sign.id == name), None)
        page = self._healing.get(Part.RF if sign and sign.group is SignGroup.RF else Part.NEEDLING)
        if sign is None or page is None:
            return None
        if not point:
            return f"{page_path(page.slug)}#{name}"
        found = sign.cell(Point(point)) if point in list(Point) else None
        return f"{page_path(page.slug)}#{cell_anchor(sign, found.at)}" if found else None

    def _changes(self, version: str, leaflet: str) -> str | None:
        """The comparison with a release. The version that is being written has none yet: the page says so."""
        if self.changes is None:
            return None
        if any(release.version == version for release in self.base.releases):
            return f"changes/{version}/" + (f"{leaflet}/" if leaflet else "")
        return page_path(self.changes.slug) if version == self.base.site.version else None

    def _moved(self, target: str) -> str | None:
        """The target that took the place of this one: by a line of its own, or by one of the whole it belonged to."""
        if target in self._moves:
            return self._moves[target]
        if target.startswith("fact:"):
            fact = self.base.facts.get(target.removeprefix("fact:"))
            return f"fact:{fact.moved_to}" if fact and fact.status is Status.RETIRED and fact.moved_to else None
        if hit := re.fullmatch(r"cell:(?P<sign>[^@]+)@(?P<point>.+)", target):
            to = self._moves.get(f"sign:{hit['sign']}", "")
            return f"cell:{to.removeprefix('sign:')}@{hit['point']}" if to.startswith("sign:") else (to or None)
        if hit := re.fullmatch(r"(?P<leaflet>leaflet:[^@]+)@(?P<form>.+)", target):
            to = self._moves.get(hit["leaflet"], "")
            return f"{to}@{hit['form']}" if to.startswith("leaflet:") else (to or None)
        slug, _, anchor = target.partition("#")
        to = self._moves.get(slug, "") if anchor else ""
        return f"{to}#{anchor}" if to and self.is_page_name(to) else None


def form_of(document: Document) -> str:
    """The form of a printed document in links: empty for A4 in standard print, else `large`, `letter` or both."""
    large = ["large"] if document.print is Print.LARGE else []
    return "-".join([*large, *(["letter"] if document.paper is Paper.LETTER else [])])


def _prints(page: Page, name: str, *, calendar: bool = True) -> Generated | None:
    """The generated part of this name on a page, if there is one."""
    for block in walk(page.blocks):
        if isinstance(block, Generated) and block.name == name and (calendar or block.argument != Part.CALENDAR):
            return block
    return None

"""Permanent short links: every page, answer, day, healing cell, leaflet and fact under a speakable name. Pure.

A link has a name (`day-3-dark-marks`) and a target, which says what it means rather than where that stands today:

| target | what it is |
|---|---|
| `aftercare`, `aftercare#sun` | a page, a section of it |
| `day:3`, `sign:dark-marks`, `cell:dark-marks@days-2-3` | a day, a sign, and a sign at a time point |
| `leaflet:aftercare`, `leaflet:aftercare@large-letter` | a leaflet: A4 in standard print, or in another form |
| `fact:<id>` | a fact, on the page that prints it |
| `changes:0.1.0`, `changes:0.1.0@aftercare` | what has changed since a release, for all or for one leaflet |

A name that has been published is served for ever: see `places.Places`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from factbase.base import Base
from factbase.built import REDIRECTS
from factbase.course import Point
from factbase.document import Print, documents
from factbase.fragments import fill
from factbase.places import LAST_DAY, Places, form_of, page_path
from factbase.problem import Place

HOME = "home"
"""What the home page is called in a link."""
FOLDER = REDIRECTS


class LinkKind(StrEnum):
    """What a link leads to. Where two links want one name, the kind that stands first here has it."""

    PAGE = "page"
    CHOSEN = "chosen"
    DAY = "day"
    LEAFLET = "leaflet"
    CELL = "cell"
    CHANGES = "changes"
    SECTION = "section"
    FACT = "fact"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class ShortLink:
    """One link. `path` is where it leads now, relative to the site: `aftercare/#sun`; `title` is for a reader."""

    name: str
    kind: LinkKind
    target: str
    path: str
    title: str
    where: Place

    @property
    def short(self) -> str:
        """The link itself, from the root of the site: `/go/aftercare`."""
        return f"/{FOLDER}/{self.name}"


def short_links(places: Places) -> tuple[ShortLink, ...]:
    """Every link that the site serves, each name once: those of today, then published ones whose target has moved."""
    served: dict[str, ShortLink] = {}
    for link in wanted_links(places):
        served.setdefault(link.name, link)
    for name, published in places.base.published.items():
        path = places.path(published.target)
        if name not in served and path is not None:
            served[name] = ShortLink(name, LinkKind.OLD, published.target, path, name, published.place)
    return tuple(served.values())


def wanted_links(places: Places) -> Iterator[ShortLink]:
    """Every link that pages, data and data/links.yml ask for. A name may be asked for twice: the rules say so."""
    for name, kind, target, title, where in _wanted(places.base, places):
        path = places.path(target)
        if path is not None:
            yield ShortLink(name, kind, target, path, title, where)


_Wanted = Iterator[tuple[str, LinkKind, str, str, Place]]


def _wanted(base: Base, places: Places) -> _Wanted:
    for page in base.pages:
        name = HOME if page.slug == "index" else page.slug
        yield name, LinkKind.PAGE, page.slug, page.meta.title, page.meta.where.record
    for chosen in base.links:
        yield chosen.id, LinkKind.CHOSEN, chosen.to, places.title(chosen.to) or chosen.id, chosen.where.record
    yield from _days(base, places)
    yield from _leaflets(base)
    yield from _cells(base)
    yield from _changes(base, places)
    for page in base.pages:
        name = HOME if page.slug == "index" else page.slug
        for anchor, (title, where) in places.sections(page).items():
            yield f"{name}-{anchor}", LinkKind.SECTION, f"{page.slug}#{anchor}", title, where
    for fact in base.facts.values():
        yield f"fact-{fact.id}", LinkKind.FACT, f"fact:{fact.id}", fact.claim, fact.where.record


def _days(base: Base, places: Places) -> _Wanted:
    where = Place("data/healing.yml")
    if places.normal is None or not base.signs_seen:
        return
    for day in range(LAST_DAY + 1):
        yield f"day-{day}", LinkKind.DAY, f"day:{day}", f"Day {day}", where
    for point in Point:
        if not point.value.startswith("day-"):
            yield point.value, LinkKind.DAY, f"day:{point.days[0]}", point.words, where


def _cells(base: Base) -> _Wanted:
    """Each cell by its time point, and by each day that a person would name."""
    for sign in base.signs_seen:
        for cell in sign.cells:
            first, last = cell.at.days
            target = f"cell:{sign.id}@{cell.at.value}"
            title = f"{sign.sign}: {cell.at.words.lower()}"
            yield f"{cell.at.value}-{sign.id}", LinkKind.CELL, target, title, cell.where.record
            if cell.at.value.startswith("days-"):
                for day in range(first, last + 1):
                    yield f"day-{day}-{sign.id}", LinkKind.CELL, target, title, cell.where.record


def _leaflets(base: Base) -> _Wanted:
    for document in documents(base.leaflets):
        where = document.leaflet.where.record if document.leaflet else Place("docs/index.md")
        form = form_of(document)
        stem = f"leaflet-{document.id}" if document.leaflet else document.id
        target = f"leaflet:{document.id}" + (f"@{form}" if form else "")
        large = ", large print" if document.print is Print.LARGE else ""
        title = f"{document.title}, {document.paper.words}{large}"
        yield f"{stem}-{form}" if form else stem, LinkKind.LEAFLET, target, title, where


def _changes(base: Base, places: Places) -> _Wanted:
    """What has changed since each release, and since the version that is being written."""
    if places.changes is None:
        return
    now = base.site.version
    ids = tuple(document.id for document in documents(base.leaflets))
    versions = {now: ids} | {release.version: tuple(release.leaflets) for release in base.releases}
    for version, leaflets in versions.items():
        where = Place(f"data/releases/{version}.json")
        title = f"What has changed since version {version}"
        yield f"changes-{version}", LinkKind.CHANGES, f"changes:{version}", title, where
        for leaflet in dict.fromkeys(leaflets):
            target = f"changes:{version}@{leaflet}"
            yield f"changes-{leaflet}-{version}", LinkKind.CHANGES, target, f"{title}: {leaflet}", where


def links_json(links: tuple[ShortLink, ...]) -> dict[str, str]:
    """Short link → where it leads, from the root of the site: `/go/aftercare` → `/aftercare/`."""
    return {link.short: f"/{link.path}" for link in links}


def redirects(links: tuple[ShortLink, ...], moved: dict[str, str]) -> str:
    """Links and pages that have moved (old path → new path) as Netlify's `_redirects`.

    Forced (`!`), because a page for other hosts stands at the same address. Not permanent (301): a browser would
    keep the target for ever, and the target of a permanent address may move. A browser carries the fragment of
    the address that was called (`#treated=2026-11-20`) over to a target that has none.
    """
    lines = [f"/{old} /{new} 302!" for old, new in moved.items()]
    lines += [f"{link.short} /{link.path} 302!" for link in links]
    return "".join(f"{line}\n" for line in lines)


def redirect_page(old: str, new: str, title: str) -> str:
    """The page that stands at path `old` on a host without redirects, and leads to path `new`. No inline script."""
    up = "../" * old.strip("/").count("/") + "../"
    return str(fill("redirect.html", up=up, to=up + new, title=title))


def page_redirects(places: Places) -> dict[str, str]:
    """Old path → new path of every page that has moved."""
    found = {}
    for chosen in places.base.links:
        if chosen.was and places.is_page_name(chosen.was) and places.base.page(chosen.was) is None:
            path = places.path(chosen.was)
            if path is not None:
                found[page_path(chosen.was)] = path
    return found

"""Views of an answer or a leaflet, for a frame on a clinic's own page, and the same as JSON. Pure.

An answer is a section of a page that tells at least one fact, or the answer to a popular claim. Its name is that of
its short link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from factbase.base import Base
from factbase.document import Document, Paper, Print
from factbase.fragments import fill
from factbase.heard import Heard
from factbase.leaflet import Leaflet, Part
from factbase.links import HOME
from factbase.markup import plain
from factbase.page import Block, Generated, Heading, Listing, Page, walk
from factbase.pdf.render import leaflet_hash
from factbase.places import page_path
from factbase.plain.blocks import Blocks
from factbase.plain.sheet import Pieces, Sheet
from factbase.review import standing
from factbase.reviewed import standing_words

UP = "../../"
"""From a view to the root of the site."""


class Spot(NamedTuple):
    """Where an answer stands on the site."""

    page: Page
    anchor: str


@dataclass(frozen=True, slots=True)
class View:
    """One view: its name, where the site has what it shows (as a link's path), its HTML, and the same as JSON."""

    name: str
    path: str
    html: str
    json: dict[str, Any]


def views(base: Base) -> Iterator[View]:
    """Every view: the answers of each page in reading order, then the leaflets."""
    pieces = Pieces(base)
    for page in base.pages:
        stem = HOME if page.slug == "index" else page.slug
        for heading, blocks in _sections(page):
            sheet = Sheet(pieces)
            body = Blocks(sheet, page.slug, UP).blocks(blocks)
            if sheet.facts:
                spot = Spot(page, heading.anchor or "")
                yield _view(f"{stem}-{heading.anchor}", plain(heading.text), body, sheet, spot)
        for entry in _heard(page, base):
            sheet = Sheet(pieces)
            yield _view(f"{stem}-{entry.id}", entry.asked, _answer(entry, sheet), sheet, Spot(page, entry.id))
    for leaflet in base.leaflets:
        yield _leaflet(leaflet, pieces)


def _sections(page: Page) -> Iterator[tuple[Heading, list[Block]]]:
    """Each section with the blocks up to the next heading of its level or above."""
    for number, block in enumerate(page.blocks):
        if isinstance(block, Heading) and block.anchor:
            inside: list[Block] = []
            for other in page.blocks[number + 1 :]:
                if isinstance(other, Heading) and other.level <= block.level:
                    break
                inside.append(other)
            yield block, inside


def _heard(page: Page, base: Base) -> Iterator[Heard]:
    for block in walk(page.blocks):
        if isinstance(block, Generated) and block.name == "heard":
            yield from base.heard_in(block.argument)


def _answer(entry: Heard, sheet: Sheet) -> list[Markup]:
    facts = [sheet.base.facts[name] for name in entry.answer]
    # The verdict stands inside the first claim: it is part of what the note is for.
    first = fill("verdict.html", verdict=entry.verdict) + Markup(" ") + facts[0].claim
    claims = [sheet.claim(facts[0], first), *(sheet.claim(fact) for fact in facts[1:])]
    return [Markup("<p>{}</p>").format(Markup(" ").join(claims)), *sheet.boxes(facts)]


def _view(name: str, title: str, body: list[Markup], sheet: Sheet, spot: Spot) -> View:
    base, page = sheet.base, spot.page
    inner = Markup("\n").join(body)
    digest = hashlib.sha256(f"{title}\n{inner}".encode()).hexdigest()[:8]
    review = standing(f"page:{page.slug}", base)
    state = standing_words([], page, base)
    source = f"{page_path(page.slug)}#{spot.anchor}"
    values = {"checked": page.meta.checked, "review": review.state.value, "state": state, "hash": digest}
    html = _page(title, inner, sheet, source, **values)
    return View(name, source, html, _json(name, title, source, sheet, **values))


def _leaflet(leaflet: Leaflet, pieces: Pieces) -> View:
    base = pieces.base
    page = base.page(leaflet.page)
    if page is None:
        raise KeyError(leaflet.page)
    sheet = Sheet(pieces)
    blocks = Blocks(sheet, leaflet.page, UP)
    parts = [piece for part in leaflet.parts for piece in _part(part, blocks, base)]
    name = f"leaflet-{leaflet.id}"
    facts = [base.facts[fact] for fact in leaflet.facts]
    state = standing_words(facts, page, base)
    review = standing(f"page:{page.slug}", base).state
    source = f"go/{name}/"
    values = {
        "checked": page.meta.checked,
        "review": review.value,
        "state": state,
        "hash": leaflet_hash(leaflet, base),
    }
    html = _page(leaflet.title, Markup("\n").join(parts), sheet, source, **values)
    pdf = Document(leaflet.id, leaflet.title, Paper.A4, Print.STANDARD, leaflet).file
    return View(name, f"downloads/{pdf}", html, _json(name, leaflet.title, source, sheet, **values))


def _part(part: Part, blocks: Blocks, base: Base) -> list[Markup]:
    facts = [base.facts[name] for name in part.facts]
    if part.level is not None:
        return blocks.card(part.level, facts, [base.facts[name] for name in part.then])
    found = [blocks.heading(part.heading or ""), *blocks.facts(facts)]
    if part.chart and base.signs_seen:
        # A table of a hundred cells does not fit a small frame.
        found.append(fill("plain/chart.html", up=UP))
    if part.take:
        slug, _, anchor = part.take.partition("#")
        page = base.page(slug)
        inside = [found for heading, found in _sections(page) if heading.anchor == anchor] if page else []
        found += [blocks.listing(block) for taken in inside for block in taken if isinstance(block, Listing)]
    return found


def _page(title: str, body: Markup, sheet: Sheet, source: str, **values: Any) -> str:
    site = sheet.base.site
    # The heading of a box follows the title here, with nothing between.
    given = {"title": title, "body": _raised(body), "notes": sheet.notes(), "site": site, "up": UP, "source": source}
    return str(fill("plain/page.html", **given, **values, licence=LICENCE)) + "\n"


def _raised(body: Markup) -> Markup:
    """A body in which no heading skips a level below the title."""
    return Markup(str(body).replace("<h3", "<h2").replace("</h3>", "</h2>"))


LICENCE = "CC BY 4.0"


def _json(name: str, title: str, source: str, sheet: Sheet, **values: Any) -> dict[str, Any]:
    site = sheet.base.site
    return {
        "id": name,
        "title": title,
        "site": site.name,
        "page": f"/{source}",
        "embed": f"/embed/{name}/",
        "version": site.version,
        "hash": values["hash"],
        "checked": values["checked"].isoformat(),
        "review": values["review"],
        "reviewed": values["state"],
        "licence": LICENCE,
        "claims": [sheet.pieces.values(fact) for fact in sheet.facts],
    }

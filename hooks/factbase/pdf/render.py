"""A leaflet or the handbook and the base → Typst source. Pure: the same base gives the same text."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from factbase.base import Base
from factbase.differ import DIFFER_ANCHOR
from factbase.document import Clinic, Document, Print, day
from factbase.leaflet import Leaflet, Part, Time
from factbase.links import FOLDER
from factbase.page import Block, Generated, Heading, Listing, Page, walk
from factbase.pdf.blocks import Blocks, paragraphs
from factbase.pdf.chart import leaflet_chart
from factbase.pdf.endnotes import Endnotes
from factbase.pdf.generated import all_sources
from factbase.pdf.index import index
from factbase.pdf.typst_text import label, literal, words
from factbase.places import Places
from factbase.qr import qr_svg
from factbase.review import ReviewState, standing
from factbase.reviewed import standing_words

NOT_ADVICE = "It gives facts, not advice for you as a person."
_ON_SCREEN = {"downloads", "links", "changes", "saved-pages", "messages"}
"""Parts of pages that only a screen has a use for."""
_TAKEN_MARKER = "marker: tick-box, "


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands outside the base: the address of the site (or none), the reading order, the clinic (or none)."""

    address: str | None = None
    order: tuple[str, ...] = ()
    clinic: Clinic | None = None

    def page(self, slug: str) -> str | None:
        """The address of a page, or None where the site has none."""
        if not self.address:
            return None
        return f"{self.address.rstrip('/')}/" + ("" if slug == "index" else f"{slug}/")


SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
"""Sizes of type for a leaflet, in points: the first at which it fits. A short one is not left half empty."""


def render(document: Document, base: Base, setting: Setting, size: float = SIZES[0]) -> str:
    """The Typst source of a document; `size` is that of a leaflet in standard print.

    Expects a checked base: an unknown id raises KeyError.
    """
    if document.leaflet is None:
        return _handbook(document, base, setting)
    return _leaflet(document, document.leaflet, base, setting, size)


def source_hash(body: str) -> str:
    """The first 8 hex digits of the SHA-256 of a document's text, as it prints them."""
    return hashlib.sha256(body.encode()).hexdigest()[:8]


def leaflet_hash(leaflet: Leaflet, base: Base) -> str:
    """The content hash that a leaflet prints: the same on every paper and in every size of print."""
    return source_hash(_leaflet_body(leaflet, base))


def _leaflet_body(leaflet: Leaflet, base: Base) -> str:
    printer = Blocks(base, Endnotes(base, leaflet.id), _on_paper, leaflet.page)
    pieces = [piece for part in leaflet.parts for piece in _part(part, printer)]
    return "\n\n".join([*pieces, printer.notes.listed()])


def _leaflet(document: Document, leaflet: Leaflet, base: Base, setting: Setting, size: float) -> str:
    page = base.page(leaflet.page)
    if page is None:
        raise KeyError(leaflet.page)
    body = _leaflet_body(leaflet, base)
    checked = _checked(leaflet, page, base)
    stamp = f"{leaflet.id}, version {base.site.version}, text {source_hash(body)}"
    state = standing_words([base.facts[name] for name in leaflet.facts], page, base)
    arguments = {
        "title": literal(leaflet.title),
        "site": literal(base.site.name),
        "kicker": literal({Time.BEFORE: "Before needling", Time.AFTER: "After needling"}[leaflet.time]),
        "state": literal(state),
        "checked": literal(_checked_on(checked)),
        "stamp": literal(stamp),
        **_common(document, checked),
        "size": f"{size}pt",
    }
    lines = [f"Leaflet {stamp}.", _checked_on(checked), state, NOT_ADVICE]
    # A leaf in front is of one clinic's kit: it opens with that clinic's numbers, and no release knows its id.
    since = "changes" if document.front else f"changes-{leaflet.id}"
    picture, about = _about(lines, leaflet.page, setting, base, f"{since}-{base.site.version}")
    clinic = _clinic(setting.clinic, leaflet)
    closing = f"#closing({picture}, [{about}], {'none' if document.front else clinic})"
    parts = [f"#{clinic}", body, closing] if document.front else [body, closing]
    return _file("large" if document.print is Print.LARGE else "leaflet", arguments, parts)


def _part(part: Part, printer: Blocks) -> list[str]:
    base = printer.base
    facts = [base.facts[name] for name in part.facts]
    printer.level = 1
    if part.level is not None:
        return [printer.card(part.level, facts, [base.facts[name] for name in part.then])]
    head = printer.heading(2, part.heading or "")
    if part.chart and base.signs_seen:
        return leaflet_chart(head, part, printer)
    found = [head]
    if facts:
        found.append(printer.facts(facts))
    if part.take:
        found += [
            printer.listing(block, _TAKEN_MARKER) for block in _section(base, part.take) if isinstance(block, Listing)
        ]
    return found


def _section(base: Base, target: str) -> list[Block]:
    """The blocks under a heading of a page, up to the next heading."""
    slug, _, anchor = target.partition("#")
    page = base.page(slug)
    found: list[Block] = []
    inside = False
    for block in page.blocks if page else ():
        if isinstance(block, Heading):
            inside = block.anchor == anchor
        elif inside:
            found.append(block)
    return found


def _checked(leaflet: Leaflet, page: Page, base: Base) -> datetime.date:
    """The oldest check of the pages that its facts stand on: a leaflet is no fresher than its oldest fact."""
    homes = {base.homes.get(name) for name in leaflet.facts} | {page.slug}
    return min(found.meta.checked for found in base.pages if found.slug in homes)


def _about(lines: list[str], slug: str, setting: Setting, base: Base, since: str) -> tuple[str, str]:
    """A QR code (or none) and the lines that say what this paper is, and where there is more.

    `since` is the link to what has changed since this version.
    """
    address = setting.page(slug)
    more = "More, and every source in full: "
    if not address:
        # The joiner keeps its address on one line.
        place = "its home page" if slug == "index" else f"the page /\u2060{slug}/"
        return "none", words(" ".join([*lines, f"{more}{place} of {base.site.name}."]))
    drawn, alt = literal(qr_svg(address)), literal(f"QR code that leads to {address}")
    picture = f"image(bytes({drawn}), format: {literal('svg')}, alt: {alt}, width: 100%)"
    about = f"{words(' '.join([*lines, more]))}#address({literal(address)})"
    if Places(base).changes is not None and setting.address:
        changes = f"{setting.address.rstrip('/')}/{FOLDER}/{since}"
        about += f"{words(' Changes since this version: ')}#address({literal(changes)})"
    return picture, about


def _checked_on(checked: datetime.date) -> str:
    return f"Checked against its sources on {day(checked)}."


def _clinic(clinic: Clinic | None, leaflet: Leaflet) -> str:
    """The clinic's name and numbers, or lines to write them on where a reader may need them."""
    if clinic is not None:
        return _block(clinic)
    if leaflet.time is Time.AFTER:
        return f"clinic-lines(({literal('My clinic')}, {literal('Phone, also at night')}))"
    return "none"


def _block(clinic: Clinic) -> str:
    lines = "".join(f"#linebreak(){words(line)}" for line in clinic.lines)
    return f"clinic[#strong[{words(clinic.name)}]{lines}]"


def _handbook(document: Document, base: Base, setting: Setting) -> str:
    pages = in_order(base.pages, setting.order)
    book: dict[str, str] = {}
    chapters = [piece for page in pages for piece in _chapter(page, base, pages, book)]
    body = paragraphs([*chapters, *all_sources(base), *index(base.terms)])
    checked = min(page.meta.checked for page in pages)
    signed = sum(standing(f"page:{page.slug}", base).state is ReviewState.SIGNED for page in pages)
    state = "Not yet reviewed by a clinician."
    if signed:
        state = f"A clinician has reviewed {signed} of {len(pages)} chapters; each chapter says which."
    stamp = f"version {base.site.version}, text {source_hash(body)}"
    arguments = {
        "title": literal(f"{base.site.name}: {document.title[0].lower()}{document.title[1:]}"),
        "site": literal(base.site.name),
        "description": literal(base.site.description),
        "stamp": literal(f"{base.site.name}, {stamp}"),
        **_common(document, checked),
    }
    lines = [f"Handbook {stamp}.", _checked_on(checked), state, NOT_ADVICE, base.site.copyright]
    picture, about = _about(lines, "index", setting, base, f"changes-{base.site.version}")
    whose = f"{_block(setting.clinic)} + " if setting.clinic else ""
    return _file("handbook", {**arguments, "about": f"{whose}about({picture}, [{about}])"}, [body])


def in_order(pages: Iterable[Page], order: tuple[str, ...]) -> list[Page]:
    """Pages in the order of the site's navigation, others behind; pages for the screen only are left out."""
    on_paper = [
        page
        for page in pages
        if not any(isinstance(block, Generated) and block.name in _ON_SCREEN for block in walk(page.blocks))
    ]
    rank = {path: number for number, path in enumerate(order)}
    return sorted(on_paper, key=lambda page: (rank.get(page.path, len(rank)), page.path))


def _chapter(page: Page, base: Base, pages: list[Page], book: dict[str, str]) -> list[str]:
    def link(target: str, text: str) -> str:
        return _in_book(target, text, page, pages)

    printer = Blocks(base, Endnotes(base, page.slug, book), link, page.slug)
    state = standing_words([], page, base)
    state += f" Checked on {day(page.meta.checked)}; next check by {day(page.meta.due)}."
    head = printer.heading(1, page.meta.title, "top")
    parts = ["#chapter-start()", head, f"#chapter-state({literal(state)})"]
    facts = [base.facts[name] for name in page.meta.key_points]
    if facts:
        printer.defer(facts)
        points = ", ".join(f"[{printer.claim(fact, words(fact.key_point))}]" for fact in facts)
        parts.append(f"#key-points[#list({points})]")
    parts += printer.blocks(page.blocks)
    if boxes := printer.deferred_boxes():
        printer.level = 1
        parts += [printer.heading(2, "Where do sources differ?", DIFFER_ANCHOR), *boxes]
    return [*parts, printer.notes.listed()]


def _in_book(target: str, text: str, page: Page, pages: list[Page]) -> str:
    """A link inside the book says on which page it ends; one to the outside keeps its address."""
    if target.startswith(("https://", "mailto:", "tel:")):
        return f"#link({literal(target)})[{text}]"
    path, _, anchor = target.partition("#")
    found = next((other for other in pages if other.path == (path or page.path)), None)
    if found is None:
        return text
    anchors = {block.anchor for block in walk(found.blocks) if isinstance(block, Heading)}
    return f"#go-to({label(found.slug, 'at', anchor if anchor in anchors else 'top')})[{text}]"


def _on_paper(_: str, text: str) -> str:
    """A leaflet stands alone: of a link it keeps the words."""
    return text


def _common(document: Document, date: datetime.date) -> dict[str, str]:
    return {
        "paper": literal(document.paper.typst),
        "date": f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
    }


def _file(template: str, arguments: dict[str, str], parts: list[str]) -> str:
    values = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    head = f'#import "/{template}.typ": *\n#show: {template}.with({values})\n\n'
    return head + "\n\n".join(parts) + "\n"

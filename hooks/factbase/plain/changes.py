"""What has changed since a release, for all facts or for one leaflet: old words beside new ones, safety first. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from factbase.base import Base
from factbase.compare import Comparison, FactChange, Kind, Moved, compare, compare_text
from factbase.course import Concern
from factbase.fragments import fill
from factbase.places import Places, page_path
from factbase.plain.sheet import Pieces, Sheet
from factbase.release import Release


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """One page: its path below the site (`changes/0.1.0/aftercare/`) and its HTML."""

    path: str
    html: str


def changes_pages(base: Base, now: Release) -> Iterator[ChangesPage]:
    """A page for each release and for each leaflet of it. `now` is what the site says today (`snapshot.snapshot`)."""
    pieces = Pieces(base)
    places = Places(base)
    for then in base.releases:
        about = f"version {then.version} of {then.date}"
        yield _page(f"changes/{then.version}/", "What has changed since then?", about, compare(then, now), pieces)
        for name, text in then.leaflets.items():
            heir = places.leaflet(name)
            told = compare_text(text, now.leaflets[heir] if heir else None, then, now)
            leaflet = f"the leaflet “{text.title}”, {about}, text {text.hash}"
            if heir is None:
                leaflet += ", which is not printed any more"
            title = f"{text.title}: what has changed?"
            yield _page(f"changes/{then.version}/{name}/", title, leaflet, told, pieces)


def _page(path: str, title: str, about: str, told: Comparison, pieces: Pieces) -> ChangesPage:
    base = pieces.base
    sheet = Sheet(pieces)
    up = "../" * path.count("/")
    safety = [_moved(item, sheet) for item in (*told.signs, *told.conditions)]
    safety += [_change(item, sheet, up) for item in told.safety]
    other = [_change(item, sheet, up) for item in told.other]
    body = fill("plain/changes.html", about=about, told=told, safety=safety, other=other, now=base.site.version)
    values = {
        "site": base.site,
        "up": up,
        "source": page_path("changes"),
        "hash": hashlib.sha256(body.encode()).hexdigest()[:8],
        "body": body,
        "notes": sheet.notes(),
    }
    return ChangesPage(path, str(fill("plain/changes-page.html", title=title, **values)) + "\n")


def _change(change: FactChange, sheet: Sheet, up: str) -> Markup:
    """Old words as a quotation, new words as a claim with its note."""
    base = sheet.base
    new = Markup("")
    if change.kind is not Kind.REMOVED and change.now:
        fact = base.facts[change.now]
        words = escape(fact.claim)
        if fact.level:
            words = Markup("<b>{}</b> if: {}").format(Concern(fact.level.value).words, words)
        if change.kind is not Kind.ADDED and change.go_by and fact.go_by:
            words += Markup(" <b>What to go by:</b> {}").format(fact.go_by)
        new = sheet.claim(fact, words)
    home = base.homes.get(change.now or "") if change.kind is Kind.REMOVED else None
    elsewhere = None if home is None else (page_path(home), change.now)
    return fill("plain/change.html", change=change, new=new, elsewhere=elsewhere, up=up)


def _moved(item: Moved, sheet: Sheet) -> Markup:
    """A level that has changed: the new one rests on the facts of its cell or condition."""
    fact = _rests_on(item, sheet.base)
    words = Markup("{}: <b>{}</b>").format(item.what, item.new)
    now = sheet.claim(sheet.base.facts[fact], words) if fact and item.new else None
    return fill("plain/moved.html", item=item, now=now)


def _rests_on(item: Moved, base: Base) -> str | None:
    """The first fact of a cell or condition as it is now."""
    if not item.point:
        return next((condition.reasons[0] for condition in base.conditions if condition.id == item.id), None)
    cells = [cell for sign in base.signs_seen if sign.id == item.id for cell in sign.cells if cell.at == item.point]
    return cells[0].facts[0] if cells else None

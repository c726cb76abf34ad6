"""Parts of the pages for clinics and of changes: `[[paste]]`, `[[links]]`, `[[changes]]`.

The long lists follow the article, as the sources do: they hold addresses and words of earlier versions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from factbase.base import Base
from factbase.feed import FEED, news
from factbase.fragments import fill
from factbase.linkfiles import drawn
from factbase.links import LinkKind, ShortLink, short_links
from factbase.model import Status
from factbase.places import Places
from factbase.writer import Writer

_GROUPS: tuple[tuple[str, Callable[[ShortLink], bool]], ...] = (
    ("Pages", lambda link: link.kind in (LinkKind.PAGE, LinkKind.CHOSEN)),
    ("Days after needling", lambda link: link.kind is LinkKind.DAY),
    ("Leaflets", lambda link: link.kind is LinkKind.LEAFLET),
)


def paste(writer: Writer, _: str) -> list[str]:
    """What to paste into a booking system, an e-mail, an SMS, a website and a consent form."""
    base = writer.base
    root = (base.address or "").rstrip("/")
    site = base.site
    code = '<iframe src="{}/embed/{}/" title="{}" width="100%" height="600" loading="lazy"></iframe>'
    rows = [
        ("Booking system", f"Please go through this list before you book: {root}/go/self-check"),
        ("E-mail before the visit", f"What to do before your visit, with sources: {root}/go/before"),
        ("E-mail after the visit", f"What to do now, and when to call us, with sources: {root}/go/aftercare"),
        ("SMS after the visit", f"Warning signs, when to call us, and what to expect each day: {root}/go/normal"),
        ("Link on your website", f'<a href="{root}/go/aftercare">Aftercare, by {site.name}</a>'),
        ("A leaflet in a frame on your website", code.format(root, "leaflet-aftercare", "Aftercare")),
        (
            "Consent form",
            f"I was given the leaflet “Before you book” of {site.name}, version {site.version}, text ________. "
            f"Changes since: {root}/go/changes-before-you-book-{site.version}",
        ),
        ("An answer as data", f"{root}/api/answers/leaflet-aftercare.json"),
    ]
    return [str(fill("paste.html", rows=[{"where": where, "text": text} for where, text in rows]))]


def links(_: Writer, __: str) -> list[str]:
    """The heading of the list of links."""
    return ["## All links {#all-links}"]


def changes(_: Writer, __: str) -> list[str]:
    """The heading of the list of changes."""
    return ["## Versions so far {#all-changes}"]


def all_links(base: Base) -> str:
    """The main links by group, each with its address to copy and its QR codes."""
    found = short_links(Places(base))
    root = (base.address or "").rstrip("/")
    shown = drawn(found)
    groups: list[dict[str, Any]] = [
        {"title": title, "rows": [{"link": link, "shown": root + link.short} for link in shown if fits(link)]}
        for title, fits in _GROUPS
    ]
    return str(fill("links.html", groups=groups, address=base.address, count=len(found), feed=f"{root}/{FEED}"))


def all_changes(base: Base) -> str:
    """Every release and correction, newest first, and the facts that are gone."""
    gone = [fact for fact in base.facts.values() if fact.status is Status.RETIRED]
    return str(fill("all-changes.html", news=news(base), gone=gone, version=base.site.version))

"""The feed of changes for clinics (Atom, RFC 4287). Dates come from the records, never from the clock. Pure."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from factbase.base import Base
from factbase.compare import Comparison, FactChange, Moved, compare
from factbase.fragments import fill
from factbase.places import page_path
from factbase.release import Release

FEED = "changes.xml"


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: a release or a correction. `old` and `new` words of each change are plain text."""

    id: str
    title: str
    date: datetime.date
    path: str
    summary: str
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def urn(self) -> str:
        """An id that is the same wherever the site stands."""
        return urn(self.id)


def urn(name: str) -> str:
    """A permanent id for a feed or an entry."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'microneedling-plainly/{name}')}"


def news(base: Base) -> tuple[News, ...]:
    """Every release, compared with the one before, and every correction; the newest first."""
    found = [_of_release(number, base.releases) for number in range(len(base.releases))]
    found += [
        News(
            f"correction/{item.id}",
            f"Correction: {_title(item.page, base)}",
            item.date,
            page_path(item.page),
            f"Was: {item.was} Now: {item.now}",
        )
        for item in base.corrections
    ]
    return tuple(sorted(found, key=lambda item: (item.date, item.id), reverse=True))


def feed(base: Base, address: str | None) -> str:
    """The text of the feed; links are relative where the site has no address."""
    entries = news(base)
    # A site that has released nothing was last changed on the day of its last check.
    updated = max([entry.date for entry in entries] or [page.meta.checked for page in base.pages])
    root = f"{address.rstrip('/')}/" if address else ""
    values = {"site": base.site, "entries": entries, "updated": updated, "root": root, "file": FEED}
    return str(fill("feed.xml", id=urn("changes"), **values)) + "\n"


def _of_release(number: int, releases: tuple[Release, ...]) -> News:
    release = releases[number]
    summary = f"First release: {len(release.facts)} facts on {len(release.pages)} pages."
    changes: tuple[tuple[str, str, str], ...] = ()
    if number:
        told = compare(releases[number - 1], release)
        summary, changes = in_short(told), tuple(_rows(told))
    path = f"changes/{release.version}/"
    return News(f"release/{release.version}", f"Version {release.version}", release.date, path, summary, changes)


def in_short(told: Comparison) -> str:
    """How much has changed, in one sentence."""
    if not told.count:
        return "No fact has changed, only other words." if told.words_only else "No fact has changed."
    what = "1 change" if told.count == 1 else f"{told.count} changes"
    return f"{what}, {told.safety_count} of them about safety."


def _rows(told: Comparison) -> list[tuple[str, str, str]]:
    """What happened, old words, new words of each change; safety first."""
    return [_moved(item) for item in (*told.signs, *told.conditions)] + [
        _fact(item) for item in (*told.safety, *told.other)
    ]


def _moved(item: Moved) -> tuple[str, str, str]:
    old = f"{item.what}: {item.old}" if item.old else ""
    return "Judged otherwise", old, f"{item.what}: {item.new}" if item.new else ""


def _fact(item: FactChange) -> tuple[str, str, str]:
    old, new = (told.claim if told else "" for told in (item.old, item.new))
    if item.level:
        old, new = f"{old} ({item.level[0]})", f"{new} ({item.level[1]})"
    if item.go_by:
        old, new = f"{old} {item.go_by[0]}".strip(), f"{new} {item.go_by[1]}".strip()
    return item.kind.words, "" if old == new else old, new


def _title(slug: str, base: Base) -> str:
    page = base.page(slug)
    return page.meta.title if page else slug

"""The commands that publish: links kept for ever, QR codes, releases. Files are touched here, at the edge."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import os
import sys
from pathlib import Path

from factbase.addresses import dead
from factbase.base import Base
from factbase.check import overdue
from factbase.linkfiles import write_qr
from factbase.links import LinkKind, short_links
from factbase.places import Places
from factbase.problem import Place, Problem, did_you_mean
from factbase.records import PUBLISHED, RELEASES, published_text
from factbase.release import Release, freeze
from factbase.render import render_page
from factbase.snapshot import snapshot


def site_address() -> str | None:
    """The address of the site from the environment, or None."""
    return os.environ.get("SITE_URL") or os.environ.get("URL") or None


def links(base: Base, options: argparse.Namespace) -> int:
    """List every link with where it leads, or add those of today to the list of published ones."""
    if options.publish:
        added = publish_links(base, options.root)
        print(f"{PUBLISHED}: {added} links added, {len(base.published) + added} in all.")
        return 0
    for link in short_links(Places(base)):
        print(f"{link.short}\t/{link.path}\t{link.title}")
    return 0


def publish_links(base: Base, root: Path) -> int:
    """Write the list of published links anew with those of today added. Nothing is ever taken away."""
    before = {name: published.target for name, published in base.published.items()}
    # A link to the version that is being written is published with its release.
    known = {f"changes:{release.version}" for release in base.releases}
    today = {
        link.name: link.target
        for link in short_links(Places(base))
        if link.kind is not LinkKind.CHANGES or link.target.partition("@")[0] in known
    }
    (root / PUBLISHED).write_text(published_text({**today, **before}), "utf-8")
    return len(today.keys() - before.keys())


def qr(base: Base, options: argparse.Namespace) -> int:
    """Draw the QR code of one link."""
    address = site_address()
    if address is None:
        print("A QR code needs the address of the site: set SITE_URL=https://…", file=sys.stderr)
        return 1
    found = {link.name: link for link in short_links(Places(base))}
    if options.name not in found:
        hint = did_you_mean(options.name, found) or "`python -m factbase short-links` lists them."
        print(f"No link is called {options.name}. {hint}", file=sys.stderr)
        return 1
    write_qr(options.out, [found[options.name]], address)
    print(f"{options.out / options.name}.svg, .png")
    return 0


def release(base: Base, options: argparse.Namespace) -> list[Problem]:
    """Freeze what the site says under its present version, and publish its links. Returns why that is refused."""
    problems = release_problems(base, options.date)
    if problems:
        return problems
    record = record_of(base, options.date)
    path = options.root / RELEASES / f"{record.version}.json"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(freeze(record))
    added = publish_links(dataclasses.replace(base, releases=(*base.releases, record)), options.root)
    print(f"{RELEASES}/{record.version}.json: {len(record.facts)} facts, {len(record.pages)} pages, ", end="")
    print(f"{len(record.leaflets)} leaflets. {PUBLISHED}: {added} links added.")
    print(f"Now commit both, and tag the commit: git tag v{record.version}")
    return []


def record_of(base: Base, date: datetime.date) -> Release:
    """The record of the base as it is now, with the content hashes that its pages and leaflets print."""
    return snapshot(base, date, {page.slug: render_page(page, base).hash for page in base.pages})


def release_problems(base: Base, date: datetime.date) -> list[Problem]:
    """Why this version cannot be released.

    It was before, the day is before the last release, a check is overdue, or a source's address is gone.
    """
    place = base.site.where.at("version")
    version = base.site.version
    instead = "Write a later version in data/site.yml."
    if any(found.version == version for found in base.releases):
        return [Problem(place, "Z05", f"Version {version} has been released already.", instead)]
    last = base.releases[-1] if base.releases else None
    if last and date < last.date:
        what = f"The last release was on {last.date}, after {date}."
        return [Problem(Place(f"{RELEASES}/{last.version}.json"), "Z05", what, "Give a later --date.")]
    return [*overdue(base, date), *dead(base)]


def verify(base: Base) -> int:
    """Compare the content hashes of the base with the record of its version: those of a tag are the same for ever."""
    record = next((found for found in base.releases if found.version == base.site.version), None)
    if record is None:
        print(f"Version {base.site.version} has not been released.", file=sys.stderr)
        return 1
    now = record_of(base, record.date)
    lines = [
        f"{kind} {name}: {then.hash} in the release, {found.hash if found else 'gone'} now"
        for kind, before, after in (("page", record.pages, now.pages), ("leaflet", record.leaflets, now.leaflets))
        for name, then in before.items()
        if (found := after.get(name)) is None or found.hash != then.hash
    ]
    print(*lines or [f"All {len(record.pages)} pages and {len(record.leaflets)} leaflets are as released."], sep="\n")
    return 1 if lines else 0

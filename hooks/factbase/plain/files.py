"""Write the small pages of a site: views to embed, their JSON, and what has changed since each release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from factbase.base import Base
from factbase.built import EMBED
from factbase.feed import FEED, feed
from factbase.links import LinkKind, short_links
from factbase.places import Places
from factbase.plain.changes import changes_pages
from factbase.plain.embed import View, views
from factbase.snapshot import snapshot


def write_small_pages(site: Path, base: Base, hashes: Mapping[str, str]) -> None:
    """Write `embed/<name>/` and `api/answers/<name>.json` of every answer and leaflet, and `changes/`.

    `hashes` is page name → content hash of the page as it was printed.
    """
    (site / "api" / "answers").mkdir(parents=True, exist_ok=True)
    by_path: dict[str, View] = {}
    for view in views(base):
        by_path.setdefault(view.path, view)
        _write(view, view.name, site)
    # A view stays at every name by which it could ever be called.
    for link in short_links(Places(base)):
        if link.kind in (LinkKind.OLD, LinkKind.CHOSEN) and link.path in by_path:
            _write(by_path[link.path], link.name, site)
    (site / FEED).write_text(feed(base, base.address), "utf-8")
    if base.releases:
        now = snapshot(base, base.releases[-1].date, hashes)
        for page in changes_pages(base, now):
            folder = site / page.path
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.html").write_text(page.html, "utf-8")


def _write(view: View, name: str, site: Path) -> None:
    folder = site / EMBED / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(view.html, "utf-8")
    text = json.dumps(view.json, ensure_ascii=False, separators=(",", ":"))
    (site / "api" / "answers" / f"{name}.json").write_text(text + "\n", "utf-8")

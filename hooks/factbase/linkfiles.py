"""The files of the permanent links: links.json, redirects for Netlify and for any other host, QR codes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import segno

from factbase.base import Base
from factbase.links import (
    FOLDER,
    HOME,
    LinkKind,
    ShortLink,
    links_json,
    page_redirects,
    redirect_page,
    redirects,
    short_links,
)
from factbase.places import Places
from factbase.qr import SCALE, qr_png, qr_svg

QR_FOLDER = "qr"
_DRAWN = (LinkKind.PAGE, LinkKind.CHOSEN, LinkKind.DAY, LinkKind.LEAFLET)


def drawn(links: Iterable[ShortLink]) -> list[ShortLink]:
    """The links whose QR codes are made with the site: pages, days, and each leaflet once.

    `python -m factbase qr NAME` draws any other.
    """
    return [link for link in links if link.kind in _DRAWN and "@" not in link.target]


def absolute(address: str, link: ShortLink) -> str:
    """The link with the address of the site, as it is pasted and drawn: `https://example.org/go/aftercare`."""
    return f"{address.rstrip('/')}{link.short}"


def write_links(site: Path, base: Base, cache: Path) -> None:
    """Write links.json, the redirects and (where the site has an address) the QR codes of a site.

    `cache` is a folder that keeps QR codes between builds.
    """
    places = Places(base)
    links = short_links(places)
    listed = json.dumps(links_json(links), ensure_ascii=False, separators=(",", ":"))
    (site / "links.json").write_text(listed + "\n", "utf-8")
    write_redirects(site, links, places)
    if base.address:
        write_qr(site / QR_FOLDER, drawn(links), base.address, cache)


def standing_links(base: Base, slug: str) -> dict[str, str | None]:
    """What the foot of a page says of its links.

    `since`: path of what has changed since this version, or None where the site has no such page. `permanent` and
    `permanent_since`: the short links in full, None where the site has no address.
    """
    since = Places(base).path(f"changes:{base.site.version}")
    if not base.address or since is None:
        return {"since": since, "permanent": None, "permanent_since": None}
    root = f"{base.address.rstrip('/')}/{FOLDER}/"
    name = HOME if slug == "index" else slug
    return {"since": since, "permanent": root + name, "permanent_since": f"{root}changes-{base.site.version}"}


def write_redirects(site: Path, links: tuple[ShortLink, ...], places: Places) -> None:
    """Write `_redirects`, and for hosts that do not know it a small page at each address."""
    moved = page_redirects(places)
    (site / "_redirects").write_text(redirects(links, moved), "utf-8")
    for old, new in moved.items():
        _page(str(site / old), redirect_page(old, new, "This page has moved"))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    for link in links:
        _page(f"{folder}/{link.name}", redirect_page(f"{FOLDER}/{link.name}/", link.path, link.title))


def _page(folder: str, text: str) -> None:
    # Thousands of small files: these calls take a fraction of the time of Path's, and let other threads work.
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder)  # noqa: PTH102
    file = os.open(f"{folder}/index.html", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def write_qr(folder: Path, links: Iterable[ShortLink], address: str, cache: Path | None = None) -> None:
    """Write `<name>.svg` and `<name>.png` of each link, as it stands at the address of the site.

    `cache` is a folder that keeps what was drawn: the same address gives the same code.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for link in links:
        svg, png = _codes(absolute(address, link), cache)
        (folder / f"{link.name}.svg").write_bytes(svg)
        (folder / f"{link.name}.png").write_bytes(png)


def _codes(target: str, cache: Path | None) -> tuple[bytes, bytes]:
    """SVG and PNG of an address."""
    if cache is None:
        return qr_svg(target).encode(), qr_png(target)
    key = hashlib.sha256(f"{segno.__version__} {SCALE} {target}".encode()).hexdigest()[:32]
    svg, png = cache / f"{key}.svg", cache / f"{key}.png"
    if not (svg.exists() and png.exists()):
        cache.mkdir(parents=True, exist_ok=True)
        for path, data in ((svg, qr_svg(target).encode()), (png, qr_png(target))):
            # Written aside, then renamed: a process that is ended leaves no half file behind.
            aside = path.with_suffix(f"{path.suffix}.new")
            aside.write_bytes(data)
            aside.replace(path)
    return svg.read_bytes(), png.read_bytes()

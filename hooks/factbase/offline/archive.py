"""The offline copy: which files of a built site it holds, as what, and the zip of them. Pure, but for reading the site.

The same site gives the same bytes: entries are sorted and carry no time.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from markupsafe import Markup

from factbase.built import EMBED, REDIRECTS
from factbase.document import OFFLINE_COPY, Download
from factbase.fragments import fill
from factbase.offline.addresses import Copy, for_disk, pointed_at, pointed_at_by_style

FOLDER = OFFLINE_COPY.removesuffix(".zip")
ONLY_SERVED = frozenset({"404.html", "sw.js", "manifest.webmanifest", "assets/saved.js"})
"""What has no use without a server: errors, and what makes the site installable."""
_ALWAYS = (".html", ".css", ".js")
_WHEN_POINTED_AT = (".svg", ".png", ".jpg", ".webp", ".woff2", ".ico", ".json", ".csv", ".xml", ".txt", ".ics")
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")  # the theme's own search, which needs a server
_CANONICAL = re.compile(r"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>")
_FEED = re.compile(r"<link\b[^>]*\brel=[\"']?alternate\b[^>]*>")
_HREF = re.compile(r"\bhref=[\"']?([^\"'\s>]+)")
# The first moment that a zip can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a built site by its path with slashes, sorted; but for those that only other sites lead to."""
    folders = [path for path in site.iterdir() if path.name not in (REDIRECTS, EMBED)]
    paths = [path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else [folder])]
    found = {path.relative_to(site).as_posix(): path for path in paths if path.is_file()}
    return {name: found[name].read_bytes() for name in sorted(found)}


def copied(files: Mapping[str, bytes], downloads: Iterable[Download]) -> dict[str, bytes]:
    """The files of the offline copy as they stand in it: pages with addresses that work from disk."""
    leaflets = {f"downloads/{item.file}" for item in downloads if item.offline}
    pages = {name for name in files if name.endswith(".html") and name not in ONLY_SERVED}
    always = {name for name in files if name.endswith(_ALWAYS) and not name.startswith(_UNUSED)} - ONLY_SERVED
    address = _address(files)
    # The zip is no part of itself, but pages of the site lead to it.
    site = {*files, f"downloads/{OFFLINE_COPY}"}
    moved = json.loads(files.get("links.json", b"{}"))
    everything = Copy(site, set(), address, moved)
    # The feed is for readers of the site; the theme would ask a server what else there is.
    texts = {name: _FEED.sub("", files[name].decode("utf-8")) for name in always if not name.endswith(".js")}
    wanted: set[str] = set()
    for name, text in texts.items():
        find = pointed_at if name in pages else pointed_at_by_style
        wanted |= {found for found in find(text, name, everything) if found.endswith(_WHEN_POINTED_AT)}
    copy = Copy(site, files.keys() & (always | leaflets | wanted), address, moved)
    kept = {name: files[name] for name in sorted(copy.kept)}
    return {
        name: for_disk(texts[name], name, copy).encode() if name in pages else content for name, content in kept.items()
    }


def readme(values: Mapping[str, object]) -> bytes:
    """README.txt, with line ends that every editor knows."""
    # Plain text: an & stays an &.
    plain = {name: Markup(value) if isinstance(value, str) else value for name, value in values.items()}
    return (str(fill("offline/README.txt", **plain)).replace("\n", "\r\n") + "\r\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The zip of files, all in one folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def _address(files: Mapping[str, bytes]) -> str | None:
    """The address of the site, as its home page names it."""
    tag = _CANONICAL.search(files.get("index.html", b"").decode("utf-8"))
    hit = _HREF.search(tag[0]) if tag else None
    return hit[1] if hit else None

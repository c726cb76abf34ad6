"""The last step of a build, on the whole site with its PDFs: the offline copy, then the service worker.

Last, because both are made of all other files.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from factbase.base import Base
from factbase.document import OFFLINE_COPY, Download, day, downloads_of, list_downloads
from factbase.offline.archive import copied, files_of, readme, zipped
from factbase.offline.worker import worker

LEFT_OUT = ("The leaflets in large print", "The handbook in US Letter")
_SIZE = re.compile(rf"(<span data-size-of=[\"']?{re.escape(OFFLINE_COPY)}[\"']?>)")


def complete(site: Path, base: Base) -> None:
    """Write the zip and list it in downloads/index.json; print its size on the downloads page; write sw.js."""
    downloads = downloads_of(site / "downloads")
    copy = copied(files_of(site), downloads)
    pages = len(base.pages)  # what has changed since each release, and e-mails, are in it beside them
    archive = zipped({**copy, "README.txt": _readme(base, pages)})
    (site / "downloads" / OFFLINE_COPY).write_bytes(archive)
    listed = Download(
        id="offline-copy",
        file=OFFLINE_COPY,
        title="Offline copy",
        version=base.site.version,
        sha256=hashlib.sha256(archive).hexdigest(),
        pages=pages,
        bytes=len(archive),
        paper=None,
        print=None,
        page=None,
    )
    list_downloads(site / "downloads", [*downloads, listed])
    _fill_in(site / "downloads" / "index.html", f"ZIP, {pages} web pages, {listed.size}")
    (site / "sw.js").write_text(worker(files_of(site), downloads), "utf-8")


def _readme(base: Base, pages: int) -> bytes:
    values = {
        "name": base.site.name,
        "version": base.site.version,
        "copyright": base.site.copyright,
        "pages": pages,
        "left_out": LEFT_OUT,
        "checked": day(min(page.meta.checked for page in base.pages)),
    }
    return readme(values)


def _fill_in(page: Path, words: str) -> None:
    """Print the size of the zip on the downloads page. Inside the zip the page has none: it would change the zip."""
    if page.exists():
        page.write_text(_SIZE.sub(lambda hit: hit[1] + words, page.read_text("utf-8")), "utf-8")

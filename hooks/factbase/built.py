"""The parts of a built site, and which of them hold what."""

from __future__ import annotations

import re
from pathlib import Path

REDIRECTS = "go"
"""Pages that hold nothing but the way to another."""
MAIL = "mail"
"""E-mails for clinics, which have a judge of their own."""
EMBED = "embed"
"""Views of answers and leaflets that other sites may frame, without scripts."""

APART = frozenset({REDIRECTS, EMBED, MAIL})
"""Folders whose HTML is made without MkDocs: it has neither scripts nor the theme's style."""
SMALL = re.compile(rf"{EMBED}/|changes/.+/")
"""Paths of the small pages: views, and comparisons with a release."""
FOLDERS = frozenset({REDIRECTS, EMBED, "api", "assets", "qr", "search", MAIL})
"""Folders of the site that no page may be called after."""
LATER = ("downloads", REDIRECTS, "qr")
"""Folders that may come into the site only after its headers."""


def html_files(site: Path, apart: frozenset[str] = APART) -> list[Path]:
    """The HTML files of a site in order, without those in the folders `apart`, which are not even looked into."""
    folders = sorted(path for path in site.iterdir() if path.is_dir() and path.name not in apart)
    return [*sorted(site.glob("*.html")), *(path for folder in folders for path in sorted(folder.rglob("*.html")))]

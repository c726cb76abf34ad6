"""The picture and the words that a page shows where people share its address: made only where the site has one."""

from __future__ import annotations

import functools
import hashlib
import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin

from factbase.base import Base
from factbase.page import Page
from factbase.pdf.compile import FONTS, compiler
from factbase.pdf.typst_text import literal
from factbase.preview.png import tinted
from factbase.review import ReviewState, standing

HERE = Path(__file__).parent
FOLDER = "assets/social"
"""Where the pictures stand in the site."""
_DEEP, _WHITE = (23, 80, 95), (255, 255, 255)
_UNREVIEWED = "Not yet reviewed by a clinician"


@dataclass(frozen=True, slots=True)
class Preview:
    """What stands on a page's picture, and what is said of it to those who cannot see it."""

    page: Page
    site: str
    title: str
    message: str
    state: str

    @property
    def path(self) -> str:
        """The picture's place in the site."""
        return f"{FOLDER}/{self.page.slug}.png"

    @property
    def alt(self) -> str:
        """All words of the picture."""
        parts = (self.title, self.message, self.site, self.state)
        return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)

    @property
    def source(self) -> str:
        """The picture as Typst."""
        words = ("title", self.title), ("message", self.message), ("site", self.site), ("state", self.state)
        values = ", ".join(f"{name}: {literal(text)}" for name, text in words)
        return f'#import "preview.typ": preview\n#preview({values})'

    def address(self, site_url: str) -> str:
        """The absolute address of the picture: what shows previews takes no other."""
        return urljoin(site_url.rstrip("/") + "/", self.path)


def preview_of(page: Page, base: Base) -> Preview:
    """A page's preview: its title and the first of its key points, or else its description."""
    first = next(iter(page.meta.key_points), None)
    message = base.facts[first].key_point if first else page.meta.description
    signed = standing(f"page:{page.slug}", base).state is ReviewState.SIGNED
    # On the home page title and name are the same words: its own sentence says more.
    title = page.meta.title if page.meta.title != base.site.name else base.site.description
    message = message if title == page.meta.title else ""
    return Preview(page, base.site.name, title, message, "" if signed else _UNREVIEWED)


def write_previews(base: Base, site: Path, cache: Path) -> None:
    """Write the picture of every page below the folder `site`. What has not changed is taken from `cache`."""
    (site / FOLDER).mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    used = set()
    for page in base.pages:
        preview = preview_of(page, base)
        kept = cache / f"{hashlib.sha256((_fingerprint() + preview.source).encode()).hexdigest()}.png"
        if not kept.exists():
            # Written aside, then renamed: a process that is ended leaves no half file behind.
            aside = kept.with_suffix(f".{os.getpid()}")
            aside.write_bytes(drawn(preview))
            aside.replace(kept)
        used.add(kept)
        (site / preview.path).write_bytes(kept.read_bytes())
    for old in set(cache.glob("*.png")) - used:
        old.unlink(missing_ok=True)


def drawn(preview: Preview) -> bytes:
    """The PNG of a preview, the same bytes for the same words."""
    made = compiler(HERE).compile(preview.source.encode(), format="png", ppi=72)
    if not isinstance(made, bytes):
        raise TypeError("Typst made more than one picture.")
    return tinted(made, _DEEP, _WHITE)


@functools.cache
def _fingerprint() -> str:
    """Changes whenever the same words would give another picture."""
    files = [*sorted(HERE.glob("*.*")), *sorted(FONTS.iterdir())]
    return "\n".join([version("typst"), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)])

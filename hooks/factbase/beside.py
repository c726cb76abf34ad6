"""Write what stands beside the pages and needs nothing of theirs: permanent links, views to embed, previews."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from factbase.base import Base
from factbase.built import MAIL
from factbase.carry import CarriedPage
from factbase.linkfiles import write_links
from factbase.messages.mail import write_mail
from factbase.plain.files import write_small_pages

_QR = Path(".cache") / "qr"
_PREVIEWS = Path("build") / "preview"


def write_beside(root: Path, folder: Path, base: Base, pages: Mapping[str, CarriedPage]) -> None:
    """Write it to `folder`: the site itself, or one that is put into it. `pages` by their paths in docs/."""
    folder.mkdir(parents=True, exist_ok=True)
    write_links(folder, base, root / _QR)
    if base.address:
        # Only a site with an address has pictures for those who share it. Typst is loaded for them alone.
        from factbase.preview import write_previews  # noqa: PLC0415

        write_previews(base, folder, root / _PREVIEWS)
    write_mail(folder / MAIL, base)
    write_small_pages(folder, base, {path.removesuffix(".md"): page.hash for path, page in pages.items()})

"""Typst source → PDF bytes: tagged (PDF/UA-1), own fonts only, the same bytes for the same source."""

from __future__ import annotations

import functools
import hashlib
import re
from importlib.metadata import version
from pathlib import Path

import typst

from factbase.pdf.pack import packed

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
_PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


@functools.cache
def compiler(root: Path = TEMPLATES) -> typst.Compiler:
    """Typst as it runs here: it reads files of folder `root` only, and has no type but the site's own."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True)


@functools.cache
def fingerprint() -> str:
    """Changes whenever the same source would give another PDF: with Typst, the templates, the type, or the packing."""
    own = [HERE / name for name in ("pack.py", "note_tags.py", "row_headers.py", "streams.py", "tag_names.py")]
    files = [*sorted(TEMPLATES.iterdir()), *sorted(FONTS.iterdir()), *own]
    parts = [version("typst"), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)]
    return "\n".join(parts) + "\n"


class PdfError(Exception):
    """Why Typst refused a document, in one line."""


def compile_pdf(source: str) -> bytes:
    """The PDF of a Typst source. A missing title, alternative text or heading level is refused."""
    try:
        made = compiler().compile(source.encode(), format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise PdfError(" ".join([error.message, *error.hints])) from error
    if not isinstance(made, bytes):
        raise PdfError("Typst made no PDF.")
    return packed(made)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF made here has, as its own metadata say."""
    hit = _PAGES.search(pdf)
    if hit is None:
        raise PdfError("The PDF does not say how many pages it has.")
    return int(hit[1])

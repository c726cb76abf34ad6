"""Write the PDFs and their list: the edge at which documents become files."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml

from factbase.base import Base
from factbase.document import MOST_PAGES, Document, Download, Print, documents, list_downloads
from factbase.pdf.compile import PdfError, compile_pdf, fingerprint, page_count
from factbase.pdf.render import SIZES, Setting, render
from factbase.problem import Place, Problem, one_line

_KEPT = 150
Say = Callable[[str], None]
Sources = tuple[str, ...]
"""A document's Typst source at each size that may be tried, the first wish first."""


def write_pdfs(base: Base, out: Path, setting: Setting, say: Say, cache: Path | None = None) -> list[Problem]:
    """Make every document of the base in folder `out`, with index.json. One line each goes to `say`.

    `cache` is a folder of PDFs by the hash of their source: what has not changed is not made again.
    """
    out.mkdir(parents=True, exist_ok=True)
    wanted = list(documents(base.leaflets))
    # Each in a process of its own: Typst works on one document with one core for most of the time.
    # Started afresh, not forked: Typst's threads do not survive a fork.
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        made = [pool.submit(fitting, _sources(document, base, setting), _limit(document), cache) for document in wanted]
        downloads: list[Download] = []
        problems: list[Problem] = []
        for document, future in zip(wanted, made, strict=True):
            result = future.result()
            if isinstance(result, str):
                problems.append(_problem(document, result))
                continue
            (out / document.file).write_bytes(result)
            downloads.append(_listed(document, base, result))
            say(f"{document.file}: {downloads[-1].length}, {downloads[-1].size}")
    list_downloads(out, downloads)
    if cache is not None:
        _prune(cache)
    return problems


def site_setting(root: Path) -> Setting:
    """The setting of a project: the site's address from the environment, the order of pages from mkdocs.yml."""
    address = os.environ.get("SITE_URL") or os.environ.get("URL") or None
    return Setting(address, reading_order(root / "mkdocs.yml"))


def reading_order(settings: Path) -> tuple[str, ...]:
    """The paths of pages in the order of the navigation; empty without one."""
    if not settings.exists():
        return ()
    # Every value stays text, so that the file's own tags (!ENV) do not matter.
    try:
        found = yaml.load(settings.read_text("utf-8"), yaml.BaseLoader)
    except yaml.YAMLError:
        return ()  # MkDocs says what is wrong with its file
    return tuple(_paths(found.get("nav", ()))) if isinstance(found, dict) else ()


def _paths(node: object) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _paths(value)
    elif isinstance(node, list):
        for value in node:
            yield from _paths(value)


def _sources(document: Document, base: Base, setting: Setting) -> Sources:
    sizes = SIZES if _limit(document) else SIZES[:1]
    return tuple(render(document, base, setting, size) for size in sizes)


def _limit(document: Document) -> int | None:
    """How many pages a document may have, if there is a limit."""
    return MOST_PAGES if document.leaflet and document.print is Print.STANDARD else None


def fitting(sources: Sources, limit: int | None, cache: Path | None) -> bytes | str:
    """The PDF at the first size at which it can be made and fits, or why there is none.

    The sizes are halved again and again: what does not fit at one does not fit at those before it either. Typst 0.15
    fails where a link in a source note runs on in the next column; another size breaks elsewhere.
    """
    best: bytes | None = None
    why = ""
    first, end = 0, len(sources)
    while first < end:
        # Two sizes left: the smaller one is tried last, and only where the larger one does not fit.
        size = (first + end - 1) // 2
        found = _tried(sources[size], limit, cache)
        if isinstance(found, bytes):
            best, end = found, size
        else:
            why, first = found, size + 1
    return why if best is None else best


def _tried(source: str, limit: int | None, cache: Path | None) -> bytes | str:
    try:
        pdf = _cached(source, cache)
    except PdfError as error:
        return str(error)
    return pdf if limit is None or page_count(pdf) <= limit else f"It has more than {limit} pages."


def made(document: Document, base: Base, setting: Setting, cache: Path | None = None) -> bytes | Problem:
    """One document as PDF in this process, or why it cannot be made. `cache` is a folder as of `write_pdfs`."""
    result = fitting(_sources(document, base, setting), _limit(document), cache)
    return _problem(document, result) if isinstance(result, str) else result


def _cached(source: str, cache: Path | None) -> bytes:
    if cache is None:
        return compile_pdf(source)
    path = cache / f"{hashlib.sha256((fingerprint() + source).encode()).hexdigest()}.pdf"
    if path.exists():
        path.touch()
        return path.read_bytes()
    pdf = compile_pdf(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside, then renamed: a process that is ended leaves no half file behind.
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_bytes(pdf)
    aside.replace(path)
    return pdf


def _prune(cache: Path) -> None:
    """Keep the newest files only."""
    files = sorted(cache.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)


def _problem(document: Document, why: str) -> Problem:
    place = document.leaflet.where.record if document.leaflet else Place("docs/index.md")
    return Problem(place, "E05", f"{document.file} cannot be made.", one_line(why))


def _listed(document: Document, base: Base, pdf: bytes) -> Download:
    return Download(
        id=document.id,
        file=document.file,
        title=document.title,
        version=base.site.version,
        sha256=hashlib.sha256(pdf).hexdigest(),
        pages=page_count(pdf),
        bytes=len(pdf),
        paper=document.paper.value,
        print=document.print.value,
        page=document.leaflet.page if document.leaflet else None,
    )

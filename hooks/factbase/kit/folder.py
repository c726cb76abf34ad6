"""A base with a clinic → every file of its kit. Pure but for the PDFs, which Typst makes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from factbase.base import Base
from factbase.clinic import Clinic, Country, number_facts
from factbase.document import Clinic as Printed
from factbase.document import Document, Paper, Print, documents
from factbase.kit.landing import LINKS, landing, names_of_signs
from factbase.leaflet import Leaflet, Part, Time
from factbase.message import FIRST, NO_ANSWER
from factbase.messages.mail import fill_text, forms
from factbase.messages.view import HELP, view
from factbase.model import Level
from factbase.pdf.render import Setting
from factbase.pdf.write import made
from factbase.problem import Place, Problem
from factbase.qr import qr_png, qr_svg
from factbase.reviewed import NOT_REVIEWED
from factbase.shape import Where

LIST = "kit.json"
COVER, COVER_TITLE = "handbook-cover", "Whom to call"
File = tuple[str, bytes]


def paper_of(clinic: Clinic) -> Paper:
    """The paper that the clinic prints on."""
    return clinic.paper or (Paper.LETTER if clinic.country is Country.US else Paper.A4)


def printed(clinic: Clinic) -> Printed:
    """The clinic's block on leaflets and on the handbook's cover."""
    lines = [f"{words}: {number}" for words, number in clinic.phones]
    return Printed(clinic.name, (*lines, *([", ".join(clinic.address)] if clinic.address else [])))


def texts(base: Base, clinic: Clinic, address: str, *, with_site: bool) -> Iterator[File]:
    """Messages, QR codes, landing page and instructions."""
    for message in base.messages:
        for ending, text in forms(view(message, base, address)):
            yield f"messages/{message.id}.{ending}", text.encode()
    for name, _ in LINKS:
        yield f"qr/{name}.svg", qr_svg(f"{address}/go/{name}").encode()
        yield f"qr/{name}.png", qr_png(f"{address}/go/{name}")
    yield "landing/index.html", landing(base, address).encode()
    yield "README.txt", _readme(base, clinic, address, with_site=with_site).encode()


def prints(
    base: Base, clinic: Clinic, setting: Setting, cache: Path, books: dict[str, bytes]
) -> Iterator[File | Problem]:
    """The leaflets and the handbook on the clinic's paper, or why one could not be made.

    The handbook is the same for all clinics and made once (`books` keeps it for this run, `cache` for the next); a
    clinic's numbers and times stand on a leaf to put in front of it.
    """
    public = dataclasses.replace(base, clinic=None)
    for document in wanted(base, clinic):
        if document.leaflet:
            result = made(document, base, setting)
        else:
            result = books.get(document.file) or made(
                document, public, dataclasses.replace(setting, clinic=None), cache
            )
            if not isinstance(result, Problem):
                books[document.file] = result
        folder = "leaflets" if document.leaflet else "handbook"
        yield result if isinstance(result, Problem) else (f"{folder}/{document.file}", result)
    front = Document(COVER, COVER_TITLE, paper_of(clinic), Print.STANDARD, cover(base), front=True)
    leaf = made(front, base, setting)
    yield leaf if isinstance(leaf, Problem) else (f"handbook/{front.file}", leaf)


def cover(base: Base) -> Leaflet:
    """The leaf in front of a clinic's handbook: warning signs, whom to call, the clinic's own times."""
    where = Where(Place("data/leaflets.yml"), {})
    country = base.clinic.country if base.clinic else None
    then = {Level.EMERGENCY: (FIRST, *number_facts(country)), Level.TODAY: NO_ANSWER[:1], Level.CLINIC: NO_ANSWER[1:]}
    parts = [Part(where, level=level, facts=names_of_signs(level, base), then=then[level]) for level in Level]
    if base.own:
        parts.append(Part(where, heading="How long must I wait?", facts=tuple(base.own)))
    return Leaflet(COVER, where, COVER_TITLE, HELP, Time.AFTER, tuple(parts))


def wanted(base: Base, clinic: Clinic) -> list[Document]:
    """The documents of a kit."""
    return [document for document in documents(base.leaflets) if document.paper is paper_of(clinic)]


def listing(base: Base, clinic: Clinic, address: str, files: dict[str, bytes]) -> bytes:
    """The list of a kit's files with their SHA-256, as JSON."""
    listed = [
        {"file": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    head = {"clinic": clinic.id, "name": clinic.name, "version": base.site.version, "address": address}
    return (json.dumps({**head, "files": listed}, indent=1, ensure_ascii=False) + "\n").encode()


def _readme(base: Base, clinic: Clinic, address: str, *, with_site: bool) -> str:
    return fill_text(
        "kit/readme.txt",
        clinic=clinic,
        site=base.site,
        state=NOT_REVIEWED if not base.reviews else "Each text says whether a clinician has reviewed it.",
        messages=base.messages,
        address=address,
        leaflets=sum(1 for document in wanted(base, clinic) if document.leaflet),
        links=LINKS,
        own=[(own.rule.removeprefix("rule-"), own.says) for own in clinic.own],
        logo_ending=clinic.logo[clinic.logo.rindex(".") :].lower() if clinic.logo else "",
        with_site=with_site,
    )

"""Read a clinic's file and look at the logo beside it. The rules about what it says stand in `rules.clinic`."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from factbase import yamlread
from factbase.clinic import Clinic
from factbase.problem import Place, Problem, quote
from factbase.shape import ID_PATTERN, Reader

LARGEST_FILE = 64_000
LARGEST_LOGO = 200_000
MOST_PIXELS = 2_000
"""Longest side of a PNG."""
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_SCRIPTS = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "animate", "set", "handler"}
_COLOUR = re.compile(r"\b(?P<field>accent|text):[ \t]+(?P<value>[“”„‘’]?#(?P<digits>[0-9A-Fa-f]{6}))\b[”“‘’]?")
_COUNTRIES = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB"}
_COUNTRIES |= {"united kingdom": "GB", "usa": "US", "united states": "US", "australia": "AU", "ireland": "IE"}
"""What people write for a country, beside its two letters."""
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.I)


def read_clinic(path: Path, name: str, *, needed: bool = True) -> tuple[Clinic | None, list[Problem]]:
    """The clinic in file `path` (called `name` in reports), or None with the reasons: none where it may be empty."""
    if not path.exists() and not needed:
        return None, []
    if path.is_file() and path.stat().st_size > LARGEST_FILE:
        return None, [
            Problem(Place(name), "Y02", "The file is too long for one clinic.", f"At most {LARGEST_FILE:,} bytes.")
        ]
    text, problems = yamlread.read_text(path, name)
    if problems:
        return None, problems
    slips = list(_colours_without_quotes(text, name))
    # Read on as if they were quoted, so that one run names every fault.
    node, problems = yamlread.parse(_COLOUR.sub(r'\g<field>: "#\g<digits>"', text) if slips else text, name)
    if problems or (node is None and not needed):
        return None, [*slips, *problems]
    if node is None:
        return None, [Problem(Place(name), "S04", "The file is empty.", "Write name, treatment, country and phone.")]
    if not re.fullmatch(ID_PATTERN, path.stem):
        what = f"{quote(path.stem)} cannot name a folder."
        return None, [Problem(Place(name), "S02", what, "Name the file with a-z, 0-9 and single hyphens.")]
    reader = Reader()
    clinic = reader.record(node, Clinic, id=path.stem)
    if clinic is None or reader.problems:
        return None, [*slips, *(_with_code(problem) for problem in reader.problems)]
    problems = [*slips, *_logo(clinic, path.parent)]
    return (None if problems else clinic), problems


def _colours_without_quotes(text: str, name: str) -> Iterator[Problem]:
    """YAML takes what follows a # for a remark, and curly quotes for letters: both hide the colour."""
    for number, line in enumerate(text.split("\n"), 1):
        if hit := _COLOUR.search(line.partition(" # ")[0]):
            place = Place(name, number, hit.start("value") + 1)
            instead = f'Write {hit["field"]}: "#{hit["digits"]}".'
            yield Problem(place, "S16", f"The colour of `{hit['field']}` needs straight quotes.", instead)


def _with_code(problem: Problem) -> Problem:
    """The same, and the two letters of a country that was written out."""
    hit = re.fullmatch(r'"(.*)" is not a value of `country`\.', problem.what)
    code = _COUNTRIES.get(hit[1].casefold()) if hit else None
    return problem._replace(instead=f"Write {code}.") if code else problem


def logo_path(clinic: Clinic, folder: Path) -> Path | None:
    """The file of the logo, beside the clinic's own file in `folder`."""
    return folder / clinic.logo if clinic.logo else None


def _logo(clinic: Clinic, folder: Path) -> Iterator[Problem]:
    """A logo is a small PNG or SVG beside the file; nothing leads out of its folder, nothing in it runs or loads."""
    path = logo_path(clinic, folder)
    if path is None:
        return
    place = clinic.where.at("logo")

    def no(what: str, instead: str) -> Problem:
        return Problem(place, "K04", f"The logo {what}.", instead)

    parts = Path(clinic.logo or "").parts
    inside = path.resolve().is_relative_to(folder.resolve())
    if Path(clinic.logo or "").is_absolute() or ".." in parts or not inside:
        yield no("leads out of the folder of this file", "Put the file beside this one and write its name.")
    elif not path.is_file():
        yield no(f"{quote(clinic.logo or '')} is not there", "Put the file beside this one, or remove the line.")
    elif path.suffix.lower() not in (".png", ".svg"):
        yield no("is neither PNG nor SVG", "Save it as .png or .svg.")
    elif path.stat().st_size > LARGEST_LOGO:
        yield no(f"has {path.stat().st_size:,} bytes", f"Make it smaller: at most {LARGEST_LOGO:,}.")
    else:
        why = (_png if path.suffix.lower() == ".png" else _svg)(path.read_bytes())
        if why:
            yield no(*why)


def _png(data: bytes) -> tuple[str, str] | None:
    """What is wrong with a PNG, and what to do, or None."""
    if not data.startswith(_PNG) or len(data) < 24:
        return "is no PNG, whatever its name says", "Save it as PNG again."
    wide, high = struct.unpack(">II", data[16:24])
    if not 0 < max(wide, high) <= MOST_PIXELS:
        return f"is {wide} by {high} pixels", f"Make it smaller: at most {MOST_PIXELS} pixels a side."
    return None


def _svg(data: bytes) -> tuple[str, str] | None:
    """What is wrong with an SVG, and what to do, or None. Nothing in it may run, load or link."""
    from lxml import etree  # noqa: PLC0415 - a heavy library, for a clinic's SVG only

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "has a DOCTYPE", "Save it as plain SVG without one."
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return "is no SVG, whatever its name says", "Save it as SVG again."
    if etree.QName(root).localname != "svg":
        return "is no SVG, whatever its name says", "Save it as SVG again."
    if b"<?xml-stylesheet" in data:
        return "loads a style sheet", "Save it as plain SVG."
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname in _SVG_SCRIPTS:
            return f"holds <{etree.QName(element).localname}>, which can run or load something", "Save it as plain SVG."
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            local = etree.QName(name).localname
            if local.lower().startswith("on"):
                return f"holds {quote(local)}, which can run something", "Save it as plain SVG."
            if (local in ("href", "src") and not value.strip().startswith("#")) or _OUTSIDE.search(value):
                return "loads or links something from outside", "Put everything into the file, or save it as PNG."
        if _OUTSIDE.search(str(element.text or "")):
            return "loads something from outside", "Put everything into the file, or save it as PNG."
    return None

"""Read data/ and docs/ into a Base. All problems of all files in one pass; nothing is repaired."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from factbase import markup, yamlread
from factbase.about import Address, Correction, LeftOut, Review, Site
from factbase.base import Base
from factbase.clinic import Clinic
from factbase.clinicfile import read_clinic
from factbase.condition import Condition
from factbase.course import DayToNote, Sign, Step
from factbase.drawn import Drawn
from factbase.heard import Heard, SetAside
from factbase.leaflet import Leaflet
from factbase.message import Message
from factbase.model import Fact, Source
from factbase.page import Page
from factbase.problem import Place, Problem, quote
from factbase.published import Chosen
from factbase.records import published_links, releases
from factbase.shape import ID_PATTERN, Link, Reader, Where
from factbase.wording import Synonym, Term, Wording

CLINIC = "data/clinic.yml"
T = TypeVar("T")
R = TypeVar("R", Fact, Source, Address)
_OTHERS = {"clinic.yml", "links-published.json"}
"""Files of data/ that have readers of their own."""
_NO_SITE = Site(Where(Place("data/site.yml"), {}), "", "0.0.0", "", "", Link(""))


def load(root: Path) -> tuple[Base, list[Problem]]:
    """The fact base under `root` (which holds data/ and docs/), and every problem met while reading."""
    files = _Files(root)
    site = files.one("data/site.yml", Site) or _NO_SITE
    sources = files.by_id(files.records("data/sources.yml", Source))
    facts: list[Fact] = []
    for path in sorted((root / "data" / "facts").glob("*.yml")):
        facts += files.records(f"data/facts/{path.name}", Fact, topic=path.stem)
    by_id = files.by_id(facts)
    pages = tuple(files.pages())
    published, bad_links = published_links(root)
    frozen, bad_releases = releases(root)
    base = Base(
        site,
        sources,
        by_id,
        pages,
        synonyms=tuple(files.records("data/search.yml", Synonym)),
        heard=tuple(files.records("data/heard.yml", Heard)),
        set_aside=tuple(files.records("data/heard-set-aside.yml", SetAside)),
        wording=tuple(files.records("data/wording.yml", Wording)),
        terms=tuple(files.records("data/terms.yml", Term)),
        left_out=tuple(files.records("data/left-out.yml", LeftOut)),
        corrections=tuple(files.records("data/corrections.yml", Correction)),
        reviews=tuple(files.records("data/reviews.yml", Review)),
        signs_seen=tuple(files.records("data/healing.yml", Sign)),
        steps=tuple(files.records("data/steps.yml", Step)),
        dates=tuple(files.records("data/dates.yml", DayToNote)),
        conditions=tuple(files.records("data/conditions.yml", Condition)),
        drawn=tuple(files.records("data/pictures.yml", Drawn)),
        addresses=files.by_id(files.records("data/addresses.yml", Address)),
        leaflets=tuple(files.records("data/leaflets.yml", Leaflet)),
        links=tuple(files.records("data/links.yml", Chosen)),
        published=published,
        releases=frozen,
        messages=tuple(files.records("data/messages.yml", Message)),
        clinic=files.clinic(),
    )
    problems = [
        *_strangers(root, files.names, base.clinic),
        *files.problems,
        *files.reader.problems,
        *bad_links,
        *bad_releases,
    ]
    return base, problems


def _strangers(root: Path, names: set[str], clinic: Clinic | None) -> Iterable[Problem]:
    """Files in data/ that nothing reads: most often a wrong ending or the wrong folder."""
    known = sorted(_OTHERS | {name.removeprefix("data/") for name in names if name.count("/") == 1})
    for path in sorted((root / "data").glob("*")):
        logo = clinic is not None and path.name == clinic.logo
        if path.is_file() and path.name not in known and not logo and not path.name.startswith("."):
            yield Problem(Place(f"data/{path.name}"), "Y11", "Nothing reads this file.", f"Known: {', '.join(known)}.")
    for path in sorted((root / "data" / "facts").glob("*")):
        if path.suffix != ".yml" and not path.name.startswith("."):
            yield Problem(Place(f"data/facts/{path.name}"), "Y11", "Nothing reads this file.", "Name it <topic>.yml.")


class _Files:
    """Reads the project's files one by one and keeps what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reader = Reader()
        self.names: set[str] = set()
        self.problems: list[Problem] = []

    def one(self, name: str, cls: type[T]) -> T | None:
        """The single record of a file."""
        node = self._node(name)
        if node is None:
            if not any(problem.place.file == name for problem in self.problems):
                self.problems.append(Problem(Place(name), "S04", "The file is empty.", "Write its fields."))
            return None
        return self.reader.record(node, cls)

    def records(self, name: str, cls: type[T], **given: str) -> list[T]:
        """The records of a file, in its order; `given` fields are the same for all of them."""
        return self.reader.records(self._node(name), cls, name, **given)

    def by_id(self, records: Iterable[R]) -> dict[str, R]:
        """Records by id; the first keeps an id that stands twice."""
        found: dict[str, R] = {}
        for record in records:
            if record.id in found:
                first = found[record.id].where.record
                if first.file == record.where.record.file:
                    continue  # a double key: the YAML reader has said so
                what = f"The id {quote(record.id)} is taken by {first.file}:{first.line}."
                instead = "Choose another: ids are never shared or used again."
                self.problems.append(Problem(record.where.record, "F14", what, instead))
            else:
                found[record.id] = record
        return found

    def pages(self) -> Iterable[Page]:
        """The pages whose front matter can be used, in the order of their names."""
        docs = self.root / "docs"
        for path in sorted(docs.rglob("*.md")):
            relative = path.relative_to(docs).as_posix()
            name = f"docs/{relative}"
            if not re.fullmatch(rf"{ID_PATTERN}\.md", relative):
                instead = "Name it in docs/ itself with a-z, 0-9 and single hyphens, such as dark-marks.md."
                self.problems.append(Problem(Place(name), "Y13", "The name of a page becomes its address.", instead))
            text, found = yamlread.read_text(path, name)
            self.problems += found
            if found:
                continue
            page, found = markup.parse_page(relative, name, text)
            self.problems += found
            if page is not None:
                yield page

    def clinic(self) -> Clinic | None:
        """The clinic of this edition; none where data/clinic.yml is not there or empty."""
        clinic, found = read_clinic(self.root / CLINIC, CLINIC, needed=False)
        self.problems += found
        return clinic

    def _node(self, name: str) -> yamlread.Node | None:
        self.names.add(name)
        text, found = yamlread.read_text(self.root / name, name)
        self.problems += found
        if found:
            return None
        node, found = yamlread.parse(text, name)
        self.problems += found
        return node

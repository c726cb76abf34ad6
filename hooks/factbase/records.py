"""Read what was published before: the list of links and the records of releases. Problems, never exceptions."""

from __future__ import annotations

import re
from pathlib import Path

from factbase import yamlread
from factbase.problem import Place, Problem, quote
from factbase.published import Published
from factbase.release import NotFrozenError, Release, thaw

PUBLISHED = "data/links-published.json"
RELEASES = "data/releases"
_LINE = re.compile(r'\s*"(?P<name>[a-z0-9.-]+)": "(?P<target>[a-z0-9.:@#-]+)",?')
_VERSION = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}")


def published_links(root: Path) -> tuple[dict[str, Published], list[Problem]]:
    """Name → target of every link that was ever published, in the order of the file. An empty file: none yet."""
    text, problems = yamlread.read_text(root / PUBLISHED, PUBLISHED)
    found: dict[str, Published] = {}
    for number, line in enumerate(text.splitlines(), 1):
        hit = _LINE.fullmatch(line)
        if hit and hit["name"] not in found:
            found[hit["name"]] = Published(hit["target"], Place(PUBLISHED, number, hit.start("name")))
        elif line.strip() not in ("", "{", "}", "{}"):
            instead = "The file is written by `python -m factbase short-links --publish`: restore it."
            problems.append(Problem(Place(PUBLISHED, number), "U05", "This is no published link.", instead))
    return found, problems


def published_text(links: dict[str, str]) -> str:
    """The text of the list of published links (name → target), one link a line, sorted by name."""
    return "{\n" + ",\n".join(f' "{name}": "{links[name]}"' for name in sorted(links)) + "\n}\n"


def releases(root: Path) -> tuple[tuple[Release, ...], list[Problem]]:
    """The releases so far, oldest first."""
    found: list[Release] = []
    problems: list[Problem] = []
    for path in sorted((root / RELEASES).glob("*")):
        if path.name.startswith("."):
            continue
        name = f"{RELEASES}/{path.name}"
        if path.suffix != ".json" or not _VERSION.fullmatch(path.stem):
            problems.append(Problem(Place(name), "Y11", "Nothing reads this file.", "Name it <version>.json."))
            continue
        try:
            release = thaw(path.read_text("utf-8-sig"))
        except (NotFrozenError, OSError, UnicodeDecodeError) as fault:
            what = str(fault) if isinstance(fault, NotFrozenError) else "The file cannot be read."
            problems.append(Problem(Place(name), "Z01", what, "Restore the file from its tag."))
            continue
        if release.version != path.stem:
            what = f"The record is of version {quote(release.version)}."
            problems.append(Problem(Place(name), "Z01", what, f"Name it {release.version}.json."))
        found.append(release)
    return tuple(sorted(found, key=lambda release: release.order)), problems

"""Read a YAML file into scalars, sequences and mappings that know where they stand.

Built on the event stream of libyaml, not on `safe_load`: every scalar stays the string that
was typed (no `no` → False, no `12:30` → 750), both of two equal keys are seen, nesting
cannot exhaust the stack, and aliases are refused before they can expand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from factbase.problem import UNPRINTABLE, Place, Problem, quote

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml: slower, same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 16_000_000
MAX_LINE = 5_000
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Nothing was typed, or one of YAML's words for nothing."""
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: list[Node]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: list[tuple[Scalar, Node]]
    place: Place


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A sequence or mapping whose end has not been read yet."""

    node: Sequence | Mapping
    key: Scalar | None = None
    seen: set[str] = field(default_factory=set)


def read_text(path: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file, or an empty text and the reason why it cannot be read."""
    start = Place(name)
    try:
        raw = _bytes(path, name)
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        return "", [Problem(start, "Y01", f"Cannot read the file: {reason}.", "Check that it is there and readable.")]
    if len(raw) > MAX_BYTES:
        return "", [Problem(start, "Y02", f"The file has {len(raw):,} bytes.", f"Split it: at most {MAX_BYTES:,}.")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        return "", [Problem(Place(name, line, column), "Y03", "This is not UTF-8 text.", "Save the file as UTF-8.")]
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > MAX_LINE:
            place = Place(name, number, MAX_LINE + 1)
            what = f"The line has {len(line_text):,} characters."
            return "", [Problem(place, "Y02", what, f"Break it up: at most {MAX_LINE:,} characters a line.")]
    text = text.removeprefix("\ufeff")
    problems = list(_hidden(text, name))
    return ("" if problems else text), problems


def _bytes(path: Path, name: str) -> bytes:
    """The bytes of the file `name` of a project. Raises OSError for what is no file or lies outside of the project.

    A name that leads from the root of the disk or out of this folder is no project's: its own folder holds it then.
    """
    try:
        real = path.resolve(strict=True)
    except RuntimeError:  # how Python 3.11 and 3.12 say that links go round in a circle
        raise OSError("It is a link to itself") from None
    called = Path(name)
    away = called.is_absolute() or ".." in called.parts
    root = (path.parent if away else path.parents[len(called.parts) - 1]).resolve()
    if not real.is_relative_to(root):
        raise OSError("It is a link to a place outside of this project")
    if not real.is_dir() and not real.is_file():
        raise OSError("It is not a file")  # a pipe would wait for ever, a device never end
    return real.read_bytes()


def _hidden(text: str, name: str) -> Iterator[Problem]:
    """Characters that nobody sees but that turn text round, cut it off or start a line for YAML alone."""
    for number, line in enumerate(text.split("\n"), 1):
        if hit := UNPRINTABLE.search(line.removesuffix("\r").replace("\t", " ")):
            what = f"The invisible character U+{ord(hit[0]):04X} stands here."
            yield Problem(Place(name, number, hit.start() + 1), "Y12", what, "Remove it.")


def parse(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """The one document in `text`, or None with at least one problem. An empty file gives None and no problem."""
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
            if builder.fatal:
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        what = f"This is not valid YAML: {error.problem or error.context}."
        instead = "Look for a missing quote, colon or space on this or the line before."
        if mark and any(re.match(r" *\t", line) for line in text.split("\n")[mark.line : mark.line + 1]):
            what, instead = "This is not valid YAML: the line starts with a tab.", "Put spaces there."
        builder.problems.append(Problem(place, "Y04", what, instead))
        return None, builder.problems
    except yaml.YAMLError:  # a character that YAML does not allow
        # libyaml counts bytes, its Python twin characters: the place is looked up instead.
        hit = yaml.reader.Reader.NON_PRINTABLE.search(text)
        at = hit.start() if hit else 0
        line = text.count("\n", 0, at) + 1
        place = Place(name, line, at - text.rfind("\n", 0, at))
        return None, [
            Problem(place, "Y04", "A character here is not allowed in YAML.", "Remove the control character.")
        ]
    return (None if builder.fatal else builder.root), builder.problems


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
    return events


class _Builder:
    """Turns parser events into nodes with a stack of its own, so that depth is a check and not a crash."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.fatal = False
        self._stack: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(
                event, "Y05", "Anchors (&) and aliases (*) are not used here.", "Write the value out, or quote it."
            )
        elif isinstance(event, yaml.ScalarEvent):
            if event.tag is not None and event.tag != "!":
                self._stop(event, "Y06", f"YAML tags such as {quote(event.tag)} are not used here.", "Remove the tag.")
                return
            self._put(Scalar(event.value, self._place(event), quoted=bool(event.style)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, Sequence([], self._place(event)))
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, Mapping([], self._place(event)))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(event, "Y07", "A second document starts here.", "Remove the line ---: one document a file.")

    def _open(self, event: yaml.Event, node: Sequence | Mapping) -> None:
        if getattr(event, "tag", None) is not None:
            self._stop(event, "Y06", "YAML tags are not used here.", "Remove the tag.")
        elif len(self._stack) >= MAX_DEPTH:
            self._stop(event, "Y08", f"Lists and records nest deeper than {MAX_DEPTH} levels.", "Close a bracket.")
        else:
            self._put(node)
            self._stack.append(_Open(node))

    def _put(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is None:
            if not isinstance(node, Scalar):
                self.fatal = True
                problem = Problem(node.place, "Y09", "A list or record stands where a name should.", "Write a name.")
                self.problems.append(problem)
                return
            if node.text in top.seen:
                what = f"The name {quote(node.text)} stands twice in the same record."
                self.problems.append(Problem(node.place, "Y10", what, "Keep one of the two, or rename it."))
            top.seen.add(node.text)
            top.key = node
        else:
            top.node.entries.append((top.key, node))
            top.key = None

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)

    def _stop(self, event: yaml.Event, code: str, what: str, instead: str) -> None:
        self.fatal = True
        self.problems.append(Problem(self._place(event), code, what, instead))

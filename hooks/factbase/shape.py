"""From YAML nodes to frozen dataclasses, by the dataclasses' own annotations.

The model is the single description of the data files: this module reads values by it and
`schema` writes the JSON Schemas from it, so the two cannot disagree.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import re
import types
import typing
from collections.abc import Mapping as MappingType
from typing import Any, TypeVar

from factbase import yamlread
from factbase.problem import Place, Problem, did_you_mean, quote

T = TypeVar("T")
# Control characters, zero-width characters and direction marks: they hide text or turn it round.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"


class PartialDate(str):
    """A year, a month or a day: 2021, 2021-03 or 2021-03-09 (CSL-JSON's `issued`)."""

    __slots__ = ()


class Link(str):
    """An address that a page may link: https, tel or mailto only."""

    __slots__ = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Where:
    """Where a record and each of its fields stand in the data file."""

    record: Place
    fields: MappingType[str, Place] = dataclasses.field(hash=False)

    def at(self, name: str) -> Place:
        """The place of a field's value, or of the record where the field is not written."""
        return self.fields.get(name, self.record)


@dataclasses.dataclass(frozen=True, slots=True)
class Spec:
    """What is asked of a field beyond its type."""

    doc: str
    pattern: str | None = None
    max_chars: int = 400
    min_items: int = 0
    max_items: int = 500


def described(doc: str, *, default: Any = dataclasses.MISSING, **limits: Any) -> Any:
    """A dataclass field with the words that explain it to an editor, and its limits."""
    return dataclasses.field(default=default, metadata={"spec": Spec(doc, **limits)})


def fields_of(cls: type) -> dict[str, tuple[Any, Spec, bool]]:
    """The data fields of a record class: name → (type, spec, required).

    `id` and `where` have no spec: they come from the file's shape.
    """
    return _fields_of(cls)


@functools.cache
def _fields_of(cls: Any) -> dict[str, tuple[Any, Spec, bool]]:
    hints = typing.get_type_hints(cls)
    found = {}
    for field in dataclasses.fields(cls):
        if "spec" in field.metadata:
            required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
            found[field.name.replace("_", "-") if field.name == "container_title" else field.name] = (
                hints[field.name],
                field.metadata["spec"],
                required,
            )
    return found


class Reader:
    """Reads nodes into values and keeps every problem it meets; one Reader for a whole load."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def records(self, node: yamlread.Node | None, cls: type[T], name: str, **given: Any) -> list[T]:
        """The records of a file that maps ids to records of class `cls`, which has `id` and `where`."""
        if node is None:
            return []
        if not isinstance(node, yamlread.Mapping):
            self._say(node.place, "S01", f"{name} holds something else than records.", "Write `id:` and its fields.")
            return []
        found = []
        for key, value in node.entries:
            if not re.fullmatch(ID_PATTERN, key.text) or len(key.text) > 80:
                instead = "Use a-z, 0-9 and single hyphens, at most 80 characters."
                self._say(key.place, "S02", f"{quote(key.text)} is not an id.", instead)
            elif (record := self.record(value, cls, key.place, id=key.text, **given)) is not None:
                found.append(record)
        return found

    def record(self, node: yamlread.Node, cls: type[T], place: Place | None = None, **given: Any) -> T | None:
        """One record, or None where a field is missing or wrong; each fault becomes a problem."""
        place = place or node.place
        if not isinstance(node, yamlread.Mapping):
            self._say(
                node.place, "S01", "Fields are missing here.", f"Write them as `{next(iter(fields_of(cls)))}: …`."
            )
            return None
        wanted = fields_of(cls)
        values: dict[str, Any] = dict(given)
        places: dict[str, Place] = {}
        good = True
        meant = ""
        for key, value in node.entries:
            if key.text not in wanted:
                instead = did_you_mean(key.text, wanted) or f"Known fields: {', '.join(wanted)}."
                self._say(key.place, "S03", f"Unknown field {quote(key.text)}.", instead)
                meant += instead
                good = False
                continue
            kind, spec, _ = wanted[key.text]
            before = len(self.problems)
            found = self.value(value, kind, spec, key.text)
            good = good and len(self.problems) == before
            values[key.text.replace("-", "_")] = found
            places[key.text] = value.place
        for name, (_, spec, required) in wanted.items():
            # A name that was only mistyped is one fault, and has been reported.
            if required and name.replace("-", "_") not in values and f'"{name}"' not in meant:
                self._say(place, "S04", f"The field `{name}` is missing.", f"Add it: {spec.doc}")
                good = False
        if not good:
            return None
        if "where" in cls.__dataclass_fields__:  # type: ignore[attr-defined]
            values["where"] = Where(place, places)
        return cls(**values)

    def value(self, node: yamlread.Node, kind: Any, spec: Spec, name: str) -> Any:
        """A value of type `kind`, or None and a problem."""
        origin = typing.get_origin(kind)
        if origin in (types.UnionType, typing.Union):
            kind = next(part for part in typing.get_args(kind) if part is not type(None))
            origin = typing.get_origin(kind)
        if origin is tuple:
            return self._items(node, typing.get_args(kind)[0], spec, name)
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            return self.record(node, kind)
        if not isinstance(node, yamlread.Scalar):
            return self._say(node.place, "S05", f"`{name}` takes one value, not a list or record.", "Write one value.")
        if node.empty or not node.text.strip():
            return self._say(node.place, "S06", f"`{name}` is empty.", "Write a value, or remove the line.")
        if len(node.text) > spec.max_chars:
            what = f"`{name}` has {len(node.text)} characters."
            return self._say(node.place, "S07", what, f"Shorten it: at most {spec.max_chars}.")
        return self._scalar(node, kind, spec, name)

    def _items(self, node: yamlread.Node, kind: Any, spec: Spec, name: str) -> tuple[Any, ...]:
        if not isinstance(node, yamlread.Sequence):
            self._say(node.place, "S08", f"`{name}` is a list.", "Write [one, two] or one `- item` a line.")
            return ()
        if not spec.min_items <= len(node.items) <= spec.max_items:
            instead = f"Between {spec.min_items} and {spec.max_items} are needed."
            self._say(node.place, "S09", f"`{name}` has {len(node.items)} items.", instead)
        found = tuple(self.value(item, kind, spec, name) for item in node.items)
        seen: set[str] = set()
        for item, value in zip(node.items, found, strict=True):
            if isinstance(value, str):
                if value in seen:
                    self._say(item.place, "S10", f"{quote(value)} stands twice in `{name}`.", "Keep one.")
                seen.add(value)
        return found

    def _scalar(self, node: yamlread.Scalar, kind: Any, spec: Spec, name: str) -> Any:
        text = node.text.strip()
        if hidden := _HIDDEN.search(text):
            what = f"`{name}` holds the invisible character U+{ord(hidden[0]):04X} at position {hidden.start() + 1}."
            return self._say(node.place, "S11", what, "Remove it.")
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            known = [member.value for member in kind]
            if text not in known:
                instead = did_you_mean(text, known) or f"One of: {', '.join(known)}."
                return self._say(node.place, "S12", f"{quote(text)} is not a value of `{name}`.", instead)
            return kind(text)
        if kind is int:
            if not re.fullmatch(r"0|[1-9]\d{0,8}", text):
                return self._say(node.place, "S13", f"{quote(text)} is not a whole number.", "Write digits only.")
            return int(text)
        if kind is datetime.date:
            try:
                if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                    raise ValueError
                return datetime.date.fromisoformat(text)
            except ValueError:
                return self._say(node.place, "S14", f"{quote(text)} is not a day.", "Write it as 2026-11-20.")
        if kind is PartialDate and not _is_partial_date(text):
            return self._say(node.place, "S14", f"{quote(text)} is not a date.", "Write 2021, 2021-03 or 2021-03-09.")
        if kind is Link and not re.fullmatch(
            r"(https://[^\s/?#@]+\.[^\s/?#@]+(/\S*)?|tel:\+?[\d-]+|mailto:\S+@\S+)", text
        ):
            instead = "Only https:, tel: and mailto: addresses pass."
            return self._say(node.place, "S15", f"{quote(text)} is not an address that may be linked.", instead)
        if spec.pattern and not re.fullmatch(spec.pattern, text):
            return self._say(node.place, "S16", f"{quote(text)} does not fit `{name}`.", f"Expected: {spec.doc}")
        return kind(text)

    def _say(self, place: Place, code: str, what: str, instead: str) -> None:
        self.problems.append(Problem(place, code, what, instead))


def _is_partial_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True

"""What a release said: a frozen record of every fact, page, leaflet, healing cell and condition (data/releases/).

A record is written once, carries a hash of itself, and is never edited. Pure: text in, value out, and back.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact as it was told. `hash` is `review.fact_hash` and covers the evidence; `label` says how it was known."""

    claim: str
    kind: str
    label: str
    hash: str
    level: str | None = None
    go_by: str | None = None


@dataclass(frozen=True, slots=True)
class ToldText:
    """A page or leaflet: its title, the content hash that it printed, the facts and (for charts) the signs on it."""

    title: str
    hash: str
    facts: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldSign:
    """A sign after needling: time point → level."""

    sign: str
    levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldCondition:
    """A condition or medicine, and what to do about it."""

    tick: str
    group: str


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that a version said on its day. `retired` has the facts that were gone: id → successor or reason."""

    version: str
    date: datetime.date
    facts: Mapping[str, ToldFact]
    pages: Mapping[str, ToldText]
    leaflets: Mapping[str, ToldText]
    signs: Mapping[str, ToldSign] = field(default_factory=dict)
    conditions: Mapping[str, ToldCondition] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers, for sorting: 0.10.0 comes after 0.9.0."""
        return version_order(self.version)


FIRST_FACT = 5
"""Line of a record on which its first fact stands; each of the others has the line after."""
_PARTS: dict[str, type] = {
    "facts": ToldFact,
    "pages": ToldText,
    "leaflets": ToldText,
    "signs": ToldSign,
    "conditions": ToldCondition,
}


class NotFrozenError(Exception):
    """The text is not a record as `freeze` wrote it; the message says what is wrong."""


def version_order(version: str) -> tuple[int, ...]:
    """`1.10.0` → (1, 10, 0)."""
    return tuple(int(part) for part in version.split("."))


def freeze(release: Release) -> str:
    """The record's text: JSON with one line a fact, page, sign and so on, and the hash of the rest at its end."""
    values = _plain(release)
    lines = [f'"version":{_compact(values["version"])}', f'"date":{_compact(values["date"])}']
    lines += [f'"{name}":{_lines(values[name])}' for name in (*_PARTS, "retired")]
    lines.append(f'"hash":"{_digest(values)}"')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def thaw(text: str) -> Release:
    """The release of a record's text. Raises NotFrozenError where the text is not what was written."""
    try:
        values = json.loads(text)
    except ValueError as error:
        raise NotFrozenError("It is not JSON.") from error
    if not isinstance(values, dict) or values.pop("hash", None) != _digest(values):
        raise NotFrozenError("Its text does not fit its hash: it was edited after the release.")
    parts = {name: {key: _value(cls, item) for key, item in values[name].items()} for name, cls in _PARTS.items()}
    date = datetime.date.fromisoformat(values["date"])
    return Release(values["version"], date, retired=values["retired"], **parts)


def _value(cls: type, item: dict[str, Any]) -> Any:
    return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in item.items()})


def _plain(release: Release) -> dict[str, Any]:
    found: dict[str, Any] = {"version": release.version, "date": release.date.isoformat()}
    for name in _PARTS:
        found[name] = {key: _fields(item) for key, item in getattr(release, name).items()}
    return {**found, "retired": dict(release.retired)}


def _fields(item: Any) -> dict[str, Any]:
    """A record as JSON values, without empty fields."""
    found = {name.name: getattr(item, name.name) for name in dataclasses.fields(item)}
    return {
        name: list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
        for name, value in found.items()
        if value not in (None, (), {})
    }


def _lines(records: Mapping[str, Any]) -> str:
    rows = [f" {_compact(name)}:{_compact(value)}" for name, value in records.items()]
    return "{\n" + ",\n".join(rows) + "\n}" if rows else "{}"


def _digest(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

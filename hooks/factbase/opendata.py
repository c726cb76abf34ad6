"""The fact base as JSON for anyone to use. Pure: returns plain values."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from factbase.base import Base
from factbase.cite import citation
from factbase.label import label_of
from factbase.shape import Where


def facts_json(base: Base) -> list[dict[str, Any]]:
    """Every fact, retired ones too (as tombstones), with its evidence label and the page that prints it."""
    return [
        {
            **_plain(fact),
            "label": label_of(fact, base.sources).value,
            "page": base.homes.get(fact.id),
        }
        for fact in base.facts.values()
    ]


def sources_json(base: Base) -> list[dict[str, Any]]:
    """Every source with CSL-JSON names, its citation text and the facts that rest on it."""
    return [
        {
            **{name.replace("container_title", "container-title"): value for name, value in _plain(source).items()},
            "citation": citation(source),
            "facts": [fact.id for fact in base.users.get(source.id, ())],
        }
        for source in base.sources.values()
    ]


def _plain(value: Any) -> Any:
    """A record as JSON values, without places in files and without empty fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: _plain(item) for name, item in fields if not isinstance(item, Where) and item not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value

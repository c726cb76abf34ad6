"""JSON Schemas for the data files, made from the model: an editor completes and underlines while typing."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import json
import types
import typing
from typing import Any

from factbase.about import Address, Correction, LeftOut, Review, Site
from factbase.clinic import Clinic
from factbase.condition import Condition
from factbase.course import DayToNote, Sign, Step
from factbase.drawn import Drawn
from factbase.heard import Heard, SetAside
from factbase.label import Label
from factbase.leaflet import Leaflet
from factbase.message import Message
from factbase.model import Fact, Source
from factbase.published import Chosen
from factbase.shape import ID_PATTERN, Link, PartialDate, Spec, fields_of
from factbase.wording import Synonym, Term, Wording

FILES: dict[str, tuple[type, bool]] = {
    "sources.schema.json": (Source, True),
    "facts.schema.json": (Fact, True),
    "search.schema.json": (Synonym, True),
    "heard.schema.json": (Heard, True),
    "heard-set-aside.schema.json": (SetAside, True),
    "terms.schema.json": (Term, True),
    "left-out.schema.json": (LeftOut, True),
    "corrections.schema.json": (Correction, True),
    "reviews.schema.json": (Review, True),
    "healing.schema.json": (Sign, True),
    "steps.schema.json": (Step, True),
    "dates.schema.json": (DayToNote, True),
    "conditions.schema.json": (Condition, True),
    "pictures.schema.json": (Drawn, True),
    "leaflets.schema.json": (Leaflet, True),
    "links.schema.json": (Chosen, True),
    "addresses.schema.json": (Address, True),
    "messages.schema.json": (Message, True),
    "wording.schema.json": (Wording, True),
    "site.schema.json": (Site, False),
    "clinic.schema.json": (Clinic, False),
}
"""File name → record class, and whether the file maps ids to records (or is one record)."""


def schemas() -> dict[str, str]:
    """File name → text of the JSON Schema."""
    return {name: json.dumps(_file(cls, by_id), indent=1) + "\n" for name, (cls, by_id) in FILES.items()}


def open_schemas() -> dict[str, str]:
    """File name → text of the JSON Schema, for the open data: lists of records with what is derived for each."""
    text = {"type": "string"}
    fact = {"id": text, "topic": text, "label": {"enum": [label.value for label in Label]}, "page": _or_null(text)}
    facts = {"type": "array", "items": {"type": "string"}}
    source = {"id": text, "citation": text, "facts": facts}
    listed = {"facts.schema.json": (Fact, fact), "sources.schema.json": (Source, source)}
    return {
        name: json.dumps(_list(cls, more, f"{name.partition('.')[0]}.json"), indent=1) + "\n"
        for name, (cls, more) in listed.items()
    }


def _list(cls: type, more: dict[str, Any], title: str) -> dict[str, Any]:
    record = _record(cls)
    item = {**record, "required": [*more, *record["required"]], "properties": {**more, **record["properties"]}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, "type": "array", "items": item}


def _or_null(kind: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def _file(cls: type, by_id: bool) -> dict[str, Any]:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if not by_id:
        return {**head, **_record(cls)}
    names = {"pattern": f"^{ID_PATTERN}$", "maxLength": 80}
    return {**head, "type": "object", "propertyNames": names, "additionalProperties": _record(cls)}


def _record(cls: type) -> dict[str, Any]:
    fields = fields_of(cls)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, (_, _, required) in fields.items() if required],
        "properties": {
            name: {"description": spec.doc, **_value(kind, spec)} for name, (kind, spec, _) in fields.items()
        },
    }


def _value(kind: Any, spec: Spec) -> dict[str, Any]:
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if typing.get_origin(kind) is tuple:
        item = _value(typing.get_args(kind)[0], spec)
        return {"type": "array", "items": item, "minItems": spec.min_items, "maxItems": spec.max_items}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if issubclass(kind, enum.Enum):
        return {"enum": [member.value for member in kind]}
    if kind is int:
        return {"type": "integer", "minimum": 0}
    if kind is datetime.date:
        return {"type": "string", "format": "date"}
    if kind is PartialDate:
        # An editor's YAML reads a bare year as a number.
        return {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
    limits: dict[str, Any] = {"type": ["string", "number"], "maxLength": spec.max_chars}
    if kind is Link:
        limits["pattern"] = "^(https://|tel:|mailto:)"
    elif spec.pattern:
        limits["pattern"] = f"^{spec.pattern}$"
    return limits

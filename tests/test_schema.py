"""The JSON Schemas that an editor uses say the same as the checker."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import small
import yaml

from factbase.load import load
from factbase.schema import schemas

DATA = small.ROOT / "data"
HEAD = re.compile(r"# yaml-language-server: \$schema=(?P<path>\S+)\n")
SCHEMAS = {name: json.loads(text) for name, text in schemas().items()}
DATA_FILES = sorted([*DATA.glob("*.yml"), *DATA.glob("facts/*.yml")])


def faults(value: Any, schema: dict[str, Any], at: str = "") -> list[str]:
    """Where a value (all scalars text, as typed) breaks a schema. Knows the few words of JSON Schema that ours use."""
    match schema.get("type"):
        case "object":
            return _object_faults(value, schema, at)
        case "array":
            if not isinstance(value, list):
                return [f"{at}: no list"]
            low, high = schema.get("minItems", 0), schema.get("maxItems", len(value))
            found = [] if low <= len(value) <= high else [f"{at}: {len(value)} items"]
            return found + [
                fault for n, item in enumerate(value) for fault in faults(item, schema["items"], f"{at}[{n}]")
            ]
    if not isinstance(value, str):
        return [f"{at}: no single value"]
    good = (
        value in schema.get("enum", [value])
        and len(value) <= schema.get("maxLength", len(value))
        and re.search(schema.get("pattern", ""), value)
        and (schema.get("type") != "integer" or value.isdigit())
        and (schema.get("format") != "date" or re.fullmatch(r"\d{4}-\d\d-\d\d", value))
    )
    return [] if good else [f"{at}: {value}"]


def _object_faults(value: Any, schema: dict[str, Any], at: str) -> list[str]:
    if value is None or value == "":
        value = {}
    if not isinstance(value, dict):
        return [f"{at}: no record"]
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
    for name, item in value.items():
        place = f"{at}/{name}"
        found += [f"{fault} (name)" for fault in faults(name, schema.get("propertyNames", {}), at)]
        if name in known:
            found += faults(item, known[name], place)
        elif isinstance(others, dict):
            found += faults(item, others, place)
        elif not others:
            found.append(f"{place}: unknown")
    return found


def judged(path: str, text: str) -> list[str]:
    """What the schema named at the head of a data file says of it."""
    head = HEAD.match(text)
    assert head is not None
    return faults(yaml.load(text, yaml.BaseLoader), SCHEMAS[Path(head["path"]).name])


def test_the_schemas_in_the_project_are_those_that_the_model_gives() -> None:
    stored = {path.name: path.read_text("utf-8") for path in (DATA / "schema").iterdir()}
    assert stored == schemas(), "Run `make schema`."


@pytest.mark.parametrize("path", DATA_FILES, ids=[path.name for path in DATA_FILES])
def test_the_first_line_of_a_data_file_names_its_schema(path: Path) -> None:
    head = HEAD.match(path.read_text("utf-8"))
    assert head is not None
    schema = (path.parent / head["path"]).resolve()
    assert schema.is_file()
    expected = "facts" if path.parent.name == "facts" else path.stem
    assert schema.name == f"{expected}.schema.json"


@pytest.mark.parametrize("path", [path for path in small.FILES if path.startswith("data/") and path.endswith(".yml")])
def test_a_good_data_file_fits_its_schema(path: str) -> None:
    assert judged(path, small.FILES[path]) == []


# File, what stands there, what a slip makes of it. Both the schema and the checker must refuse it.
SLIPS = (
    ("data/site.yml", "version: 1.2.3", "version: 1.2"),
    ("data/site.yml", "description: A site of two pages.\n", ""),
    ("data/site.yml", "copyright:", "copyrigth:"),
    ("data/site.yml", "mailto:errors@example.org", "http://a.example"),
    ("data/sources.yml", "kind: hospital", "kind: hospitel"),
    ("data/sources.yml", "accessed: 2026-11-01", "accessed: 1.11.2026"),
    ("data/sources.yml", "issued: 2020-03", "issued: March 2020"),
    ("data/sources.yml", "DOI: 10.1000/trial", "DOI: doi.org/10.1000/trial"),
    ("data/sources.yml", "people: 60", "people: sixty"),
    ("data/sources.yml", "leaflet:\n", "Leaflet:\n"),
    ("data/sources.yml", "family: Alam", "famly: Alam"),
    (small.FACTS_FILE, "claim: Keep out of the sun for a week.", f"claim: {'Long ' * 40}."),
    (small.FACTS_FILE, "applies_to: [pen, roller]", "applies_to: []"),
    (small.FACTS_FILE, "applies_to: [pen, roller]", "applies_to: pen"),
    (small.FACTS_FILE, "applies_to: [pen, roller]", "applies_to: [pan]"),
    (small.FACTS_FILE, "relation: differs", "relation: differ"),
    (small.FACTS_FILE, "locator: Harm, ", ""),
    (small.FACTS_FILE, "status: retired", "status: gone"),
    ("data/search.yml", "words: [sunburn, spf]", "words: []"),
    ("data/heard.yml", "asked: Is my face red for weeks?", "asked: My face is red for weeks."),
    ("data/heard.yml", "answer: [redness, feel]", "answer: [redness, feel, sun, law]"),
    ("data/heard-set-aside.yml", "reason: It names a brand.", "reson: It names a brand."),
    ("data/reviews.yml", "hash: 0123456789abcdef", "hash: 0123"),
    ("data/corrections.yml", "date: 2026-11-20", "date: today"),
)


@pytest.mark.parametrize(("path", "old", "new"), SLIPS, ids=[f"{slip[0]} {slip[2][:30]!r}" for slip in SLIPS])
def test_a_slip_is_refused_by_the_schema_and_by_the_checker(tmp_path: Path, path: str, old: str, new: str) -> None:
    changes = small.swapped(path, old, new)
    assert judged(path, changes[path])
    assert len(load(small.write(tmp_path, changes))[1]) == 1


def test_every_field_is_explained_to_who_types_it() -> None:
    def records(schema: dict[str, Any]) -> list[dict[str, Any]]:
        inner = [*schema.get("properties", {}).values()]
        inner += [part for name in ("additionalProperties", "items") if isinstance(part := schema.get(name), dict)]
        return [schema, *(found for part in inner for found in records(part))]

    fields = [
        field
        for schema in SCHEMAS.values()
        for record in records(schema)
        for field in record.get("properties", {}).values()
    ]
    assert fields
    assert all(field["description"].endswith(".") for field in fields)

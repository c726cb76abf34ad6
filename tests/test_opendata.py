"""The open data, as files and on every page: valid, complete, the same as what the pages say."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from small import loaded, swapped

from factbase.base import Base
from factbase.jsonld import jsonld
from factbase.table import COLUMNS, facts_csv

LD = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "@context",
        "@type",
        "name",
        "description",
        "inLanguage",
        "version",
        "lastReviewed",
        "about",
        "license",
    ],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "MedicalWebPage"},
        "name": {"type": "string", "minLength": 3},
        "description": {"type": "string", "minLength": 10},
        "url": {"type": "string", "pattern": "^https?://"},
        "inLanguage": {"const": "en"},
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "lastReviewed": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "reviewedBy": {"type": "object", "required": ["@type", "name"]},
        "about": {"type": "array", "minItems": 1, "items": {"required": ["@type", "name"]}},
        "audience": {"type": "object"},
        "isAccessibleForFree": {"const": True},
        "license": {"type": "string", "pattern": "^https://"},
        "citation": {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": "^https://"}},
    },
}


@pytest.mark.parametrize("name", ["facts", "sources"])
def test_the_files_keep_to_their_schemas(site: Path, name: str) -> None:
    schema = json.loads((site / "api" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    records = json.loads((site / "api" / f"{name}.json").read_text("utf-8"))
    assert not [error.message for error in Draft202012Validator(schema).iter_errors(records)]
    broken = [{**records[0], "kind": "rumour"}]
    assert [error.message for error in Draft202012Validator(schema).iter_errors(broken)]


def test_the_table_holds_every_source_of_every_fact(site: Path, base: Base) -> None:
    text = (site / "api" / "facts.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    assert tuple(rows[0]) == COLUMNS
    wanted = [(fact.id, item.source) for fact in base.facts.values() for item in fact.evidence]
    assert [(row["id"], row["source"]) for row in rows] == wanted
    assert text.count("\r\n") == len(wanted) + 1
    assert all(row["claim"] == base.facts[row["id"]].claim for row in rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, start: str) -> None:
    words = f'{start}SUM(1), "or so".'
    changes = swapped("data/facts/healing.yml", "Your skin may be red for a day or two.", f"'{words}'")
    claim = next(csv.DictReader(facts_csv(loaded(tmp_path, changes)).splitlines()))["claim"]
    assert claim == f"'{words}"


def test_every_page_tells_machines_what_it_tells_people(site: Path, base: Base) -> None:
    for page in base.pages:
        path = site / ("index.html" if page.slug == "index" else f"{page.slug}/index.html")
        document = html.fromstring(path.read_text("utf-8"))
        (said,) = document.xpath("//script[@type='application/ld+json']/text()")
        value = json.loads(said)
        assert not [error.message for error in Draft202012Validator(LD).iter_errors(value)], page.slug
        (checked,) = document.xpath("//article/@data-checked")
        assert value["lastReviewed"] == checked
        assert value["name"] == page.meta.title
        assert "reviewedBy" not in value, "nobody has reviewed anything yet"
        noted = set(document.xpath("//*[starts-with(@id, 'note-')]//a[starts-with(@href, 'https://')]/@href"))
        assert set(value.get("citation", [])) <= noted | set(document.xpath("//a/@href")), page.slug


def test_a_title_cannot_end_the_script(base: Base) -> None:
    for words in ("</script><script>alert(1)</script>", "<!-- <script>"):
        page = dataclasses.replace(base.pages[0], meta=dataclasses.replace(base.pages[0].meta, description=words))
        text = jsonld(page, base, "https://example.org/about/")
        assert "<" not in text
        assert json.loads(text)["description"] == words
        assert json.loads(text)["url"] == "https://example.org/about/"
        assert re.search(r'"lastReviewed":"\d{4}', text)

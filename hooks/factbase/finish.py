"""Finish a built site: the only writer into it besides MkDocs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from factbase.base import Base
from factbase.headers import headers
from factbase.links import links_json, redirects
from factbase.mended import mended
from factbase.opendata import facts_json, sources_json
from factbase.schema import open_schemas
from factbase.search import homes, tuned
from factbase.sections import sections
from factbase.table import facts_csv


def finish(site: Path, base: Base) -> None:
    """Tune the search index; write the open data, short links and headers of the site in folder `site`."""
    index = site / "search" / "search_index.json"
    found = [dataclasses.asdict(section) for section in sections(base, homes(base))]
    _write(index, tuned({**json.loads(index.read_text("utf-8")), "docs": found}, base))
    _write(site / "api" / "facts.json", facts_json(base))
    _write(site / "api" / "sources.json", sources_json(base))
    (site / "api" / "facts.csv").write_text(facts_csv(base), "utf-8", newline="")
    for name, text in open_schemas().items():
        (site / "api" / name).write_text(text, "utf-8")
    _write(site / "links.json", links_json(base))
    pages = [_mend(path) for path in sorted(site.rglob("*.html"))]
    (site / "_headers").write_text(headers(pages), "utf-8")
    (site / "_redirects").write_text(redirects(base), "utf-8")


def _mend(path: Path) -> str:
    page = mended(path.read_text("utf-8"))
    path.write_text(page, "utf-8")
    return page


def _write(path: Path, value: Any) -> None:
    """A list is written with one record a line, so that two versions can be compared; all else on one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(value, list):
        text = "[\n" + ",\n".join(_compact(record) for record in value) + "\n]\n"
    else:
        text = _compact(value) + "\n"
    path.write_text(text, "utf-8")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

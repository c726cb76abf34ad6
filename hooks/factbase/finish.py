"""Finish a built site: the only writer into it besides MkDocs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factbase.base import Base
from factbase.headers import headers
from factbase.links import links_json, redirects
from factbase.offline.addresses import served
from factbase.offline.manifest import write_installable
from factbase.opendata import facts_json, sources_json
from factbase.schema import open_schemas
from factbase.search import index_name
from factbase.table import facts_csv


def finish(site: Path, base: Base, search: str) -> None:
    """Write the search index, the open data, short links and headers of the site in folder `site`.

    `search` is the index as a script: the pages name its file already.
    """
    index = site / index_name(search)
    index.parent.mkdir(exist_ok=True)
    index.write_text(search, "utf-8")
    _write(site / "api" / "facts.json", facts_json(base))
    _write(site / "api" / "sources.json", sources_json(base))
    (site / "api" / "facts.csv").write_text(facts_csv(base), "utf-8", newline="")
    for name, text in open_schemas().items():
        (site / "api" / name).write_text(text, "utf-8")
    write_installable(site, base.site)
    _write(site / "links.json", links_json(base))
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    (site / "_headers").write_text(headers(pages.values(), [f"/{served(name)}" for name in pages]), "utf-8")
    (site / "_redirects").write_text(redirects(base), "utf-8")


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

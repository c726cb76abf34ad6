"""Finish a built site: the only writer into it besides MkDocs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factbase.base import Base
from factbase.built import LATER, html_files
from factbase.headers import headers
from factbase.light.lighten import lighten
from factbase.offline.addresses import served
from factbase.offline.manifest import write_installable
from factbase.opendata import facts_json, sources_json
from factbase.schema import open_schemas
from factbase.search import index_name
from factbase.table import facts_csv


def finish(site: Path, base: Base, search: str) -> None:
    """Finish the site in folder `site`, step by step: what follows a step may rely on it.

    Open data, then light pages, then what goes by the bytes of all files. `search` is the search index as a
    script: the pages name its file already.
    """
    _data(site, base, search)
    lighten(site)
    _headers(site)


def _data(site: Path, base: Base, search: str) -> None:
    """Write the search index and the open data."""
    index = site / index_name(search)
    index.parent.mkdir(exist_ok=True)
    index.write_text(search, "utf-8")
    _write(site / "api" / "facts.json", facts_json(base))
    _write(site / "api" / "sources.json", sources_json(base))
    (site / "api" / "facts.csv").write_text(facts_csv(base), "utf-8", newline="")
    for name, text in open_schemas().items():
        (site / "api" / name).write_text(text, "utf-8")
    write_installable(site, base.site)


def _headers(site: Path) -> None:
    """The headers that the host sends, with the hashes of the inline scripts as they are now."""
    paths = html_files(site)
    folders = [path.name for path in site.iterdir() if path.is_dir()]
    addresses = [f"/{served(path.relative_to(site).as_posix())}" for path in paths]
    pages = [path.read_text("utf-8") for path in paths]
    (site / "_headers").write_text(headers(pages, [*folders, *LATER], addresses), "utf-8")


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

"""Finish a built site: the only writer into it besides MkDocs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factbase.base import Base
from factbase.headers import headers
from factbase.links import links_json, redirects
from factbase.opendata import facts_json, sources_json
from factbase.schema import schemas
from factbase.search import tuned


def finish(site: Path, base: Base) -> None:
    """Tune the search index; write the open data, short links and headers of the site in folder `site`."""
    index = site / "search" / "search_index.json"
    _write(index, tuned(json.loads(index.read_text("utf-8")), base), compact=True)
    _write(site / "api" / "facts.json", facts_json(base))
    _write(site / "api" / "sources.json", sources_json(base))
    for name, text in schemas().items():
        (site / "api" / name).write_text(text, "utf-8")
    _write(site / "links.json", links_json(base))
    pages = [path.read_text("utf-8") for path in sorted(site.rglob("*.html"))]
    (site / "_headers").write_text(headers(pages), "utf-8")
    (site / "_redirects").write_text(redirects(base), "utf-8")


def _write(path: Path, value: Any, *, compact: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    layout: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 1}
    path.write_text(json.dumps(value, ensure_ascii=False, **layout) + "\n", "utf-8")

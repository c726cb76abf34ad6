"""Finish a built site: the only writer into it besides MkDocs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from factbase.base import Base
from factbase.opendata import facts_json, sources_json
from factbase.search import tuned


def finish(site: Path, base: Base) -> None:
    """Tune the search index and write the open data of the site in folder `site`."""
    index = site / "search" / "search_index.json"
    _write(index, tuned(json.loads(index.read_text("utf-8")), base), compact=True)
    _write(site / "api" / "facts.json", facts_json(base))
    _write(site / "api" / "sources.json", sources_json(base))


def _write(path: Path, value: Any, *, compact: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    layout: dict[str, Any] = {"separators": (",", ":")} if compact else {"indent": 1}
    path.write_text(json.dumps(value, ensure_ascii=False, **layout) + "\n", "utf-8")

"""What MkDocs is handed: its page's own address goes into the JSON-LD, or no address where the site has none."""

from __future__ import annotations

import json
from pathlib import Path

import small

from factbase.carry import carried, with_address


def test_a_page_gets_its_own_address_or_none(tmp_path: Path) -> None:
    text = carried(small.loaded(tmp_path)).pages["healing.md"].meta["jsonld"]
    assert json.loads(with_address(text, 'https://example.org/a"b/'))["url"] == 'https://example.org/a"b/'
    assert "url" not in json.loads(with_address(text, None))

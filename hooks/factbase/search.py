"""Tune the theme's search index: every section a result of its own, with the words patients type. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from factbase.base import Base
from factbase.page import Generated, walk

ALSO_BOOST = 40
"""How much a lay word counts against a word of the text (1)."""


def tuned(index: Mapping[str, Any], base: Base) -> dict[str, Any]:
    """The index as the theme's search plugin writes it, flattened and with an `also` field of lay words.

    The theme groups sections under their page and links the page first. Each section gets a
    query part of its own, so that it stands alone in the list and opens at the answer.
    """
    words = _words(base)
    titles = {page.slug: page.meta.title for page in base.pages}
    docs = []
    for entry in index["docs"]:
        path, _, anchor = entry["location"].partition("#")
        slug = path.strip("/") or "index"
        doc = dict(entry)
        if anchor:
            doc["location"] = f"{path}?to={anchor}#{anchor}"
            doc["title"] = f"{entry['title']} · {titles.get(slug, slug)}"
        doc["also"] = " ".join(words.get((slug, anchor), ()))
        docs.append(doc)
    fields = {**index["config"]["fields"], "also": {"boost": ALSO_BOOST}}
    return {**index, "config": {**index["config"], "fields": fields}, "docs": docs}


def _words(base: Base) -> dict[tuple[str, str], list[str]]:
    """(page, section) → lay words: of the facts that stand there, and of data/search.yml."""
    found: dict[tuple[str, str], list[str]] = {}
    for page in base.pages:
        for placed in base.placed(page):
            if base.homes[placed.fact] == page.slug:
                found.setdefault((page.slug, placed.anchor), []).extend(base.facts[placed.fact].also)
        for block in walk(page.blocks):
            if isinstance(block, Generated) and block.name == "heard":
                for entry in base.heard_in(block.argument):
                    found.setdefault((page.slug, entry.id), []).extend(entry.also)
    for synonym in base.synonyms:
        slug, _, anchor = synonym.page.partition("#")
        found.setdefault((slug, anchor), []).extend(synonym.words)
    return {key: list(dict.fromkeys(words)) for key, words in found.items()}

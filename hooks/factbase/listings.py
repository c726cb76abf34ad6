"""Lists made wholly from data: all sources, evidence labels, what was left out, corrections. Pure."""

from __future__ import annotations

from collections import Counter

from factbase.base import Base
from factbase.cite import KIND_WORDS, citation, how_read
from factbase.fragments import fill
from factbase.label import Label, label_of
from factbase.model import SourceKind

LISTED = {
    "sources": "All sources",
    "labels": "All labels",
    "left-out": "Evidence left out",
    "corrections": "Corrections",
}
"""Lists by name, and the heading that the article gives them."""


AFTER_ARTICLE = frozenset({"sources"})
"""Lists that follow the article: they hold citations, not text to read."""


def listing(name: str, base: Base) -> str:
    """The HTML of the list called `name`; empty for names that print inside the article."""
    if name == "sources":
        return _sources(base)
    if name == "labels":
        counts = Counter(label_of(fact, base.sources) for fact in base.live)
        return str(fill("labels.html", rows=[{"label": label, "count": counts[label]} for label in Label]))
    if name == "left-out":
        found = [(left, base.sources[left.source]) for left in base.left_out]
        rows = [{"left": left, "source": source, "citation": citation(source)} for left, source in found]
        return str(fill("left-out.html", rows=rows))
    if name == "corrections":
        newest = sorted(base.corrections, key=lambda correction: correction.date, reverse=True)
        return str(fill("corrections.html", corrections=newest))
    return ""


def _sources(base: Base) -> str:
    groups = []
    for kind in SourceKind:
        rows = [
            {
                "source": source,
                "citation": citation(source),
                "how_read": how_read(source)[0].upper() + how_read(source)[1:],
                "facts": [{"fact": fact, "page": base.homes.get(fact.id)} for fact in base.users.get(source.id, ())],
            }
            for source in base.sources.values()
            if source.kind is kind
        ]
        if rows:
            plural = KIND_WORDS[kind][1]
            groups.append({"kind": kind, "title": plural[0].upper() + plural[1:], "sources": rows})
    return str(fill("sources.html", groups=groups))

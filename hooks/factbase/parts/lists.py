"""Parts that print no facts: ways in, all sources, evidence labels, open data, what was left out, corrections."""

from __future__ import annotations

from collections import Counter

from factbase.base import Base
from factbase.cite import KIND_WORDS, citation, how_read
from factbase.fragments import fill, in_markdown
from factbase.label import Label, label_of
from factbase.model import Fact, Source, SourceKind
from factbase.writer import Writer


def ways_in(writer: Writer, _: str) -> list[str]:
    """The four needs of a patient as four links."""
    return [str(fill("ways-in.html", lead=in_markdown(writer.base.site.description)))]


def sources(_: Writer, __: str) -> list[str]:
    """The heading of the list of all sources; the list follows the article (`all_sources`): it holds citations."""
    return ["## All sources {#all-sources}"]


def saved_pages(writer: Writer, _: str) -> list[str]:
    """A link to every page; a script shows those that the browser has saved."""
    pages = sorted(writer.base.pages, key=lambda page: page.meta.title)
    rows = [{"title": in_markdown(page.meta.title), "path": page.path} for page in pages]
    return [str(fill("saved-pages.html", pages=rows))]


def labels(writer: Writer, _: str) -> list[str]:
    """What each evidence label means, and how many facts carry it."""
    counts = Counter(label_of(fact, writer.base.sources) for fact in writer.base.live)
    rows = [{"label": label, "count": counts[label]} for label in Label]
    return ["## All labels {#all-labels}", str(fill("labels.html", rows=rows))]


def open_data(_: Writer, __: str) -> list[str]:
    """The files of the open data."""
    return [str(fill("open-data.html"))]


def left_out(writer: Writer, _: str) -> list[str]:
    """Evidence that was looked at and not used, with the reason."""
    found = [(left, writer.base.sources[left.source]) for left in writer.base.left_out]
    rows = [{"left": left, "source": source, "citation": citation(source)} for left, source in found]
    return ["## Evidence left out {#all-left-out}", str(fill("left-out.html", rows=rows))]


def corrections(writer: Writer, _: str) -> list[str]:
    """Errors mended after publication, newest first."""
    newest = sorted(writer.base.corrections, key=lambda correction: correction.date, reverse=True)
    return ["## Corrections so far {#all-corrections}", str(fill("corrections.html", corrections=newest))]


def _pages(source: Source, base: Base) -> list[dict[str, object]]:
    """The pages that print a source's facts: each with how many, and the first of them to lead to.

    The claims themselves stand on those pages: all of them once more would make this the heaviest page by far.
    """
    found: dict[str, list[Fact]] = {}
    for fact in base.users.get(source.id, ()):
        if slug := base.homes.get(fact.id):
            found.setdefault(slug, []).append(fact)
    titles = {page.slug: page.meta.title for page in base.pages}
    paths = {slug: "" if slug == "index" else f"{slug}/" for slug in found}
    return [
        {"path": paths[slug], "title": titles[slug], "first": facts[0].id, "count": len(facts)}
        for slug, facts in found.items()
    ]


def all_sources(base: Base) -> str:
    """Every source by kind, with how far it was read and the pages that print its facts."""
    groups = []
    for kind in SourceKind:
        rows = [
            {
                "source": source,
                "citation": citation(source),
                "how_read": how_read(source)[0].upper() + how_read(source)[1:],
                "count": len(base.users.get(source.id, ())),
                "pages": _pages(source, base),
            }
            for source in base.sources.values()
            if source.kind is kind
        ]
        if rows:
            plural = KIND_WORDS[kind][1]
            groups.append({"kind": kind, "title": plural[0].upper() + plural[1:], "sources": rows})
    return str(fill("sources.html", groups=groups))

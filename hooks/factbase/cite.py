"""Citation text, and the words that say what kind a source is and how far it was read. All derived."""

from __future__ import annotations

from factbase.model import Evidence, Name, Read, Relation, Source, SourceKind, Via

MAX_AUTHORS = 3

KIND_WORDS: dict[SourceKind, tuple[str, str]] = {
    SourceKind.SYSTEMATIC_REVIEW: ("a review of several studies", "reviews of several studies"),
    SourceKind.RANDOMISED_TRIAL: ("a controlled trial", "controlled trials"),
    SourceKind.CLINICAL_STUDY: ("a study without a fair comparison", "studies without a fair comparison"),
    SourceKind.SURVEY: ("a survey", "surveys"),
    SourceKind.CASE_REPORT: ("a report of single cases", "reports of single cases"),
    SourceKind.LABORATORY_STUDY: ("a laboratory or volunteer study", "laboratory or volunteer studies"),
    SourceKind.REVIEW: ("an expert's review article", "experts' review articles"),
    SourceKind.GUIDELINE: ("a guideline", "guidelines"),
    SourceKind.TEXTBOOK: ("a medical reference text", "medical reference texts"),
    SourceKind.REGULATOR: ("a regulator", "regulators"),
    SourceKind.PUBLIC_HEALTH: ("a public health service", "public health services"),
    SourceKind.PROFESSIONAL_BODY: ("a medical society", "medical societies"),
    SourceKind.HOSPITAL: ("a hospital", "hospitals"),
    SourceKind.CHARITY: ("a charity", "charities"),
    SourceKind.RELAYED: ("a news report of an authority or a study", "news reports of authorities or studies"),
    SourceKind.MAKER: ("the maker of a device", "makers of devices"),
    SourceKind.CLINIC: ("a clinic's sheet", "clinics' sheets"),
    SourceKind.SELLER: ("a seller", "sellers"),
    SourceKind.NEWS: ("a news report", "news reports"),
}
"""Each kind in the singular and the plural."""

MEASURED = frozenset(
    {
        SourceKind.SYSTEMATIC_REVIEW,
        SourceKind.RANDOMISED_TRIAL,
        SourceKind.CLINICAL_STUDY,
        SourceKind.SURVEY,
        SourceKind.CASE_REPORT,
        SourceKind.LABORATORY_STUDY,
    }
)
"""Kinds of source in which somebody counted or measured."""

READ_WORDS = {
    Read.FULL: "read in full",
    Read.ABSTRACT: "only the summary was read",
    Read.OPENING: "only the opening was read",
    Read.EXCERPT: "only a part was read",
}
VIA_WORDS = {
    Via.OFFICIAL: "at its own address",
    Via.PUBLISHER_ABSTRACT: "as the publisher shows it",
    Via.MIRROR: "in a copy",
    Via.INDEX: "in an index",
    Via.SECOND_HAND: "in someone else's words",
}
RELATION_WORDS = {
    Relation.SUPPORTS: "Says so",
    Relation.DIFFERS: "Says otherwise",
    Relation.SEARCHED: "We looked here",
}


def name_text(name: Name) -> str:
    """An author as a citation prints it: `Family AB`, or the literal name."""
    if name.literal:
        return name.literal
    return " ".join(part for part in (name.family, name.given) if part)


def authors_text(source: Source) -> str:
    """At most three authors, then `and others`; empty where none is known."""
    names = [name_text(name) for name in source.author if name.literal != "et al."]
    more = len(names) > MAX_AUTHORS or len(names) < len(source.author)
    return ", ".join(names[:MAX_AUTHORS]) + (" and others" if more and names else "")


def citation(source: Source) -> str:
    """A source in one line of plain text: who, title, where, when."""
    numbers = source.volume or ""
    if source.issue:
        numbers += f"({source.issue})"
    if source.page:
        numbers += f":{source.page}" if numbers else source.page
    journal = " ".join(part for part in (source.container_title, numbers) if part)
    parts = [authors_text(source), source.title, journal, source.publisher or "", source.year or "no date shown"]
    # A title that asks keeps its question mark and gets no full stop behind it.
    return " ".join(part if part.endswith(("?", "!")) else part.rstrip(".") + "." for part in parts if part)


def short_citation(source: Source) -> str:
    """First author or publisher, and year: `Chu and others, 2021`."""
    names = [name_text(name) for name in source.author if name.literal != "et al."]
    if names:
        who = (source.author[0].family or names[0]) + (" and others" if len(source.author) > 1 else "")
    else:
        who = source.publisher or source.container_title or source.title
    return f"{who}, {source.year}" if source.year else who


def how_read(source: Source, item: Evidence | None = None) -> str:
    """How far and where the source (or the passage of one evidence item) was read, and when."""
    via = item.read if item is not None and item.read is not None else source.via
    return f"{READ_WORDS[source.read]}, {VIA_WORDS[via]}, on {source.accessed.isoformat()}"

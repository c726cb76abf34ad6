"""Rules about the smaller records: popular claims, search words, glossary, left out, corrections, sign-offs."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.model import FactKind
from factbase.page import Generated, Heading, walk
from factbase.problem import Place, Problem, did_you_mean, quote
from factbase.review import target_hash
from factbase.rules import named


def answers_exist(base: Base) -> Iterator[Problem]:
    """Popular claims and glossary entries name facts that exist; a term is defined by a definition."""
    names = [(name, entry.where.at("answer")) for entry in base.heard for name in entry.answer]
    names += [(term.fact, term.where.at("fact")) for term in base.terms]
    for name, place in names:
        yield from named.there(name, place, base)
    for term in base.terms:
        fact = base.facts.get(term.fact)
        if fact and fact.kind is not FactKind.DEFINITION:
            what = f"{quote(term.fact)} is {fact.kind}, not a definition."
            yield Problem(term.where.at("fact"), "H03", what, "Name a fact with kind: definition.")


def collected_once(base: Base) -> Iterator[Problem]:
    """Each collected claim is answered or set aside exactly once; no question is asked twice."""
    first: dict[str, Place] = {}
    rows = [(row, entry.where.at("collected")) for entry in base.heard for row in entry.collected]
    rows += [(row, aside.where.at("collected")) for aside in base.set_aside for row in aside.collected]
    for row, place in rows:
        if row in first:
            what = f"The collected claim {quote(row)} stands at {first[row].file}:{first[row].line} too."
            yield Problem(place, "H01", what, "Keep one of the two.")
        first.setdefault(row, place)
    asked: dict[str, str] = {}
    for heard in base.heard:
        question = heard.asked.casefold()
        if question in asked:
            what = f"{quote(asked[question])} asks the same."
            yield Problem(heard.where.at("asked"), "H01", what, "Merge the two.")
        asked.setdefault(question, heard.id)


def groups_are_printed(base: Base) -> Iterator[Problem]:
    """A page prints the group of every popular claim."""
    printed = {block.argument for page in base.pages for block in walk(page.blocks) if isinstance(block, Generated)}
    for entry in base.heard:
        if entry.group not in printed:
            what = f"No page prints the group {quote(entry.group)}."
            yield Problem(entry.where.at("group"), "H02", what, f"Write [[heard:{entry.group}]] on a page.")


def search_leads_somewhere(base: Base) -> Iterator[Problem]:
    """Search words name a page and a section that exist."""
    for synonym in base.synonyms:
        slug, _, anchor = synonym.page.partition("#")
        page = base.page(slug)
        if page is None:
            instead = did_you_mean(slug, [found.slug for found in base.pages]) or "Name a page of docs/ without .md."
            yield Problem(synonym.where.at("page"), "N01", f"No page {quote(slug)}.", instead)
            continue
        anchors = {placed.anchor for placed in base.placed(page)}
        anchors |= {block.anchor for block in walk(page.blocks) if isinstance(block, Heading) and block.anchor}
        if anchor and anchor not in anchors:
            instead = did_you_mean(anchor, anchors) or f"Known: {', '.join(sorted(anchors))}."
            yield Problem(synonym.where.at("page"), "N01", f"No section {quote(anchor)} on {slug}.", instead)


def left_out_names_sources(base: Base) -> Iterator[Problem]:
    """Evidence that is left out comes from a source that is known."""
    for left in base.left_out:
        if left.source not in base.sources:
            instead = did_you_mean(left.source, base.sources) or "Add it to data/sources.yml."
            yield Problem(left.where.at("source"), "F05", f"Unknown source {quote(left.source)}.", instead)


def corrections_name_pages(base: Base) -> Iterator[Problem]:
    """A correction names a page that exists."""
    for correction in base.corrections:
        if base.page(correction.page) is None:
            instead = did_you_mean(correction.page, [page.slug for page in base.pages]) or "Name a page of docs/."
            yield Problem(correction.where.at("page"), "N01", f"No page {quote(correction.page)}.", instead)


def reviews_name_targets(base: Base) -> Iterator[Problem]:
    """A sign-off names a fact or page that exists."""
    for review in base.reviews:
        if target_hash(review.target, base) is None:
            known = [f"fact:{name}" for name in base.facts] + [f"page:{page.slug}" for page in base.pages]
            instead = did_you_mean(review.target, known) or "Name fact:<id> or page:<name>."
            yield Problem(review.where.at("target"), "N02", f"Nothing is called {quote(review.target)}.", instead)


RULES = (
    answers_exist,
    collected_once,
    groups_are_printed,
    search_leads_somewhere,
    left_out_names_sources,
    corrections_name_pages,
    reviews_name_targets,
)

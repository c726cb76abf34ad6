"""Rules about pages."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.markup import links, plain
from factbase.model import PLAIN_NEEDLING, Fact, FactKind, Treatment
from factbase.page import Generated, Heading, Page, PageTreatment, Stray, Waived, segments_of, walk
from factbase.problem import Place, Problem, did_you_mean, quote
from factbase.rules import named

MAX_LABEL_WORDS = 5
MIN_KEY_POINTS, MAX_KEY_POINTS = 3, 5
_OWN_PAGE = {
    Treatment.RF: PageTreatment.RF,
    Treatment.PRP: PageTreatment.PRP,
    Treatment.HOME: PageTreatment.HOME,
}
_KEPT_APART = {FactKind.COURSE, FactKind.BENEFIT, FactKind.RISK}


def known_facts(base: Base) -> Iterator[Problem]:
    """Every reference names a fact that exists and is not retired."""
    for page in base.pages:
        for _, name, place in base.placed(page):
            yield from named.told(name, place, base)


def every_statement_has_a_note(base: Base) -> Iterator[Problem]:
    """Text without a reference asks a question, leads somewhere, or names why it claims nothing."""
    for page in base.pages:
        for block in walk(page.blocks):
            for segment in segments_of(block):
                if isinstance(segment, Stray):
                    instead = "Put [[cite:id]] behind it, or <!-- no-claim: reason --> at the end of the block."
                    yield Problem(segment.place, "P11", f"No note stands behind {quote(plain(segment.text))}.", instead)


def titles_are_unique(base: Base) -> Iterator[Problem]:
    """No two pages share a title."""
    first: dict[str, Page] = {}
    for page in base.pages:
        title = page.meta.title.casefold()
        if title in first:
            what = f"The title {quote(page.meta.title)} is taken by {first[title].file}."
            yield Problem(page.meta.where.at("title"), "P05", what, "Choose another.")
        first.setdefault(title, page)


def checked_before_due(base: Base) -> Iterator[Problem]:
    """A page is checked after its sources were read, and its next check lies later."""
    for page in base.pages:
        if page.meta.checked >= page.meta.due:
            what = f"The next check ({page.meta.due}) is not after the last ({page.meta.checked})."
            yield Problem(page.meta.where.at("review_due"), "P07", what, "Correct one of the two dates.")
        read = max((base.sources[name].accessed for name in _sources_of(page, base)), default=page.meta.checked)
        if read > page.meta.checked:
            what = f"A source of this page was read on {read}, after the page was checked."
            yield Problem(page.meta.where.at("checked"), "P07", what, f"Check the page again: at least {read}.")


def anchors_are_unique(base: Base) -> Iterator[Problem]:
    """An anchor stands once on a page."""
    for page in base.pages:
        seen: set[str] = set()
        for heading in _headings(page):
            if heading.anchor and heading.anchor in seen:
                what = f"The anchor {quote(heading.anchor)} stands twice."
                yield Problem(heading.place, "P08", what, "Choose another.")
            seen.add(heading.anchor or "")


def headings_ask_or_label(base: Base) -> Iterator[Problem]:
    """A heading asks a question or is a short label, so that no statement hides in it."""
    for page in base.pages:
        for heading in _headings(page):
            words = plain(heading.text)
            if not words.endswith("?") and (len(words.split()) > MAX_LABEL_WORDS or words.endswith(".")):
                instead = f"Ask a question, or use at most {MAX_LABEL_WORDS} words."
                yield Problem(heading.place, "P09", f"The heading {quote(words)} makes a statement.", instead)


def key_points_are_few_and_known(base: Base) -> Iterator[Problem]:
    """Key points are 3 to 5 facts that exist; one whose sources differ is told in the text too."""
    for page in base.pages:
        points = page.meta.key_points
        place = page.meta.where.at("key_points")
        if points and not MIN_KEY_POINTS <= len(points) <= MAX_KEY_POINTS:
            instead = f"Choose {MIN_KEY_POINTS} to {MAX_KEY_POINTS}."
            yield Problem(place, "P10", f"The page has {len(points)} key points.", instead)
        for name in points:
            yield from named.told(name, place, base)


def links_lead_somewhere(base: Base) -> Iterator[Problem]:
    """A link in a page names a page of this site (and an anchor on it)."""
    anchors = {page.path: _anchors(page, base) for page in base.pages}
    for page in base.pages:
        for text, place in _inline(page):
            for target in links(text):
                path, _, anchor = target.partition("#")
                path = path or page.path
                if path not in anchors:
                    instead = did_you_mean(path, anchors) or "Sources are linked by their notes; pages by name.md."
                    yield Problem(place, "P12", f"No page {quote(path)}.", instead)
                elif anchor and anchor not in anchors[path]:
                    instead = did_you_mean(anchor, anchors[path]) or f"Known: {', '.join(sorted(anchors[path]))}."
                    yield Problem(place, "P12", f"No anchor {quote(anchor)} on {path}.", instead)


def treatments_stay_on_their_page(base: Base) -> Iterator[Problem]:
    """Times, benefits and risks of RF, PRP and home devices stay off the pages of plain needling, and the reverse."""
    for page in base.pages:
        if page.meta.treatment is PageTreatment.MIXED:
            continue  # a page that compares treatments: each claim names its own
        for _, name, place in base.placed(page):
            fact = base.facts.get(name)
            if fact and fact.kind in _KEPT_APART and not _fits(fact, page.meta.treatment):
                what = f"{quote(name)} is about {', '.join(fact.applies_to)}, this page about {page.meta.treatment}."
                yield Problem(place, "P13", what, "Move it, or set treatment: mixed.")


def _fits(fact: Fact, treatment: PageTreatment) -> bool:
    own = {_OWN_PAGE[name] for name in fact.applies_to if name in _OWN_PAGE}
    if own:
        return treatment in own or bool(PLAIN_NEEDLING & set(fact.applies_to) and treatment is PageTreatment.NEEDLING)
    return treatment is not PageTreatment.RF or not PLAIN_NEEDLING & set(fact.applies_to)


def _headings(page: Page) -> Iterator[Heading]:
    return (block for block in walk(page.blocks) if isinstance(block, Heading))


def _anchors(page: Page, base: Base) -> set[str]:
    """Everything on a page that a link may lead to: headings, and the anchors of generated parts."""
    found = {heading.anchor for heading in _headings(page) if heading.anchor} | {"source-notes", "where-sources-differ"}
    found |= {placed.anchor for placed in base.placed(page)}
    return found | {f"all-{block.name}" for block in walk(page.blocks) if isinstance(block, Generated)}


def _inline(page: Page) -> Iterator[tuple[str, Place]]:
    """Every piece of inline Markdown that may hold a link."""
    for block in walk(page.blocks):
        for segment in segments_of(block):
            if isinstance(segment, Waived | Stray) or segment.text:
                yield segment.text or "", segment.place


def _sources_of(page: Page, base: Base) -> set[str]:
    facts = [base.facts[name] for _, name, _ in base.placed(page) if name in base.facts]
    return {item.source for fact in facts for item in fact.evidence if item.source in base.sources}


RULES = (
    known_facts,
    every_statement_has_a_note,
    titles_are_unique,
    checked_before_due,
    anchors_are_unique,
    headings_ask_or_label,
    key_points_are_few_and_known,
    links_lead_somewhere,
    treatments_stay_on_their_page,
)

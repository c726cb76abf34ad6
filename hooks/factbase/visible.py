"""What a patient sees first on a page, as plain text: everything but folded detail, notes and the page's frame."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.markup import plain
from factbase.model import Fact
from factbase.normal import words
from factbase.page import Block, CareCard, Claim, Generated, Item, Page, Segment, segments_of, walk
from factbase.pictures.catalogue import words_of


def pieces(page: Page, base: Base) -> list[str]:
    """The text of the page in pieces (paragraph, list item, cell, card line), in reading order."""
    found = [base.facts[name].key_point for name in page.meta.key_points if name in base.facts]
    boxed: set[str] = set()
    for block in walk(page.blocks, folded=False):
        found += _piece(block, base)
        for fact in _facts(block, base):
            if fact.differs and fact.id not in boxed:
                boxed.add(fact.id)
                found += box(fact)
    return [piece for piece in found if piece]


def box(fact: Fact) -> list[str]:
    """The words of a "sources differ" box."""
    said = dict.fromkeys(item.says for item in fact.evidence)
    return [*said, *(text for text in (fact.go_by, fact.not_known) if text)]


def _piece(block: Block | Item, base: Base) -> Iterator[str]:
    if isinstance(block, CareCard):
        names = block.facts or [fact.id for fact in base.signs(block.level)]
        yield from (base.facts[name].claim for name in names if name in base.facts)
    elif isinstance(block, Generated):
        yield from _generated(block, base)
    else:
        yield " ".join(_words(segment, base) for segment in segments_of(block))


def _generated(block: Generated, base: Base) -> Iterator[str]:
    if block.name == "picture":
        yield from words_of(block.argument, base)
    elif block.name == "unknowns":
        yield from (f"{fact.claim} {fact.why}" for fact in base.unknowns)
    elif block.name == "glossary":
        yield from (base.facts[term.fact].claim for term in base.terms if term.fact in base.facts)
    elif block.name == "conditions":
        for item in base.conditions:
            told = [base.facts[name] for name in (*item.never, *item.reasons) if name in base.facts]
            yield f"{item.tick}. {item.group.words}. Whom to ask: {item.whom}."
            yield from (f"{fact.claim} {fact.go_by or ''}" for fact in told)
            yield from item.ask
    elif block.name == "messages":
        for message in base.messages:
            yield from (*message.opening, message.heading)
        printed = dict.fromkeys(name for message in base.messages for _, name in message.printed())
        yield from (base.facts[name].claim for name in printed if name in base.facts)
    elif block.name == "healing":
        yield from words(base.signs_seen, base.steps, base.dates, base.facts, block.argument)
    elif block.name == "heard":
        for entry in base.heard_in(block.argument):
            yield " ".join(base.facts[name].claim for name in entry.answer if name in base.facts)


def _words(segment: Segment, base: Base) -> str:
    if isinstance(segment, Claim) and segment.text is None:
        return base.facts[segment.fact].claim if segment.fact in base.facts else ""
    return plain(segment.text or "")


def _facts(block: Block | Item, base: Base) -> Iterator[Fact]:
    for segment in segments_of(block):
        if isinstance(segment, Claim) and segment.fact in base.facts:
            yield base.facts[segment.fact]
    if isinstance(block, CareCard):
        names = block.facts or [fact.id for fact in base.signs(block.level)]
        yield from (base.facts[name] for name in names if name in base.facts)

"""Every section of every page as the search sees it: its words, the first words of its answer and its level.

From the model: no HTML is read. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from factbase.base import Base
from factbase.condition import Kind
from factbase.course import Concern, Sign
from factbase.markup import plain
from factbase.normal import of_group, runs
from factbase.page import CareCard, Claim, Generated, Heading, NoClaim, Page, Waived, segments_of, walk

TELLING = (NoClaim.ABOUT_THIS_SITE, NoClaim.HOW_TO_USE)
"""Text without a note that can stand as an answer. A question or a way to another page cannot."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section. `anchor` is empty for a page's head; `level` is what to do where it is the same on every day;
    `sign` is a healing sign, whose level may depend on the day."""

    slug: str
    anchor: str
    title: str
    text: str
    first: str = ""
    level: Concern | None = None
    sign: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of a section: words as a reader sees them, and the fact behind them, if any.

    `whole`: the fact's own sentence, not one phrased in place; `answers`: no question and no way to another page.
    """

    anchor: str
    words: str
    fact: str | None
    whole: bool
    answers: bool = True


def sections(base: Base, homes: Mapping[str, str]) -> list[Section]:
    """Every section in the order of pages and headings; a page's own entry comes before its sections.

    `homes` names the one page that the words of a fact lead to: other pages that print the fact do not claim them.
    """
    titles = titles_of_parts(base)
    return [section for page in base.pages for section in _of_page(page, base, homes, titles)]


def _of_page(page: Page, base: Base, homes: Mapping[str, str], titles: dict[str, str]) -> Iterator[Section]:
    headings = [block for block in walk(page.blocks) if isinstance(block, Heading) and block.anchor]
    heads = {"": page.meta.title, **{block.anchor or "": plain(block.text) for block in headings}}
    parts = [block for block in walk(page.blocks) if isinstance(block, Generated) and block.name == "healing"]
    signs = {sign.id: sign for block in parts for sign in of_group(base.signs_seen, block.argument)}
    said = [_Said("", base.facts[name].key_point, name, whole=True) for name in page.meta.key_points]
    # What a fact says comes before the rest of a section, so that its first words are an answer.
    said += sorted(_pieces(page, base), key=lambda piece: 2 - piece.answers - bool(piece.answers and piece.fact))
    phrased = {piece.fact for piece in said if piece.fact and not piece.whole}
    leads = _leads(headings)
    for anchor in dict.fromkeys([*heads, *(piece.anchor for piece in said)]):
        own = [
            piece.words
            for piece in said
            if piece.anchor == anchor
            and (not piece.whole or (piece.fact not in phrased and homes.get(piece.fact or "") == page.slug))
        ]
        pieces = [piece for at in leads.get(anchor, [anchor]) for piece in said if piece.anchor == at]
        first, level = _course(signs[anchor], base) if anchor in signs else _answer(pieces, base)
        if not anchor and not page.meta.key_points:
            first = page.meta.description
        title = heads.get(anchor) or titles.get(anchor, page.meta.title)
        yield Section(page.slug, anchor, title, " ".join(dict.fromkeys(own)), first, level, anchor in signs)


def _leads(headings: list[Heading]) -> dict[str, list[str]]:
    """Anchor → itself and the smaller headings under it: a section that only opens others answers with their words."""
    found = {}
    for number, heading in enumerate(headings):
        after = enumerate(headings[number + 1 :], number + 1)
        end = next((at for at, other in after if other.level <= heading.level), len(headings))
        found[heading.anchor or ""] = [other.anchor or "" for other in headings[number:end]]
    return found


def _pieces(page: Page, base: Base) -> Iterator[_Said]:
    """What the page says in reading order, folded detail, cards and parts made from data too."""
    anchor = ""
    for block in walk(page.blocks):
        if isinstance(block, Heading):
            anchor = block.anchor or anchor
        elif isinstance(block, CareCard):
            names = block.facts or tuple(fact.id for fact in base.signs(block.level))
            yield from (_Said(anchor, base.facts[name].claim, name, whole=True) for name in names)
        elif isinstance(block, Generated):
            for placed in base.generated(block):
                # What a picture draws is told in the text as well.
                told = block.name != "picture"
                at = placed.anchor or anchor
                yield _Said(at, base.facts[placed.fact].claim, placed.fact, whole=True, answers=told)
        for part in segments_of(block):
            if isinstance(part, Claim):
                words = plain(part.text) if part.text else base.facts[part.fact].claim
                yield _Said(anchor, words, part.fact, whole=not part.text)
            elif part.text:
                told = isinstance(part, Waived) and part.reason in TELLING
                yield _Said(anchor, plain(part.text), None, whole=False, answers=told)


def _answer(pieces: list[_Said], base: Base) -> tuple[str, Concern | None]:
    """The first words of a section's answer, and its level where they are a warning sign."""
    lead = next((piece for piece in pieces if piece.answers), None) or (pieces[0] if pieces else None)
    if lead is None:
        return "", None
    fact = base.facts[lead.fact] if lead.fact else None
    words = fact.key_point if fact and lead.whole else lead.words
    return words, Concern(fact.level.value) if fact and fact.level else None


def _course(sign: Sign, base: Base) -> tuple[str, Concern | None]:
    """A healing sign: one level on every day, or what is said from which day on."""
    levels = {cell.level for cell in sign.cells}
    if len(levels) == 1 and (only := next(iter(levels))) not in (Concern.USUAL, Concern.WATCH):
        return base.facts[sign.cells[0].facts[0]].key_point, only
    spans = [(level, next(iter(span)).points[0]) for level, span in groupby(runs(sign), key=lambda run: run.level)]
    return " ".join(f"{start.words}: {level.words.lower()}." for level, start in spans), None


def titles_of_parts(base: Base) -> dict[str, str]:
    """Headings of generated parts by their anchors."""
    found = {entry.id: entry.asked for entry in base.heard}
    found |= {term.id: term.term for term in base.terms}
    found |= {sign.id: sign.sign for sign in base.signs_seen}
    found |= {f"message-{message.id}": message.name for message in base.messages}
    found |= {f"check-{kind}": kind.words for kind in Kind} | {"my-list": "What is on my list?"}
    return found | {f"not-known-{fact.topic}": fact.topic.replace("-", " ").capitalize() for fact in base.unknowns}

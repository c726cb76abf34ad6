"""Rules about the words: reading grade, long sentences, paragraphs, lists, and what is never written.

They judge what a patient sees first. Folded detail and source notes may be harder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from factbase.base import Base
from factbase.page import Claim, Listing, Paragraph, segments_of, walk
from factbase.problem import Place, Problem, quote
from factbase.readability import Reading, Syllables, sentences_of
from factbase.visible import pieces
from factbase.wording import Scope, Wording

MAX_GRADE = 6.0
MAX_LONG = 0.03
MAX_SENTENCES = 3
MAX_ITEMS = 7
_REDNESS = re.compile(r"\b(red|redness)\b", re.I)
_TONES = re.compile(r"\bbrown (or|and) black skin\b|\bblack (or|and) brown skin\b", re.I)


def readings(base: Base) -> dict[str, Reading]:
    """Page path → the reading of what a patient sees first there."""
    texts = {page.path: pieces(page, base) for page in base.pages}
    counter = Syllables(piece for found in texts.values() for piece in found)
    return {path: counter.read(found) for path, found in texts.items()}


def grade_six(base: Base) -> Iterator[Problem]:
    """Each page reads at US grade 6 or below, and at most 3 in 100 of its sentences are long."""
    for path, reading in readings(base).items():
        place = Place(f"docs/{path}")
        if reading.grade > MAX_GRADE:
            what = f"The page reads at grade {reading.grade:.1f}; at most {MAX_GRADE} is wanted."
            yield Problem(place, "L01", what, "Shorten sentences, use shorter words.")
        if reading.sentences and len(reading.long_sentences) / reading.sentences > MAX_LONG:
            worst = max(reading.long_sentences, key=len)
            what = f"{len(reading.long_sentences)} of {reading.sentences} sentences are long, such as {quote(worst)}."
            yield Problem(place, "L02", what, "Cut sentences at 20 words.")


def short_paragraphs(base: Base) -> Iterator[Problem]:
    """A paragraph has at most three sentences."""
    for page in base.pages:
        for block in walk(page.blocks, folded=False):
            if isinstance(block, Paragraph):
                count = sum(_sentences(segment, base) for segment in segments_of(block))
                if count > MAX_SENTENCES:
                    yield Problem(block.place, "L03", f"The paragraph has {count} sentences.", "Split it: at most 3.")


def short_lists(base: Base) -> Iterator[Problem]:
    """A list has at most seven items."""
    for page in base.pages:
        for block in walk(page.blocks):
            if isinstance(block, Listing) and len(block.items) > MAX_ITEMS:
                instead = "Split it, or group the items under sub-lists."
                yield Problem(block.place, "L04", f"The list has {len(block.items)} items.", instead)


def never_written(base: Base) -> Iterator[Problem]:
    """Nothing stands on the site that data/wording.yml forbids; a waiver that is not needed is a problem too."""
    texts = [text for text in _texts(base) if not text.words.rstrip().endswith("?")]  # a question asserts nothing
    told = [text for text in texts if text.told]
    for rule in base.wording:
        pattern = _compiled(rule.pattern)
        if pattern is None:
            what = f"The pattern of {quote(rule.id)} is no regular expression."
            yield Problem(rule.where.at("pattern"), "L06", what, "Look for an open bracket.")
            continue
        yield from _examples(rule, pattern)
        hits = [
            (text, hit) for text in (texts if rule.scope is Scope.ALL else told) if (hit := pattern.search(text.words))
        ]
        waived = {waiver.at for waiver in rule.waivers}
        for text, hit in hits:
            if text.owner not in waived:
                what = f"{quote(hit[0])} is not written here (rule {rule.id})."
                yield Problem(text.place, "L05", what, rule.instead)
        needed = {text.owner for text, _ in hits}
        for waiver in rule.waivers:
            if waiver.at not in needed:
                what = f"The waiver of {quote(rule.id)} for {quote(waiver.at)} is not needed any more."
                yield Problem(waiver.where.record, "L07", what, "Remove it.")


def redness_on_every_skin(base: Base) -> Iterator[Problem]:
    """A page that speaks of redness says how to look on brown or black skin."""
    for page in base.pages:
        text = " ".join(base.facts[placed.fact].claim for placed in base.placed(page) if placed.fact in base.facts)
        if _REDNESS.search(text) and not _TONES.search(text):
            what = "The page speaks of redness, but not of brown or black skin."
            yield Problem(page.meta.where.record, "L08", what, "Say how it looks and feels on brown or black skin.")


def _examples(rule: Wording, pattern: re.Pattern[str]) -> Iterator[Problem]:
    if not pattern.search(rule.bad):
        yield Problem(rule.where.at("bad"), "L06", "The bad example passes the rule.", "Mend pattern or example.")
    if pattern.search(rule.good):
        yield Problem(rule.where.at("good"), "L06", "The good example breaks the rule.", "Mend pattern or example.")


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern, re.I)
    except (re.error, OverflowError, RecursionError):
        return None


def _sentences(segment: object, base: Base) -> int:
    if isinstance(segment, Claim) and segment.text is None:
        return 1
    return len(sentences_of(getattr(segment, "text", None) or ""))


class _Text(NamedTuple):
    """A piece of text: its owner (fact id or page path), whether a patient is told it, and its place."""

    owner: str
    told: bool
    words: str
    place: Place


def _texts(base: Base) -> Iterator[_Text]:
    for fact in base.live:
        for name in ("claim", "short", "go_by", "not_known", "why"):
            if text := getattr(fact, name):
                yield _Text(fact.id, True, text, fact.where.at(name))
        for item in fact.evidence:
            yield _Text(fact.id, False, item.says, item.where.at("says"))
    for message in base.messages:
        for name in ("subject", "heading", "sms"):
            yield _Text(message.id, True, getattr(message, name), message.where.at(name))
        yield from (_Text(message.id, True, line, message.where.at("opening")) for line in message.opening)
    for page in base.pages:
        yield _Text(page.path, True, page.meta.title, page.meta.where.at("title"))
        yield _Text(page.path, True, page.meta.description, page.meta.where.at("description"))
        for block in walk(page.blocks):
            if text := getattr(block, "text", None) or getattr(block, "question", None):
                yield _Text(page.path, True, text, block.place)
            for segment in segments_of(block):
                if segment.text:
                    yield _Text(page.path, True, segment.text, segment.place)


RULES = (grade_six, short_paragraphs, short_lists, never_written, redness_on_every_skin)

"""Rules about the leaflets that are printed and handed out."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.leaflet import Leaflet, Time
from factbase.model import Level
from factbase.page import Heading
from factbase.problem import Problem, did_you_mean, quote
from factbase.rules import named

FEWEST, MOST = 10, 16
"""How many facts a leaflet prints beside its warning signs: enough to help, few enough for two pages."""
_LABEL_WORDS = 4
_NO_ANSWER = "clinic-no-answer"
_NUMBERS = "numbers-"


def leaflets_name_what_is_there(base: Base) -> Iterator[Problem]:
    """A leaflet names facts, signs, a page and sections of pages that exist; a retired fact is not printed."""
    for leaflet in base.leaflets:
        for part in leaflet.parts:
            for field, names in (("facts", part.facts), ("then", part.then)):
                for name in names:
                    yield from named.told(name, part.where.at(field), base)
            known = [sign.id for sign in base.signs_seen]
            # The chart stays away until the healing data are there.
            for name in part.signs if known else ():
                if name not in known:
                    instead = did_you_mean(name, known) or "See data/healing.yml."
                    yield Problem(part.where.at("signs"), "E01", f"Unknown sign {quote(name)}.", instead)
            if part.take and not _section(base, part.take):
                instead = "Write page#anchor of a section that there is."
                yield Problem(part.where.at("take"), "E01", f"{quote(part.take)} leads nowhere.", instead)
        if base.page(leaflet.page) is None:
            slugs = [page.slug for page in base.pages]
            instead = did_you_mean(leaflet.page, slugs) or "Name a page of docs/."
            yield Problem(leaflet.where.at("page"), "E01", f"Unknown page {quote(leaflet.page)}.", instead)


def leaflets_are_short(base: Base) -> Iterator[Problem]:
    """A leaflet prints between 10 and 16 facts beside its cards, and none of them twice."""
    for leaflet in base.leaflets:
        named = [name for part in leaflet.parts for name in (*part.facts, *part.then)]
        for name in sorted({name for name in named if named.count(name) > 1}):
            yield Problem(leaflet.where.at("parts"), "E02", f"{quote(name)} stands twice.", "Keep one of the two.")
        count = len(leaflet.chosen)
        if not FEWEST <= count <= MOST:
            what = f"The leaflet prints {count} facts beside its warning signs."
            yield Problem(leaflet.where.at("parts"), "E02", what, f"Choose between {FEWEST} and {MOST}.")


def after_needling_comes_help(base: Base) -> Iterator[Problem]:
    """A leaflet for the time after needling has the signs of each level, numbers to call, and who else to ask."""
    for leaflet in base.leaflets:
        if leaflet.time is Time.AFTER and (missing := list(_missing(leaflet, base))):
            instead = "Add the card or the fact: after needling, a reader may need help."
            what = f"The leaflet has no {', no '.join(missing)}."
            yield Problem(leaflet.where.at("parts"), "E03", what, instead)


def parts_of_leaflets_fit(base: Base) -> Iterator[Problem]:
    """A card has signs of its own level and no heading; every other part has one that asks or is a label."""
    for leaflet in base.leaflets:
        for part in leaflet.parts:
            where = part.where
            if part.level is not None:
                wrong = [name for name in part.facts if name in base.facts and base.facts[name].level != part.level]
                for name in wrong:
                    what = f"{quote(name)} is no sign of the level {part.level}."
                    yield Problem(where.at("facts"), "E04", what, "Move it to the card of its level.")
                if part.heading or part.chart or part.take:
                    yield Problem(where.record, "E04", "A card has signs only.", "Remove heading, chart and take.")
            elif part.then:
                yield Problem(where.at("then"), "E04", "`then` stands in a card only.", "Move it to `facts`.")
            elif not part.heading:
                yield Problem(where.record, "E04", "A part has no heading.", "Ask a question, or give it a label.")
            elif not part.heading.endswith("?") and len(part.heading.split()) > _LABEL_WORDS:
                what = f"{quote(part.heading)} makes a statement."
                yield Problem(where.at("heading"), "E04", what, f"Ask, or use at most {_LABEL_WORDS} words.")
            if not (part.facts or part.take or part.chart):
                yield Problem(where.record, "E04", "A part is empty.", "Add facts, a section or a chart.")


def _section(base: Base, target: str) -> bool:
    slug, _, anchor = target.partition("#")
    page = base.page(slug)
    return page is not None and any(isinstance(block, Heading) and block.anchor == anchor for block in page.blocks)


def _missing(leaflet: Leaflet, base: Base) -> Iterator[str]:
    for level in Level:
        if not any(part.level is level and part.facts for part in leaflet.parts):
            yield f"signs of the level {level}"
    if not any(_NO_ANSWER in name for name in leaflet.facts):
        yield "word on who else to ask"
    if not any(_NUMBERS in name for name in leaflet.facts):
        yield "emergency number"


RULES = (
    leaflets_name_what_is_there,
    leaflets_are_short,
    after_needling_comes_help,
    parts_of_leaflets_fit,
)

"""Rules about what the pictures draw: every number stands in the fact it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbase.base import Base
from factbase.drawn import HEALING, ICONS, PARTS_OF, Drawn, Part, Picture, Unit
from factbase.model import Fact
from factbase.page import Generated, walk
from factbase.pictures.icons import countable
from factbase.pictures.waits import UnreadTime, waits_of
from factbase.problem import Problem, did_you_mean, quote
from factbase.rules import named

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def pictures_name_facts(base: Base) -> Iterator[Problem]:
    """Each row names facts that exist."""
    for row in base.drawn:
        for name in row.facts:
            yield from named.there(name, row.where.at("facts"), base)


def parts_fit_their_picture(base: Base) -> Iterator[Problem]:
    """Each row is a part that its picture knows."""
    for row in base.drawn:
        if row.part not in PARTS_OF[row.picture]:
            known = ", ".join(sorted(PARTS_OF[row.picture]))
            what = f"The picture {quote(row.picture)} knows no {quote(row.part)}."
            yield Problem(row.where.at("part"), "V01", what, f"One of: {known}.")


def numbers_stand_in_the_fact(base: Base) -> Iterator[Problem]:
    """Every number of a row, drawn or told, stands in one of its facts, with its unit."""
    for row in base.drawn:
        facts = [base.facts[name] for name in row.facts if name in base.facts]
        texts = [text for fact in facts for text in _texts(fact)]
        for field, number in _numbers(row):
            if not any(_stands(number, row.unit if field in ("low", "high") else None, text) for text in texts):
                what = f"The number {number} stands in none of {', '.join(row.facts)}."
                yield Problem(row.where.at(field), "V02", what, "Take it from the fact's claim or evidence.")


def numbers_are_whole(base: Base) -> Iterator[Problem]:
    """A number has a unit, a range rises, and a part that is drawn to scale has a number."""
    for row in base.drawn:
        if (row.low is None) != (row.unit is None) or (row.high is not None and row.low is None):
            instead = "Write low and unit, and high for a range."
            yield Problem(row.where.record, "V03", f"The numbers of {quote(row.id)} are not whole.", instead)
        elif row.range and row.range[0] > row.range[1]:
            yield Problem(row.where.at("high"), "V03", "The range ends before it starts.", "Turn the numbers round.")
        elif row.part in (Part.LAYER, Part.NEEDLE, Part.WITHIN, Part.FROM) and row.low is None:
            yield Problem(row.where.record, "V03", f"{quote(row.id)} is drawn to scale.", "Add low and unit.")


def figures_exist(base: Base) -> Iterator[Problem]:
    """An arm of a study names one of its fact's figures."""
    for row in base.drawn:
        if row.part not in (Part.ARM, Part.LASER_ARM):
            continue
        fact = base.facts.get(row.facts[0])
        if fact is not None and not 1 <= (row.figure or 0) <= len(fact.figures):
            what = f"The fact {quote(fact.id)} has no figure {row.figure or ''}".strip() + "."
            yield Problem(row.where.at("figure"), "V04", what, f"It has {len(fact.figures)}.")


def icons_can_be_counted(base: Base) -> Iterator[Problem]:
    """An icon array is asked for only where a fact has a count out of at most 100."""
    for page in base.pages:
        for block in walk(page.blocks):
            if isinstance(block, Generated) and block.name == "picture" and block.argument.startswith(f"{ICONS}:"):
                fact = base.facts.get(block.argument.removeprefix(f"{ICONS}:"))
                if fact is not None and not countable(fact):
                    what = f"{quote(fact.id)} has no count out of 100 people or fewer."
                    yield Problem(block.place, "V05", what, "Name a fact with figures, or drop the picture.")


def signs_exist(base: Base) -> Iterator[Problem]:
    """A healing picture names signs of data/healing.yml."""
    known = {sign.id for sign in base.signs_seen}
    for page in base.pages:
        for block in walk(page.blocks):
            if isinstance(block, Generated) and block.name == "picture" and block.argument.startswith(f"{HEALING}:"):
                for name in block.argument.removeprefix(f"{HEALING}:").split():
                    if name not in known:
                        instead = did_you_mean(name, known) or "Name a sign of data/healing.yml."
                        yield Problem(block.place, "V07", f"There is no sign {quote(name)}.", instead)


def clinic_times_are_read(base: Base) -> Iterator[Problem]:
    """What a sheet says about a time is read whole, or has no time in it."""
    for row in base.drawn:
        fact = base.facts.get(row.facts[0])
        if row.picture is Picture.CLINIC_RANGES and fact is not None:
            for item in waits_of(fact, base.sources):
                if isinstance(item.time, UnreadTime):
                    what = f"The picture cannot read the time in {quote(item.says)}."
                    yield Problem(item.where, "V06", what, "Begin with the time, such as `24 to 48 hours`.")


def _numbers(row: Drawn) -> Iterator[tuple[str, str]]:
    for name, text in (("label", row.label), ("words", row.words), ("low", row.low), ("high", row.high)):
        yield from ((name, number) for number in _NUMBER.findall(text or ""))


def _texts(fact: Fact) -> list[str]:
    return [
        fact.claim,
        *(item.says for item in fact.evidence),
        *(f"{it.count} {it.of} {it.who}" for it in fact.figures),
    ]


def _stands(number: str, unit: Unit | None, text: str) -> bool:
    if unit is not None and unit.value not in text:
        return False
    if any(float(found) == float(number) for found in _NUMBER.findall(text)):
        return True
    return unit is not None and number == "1" and re.search(rf"\ban? {unit.value}\b", text) is not None


RULES = (
    pictures_name_facts,
    parts_fit_their_picture,
    numbers_stand_in_the_fact,
    numbers_are_whole,
    figures_exist,
    icons_can_be_counted,
    signs_exist,
    clinic_times_are_read,
)

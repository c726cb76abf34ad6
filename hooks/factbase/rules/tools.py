"""Rules about the healing data (signs, steps, dates) and the candidacy data."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.condition import MORE, Kind
from factbase.course import Concern, Point, SignGroup
from factbase.model import FactKind
from factbase.page import Heading, walk
from factbase.problem import Place, Problem, did_you_mean, quote
from factbase.rules import named

_CAREFUL = (Concern.CLINIC, Concern.TODAY, Concern.EMERGENCY)
_COLOURS = ("red", "brown", "dark", "purple", "pale", "colour", "bruise", "grey", "white", "pink")


def tools_name_facts(base: Base) -> Iterator[Problem]:
    """Signs, steps, dates and conditions rest on facts that exist."""
    names: list[tuple[str, Place]] = []
    for sign in base.signs_seen:
        names += [(name, cell.where.at("facts")) for cell in sign.cells for name in cell.facts]
        if sign.tones:
            names += [(name, sign.tones.where.at("facts")) for name in sign.tones.facts]
        names += [(sign.gone, sign.where.at("gone"))] if sign.gone else []
    for condition in base.conditions:
        names += [(name, condition.where.at("reasons")) for name in condition.reasons]
        names += [(name, condition.where.at("never")) for name in condition.never]
    names += [(step.fact, step.where.at("fact")) for step in base.steps]
    names += [(date.fact, date.where.at("fact")) for date in base.dates]
    for name, place in names:
        yield from named.there(name, place, base)


def every_time_point_once(base: Base) -> Iterator[Problem]:
    """A sign of plain needling has one cell for each time point, in order."""
    wanted = [point.value for point in Point]
    for sign in base.signs_seen:
        found = [cell.at.value for cell in sign.cells]
        if sign.group is SignGroup.NEEDLING and found != wanted:
            yield Problem(
                sign.where.at("cells"), "T01", "Not every time point has one cell, in order.", ", ".join(wanted)
            )


def unsourced_cells_are_careful(base: Base) -> Iterator[Problem]:
    """Where no source tells (only facts of kind unknown), the level is call your clinic or more."""
    for sign in base.signs_seen:
        for cell in sign.cells:
            kinds = {base.facts[name].kind for name in cell.facts if name in base.facts}
            if kinds == {FactKind.UNKNOWN} and cell.level not in _CAREFUL:
                what = f"No source tells about {quote(sign.id)} at {cell.at}, yet the level is {cell.level}."
                yield Problem(cell.where.at("level"), "T02", what, "Write clinic or a more careful level.")


def colour_on_every_skin(base: Base) -> Iterator[Problem]:
    """A sign that names a colour says how it looks on white, brown and black skin."""
    for sign in base.signs_seen:
        words = sign.sign.casefold()
        if sign.tones is None and any(colour in words for colour in _COLOURS):
            yield Problem(
                sign.where.record, "T03", f"{quote(sign.id)} names a colour, but no skin tones.", "Add tones."
            )


def medicines_are_never_stopped(base: Base) -> Iterator[Problem]:
    """Each medicine carries a fact that says what never to do."""
    for condition in base.conditions:
        if condition.kind is Kind.MEDICINE and not condition.never:
            instead = "Add never: [medicines-never-stop]."
            yield Problem(
                condition.where.record, "T04", f"{quote(condition.id)} does not say what never to do.", instead
            )


def questions_are_questions(base: Base) -> Iterator[Problem]:
    """What to ask is a question."""
    for condition in base.conditions:
        for question in condition.ask:
            if not question.endswith("?"):
                yield Problem(condition.where.at("ask"), "T05", f"{quote(question)} asks nothing.", "End it with ?")


def every_level_has_one_step(base: Base) -> Iterator[Problem]:
    """Each level of a group with signs has one fact that says what to do, and no group has two."""
    for group in SignGroup:
        first = next((sign for sign in base.signs_seen if sign.group is group), None)
        steps = [step for step in base.steps if step.group is group]
        levels = [step.level for step in steps]
        for step in steps:
            if step.level in levels[: steps.index(step)]:
                what = f"{quote(group.value)} has two steps for {step.level}."
                yield Problem(step.where.record, "T06", what, "Keep one.")
        missing = [level.value for level in Concern if level not in levels]
        if first and missing:
            what = f"Signs of {quote(group.value)} have no step for {', '.join(missing)}."
            yield Problem(first.where.at("group"), "T06", what, "Add it to data/steps.yml.")


def dates_in_order(base: Base) -> Iterator[Problem]:
    """Days to note stand in order, none after the last time point, and no fact twice."""
    last = max(point.days[1] for point in Point)
    seen: set[str] = set()
    before = 0
    for date in base.dates:
        if not before <= date.day <= last:
            what = f"Day {date.day} stands after day {before}." if date.day < before else f"Day {date.day} is too late."
            yield Problem(date.where.at("day"), "T07", what, f"Put the days in order, from 0 to {last}.")
        if date.fact in seen:
            yield Problem(date.where.at("fact"), "T07", f"{quote(date.fact)} is noted twice.", "Keep one.")
        before = max(before, date.day)
        seen.add(date.fact)


def sections_exist(base: Base) -> Iterator[Problem]:
    """What a condition says of its section is an anchor of the page that tells more."""
    page = base.page(MORE)
    headings = [block for block in walk(page.blocks) if isinstance(block, Heading)] if page else []
    anchors = [heading.anchor for heading in headings if heading.anchor]
    for condition in base.conditions:
        if condition.section and condition.section not in anchors:
            what = f"docs/{MORE}.md has no section {quote(condition.section)}."
            instead = did_you_mean(condition.section, anchors) or "Name one of its {#anchors}, or remove the line."
            yield Problem(condition.where.at("section"), "T08", what, instead)


RULES = (
    tools_name_facts,
    every_time_point_once,
    unsourced_cells_are_careful,
    colour_on_every_skin,
    medicines_are_never_stopped,
    questions_are_questions,
    every_level_has_one_step,
    dates_in_order,
    sections_exist,
)

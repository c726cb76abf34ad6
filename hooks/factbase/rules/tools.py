"""Rules about the healing data and the candidacy data."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.condition import Kind
from factbase.course import Concern, Point, SignGroup
from factbase.model import FactKind
from factbase.problem import Place, Problem, did_you_mean, quote

_CAREFUL = (Concern.CLINIC, Concern.TODAY, Concern.EMERGENCY)
_COLOURS = ("red", "brown", "dark", "purple", "pale", "colour", "bruise", "grey", "white", "pink")


def tools_name_facts(base: Base) -> Iterator[Problem]:
    """Signs and conditions rest on facts that exist."""
    named: list[tuple[str, Place]] = []
    for sign in base.signs_seen:
        named += [(name, cell.where.at("facts")) for cell in sign.cells for name in cell.facts]
        if sign.tones:
            named += [(name, sign.tones.where.at("facts")) for name in sign.tones.facts]
        named += [(sign.gone, sign.where.at("gone"))] if sign.gone else []
    for condition in base.conditions:
        named += [(name, condition.where.at("reasons")) for name in condition.reasons]
        named += [(name, condition.where.at("never")) for name in condition.never]
    for name, place in named:
        if name not in base.facts:
            instead = did_you_mean(name, base.facts) or "Add the fact to data/facts/."
            yield Problem(place, "R01", f"Unknown fact {quote(name)}.", instead)


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


RULES = (
    tools_name_facts,
    every_time_point_once,
    unsourced_cells_are_careful,
    colour_on_every_skin,
    medicines_are_never_stopped,
    questions_are_questions,
)

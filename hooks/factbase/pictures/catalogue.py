"""Every picture by its name."""

from __future__ import annotations

from collections.abc import Callable

from factbase.base import Base
from factbase.drawn import HEALING, ICONS, Picture, asked_for, facts_of
from factbase.pictures import clinics, depth, healing, how_long, icons, studies, tones, visit
from factbase.pictures.view import View

VIEWS: dict[str, Callable[[Base, str], View | None]] = {
    Picture.SKIN_DEPTH.value: depth.view,
    Picture.VISIT.value: visit.view,
    Picture.MARKS_BY_STUDY.value: studies.view,
    Picture.MARKS_HOW_LONG.value: how_long.view,
    Picture.SKIN_TONES.value: tones.view,
    Picture.CLINIC_RANGES.value: clinics.view,
    HEALING: healing.view,
    ICONS: icons.view,
}


def view_of(argument: str, base: Base) -> View | None:
    """The picture that `[[picture:argument]]` asks for; None where there is nothing to draw yet."""
    name, rest = asked_for(argument)
    return VIEWS[name](base, rest)


def words_of(argument: str, base: Base) -> list[str]:
    """The sentences that a patient reads in a picture; none while a fact is missing, which the checker reports."""
    if any(name not in base.facts for name in facts_of(argument, base.drawn, base.signs_seen)):
        return []
    view = view_of(argument, base)
    if view is None:
        return []
    return [*view.how, *(words for block in view.blocks() for words in block.words if words.endswith("."))]

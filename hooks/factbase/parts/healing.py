"""Parts of "Is this normal?": `[[healing]]`, `[[healing:rf]]` (signs by day) and `[[healing:calendar]]` (dates)."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from factbase.course import Concern, Sign, SignGroup, steps_of
from factbase.fragments import fill, in_markdown
from factbase.label import label_of
from factbase.model import Fact, FactKind
from factbase.normal import SIGNS_ANCHOR, Part, Run, careful, cell_anchor, feel_facts, of_group, runs
from factbase.writer import Writer

LAST_DAY = 14
"""Days up to this one can be chosen one by one."""
_URGENT_FIRST = tuple(reversed(Concern))
_HELP = {Concern.EMERGENCY: "numbers", Concern.TODAY: "today", Concern.CLINIC: "no-answer"}


def healing(writer: Writer, argument: str) -> list[str]:
    """Signs and what to do on which day, or the dates to note."""
    if argument == Part.CALENDAR:
        return [_dates(writer)]
    signs = of_group(writer.base.signs_seen, argument)
    group = signs[0].group
    html = fill(
        "healing.html",
        anchor=SIGNS_ANCHOR,
        levels=[_level(writer, group, level) for level in _URGENT_FIRST],
        signs=[_sign(writer, sign) for sign in signs],
        days=range(LAST_DAY + 1),
        later=[(point.days[0], point.words) for point in _later(signs)],
    )
    return [str(html)]


def _later(signs: tuple[Sign, ...]) -> list[Any]:
    """The time points after the days that can be chosen one by one."""
    points = dict.fromkeys(cell.at for sign in signs for cell in sign.cells)
    return [point for point in points if point.days[0] > LAST_DAY]


def _level(writer: Writer, group: SignGroup, level: Concern) -> dict[str, Any]:
    fact = writer.base.facts[steps_of(writer.base.steps, group)[level]]
    writer.defer([fact])
    step = fill("healing-step.html", level=level, step=in_markdown(fact.key_point))
    return {"level": level, "claim": writer.claim(fact, step), "help": _HELP.get(level)}


def _sign(writer: Writer, sign: Sign) -> dict[str, Any]:
    facts = writer.base.facts
    rows = [_row(writer, sign, run) for run in runs(sign)]
    looks = [facts[name] for name in feel_facts(sign)] if sign.feel or sign.tones else []
    gone = facts[sign.gone] if sign.gone else None
    writer.defer([*looks, *([gone] if gone else [])])
    return {
        "sign": sign,
        "rows": rows,
        "gone": gone and writer.claim(gone, fill("healing-gone.html", claim=gone.claim, careful=careful(gone))),
        "looks": looks and {"fact": looks[0], "label": _label(writer, looks[0]), "marks": _marks(writer, looks)},
    }


def _row(writer: Writer, sign: Sign, run: Run) -> dict[str, Any]:
    """A run with the words of its first fact; the level rests on all of its facts."""
    facts = [writer.base.facts[name] for name in run.facts]
    writer.defer(facts)
    return {
        "run": run,
        "points": [(cell_anchor(sign, point), point.words, point.days[0]) for point in run.points],
        "fact": facts[0],
        "label": _label(writer, facts[0]),
        "condition": facts[0].kind is FactKind.WHEN_TO_CALL,
        "marks": _marks(writer, facts),
    }


def _label(writer: Writer, fact: Fact) -> str:
    return label_of(fact, writer.base.sources).value


def _marks(writer: Writer, facts: list[Fact]) -> Markup:
    """The note marks of facts. A fact that the page has not shown yet gets an anchor, so that its note leads back."""
    parts = [writer.notes.mark(fact) if writer.notes.seen(fact) else writer.claim(fact, Markup("")) for fact in facts]
    return Markup("").join(parts)


def _dates(writer: Writer) -> str:
    """The steps of aftercare with their days, as the calendar file takes them."""
    rows = []
    for date in writer.base.dates:
        fact = writer.base.facts[date.fact]
        words = fill("healing-date.html", day=date.day, claim=in_markdown(fact.claim))
        writer.defer([fact])
        rows.append(
            {"date": date, "fact": fact, "claim": writer.claim(fact, words), "page": writer.base.homes[fact.id]}
        )
    return str(fill("healing-dates.html", rows=rows))

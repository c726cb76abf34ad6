"""The table of signs by day: what each sign means at each time point, in words, never by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factbase.course import Concern, Point, Sign, SignGroup, steps_of
from factbase.leaflet import Part
from factbase.model import Fact
from factbase.normal import Part as Asked
from factbase.normal import of_group
from factbase.pdf.typst_text import literal, words

if TYPE_CHECKING:
    from factbase.pdf.blocks import Blocks

SHORT = {
    Concern.USUAL: "Usual",
    Concern.WATCH: "Watch",
    Concern.CLINIC: "Call clinic",
    Concern.TODAY: "Help today",
    Concern.EMERGENCY: "Call emergency number",
}
"""What to do, short enough for a cell."""
MOST_ROWS = 10
ABOUT_CHART = (
    " shows what each sign asks for on each day. Day 0 is the day of your needling. Watch means: keep an eye on it."
)


def leaflet_chart(head: str, part: Part, printer: Blocks) -> list[str]:
    """The chart of a leaflet: the signs that it names, of plain needling only; one note names its sources.

    `head` is its heading in Typst; it stands with the table, which may stand at the top of a page.
    """
    plain = of_group(printer.base.signs_seen, Asked.NEEDLING)
    named = [sign for name in part.signs for sign in plain if sign.id == name] or plain[:MOST_ROWS]
    mark = printer.notes.together([fact for sign in named for fact in _facts(sign, printer)])
    about = words(f"The table “{part.heading}”{ABOUT_CHART}") + mark()
    return [f"#chart-part[{head}][{about}][{_table([(sign, mark()) for sign in named])}]"]


def handbook_chart(argument: str, printer: Blocks) -> list[str]:
    """The whole chart: what each level asks for, all signs of a group with their notes, how each feels and looks."""
    base = printer.base
    if argument == Asked.CALENDAR:
        dates = [(f"Day {date.day}: ", base.facts[date.fact]) for date in base.dates]
        return [f"#list({', '.join(f'[{words(at)}{printer.claim(fact)}]' for at, fact in dates)})"]
    signs = of_group(base.signs_seen, argument)
    if not signs:
        return []
    found = steps_of(base.steps, signs[0].group)
    steps = [(SHORT[level], base.facts[name]) for level, name in found.items()]
    told = ", ".join(f"[#strong[{words(level + ':')}] {printer.claim(fact)}]" for level, fact in steps)
    # The list first: its notes would not fit below the rows of a table, which then only refer to them.
    looks = ", ".join(_looks(sign, printer) for sign in signs)
    rows = [(sign, _marks(_facts(sign, printer), printer)) for sign in signs]
    return [f"#list({told})", f"#list({looks})", _table(rows)]


def _table(rows: list[tuple[Sign, str]]) -> str:
    group = rows[0][0].group
    points = [point for point in Point if group is SignGroup.NEEDLING or any(sign.cell(point) for sign, _ in rows)]
    head = "".join(f"[{words(text)}], " for text in ("What you notice", *(point.words for point in points)))
    told = []
    for sign, note in rows:
        cells = "".join(_cell(sign, point) for point in points)
        told.append(f"([{words(sign.sign)}], [{note}], ({cells}))")
    return f"#healing-table(({head}), {', '.join(told)})"


def _cell(sign: Sign, point: Point) -> str:
    cell = sign.cell(point)
    if cell is None:
        return f"({literal('usual')}, {literal('No source')}), "
    return f"({literal(cell.level.value)}, {literal(SHORT[cell.level])}), "


def _facts(sign: Sign, printer: Blocks) -> list[Fact]:
    names = dict.fromkeys(name for cell in sign.cells for name in cell.facts)
    return [printer.base.facts[name] for name in names]


def _marks(facts: list[Fact], printer: Blocks) -> str:
    return " ".join(printer.notes.mark(fact) for fact in facts)


def _looks(sign: Sign, printer: Blocks) -> str:
    """How a sign feels, how it looks on each skin, what its cells rest on, when it should be gone.

    A fact that is new in the chapter stands on a line of its own: many long notes behind one line would not fit.
    """
    facts = printer.base.facts
    names = [name for cell in sign.cells for name in cell.facts]
    names += [*(sign.tones.facts if sign.tones else ()), *([sign.gone] if sign.gone else [])]
    behind = [facts[name] for name in dict.fromkeys(names)]
    known = [fact for fact in behind if printer.notes.seen(fact)]
    told = [sign.feel] if sign.feel else []
    if sign.tones:
        told += _by_skin({"white": sign.tones.white, "brown": sign.tones.brown, "black": sign.tones.black})
    said = f"#strong[{words(sign.sign + '.')}] {words(' '.join(told))}{_marks(known, printer)}"
    fresh = [fact for fact in behind if fact not in known]
    return f"[{said}{printer.facts(fresh) if fresh else ''}]"


def _by_skin(looks: dict[str, str]) -> list[str]:
    """How a sign looks on each skin, the same words once: `White skin: …`, `Brown or black skin: …`."""
    skins = {look: [skin for skin, said in looks.items() if said == look] for look in looks.values()}
    return [f"{_either(names).capitalize()} skin: {look}" for look, names in skins.items()]


def _either(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last

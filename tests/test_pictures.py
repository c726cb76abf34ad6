"""The pictures: their numbers are the facts' numbers, they change with the data, and everyone can read them."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from factbase.base import Base
from factbase.course import Cell as Judged
from factbase.course import Concern, Point, Sign, SignGroup
from factbase.drawn import PICTURES, Part, Picture, chosen, facts_of
from factbase.model import Fact, SourceKind
from factbase.parts.pictures import picture
from factbase.pictures import clinics, depth, healing, how_long, icons, studies, visit
from factbase.pictures.catalogue import VIEWS, view_of, words_of
from factbase.pictures.scale import along, along_log, packed, share
from factbase.pictures.view import Graphic, View
from factbase.pictures.waits import Time, UnreadTime, read_time, told, waits_of
from factbase.problem import Place
from factbase.shape import Where
from factbase.writer import Writer

ICONS = "icons:effects-tram-track"
ALL = (*(name.value for name in Picture), "healing", ICONS)
ON = {
    "skin-depth": "procedure",
    "visit": "procedure",
    "marks-by-study": "dark-marks",
    "marks-how-long": "dark-marks",
    "icons-marks-study-half-face": "dark-marks",
    "skin-tones": "get-help",
    "clinic-ranges": "aftercare",
    "icons-effects-tram-track": "side-effects",
    "healing": "healing-timeline",
}
NOWHERE = Where(Place("test"), {})


def drawn(base: Base, name: str) -> View:
    """The picture of that name, which has something to show."""
    view = view_of(name, base)
    assert view is not None
    return view


def graphics(view: View) -> Iterator[Graphic]:
    """Every drawing of a picture that stands for itself."""
    yield from (block.graphic for block in view.blocks() if block.graphic)
    if view.axis:
        yield view.axis


def figure_of(base: Base, name: str) -> Any:
    """The picture as a page prints it."""
    (text,) = picture(Writer(base), name)
    return html.fragment_fromstring(text)


def with_fact(base: Base, fact: Fact) -> Base:
    """The base with one fact changed."""
    return dataclasses.replace(base, facts={**base.facts, fact.id: fact})


def with_row(base: Base, name: str, **changes: str) -> Base:
    """The base with one row of data/pictures.yml changed."""
    assert any(row.id == name for row in base.drawn)
    rows = tuple(dataclasses.replace(row, **changes) if row.id == name else row for row in base.drawn)  # type: ignore[arg-type]
    return dataclasses.replace(base, drawn=rows)


# ---------- the numbers are the facts' numbers ----------


def test_a_mark_for_each_count_at_its_share_of_100(base: Base) -> None:
    blocks = list(drawn(base, "marks-by-study").blocks())
    end = 30
    for block in blocks:
        fact = base.facts[block.facts[0]]
        assert block.graphic
        marks = block.graphic.values["marks"]
        wanted = {
            (along(share(int(figure.count), int(figure.of)), end), False)
            if figure.of.isdigit()
            else (along(float(figure.count.split()[0]), end), True)
            for figure in fact.figures
        }
        assert {(mark["x"], mark["open"]) for mark in marks} == wanted  # type: ignore[attr-defined]
        for figure in fact.figures:
            assert any(figure.count in words for words in block.words)
            assert figure.of in " ".join(block.words) or "size of the group not stated" in " ".join(block.words)


def test_the_roller_pair_is_one_study_with_two_denominators(base: Base) -> None:
    roller = next(block for block in drawn(base, "marks-by-study").blocks() if block.facts == ("marks-study-roller",))
    assert roller.words == (
        "● Of those who started: 5 of 36 people.",
        "● The same people, of those who finished: 5 of 30 people.",
        "Followed: not stated.",
    )
    assert roller.graphic
    assert roller.graphic.values["joined"]


def test_laser_arms_stand_beside_and_have_another_shape(base: Base) -> None:
    half = next(block for block in drawn(base, "marks-by-study").blocks() if "half-face" in block.facts[0])
    assert half.graphic
    needled, laser = half.graphic.values["marks"]  # type: ignore[misc]
    assert (needled["laser"], laser["laser"]) == (False, True)
    assert needled["y"] != laser["y"]
    assert half.words[:2] == ("● Needled half: 2 of 30 people.", "◆ CO2 laser half: 9 of 30 people.")


def test_nothing_is_pooled(base: Base) -> None:
    """Every number in the picture of studies stands in one fact of it."""
    view = drawn(base, "marks-by-study")
    for block in view.blocks():
        fact = base.facts[block.facts[0]]
        known = re.findall(r"\d+", " ".join((f"{it.count} {it.of} {it.who} {it.follow_up}") for it in fact.figures))
        # CO2 is the name of a laser.
        assert set(re.findall(r"\d+", " ".join(block.words).replace("CO2", ""))) <= {*known}


def test_skin_and_needles_are_true_to_scale(base: Base) -> None:
    rows = [row for row in base.drawn if row.picture is Picture.SKIN_DEPTH and row.part is Part.NEEDLE]
    graphic = next(graphics(drawn(base, "skin-depth")))
    needles = graphic.values["needles"]
    for row, needle in zip(rows, needles, strict=True):  # type: ignore[call-overload]
        assert needle["high"] / depth.PER_MM == pytest.approx(float(row.high or row.low or 0))
        assert needle["low"] / depth.PER_MM == pytest.approx(float(row.low or 0))
    outer = next(row for row in base.drawn if row.id == "layer-outer")
    assert graphic.values["outer"] == pytest.approx(float(outer.high or 0) * depth.PER_MM)
    ticks = [tick["y"] for tick in graphic.values["ticks"]]  # type: ignore[attr-defined]
    assert [later - tick for tick, later in itertools.pairwise(ticks)] == [depth.PER_MM] * (len(ticks) - 1)


def test_times_of_a_visit_and_of_marks_stand_where_the_facts_say(base: Base) -> None:
    rows = {row.id: row for row in base.drawn}
    assert visit.minutes(rows["step-numbing"]) == (60, 60)
    assert visit.minutes(rows["step-needling"]) == (15, 30)
    assert visit.minutes(rows["step-gel"]) == (0, 0)  # hours at home are no part of the visit
    assert how_long.years(rows["last-peels"]) == pytest.approx(8 / 12)
    assert how_long.years(rows["last-acne-five-years"]) == 5
    first = next(iter(drawn(base, "marks-how-long").blocks()))
    assert first.facts == ("marks-unknown-duration",)
    assert first.graphic
    assert first.graphic.values["part"] == "unknown"


def test_an_icon_for_each_person(base: Base) -> None:
    for fact in base.live:
        figures = icons.countable(fact)
        for figure, block in zip(figures, drawn(base, f"icons:{fact.id}").blocks() if figures else (), strict=True):
            people = block.graphic.values["people"]  # type: ignore[union-attr]
            assert len(people) == int(figure.of)  # type: ignore[arg-type]
            assert sum(person["has"] for person in people) == int(figure.count)  # type: ignore[attr-defined]
            assert max(person["x"] for person in people) <= icons.WIDE * 9  # type: ignore[attr-defined]


def test_filled_icons_differ_by_a_frame_too(base: Base) -> None:
    figure = figure_of(base, ICONS)
    assert len(figure.xpath(".//g[contains(@class, 'p-has')]/rect")) == 2
    assert not figure.xpath(".//g[contains(@class, 'p-not')]/rect")


def test_one_mark_for_each_sheet_with_a_time(base: Base) -> None:
    for block in drawn(base, "clinic-ranges").blocks():
        waits = waits_of(base.facts[block.facts[0]], base.sources)
        assert block.graphic
        marks = block.graphic.values["marks"]
        timed = [wait for wait in waits if isinstance(wait.time, Time)]
        assert len(marks) == len(timed)  # type: ignore[arg-type]
        assert sorted((m["from"], m["to"]) for m in marks) == sorted(  # type: ignore[attr-defined]
            (along_log(wait.time.low, clinics.SHORTEST, clinics.LONGEST),  # type: ignore[union-attr]
             along_log(wait.time.high, clinics.SHORTEST, clinics.LONGEST))  # type: ignore[union-attr]
            for wait in timed
        )  # fmt: skip
        for wait in waits:
            if wait.time is None:
                assert wait.says.rstrip(".")[1:] in " ".join(block.words)


def test_studies_and_regulators_set_no_wait(base: Base) -> None:
    kinds = {wait.kind for wait in waits_of(base.facts["aftercare-sunscreen-start"], base.sources)}
    assert kinds == {SourceKind.CLINIC, SourceKind.NEWS}


# ---------- the parser ----------

READ = {
    "24 hours.": (24, 24),
    "24 to 48 hours.": (24, 48),
    "4 days.": (96, 96),
    "1 week.": (168, 168),
    "A week or more (acids and scrubs).": (168, 168),
    "1 to 3 months, or until it is no longer pink.": (720, 2160),
    "After at least 4 hours.": (4, 4),
    "Not for the first 8 to 12 hours.": (8, 12),
    "Only tepid water for 72 hours.": (72, 72),
    "Nothing but the unit's gel for 24 hours.": (24, 24),
    "From the next day (about 24 hours).": (24, 24),
    "From day 5, if the skin is calm.": (120, 120),
    "12 hours, and 24 hours further down the same sheet.": (12, 24),
    "48 hours; a week is better.": (48, 168),
    "3 days, better 10.": (72, 240),
    "48 to 72 hours: usual products after 48, tretinoin after 72.": (48, 72),
    "24 hours for hot tub, sauna and steam, or 48 if inflamed.": (24, 48),
}
NO_TIME = (
    "The next day.",
    "Until the next morning.",
    "A few hours later.",
    "In the days after; no number given.",
    "5 days after peeling ends.",
    "Bath and shower as normal, not hot. Only the unit's gel on the skin for 24 hours.",
    "From day 3 after strong (ablative) laser.",
)
NOT_READ = ("At most 24 hours.", "24 hours, then 3 days.", "Maybe 2 weeks.", "24 hours of sun.", "Day 3.")


@pytest.mark.parametrize(("says", "hours"), READ.items())
def test_times_are_read(says: str, hours: tuple[int, int]) -> None:
    assert read_time(says) == Time(*hours)


@pytest.mark.parametrize("says", NO_TIME)
def test_what_gives_no_time_gets_no_mark(says: str) -> None:
    assert read_time(says) is None


@pytest.mark.parametrize("says", NOT_READ)
def test_what_is_not_understood_whole_is_not_read(says: str) -> None:
    assert read_time(says) == UnreadTime()


def test_every_item_of_the_aftercare_rules_is_read_or_has_no_time(base: Base) -> None:
    for row in base.drawn:
        if row.picture is Picture.CLINIC_RANGES:
            for item in base.facts[row.facts[0]].evidence:
                time = read_time(item.says)
                assert not isinstance(time, UnreadTime), item.says
                if time is None:
                    assert item.says in NO_TIME or not re.search(r"\d", item.says), item.says
                else:
                    first = re.search(r"\d+|\bA\b", item.says)
                    assert first
                    number = 1 if first[0] == "A" else int(first[0])
                    assert time.low in (number, number * 24, number * 168, number * 720), item.says


def test_hours_are_told_as_people_say_them() -> None:
    assert [told(hours) for hours in (12, 24, 48, 120, 168, 336, 720, 2160)] == [
        "12 hours", "24 hours", "2 days", "5 days", "1 week", "2 weeks", "1 month", "3 months",
    ]  # fmt: skip


def test_marks_do_not_lie_on_each_other() -> None:
    spans = [(0.0, 0.0), (0.0, 0.0), (1.0, 9.0), (5.0, 5.0), (20.0, 20.0)]
    rows = packed(spans, 3.0)
    for at, (start, end) in enumerate(spans):
        for other, (start2, end2) in enumerate(spans[:at]):
            assert rows[at] != rows[other] or start - end2 >= 3 or start2 - end >= 3


# ---------- a picture changes with its data ----------


def test_a_changed_figure_moves_the_mark_and_the_words(base: Base) -> None:
    fact = base.facts["marks-study-half-face"]
    figures = (dataclasses.replace(fact.figures[0], count="12"), *fact.figures[1:])
    changed = with_fact(base, dataclasses.replace(fact, figures=figures))
    before, after = (figure_of(it, "marks-by-study").text_content() for it in (base, changed))
    assert "2 of 30 people" in before
    assert "12 of 30 people" in after
    place = {
        it: next(b for b in drawn(world, "marks-by-study").blocks() if b.facts == (fact.id,))
        for it, world in (("before", base), ("after", changed))
    }
    assert place["before"].graphic != place["after"].graphic


def test_a_changed_count_fills_other_icons(base: Base) -> None:
    fact = base.facts["effects-tram-track"]
    changed = with_fact(
        base, dataclasses.replace(fact, figures=(dataclasses.replace(fact.figures[0], count="7", of="40"),))
    )
    figure = figure_of(changed, ICONS)
    assert len(figure.xpath(".//g[contains(@class, 'p-has')]")) == 7
    assert len(figure.xpath(".//g[contains(@class, 'p-not')]")) == 33


def test_a_changed_sheet_moves_its_mark(base: Base) -> None:
    fact = base.facts["aftercare-make-up-wait"]
    items = tuple(
        dataclasses.replace(item, says="6 days.") if item.says == "4 days." else item for item in fact.evidence
    )
    changed = with_fact(base, dataclasses.replace(fact, evidence=items))
    told_of = [block.graphic for block in drawn(changed, "clinic-ranges").blocks() if block.facts == (fact.id,)]
    assert told_of[0]
    assert "6 days: 1 sheet" in told_of[0].desc
    assert "4 days" not in told_of[0].desc


@pytest.mark.parametrize(
    ("name", "row", "changes"),
    [
        ("skin-depth", "needle-longest", {"low": "2.2"}),
        ("skin-depth", "layer-deeper", {"high": "1.5"}),
        ("visit", "step-numbing", {"low": "45"}),
        ("marks-how-long", "last-peels", {"low": "20"}),
        ("skin-tones", "sore-brown", {"words": "Something else."}),
    ],
)
def test_a_changed_row_changes_the_drawing(base: Base, name: str, row: str, changes: dict[str, str]) -> None:
    changed = with_row(base, row, **changes)
    assert list(graphics(drawn(base, name))) != list(graphics(drawn(changed, name)))


# ---------- healing ----------


def sign(name: str, *levels: Concern) -> Sign:
    """A made-up sign with one level at each time point."""
    cells = tuple(
        Judged(NOWHERE, point, level, ("healing-day-0",)) for point, level in zip(Point, levels, strict=False)
    )
    return Sign(name, NOWHERE, sign=name.capitalize(), group=SignGroup.NEEDLING, cells=cells)


def test_neighbouring_points_of_one_level_are_one_band(base: Base) -> None:
    u, w, c = Concern.USUAL, Concern.WATCH, Concern.CLINIC
    made = dataclasses.replace(base, signs_seen=(sign("glow", u, u, u, w, c, c, c, c),))
    block = next(iter(drawn(made, "healing").blocks()))
    assert block.graphic
    bands = [(band["words"], band["x"], band["width"]) for band in block.graphic.values["bands"]]  # type: ignore[attr-defined]
    assert bands == [("Usual", 0, 37.5), ("Watch", 37.5, 12.5), ("Clinic", 50, 50)]
    assert block.graphic.desc.startswith("Day 0: Usual at this time; Day 1: Usual")


def test_without_signs_nothing_is_printed(base: Base) -> None:
    assert picture(Writer(dataclasses.replace(base, signs_seen=())), "healing") == []


def test_bands_are_the_cells_of_the_data(base: Base) -> None:
    signs = [it for it in base.signs_seen if it.group is SignGroup.NEEDLING]
    rows = drawn(base, "healing").table.rows
    assert [row.head for row in rows] == [it.sign for it in signs]
    for it, row in zip(signs, rows, strict=True):
        assert [cell.words for cell in row.cells] == [cell.level.words for cell in it.cells]
        assert [cell.facts for cell in row.cells] == [cell.facts for cell in it.cells]
        covered = sum(band["width"] for band in healing.bands(it.cells))  # type: ignore[misc]
        assert covered == 100


def test_rf_signs_never_stand_among_those_of_plain_needling(base: Base) -> None:
    assert {it.group for it in chosen(base.signs_seen, "")} == {SignGroup.NEEDLING}
    assert any(it.group is SignGroup.RF for it in base.signs_seen)


def test_named_signs_alone_are_drawn(base: Base) -> None:
    names = [it.id for it in base.signs_seen if it.group is SignGroup.NEEDLING][:2]
    assert len(list(drawn(base, f"healing:{' '.join(names)}").blocks())) == 2


# ---------- every picture ----------


@pytest.mark.parametrize("name", ALL)
def test_every_drawing_has_a_text_and_the_picture_a_table(base: Base, name: str) -> None:
    figure = figure_of(base, name)
    told_by = [svg for svg in figure.iterfind(".//svg") if "role" in svg.attrib]
    assert told_by
    for svg in told_by:
        title, desc = (figure.get_element_by_id(part) for part in svg.get("aria-labelledby").split())
        assert title.text_content().strip()
        assert desc.text_content().strip()
    assert figure.find("figcaption") is not None
    rows = figure.findall(".//details//table/tbody/tr")
    assert len(rows) >= 1
    for row in rows:
        assert row.get("data-fact") or row.find(".//span[@data-fact]") is not None


@pytest.mark.parametrize("name", ALL)
def test_no_style_and_no_script_in_a_drawing(base: Base, name: str) -> None:
    figure = figure_of(base, name)
    for element in figure.iter():
        assert element.tag not in ("style", "script", "foreignobject")
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]


@pytest.mark.parametrize("name", ALL)
def test_every_number_stands_in_an_element_with_its_note(base: Base, name: str) -> None:
    """Words outside a claim tell how to read the picture; digits there are those of its scale."""
    figure = figure_of(base, name)
    for element in figure.xpath(".//*[@data-fact]"):
        marks = element.xpath(f".//a[@href='#note-{element.get('data-fact')}']")
        assert marks
        assert element.get("data-evidence")
    for element in figure.iter():
        claimed = element.xpath("ancestor-or-self::*[@data-fact]")
        waived = element.xpath("ancestor-or-self::*[@data-no-claim]")
        label = element.xpath("ancestor-or-self::*[self::summary or self::th or self::thead]")
        assert claimed or waived or label or not (element.text or "").strip()


def test_facts_of_a_picture_are_all_on_it(base: Base) -> None:
    for name in ALL:
        marks = {link.get("href") for link in figure_of(base, name).iterfind(".//sup/a")}
        assert marks == {f"#note-{fact}" for fact in facts_of(name, base.drawn, base.signs_seen)}


def test_the_list_of_pictures_is_whole() -> None:
    assert set(VIEWS) == PICTURES


def test_a_missing_fact_leaves_the_words_out(base: Base) -> None:
    facts = {name: fact for name, fact in base.facts.items() if name != "effects-tram-track"}
    assert words_of(ICONS, dataclasses.replace(base, facts=facts)) == []
    assert words_of(ICONS, base)


def test_an_arm_without_its_figure_is_not_drawn(base: Base) -> None:
    fact = dataclasses.replace(base.facts["marks-study-39"], figures=())
    blocks = studies.view(with_fact(base, fact), "").blocks()
    assert "marks-study-39" not in {block.facts[0] for block in blocks}


# ---------- in the browser ----------

MEASURE = """figure => [...figure.querySelectorAll('figcaption *, p, p *, li, summary, .drawing text')]
  .filter(e => e.getClientRects().length && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => !e.closest('.mark'))
  .map(e => [e.textContent.trim(), parseFloat(getComputedStyle(e).fontSize) * (e.ownerSVGElement
      ? e.getScreenCTM().a : 1)])"""

CONTRAST = """figure => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = c => { const [r, g, b] = rgb(c).map(v => { v /= 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05); };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (rgb(c)[3] > 0) return c; } return '#fff'; };
  const page = behind(figure);
  const found = [];
  for (const e of figure.querySelectorAll('figcaption span, p b, p span, li, summary, .drawing text')) {
    const s = getComputedStyle(e);
    let back = e.ownerSVGElement ? page : behind(e);
    if (e.classList.contains('p-word')) back = s.stroke === 'none'
      ? getComputedStyle(e.ownerSVGElement.querySelector('.band-emergency')).fill : s.stroke;
    found.push(['text ' + e.textContent.trim().slice(0, 40), ratio(e.ownerSVGElement ? s.fill : s.color, back), 4.5]);
  }
  for (const e of figure.querySelectorAll('.p-needled, .p-laser, .p-has path, .p-not path, .p-end, .p-time, .p-rest,'
      + '.p-words, .p-frame, .p-needle, .p-icon path')) {
    const s = getComputedStyle(e);
    const on = e.closest('.p-has') ? getComputedStyle(e.closest('.p-has').querySelector('rect')).fill : page;
    const ink = e.classList.contains('p-needle') ? s.fill : s.stroke;
    found.push(['mark ' + e.getAttribute('class'), ratio(ink, on), 3]);
  }
  for (const e of figure.querySelectorAll('.tone-area')) {
    const skin = getComputedStyle(e.parentElement.querySelector('.tone-skin')).fill;
    found.push(['tone outline', ratio(getComputedStyle(e).stroke, skin), 3]);
  }
  for (const e of figure.querySelectorAll('.p-needle')) {
    for (const layer of ['.p-deeper', '.p-under']) {
      const under = getComputedStyle(e.ownerSVGElement.ownerSVGElement.querySelector(layer)).fill;
      found.push(['needle on ' + layer, ratio(getComputedStyle(e).fill, under), 3]);
    }
  }
  return found.filter(([, is, wanted]) => is < wanted);
}"""


def show(page: Page, address: str, name: str) -> Any:
    """The figure on its page."""
    page.goto(f"{address}/{ON[name]}/")
    figure = page.query_selector(f"figure[data-picture='{name}']")
    assert figure
    return figure


@pytest.mark.parametrize("name", ON)
def test_text_is_at_least_11_px_on_a_phone(phone: Page, address: str, name: str) -> None:
    sizes = show(phone, address, name).evaluate(MEASURE)
    assert sizes
    assert [(text, size) for text, size in sizes if size < 11] == []


@pytest.mark.parametrize("name", ON)
def test_nothing_sticks_out_on_a_phone(phone: Page, address: str, name: str) -> None:
    figure = show(phone, address, name)
    box = figure.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    texts = figure.evaluate(
        """f => { const b = f.getBoundingClientRect();
        return [...f.querySelectorAll('.drawing text')].map(t => t.getBoundingClientRect())
          .filter(r => r.left < b.left - 0.5 || r.right > b.right + 0.5).length }"""
    )
    assert texts == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ON)
def test_contrast(browser: Browser, address: str, name: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    assert show(context.new_page(), address, name).evaluate(CONTRAST) == []
    context.close()


def test_forced_colours_leave_no_colour_of_ours(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, forced_colors="active")
    page = context.new_page()
    for name in ON:
        figure = show(page, address, name)
        figure.screenshot(path=tmp_path / f"{name}.png")
        inks = figure.evaluate(
            """f => { const probe = document.createElement('i'); document.body.append(probe);
            const system = ['Canvas', 'CanvasText', 'GrayText', 'Highlight'].map(c => {
              probe.style.setProperty('color', c); return getComputedStyle(probe).color; });
            const shapes = [...f.querySelectorAll('.drawing :is(rect, circle, ellipse, path, line, text)')];
            return [...new Set(shapes.flatMap(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke].map((v, i) =>
              [e.getAttribute('class'), i ? 'stroke' : 'fill', v, e.tagName])).filter(([, , v]) => v !== 'none'
              && !v.startsWith('url') && !system.includes(v)).map(String))]; }"""
        )
        # A shape without a class of ours keeps SVG's own black, which lines do not show.
        assert [ink for ink in inks if "rgb(0, 0, 0)" not in ink] == [], name
    context.close()


def test_paper_shows_the_table(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 1000})
    page = context.new_page()
    page.goto(f"{address}/dark-marks/")
    page.emulate_media(media="print")
    cell = page.locator("figure[data-picture='marks-by-study'] td").first
    assert cell.is_visible()
    context.close()


def test_the_table_opens_by_keyboard_and_scrolls_by_itself(phone: Page, address: str) -> None:
    figure = show(phone, address, "marks-by-study")
    summary = figure.query_selector("summary")
    assert summary.bounding_box()["height"] >= 24
    summary.focus()
    phone.keyboard.press("Enter")
    assert figure.query_selector("td").is_visible()
    assert figure.query_selector(".table").get_attribute("tabindex") == "0"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_marks_of_a_picture_open_their_notes(phone: Page, address: str) -> None:
    figure = show(phone, address, "marks-by-study")
    figure.query_selector(".picture-label .mark a").click()
    card = phone.locator("#note-card")
    assert card.is_visible()
    assert "5 of 36" in card.inner_text()

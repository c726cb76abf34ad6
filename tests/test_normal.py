"""The page "Is this normal?": whole data, the right answer on the right day, with and without a script."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import html
from playwright.sync_api import Browser, Locator, Page

from factbase.base import Base
from factbase.course import Concern, Point, Sign, SignGroup, steps_of
from factbase.model import FactKind, Treatment
from factbase.normal import Part, printed, runs

NOON = datetime.datetime(2026, 11, 21, 12)
NORMAL = "/is-this-normal/"
USUAL, WATCH, CLINIC, TODAY, EMERGENCY = (level.words for level in Concern)


@pytest.fixture
def page(phone: Page) -> Page:
    """The phone, on 21 November 2026 at noon."""
    phone.clock.set_fixed_time(NOON)
    return phone


@pytest.fixture(scope="module")
def document(site: Path) -> html.HtmlElement:
    return html.document_fromstring((site / "is-this-normal/index.html").read_text("utf-8"))


def card(page: Page, sign: str) -> Locator:
    return page.locator(f".sign:has(#{sign})")


def level(page: Page, sign: str) -> str:
    return card(page, sign).locator(".badge").inner_text()


def choose(page: Page, day: int) -> None:
    page.locator(f".normal-strip input[value='{day}']").check(force=True)


def status(page: Page) -> str:
    return page.locator(".normal-status").inner_text()


def signs(base: Base, group: SignGroup) -> list[Sign]:
    return [sign for sign in base.signs_seen if sign.group is group]


def cell_level(base: Base, sign: str, point: Point) -> Concern:
    cell = next(item for item in base.signs_seen if item.id == sign).cell(point)
    assert cell
    return cell.level


# ---------- data ----------


def test_there_are_enough_signs_and_every_day_is_covered(base: Base) -> None:
    assert len(signs(base, SignGroup.NEEDLING)) >= 24
    assert len(signs(base, SignGroup.RF)) >= 6
    for sign in signs(base, SignGroup.NEEDLING):
        assert [cell.at for cell in sign.cells] == list(Point), sign.id
    days = [day for point in Point for day in range(point.days[0], point.days[1] + 1)]
    assert days == list(range(241)), "no day falls between two points"


def test_a_warning_sign_is_never_judged_milder_than_its_own_level(base: Base) -> None:
    order = list(Concern)
    for sign in base.signs_seen:
        for cell in sign.cells:
            first = base.facts[cell.facts[0]]
            if first.level:
                assert order.index(cell.level) >= order.index(Concern(first.level.value)), (sign.id, cell.at)


def test_an_urgent_cell_rests_on_a_fact_that_is_as_urgent(base: Base) -> None:
    for sign in base.signs_seen:
        for cell in sign.cells:
            if cell.level in (Concern.TODAY, Concern.EMERGENCY):
                told = [base.facts[name] for name in cell.facts]
                assert any(
                    fact.level == cell.level.value or "get medical help today" in fact.claim.casefold() for fact in told
                ), (sign.id, cell.at)


def test_no_level_falls_again_once_the_clinic_should_hear(base: Base) -> None:
    careful = (Concern.CLINIC, Concern.TODAY, Concern.EMERGENCY)
    for sign in base.signs_seen:
        for before, after in itertools.pairwise(cell.level for cell in sign.cells):
            assert before not in careful or after in careful, sign.id


def test_a_cell_without_a_source_is_careful(base: Base) -> None:
    for sign in base.signs_seen:
        for cell in sign.cells:
            if base.facts[cell.facts[0]].kind is FactKind.UNKNOWN:
                assert cell.level in (Concern.CLINIC, Concern.TODAY, Concern.EMERGENCY), (sign.id, cell.at)


def test_rf_rests_on_facts_about_rf_or_skin_and_the_rest_never_on_rf(base: Base) -> None:
    for group, wanted, never in (
        (Part.RF, {Treatment.RF, Treatment.SKIN}, {Treatment.NEEDLING, Treatment.PEN, Treatment.ROLLER, Treatment.PRP}),
        (Part.NEEDLING, set(Treatment) - {Treatment.RF}, {Treatment.RF}),
    ):
        for _, name in printed(base.signs_seen, base.steps, base.dates, group):
            treatments = set(base.facts[name].applies_to)
            assert treatments & wanted, name
            assert not treatments & never, name


def test_every_level_says_what_to_do(base: Base) -> None:
    for group in SignGroup:
        assert set(steps_of(base.steps, group)) == set(Concern)
    assert steps_of(base.steps, SignGroup.NEEDLING)[Concern.EMERGENCY] == "warning-emergency-first"
    assert steps_of(base.steps, SignGroup.RF)[Concern.WATCH] == "warning-clinic-no-answer"


@pytest.mark.parametrize(
    ("sign", "point", "expected"),
    [
        ("dark-marks", Point.DAYS_2_3, Concern.CLINIC),
        ("redness", Point.DAY_1, Concern.USUAL),
        ("redness", Point.DAYS_4_7, Concern.WATCH),
        ("redness", Point.WEEK_2, Concern.CLINIC),
        ("redness-same", Point.DAYS_4_7, Concern.CLINIC),
        ("hot-painful-swollen", Point.DAY_0, Concern.TODAY),
        ("blister-groups", Point.DAYS_2_3, Concern.TODAY),
        ("bleeding", Point.DAY_0, Concern.TODAY),
        ("numb", Point.DAY_1, Concern.CLINIC),
        ("rf-burn", Point.DAY_0, Concern.TODAY),
    ],
)
def test_the_answer(base: Base, sign: str, point: Point, expected: Concern) -> None:
    assert cell_level(base, sign, point) is expected


@pytest.mark.parametrize("sign", ["breathing", "faint", "spreading-fast", "fever", "fit-numbing"])
def test_an_emergency_is_one_on_any_day(base: Base, sign: str) -> None:
    assert {cell_level(base, sign, point) for point in Point} == {Concern.EMERGENCY}


def test_runs_put_alike_cells_together(base: Base) -> None:
    marks, redness = (next(sign for sign in base.signs_seen if sign.id == name) for name in ("dark-marks", "redness"))
    assert [run.days for run in runs(marks)] == [(0, 240)]
    assert [run.days for run in runs(redness)] == [(0, 0), (1, 1), (2, 3), (4, 7), (8, 240)]


# ---------- without a script ----------


def test_every_cell_has_its_permanent_id_inside_a_claim(base: Base, document: html.HtmlElement) -> None:
    for sign in signs(base, SignGroup.NEEDLING):
        for cell in sign.cells:
            row = document.get_element_by_id(f"{cell.at}-{sign.id}").xpath("ancestor::tr")[0]
            assert row.get("data-fact") == cell.facts[0]
            assert row.get("data-level") == cell.level
            assert cell.level.words in row.text_content()
            marks = {link.get("href") for link in row.iterfind(".//a")}
            assert marks == {f"#note-{name}" for name in cell.facts}, (sign.id, cell.at)


def test_colour_is_told_for_each_skin(base: Base, document: html.HtmlElement) -> None:
    for sign in signs(base, SignGroup.NEEDLING):
        if sign.tones:
            section = document.xpath(f"//section[h3[@id='{sign.id}']]")[0].text_content()
            for tone in ("White", "Brown", "Black"):
                assert f"{tone} skin:" in section


def test_all_is_readable_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{address}{NORMAL}#days-2-3-dark-marks")
    row = page.locator("tr:has(#days-2-3-dark-marks)")
    assert row.is_visible()
    assert CLINIC in row.inner_text()
    assert page.locator(".normal-form").is_hidden()
    assert page.locator(".normal-save").is_hidden()
    assert all(found.is_visible() for found in page.locator(".sign tr").all())
    context.close()


def test_print_shows_every_day(page: Page, address: str) -> None:
    page.goto(f"{address}{NORMAL}#day-3")
    page.emulate_media(media="print")
    assert page.locator(".normal-form").is_hidden()
    assert all(row.is_visible() for row in card(page, "redness").locator("tr").all())


# ---------- with a script ----------


def test_a_chosen_day_sorts_the_signs_most_urgent_first(page: Page, address: str) -> None:
    page.goto(address + NORMAL)
    choose(page, 3)
    assert level(page, "dark-marks") == CLINIC
    choose(page, 1)
    assert level(page, "redness") == USUAL
    assert level(page, "breathing") == EMERGENCY
    assert level(page, "hot-painful-swollen") == TODAY
    choose(page, 10)
    assert level(page, "redness") == CLINIC
    shown = page.locator(".level-group:visible").evaluate_all("groups => groups.map(group => group.dataset.level)")
    order = [found.value for found in reversed(Concern)]
    assert shown == sorted(shown, key=order.index)
    assert shown[:3] == ["emergency", "today", "clinic"]


def test_an_open_card_tells_all(page: Page, address: str) -> None:
    page.goto(f"{address}{NORMAL}#day-3-redness")
    text = card(page, "redness").inner_text()
    for words in (USUAL, "When should it be gone?", "White skin:", "Brown skin:", "Black skin:", "feel for heat"):
        assert words in text
    assert "worse means call your clinic" in text, "what to do"
    mark = card(page, "redness").locator(".row-step:visible .mark a")
    mark.tap()
    assert page.locator(".note-card").is_visible(), "the copied note opens too"


@pytest.mark.parametrize(
    ("fragment", "expected", "days"),
    [
        ("day-3-dark-marks", CLINIC, (0, 240)),
        ("days-2-3-redness", USUAL, (2, 3)),
        ("day-10-redness", CLINIC, (8, 240)),
        ("day-14-peeling", CLINIC, (8, 240)),
        ("month-6-no-change", WATCH, (136, 240)),
    ],
)
def test_deep_links_open_the_cell(
    page: Page, address: str, fragment: str, expected: str, days: tuple[int, int]
) -> None:
    sign = re.sub(r"^[a-z]+-(\d+-)+", "", fragment)
    page.goto(f"{address}{NORMAL}#{fragment}")
    found = card(page, sign)
    assert level(page, sign) == expected
    rows = found.locator("tr:visible")
    assert rows.count() == 1
    assert (rows.get_attribute("data-from"), rows.get_attribute("data-to")) == tuple(map(str, days))
    box = found.locator("h3").bounding_box()
    assert box
    assert 0 <= box["y"] < 320


@pytest.mark.parametrize("fragment", ["day-3-nothing", "day-999", "%E0%A4%A", "treated", "note-", "day--1-redness"])
def test_a_broken_link_breaks_nothing(page: Page, address: str, fragment: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{NORMAL}#{fragment}")
    choose(page, 1)
    assert level(page, "redness") == USUAL
    assert errors == []


@pytest.mark.parametrize(
    ("treated", "today", "chosen"),
    [
        ("2026-11-21", "Today is day 0.", "0"),
        ("2026-11-20", "Today is day 1.", "1"),
        ("2026-11-07", "Today is day 14.", "14"),
        ("2026-11-01", "Today is day 20 (Weeks 3 to 6).", "15"),
        ("2026-10-20", "Today is day 32 (Weeks 3 to 6).", "15"),
        ("2026-03-26", "Today is day 240 (Month 6).", "136"),
    ],
)
def test_a_date_opens_on_todays_day(page: Page, address: str, treated: str, today: str, chosen: str) -> None:
    page.goto(f"{address}{NORMAL}#treated={treated}")
    assert status(page) == today
    assert page.locator(".normal-strip [aria-current=date] input").get_attribute("value") == chosen
    assert page.locator(".normal-strip input:checked").get_attribute("value") == chosen
    assert page.locator("#normal-date").input_value() == treated


@pytest.mark.parametrize(
    ("treated", "words"),
    [
        ("2026-11-22", "This date is in the future."),
        ("2027-11-21", "This date is in the future."),
        ("2026-02-30", "This is not a date."),
        ("2026-13-01", "This is not a date."),
        ("yesterday", "This is not a date."),
        ("21/11/2026", "This is not a date."),
        ("2026-11-20%3Cimg%20src=x%3E", "This is not a date."),
        ("2026-03-25", "This date is 241 days ago."),
        ("1926-11-20", "This date is 36526 days ago."),
    ],
)
def test_dates_that_cannot_be_get_a_clear_line(page: Page, address: str, treated: str, words: str) -> None:
    page.goto(f"{address}{NORMAL}#treated={treated}")
    assert status(page).startswith(words)
    assert page.locator(".normal-strip input:checked").get_attribute("value") == ""
    assert page.locator(".normal-strip [aria-current]").count() == 0


UNFILLED = (
    "",
    "%20",
    "{{treatment_date}}",
    "%7B%7Btreatment_date%7D%7D",
    "{{ visit.date | date: '%Y-%m-%d' }}",
    "{{field_12}}",
    "[treatment_date]",
    "%treatment_date%",
    "%%DATE%%",
    "%3Ctreatment%20date%3E",
    "<treatment date>",
    "*|DATE|*",
    "${date}",
    "undefined",
    "null",
)
"""What systems leave in a link when they have no date to fill in."""


@pytest.mark.parametrize("left", UNFILLED)
def test_a_field_that_nobody_filled_in_does_no_harm(page: Page, address: str, left: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}{NORMAL}#treated={left}")
    page.locator(".normal.ready").wait_for()
    assert status(page) == ""
    assert page.locator(".normal-strip input:checked").get_attribute("value") == ""
    assert page.locator(".normal-strip [aria-current]").count() == 0
    assert page.locator("#normal-date").input_value() == ""
    assert page.evaluate("scrollY") == 0
    # The patient chooses the day, as on the page without a date.
    page.locator("#normal-date").fill("2026-11-18")
    assert status(page) == "Today is day 3."
    assert faults == []


def test_a_field_that_nobody_filled_in_takes_an_earlier_date_away(page: Page, address: str) -> None:
    page.goto(f"{address}{NORMAL}#treated=2026-11-20")
    assert status(page) == "Today is day 1."
    page.evaluate("location.hash = 'treated={{treatment_date}}'")
    page.wait_for_function("document.querySelector('.normal-status').textContent === ''")
    assert page.locator("#normal-date").input_value() == ""
    assert page.locator(".normal-strip [aria-current]").count() == 0


def test_an_old_date_leads_to_help(page: Page, address: str) -> None:
    page.goto(f"{address}{NORMAL}#treated=2025-11-20")
    page.locator(".normal-status a").tap()
    page.wait_for_url("**/get-help/")


def test_a_typed_date_and_a_new_address_count_too(page: Page, address: str) -> None:
    page.goto(address + NORMAL)
    page.locator("#normal-date").fill("2026-11-18")
    assert status(page) == "Today is day 3."
    page.evaluate("location.hash = 'treated=2026-11-20'")
    page.wait_for_function("document.querySelector('.normal-status').textContent.includes('day 1')")
    choose(page, 4)
    assert status(page) == "Day 4 is Tuesday 24 November."
    page.locator("#normal-date").fill("")
    assert status(page) == ""


def test_summer_time_adds_no_day(browser: Browser, address: str) -> None:
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-01T23:30:00-05:00")
    page.goto(f"{address}{NORMAL}#treated=2026-10-31")
    assert status(page) == "Today is day 1."
    context.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("brown spots", "dark-marks"),
        ("can't breathe", "breathing"),
        ("hyperpigmentation", "dark-marks"),
        ("swollen eye", "hot-painful-swollen"),
        ("my skin is flaking", "peeling"),
        ("milia", "breakouts"),
        ("purging", "breakouts"),
    ],
)
def test_what_patients_type_finds_the_sign(page: Page, address: str, typed: str, first: str) -> None:
    page.goto(f"{address}{NORMAL}#day-3")
    page.locator("#normal-find").fill(typed)
    shown = page.locator(".sign:visible h3").evaluate_all("heads => heads.map(head => head.id)")
    assert first in shown[:2]
    assert f"{len(shown)} of" in status(page)


def test_words_that_fit_nothing_lead_to_help(page: Page, address: str) -> None:
    page.goto(address + NORMAL)
    page.locator("#normal-find").fill("zzz")
    assert status(page).startswith("No sign here fits these words.")
    assert page.locator(".normal-status a").is_visible()
    page.locator("#normal-find").fill("")
    assert page.locator(".sign:visible").count() == 41
    assert status(page) == ""


def test_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.clock.set_fixed_time(NOON)
    page.goto(address + NORMAL)
    page.locator("#normal-date").focus()
    page.keyboard.type("11202026")
    assert status(page) == "Today is day 1."
    page.locator(".normal-strip input:checked").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".normal-strip input:checked").get_attribute("value") == "2"
    page.keyboard.press("Tab")
    page.keyboard.type("itching")
    page.locator("#itching button").focus()
    before = page.locator("#itching button").get_attribute("aria-expanded")
    page.keyboard.press("Enter")
    assert page.locator("#itching button").get_attribute("aria-expanded") != before
    page.close()


def test_touch_works_at_360_and_targets_are_big(page: Page, address: str) -> None:
    page.goto(address + NORMAL)
    page.locator(".normal-strip label", has_text=re.compile(r"Day\s*3$")).tap()
    assert level(page, "redness") == USUAL
    page.locator("#dark-marks button").tap()
    assert card(page, "dark-marks").locator(".reason").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    targets = page.locator(".normal-strip label, .sign-open, .normal-button, #normal-date, #normal-find")
    sizes = targets.evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert all(width >= 38 and height >= 44 for width, height in sizes if height), sizes


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_tap_gives_the_same_answer_in_every_look(
    browser: Browser, address: str, look: dict[str, Any], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True, **look)
    page = context.new_page()
    page.goto(address + NORMAL)
    page.locator(".normal-strip label", has_text=re.compile(r"Day\s*3$")).tap()
    assert [level(page, sign) for sign in ("redness", "dark-marks", "hot-painful-swollen", "breathing")] == [
        USUAL, CLINIC, TODAY, EMERGENCY,
    ]  # fmt: skip
    chosen, other = (page.locator(f".normal-strip input[value='{day}'] + span") for day in (3, 4))
    weight = "one => getComputedStyle(one).fontWeight"
    assert int(chosen.evaluate(weight)) > int(other.evaluate(weight)), "the chosen day is not told by colour alone"
    page.locator("#dark-marks button").tap()
    assert "Tell your clinic" in card(page, "dark-marks").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_tab_and_arrows_alone_lead_from_the_date_to_the_answer(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address + NORMAL)
    reach(page, ".normal-strip input")
    for _ in range(4):  # from All days round to day 3
        page.keyboard.press("ArrowRight")
    assert page.locator(".normal-strip input:checked").get_attribute("value") == "3"
    reach(page, "#normal-find")
    page.keyboard.type("brown marks")
    reach(page, "#dark-marks button")
    assert page.locator("#dark-marks button").get_attribute("aria-expanded") == "true"
    assert level(page, "dark-marks") == CLINIC
    reach(page, ".sign .mark a")
    page.keyboard.press("Enter")
    assert page.locator(".note-card").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sign .mark a')")
    context.close()


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what `selector` names."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


def test_nothing_is_stored_and_nothing_is_sent(browser: Browser, address: str) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    page.goto(f"{address}{NORMAL}#day-1")
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.locator("#normal-date").fill("2026-11-20")
    page.locator("#normal-find").fill("brown")
    choose(page, 5)
    with page.expect_download():
        page.locator(".normal-button").click()
    assert [url for url in requests if not url.startswith("blob:")] == []
    assert "2026-11-20" not in page.url, "the date does not enter the history"
    assert context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).join()") in ("", "/.__palette"), "the theme keeps light or dark"
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases()") == []
    context.close()


# ---------- the calendar ----------


@pytest.fixture
def saved(page: Page, address: str, tmp_path: Path) -> bytes:
    """The calendar file of a treatment on the day itself."""
    page.goto(f"{address}{NORMAL}#treated=2026-11-21")
    with page.expect_download() as waiting:
        page.locator(".normal-button").tap()
    assert waiting.value.suggested_filename == "dates-after-needling.ics"
    target = tmp_path / "dates.ics"
    waiting.value.save_as(target)
    return target.read_bytes()


def test_the_calendar_holds_the_right_days(saved: bytes, base: Base) -> None:
    calendar = Calendar.from_ical(saved)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = list(calendar.walk("VEVENT"))
    treated = datetime.date(2026, 11, 21)
    assert [event.decoded("DTSTART") for event in events] == [
        treated + datetime.timedelta(days=date.day) for date in base.dates
    ]
    for event, date in zip(events, base.dates, strict=True):
        day, name = date.day, date.fact
        assert event.decoded("DTEND") - event.decoded("DTSTART") == datetime.timedelta(days=1)
        assert str(event["SUMMARY"]) == f"Day {day}: {base.facts[name].key_point}"
        assert base.facts[name].claim in event["DESCRIPTION"]
        assert f"#claim-{name}" in event["DESCRIPTION"]
        assert event.decoded("DTSTAMP").tzinfo is not None
    assert len({str(event["UID"]) for event in events}) == len(events)
    assert not calendar.errors
    assert all(not event.errors for event in events)


def test_the_calendar_is_written_as_the_standard_asks(saved: bytes) -> None:
    assert saved.startswith(b"BEGIN:VCALENDAR\r\n")
    assert saved.endswith(b"END:VCALENDAR\r\n")
    lines = saved.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert re.search(rb"DTSTART;VALUE=DATE:20261121\r\n", saved)
    unfolded = saved.replace(b"\r\n ", b"").decode()
    for line in unfolded.split("\r\n"):
        name, _, value = line.partition(":")
        if name in ("SUMMARY", "DESCRIPTION"):
            assert not re.search(r"(?<!\\)[,;]", value), line


def test_the_calendar_has_what_apple_google_and_outlook_ask_for(saved: bytes) -> None:
    """RFC 5545: 3.1 lines and folding, 3.3.4 dates, 3.3.11 text, 3.6 parts, 3.6.1 events, 3.7 properties."""
    lines = saved.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")
    events = lines.count("BEGIN:VEVENT")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert events == lines.count("END:VEVENT") >= 10
    assert [lines.count(line) for line in ("VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")] == [1, 1, 1]
    assert len([line for line in lines if re.fullmatch(r"PRODID:-//[^/]+//[^/]+//EN", line)]) == 1
    stamps = [line for line in lines if line.startswith("DTSTAMP")]
    assert len(stamps) == events
    assert all(re.fullmatch(r"DTSTAMP:\d{8}T\d{6}Z", stamp) for stamp in stamps)
    for name in ("DTSTART", "DTEND"):
        days = [line for line in lines if line.startswith(name)]
        assert len(days) == events
        assert all(re.fullmatch(rf"{name};VALUE=DATE:\d{{8}}", day) for day in days)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == events
    assert all(re.fullmatch(r"UID:\d{8}-[a-z0-9-]+@[a-z-]+", uid) for uid in uids)
    for line in lines:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;VALUE=DATE)?", name), line
        if name in ("SUMMARY", "DESCRIPTION"):
            assert value
            assert not re.search(r"\\(?![\\;,nN])", value), "only these are escaped"
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)
    folded = [part for part in saved.split(b"\r\n") if part.startswith(b" ")]
    assert folded, "long lines are folded"
    for part in saved.split(b"\r\n"):
        part.decode("utf-8")  # no letter is cut apart


def test_the_links_of_the_calendar_lead_to_the_words(saved: bytes, site: Path) -> None:
    for event in Calendar.from_ical(saved).walk("VEVENT"):
        link = re.search(r"http://[^/]+/(\S+)/#(\S+)", event["DESCRIPTION"])
        assert link
        target = html.document_fromstring((site / link[1] / "index.html").read_text("utf-8"))
        assert target.get_element_by_id(link[2]) is not None


def test_only_days_to_come_are_saved(page: Page, address: str, base: Base) -> None:
    page.goto(f"{address}{NORMAL}#treated=2026-11-14")
    with page.expect_download() as waiting:
        page.locator(".normal-button").tap()
    events = Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")
    assert {event.decoded("DTSTART") for event in events} == {
        datetime.date(2026, 11, 14) + datetime.timedelta(days=date.day) for date in base.dates if date.day >= 7
    }
    page.goto(f"{address}{NORMAL}#treated=2026-09-01")
    page.reload()
    page.locator(".normal-button").tap()
    assert "passed" in page.locator(".normal-save p").inner_text()


def test_a_booked_patient_may_save_too_and_no_date_asks_for_one(page: Page, address: str) -> None:
    page.goto(address + NORMAL)
    page.locator(".normal-button").tap()
    assert page.locator(".normal-save p").inner_text() == "Choose the day of your treatment first."
    assert page.locator("#normal-date").evaluate("box => box === document.activeElement")
    page.locator("#normal-date").fill("2026-12-01")
    with page.expect_download() as waiting:
        page.locator(".normal-button").tap()
    events = Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")
    assert events[0].decoded("DTSTART") == datetime.date(2026, 12, 1)


# ---------- RF ----------


def test_rf_has_its_own_signs(page: Page, address: str) -> None:
    page.goto(f"{address}/rf/#day-1-rf-burn")
    assert level(page, "rf-burn") == TODAY
    assert level(page, "rf-breathing") == EMERGENCY
    assert level(page, "rf-redness") == WATCH
    choose(page, 10)
    assert level(page, "rf-redness") == "No source for this day"
    assert card(page, "rf-redness").locator("tr").count() == 3

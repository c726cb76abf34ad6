"""The check before you book and the sheet of questions: what is ticked, what comes of it, and what is never said."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import small
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page

from factbase.base import Base
from factbase.condition import Group, Kind
from factbase.page import Heading, walk

HERE = "/self-check/"
VERDICTS = ("you can have", "suitable", "safe to")
"""Words of a verdict: nowhere on the page, whatever is ticked."""
GOOD = re.compile(r"\b(good candidate|you are fine|go ahead|all clear|is safe|are safe)\b", re.I)
STOP = "Never stop a prescribed medicine for needling unless the prescriber tells you to."
STORED = """async () => ({
  local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
  bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length })"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # What the device keeps of a page it has opened is told in test_service_worker.py: here it is the page alone.
    found = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    yield found
    found.close()


@pytest.fixture
def desk(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address + HERE)
    return page


def tick(page: Page, *names: str) -> None:
    for name in names:
        page.locator(f"#check-{name} input").check()


def result(page: Page) -> dict[str, str]:
    """Heading of each group that the result shows → its text."""
    parts = page.locator("#my-list .check-part:visible")
    return {part.locator("h3").inner_text(): part.inner_text() for part in parts.all()}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what `selector` names."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


def shown(page: Page) -> list[str]:
    """The ids of the items that the search has left."""
    items = page.locator("li.check:visible")
    return [name.removeprefix("check-") for name in items.evaluate_all("items => items.map(item => item.id)")]


# --- The data ----------------------------------------------------------------------------------


def test_there_are_enough_entries_of_every_kind_and_group(base: Base) -> None:
    assert len(base.conditions) >= 38
    assert set(Counter(item.group for item in base.conditions)) == set(Group)
    assert min(Counter(item.kind for item in base.conditions).values()) >= 8
    assert {item.kind for item in base.conditions} == set(Kind)


def test_ticks_and_ids_stand_once(base: Base) -> None:
    assert len({item.tick for item in base.conditions}) == len(base.conditions)
    assert len({item.id for item in base.conditions}) == len(base.conditions)


def test_every_tick_is_said_in_the_first_person_or_of_the_area(base: Base) -> None:
    for item in base.conditions:
        assert re.match(r"I |My |The area |A doctor ordered me |Numbing cream .* me ", item.tick), item.id
        assert not item.tick.endswith("."), item.id


def test_every_medicine_says_never_to_stop_it(base: Base) -> None:
    for item in base.conditions:
        if item.kind is Kind.MEDICINE:
            told = " ".join(base.facts[name].claim for name in item.never)
            assert re.match(r"Never stop .* unless", told), item.id


def test_every_section_is_a_section_of_the_page_on_candidacy(base: Base) -> None:
    page = base.page("candidacy")
    assert page is not None
    known = {block.anchor for block in walk(page.blocks) if isinstance(block, Heading)}
    assert {item.section for item in base.conditions if item.section} <= known


def test_nothing_is_claimed_that_no_fact_carries(base: Base) -> None:
    ticks = " ".join(item.tick.casefold() for item in base.conditions)
    for word in ("latex", "pacemaker", "chemical peel"):
        assert word not in ticks


def test_the_wording_rules_hold_for_ticks_and_questions_too(base: Base) -> None:
    told = [text for item in base.conditions for text in (item.tick, item.whom)]
    for rule in base.wording:
        for text in told:
            assert not re.search(rule.pattern, text, re.I), (rule.id, text)


@pytest.mark.parametrize(
    ("name", "group", "reason"),
    [
        ("blood-thinner", "ask-first", "candidacy-ask-bleeding"),
        ("aspirin", "ask-first", "candidacy-ask-bleeding"),
        ("ibuprofen-ordered", "ask-first", "medicines-ibuprofen"),
        ("bleeding-disorder", "ask-first", "candidacy-ask-bleeding"),
        ("diabetes", "ask-first", "candidacy-ask-immunity"),
        ("diabetes-not-controlled", "not-now", "candidacy-diabetes"),
        ("chemotherapy", "not-now", "candidacy-chemo-wait"),
        ("steroids-high-dose", "not-now", "candidacy-chemo-wait"),
        ("isotretinoin-now", "ask-first", "candidacy-ask-isotretinoin"),
        ("isotretinoin-lately", "ask-first", "candidacy-ask-isotretinoin"),
        ("retinoid-prescribed", "ask-first", "preparation-retinoids"),
        ("retinol-or-acids", "tell-clinic", "preparation-retinoids"),
        ("antibiotics", "tell-clinic", "candidacy-tell-medicines"),
        ("cold-sore-now", "not-now", "candidacy-cold-sore-call"),
        ("cold-sores-past", "tell-clinic", "candidacy-tell-cold-sores"),
        ("infection-now", "not-now", "candidacy-not-now-infection"),
        ("acne-active", "not-now", "candidacy-acne-wait"),
        ("keloid", "ask-first", "candidacy-ask-keloid"),
        ("changing-spot", "not-now", "candidacy-not-now-cancer"),
        ("brown-or-black-skin", "tell-clinic", "marks-ask-skin-tone"),
        ("pregnant", "not-now", "candidacy-pregnancy-wait"),
        ("breastfeeding", "not-now", "candidacy-pregnancy-wait"),
        ("filler-lately", "tell-clinic", "candidacy-tell-dates"),
        ("needling-at-home", "not-now", "home-leave-it"),
    ],
)
def test_the_group_is_the_careful_reading(base: Base, name: str, group: str, reason: str) -> None:
    item = next(item for item in base.conditions if item.id == name)
    assert (item.group, item.reasons[0]) == (group, reason)


# --- The part ----------------------------------------------------------------------------------


MINE = small.appended("docs/healing.md", "\n## My check {#mine}\n\n[[conditions]]\n")


def rendered_item(root: Path, changes: small.Changes) -> html.HtmlElement:
    """The first item of the check on a page of the small project."""
    found = small.as_html(small.rendered(root, {**MINE, **changes}).markdown).find(".//li[@class='check']")
    assert found is not None
    return found


def test_the_part_needs_no_closing_facts(tmp_path: Path) -> None:
    assert rendered_item(tmp_path, {}).find(".//input[@type='checkbox']") is not None


def test_words_from_data_are_escaped(tmp_path: Path) -> None:
    words = "also: ['\"><b>x']"
    item = rendered_item(tmp_path, small.appended("data/conditions.yml", f"  {words}\n"))
    assert item.get("data-words") == '"><b>x'
    assert item.find("b") is None


def test_a_fact_that_does_not_exist_is_a_problem_at_the_part(tmp_path: Path) -> None:
    page = small.appended("docs/healing.md", "\n## My check {#mine}\n\n[[conditions: rednes]]\n")
    problems = [problem for problem in small.problems_of(tmp_path, page) if problem.code == "R01"]
    assert [problem.place.file for problem in problems] == ["docs/healing.md"]


# --- Without JavaScript, and as a page -----------------------------------------------------------


def test_the_page_carries_the_whole_list_with_notes(site: Path, base: Base) -> None:
    document = html.document_fromstring((site / "self-check/index.html").read_text("utf-8"))
    items = document.findall(".//li[@class='check']")
    assert [item.get("id") for item in items] == [
        f"check-{item.id}" for kind in Kind for item in base.conditions if item.kind is kind
    ]
    by_id = {item.id: item for item in base.conditions}
    for element in items:
        item = by_id[(element.get("id") or "").removeprefix("check-")]
        text = " ".join(element.text_content().split())
        assert item.tick in text
        assert f"{item.group.words}. Whom to ask: {item.whom}." in text
        told = [claim.get("data-fact") for claim in element.findall(".//li//*[@data-fact]")]
        assert told == [*item.never, *item.reasons], item.id
        assert all(base.facts[name].claim in text for name in told if name)
        assert all(question in text for question in item.ask)
        assert all(base.facts[name].go_by or "" in text for name in item.reasons)
        for claim in element.findall(".//*[@data-fact]"):
            assert claim.find(f".//a[@href='#note-{claim.get('data-fact')}']") is not None


def test_a_note_leads_back_to_one_place_not_to_twenty(site: Path) -> None:
    document = html.document_fromstring((site / "self-check/index.html").read_text("utf-8"))
    for note in document.findall(".//li[@class='note']"):
        assert 1 <= len(note.findall(".//p[@class='note-back']/a")) <= 3, note.get("id")


def test_it_is_a_list_to_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(address + HERE)
    assert all(item.is_visible() for item in page.locator("li.check .check-detail").all())
    thinner = page.locator("#check-blood-thinner").inner_text()
    assert "Ask your doctor first." in thinner
    assert STOP in thinner
    assert page.locator(".check-find").is_hidden()
    assert page.locator(".check-buttons").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_it_says_at_once_that_it_never_says_yes(site: Path) -> None:
    document = html.document_fromstring((site / "self-check/index.html").read_text("utf-8"))
    first = document.find(".//article/p")
    assert first is not None
    assert first.text_content().startswith("This check never says yes to needling.")


def test_other_pages_lead_here(site: Path) -> None:
    for slug in ("candidacy", "before"):
        article = html.document_fromstring((site / slug / "index.html").read_text("utf-8")).find(".//article")
        assert article is not None
        assert article.find(".//a[@href='../self-check/']") is not None


# --- What is ticked ------------------------------------------------------------------------------


def test_each_group_is_reached_and_stands_in_order(desk: Page) -> None:
    tick(desk, "brown-or-black-skin", "blood-thinner", "cold-sore-now")
    assert list(result(desk)) == ["Not now", "Ask your doctor first", "Tell the clinic"]


def test_a_blood_thinner_means_ask_your_doctor_first_and_never_stop_it(desk: Page) -> None:
    tick(desk, "blood-thinner")
    found = result(desk)
    assert list(found) == ["Ask your doctor first"]
    told = found["Ask your doctor first"]
    assert "Never stop a blood thinner or aspirin your doctor ordered unless that doctor tells you to." in told
    assert STOP in told
    assert "Whom to ask: the doctor who ordered it, and the clinic before your visit." in told
    assert "Should I have needling while I take it?" in told
    assert told.index("Never stop") < told.index("In skin surgery"), "what never to do stands above the reasons"


def test_a_cold_sore_now_means_not_now(desk: Page) -> None:
    tick(desk, "cold-sore-now")
    found = result(desk)
    assert list(found) == ["Not now"]
    assert "Call the clinic and move your visit if you have a cold sore or feel one coming." in found["Not now"]


def test_a_past_cold_sore_means_tell_the_clinic_and_shows_who_disagrees(desk: Page) -> None:
    tick(desk, "cold-sores-past")
    told = result(desk)["Tell the clinic"]
    assert "Sources differ. What to go by: Ask the person who prescribes the tablets" in told
    desk.locator("#my-list .check-differ a").click()
    assert desk.locator("[data-differs='preparation-cold-sore-tablets']").is_visible()


def test_every_entry_comes_into_its_group_with_all_its_words(desk: Page, base: Base) -> None:
    for item in base.conditions:
        tick(desk, item.id)
        found = result(desk)
        assert list(found) == [item.group.words], item.id
        told = " ".join(found[item.group.words].split())
        wanted = [base.facts[name].claim for name in (*item.reasons, *item.never)]
        for words in (item.tick, *wanted, *item.ask, item.whom):
            assert words in told, (item.id, words)
        for word in VERDICTS:
            assert word not in told.casefold(), (item.id, word)
        desk.locator(f"#check-{item.id} input").uncheck()


def test_nothing_ticked_is_no_yes(desk: Page) -> None:
    told = desk.locator("#my-list").inner_text()
    assert "Nothing ticked does not mean yes." in told
    assert "Needling is not right for everyone, so ask before you book." in told
    assert "Is there anything in my health that means I should wait?" in told
    assert result(desk) == {}


def test_no_words_of_a_verdict_stand_anywhere(desk: Page, base: Base) -> None:
    """The whole page, hidden parts too; then again with everything ticked."""
    for names in ((), tuple(item.id for item in base.conditions)):
        tick(desk, *names)
        page = " ".join((desk.locator("body").text_content() or "").split()).casefold()
        for word in VERDICTS:
            assert word not in page, word
        article = desk.locator("article").text_content() or ""
        told = " ".join(article.split()).replace("not everyone is a good candidate", "")
        assert not GOOD.search(told)


def test_unticking_takes_it_back(desk: Page) -> None:
    tick(desk, "cold-sore-now", "diabetes")
    desk.locator("#check-cold-sore-now input").uncheck()
    assert list(result(desk)) == ["Ask your doctor first"]
    desk.get_by_role("button", name="Untick all").click()
    assert result(desk) == {}
    assert desk.locator("#my-list .check-none").is_visible()
    assert desk.locator("li.check :checked").count() == 0


def test_what_is_ticked_is_gone_after_a_reload(desk: Page) -> None:
    tick(desk, "diabetes")
    desk.reload()
    assert desk.locator("li.check :checked").count() == 0
    assert result(desk) == {}


def test_a_note_opens_from_the_result(desk: Page) -> None:
    tick(desk, "keloid")
    desk.locator("#my-list .check-part .mark a").first.click()
    assert "read" in desk.locator(".note-card").inner_text()


# --- Search --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Roaccutane", ["isotretinoin-now", "isotretinoin-lately"]),
        ("roacutane", ["isotretinoin-now", "isotretinoin-lately"]),
        ("Eliquis", ["blood-thinner"]),
        ("elequis", ["blood-thinner"]),
        ("am I ok on eliquis?", ["blood-thinner"]),
        ("zits", ["acne-active"]),
        ("asprin", ["aspirin"]),
        ("Botox", ["wrinkle-injections-lately"]),
        ("Juvéderm", ["filler-lately"]),
        ("tretinoin", ["retinoid-prescribed"]),
        ("expecting", ["pregnant"]),
        ("dermaroller", ["needling-at-home"]),
        ("Valtrex", ["cold-sores-past"]),
        ("EMLA", ["allergy-numbing"]),
        ("prednisone", ["steroids-high-dose"]),
    ],
)
def test_lay_words_and_brand_names_find_their_entry(desk: Page, typed: str, wanted: list[str]) -> None:
    desk.get_by_label("Find a word").fill(typed)
    assert shown(desk) == wanted
    assert desk.locator(".check-found").inner_text() == f"{len(wanted)} found."


def test_what_is_not_found_is_no_yes(desk: Page, base: Base) -> None:
    desk.get_by_label("Find a word").fill("xylophone")
    assert shown(desk) == []
    assert "Not on this list? That does not mean yes: ask before you book." in desk.locator(".check-find").inner_text()
    desk.get_by_label("Find a word").fill("")
    assert len(shown(desk)) == len(base.conditions)
    assert desk.locator(".check-missing").is_hidden()


def test_the_search_takes_no_tick_away(desk: Page) -> None:
    tick(desk, "diabetes")
    desk.get_by_label("Find a word").fill("zits")
    assert list(result(desk)) == ["Ask your doctor first"]


# --- Hands: keyboard, touch ------------------------------------------------------------------------


def test_it_works_by_keyboard_alone(desk: Page) -> None:
    desk.get_by_label("Find a word").focus()
    desk.keyboard.type("zits")
    tab_to(desk, "input[type=checkbox]")
    desk.keyboard.press("Space")
    assert list(result(desk)) == ["Not now"]
    tab_to(desk, ".check-bar a")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "my-list"
    tab_to(desk, ".check-show")
    outline = desk.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    desk.keyboard.press("Enter")
    assert desk.locator("li.check:visible").count() == 0


def test_fingers_hit_it_on_a_phone(phone: Page, address: str) -> None:
    phone.goto(address + HERE)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("#check-pregnant label").tap()
    assert list(result(phone)) == ["Not now"]
    low = "elements => elements.filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).length"
    assert phone.eval_on_selector_all(".check-tick, .check-bar a, .check-buttons button, #check-words", low) == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator(".check-bar a").tap()
    assert phone.locator("#my-list").evaluate("list => list.getBoundingClientRect().top < innerHeight / 2")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_tap_gives_the_same_answer_in_every_look(
    browser: Browser, address: str, look: dict[str, Any], width: int
) -> None:
    found = browser.new_context(viewport={"width": width, "height": 800}, has_touch=True, **look)
    page = found.new_page()
    page.goto(address + HERE)
    for name in ("cold-sore-now", "blood-thinner"):
        page.locator(f"#check-{name} label").tap()
    told = result(page)
    assert list(told) == ["Not now", "Ask your doctor first"]
    assert STOP in told["Ask your doctor first"]
    assert page.locator(".check-bar [role=status]").inner_text() == "2 ticked"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found.close()


def test_the_count_hides_no_box_that_the_keyboard_reaches(phone: Page, address: str) -> None:
    phone.goto(address + HERE)
    phone.locator("#check-bleeding-disorder input").focus()
    phone.keyboard.press("Space")
    bar = "document.querySelector('.check-bar').getBoundingClientRect().top"
    for _ in range(30):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.matches('.check-tick input')"):
            assert phone.evaluate(f"document.activeElement.getBoundingClientRect().bottom <= {bar}")


# --- Paper ---------------------------------------------------------------------------------------


def test_paper_shows_the_result_alone_with_the_notes_it_uses(desk: Page, base: Base) -> None:
    tick(desk, "cold-sore-now", "blood-thinner")
    desk.emulate_media(media="print")
    assert desk.locator("li.check:visible").count() == 0
    assert desk.locator(".check-find, .check-bar, .check-buttons").locator("visible=true").count() == 0
    date = desk.locator(".check-date")
    assert date.is_visible()
    assert date.inner_text().strip() == "Date:", "the day is filled in by hand"
    items = [item for item in base.conditions if item.id in ("cold-sore-now", "blood-thinner")]
    used = {name for item in items for name in (*item.reasons, *item.never)}
    notes = desk.locator(".notes li.note:visible").evaluate_all("notes => notes.map(note => note.id.slice(5))")
    assert set(notes) == used
    assert "Not yet reviewed by a clinician" in desk.locator(".page-state").inner_text()
    assert desk.locator(".page-state").is_visible()
    assert desk.locator(".md-header").is_hidden()


def test_four_ticks_take_at_most_three_sheets(desk: Page) -> None:
    tick(desk, "cold-sore-now", "blood-thinner", "keloid", "isotretinoin-now")
    paper = desk.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm"))
    with pikepdf.open(io.BytesIO(paper)) as sheets:
        assert 1 <= len(sheets.pages) <= 3
    desk.emulate_media(media="print")
    told = desk.locator("#my-list").inner_text()
    assert "Should I have needling while I take it?" in told, "the questions to ask"
    assert "Sources differ. What to go by:" in told
    assert "Who says what, and where they differ, stands on the page." in told
    assert desk.locator(".differs:visible").count() == 0
    for note in desk.locator(".notes li.note:visible").all():
        assert note.locator("cite").first.is_visible(), "each claim keeps its source"


def test_paper_without_ticks_is_the_list_to_tick_by_hand(desk: Page, base: Base) -> None:
    desk.emulate_media(media="print")
    assert desk.locator("li.check .check-detail:visible").count() == len(base.conditions)
    assert desk.locator("li.check input:visible").count() == len(base.conditions)


def test_the_button_prints_the_result_even_where_nothing_is_ticked(desk: Page) -> None:
    desk.evaluate("window.print = () => { window.printed = document.documentElement.className }")
    desk.get_by_role("button", name="Print my list").click()
    assert "check-print" in desk.evaluate("window.printed")
    desk.emulate_media(media="print")
    assert desk.locator("li.check:visible").count() == 0
    assert "Nothing ticked does not mean yes." in desk.locator("#my-list").inner_text()


def test_only_the_list_can_be_shown_at_the_visit(desk: Page) -> None:
    tick(desk, "keloid")
    show = desk.get_by_role("button", name="Show only my list")
    show.click()
    assert desk.locator("li.check:visible").count() == 0
    assert "Not yet reviewed by a clinician" in desk.locator(".page-state").inner_text()
    desk.get_by_role("button", name="Show the whole page").click()
    assert desk.locator("li.check:visible").count() > 30


# --- Nothing sent, nothing stored ------------------------------------------------------------------


def test_nothing_is_sent_and_nothing_is_stored(context: BrowserContext, desk: Page, base: Base) -> None:
    before = desk.evaluate(STORED)
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(request.url))
    tick(desk, *(item.id for item in base.conditions))
    desk.get_by_label("Find a word").fill("Roaccutane")
    desk.get_by_role("button", name="Show only my list").click()
    desk.get_by_role("button", name="Untick all").click()
    desk.wait_for_timeout(300)
    assert sent == []
    assert desk.evaluate(STORED) == before
    # The theme keeps whether the page is light or dark; that is all that is ever stored.
    assert all(name.endswith(".__palette") for name in before.pop("local"))
    assert before == {"session": {}, "cookie": "", "bases": 0, "caches": 0}
    assert context.cookies() == []
    assert "Roaccutane" not in desk.url


# --- The sheet of questions, and tables on paper -----------------------------------------------------


def test_the_sheet_asks_in_five_groups_and_says_nothing_without_a_note(site: Path) -> None:
    article = html.document_fromstring((site / "questions/index.html").read_text("utf-8")).find(".//article")
    assert article is not None
    heads = [head.get("id") for head in article.findall("h2") if (head.get("id") or "").startswith("ask-")]
    assert heads == ["ask-before-booking", "ask-on-the-day", "ask-device", "ask-dark-marks", "ask-if-wrong"]
    for item in article.findall("ul")[: len(heads)]:
        for line in item.findall("li"):
            assert re.search(r"\?\s*\d*$", line.text_content()), line.text_content()


def test_the_sheet_leaves_lines_to_write_on(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/questions/")
    line = "item => getComputedStyle(item, '::after').borderBottomStyle"
    first = page.locator("#ask-device + ul > li").first
    assert first.evaluate(line) == "none"
    page.emulate_media(media="print")
    assert first.evaluate(line) == "solid"
    assert page.get_by_role("button", name="Print these questions").is_hidden()
    page.close()


def test_tables_fit_the_paper(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 680, "height": 900})
    page.goto(address + "/options/")
    page.emulate_media(media="print")
    tables = page.locator(".table table")
    assert tables.count() >= 2
    for table in tables.all():
        assert table.evaluate("table => table.scrollWidth <= table.closest('article').clientWidth")
        assert table.locator("tr").first.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    page.close()

"""The messages: what each one states, that it loads nothing, and that every mail program and phone can show it."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import html5lib
import netlify
import pytest
from conftest import ROOT
from lxml import html
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.edition import edition
from factbase.gate import inspect_mail
from factbase.links import short_links
from factbase.message import NO_ANSWER, Moment
from factbase.messages.mail import WIDTH, html_mail, text_mail
from factbase.messages.sms import BASIC, EXTENDED, LONGEST, foreign, length, room_for_name
from factbase.messages.view import View, view
from factbase.model import CARE_TITLES, Level
from factbase.normal import careful
from factbase.places import Places

ADDRESS = "https://needling.example.org"
SAMPLE = ROOT / "tests" / "clinic" / "sample-clinic.yml"
LOW_CONTRAST = (ROOT / "tests" / "low_contrast.js").read_text("utf-8")
SEVEN_BIT = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The GSM 7-bit default alphabet, place by place (3GPP TS 23.038)."""


@pytest.fixture(scope="module")
def own(base: Base) -> Base:
    """The base with the sample clinic."""
    found, problems, _ = edition(base, SAMPLE, "sample", ADDRESS)
    assert not problems
    return found


@pytest.fixture(scope="module")
def views(own: Base) -> dict[str, View]:
    return {message.id: view(message, own, ADDRESS) for message in own.messages}


@pytest.fixture(scope="module")
def public(base: Base) -> dict[str, View]:
    return {message.id: view(message, base, ADDRESS) for message in base.messages}


def said_in(shown: View) -> list[tuple[str, str]]:
    """Fact and words of every statement of an e-mail, as its HTML prints them."""
    document = html.document_fromstring(html_mail(shown))
    found = []
    for element in document.findall(".//*[@data-fact]"):
        for mark in element.findall(".//a"):
            mark.drop_tree()
        found.append((element.get("data-fact", ""), " ".join(element.text_content().split())))
    return found


def unfolded(text: str) -> str:
    return " ".join(text.split())


def test_there_is_a_message_for_every_moment(base: Base) -> None:
    times = [(message.id, message.moment, message.days) for message in base.messages]
    assert times == [
        ("booking-confirmed", Moment.BOOKING, 0),
        ("week-before", Moment.BEFORE, 7),
        ("day-before", Moment.BEFORE, 1),
        ("same-day", Moment.AFTER, 0),
        ("day-after", Moment.AFTER, 1),
        ("day-3", Moment.AFTER, 3),
        ("day-14", Moment.AFTER, 14),
        ("week-8", Moment.AFTER, 56),
    ]
    assert [message.when for message in base.messages][3:] == [
        "On the day, after needling",
        "1 day after needling",
        "3 days after needling",
        "2 weeks after needling",
        "8 weeks after needling",
    ]


def test_subjects_are_short_and_each_asks_for_one_thing(views: dict[str, View]) -> None:
    assert len({shown.message.subject for shown in views.values()}) == len(views)
    for shown in views.values():
        assert len(shown.message.subject) <= 50
        document = html.document_fromstring(html_mail(shown))
        buttons = [link for link in document.iter("a") if "inline-block" in link.get("style", "")]
        assert [link.get("href") for link in buttons] == [shown.link]
        assert shown.link == f"{ADDRESS}/go/{shown.message.action.to}"
        assert document.findtext(".//title") == shown.message.subject


def test_no_message_says_the_same_thing_twice(views: dict[str, View]) -> None:
    for shown in views.values():
        said = [(name, set(re.findall(r"[a-z]{4,}|\d+", words.lower()))) for name, words in said_in(shown)]
        for (one, some), (other, others) in itertools.combinations(said, 2):
            share = len(some & others) / min(len(some), len(others))
            assert share < 0.8, (shown.message.id, one, other)


def test_what_is_urgent_stands_first(views: dict[str, View]) -> None:
    for shown in views.values():
        if not shown.after:
            continue
        text = text_mail(shown)
        heads = [f"{CARE_TITLES[level].upper()}:" for level in Level]
        places = [text.index(words) for words in (*heads, "IF WE DO NOT ANSWER:", shown.message.heading.upper())]
        assert places == sorted(places)
    facts = [said.fact.id for said in views["same-day"].facts]
    assert facts.index("healing-bleed-help") == facts.index("healing-day-0") + 1


def test_the_mark_of_a_note_never_stands_alone_on_a_line(views: dict[str, View]) -> None:
    for shown in views.values():
        body = text_mail(shown).partition("\n--\n")[0]
        assert not re.search(r"^\s*\[\d+\]", body, re.M)
        assert "\u00a0" not in body
        for mark in html.document_fromstring(html_mail(shown)).xpath("//*[@data-fact]/a"):
            assert mark.getparent().text.endswith("\u00a0")


def test_every_statement_is_a_fact_in_its_own_words(own: Base, views: dict[str, View]) -> None:
    count = 0
    for shown in views.values():
        for name, words in said_in(shown):
            fact = own.facts[name]
            allowed = {fact.claim, fact.key_point}
            told = next((text for text in allowed if words.startswith(text)), None)
            assert told is not None, (shown.message.id, name, words)
            rest = words.removeprefix(told).strip()
            assert not rest or (not fact.level and all(part in careful(fact) for part in rest.split(". "))), rest
            assert not re.search(r"\bwe\b", words, re.I), words
            count += 1
    assert count > 100


def test_each_message_after_needling_says_when_to_get_help_and_what_if_nobody_answers(
    own: Base, views: dict[str, View]
) -> None:
    after = [shown for shown in views.values() if shown.after]
    assert len(after) == 5
    for shown in after:
        text = unfolded(text_mail(shown))
        document = html.document_fromstring(html_mail(shown))
        headings = [unfolded(element.text_content()) for element in document.iter("h2")]
        assert headings[:4] == [*(CARE_TITLES[level] for level in Level), "If we do not answer:"]
        places = [text.index(f"{title.upper()}:") for title in (*CARE_TITLES.values(), "If we do not answer")]
        assert places == sorted(places)
        # The signs stand before the usual course.
        assert places[-1] < text.index(shown.message.heading.upper())
        for level in Level:
            box = next(box for box in shown.boxes if box.level is level)
            assert box.signs
            assert all(said.fact.level is level for said in box.signs)
        for name in (*NO_ANSWER, "warning-emergency-first", "warning-numbers-uk"):
            assert own.facts[name].claim in text
        for number in ("+44 20 7946 0958", "+44 20 7946 0959", "999"):
            assert number in text
        assert {link.get("href") for link in document.iter("a")} >= {"tel:+442079460958", "tel:999"}
        assert "112" not in text
        assert "911" not in text


def test_without_a_clinic_all_emergency_numbers_stand_there(public: dict[str, View]) -> None:
    text = text_mail(public["day-3"])
    for number in ("999", "911", "112", "000", "{{clinic_phone}}"):
        assert number in text


def test_nothing_reassures(views: dict[str, View]) -> None:
    for shown in views.values():
        text = text_mail(shown)
        assert not re.search(
            r"all is well|nothing to worry|do not worry|perfectly normal|\bsafe\b|you are fine", text, re.I
        )
        assert "general information" in text
        assert "Not yet reviewed by a clinician." in unfolded(text)
        assert re.search(rf"message {shown.message.id}, version \d+\.\d+\.\d+, text [0-9a-f]{{8}}\.", unfolded(text))


def test_the_hash_follows_the_text(base: Base, own: Base) -> None:
    message = base.messages[3]
    assert view(message, base, ADDRESS).state == view(message, base, ADDRESS).state
    assert view(message, base, ADDRESS).state != view(message, own, ADDRESS).state


def test_an_own_time_stands_beside_the_range(own: Base, views: dict[str, View]) -> None:
    text = unfolded(text_mail(views["same-day"]))
    for name, says in (("aftercare-make-up-wait", "24 hours"), ("aftercare-sun-wait", "1 week")):
        hit = re.search(rf"{re.escape(own.facts[name].claim)} .{{0,300}}?\[\d+\] Your clinic says: {says}\.", text)
        assert hit, name
    assert "Your clinic says" not in text_mail(views["week-8"])


def test_every_source_note_is_named_and_linked(own: Base, views: dict[str, View]) -> None:
    known = {link.short for link in short_links(Places(own))}
    for shown in views.values():
        document = html.document_fromstring(html_mail(shown))
        noted = {note.get("data-note"): note for note in document.iterfind(".//*[@data-note]")}
        assert {name for name, _ in said_in(shown)} == set(noted)
        for link in document.iter("a"):
            target = link.get("href", "")
            if target.startswith(ADDRESS):
                assert target.removeprefix(ADDRESS) in known, target
            else:
                assert target.startswith(("tel:", "https://clinic.example/")), target
        text = text_mail(shown)
        for number in range(1, len(noted) + 1):
            assert text.count(f"\n[{number}] ") == 1


def test_an_e_mail_loads_nothing_and_runs_nothing(views: dict[str, View]) -> None:
    for shown in views.values():
        text = html_mail(shown)
        assert not re.search(
            r"\bsrc\s*=|<script|<link|<img|<iframe|<form|@import|url\(|javascript:|\bon\w+\s*=", text, re.I
        )
        assert "http://" not in text
        assert inspect_mail(text, "x") == []
        assert len(text.encode()) < 60_000


def test_an_e_mail_is_valid_and_keeps_to_what_mail_programs_know(views: dict[str, View]) -> None:
    for shown in views.values():
        text = html_mail(shown)
        html5lib.HTMLParser(strict=True).parse(text)
        assert text.startswith("<!DOCTYPE html>")
        document = html.document_fromstring(text)
        assert document.get("lang") == "en"
        assert {meta.get("name") for meta in document.iter("meta")} >= {"viewport", "color-scheme"}
        assert "@media (prefers-color-scheme: dark)" in text
        assert "[data-ogsc]" in text
        assert text.count("<!--[if mso]>") == text.count("<![endif]-->") == 3
        for table in document.iter("table"):
            assert table.get("role") == "presentation"
            # Outlook on Windows knows no border-spacing; without these it draws gaps.
            assert {table.get(name) for name in ("border", "cellpadding", "cellspacing")} == {"0"}
        assert all(cell.get("style") for cell in document.iter("td"))
        assert all("font-family" in part.get("style", "") for part in document.iter("p", "h1", "h2"))
        # What an inbox shows behind the subject is not seen in the e-mail itself.
        hidden = document.find(".//body/div")
        assert hidden is not None
        assert "display:none" in hidden.get("style", "")
        assert "mso-hide:all" in hidden.get("style", "")
        # Outlook on Windows drops the padding of a link: the cell of the button has it there.
        assert "mso-padding-alt:12px 22px" in document.xpath("//td[@class='button']/@style")[0]
        # A colour that is not written is the mail program's own, on a ground that is ours.
        assert all("color:#" in str(cell.get("style")) for cell in document.xpath("//td[@aria-hidden]"))
        assert len(unfolded(hidden.text_content())) <= 110


def test_a_name_that_holds_markup_stays_text(base: Base, tmp_path: Path) -> None:
    name = '<b>A</b> & "B" <script>alert(1)</script>'
    text = SAMPLE.read_text("utf-8").replace("name: Sample Clinic", f"name: '{name}'\nsms_name: A and B")
    path = tmp_path / "x.yml"
    path.write_text(text.replace("logo: sample-logo.svg\n", ""), "utf-8")
    found, problems, _ = edition(base, path, "x", ADDRESS)
    assert problems == []
    shown = view(found.messages[3], found, ADDRESS)
    document = html.document_fromstring(html_mail(shown))
    assert not list(document.iter("script", "b"))
    assert name in document.text_content()
    assert name in text_mail(shown)


def test_plain_text_is_narrow_and_says_the_same(views: dict[str, View]) -> None:
    for shown in views.values():
        text = text_mail(shown)
        wide = [line for line in text.split("\n") if len(line) > WIDTH]
        assert all(line.startswith("https://") for line in wide), wide
        assert "\n\n\n" not in text
        assert shown.link in text
        for _, words in said_in(shown):
            assert words in unfolded(text)


def test_sms_lengths_are_those_of_the_gsm_alphabet(own: Base, views: dict[str, View]) -> None:
    assert set(SEVEN_BIT) - {"\x1b"} == BASIC
    assert len(SEVEN_BIT) == 128
    assert set("\f^{}\\[~]|€") == EXTENDED
    for shown in views.values():
        assert set(shown.sms) <= set(SEVEN_BIT), shown.sms
        assert len(shown.sms) <= LONGEST
        assert length(shown.sms) == len(shown.sms)
        assert shown.sms.startswith("Sample Clinic")
        assert shown.sms.endswith(shown.link)
    assert length("a€") == 3
    assert foreign("Zoë’s") == [("ë", "e"), ("’", "'")]
    for shown in views.values():
        room = room_for_name(shown.message, own.facts, shown.link)
        assert len(shown.sms) - len("Sample Clinic") + room == LONGEST


def test_an_sms_after_needling_warns_and_says_whom_else_to_ask(own: Base, views: dict[str, View]) -> None:
    for shown in views.values():
        if shown.after:
            assert own.facts["warning-hot-painful"].key_point in shown.sms
            assert own.facts["warning-today-no-answer"].key_point in shown.sms
    assert views["day-3"].sms == (
        "Sample Clinic: Hot, painful, swollen skin: get medical help today. "
        "Clinic not there? See any doctor today. https://needling.example.org/go/normal"
    )


def test_the_judge_of_e_mails_finds_what_is_wrong(views: dict[str, View]) -> None:
    text = html_mail(views["day-3"])

    def codes(old: str, new: str) -> set[str]:
        assert old in text
        return {problem.code for problem in inspect_mail(text.replace(old, new, 1), "x")}

    assert codes("<h1 ", '<img src="https://tracker.example/x.png" alt=""><h1 ') == {"G11"}
    assert codes("</body>", "<script>x</script></body>") == {"G11"}
    assert codes("</body>", "<p>You are healing well.</p></body>") == {"G04"}
    assert codes('data-note="healing-day-3"', 'data-note="x"') == {"G08"}
    assert codes("</body>", f"<p data-no-claim='form'>{'x' * 100_000}</p></body>") == {"G11"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 640])
def test_each_message_fits_the_screen_and_can_be_read(
    browser: Browser, views: dict[str, View], tmp_path: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for shown in views.values():
        path = tmp_path / f"{shown.message.id}.html"
        path.write_text(html_mail(shown), "utf-8")
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(LOW_CONTRAST) == []
        button = page.get_by_role("link", name=shown.message.action.label).bounding_box()
        assert button is not None
        assert button["y"] + button["height"] < 800
        assert button["height"] >= 44
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_the_page_shows_each_message_with_files_and_copies_them(
    base: Base, site: Path, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/messages/")
    for message in base.messages:
        box = page.locator(f"[data-message={message.id}]")
        for number, ending in enumerate(("html", "txt", "sms.txt")):
            box.get_by_role("button").nth(number).click()
            page.wait_for_function(
                "id => document.querySelector(`[data-message=${id}] .message-status`).textContent.startsWith('Copied')",
                arg=message.id,
            )
            copied = str(page.evaluate("navigator.clipboard.readText()"))
            assert copied.rstrip("\n") == (site / "mail" / f"{message.id}.{ending}").read_text("utf-8").rstrip("\n")
    context.close()


def test_the_page_can_be_used_without_scripts(site: Path, address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/messages/")
    assert page.get_by_role("button", name="Copy SMS").count() == 0
    links = page.locator(".message-files a")
    assert links.count() == 24
    for link in links.all():
        assert (site / "messages" / str(link.get_attribute("href"))).resolve().is_file()
    context.close()


def test_e_mails_are_saved_and_not_shown_by_a_browser(site: Path) -> None:
    rules = netlify.header_rules((site / "_headers").read_text("utf-8"))
    assert netlify.headers_of(rules, "/mail/day-3.html")["Content-Disposition"] == "attachment"


def test_search_leads_patients_past_the_messages(base: Base) -> None:
    assert "messages" not in base.homes.values()

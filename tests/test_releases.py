"""Releases: frozen records, what has changed since, the feed, and the same hashes for ever."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from pathlib import Path

import pytest
import small
from conftest import ROOT, copy_project, run
from lxml import etree, html

from factbase.base import Base
from factbase.check import load_and_check
from factbase.compare import Comparison, Kind, compare, compare_text
from factbase.feed import feed, news
from factbase.load import load
from factbase.plain.changes import changes_pages
from factbase.problem import Problem
from factbase.publishing import record_of, release_problems
from factbase.release import FIRST_FACT, NotFrozenError, Release, freeze, thaw

DAY = datetime.date(2026, 11, 21)
RECORD = "data/releases/1.2.3.json"
CHANGES = small.page_text("Old words are struck out. <!-- no-claim: about-this-site -->\n\n[[changes]]\n", title="News")
WITH_PAGE = {"docs/changes.md": CHANGES}
LATER = small.swapped("data/site.yml", "version: 1.2.3", "version: 1.3.0")
FACTS = small.FACTS_FILE


NO_RELEASE: small.Changes = {"data/releases/1.2.0.json": None}


def loaded(root: Path, changes: small.Changes | None = None) -> Base:
    """The small project after the changes, as if nothing had been released before."""
    return small.loaded(root, {**NO_RELEASE, **(changes or {})})


def problems_of(root: Path, changes: small.Changes) -> list[Problem]:
    """What is wrong with it."""
    return small.problems_of(root, {**NO_RELEASE, **changes})


def record(root: Path, changes: small.Changes | None = None) -> Release:
    """The record of the small project after the changes."""
    return record_of(loaded(root, changes), DAY)


def both(tmp_path: Path, changes: small.Changes) -> Comparison:
    """The small project as it is, compared with itself after the changes."""
    return compare(record(tmp_path), record(tmp_path, changes))


def edited(*swaps: tuple[str, str]) -> dict[str, str]:
    """The facts with several pieces swapped."""
    text = small.FACTS
    for old, new in swaps:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {FACTS: text}


# ---- the record ----


def test_a_record_comes_back_as_it_was_written(tmp_path: Path, base: Base) -> None:
    for found in (record(tmp_path), record_of(base, DAY)):
        assert thaw(freeze(found)) == found
        assert freeze(thaw(freeze(found))) == freeze(found)


def test_a_record_says_what_every_fact_page_and_leaflet_said(base: Base) -> None:
    found = json.loads(freeze(record_of(base, DAY)))
    fact = base.facts["warning-breathing"]
    told = found["facts"]["warning-breathing"]
    assert (told["claim"], told["kind"], told["level"]) == (fact.claim, "when-to-call", "emergency")
    assert re.fullmatch(r"[0-9a-f]{16}", told["hash"])
    assert set(found["facts"]) == {fact.id for fact in base.live}
    assert set(found["pages"]) == {page.slug for page in base.pages}
    assert all(re.fullmatch(r"[0-9a-f]{8}", page["hash"]) for page in found["pages"].values())
    aftercare = next(leaflet for leaflet in base.leaflets if leaflet.id == "aftercare")
    assert found["leaflets"]["aftercare"]["facts"] == list(aftercare.facts)
    assert found["signs"]["dark-marks"]["levels"]["day-0"] == "clinic"
    assert {item.id: item.group.value for item in base.conditions} == {
        name: item["group"] for name, item in found["conditions"].items()
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [("for a week", "for a day"), ('"date":"2026-11-21"', '"date":"2026-11-20"'), ('"hash"', '"hush"'), ("{", "[")],
)
def test_an_edited_record_fails_the_check(tmp_path: Path, old: str, new: str) -> None:
    text = freeze(record(tmp_path))
    assert problems_of(tmp_path, {RECORD: text}) == []
    with pytest.raises(NotFrozenError):
        thaw(text.replace(old, new, 1))
    (problem,) = problems_of(tmp_path, {RECORD: text.replace(old, new, 1)})
    assert (problem.code, problem.place.file) == ("Z01", RECORD)


def test_a_record_under_another_name_fails_the_check(tmp_path: Path) -> None:
    text = freeze(record(tmp_path))
    assert [found.code for found in problems_of(tmp_path, {"data/releases/1.0.0.json": text})] == ["Z01"]
    (tmp_path / "data/releases/1.0.0.json").unlink()
    assert [found.code for found in problems_of(tmp_path, {"data/releases/notes.txt": "x"})] == ["Y11"]


# ---- ids ----


def test_a_released_fact_may_not_vanish(tmp_path: Path) -> None:
    with_one = dataclasses.replace(record(tmp_path), facts={**record(tmp_path).facts})
    told = with_one.facts["sun"]
    text = freeze(dataclasses.replace(with_one, facts={**with_one.facts, "vanished": told}))
    (problem,) = problems_of(tmp_path, {RECORD: text})
    assert problem.code == "Z02"
    assert '"vanished"' in text.splitlines()[problem.place.line - 1]
    assert problem.place.line == FIRST_FACT + len(with_one.facts)


def test_a_retired_id_is_never_used_again_and_keeps_its_tombstone(tmp_path: Path) -> None:
    text = freeze(record(tmp_path))
    back = edited(("  status: retired\n  moved_to: redness\n", ""), ("Red skin fades at once.", "Red skin fades soon."))
    assert "Z03" in {problem.code for problem in problems_of(tmp_path, {RECORD: text, **back})}
    gone = edited((small.FACTS[small.FACTS.index("old-redness:") : small.FACTS.index("breathing:")], ""))
    assert "Z02" in {problem.code for problem in problems_of(tmp_path, {RECORD: text, **gone})}


def test_the_version_does_not_go_back(tmp_path: Path) -> None:
    text = freeze(record(tmp_path))
    back = small.swapped("data/site.yml", "version: 1.2.3", "version: 1.2.2")
    (problem,) = problems_of(tmp_path, {RECORD: text, **back})
    assert problem.code == "Z04"


# ---- what has changed ----


def test_nothing_has_changed(tmp_path: Path) -> None:
    assert both(tmp_path, {}) == Comparison()


def test_changed_words_are_told_old_and_new(tmp_path: Path) -> None:
    told = both(tmp_path, edited(("Keep out of the sun for a week.", "Keep out of the sun for two weeks.")))
    (change,) = told.facts
    assert (change.kind, change.fact, change.safety) == (Kind.CHANGED, "sun", True)
    assert change.old is not None
    assert change.new is not None
    assert (change.old.claim, change.new.claim) == (
        "Keep out of the sun for a week.",
        "Keep out of the sun for two weeks.",
    )


def test_safety_comes_first(tmp_path: Path) -> None:
    swaps = (
        ("A tint is a slight colour.", "A tint is a faint colour."),
        ("  level: today\n", "  level: emergency\n"),
        ("The law asks a maker for proof.", "The law asks makers for proof."),
    )
    told = both(tmp_path, edited(*swaps))
    assert [change.fact for change in told.facts] == ["fever", "tint", "law"]
    assert told.facts[0].level == ("Get medical help today", "Call the emergency number")
    assert [change.fact for change in told.safety] == ["fever"]


def test_new_evidence_behind_the_same_words_is_told_as_that(tmp_path: Path) -> None:
    told = both(tmp_path, edited(("says: A week.}", "says: Seven days.}")))
    assert [(change.kind, change.fact) for change in told.facts] == [(Kind.SOURCES, "sun")]
    assert not told.safety


def test_another_careful_reading_is_a_change(tmp_path: Path) -> None:
    told = both(tmp_path, edited(("still red on day 3,", "still red on day 2,")))
    assert told.facts[0].go_by == (
        "If it is still red on day 3, call your clinic.",
        "If it is still red on day 2, call your clinic.",
    )


def test_a_renamed_fact_is_compared_with_its_successor(tmp_path: Path) -> None:
    block = small.FACTS[small.FACTS.index("sun:\n") : small.FACTS.index("risk-of-marks:")]
    tomb = block.rstrip("\n") + "\n  status: retired\n  moved_to: sunlight\n"
    fresh = block.replace("sun:\n", "sunlight:\n", 1).replace("for a week.", "for ten days.")
    told = both(tmp_path, edited((block, tomb + fresh)))
    (change,) = told.facts
    assert (change.kind, change.fact, change.now) == (Kind.CHANGED, "sun", "sunlight")


def test_a_retired_fact_is_told_with_its_reason_and_a_new_one_as_new(tmp_path: Path) -> None:
    block = small.FACTS[small.FACTS.index("deposit:\n") : small.FACTS.index("how-long:")]
    tomb = block.rstrip("\n") + "\n  status: retired\n  reason: No clinic says so now.\n"
    fresh = block.replace("deposit:\n", "fee:\n", 1).replace("half of the price", "a fee")
    told = both(tmp_path, edited((block, tomb + fresh)))
    assert [(change.kind, change.fact, change.why) for change in told.facts] == [
        (Kind.ADDED, "fee", ""),
        (Kind.REMOVED, "deposit", "No clinic says so now."),
    ]


def test_levels_of_signs_and_groups_of_conditions_are_about_safety(tmp_path: Path) -> None:
    signs = small.swapped("data/healing.yml", "{at: days-2-3, level: watch,", "{at: days-2-3, level: clinic,")
    told = both(tmp_path, {**signs, **small.swapped("data/conditions.yml", "group: ask-first", "group: not-now")})
    assert [(item.what, item.old, item.new) for item in told.signs] == [
        ("Red skin, days 2 to 3", "Keep an eye on it", "Call your clinic")
    ]
    assert [(item.what, item.old, item.new) for item in told.conditions] == [
        ("I take a blood thinner", "Ask your doctor first", "Not now")
    ]
    assert (told.count, told.safety_count, told.facts) == (2, 2, ())


def test_other_words_are_told_as_such(tmp_path: Path) -> None:
    told = both(tmp_path, small.swapped("docs/healing.md", "more Can I swim?", "more May I swim?"))
    assert told == Comparison(words_only=True)


def test_a_leaflet_is_compared_by_its_own_facts(tmp_path: Path) -> None:
    old = record(tmp_path)
    changes = small.swapped("data/leaflets.yml", "feel, tint, sun, risk-of-marks]", "feel, tint, risk-of-marks]")
    new = record(tmp_path, changes)
    (change,) = compare_text(old.leaflets["to-print"], new.leaflets["to-print"], old, new).facts
    assert (change.kind, change.fact, change.now) == (Kind.REMOVED, "sun", "sun"), "it still stands on the site"
    assert compare(old, new).facts == ()
    heading = small.swapped("data/leaflets.yml", "heading: What else?", "heading: What more?")
    new = record(tmp_path, heading)
    assert compare_text(old.leaflets["to-print"], new.leaflets["to-print"], old, new) == Comparison(words_only=True)


# ---- pages and feed ----


def released(root: Path, changes: small.Changes | None = None) -> Base:
    """The small project under a later version, after a release of version 1.2.3."""
    text = freeze(record_of(loaded(root, WITH_PAGE), DAY))
    return loaded(root, {**WITH_PAGE, RECORD: text, **LATER, **(changes or {})})


def test_a_page_for_the_release_and_one_for_each_leaflet_show_what_has_changed(tmp_path: Path) -> None:
    swaps = (("Keep out of the sun for a week.", "Keep <out> of the sun."), ("A tint is a slight", "A tint is a faint"))
    base = released(tmp_path, edited(*swaps, ("  level: today\n", "  level: emergency\n")))
    pages = {page.path: page.html for page in changes_pages(base, record_of(base, DAY))}
    assert set(pages) == {"changes/1.2.3/", "changes/1.2.3/to-print/"}
    for text in pages.values():
        page = html.document_fromstring(text)
        assert page.xpath("//h2/text()")[:2] == ["Safety first", "Other changes"]
        changed = page.xpath("//*[@data-change]")
        assert [item.xpath(".//*[@data-fact]/@data-fact")[0] for item in changed] == ["sun", "fever", "tint"] or [
            item.xpath(".//*[@data-fact]/@data-fact")[0] for item in changed
        ] == ["fever", "sun", "tint"]
        assert "Keep out of the sun for a week." in page.xpath("//del/text()")
        assert "Keep &lt;out&gt; of the sun." in text
        assert "Call the emergency number" in page.text_content()
        assert not page.xpath("//script | //@style")
        assert page.xpath("//cite/a[@target='_blank']/@href")
        assert "version 1.2.3 of 2026-11-21" in page.text_content()


def test_a_page_says_that_nothing_has_changed(tmp_path: Path) -> None:
    base = released(tmp_path)
    for page in changes_pages(base, record_of(base, DAY)):
        assert "Nothing has changed since." in page.html


def test_the_feed_is_valid_atom_and_takes_no_date_from_the_clock(tmp_path: Path) -> None:
    base = released(tmp_path)
    old = base.releases[0]
    facts = {**old.facts, "sun": dataclasses.replace(old.facts["sun"], claim="Keep out of the <sun> & wind.")}
    new = dataclasses.replace(old, version="1.3.0", date=datetime.date(2027, 1, 2), facts=facts)
    base = dataclasses.replace(base, releases=(old, new))
    for address in (None, "https://example.org"):
        text = feed(base, address)
        assert text == feed(base, address)
        tree = etree.fromstring(text.encode())
        atom = {"a": "http://www.w3.org/2005/Atom"}
        assert tree.tag == "{http://www.w3.org/2005/Atom}feed"
        for element in (tree, *tree.iterfind("a:entry", atom)):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"a:{name}", atom)) == 1
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext("a:id", "", atom))
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", element.findtext("a:updated", "", atom))
            assert element.findall("a:link[@rel='alternate']", atom)
        assert tree.findtext("a:author/a:name", "", atom)
        (own,) = tree.xpath("a:link[@rel='self']/@href", namespaces=atom)
        assert own == ("https://example.org/changes.xml" if address else "changes.xml")
        ids = [element.text for element in tree.iter("{http://www.w3.org/2005/Atom}id")]
        assert len(set(ids)) == len(ids) == 4
        assert tree.findtext("a:updated", "", atom) == "2027-01-02T00:00:00Z"
        titles = [entry.findtext("a:title", "", atom) for entry in tree.iterfind("a:entry", atom)]
        assert titles == ["Version 1.3.0", "Version 1.2.3", "Correction: How it heals"]
        newest = tree.find("a:entry", atom)
        assert newest is not None
        assert newest.findtext("a:summary", "", atom) == "1 change, 1 of them about safety."
        words = "".join(newest.find("a:content", atom).itertext())  # type: ignore[union-attr]
        assert "Keep out of the sun for a week." in words
        assert "Keep out of the <sun> & wind." in words


def test_news_of_the_first_release_and_corrections_are_on_the_page_of_changes(tmp_path: Path) -> None:
    base = released(tmp_path)
    assert [item.title for item in news(base)] == ["Version 1.2.3", "Correction: How it heals"]
    after = small.rendered(
        tmp_path, {**NO_RELEASE, **WITH_PAGE, RECORD: freeze(base.releases[0]), **LATER}, "changes"
    ).after
    shown = small.after_as_html(f"<div>{after}</div>")
    assert shown.xpath("//a/@href")[0] == "../changes/1.2.3/"
    assert "It said three days." in small.words_of(shown)
    assert shown.xpath("//li[@id='gone-old-redness']/del/text()") == ["Red skin fades at once."]


# ---- the command ----


def site_of(root: Path, changes: small.Changes | None = None) -> Path:
    """The small project with the page of changes, ready to build."""
    small.project(root, {**NO_RELEASE, **WITH_PAGE, **(changes or {})})
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("healing.md]", "healing.md, changes.md]"), "utf-8")
    return root


def test_a_release_is_made_once_published_and_shown(tmp_path: Path) -> None:
    root = site_of(tmp_path)
    done = run(root, "release", "--date", "2026-11-21")
    assert done.returncode == 0, done.stderr
    text = (root / RECORD).read_text("utf-8")
    published = json.loads((root / "data/links-published.json").read_text("utf-8"))
    assert published["changes-to-print-1.2.3"] == "changes:1.2.3@to-print"
    again = run(root, "release", "--date", "2026-11-21")
    assert again.returncode == 1
    assert again.stderr.startswith("Z05 data/site.yml:3:10: ")
    assert (root / RECORD).read_text("utf-8") == text
    facts = root / FACTS
    facts.write_text(facts.read_text("utf-8").replace("sun for a week.", "sun for two weeks."), "utf-8")
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    links = json.loads((root / "site/links.json").read_text("utf-8"))
    path = links["/go/changes-to-print-1.2.3"].lstrip("/")
    page = html.document_fromstring((root / "site" / path / "index.html").read_text("utf-8"))
    assert page.xpath("//del/text()") == ["Keep out of the sun for a week."]
    foot = html.document_fromstring((root / "site/healing/index.html").read_text("utf-8"))
    assert foot.xpath("//footer[@class='page-state']//a[contains(., 'changed')]/@href") == ["../changes/1.2.3/"]
    assert "Version 1.2.3" in (root / "site/changes.xml").read_text("utf-8")


def test_a_record_that_is_taken_away_is_missed(tmp_path: Path) -> None:
    root = site_of(tmp_path)
    assert run(root, "release", "--date", "2026-11-21").returncode == 0
    (root / RECORD).unlink()
    site = root / "data/site.yml"
    site.write_text(site.read_text("utf-8").replace("version: 1.2.3", "version: 1.3.0"), "utf-8")
    done = run(root, "check")
    assert done.returncode == 1
    assert "The published link /go/changes-1.2.3 led to" in done.stderr


def test_a_release_is_refused_where_a_check_fails_or_is_overdue(tmp_path: Path) -> None:
    root = site_of(tmp_path)
    late = run(root, "release", "--date", "2027-05-22")
    assert (late.returncode, late.stderr[:4]) == (1, "D01 ")
    bad = root / "docs/healing.md"
    bad.write_text(bad.read_text("utf-8") + "\nIt is red.\n", "utf-8")
    assert run(root, "release", "--date", "2026-11-21").stderr.startswith("P11 ")
    assert not (root / "data/releases").exists()


def test_a_release_is_not_dated_before_the_last(tmp_path: Path) -> None:
    base = released(tmp_path)
    assert [found.code for found in release_problems(base, datetime.date(2026, 11, 20))] == ["Z05"]
    assert release_problems(base, DAY) == []


def test_a_release_is_refused_while_a_source_s_address_is_gone(tmp_path: Path) -> None:
    gone = "trial-2020:\n  address: https://doi.org/10.1000/trial\n  gone: 2026-11-20\n"
    base = released(tmp_path, {"data/addresses.yml": gone})
    assert [found.code for found in release_problems(base, DAY)] == ["D02"]


@pytest.mark.parametrize("address", ["", "https://example.org"])
def test_building_a_release_again_gives_the_same_hashes(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", address)
    root = site_of(tmp_path)
    assert run(root, "release", "--date", "2026-11-21").returncode == 0
    found = thaw((root / RECORD).read_text("utf-8"))
    assert run(root, "build").returncode == 0
    for name, page in found.pages.items():
        path = "index.html" if name == "index" else f"{name}/index.html"
        article = html.document_fromstring((root / "site" / path).read_text("utf-8")).find(".//article")
        assert article is not None
        assert article.get("data-hash") == page.hash, name
    view = html.document_fromstring((root / "site/embed/leaflet-to-print/index.html").read_text("utf-8"))
    assert view.xpath("//article/@data-hash") == [found.leaflets["to-print"].hash]
    assert run(root, "release", "--verify").returncode == 0
    page = root / "docs/healing.md"
    page.write_text(page.read_text("utf-8").replace("more Can I swim?", "more May I swim?"), "utf-8")
    changed = run(root, "release", "--verify")
    assert changed.returncode == 1
    assert changed.stdout.startswith(f"page healing: {found.pages['healing'].hash} in the release, ")


def test_the_real_project_can_be_released_and_comes_back_the_same(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    before, problems = load_and_check(root)
    assert not problems
    if any(release.version == before.site.version for release in before.releases):
        major, minor, patch = before.site.version.split(".")
        site = root / "data/site.yml"
        later = f"version: {major}.{minor}.{int(patch) + 1}"
        site.write_text(site.read_text("utf-8").replace(f"version: {before.site.version}", later), "utf-8")
    done = run(root, "release", "--date", max(page.meta.checked for page in before.pages).isoformat())
    assert done.returncode == 0, done.stderr
    after, problems = load_and_check(root)
    assert not problems
    assert after.releases[-1].version == after.site.version
    verified = run(root, "release", "--verify")
    assert verified.returncode == 0, verified.stdout
    now = record_of(after, after.releases[-1].date)
    assert compare(after.releases[-1], now) == Comparison()
    assert len(list(changes_pages(after, now))) == len(after.releases) + sum(
        len(release.leaflets) for release in after.releases
    )


def test_every_record_in_the_repository_is_as_it_was_written() -> None:
    base, problems = load(ROOT)
    assert not [problem for problem in problems if problem.code == "Z01"]
    assert [release.version for release in base.releases] == sorted(
        (path.stem for path in (ROOT / "data/releases").glob("*.json")),
        key=lambda version: [int(part) for part in version.split(".")],
    )

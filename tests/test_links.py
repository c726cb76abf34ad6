"""Permanent links: every page, answer, day, cell, leaflet and fact has one; they lead there; none is ever lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import netlify
import pytest
import small
import zxingcpp
from conftest import run
from lxml import html
from PIL import Image
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.check import check
from factbase.course import SignGroup
from factbase.linkfiles import drawn
from factbase.links import ShortLink, links_json, redirects, short_links
from factbase.load import load
from factbase.page import Heading, walk
from factbase.places import Places
from factbase.qr import qr_png, qr_svg

SPEAKABLE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@pytest.fixture(scope="module")
def links(base: Base) -> dict[str, ShortLink]:
    return {link.name: link for link in short_links(Places(base))}


def served(root: Path, changes: small.Changes | None = None) -> dict[str, str]:
    """Name → path of every link of the small project after the changes, which must pass every rule of links."""
    base, problems = load(small.write(root, changes))
    assert not problems
    assert not [problem for problem in check(base) if problem.code.startswith("U")]
    return {link.name: link.path for link in short_links(Places(base))}


# ---- names ----


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", ""),
        ("aftercare", "aftercare/"),
        ("help", "get-help/"),
        ("aftercare-sun", "aftercare/#sun"),
        ("day-0", "is-this-normal/#day-0"),
        ("day-3", "is-this-normal/#day-3"),
        ("week-2", "is-this-normal/#day-8"),
        ("month-3", "is-this-normal/#day-61"),
        ("day-3-dark-marks", "is-this-normal/#days-2-3-dark-marks"),
        ("days-2-3-dark-marks", "is-this-normal/#days-2-3-dark-marks"),
        ("day-1-rf-redness", "rf/#day-1-rf-redness"),
        ("leaflet-aftercare", "downloads/aftercare-a4.pdf"),
        ("leaflet-aftercare-large-letter", "downloads/aftercare-large-letter.pdf"),
        ("handbook-letter", "downloads/handbook-letter.pdf"),
        ("glossary-keloid", "glossary/#keloid"),
    ],
)
def test_a_link_leads_where_its_name_says(links: dict[str, ShortLink], name: str, path: str) -> None:
    assert links[name].path == path


def test_every_page_answer_leaflet_cell_and_fact_has_a_speakable_link(links: dict[str, ShortLink], base: Base) -> None:
    targets = {link.target for link in links.values()}
    wanted = {page.slug for page in base.pages}
    wanted |= {
        f"{page.slug}#{block.anchor}"
        for page in base.pages
        for block in walk(page.blocks)
        if isinstance(block, Heading)
    }
    wanted |= {f"{page.slug}#{placed.anchor}" for page in base.pages for placed in base.placed(page) if placed.anchor}
    wanted |= {f"leaflet:{leaflet.id}" for leaflet in base.leaflets}
    wanted |= {f"cell:{sign.id}@{cell.at}" for sign in base.signs_seen for cell in sign.cells}
    wanted |= {f"fact:{fact.id}" for fact in base.live}
    assert {sign.group for sign in base.signs_seen} == set(SignGroup)
    assert wanted <= targets
    assert all(SPEAKABLE.fullmatch(name) for name in links)


def test_a_name_chosen_by_hand_may_name_what_has_one_already(tmp_path: Path) -> None:
    found = served(tmp_path)
    assert found["sunburn"] == found["healing-sun"] == "healing/#sun"


# ---- what was published stays ----


def test_a_renamed_page_keeps_the_links_to_it_and_to_its_sections(tmp_path: Path) -> None:
    found = served(tmp_path)
    assert found["gone-page"] == "healing/"
    assert found["gone-page-sun"] == "healing/#sun"


def test_a_renamed_fact_leads_to_its_successor_and_a_retired_one_stays(tmp_path: Path) -> None:
    assert served(tmp_path)["fact-old-redness"] == "healing/#claim-redness"
    gone = small.swapped(small.FACTS_FILE, "  moved_to: redness\n", "  reason: Nobody says so now.\n")
    assert served(tmp_path, gone)["fact-old-redness"] == ""


def test_a_renamed_sign_and_leaflet_keep_all_their_links(tmp_path: Path) -> None:
    page = small.swapped("docs/healing.md", "## Is it an emergency?", "[[healing]]\n\n## Is it an emergency?")
    old = {
        "day-3-red-face": "cell:red-face@days-2-3",
        "leaflet-old-large": "leaflet:old@large",
        "healing-red-face": "healing#red-face",
    }
    lines = "red-face:\n  to: sign:red-skin\n  was: sign:red-face\nold-leaflet:\n  to: leaflet:to-print\n"
    lines += "  was: leaflet:old\nhealing-red-face:\n  to: sign:red-skin\n"
    changes = {
        **page,
        **small.appended("data/links.yml", lines),
        "data/links-published.json": json.dumps(old, indent=1),
    }
    base, problems = load(small.write(tmp_path, changes))
    assert not problems
    found = {link.name: link.path for link in short_links(Places(base))}
    assert found["day-3-red-face"] == "healing/#days-2-3-red-skin"
    assert found["leaflet-old-large"] == "downloads/to-print-large-a4.pdf"
    assert found["healing-red-face"] == "healing/#red-skin"


LOST = (
    ("data/links.yml", "  was: gone-page\n", "", {"gone-page", "gone-page-sun"}),
    ("docs/healing.md", "{#sun}", "{#sunny}", {"sunburn", "gone-page-sun"}),
    ("data/links-published.json", ' "healing": "healing"', ' "fact-x": "fact:x"', {"fact-x"}),
    ("data/links-published.json", ' "healing": "healing"', ' "day-3-x": "cell:x@days-2-3"', {"day-3-x"}),
    ("data/links-published.json", ' "healing": "healing"', ' "leaflet-x": "leaflet:x@large"', {"leaflet-x"}),
)


@pytest.mark.parametrize(("path", "old", "new", "names"), LOST, ids=[f"{case[0]}: {case[2]}" for case in LOST])
def test_a_lost_link_fails_the_check(tmp_path: Path, path: str, old: str, new: str, names: set[str]) -> None:
    found = [problem for problem in small.problems_of(tmp_path, small.swapped(path, old, new)) if problem.code == "U03"]
    assert {re.search(r"/go/(\S+)", problem.what)[1] for problem in found} == names  # type: ignore[index]
    assert all("was:" in problem.instead for problem in found)


def test_moves_in_a_circle_are_a_problem_and_no_crash(tmp_path: Path) -> None:
    lines = "one:\n  to: page-b\n  was: page-a\ntwo:\n  to: page-a\n  was: page-b\n"
    codes = {problem.code for problem in small.problems_of(tmp_path, small.appended("data/links.yml", lines))}
    assert codes == {"U02"}


@pytest.mark.parametrize("name", ["go", "embed", "api", "qr"])
def test_no_page_takes_the_name_of_a_folder_of_the_site(tmp_path: Path, name: str) -> None:
    found = small.problems_of(tmp_path, {f"docs/{name}.md": small.page_text("Is it?\n", title="More")})
    assert [(problem.code, problem.place.file) for problem in found] == [("U01", f"docs/{name}.md")]


def test_publishing_adds_and_never_takes_away(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    before = json.loads((root / "data/links-published.json").read_text("utf-8"))
    done = run(root, "short-links", "--publish")
    assert done.returncode == 0, done.stderr
    after = json.loads((root / "data/links-published.json").read_text("utf-8"))
    assert before.items() <= after.items()
    assert after["leaflet-to-print"] == "leaflet:to-print"
    assert after["fact-redness"] == "fact:redness"
    assert run(root, "check").returncode == 0
    assert run(root, "short-links", "--publish").returncode == 0
    assert json.loads((root / "data/links-published.json").read_text("utf-8")) == after


@pytest.mark.parametrize("text", ['{\n "healing": 3\n}\n', "[]\n", '{\n "a b": "healing"\n}\n'])
def test_a_list_of_links_edited_by_hand_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    found = small.problems_of(tmp_path, {"data/links-published.json": text})
    assert [problem.code for problem in found] == ["U05"]


# ---- redirects ----


def test_netlify_sends_every_link_on_though_a_page_stands_there(tmp_path: Path) -> None:
    base = small.loaded(tmp_path)
    found = short_links(Places(base))
    lines = redirects(found, {"gone-page/": "healing/"}).splitlines()
    assert lines[0] == "/gone-page/ /healing/ 302!"
    assert "/go/sunburn /healing/#sun 302!" in lines
    assert {line.split()[0]: line.split()[1] for line in lines[1:]} == links_json(found)


def test_links_of_the_built_site_lead_to_anchors_that_are_there(site: Path) -> None:
    listed: dict[str, str] = json.loads((site / "links.json").read_text("utf-8"))
    assert len(listed) > 1000
    ids: dict[str, set[str]] = {}
    for short, target in listed.items():
        path, _, anchor = target.partition("#")
        file = site / path.lstrip("/") / "index.html" if path.endswith("/") else site / path.lstrip("/")
        assert file.is_file(), (short, target)
        if anchor and not re.fullmatch(r"day-\d+", anchor):  # a day is chosen by the page's script
            if path not in ids:
                ids[path] = set(html.document_fromstring(file.read_text("utf-8")).xpath("//@id"))
            assert anchor in ids[path], (short, target)


def test_a_host_without_redirects_has_a_page_at_each_link_without_inline_script(site: Path) -> None:
    listed: dict[str, str] = json.loads((site / "links.json").read_text("utf-8"))
    for short, target in list(listed.items())[::7]:
        document = html.document_fromstring((site / short.lstrip("/") / "index.html").read_text("utf-8"))
        (refresh,) = document.xpath("//meta[@http-equiv='refresh']/@content")
        (link,) = document.xpath("//a/@href")
        assert refresh == f"0; url={link}"
        assert link == f"../..{target}"
        assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert all(script.get("src") and not script.text for script in document.xpath("//script"))
        assert not document.xpath("//@style | //@onload | //style")


@pytest.fixture(scope="module")
def redirecting(site: Path) -> Iterator[str]:
    """The built site on a host with redirects."""
    with netlify.serve(site) as address:
        yield address


@pytest.mark.parametrize("javascript", [True, False])
def test_a_link_works_on_both_kinds_of_host_and_keeps_the_day_of_treatment(
    browser: Browser, address: str, redirecting: str, javascript: bool
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    for host in (address, redirecting):
        page.goto(f"{host}/go/aftercare-sun")
        page.wait_for_url(f"{host}/aftercare/#sun")
        page.goto(f"{host}/go/is-this-normal#treated=2026-11-20")
        # Without redirects and without scripts nothing carries the end of the address over.
        kept = javascript or host == redirecting
        page.wait_for_url(f"{host}/is-this-normal/" + ("#treated=2026-11-20" if kept else ""))
    context.close()


def test_a_moved_page_is_found_at_its_old_address(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    old = (root / "site/gone-page/index.html").read_text("utf-8")
    assert 'content="0; url=../healing/"' in old
    assert "/gone-page/ /healing/ 302!" in (root / "site/_redirects").read_text("utf-8")


# ---- QR codes ----


def test_a_code_reads_back_as_its_address_from_the_picture(tmp_path: Path) -> None:
    address = "https://example.org/go/leaflet-aftercare"
    (tmp_path / "code.png").write_bytes(qr_png(address))
    with Image.open(tmp_path / "code.png") as picture:
        assert picture.size[0] == picture.size[1] >= 300
        found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.text for code in found] == [address]


def test_the_drawing_of_a_code_reads_back_and_has_no_inline_style(browser: Browser, tmp_path: Path) -> None:
    address = "https://example.org/go/day-3-dark-marks"
    svg = qr_svg(address)
    assert "style" not in svg
    page = browser.new_page(viewport={"width": 400, "height": 400})
    page.set_content(f'<body style="margin:0;width:400px">{svg}</body>')
    page.screenshot(path=str(tmp_path / "code.png"))
    page.close()
    with Image.open(tmp_path / "code.png") as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [address]


def test_a_site_with_an_address_has_codes_for_pages_days_and_leaflets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small.project(tmp_path)
    assert run(root, "build").returncode == 0
    assert not (root / "site/qr").exists(), "a code without an address leads nowhere"
    monkeypatch.setenv("SITE_URL", "https://example.org/needling/")
    for _ in range(2):  # drawn, then taken from what was kept
        assert run(root, "build").returncode == 0
        wanted = {link.name for link in drawn(short_links(Places(load(root)[0])))}
        assert {"healing", "home", "leaflet-to-print", "sunburn"} <= wanted
        assert {path.stem for path in (root / "site/qr").glob("*.svg")} == wanted
        for name in wanted:
            with Image.open(root / f"site/qr/{name}.png") as picture:
                (code,) = zxingcpp.read_barcodes(picture.convert("L"))
            assert code.text == f"https://example.org/needling/go/{name}"


def test_any_other_link_gets_its_code_by_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small.project(tmp_path)
    assert "SITE_URL" in run(root, "qr", "healing-sun").stderr
    monkeypatch.setenv("SITE_URL", "https://example.org")
    assert 'Did you mean "healing-sun"?' in run(root, "qr", "healing-son").stderr
    assert run(root, "qr", "healing-sun", str(root / "codes")).returncode == 0
    assert {path.name for path in (root / "codes").iterdir()} == {"healing-sun.svg", "healing-sun.png"}

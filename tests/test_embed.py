"""Views of answers and leaflets: they stand in a foreign frame, without a script, with their notes. Nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import netlify
import pytest
import small
from conftest import run
from lxml import html
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.gate import inspect_page
from factbase.headers import headers
from factbase.plain.embed import View, views


@pytest.fixture(scope="module")
def found(base: Base) -> dict[str, View]:
    return {view.name: view for view in views(base)}


def document(view: View) -> html.HtmlElement:
    return html.document_fromstring(view.html)


# ---- what a view holds ----


def test_every_answer_and_leaflet_has_a_view(found: dict[str, View], base: Base) -> None:
    assert {f"leaflet-{leaflet.id}" for leaflet in base.leaflets} <= set(found)
    assert {"aftercare-sun", "get-help-numbers", "heard-risks-does-it-hurt"} <= set(found)
    assert len(found) > 250
    assert "aftercare-read-next" not in found, "a list of links answers nothing"


def test_every_view_keeps_the_promises_of_a_page(found: dict[str, View]) -> None:
    problems = [problem for view in found.values() for problem in inspect_page(view.html, view.name)[1]]
    assert not problems, "\n".join(map(str, problems))


def test_a_view_has_no_script_and_no_inline_style_and_says_where_it_is_from(found: dict[str, View]) -> None:
    for view in found.values():
        page = document(view)
        assert not page.xpath("//script | //style | //@style | //@onclick | //form"), view.name
        (source,) = page.xpath("//footer//a[1][@rel='noopener' and @target='_blank']/@href")[:1]
        assert source in (f"../../{view.path}", f"../../go/{view.name}/")
        text = page.text_content()
        assert "Not yet reviewed by a clinician" in text
        assert f"Version {view.json['version']}, text {view.json['hash']}" in text
        assert page.find(".//article").get("data-hash") == view.json["hash"]  # type: ignore[union-attr]


def test_links_to_the_outside_leave_the_frame(found: dict[str, View]) -> None:
    sources = sum(len(document(view).xpath("//cite/a[starts-with(@href, 'https://')]")) for view in found.values())
    assert sources > 1000
    for view in found.values():
        assert "&lt;a " not in view.html, view.name
        for link in document(view).xpath("//a[not(starts-with(@href, '#'))]"):
            assert link.get("target") == "_blank", (view.name, link.get("href"))


def test_an_answer_says_what_its_section_says(found: dict[str, View], base: Base) -> None:
    page = base.page("get-help")
    assert page is not None
    wanted = [placed.fact for placed in base.placed(page) if placed.anchor == "numbers"]
    shown = document(found["get-help-numbers"]).xpath("//article//*[@data-fact]/@data-fact")
    assert shown == wanted
    words = " ".join(document(found["get-help-numbers"]).find(".//article").text_content().split())  # type: ignore[union-attr]
    for name in wanted:
        assert base.facts[name].claim in words


def test_a_leaflet_shows_its_warning_signs_first_and_all_its_facts(found: dict[str, View], base: Base) -> None:
    leaflet = next(leaflet for leaflet in base.leaflets if leaflet.id == "aftercare")
    page = document(found["leaflet-aftercare"])
    assert page.xpath("//*[@class='care-card']/@data-level") == ["emergency", "today", "clinic"]
    assert set(leaflet.facts) <= set(page.xpath("//article//*[@data-fact]/@data-fact"))


def test_text_from_data_is_escaped(tmp_path: Path) -> None:
    changes = small.swapped(
        small.FACTS_FILE, "claim: Keep out of the sun for a week.", "claim: Keep <b>x</b> & *y* out."
    )
    base = small.loaded(tmp_path, changes)
    shown = "".join(view.html for view in views(base))
    assert "Keep &lt;b&gt;x&lt;/b&gt; &amp; *y* out." in shown
    assert "<b>x</b>" not in shown


def test_the_data_of_a_view_hold_every_claim_with_its_notes(found: dict[str, View], base: Base) -> None:
    for view in found.values():
        told = {claim["id"]: claim for claim in view.json["claims"]}
        assert set(document(view).xpath("//article//*[@data-fact]/@data-fact")) == set(told)
        for name, claim in told.items():
            fact = base.facts[name]
            assert claim["claim"] == fact.claim
            assert claim.get("level") == (fact.level.value if fact.level else None)
            assert [note["says"] for note in claim["notes"]] == [item.says for item in fact.evidence]
            assert all(note["citation"] and note["how_read"] and note["locator"] for note in claim["notes"])
        assert {"version", "hash", "review", "licence", "checked"} <= set(view.json)


def test_a_view_stays_at_every_name_it_ever_had(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    site = root / "site"
    new = (site / "embed/healing-sun/index.html").read_bytes()
    for old in ("sunburn", "gone-page-sun"):
        assert (site / f"embed/{old}/index.html").read_bytes() == new
        assert (site / f"api/answers/{old}.json").read_bytes() == (site / "api/answers/healing-sun.json").read_bytes()


# ---- headers ----

RULES = netlify.header_rules(headers(["<script>let a = 1</script>"], ["aftercare", "embed", "api", "go"]))


def test_only_views_may_be_framed() -> None:
    framed = netlify.headers_of(RULES, "/embed/aftercare-sun/")["Content-Security-Policy"]
    assert "frame-ancestors *" in framed
    assert "frame-ancestors 'none'" not in framed, "a browser would enforce this one too"
    assert "X-Frame-Options" not in netlify.headers_of(RULES, "/embed/aftercare-sun/")
    for path in ("/", "/index.html", "/404.html", "/aftercare/", "/api/facts.json", "/go/aftercare/"):
        found = netlify.headers_of(RULES, path)
        assert "frame-ancestors 'none'" in found["Content-Security-Policy"], path
        assert found["X-Frame-Options"] == "DENY"


def test_a_view_may_run_no_script_and_data_may_be_read_from_anywhere() -> None:
    framed = netlify.headers_of(RULES, "/embed/aftercare-sun/")["Content-Security-Policy"]
    own = framed.split(", ")[1]
    assert own.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
    assert "script-src" not in own
    assert netlify.headers_of(RULES, "/api/answers/aftercare-sun.json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in netlify.headers_of(RULES, "/aftercare/")


def test_every_page_of_the_built_site_but_views_forbids_framing(site: Path) -> None:
    rules = netlify.header_rules((site / "_headers").read_text("utf-8"))
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".pdf", ".json"):
            address = "/" + path.relative_to(site).as_posix().removesuffix("index.html")
            policy = netlify.headers_of(rules, address).get("Content-Security-Policy", "")
            assert ("frame-ancestors *" in policy) == address.startswith("/embed/"), address
            if path.suffix == ".html":
                assert ("frame-ancestors 'none'" in policy) != address.startswith("/embed/"), address


# ---- in a real browser ----


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    """The built site with its own headers and redirects."""
    with netlify.serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def clinic() -> Iterator[str]:
    """Another site, whose page is empty: a test puts a frame into it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>A clinic</title><h1>Our clinic</h1>")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


FRAME = """address => {
  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address, width: 360 });
  document.body.append(frame);
}"""


def test_a_clinic_can_frame_an_answer_and_its_notes_open_inside(browser: Browser, host: str, clinic: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 800})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(clinic)
    page.evaluate(FRAME, f"{host}/embed/aftercare-sun/")
    frame = page.frame_locator("iframe")
    frame.locator("h1").wait_for()
    frame.locator("article .mark a").first.click()
    assert frame.locator(".note").first.is_visible()
    assert frame.locator("body").evaluate("body => getComputedStyle(body).maxWidth") == "672px", "its style is in force"
    assert frame.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
    assert [text for text in refused if "favicon.ico" not in text] == []
    page.close()


@pytest.mark.parametrize("path", ["/aftercare/", "/", "/changes/", "/404.html"])
def test_no_other_page_comes_into_a_frame(browser: Browser, host: str, clinic: str, path: str) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(clinic)
    page.evaluate(FRAME, host + path)
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused)
    page.close()


def test_another_site_can_read_the_data_of_an_answer_but_no_page(browser: Browser, host: str, clinic: str) -> None:
    page = browser.new_page()
    page.goto(clinic)
    read = "address => fetch(address).then(found => found.json()).then(found => found.claims.length).catch(() => -1)"
    assert page.evaluate(read, f"{host}/api/answers/aftercare-sun.json") > 0
    assert page.evaluate(read, f"{host}/aftercare/") == -1
    page.close()


def test_the_address_on_the_page_for_clinics_is_one_that_there_is(site: Path) -> None:
    page = html.document_fromstring((site / "clinics/index.html").read_text("utf-8"))
    (code,) = [text for text in page.xpath("//code[@data-copy]/text()") if "<iframe" in text]
    (frame,) = html.fragments_fromstring(code)
    assert (site / frame.get("src").lstrip("/") / "index.html").is_file()
    (data,) = [text for text in page.xpath("//code[@data-copy]/text()") if text.endswith(".json")]
    assert json.loads((site / data.lstrip("/")).read_text("utf-8"))["claims"]

"""The pages for clinics and of changes: addresses to copy, QR codes, versions to note, and no medical word."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import small
from lxml import html
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.document import documents
from factbase.linkfiles import standing_links
from factbase.page import CareCard, Claim, Heading, segments_of, walk
from factbase.pdf.render import Setting, render
from factbase.render import render_page

PAGES = {
    "docs/clinics.md": small.page_text("[[paste]]\n\n[[links]]\n", title="For clinics"),
    "docs/changes.md": small.page_text("[[changes]]\n", title="News"),
}


def shown(root: Path, address: str | None) -> tuple[html.HtmlElement, html.HtmlElement]:
    """The article of the small project's page for clinics, and what follows it, on a site with this address."""
    base = dataclasses.replace(small.loaded(root, PAGES), address=address)
    page = base.page("clinics")
    assert page is not None
    rendered = render_page(page, base)
    return small.as_html(rendered.markdown), small.after_as_html(f"<div>{rendered.after}</div>")


def test_the_page_for_clinics_makes_no_medical_claim(base: Base) -> None:
    for name in ("clinics", "changes"):
        page = base.page(name)
        assert page is not None
        assert not page.meta.key_points
        assert not base.placed(page)
        assert not any(isinstance(block, CareCard) for block in walk(page.blocks))
        assert not any(isinstance(part, Claim) for block in walk(page.blocks) for part in segments_of(block))


def test_the_page_for_clinics_answers_what_a_practice_manager_asks(base: Base) -> None:
    page = base.page("clinics")
    assert page is not None
    anchors = {block.anchor for block in page.blocks if isinstance(block, Heading)}
    assert {"first", "paste", "kit", "links", "consent", "updates", "embed", "licence", "errors", "not"} <= anchors


def test_with_an_address_links_are_whole_and_have_codes(tmp_path: Path) -> None:
    article, after = shown(tmp_path, "https://example.org/")
    links = after.xpath(".//li/a[@data-copy]")
    assert "https://example.org/go/leaflet-to-print" in [link.text for link in links]
    for link in links:
        name = link.get("href").removeprefix("../go/").rstrip("/")
        assert link.text == f"https://example.org/go/{name}"
        codes = link.xpath("../span[@class='link-more']/a/@href")
        assert codes == [f"../qr/{name}.svg", f"../qr/{name}.png"]
    pasted = article.xpath(".//code[@data-copy]/text()")
    assert len(pasted) >= 7
    assert all("https://example.org/" in text for text in pasted)
    places = [term.text for term in article.iter("dt")]
    for one in ("Booking system", "E-mail before", "E-mail after", "SMS after", "Link on your website", "Consent form"):
        assert any(place.startswith(one) for place in places), one
    assert standing_links(dataclasses.replace(small.loaded(tmp_path, PAGES), address="https://a.example"), "index") == {
        "since": "changes/",
        "permanent": "https://a.example/go/home",
        "permanent_since": "https://a.example/go/changes-1.2.3",
    }


def test_without_an_address_the_page_says_so_and_has_the_same_hash(tmp_path: Path) -> None:
    _, after = shown(tmp_path, None)
    assert "no address of its own yet" in small.words_of(after)
    assert not after.xpath(".//a[contains(@href, '/qr/')]")
    base = small.loaded(tmp_path, PAGES)
    assert standing_links(base, "clinics") == {"since": "changes/", "permanent": None, "permanent_since": None}
    page = base.page("clinics")
    assert page is not None
    there = dataclasses.replace(base, address="https://example.org/")
    assert render_page(page, base).hash == render_page(page, there).hash


def test_a_button_copies_the_address_and_without_scripts_it_is_text(browser: Browser, address: str) -> None:
    context = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 360, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{address}/clinics/")
    links = page.locator(".links li")
    row = links.filter(has_text="/go/aftercare").first
    row.get_by_role("button", name="Copy /go/aftercare").click()
    assert row.get_by_role("button").inner_text() == "Copied"
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/go/aftercare"
    page.locator(".paste button").first.click()
    pasted = page.locator(".paste code").first
    page.wait_for_function(
        "text => navigator.clipboard.readText().then(found => found === text)", arg=pasted.inner_text()
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/clinics/")
    assert page.locator(".copy-button").count() == 0
    assert page.locator(".links li a.link-address").first.is_visible()
    plain.close()


def test_only_these_two_pages_name_the_feed(site: Path) -> None:
    naming = {
        path.parent.name
        for path in site.glob("*/index.html")
        if 'type="application/atom+xml"' in path.read_text("utf-8")
    }
    assert naming == {"clinics", "changes"}
    assert (site / "changes.xml").is_file()


def test_the_links_that_a_clinic_is_told_to_paste_are_there(site: Path) -> None:
    links = json.loads((site / "links.json").read_text("utf-8"))
    page = html.document_fromstring((site / "clinics/index.html").read_text("utf-8"))
    named = re.findall(r"/go/[a-z0-9.-]+[a-z0-9]", " ".join(page.xpath("//code[@data-copy]/text()")))
    assert len(named) >= 5
    assert set(named) <= set(links)


def test_every_document_prints_where_its_changes_stand(base: Base) -> None:
    for document in documents(base.leaflets):
        name = f"changes-{document.id}" if document.leaflet else "changes"
        wanted = f"https://example.org/go/{name}-{base.site.version}"
        assert f'"{wanted}"' in render(document, base, Setting("https://example.org/"))
        assert "/go/" not in render(document, base, Setting())

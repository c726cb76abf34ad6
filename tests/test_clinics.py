"""The pages for clinics and of changes: addresses to copy, QR codes, versions to note, and no medical word."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import small
from conftest import run
from lxml import html
from playwright.sync_api import Browser

from factbase.base import Base
from factbase.page import CareCard, Claim, Heading, segments_of, walk
from factbase.pdf.document import documents
from factbase.pdf.render import Setting, render

CLINICS = small.page_text("[[paste]]\n\n[[links]]\n", title="For clinics")
CHANGES = small.page_text("[[changes]]\n", title="News")


def listed(root: Path) -> html.HtmlElement:
    """What follows the article of the small project's page for clinics, as it was built."""
    small.project(root, {"docs/clinics.md": CLINICS, "docs/changes.md": CHANGES})
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace("healing.md]", "healing.md, clinics.md, changes.md]"), "utf-8"
    )
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    return html.document_fromstring((root / "site/clinics/index.html").read_text("utf-8"))


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
    assert {"paste", "links", "consent", "updates", "embed", "licence", "errors", "not"} <= anchors


def test_with_an_address_links_are_whole_and_have_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org")
    page = listed(tmp_path)
    shown = page.xpath("//section[contains(@class, 'links')]//li/a[@data-copy]")
    assert "https://example.org/go/leaflet-to-print" in [link.text for link in shown]
    for link in shown:
        name = link.get("href").removeprefix("../go/").rstrip("/")
        assert link.text == f"https://example.org/go/{name}"
        assert (tmp_path / "site/go" / name / "index.html").is_file()
        codes = link.xpath("../span[@class='link-more']/a/@href")
        assert codes == [f"../qr/{name}.svg", f"../qr/{name}.png"]
        assert all((tmp_path / "site/clinics" / code).resolve().is_file() for code in codes)
    pasted = page.xpath("//code[@data-copy]/text()")
    assert len(pasted) >= 7
    assert all("https://example.org/" in text for text in pasted)
    foot = page.xpath("string(//footer[@class='page-state'])")
    assert "https://example.org/go/clinics" in foot
    assert "https://example.org/go/changes-1.2.3" in foot


def test_without_an_address_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.delenv("URL", raising=False)
    page = listed(tmp_path)
    assert "no address of its own yet" in page.xpath("string(//section[contains(@class, 'links')])")
    assert not page.xpath("//a[contains(@href, '/qr/')]")
    assert "Permanent address" not in page.xpath("string(//footer[@class='page-state'])")


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

"""The offline copy: unpacked into an empty folder and used from disk, with the network off."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page

from factbase.base import Base
from factbase.document import OFFLINE_COPY, Download
from factbase.offline.addresses import ONLINE_ONLY, Copy, for_disk, pointed_at, pointed_at_by_style
from factbase.offline.archive import FOLDER, copied, zipped

MOST_BYTES = 6_000_000
COPY = Copy(
    {"index.html", "care/index.html", "care/a b.png", "x.css", "sw.js", "manifest.webmanifest", "downloads/big.pdf"},
    {"index.html", "care/index.html", "care/a b.png", "x.css"},
    "https://example.org/",
    {"/go/sun": "/care/#sun", "/go/home": "/"},
)


# --- Addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "page", "wanted"),
    [
        ('<a href="../care/">x</a>', "sun/index.html", '<a href="../care/index.html">x</a>'),
        ('<a class="b" href="../care/?q=1#sun">x</a>', "sun/index.html", None),
        ("<a href=../care/#sun>x</a>", "sun/index.html", '<a href="../care/index.html#sun">x</a>'),
        ("<a href=/care/>x</a>", "sun/index.html", '<a href="../care/index.html">x</a>'),
        ('<a href="..">x</a>', "sun/index.html", '<a href="../index.html">x</a>'),
        ('<a href=".">x</a>', "index.html", '<a href="index.html">x</a>'),
        ('<a href="./">x</a>', "care/index.html", '<a href="index.html">x</a>'),
        ('<a href="https://example.org/care/#a">x</a>', "index.html", '<a href="care/index.html#a">x</a>'),
        ("<img src='a%20b.png'>", "care/index.html", '<img src="a%20b.png">'),
        ('<a title="1 > 0" href="care/">x</a>', "index.html", '<a title="1 > 0" href="care/index.html">x</a>'),
        ('<a href="../go/sun/">x</a>', "care/index.html", '<a href="index.html#sun">x</a>'),
        ('<a href="https://example.org/go/home">x</a>', "care/index.html", '<a href="../index.html">x</a>'),
        ('<link rel="stylesheet" href="../x.css">', "care/index.html", '<link rel="stylesheet" href="../x.css">'),
    ],
)
def test_a_link_to_a_folder_names_its_page(written: str, page: str, wanted: str | None) -> None:
    wanted = wanted or '<a class="b" href="../care/index.html?q=1#sun">x</a>'
    assert for_disk(written, page, COPY) == wanted


@pytest.mark.parametrize(
    "written",
    [
        '<a href="#sun">x</a>',
        '<a href="https://example.com/care/">x</a>',
        '<a href="//example.com/care/">x</a>',
        '<a href="mailto:a@example.org">x</a>',
        '<a href="tel:112">x</a>',
        '<img src="data:image/png;base64,AA">',
        '<link rel="canonical" href="https://example.org/care/">',
        '<meta property="og:url" content="https://example.org/care/">',
        "<script>let a = '<a href=\"/care/\">'</script>",
        '<!-- <a href="/care/"> -->',
        '<p data-href="/care/">href="/care/"</p>',
    ],
)
def test_what_leads_elsewhere_or_is_no_address_stays_as_it_is(written: str) -> None:
    assert for_disk(written, "index.html", COPY) == written


def test_what_the_copy_has_not_is_said_or_goes() -> None:
    leaflet = '<li><a href="downloads/big.pdf" type=application/pdf>Large <b>print</b></a> 9 pages</li>'
    assert for_disk(leaflet, "index.html", COPY) == f"<li>Large <b>print</b> ({ONLINE_ONLY}) 9 pages</li>"
    assert for_disk("<link rel=manifest href=manifest.webmanifest><p>", "index.html", COPY) == "<p>"
    assert for_disk('<script src="sw.js" defer></script><p>', "index.html", COPY) == "<p>"


def test_what_a_page_or_a_style_points_at() -> None:
    markup = '<a href="care/"></a><img src="care/a%20b.png"><a href="https://example.com/x.css"></a>'
    assert pointed_at(markup, "index.html", COPY) == {"care/index.html", "care/a b.png"}
    later = '<script src=x.js data-style="x.css" data-scripts="care/a%20b.png y.js sw.js" defer></script>'
    assert pointed_at(later, "index.html", COPY) == {"x.css", "care/a b.png", "sw.js"}
    assert pointed_at_by_style("a { background: url('a b.png') }", "care/x.css", COPY) == {"care/a b.png"}


def test_a_file_is_taken_because_a_page_or_a_style_asks_for_it_or_the_rule_for_print_does() -> None:
    def listed(name: str, paper: str, size: str) -> Download:
        return Download(name, f"{name}-{size}-{paper}.pdf", name, "1.0.0", "", 2, 9, paper, size, None)

    downloads = [
        listed(name, paper, size)
        for name in ("sun", "handbook")
        for paper in ("a4", "letter")
        for size in ("standard", "large")
    ]
    files = {
        **{f"downloads/{item.file}": b"%PDF" for item in downloads},
        "index.html": b'<link rel=stylesheet href="a.css"><a href="downloads/microneedling-plainly.zip">all</a>',
        "a.css": b"p { background: url(seen.svg) }",
        "b.js": b"",
        "c.js.map": b"",
        **dict.fromkeys(["seen.svg", "unseen.svg", "404.html", "_headers", "sw.js", "sitemap.xml.gz"], b""),
    }
    found = copied(files, downloads)
    assert set(found) == {
        *("index.html", "a.css", "b.js", "seen.svg"),
        *("downloads/sun-standard-a4.pdf", "downloads/sun-standard-letter.pdf", "downloads/handbook-standard-a4.pdf"),
    }
    assert b"all (on the web site only)" in found["index.html"], "the zip is no part of itself"


def test_the_same_files_in_any_order_give_the_same_zip() -> None:
    assert zipped({"b": b"2", "a": b"1"}) == zipped({"a": b"1", "b": b"2"})


# --- The zip ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(site: Path) -> bytes:
    return (site / "downloads" / OFFLINE_COPY).read_bytes()


@pytest.fixture(scope="module")
def folder(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one folder of the zip, unpacked into an empty place whose name needs quoting."""
    place = tmp_path_factory.mktemp("an empty place")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(place)
    (found,) = place.iterdir()
    return found


@pytest.fixture(scope="module")
def documents(folder: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.document_fromstring(path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))}


def test_it_is_small_and_one_folder_with_sorted_entries_of_no_time(content: bytes) -> None:
    assert len(content) <= MOST_BYTES
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert all(name.startswith(f"{FOLDER}/") for name in names)
    assert {f"{FOLDER}/index.html", f"{FOLDER}/README.txt"} <= set(names)
    assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 0o100644, 3)
    }


def test_it_holds_every_page_and_what_the_readme_says(folder: Path, base: Base) -> None:
    for page in base.pages:
        assert (folder / ("" if page.slug == "index" else page.slug) / "index.html").exists(), page.slug
    prints = {path.name for path in (folder / "downloads").glob("*.pdf")}
    wanted = {f"{leaflet.id}-{paper}.pdf" for leaflet in base.leaflets for paper in ("a4", "letter")}
    assert prints == {*wanted, "handbook-a4.pdf"}
    readme = (folder / "README.txt").read_bytes().decode()
    assert readme.startswith("Microneedling, plainly\r\n")
    assert "Open index.html" in readme
    assert f"{len(base.pages)} pages" in readme
    assert "- The leaflets in large print" in readme
    assert "- The handbook in US Letter" in readme
    assert f"Version {base.site.version}" in readme
    assert "&" not in readme


def test_nothing_is_in_it_that_needs_a_server(folder: Path, documents: dict[Path, html.HtmlElement]) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert not names & {"sw.js", "manifest.webmanifest", "404.html", "_headers", "_redirects", "assets/saved.js"}
    for document in documents.values():
        assert not document.xpath("//link[@rel='manifest']")


def test_the_list_and_the_page_of_downloads_tell_its_size(site: Path, content: bytes, base: Base) -> None:
    listed = json.loads((site / "downloads/index.json").read_text("utf-8"))
    (item,) = [item for item in listed if item["file"] == OFFLINE_COPY]
    assert item["id"] == "offline-copy"
    assert item["sha256"] == hashlib.sha256(content).hexdigest()
    assert item["bytes"] == len(content)
    assert item["pages"] == len(base.pages)
    assert item["version"] == base.site.version
    page = html.document_fromstring((site / "downloads/index.html").read_text("utf-8"))
    (link,) = page.xpath(f"//article/..//a[contains(@href, '{OFFLINE_COPY}')]")
    told = " ".join(link.getparent().text_content().split())
    assert told == f"The whole site in one file ZIP, {len(base.pages)} web pages, {len(content) / 1e6:.1f} MB"


def addresses(document: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Every address of a page that a browser may follow."""
    for element in document.iter():
        if isinstance(element.tag, str) and element.tag != "meta":
            for name in ("href", "src", "action", "poster", "data"):
                if element.get(name) is not None:
                    yield element, element.get(name)


def test_every_link_leads_to_a_file_and_every_anchor_is_there(
    folder: Path, documents: dict[Path, html.HtmlElement]
) -> None:
    ids = {path: set(document.xpath("//@id | //a/@name")) for path, document in documents.items()}
    broken, seen = [], 0
    for path, document in documents.items():
        for element, value in addresses(document):
            parts = urlsplit(value)
            if parts.scheme in ("https", "mailto", "tel", "data"):
                assert element.tag == "a" or element.get("rel") == "canonical" or parts.scheme == "data", value
                continue
            seen += 1
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            fragment = unquote(parts.fragment)
            # A day of the healing chart is opened by its script.
            known = not fragment or fragment in ids.get(target, set()) or re.match(r"(day|treated)[-=]", fragment)
            if parts.scheme or not target.is_file() or folder not in target.parents or not known:
                broken.append((path.relative_to(folder).as_posix(), value))
    assert broken == []
    assert seen > 3000


def test_styles_and_scripts_ask_for_nothing_that_is_not_there(folder: Path) -> None:
    for path in folder.rglob("*.css"):
        for value in re.findall(r"""url\(\s*["']?([^"')]+)""", path.read_text("utf-8")):
            assert value.startswith(("data:", "#")) or (path.parent / value).is_file(), (path.name, value)
    for path in (folder / "assets").glob("*.js"):
        code = path.read_text("utf-8")
        asks = re.search(r"\bfetch\(|XMLHttpRequest|import\(|type=.module", code)
        assert not asks or '!location.protocol.startsWith("http")) return;' in code, path.name


# --- From disk -------------------------------------------------------------------------------------


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 360, "height": 640}, offline=True, accept_downloads=True)
    yield found
    found.close()


def search_needs_a_server(folder: Path) -> bool:
    """Whether the search is still that of the theme: from disk it fails with an error, and takes the colours along."""
    return 'data-md-component="search"' in (folder / "index.html").read_text("utf-8")


@pytest.fixture
def disk(context: BrowserContext, folder: Path) -> Iterator[Page]:
    """A browser without a network on the start page; at the end nothing has been asked for outside the folder."""
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    yield page
    assert [url for url in asked if not url.startswith((folder.as_uri() + "/", "data:", "blob:"))] == []
    assert search_needs_a_server(folder) or said == []
    assert context.cookies() == []


def open_page(page: Page, folder: Path, slug: str) -> None:
    page.goto((folder / slug / "index.html").as_uri())


def test_every_page_opens_without_an_error_or_a_request_outside(disk: Page, folder: Path, base: Base) -> None:
    for page in base.pages:
        open_page(disk, folder, "" if page.slug == "index" else page.slug)
        assert disk.locator("h1").inner_text() == page.meta.title
        for image in disk.locator("img").all():
            assert image.evaluate("image => image.complete && image.naturalWidth > 0")


def test_one_reads_on_by_links_alone(disk: Page, folder: Path) -> None:
    disk.get_by_role("link", name="I have just had it").click()
    disk.wait_for_url("**/aftercare/index.html")
    disk.locator("header .get-help").click()
    disk.wait_for_url("**/get-help/index.html")
    disk.locator("label[for=__drawer]:visible").first.click()
    disk.locator("nav.md-nav--primary").get_by_role("link", name="Home").click()
    disk.wait_for_url("**/microneedling-plainly/index.html")
    disk.locator("label[for=__drawer]:visible").first.click()
    disk.locator("nav.md-nav--primary").get_by_role("link", name="Downloads").click()
    disk.wait_for_url("**/downloads/index.html")
    assert "The whole site in one file (on the web site only)" in disk.locator(".around").inner_text()


def test_the_tools_work_from_disk(disk: Page, folder: Path) -> None:
    open_page(disk, folder, "is-this-normal")
    disk.locator(".normal-strip input[value='3']").check(force=True)
    assert disk.locator(".sign:has(#dark-marks) .badge").inner_text().startswith("Call your clinic")
    disk.locator("#normal-date").fill("2026-11-20")
    with disk.expect_download() as waiting:
        disk.locator(".normal-button").click()
    assert waiting.value.suggested_filename == "dates-after-needling.ics"
    open_page(disk, folder, "self-check")
    disk.locator("#check-blood-thinner input").check()
    assert disk.locator("#my-list .check-part:visible h3").all_inner_texts() == ["Ask your doctor first"]


def test_notes_pictures_and_dark_colours_work_from_disk(disk: Page, folder: Path) -> None:
    open_page(disk, folder, "rf")
    disk.locator("article .mark a").first.click()
    assert disk.locator(".note-card").is_visible()
    disk.keyboard.press("Escape")
    open_page(disk, folder, "side-effects")
    picture = disk.locator("figure svg").first.bounding_box()
    assert picture
    assert picture["width"] > 200
    if search_needs_a_server(folder):
        return
    disk.locator("label[for=__palette_1]").click()
    assert disk.locator("body").get_attribute("data-md-color-scheme") == "slate"
    disk.reload()
    assert disk.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_the_prints_are_beside_the_pages(disk: Page, folder: Path) -> None:
    open_page(disk, folder, "aftercare")
    links = disk.locator(".page-state a[type='application/pdf']")
    names = [str(link.get_attribute("href")) for link in links.all()]
    assert names == ["../downloads/aftercare-a4.pdf", "../downloads/aftercare-letter.pdf"]
    for name in names:
        assert (folder / "aftercare" / name).read_bytes().startswith(b"%PDF-")


def test_the_search_finds_pages_that_open_from_disk(disk: Page, folder: Path) -> None:
    if search_needs_a_server(folder):
        pytest.skip("the theme's own search needs a server")
    open_page(disk, folder, "prp")
    disk.locator("label[for=__search]:visible").first.click()
    field = disk.locator(".md-search input:not([type=checkbox])").first
    field.press_sequentially("brown spots after needling")
    found = disk.locator(".md-search-result__link")
    found.first.wait_for()
    for link in found.all()[:5]:
        parts = urlsplit(str(link.evaluate("link => link.href")))
        assert parts.scheme == "file"
        assert Path(unquote(parts.path)).is_file()
    found.first.click()
    disk.wait_for_url(re.compile(r"^file:.*/index\.html"))
    assert "prp" not in disk.url
    assert disk.locator("h1").is_visible()

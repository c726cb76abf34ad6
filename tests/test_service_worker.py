"""Pages kept on the device: a real browser visits, the server is shut down, and what was kept still opens."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import re
import shutil
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import chromium_here
from playwright.sync_api import Browser, BrowserContext, Page

from factbase.base import Base
from factbase.document import Download
from factbase.offline.manifest import icons, manifest
from factbase.offline.worker import AT_ONCE, CORE, OFFLINE, PREFIX, worker

KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys())
    for (const key of await (await caches.open(name)).keys()) {
      const { origin, pathname, search } = new URL(key.url);
      (found[name] ??= {})[`${origin === location.origin ? "" : origin}${pathname}`] = search.slice(1);
    }
  return found;
}"""


class Server:
    """A static server on one port that can be shut down and started again with another folder."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []

    def start(self, folder: Path) -> None:
        asked = self.asked

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                if self.path == "/moved/":
                    self.send_response(301)
                    self.send_header("Location", "/rf/")
                    self.end_headers()
                else:
                    super().do_GET()

            def log_message(self, format: str, *args: object) -> None:
                pass

        serve = functools.partial(Handler, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), serve)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    found = Server()
    found.start(site)
    yield found
    found.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 360, "height": 640})
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def kept(page: Page) -> dict[str, dict[str, str]]:
    """Name of each cache → path of each file in it → the hash it is kept under."""
    found: dict[str, dict[str, str]] = page.evaluate(KEPT)
    return found


def wait_until(page: Page, state: str, wanted: object) -> None:
    """Wait until the body of an asynchronous function of `wanted` gives true."""
    asked = f"(wanted) => (async () => {{ {state} }})()"
    page.evaluate(
        f"""async (wanted) => {{
          const asked = {asked};
          for (let turn = 0; turn < 600; turn += 1) {{
            if (await asked(wanted)) return;
            await new Promise((next) => setTimeout(next, 50));
          }}
          throw new Error("never came about");
        }}""",
        wanted,
    )


def wait_for_kept(page: Page, *paths: str) -> dict[str, str]:
    """Wait until these paths are in the one cache there is; what it holds then."""
    wait_until(
        page,
        """const names = await caches.keys();
        if (names.length !== 1) return false;
        const keys = (await (await caches.open(names[0])).keys()).map((key) => new URL(key.url).pathname);
        return wanted.every((path) => keys.includes(path));""",
        list(paths),
    )
    (found,) = kept(page).values()
    return found


def visit(page: Page, server: Server, slug: str) -> dict[str, str]:
    page.goto(f"{server.address}/{slug}")
    return wait_for_kept(page, f"/{slug}", *(f"/{path}" for path in (*AT_ONCE, *CORE)))


def line(page: Page) -> str:
    return page.locator(".offline-line").inner_text()


def constants(text: str) -> tuple[str, dict[str, str]]:
    """The name of the cache and the hashes that a sw.js holds."""
    name = re.search(r'^const CACHE = "([^"]+)"', text, re.M)
    files = re.search(r"^const FILES = (\{.*?\n\});", text, re.M | re.S)
    assert name
    assert files
    return name[1], json.loads(files[1])


# --- What the build writes -------------------------------------------------------------------------


def test_the_worker_names_each_file_by_the_hash_of_its_content(site: Path, base: Base) -> None:
    name, files = constants((site / "sw.js").read_text("utf-8"))
    assert re.fullmatch(PREFIX + "[0-9a-f]{16}", name)
    for path, digest in files.items():
        content = (site / (f"{path}index.html" if path == "" or path.endswith("/") else path)).read_bytes()
        assert digest == hashlib.sha256(content).hexdigest()[:16], path
    assert {"" if page.slug == "index" else f"{page.slug}/" for page in base.pages} <= set(files)
    assert {f"downloads/{leaflet.id}-a4.pdf" for leaflet in base.leaflets} <= set(files)
    assert not [path for path in files if "handbook" in path or path.endswith((".zip", ".map", "404.html", "sw.js"))]


def test_the_name_of_the_cache_changes_with_any_content_and_with_nothing_else() -> None:
    leaflet = Download("sun", "sun-a4.pdf", "Sun", "1.0.0", "", 2, 9, "a4", "standard", None)
    files = {"index.html": b"a", "offline/index.html": b"b", "downloads/sun-a4.pdf": b"c", "x.zip": b"d"}

    def name(changed: dict[str, bytes]) -> str:
        return constants(worker({**files, **changed}, [leaflet]))[0]

    assert name({}) == name({"x.zip": b"other"})
    names = {name({path: b"other"}) for path in files if path != "x.zip"} | {name({}), name({"new/index.html": b""})}
    assert len(names) == 5


def test_it_is_small_and_knows_no_other_origin(site: Path) -> None:
    text = (site / "sw.js").read_text("utf-8")
    assert len(text) < 20_000
    assert "http" not in re.sub(r'"https?"', "", text)
    assert "importScripts" not in text


def test_the_manifest_tells_name_start_colours_and_icons(site: Path, base: Base) -> None:
    told = json.loads((site / "manifest.webmanifest").read_text("utf-8"))
    assert told == json.loads(manifest(base.site))
    assert (told["name"], told["display"], told["start_url"], told["scope"]) == (
        base.site.name,
        "standalone",
        "./",
        "./",
    )
    sizes = {(icon["sizes"], icon["purpose"], icon["type"]) for icon in told["icons"]}
    assert sizes == {
        ("192x192", "any", "image/png"),
        ("512x512", "any", "image/png"),
        ("512x512", "maskable", "image/png"),
        ("any", "any", "image/svg+xml"),
    }
    for icon in told["icons"]:
        content = (site / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert "x".join(map(str, struct.unpack(">II", content[16:24]))) == icon["sizes"]
    for path in sorted(site.glob("*/index.html")):
        assert 'rel="manifest"' in path.read_text("utf-8") or "rel=manifest" in path.read_text("utf-8"), path


def test_the_same_logo_gives_the_same_icons(site: Path) -> None:
    logo = (site / "assets/logo.svg").read_text("utf-8")
    drawn = icons(logo)
    assert drawn == icons(logo)
    for name, content in drawn.items():
        assert (site / "assets/icons" / name).read_bytes() == content


def test_the_browser_itself_finds_the_site_installable(browser: Browser, server: Server, tmp_path: Path) -> None:
    # Not in a private window: nothing is installed from one.
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=chromium_here(), args=["--no-sandbox", "--disable-background-networking"]
    )
    page = context.new_page()
    page.goto(server.address + "/")
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{server.address}/manifest.webmanifest"
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    context.close()


# --- In a browser ----------------------------------------------------------------------------------


def test_what_was_opened_opens_again_without_a_server(page: Page, server: Server, base: Base) -> None:
    visit(page, server, "rf/")
    server.stop()
    for slug in ("rf/", *CORE, *AT_ONCE[1:]):
        page.goto(f"{server.address}/{slug}")
        title = next(found.meta.title for found in base.pages if found.slug == (slug.rstrip("/") or "index"))
        assert page.locator("article h1").inner_text() == title
        assert line(page) == (
            "You are offline. This is the copy saved on your device. Its text was checked on 21 November 2026."
        )
        assert page.evaluate("document.styleSheets.length") >= 3
    server.start(Path(__file__).parent)  # for the fixture to stop


def test_tools_and_notes_work_without_a_server(page: Page, server: Server) -> None:
    visit(page, server, "self-check/")
    server.stop()
    page.goto(f"{server.address}/is-this-normal/")
    page.locator(".normal-strip input[value='3']").check(force=True)
    assert page.locator(".sign:has(#dark-marks) .badge").inner_text().startswith("Call your clinic")
    page.goto(f"{server.address}/self-check/?from=link#my-list")
    page.locator("#check-blood-thinner input").check()
    assert page.locator("#my-list .check-part:visible h3").all_inner_texts() == ["Ask your doctor first"]
    page.goto(f"{server.address}/aftercare/index.html")
    page.locator("article .mark a").first.click()
    assert page.locator(".note-card").is_visible()
    server.start(Path(__file__).parent)


@pytest.mark.parametrize("wanted", ["prp/", "downloads/handbook-a4.pdf", "no-such-page", "go/rf"])
def test_a_page_that_was_not_kept_gives_numbers_and_what_is_kept(page: Page, server: Server, wanted: str) -> None:
    visit(page, server, "rf/")
    server.stop()
    page.goto(f"{server.address}/{wanted}")
    assert page.url == f"{server.address}/{wanted}", "to load it again asks for the page that was wanted"
    assert page.locator("article h1").inner_text() == "Without internet"
    assert line(page) == "You are offline. The page you wanted is not saved on this device."
    for number in ("999", "112", "911", "000"):
        assert number in page.locator("#help ~ ul").first.inner_text()
    page.wait_for_selector(".saved-pages[data-shown]")
    shown = [link.inner_text() for link in page.locator(".saved-pages a:visible").all()]
    assert {"RF microneedling", "Get help", "Is this normal?", "Microneedling, plainly"} <= set(shown)
    assert "Needling with your own blood (PRP)" not in shown
    assert page.locator("a.md-logo").first.evaluate("link => link.href") == f"{server.address}/"
    page.get_by_role("link", name="RF microneedling").first.click()
    page.wait_for_url(f"{server.address}/rf/")
    assert page.locator("article h1").inner_text() == "RF microneedling"
    page.locator("header .get-help").click()
    page.wait_for_url(f"{server.address}/get-help/")
    assert page.locator(".care-card").count() == 3
    server.start(Path(__file__).parent)


def changed(site: Path, folder: Path) -> Path:
    """Another build: the page on RF says something else, and the worker is made anew."""
    shutil.copytree(site, folder)
    path = folder / "rf/index.html"
    path.write_text(re.sub(r"(<h1[^>]*>)[^<]+", r"\1Second text", path.read_text("utf-8")), "utf-8")
    files = {item.relative_to(folder).as_posix(): item.read_bytes() for item in folder.rglob("*") if item.is_file()}
    (folder / "sw.js").write_text(worker(files, []), "utf-8")
    return folder


def test_a_new_build_replaces_the_old_at_the_next_visit(page: Page, server: Server, site: Path, tmp_path: Path) -> None:
    before = visit(page, server, "rf/")
    (old,) = kept(page)
    second = changed(site, tmp_path / "second")
    second_name, second_files = constants((second / "sw.js").read_text("utf-8"))
    assert second_name != old
    server.stop()
    server.asked.clear()
    server.start(second)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    page.goto(f"{server.address}/get-help/")
    wait_until(page, "return JSON.stringify(await caches.keys()) === JSON.stringify([wanted])", second_name)
    after = wait_for_kept(page, "/rf/", "/get-help/")
    assert after["/rf/"] == second_files["rf/"] != before["/rf/"], "what changed is fetched again unasked"
    same = {path for path in before if path != "/rf/"}
    assert {path: after[path] for path in same} == {path: before[path] for path in same}
    assert "/is-this-normal/" not in server.asked, "what is the same is not sent again"
    assert loads == [f"{server.address}/get-help/"], "nothing loads itself again"
    server.stop()
    page.goto(f"{server.address}/rf/")
    assert "Second text" in page.locator("article h1").inner_text()
    server.start(second)


def test_with_a_network_the_newest_text_is_shown_at_once(
    page: Page, server: Server, site: Path, tmp_path: Path
) -> None:
    visit(page, server, "rf/")
    server.stop()
    server.start(changed(site, tmp_path / "second"))
    page.goto(f"{server.address}/rf/")
    assert "Second text" in page.locator("article h1").inner_text()
    assert line(page) == ""


def test_errors_moves_and_other_places_are_not_kept(page: Page, server: Server, site: Path) -> None:
    visit(page, server, "rf/")
    for path in ("nowhere/", "moved/", "_headers", "downloads/index.json", "api/facts.json"):
        page.evaluate("path => fetch(path).then((answer) => answer.text())", f"/{path}")
    page.goto(f"{server.address}/nowhere/")
    page.goto(f"{server.address}/moved/")
    assert page.url == f"{server.address}/rf/"
    _, files = constants((site / "sw.js").read_text("utf-8"))
    found = wait_for_kept(page, "/rf/")
    assert set(found) <= {f"/{path}" for path in files}
    assert all(digest == files[path[1:]] for path, digest in found.items()), "each under the hash of its content"


def test_who_saves_data_keeps_only_what_was_opened_and_help(page: Page, server: Server) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.goto(f"{server.address}/rf/")
    found = wait_for_kept(page, "/rf/", "/get-help/", f"/{OFFLINE}")
    page.goto(f"{server.address}/prp/")
    found = wait_for_kept(page, "/prp/")
    assert {path for path in found if path.endswith("/")} == {"/rf/", "/prp/", "/get-help/", f"/{OFFLINE}"}


def test_a_leaflet_that_was_opened_is_kept_too(page: Page, server: Server) -> None:
    visit(page, server, "rf/")
    page.evaluate("fetch('/downloads/aftercare-a4.pdf').then((answer) => answer.arrayBuffer())")
    wait_for_kept(page, "/downloads/aftercare-a4.pdf")
    server.stop()
    head = page.evaluate("fetch('/downloads/aftercare-a4.pdf').then((answer) => answer.text())")
    assert head.startswith("%PDF-")
    server.start(Path(__file__).parent)


def test_losing_the_network_while_reading_is_said_and_finding_it_again_too(
    context: BrowserContext, page: Page, server: Server
) -> None:
    visit(page, server, "rf/")
    status = page.get_by_role("status").and_(page.locator(".offline-line"))
    assert status.inner_text() == ""
    context.set_offline(True)
    page.wait_for_function("document.querySelector('.offline-line').textContent")
    assert line(page).startswith("You are offline. You can go on reading this page. Its text was checked on 21")
    context.set_offline(False)
    page.wait_for_function("!document.querySelector('.offline-line').textContent")


def test_a_site_in_a_folder_works_too(page: Page, server: Server, site: Path, tmp_path: Path) -> None:
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "site").symlink_to(site)
    server.stop()
    server.start(tmp_path / "under")
    page.goto(f"{server.address}/site/rf/")
    wait_for_kept(page, "/site/rf/", "/site/get-help/", "/site/")
    server.stop()
    page.goto(f"{server.address}/site/prp/")
    assert page.locator("article h1").inner_text() == "Without internet"
    page.locator("header .get-help").click()
    page.wait_for_url(f"{server.address}/site/get-help/")
    assert page.locator("article h1").inner_text() == "Get help"
    server.start(tmp_path)


def test_without_a_worker_nothing_breaks(browser: Browser, server: Server) -> None:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{server.address}/aftercare/")
    page.wait_for_load_state("networkidle")
    assert errors == []
    assert page.locator("article h1").is_visible()
    context.close()


def test_it_keeps_nothing_but_files_of_the_site(context: BrowserContext, page: Page, server: Server) -> None:
    visit(page, server, "rf/")
    assert context.cookies() == []
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("sessionStorage.length") == 0
    assert [name for name in kept(page) if not name.startswith(PREFIX)] == []
    assert server.asked
    assert all(path.startswith("/") for path in server.asked)

"""Shared fixtures: the real base, the site built once, a server for it and a real browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from factbase.base import Base
from factbase.check import load_and_check
from factbase.turn import alone

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("mkdocs.yml", "data", "docs", "hooks", "theme")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def copy_project(target: Path) -> Path:
    """A copy of what a build needs, so that a test may break it."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / part)
    return target


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m factbase …` in a copy of the project, with the copy's own hooks."""
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "factbase", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def base() -> Base:
    """The real fact base, checked."""
    found, problems = load_and_check(ROOT)
    assert not problems, "\n".join(map(str, problems))
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to break."""
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make build` writes it, built once for all who test side by side. Nobody changes it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "whole"
    with alone(folder):
        if not (folder / "project/site").exists():
            (folder / "project").mkdir()
            done = run(copy_project(folder / "project"), "build")
            assert done.returncode == 0, done.stdout + done.stderr
    return folder / "project/site"


@pytest.fixture(scope="session", autouse=True)
def _wait_for_scripts() -> Iterator[None]:
    """A page's scripts are loaded after it: a test that opens a page finds them at work."""
    there = "document.documentElement.dataset.late !== 'waiting'"

    def waiting(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def done(page: Page, *arguments: Any, **named: Any) -> Any:
            answer = method(page, *arguments, **named)
            for _ in range(1000):  # a page whose scripts never come is left to the test
                try:
                    if page.evaluate(there):
                        break
                except Error:
                    pass  # the page leads on to another
                page.wait_for_timeout(10)
            return answer

        return done

    with pytest.MonkeyPatch.context() as patch:
        for name in ("goto", "reload"):
            patch.setattr(Page, name, waiting(getattr(Page, name)))
        yield


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built site on a server of its own, without a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def chromium_here() -> str | None:
    """The machine's own Chromium, if it has one."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    return str(MAC_CHROME) if found is None and MAC_CHROME.exists() else found


def chromium(playwright: Playwright) -> Browser:
    """A real Chromium: the machine's own, or else the one Playwright brings."""
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    try:
        return playwright.chromium.launch(executable_path=chromium_here(), args=arguments)
    except Error:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    try:
        return playwright.chromium.launch(args=arguments)
    except Error:
        pytest.exit("The tests need a browser: install Chromium (on Debian: apt install chromium).", 1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a session."""
    with sync_playwright() as playwright:
        found = chromium(playwright)
        yield found
        found.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone screen, 360 by 640."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    yield context.new_page()
    context.close()

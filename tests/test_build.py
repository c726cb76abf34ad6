"""A build swaps the site in whole or not at all: whatever goes wrong, the last good site stays as it is."""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import small
from conftest import copy_project, run

MARK = "A mark of the last good site."


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a good site, built once."""
    root = small.project(tmp_path_factory.mktemp("good"))
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def root(good: Path, tmp_path: Path) -> Path:
    """A copy of it to break. The copy's site carries a mark, so that a new build would show."""
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    (tmp_path / "site" / "mark.txt").write_text(MARK, "utf-8")
    return tmp_path


def change(root: Path, changes: small.Changes) -> None:
    """Put only these files anew, and leave the rest of the project as it is."""
    for name, text in changes.items():
        assert isinstance(text, str)
        (root / name).write_text(text, "utf-8")


def bad_data(root: Path) -> None:
    change(root, small.appended("data/search.yml", "x: *a\n"))


def bad_page(root: Path) -> None:
    change(root, small.appended("docs/index.md", "\nIt is red.\n"))


def broken_link(root: Path) -> None:
    # A link in the home page's ways in, to pages that the small project does not have: only MkDocs sees it.
    change(root, small.swapped("docs/index.md", "## Does it help?", "[[ways-in]]\n\n## Does it help?"))


def gate_problem(root: Path) -> None:
    # A theme that adds a statement: only the gate sees it.
    main = root / "theme" / "main.html"
    text = main.read_text("utf-8")
    assert text.count("</article>") == 1
    main.write_text(text.replace("</article>", "<p>Needling is safe.</p></article>"), "utf-8")


def page_outside_the_menu(root: Path) -> None:
    change(root, {"docs/more.md": small.page_text("Is it?\n", title="More")})


def broken_template(root: Path) -> None:
    (root / "theme" / "main.html").write_text("{% extends 'base.html' %}{% block x %}", "utf-8")


def broken_settings(root: Path) -> None:
    (root / "mkdocs.yml").write_text("site_name: [\n", "utf-8")


def failing_hook(root: Path) -> None:
    with (root / "hooks" / "mkdocs_adapter.py").open("a", encoding="utf-8") as hook:
        hook.write("\n\ndef on_post_build(config):\n    raise OSError('disk full')\n")


def silent_death(root: Path) -> None:
    # MkDocs writes a page that looks good and is then killed without a word.
    package = root / "hooks" / "mkdocs"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    page = "<html><body><article><h1>Hello</h1></article></body></html>"
    lines = ["import pathlib, sys", f"(pathlib.Path(sys.argv[-1]) / 'index.html').write_text({page!r})", "sys.exit(3)"]
    (package / "__main__.py").write_text("\n".join(lines), "utf-8")


FAULTS: tuple[tuple[Callable[[Path], None], str], ...] = (
    (bad_data, "Y05 data/search.yml:5:4: "),
    (bad_page, "P11 docs/index.md:"),
    (broken_link, "procedure.md"),
    (gate_problem, "G04 index.html:"),
    (page_outside_the_menu, "more.md"),
    (broken_template, "B01 mkdocs.yml:1:1: "),
    (broken_settings, "B01 mkdocs.yml:1:1: "),
    (failing_hook, "disk full"),
    (silent_death, "exit code 3"),
)


@pytest.mark.parametrize(("spoil", "said"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_a_failed_build_leaves_the_last_good_site_byte_for_byte(
    root: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(root)
    site, rest = snapshot(root / "site"), {name for name in snapshot(root) if not name.startswith("build/pdf/")}
    done = run(root, "build")
    assert done.returncode == 1
    assert said in done.stderr
    assert snapshot(root / "site") == site
    assert {name for name in snapshot(root) if not name.startswith("build/pdf/")} == rest
    assert not list((root / "build").glob("site-*"))


@pytest.mark.parametrize("spoil", [bad_data, gate_problem])
def test_a_failed_first_build_leaves_no_site(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    root = small.project(tmp_path)
    spoil(root)
    assert run(root, "build").returncode == 1
    assert not (root / "site").exists()
    assert not list((root / "build").glob("site-*"))


def test_a_good_build_swaps_the_site(root: Path) -> None:
    change(root, small.swapped("docs/healing.md", "more Can I swim?", "more May I bathe?"))
    done = run(root, "build")
    assert (done.returncode, done.stderr) == (0, "")
    site = snapshot(root / "site")
    assert "mark.txt" not in site
    assert b"May I bathe?" in site["healing/index.html"]
    assert not list((root / "build").glob("site-*"))


def test_a_build_may_leave_the_pdfs_out(root: Path) -> None:
    assert run(root, "build", "--without-pdfs").returncode == 0
    site = snapshot(root / "site")
    assert "healing/index.html" in site
    assert not [name for name in site if name.endswith(".pdf")]


def test_a_site_that_may_be_served_is_readable_by_all(good: Path) -> None:
    assert (good / "site").stat().st_mode & 0o777 == 0o755


LATER = """
import datetime, time

SHIFT = datetime.timedelta(days=40, hours=5)
now = time.time


class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + SHIFT


datetime.datetime = Later
time.time = lambda: now() + SHIFT.total_seconds()
"""
"""Python reads it when it starts: a clock that is 40 days ahead, for the build and all processes that it starts."""


def built_later(root: Path) -> Path:
    """The site of a project, built 40 days later."""
    (root / "hooks" / "sitecustomize.py").write_text(LATER, "utf-8")
    said = "import datetime, time; print(datetime.date.today(), datetime.datetime.now().date(), time.time())"
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks")}
    today = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)
    days = today.stdout.split()[:2]
    assert all(date.fromisoformat(day) - date.today() >= timedelta(days=40) for day in days), days
    done = run(root, "build")
    assert done.returncode == 0, done.stderr
    return root / "site"


def differing(one: Path, other: Path) -> list[str]:
    """Names of files that are not the same, byte for byte, in two folders."""
    first, second = snapshot(one), snapshot(other)
    return [name for name in first | second if first.get(name) != second.get(name)]


def test_the_same_input_gives_the_same_bytes_on_another_path_and_another_day(site: Path, tmp_path: Path) -> None:
    (tmp_path / "somewhere" / "else").mkdir(parents=True)
    later = built_later(copy_project(tmp_path / "somewhere" / "else"))
    assert len(str(later)) != len(str(site))
    assert differing(site, later) == []
    endings = {path.suffix for path in (later / "downloads").iterdir()}
    assert {".pdf", ".zip"} <= endings


def test_a_site_with_an_address_has_the_same_bytes_on_another_path_and_another_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only with an address has it a site map, QR codes and previews.
    monkeypatch.setenv("SITE_URL", "https://example.org/plain/")
    here, there = tmp_path / "here", tmp_path / "there" / "and" / "further"
    here.mkdir()
    there.mkdir(parents=True)
    assert run(small.project(here), "build").returncode == 0
    assert differing(here / "site", built_later(small.project(there))) == []
    site_map = (here / "site" / "sitemap.xml").read_text("utf-8")
    told = re.findall(r"<loc>https://example.org/plain/healing/</loc>\s*<lastmod>([^<]+)</lastmod>", site_map)
    checked = re.findall(r"^checked: (.+)$", (here / "docs" / "healing.md").read_text("utf-8"), re.M)
    assert told == checked != []
    assert gzip.decompress((here / "site" / "sitemap.xml.gz").read_bytes()).decode() == site_map


def test_mkdocs_run_directly_with_bad_data_leaves_its_folder_alone(root: Path) -> None:
    bad_data(root)
    before = snapshot(root / "site")
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=root, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Y05 data/search.yml:5:4: " in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(root / "site") == before


def test_the_built_site_holds_every_page_and_the_open_data(good: Path) -> None:
    site = snapshot(good / "site")
    assert {"index.html", "healing/index.html", "404.html", "api/facts.json", "api/sources.json"} <= set(site)
    assert b"old-redness" in site["api/facts.json"]


def test_the_gate_judges_a_built_site_by_itself(root: Path) -> None:
    assert run(root, "gate").returncode == 0
    page = root / "site" / "healing" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</article>", "<p>It is red.</p></article>"), "utf-8")
    done = run(root, "gate")
    assert done.returncode == 1
    assert done.stderr.startswith("G04 healing/index.html:")


def limited(root: Path, most: int) -> subprocess.CompletedProcess[str]:
    """A build in which no file may grow beyond `most` bytes: what a full disk does, at any moment one likes."""

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # or else the system ends the process
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "factbase", "build"]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, preexec_fn=full
    )


@pytest.mark.parametrize("most", [0, 3_000, 20_000, 60_000])
def test_a_full_disk_is_a_clear_line_and_leaves_the_last_good_site(root: Path, most: int) -> None:
    change(root, small.swapped("docs/healing.md", "more Can I swim?", "more May I bathe?"))
    before = snapshot(root / "site")
    done = limited(root, most)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert lines
    assert all(re.match(r"[A-Z]\d\d \S+:\d+:\d+: ", line) for line in lines), done.stderr
    assert snapshot(root / "site") == before


@pytest.mark.parametrize("seen", ["site-*", "site-*/index.html", "site-*/api/facts.json"])
def test_a_build_killed_in_the_middle_leaves_the_last_good_site(root: Path, seen: str) -> None:
    change(root, small.swapped("docs/healing.md", "more Can I swim?", "more May I bathe?"))
    before = snapshot(root / "site")
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "factbase", "build"]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as building:
        while building.poll() is None and not list((root / "build").glob(seen)):
            time.sleep(0.005)
        os.killpg(building.pid, signal.SIGKILL)
    assert building.returncode == -signal.SIGKILL, "it was still at work"
    assert snapshot(root / "site") == before
    done = run(root, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert b"May I bathe?" in (root / "site" / "healing" / "index.html").read_bytes()
    assert not list((root / "build").glob("site-*")), "what the killed build left is gone"


def test_two_builds_at_once_both_give_the_whole_site(root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "factbase", "build"]
    both = [
        subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [building.communicate()[1].decode() for building in both]
    assert [building.returncode for building in both] == [0, 0], said
    assert "mark.txt" not in snapshot(root / "site")
    assert (root / "site" / "healing" / "index.html").is_file()
    assert not list((root / "build").glob("site-*"))

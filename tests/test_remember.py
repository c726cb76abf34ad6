"""What was made of the same files is remembered only while nothing that it depends on has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import small
from conftest import run
from test_build import snapshot

from factbase import prepare, remember
from factbase.pdf.last import keep_last, last
from factbase.prepare import Prepared


@pytest.fixture
def project(tmp_path: Path) -> Path:
    small.write(tmp_path)
    return tmp_path


def test_a_good_base_is_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, problems = remember.checked(project)
    assert not problems
    monkeypatch.setattr(remember, "load_and_check", lambda root: pytest.fail("read again"))
    second, problems = remember.checked(project)
    assert not problems
    assert second == first


@pytest.mark.parametrize("name", ["data/site.yml", "data/search.yml"])
def test_any_change_of_a_file_is_seen(project: Path, name: str) -> None:
    remember.checked(project)
    path = project / name
    path.write_text(path.read_text("utf-8") + "\nnonsense: [\n", "utf-8")
    _, problems = remember.checked(project)
    assert any(problem.place.file == name for problem in problems)


def test_a_bad_base_is_not_remembered(project: Path) -> None:
    (project / "data/site.yml").write_text("nonsense", "utf-8")
    assert remember.checked(project)[1]
    made = Prepared(project)
    made.keep()
    assert made.problems
    assert not (project / remember.BASE).exists()
    assert not (project / remember.PAGES).exists()


@pytest.mark.parametrize("name", [remember.BASE, remember.PAGES])
def test_a_damaged_memory_is_made_anew(project: Path, name: Path) -> None:
    first = Prepared(project)
    first.keep()
    path = project / name
    path.write_bytes(path.read_bytes()[:200])
    base, problems = remember.checked(project)
    assert base.facts
    assert not problems
    assert Prepared(project).pages == first.pages


def test_rendered_pages_are_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Prepared(project)
    first.keep()
    monkeypatch.setattr(prepare, "load", lambda root: pytest.fail("read again"))
    second = Prepared(project)
    assert (second.base, second.pages) == (first.base, first.pages)


def test_a_page_that_changes_is_rendered_anew(project: Path) -> None:
    Prepared(project).keep()
    path = project / "docs/healing.md"
    path.write_text(path.read_text("utf-8").replace("Can I swim?", "May I bathe?"), "utf-8")
    made = Prepared(project)
    assert made.pages
    assert "May I bathe?" in made.pages["healing.md"].rendered.markdown


def test_checking_beside_rendering_finds_what_checking_alone_finds(project: Path) -> None:
    path = project / "docs/healing.md"
    path.write_text(path.read_text("utf-8") + "\n[[fact:nothing]]\n\nIt is red.\n", "utf-8")
    problems = remember.checked(project)[1]
    assert problems
    assert Prepared(project).problems == problems


def test_the_last_pdfs_are_taken_again_only_for_the_same_key_address_and_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SITE_URL", "URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "mkdocs.yml").write_text("nav: [a.md]\n", "utf-8")
    made = tmp_path / "made"
    made.mkdir()
    (made / "a.pdf").write_bytes(b"%PDF")
    keep_last(tmp_path, b"key", made)
    assert last(tmp_path, b"key", tmp_path / "one")
    assert snapshot(tmp_path / "one") == {"a.pdf": b"%PDF"}
    assert not last(tmp_path, b"other", tmp_path / "two")
    assert not last(tmp_path, b"", tmp_path / "two")
    monkeypatch.setitem(os.environ, "SITE_URL", "https://example.org")
    assert not last(tmp_path, b"key", tmp_path / "two")
    monkeypatch.delenv("SITE_URL")
    (tmp_path / "mkdocs.yml").write_text("nav: [b.md]\n", "utf-8")
    assert not last(tmp_path, b"key", tmp_path / "two")
    assert not (tmp_path / "two").exists()


def test_a_build_from_memory_gives_the_same_bytes(tmp_path: Path) -> None:
    root = small.project(tmp_path)
    assert run(root, "build").returncode == 0
    first = snapshot(root / "site")
    assert run(root, "build").returncode == 0
    assert snapshot(root / "site") == first

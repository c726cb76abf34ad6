"""A base is remembered only while nothing that it depends on has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import small

from factbase import remember


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
    assert not (project / remember.CACHE).exists()


def test_a_damaged_memory_is_read_anew(project: Path) -> None:
    remember.checked(project)
    path = project / remember.CACHE
    path.write_bytes(path.read_bytes()[:200])
    base, problems = remember.checked(project)
    assert base.facts
    assert not problems

"""Facts flow one way: the code's imports against the groups of ARCHITECTURE.md, and the picture drawn of them."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import architecture


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The hooks, the page and the picture, to break."""
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__", "templates"))
    for name in (architecture.PAGE, architecture.PICTURE):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_imports_follow_the_flow_and_the_picture_shows_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert architecture.main(check=True) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("model.py", "from factbase.base import Base", ""),
        ("model.py", "import factbase.load", "model (model) imports load (read), which is further down"),
        ("model.py", "from factbase import gate", "model (model) imports gate (judge), which is further down"),
        ("rules/facts.py", "from factbase.parts import PARTS", "rules/facts (check) imports parts/ (pages)"),
        ("pdf/index.py", "def late():\n    from factbase.render import Rendered", "imports render (pages)"),
        ("stray.py", "", "stray belongs to 0 groups"),
    ],
)
def test_an_import_against_the_flow_is_found(
    copy: Path, capsys: pytest.CaptureFixture[str], module: str, line: str, said: str
) -> None:
    with (copy / "hooks/factbase" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    assert architecture.main(copy, check=True) == (1 if said else 0)
    assert said in capsys.readouterr().out


def test_a_group_that_names_a_module_twice_or_one_that_is_gone_is_found(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = copy / architecture.PAGE
    page.write_text(page.read_text("utf-8").replace("| `gate` |", "| `gate`, `base`, `gone` |"), "utf-8")
    assert architecture.main(copy, check=True) == 1
    said = capsys.readouterr().out
    assert "base belongs to 2 groups" in said
    assert "names `gone` in judge, which is not there" in said


def test_a_picture_that_is_out_of_date_is_found_and_drawn_anew(copy: Path) -> None:
    drawn = (ROOT / architecture.PICTURE).read_text("utf-8")
    (copy / architecture.PICTURE).write_text(drawn.replace("model", "modal"), "utf-8")
    assert architecture.main(copy, check=True) == 1
    assert architecture.main(copy) == 0
    assert (copy / architecture.PICTURE).read_text("utf-8") == drawn


def test_the_picture_shows_every_group_and_arrows_only_downwards() -> None:
    drawn = (ROOT / architecture.PICTURE).read_text("utf-8")
    rows = architecture.groups((ROOT / architecture.PAGE).read_text("utf-8"))
    assert sorted(re.findall(r'class="name"[^>]+>(\w+)<', drawn)) == sorted(row.name for row in rows)
    arrows = re.findall(r'<path d="M\d+ (\d+)(?=\D).*?(?:V(\d+)(?:H\d+)?| (\d+))"/>', drawn)
    assert len(arrows) == len(re.findall(r"\w+ to \w+", drawn))
    assert all(int(start) < int(down or end) for start, down, end in arrows)


def test_the_judge_knows_nothing_of_how_the_site_was_made() -> None:
    rows = {row.name: row for row in architecture.groups((ROOT / architecture.PAGE).read_text("utf-8"))}
    used = {one for one, user in architecture.imports(ROOT / "hooks") if rows["judge"].holds(user)}
    assert all(rows["ground"].holds(name) or rows["model"].holds(name) for name in used), used

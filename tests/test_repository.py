"""What holds for the repository as a whole."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from conftest import ROOT

HOOKS = sorted((ROOT / "hooks").rglob("*.py"))
TEXT = [
    path
    for pattern in ("*.md", "*.toml", "*.yml", "*.txt", "Makefile", ".ci/run")
    for path in ROOT.glob(pattern)
    if path.is_file()
] + [path for folder in ("data", "docs", "hooks", "theme", "tests", "tools") for path in (ROOT / folder).rglob("*.*")]
ADAPTER = ROOT / "hooks" / "mkdocs_adapter.py"


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_one_module_knows_mkdocs() -> None:
    knowing = [path for path in HOOKS if any(name.split(".")[0] == "mkdocs" for name in imported(path))]
    assert knowing == [ADAPTER]


def test_rules_readers_and_writers_do_not_know_each_other() -> None:
    package = ROOT / "hooks" / "factbase"
    for path in (package / "rules").glob("*.py"):
        assert not imported(path) & {"factbase.load", "factbase.render", "factbase.writer"}, path
    for name in ("model", "page", "shape", "yamlread"):
        assert not imported(package / f"{name}.py") & {"factbase.load", "factbase.check", "factbase.render"}, name


def test_every_code_is_explained_and_every_explained_code_exists() -> None:
    used = {code for path in HOOKS for code in re.findall(r'"([A-Z]\d\d)"', path.read_text("utf-8"))}
    used |= set(re.findall(r"f\"([A-Z]\d\d) ", (ROOT / "hooks/factbase/build.py").read_text("utf-8")))
    explained = set(re.findall(r"^\| ([A-Z]\d\d) \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M))
    assert used == explained


def test_dependencies_are_pinned_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^([a-z0-9-]+)==", text, re.M)
        assert {"mkdocs", "mkdocs-material", "pymdown-extensions", "pyyaml"} <= set(pins)
        blocks = re.split(r"^(?=[a-z])", text, flags=re.M)
        assert all("--hash=sha256:" in block for block in blocks if "==" in block)
        assert "index-url" not in text
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "mkdocs==1.6.1" in project["dependencies"]
    assert any(re.fullmatch(r"mkdocs-material==9\.8\.\d+", name) for name in project["dependencies"])


def test_no_path_of_a_machine_stands_in_the_repository() -> None:
    for path in TEXT:
        if path.suffix in (".md", ".py", ".yml", ".toml", ".css", ".js", ".html", ".svg", ".txt", ""):
            text = path.read_text("utf-8", errors="replace")
            assert not re.search(r"(?<![\w.])/(work|root|home)/\w", text), path


def test_the_readme_names_the_two_commands_and_ci_calls_the_same() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make serve" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")
    assert "make build" in (ROOT / "netlify.toml").read_text("utf-8")

"""Projects of any size, made up: facts in files of 500, on pages of a few facts each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from measure import ROOT

SOURCES = 200
SECTION = 20
"""Pages in a section of the menu."""


def project(folder: Path, facts: int, on_page: int) -> None:
    """Data and pages of `facts` facts, `on_page` on each page; the rest of the data is empty."""
    data, docs = folder / "data", folder / "docs"
    (data / "facts").mkdir(parents=True)
    docs.mkdir()
    for path in (ROOT / "data").glob("*.yml"):
        (data / path.name).write_text("")
    (data / "links-published.json").write_text("")
    shutil.copy(ROOT / "data/site.yml", data)
    (data / "wording.yml").write_text((ROOT / "data/wording.yml").read_text().split("  waivers:")[0])
    source = "source-{0}:\n  type: webpage\n  title: Source {0}\n  URL: https://example.org/{0}\n  kind: review\n"
    source += "  accessed: 2026-11-20\n  read: full\n  via: official\n"
    (data / "sources.yml").write_text("".join(source.format(number) for number in range(min(SOURCES, facts))))
    for start in range(0, facts, 500):
        texts = [_fact(number) for number in range(start, min(facts, start + 500))]
        (data / "facts" / f"topic-{start}.yml").write_text("\n".join(texts))
    for start in range(0, facts, on_page):
        lines = [f"- [[fact:fact-{number}]]" for number in range(start, min(facts, start + on_page))]
        body = "\n\n".join(
            "\n".join(lines[i : i + 5]) + f"\n\n## Part {i}? {{#part-{i}}}" for i in range(0, len(lines), 5)
        )
        front = f"---\ntitle: Page {start}\ndescription: A page.\ntreatment: needling\nchecked: 2026-11-21\n---\n\n"
        (docs / f"page-{start}.md").write_text(front + body + "\n")


def menu(folder: Path) -> str:
    """The pages of a project in sections, as the `nav` of a mkdocs.yml."""
    pages = sorted(path.name for path in (folder / "docs").glob("*.md"))
    sections = [{f"Section {i // SECTION}": pages[i : i + SECTION]} for i in range(0, len(pages), SECTION)]
    return yaml.safe_dump({"nav": sections})


def equip(folder: Path) -> None:
    """Give a project of made-up data our program, theme and settings."""
    for part in ("hooks", "theme"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets", dirs_exist_ok=True)
    settings = re.sub(r"^nav:\n(?:[ #-].*\n|\n)*", "", (ROOT / "mkdocs.yml").read_text(), flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(settings + menu(folder))


def _fact(number: int) -> str:
    return (
        f"fact-{number}:\n  claim: Mild heat in group {number} went down by day three.\n  kind: course\n"
        f"  applies_to: [needling]\n  evidence:\n    - {{source: source-{number % SOURCES}, locator: Results, "
        f"relation: supports, says: It went down by day {number % 7 + 1}.}}\n"
    )

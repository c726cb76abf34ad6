"""Our site beside plain mkdocs-material on the Markdown that our pages become, source notes included."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from measure import PLAIN, ROOT, Cost, factbase, measured, mkdocs

from factbase.check import load_and_check
from factbase.render import render_page

ROUNDS = 5


class Pair(NamedTuple):
    """Two projects with the same Markdown."""

    ours: Path
    plain: Path


@contextmanager
def pair() -> Iterator[Pair]:
    """A copy of this project, and the plain theme with what its pages become."""
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name) / "ours", Path(name) / "plain"
        for part in ("data", "docs", "hooks", "theme"):
            shutil.copytree(ROOT / part, ours / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", ours)
        whole_pages(ours, plain / "docs")
        (plain / "mkdocs.yml").write_text(PLAIN)
        yield Pair(ours, plain)


def whole_pages(project: Path, docs: Path) -> None:
    """Write the pages of a project as Markdown that says all that they say: article, definitions, source notes."""
    base, problems = load_and_check(project)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    for page in base.pages:
        rendered = render_page(page, base)
        path = docs / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{rendered.markdown}\n{rendered.after}\n", "utf-8")


def times(both: Pair) -> None:
    """The whole build (pages, finishing, gate) in turns with the plain theme, best of all rounds; PDFs apart.

    `first` remembers nothing (no `.cache`) but the PDFs; `again` has the same files as before.
    """
    ours, plain = both
    made = measured(factbase("pdf", str(ours / "pdf")), ours)
    again = measured(factbase("pdf", str(ours / "pdf")), ours)
    measured(factbase("build"), ours)
    found: dict[str, list[Cost]] = {"build, first": [], "build, again": [], "plain theme": []}
    for _ in range(ROUNDS):
        shutil.rmtree(ours / ".cache", ignore_errors=True)
        found["build, first"].append(measured(factbase("build"), ours))
        found["build, again"].append(measured(factbase("build"), ours))
        found["plain theme"].append(measured(mkdocs(plain / "site"), plain))
    best = {name: min(costs) for name, costs in found.items()}
    for name, cost in best.items():
        ratio = cost.seconds / best["plain theme"].seconds
        print(f"{name}: {cost.seconds:.2f} s {cost.memory:.0f} MB ({ratio:.2f} of the plain theme)")
    print(f"PDFs: {made.seconds:.2f} s {made.memory:.0f} MB; unchanged {again.seconds:.2f} s")

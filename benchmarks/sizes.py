"""How cost grows: load and check by facts, and the whole build by pages beside the plain theme."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from beside import whole_pages
from measure import PLAIN, Cost, factbase, growth, measured, mkdocs
from synthetic import equip, menu, project

FACTS = (500, 5_000, 20_000)
PAGES = (20, 200, 2_000)
ON_PAGE = 5


def loads_and_checks() -> None:
    """Load and check at each size, and the exponent by which time grows."""
    costs: dict[int, Cost] = {}
    for size in FACTS:
        with tempfile.TemporaryDirectory() as name:
            project(Path(name), size, 25)
            costs[size] = measured(factbase("check"), Path(name))
            print(f"load and check {size:6,} facts: {costs[size].seconds:6.2f} s {costs[size].memory:6.0f} MB")
    print(f"growth of load and check: exponent {growth(costs):.2f} (1 is linear)")


def pages() -> None:
    """The build without PDFs of made-up sites beside the plain theme on the same Markdown, in turns."""
    costs: dict[int, Cost] = {}
    for size in PAGES:
        with tempfile.TemporaryDirectory() as name:
            ours, plain = Path(name) / "ours", Path(name) / "plain"
            project(ours, size * ON_PAGE, ON_PAGE)
            equip(ours)
            whole_pages(ours, plain / "docs")
            (plain / "mkdocs.yml").write_text(PLAIN + menu(plain))
            rounds: list[tuple[Cost, Cost, Cost]] = []
            for _ in range(1 if size > 1_000 else 3):
                shutil.rmtree(ours / ".cache", ignore_errors=True)
                cold, warm = (measured(factbase("build", "--without-pdfs"), ours) for _ in range(2))
                rounds.append((cold, warm, measured(mkdocs(plain / "site"), plain)))
            cold, warm, stock = (min(each) for each in zip(*rounds, strict=True))
            costs[size] = cold
            for step, cost in (("first", cold), ("again", warm), ("plain", stock)):
                ratio = cost.seconds / stock.seconds
                print(f"{size:5,} pages, {step}: {cost.seconds:6.2f} s {cost.memory:5.0f} MB ({ratio:.2f} of plain)")
    print(f"growth of the build: exponent {growth(costs):.2f} (1 is linear)")

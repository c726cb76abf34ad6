"""Measure what time limits in tests must not: load and check by size, and the whole build beside the plain theme.

    make bench

Prints one line per measurement. Nothing here passes or fails.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (500, 5_000, 20_000)
SOURCES = 200
EMPTY = "addresses search heard heard-set-aside terms left-out corrections reviews healing conditions leaflets links "
EMPTY += "pictures"
PLAIN = """\
site_name: Plain
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables, {toc: {permalink: true}}]
"""


def synthetic(folder: Path, count: int) -> None:
    """A project of `count` facts in files of 500, each printed on a page of 25."""
    data, docs = folder / "data", folder / "docs"
    (data / "facts").mkdir(parents=True)
    docs.mkdir()
    shutil.copy(ROOT / "data/site.yml", data)
    for name in EMPTY.split():
        (data / f"{name}.yml").write_text("")
    (data / "links-published.json").write_text("")
    shutil.copy(ROOT / "data/wording.yml", data)
    (data / "wording.yml").write_text((data / "wording.yml").read_text().split("  waivers:")[0])
    source = "source-{0}:\n  type: webpage\n  title: Source {0}\n  URL: https://example.org/{0}\n  kind: review\n"
    source += "  accessed: 2026-11-20\n  read: full\n  via: official\n"
    (data / "sources.yml").write_text("".join(source.format(number) for number in range(SOURCES)))
    for start in range(0, count, 500):
        facts = [_fact(number) for number in range(start, min(count, start + 500))]
        (data / "facts" / f"topic-{start}.yml").write_text("\n".join(facts))
    for start in range(0, count, 25):
        lines = [f"- [[fact:fact-{number}]]" for number in range(start, min(count, start + 25))]
        body = "\n\n".join(
            "\n".join(lines[i : i + 5]) + f"\n\n## Part {i}? {{#part-{i}}}" for i in range(0, len(lines), 5)
        )
        front = f"---\ntitle: Page {start}\ndescription: A page.\ntreatment: needling\nchecked: 2026-11-21\n---\n\n"
        (docs / f"page-{start}.md").write_text(front + body + "\n")


def _fact(number: int) -> str:
    return (
        f"fact-{number}:\n  claim: Mild heat in group {number} went down by day three.\n  kind: course\n"
        f"  applies_to: [needling]\n  evidence:\n    - {{source: source-{number % SOURCES}, locator: Results, "
        f"relation: supports, says: It went down by day {number % 7 + 1}.}}\n"
    )


def measured(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of a command that must succeed."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(
            f"{' '.join(command)} failed: {process.stderr.read().decode()[-2000:] if process.stderr else ''}"
        )
    return seconds, usage.ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))


def load_and_check() -> None:
    """Load and check at each size, and the exponent by which time grows."""
    times = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            synthetic(Path(name), size)
            seconds, memory = measured([sys.executable, "-m", "factbase", "check"], Path(name))
            times.append(seconds)
            print(f"load and check {size:6,} facts: {seconds:6.2f} s {memory:6.0f} MB")
    growth = math.log(times[-1] / times[1]) / math.log(SIZES[-1] / SIZES[1])
    print(f"growth from {SIZES[1]:,} to {SIZES[-1]:,} facts: exponent {growth:.2f} (1 is linear)")


def build_beside_plain() -> None:
    """Our site (MkDocs, then the gate) beside plain mkdocs-material on the Markdown that our pages become; PDFs apart.

    Best of five each, in turns. `first` reads and checks everything; `again` goes by a base that was found good.
    """
    with tempfile.TemporaryDirectory() as name:
        ours, plain = Path(name) / "ours", Path(name) / "plain"
        for part in ("data", "docs", "hooks", "theme"):
            shutil.copytree(ROOT / part, ours / part)
        shutil.copy(ROOT / "mkdocs.yml", ours)
        measured([sys.executable, "-m", "factbase", "render", str(plain / "docs")], ours)
        (plain / "mkdocs.yml").write_text(PLAIN)
        times: dict[str, list[float]] = {"first": [], "again": [], "gate": [], "plain": []}
        site = str(ours / "site")
        for _ in range(5):
            shutil.rmtree(ours / ".cache", ignore_errors=True)
            mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", site]
            times["first"].append(measured(mkdocs, ours)[0])
            times["again"].append(measured(mkdocs, ours)[0])
            times["gate"].append(measured([sys.executable, "-m", "factbase", "gate", site], ours)[0])
            times["plain"].append(measured([*mkdocs[:-1], str(plain / "site")], plain)[0])
        best = {name: min(found) for name, found in times.items()}
        for step, seconds in best.items():
            print(f"{step}: {seconds:.2f} s ({seconds / best['plain']:.2f} of the plain theme)")
        seconds, memory = measured([sys.executable, "-m", "factbase", "pdf", str(ours / "pdf")], ours)
        print(f"PDFs: {seconds:.2f} s {memory:.0f} MB")


if __name__ == "__main__":
    load_and_check()
    build_beside_plain()

"""How long a command takes and how much memory, and how fast something grows."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PLAIN = """\
site_name: Plain
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables, {toc: {permalink: true}}]
"""


class Cost(NamedTuple):
    """Wall time in seconds, and the memory in MB of the largest process."""

    seconds: float
    memory: float


def factbase(*arguments: str) -> list[str]:
    """A command of ours."""
    return [sys.executable, "-m", "factbase", *arguments]


def mkdocs(target: Path) -> list[str]:
    """MkDocs alone, into folder `target`."""
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(target)]


def measured(command: list[str], folder: Path) -> Cost:
    """The cost of a command that must succeed, run in `folder` with this project's own program."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed: {said.decode()[-2000:]}")
    return Cost(seconds, usage.ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1)))


def growth(costs: Mapping[int, Cost]) -> float:
    """The exponent by which time grows over the two largest sizes: 1 is linear."""
    small, large = sorted(costs)[-2:]
    return math.log(costs[large].seconds / costs[small].seconds) / math.log(large / small)

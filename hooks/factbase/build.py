"""Build the site aside, judge it, then swap it in: a failed build leaves the last good `site/` untouched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from factbase.gate import inspect_site
from factbase.problem import Place, Problem


def build(root: Path) -> list[Problem]:
    """Build `root`/site. Returns the problems that stopped it; none means that the new site is in place."""
    aside = root / "build"
    aside.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="site-", dir=aside))
    try:
        problems = _mkdocs(root, new) or _judge(new)
        if not problems:
            _swap(new, root / "site")
        return problems
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _mkdocs(root: Path, target: Path) -> list[Problem]:
    # A subprocess: MkDocs is known to its adapter only.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True, env={**os.environ, **_QUIET})
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("INFO")]
    return [Problem(Place("mkdocs.yml"), "B01", line.strip(), "") for line in lines[-20:]]


# The theme prints a notice about its future on every run; it is not about this site.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONDONTWRITEBYTECODE": "1"}


def _judge(site: Path) -> list[Problem]:
    counts, problems = inspect_site(site)
    if not problems:
        print(
            f"{counts.claims} statements with {counts.notes} notes; "
            f"{counts.waivers} waivers, {counts.share:.1%} of {counts.words:,} words."
        )
    return problems


def _swap(new: Path, site: Path) -> None:
    """Put the new folder in the old one's place: two renames, so that a whole site stands there but for one moment."""
    old = new.with_name(new.name + "-old")
    new.chmod(0o755)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)

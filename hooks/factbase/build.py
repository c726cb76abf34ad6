"""Build the site aside, judge it, then swap it in: a failed build leaves the last good `site/` untouched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# The theme prints a notice about its future on every run; it is not about this site.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_PROBLEM = re.compile(r"[A-Z]\d\d \S+:\d+:\d+: ")


def build(root: Path) -> list[str]:
    """Build `root`/site. Returns the lines that say why it failed; none means that the new site is in place.

    Data and pages are checked by the adapter, inside the same run of MkDocs.
    """
    aside = root / "build"
    aside.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="site-", dir=aside))
    try:
        downloads = new.with_name(new.name + "-downloads")
        lines = _downloads(root, downloads) or _build(root, new, downloads)
        if not lines:
            _swap(new, root / "site")
        return lines
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(downloads, ignore_errors=True)


def _downloads(root: Path, target: Path) -> list[str]:
    """Make the PDFs in folder `target`, for the pages to list. Returns why it failed.

    Problems in data and pages are left for the adapter to tell.
    """
    command = [sys.executable, "-m", "factbase", "--root", str(root), "pdf", str(target)]
    path = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    said = [line for line in done.stderr.splitlines() if line.strip()] or ["The PDFs were not made."]
    known = [line for line in said if _PROBLEM.match(line)]
    return [line for line in known if line.startswith("E05 ")] if known else [f"B02 data/leaflets.yml:1:1: {said[-1]}"]


def _build(root: Path, target: Path, downloads: Path) -> list[str]:
    # A subprocess: MkDocs is known to its adapter only.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]
    environment = {**os.environ, **_QUIET, "FACTBASE_DOWNLOADS": str(downloads)}
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as mkdocs:
        # The gate's libraries load while MkDocs works.
        from factbase.gate import inspect_site  # noqa: PLC0415
        from factbase.offline.complete import complete  # noqa: PLC0415
        from factbase.remember import checked  # noqa: PLC0415

        _, errors = mkdocs.communicate()
    if mkdocs.returncode != 0:
        return _reasons(errors, mkdocs.returncode)
    shutil.copytree(downloads, target / "downloads", dirs_exist_ok=True)
    complete(target, checked(root)[0])
    counts, problems = inspect_site(target)
    if not problems:
        print(
            f"{counts.claims} statements with {counts.notes} notes; "
            f"{counts.waivers} waivers, {counts.share:.1%} of {counts.words:,} words."
        )
    return [str(problem) for problem in problems]


def _reasons(errors: str, code: int) -> list[str]:
    """What MkDocs and the checker inside it said, one line a problem. A killed build says nothing, and failed too."""
    said = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("INFO")]
    said = said or [f"MkDocs ended with exit code {code}."]
    return [line if _PROBLEM.match(line) else f"B01 mkdocs.yml:1:1: {line}" for line in said]


def _swap(new: Path, site: Path) -> None:
    """Put the new folder in the old one's place: two renames, so that a whole site stands there but for one moment."""
    old = new.with_name(new.name + "-old")
    new.chmod(0o755)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)

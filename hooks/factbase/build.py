"""Build the site aside, judge it, then swap it in: a failed build leaves the last good `site/` untouched.

MkDocs runs beside this process: it gets ready while data and pages are read, takes the rendered pages over, and
writes the site, which is finished and judged here.
"""

from __future__ import annotations

import gc
import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from factbase.problem import Place, Problem
from factbase.turn import alone

if TYPE_CHECKING:
    from factbase.base import Base
    from factbase.carry import Carried
    from factbase.prepare import Prepared

# The theme prints a notice about its future on every run; it is not about this site.
_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_TRACEBACK = "Traceback (most recent call last)"
_PROBLEM = re.compile(r"[A-Z]\d\d \S+:\d+:\d+: ")


def build(root: Path, site: Path | None = None, *, without_pdfs: bool = False, quiet: bool = False) -> list[str]:
    """Build `root`/site, or folder `site` on the same disk. Returns the lines that say why it failed.

    No line means that the new site is in place.
    """
    gc.disable()  # a build is over in seconds: looking for garbage costs more than it frees
    try:
        with alone(root / "build"):
            return _aside(root, site or root / "site", without_pdfs=without_pdfs, quiet=quiet)
    except OSError as error:  # a full or read-only disk
        what = f"The site could not be written: {error.strerror or error}."
        return [str(Problem(Place("build"), "B03", what, "Make room or mend the folder's rights, and build again."))]


def _aside(root: Path, site: Path, *, without_pdfs: bool, quiet: bool) -> list[str]:
    """Build in a folder of its own, and put that in the place of `site` when all went well."""
    new = Path(tempfile.mkdtemp(prefix="site-", dir=root / "build"))
    downloads = new.with_name(new.name + "-downloads")
    try:
        lines = _build(root, new, None if without_pdfs else downloads, quiet=quiet)
        if not lines:
            _swap(new, site)
        return lines
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(downloads, ignore_errors=True)
        shutil.rmtree(new.with_name(new.name + "-beside"), ignore_errors=True)


def _build(root: Path, new: Path, downloads: Path | None, *, quiet: bool) -> list[str]:
    # A subprocess: MkDocs is known to its adapter only.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(new)]
    environment = {**os.environ, **_QUIET, "FACTBASE_PAGES": "stdin"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=root, env=environment, stdin=pipe, stdout=pipe, stderr=pipe) as mkdocs:
        try:
            # Loaded only now: MkDocs has been started and loads its own modules at the same time.
            from factbase.prepare import Prepared  # noqa: PLC0415

            made = Prepared(root)
            lines = [str(problem) for problem in made.problems] or _downloads(made, downloads)
            if lines:
                return lines
            base, pages = made.with_downloads(downloads)
            beside = new.with_name(new.name + "-beside")
            lines = _carry(mkdocs, pages, base, made, beside)
            if not lines:
                lines, counted = _finish(new, base, pages.search, downloads, beside)
                if not lines and not quiet:
                    print(counted)
            return lines
        finally:
            mkdocs.kill()


def _downloads(made: Prepared, target: Path | None) -> list[str]:
    """Put the PDFs into folder `target`, for the pages to list: the last ones or new ones. Returns why it failed."""
    from factbase.pdf.last import keep_last, last  # noqa: PLC0415

    if target is None or last(made.root, made.key, target):
        return []
    made.keep()
    command = [sys.executable, "-m", "factbase", "--root", str(made.root), "pdf", str(target)]
    path = os.pathsep.join([str(Path(__file__).parent.parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)}
    done = subprocess.run(command, cwd=made.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        keep_last(made.root, made.key, target)
        return []
    said = [line for line in done.stderr.splitlines() if line.strip()] or ["The PDFs were not made."]
    known = [line for line in said if _PROBLEM.match(line)]
    return known or [f"B02 data/leaflets.yml:1:1: {said[-1]}"]


def _carry(mkdocs: subprocess.Popen[bytes], pages: Carried, base: Base, made: Prepared, beside: Path) -> list[str]:
    """Hand the pages over to MkDocs and wait for its site. Returns why it failed."""
    assert mkdocs.stdin is not None
    try:
        pickle.dump(pages, mkdocs.stdin, pickle.HIGHEST_PROTOCOL)
        mkdocs.stdin.flush()
    except BrokenPipeError:
        pass  # it has ended, and says why
    made.keep()
    # What stands beside the pages is written, and what the next step needs is loaded, while MkDocs works.
    from factbase import finish, gate  # noqa: F401, PLC0415
    from factbase.beside import write_beside  # noqa: PLC0415

    write_beside(made.root, beside, base, pages.pages)

    _, errors = mkdocs.communicate()
    return _reasons(errors.decode(errors="replace"), mkdocs.returncode) if mkdocs.returncode else []


def _finish(new: Path, base: Base, search: str, downloads: Path | None, beside: Path) -> tuple[list[str], str]:
    from factbase.finish import finish  # noqa: PLC0415
    from factbase.gate import inspect_site  # noqa: PLC0415
    from factbase.offline.complete import complete  # noqa: PLC0415

    _move_into(beside, new)
    if downloads:
        _move_into(downloads, new / "downloads")
    finish(new, base, search)
    if downloads:
        complete(new, base)
    counts, problems = inspect_site(new)
    counted = (
        f"{counts.claims} statements with {counts.notes} notes; "
        f"{counts.waivers} waivers, {counts.share:.1%} of {counts.words:,} words."
    )
    return [str(problem) for problem in problems], counted


def _move_into(folder: Path, target: Path) -> None:
    """Move all that is in a folder into another one. A folder that is not there yet moves whole, with its thousands."""
    target.mkdir(exist_ok=True)
    for path in folder.iterdir():
        place = target / path.name
        if path.is_dir() and place.is_dir():
            _move_into(path, place)
        else:
            path.replace(place)


def _reasons(errors: str, code: int) -> list[str]:
    """What MkDocs and the checker inside it said, one line a problem. A killed build says nothing, and failed too."""
    said = [line.strip() for line in errors.splitlines() if line.strip() and not line.startswith("INFO")]
    if _TRACEBACK in errors:
        said = said[-1:]  # what went wrong; where in the program is of no use to who edits the text
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

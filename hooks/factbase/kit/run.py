"""`python -m factbase kit`: the kits of one clinic or of many, on all cores. The edge at which kits become files.

Every clinic's file is judged before anything is written. A kit is written aside and swapped in whole.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from factbase.base import Base
from factbase.clinic import Clinic
from factbase.clinicfile import logo_path
from factbase.edition import CLINIC_VARIABLE, address_problem, edition
from factbase.kit.folder import LIST, listing, printed, prints, texts
from factbase.pdf.render import Setting
from factbase.pdf.write import reading_order
from factbase.problem import Place, Problem, in_order
from factbase.publishing import site_address
from factbase.remember import checked


@dataclass(frozen=True, slots=True)
class Job:
    """One kit to make: everything that a worker needs, and nothing that it must not share."""

    root: Path
    clinic: Path
    name: str
    out: Path
    address: str
    site: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job."""

    id: str
    files: int
    bytes: int
    seconds: float
    problems: tuple[Problem, ...] = ()


def kit(base: Base, options: argparse.Namespace) -> int:
    """Make the kits that the command asks for. Returns the exit code: 0 good, 1 problems (one line each)."""
    started = time.perf_counter()
    address = (options.address or site_address() or "").rstrip("/")
    jobs, problems = _jobs(base, options, address)
    if problems:
        for problem in problems:
            print(problem, file=sys.stderr)
        print("Nothing was written.", file=sys.stderr)
        return 1
    failed = 0
    for count, done in enumerate(_run(jobs, options.jobs), 1):
        for problem in done.problems:
            print(problem, file=sys.stderr)
        failed += bool(done.problems)
        said = "not made" if done.problems else f"{done.files} files, {done.bytes / 1e6:.1f} MB, {done.seconds:.1f} s"
        print(f"[{count}/{len(jobs)}] {done.id}: {said}", flush=True)
    seconds = time.perf_counter() - started
    print(f"{len(jobs) - failed} of {len(jobs)} kits in {options.out}, {seconds:.1f} s.")
    return 1 if failed else 0


def _jobs(base: Base, options: argparse.Namespace, address: str) -> tuple[list[Job], list[Problem]]:
    """The jobs, or every problem of every file. Warnings are printed at once: they stop nothing."""
    paths = [found for path in options.clinics for found in _clinic_files(path)]
    problems = [found] if (found := address_problem(address)) else []
    if not paths:
        where = Place(" ".join(map(str, options.clinics)) or "CLINIC")
        problems.append(
            Problem(where, "K12", "There is no clinic's file here.", "Name a .yml file, or a folder of them.")
        )
    jobs = []
    taken: dict[str, Path] = {}
    for path in paths:
        found_base, wrong, doubtful = edition(base, path, str(path), address or None)
        problems += wrong
        for warning in doubtful:
            print(f"Warning: {warning}", file=sys.stderr)
        target = options.out / path.stem
        if path.stem in taken:
            what = f"Its kit would take the folder of {taken[path.stem]}."
            problems.append(Problem(Place(str(path)), "K12", what, "Give the two files different names."))
        elif target.exists() and not (target / LIST).is_file():
            what = f"{target} is there and holds no kit."
            problems.append(
                Problem(Place(str(path)), "K12", what, "Choose another folder: a kit replaces what is there.")
            )
        taken[path.stem] = path
        if found_base.clinic:
            jobs.append(Job(options.root, path, str(path), options.out, address, options.site))
    return jobs, in_order(problems)


def _clinic_files(path: Path) -> list[Path]:
    """The clinics' files that a path names: itself, or every .yml and .yaml file of a folder."""
    return sorted([*path.glob("*.yml"), *path.glob("*.yaml")]) if path.is_dir() else [path]


def _run(jobs: list[Job], most: int | None) -> Iterator[Done]:
    """The jobs on all cores, each as soon as it is done."""
    workers = min(most or os.cpu_count() or 1, len(jobs))
    # Started afresh, not forked: Typst's threads do not survive a fork.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for future in as_completed([pool.submit(_make, job) for job in jobs]):
            yield future.result()


_BASES: dict[Path, Base] = {}
"""The base of a worker, read once for all of its jobs."""
_BOOKS: dict[tuple[Path, str], dict[str, bytes]] = {}
"""The handbooks of a worker by project and address, each made once for all clinics."""


def _make(job: Job) -> Done:
    """One kit, in a worker."""
    started = time.perf_counter()
    if job.root not in _BASES:
        _BASES[job.root], problems = checked(job.root)
        if problems:
            return Done(job.clinic.stem, 0, 0, 0, tuple(problems))
    base, problems, _ = edition(_BASES[job.root], job.clinic, job.name, job.address)
    clinic = base.clinic
    if clinic is None or problems:
        return Done(job.clinic.stem, 0, 0, 0, tuple(problems))
    setting = Setting(job.address, reading_order(job.root / "mkdocs.yml"), printed(clinic))
    files = dict(texts(base, clinic, job.address, with_site=job.site))
    books = _BOOKS.setdefault((job.root, job.address), {})
    for result in prints(base, clinic, setting, job.root / "build" / "pdf", books):
        if isinstance(result, Problem):
            return Done(clinic.id, 0, 0, 0, (result,))
        files[result[0]] = result[1]
    logo = logo_path(clinic, job.clinic.parent)
    if logo:
        files[f"logo{logo.suffix.lower()}"] = logo.read_bytes()
    if job.site:
        lines = _site(job, files)
        if lines:
            return Done(clinic.id, 0, 0, 0, tuple(lines))
    files[LIST] = listing(base, clinic, job.address, files)
    _write(job.out, clinic, files)
    return Done(clinic.id, len(files), sum(map(len, files.values())), time.perf_counter() - started)


def _site(job: Job, files: dict[str, bytes]) -> list[Problem]:
    """Add the whole site with the clinic's block to `files`, or say why it could not be built."""
    from factbase.build import build  # noqa: PLC0415 - only where a site is asked for

    os.environ |= {CLINIC_VARIABLE: str(job.clinic.resolve()), "SITE_URL": job.address}
    (job.root / "build").mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="kit-", dir=job.root / "build"))
    try:
        lines = build(job.root, aside / "site", quiet=True)
        if lines:
            return [Problem(Place(job.name), "K13", "The site could not be built.", line) for line in lines]
        for path in sorted((aside / "site").rglob("*")):
            if path.is_file():
                files[f"site/{path.relative_to(aside / 'site').as_posix()}"] = path.read_bytes()
        return []
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(out: Path, clinic: Clinic, files: dict[str, bytes]) -> None:
    """Write a kit aside, then put it in its place: two renames, so that no half kit ever stands there."""
    out.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{clinic.id}-", dir=out))
    try:
        new = aside / "new"
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        target, old = out / clinic.id, aside / "old"
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)

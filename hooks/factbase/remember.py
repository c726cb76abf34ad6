"""Take what was made of the same files before from `.cache/`: a base that was found good, and its rendered pages.

Valid while neither data, pages nor a byte of this program have changed. `make build` goes by it, and `make serve`
after every edit.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from factbase.base import Base
from factbase.check import load_and_check
from factbase.edition import CLINIC_VARIABLE, edition
from factbase.problem import Problem

T = TypeVar("T")
BASE = Path(".cache") / "base.pickle"
PAGES = Path(".cache") / "pages.pickle"
_PROGRAM = Path(__file__).parent


def checked(root: Path) -> tuple[Base, list[Problem]]:
    """As `check.load_and_check`. Only a base without problems is remembered; anything odd is read anew."""
    key = fingerprint(root)
    remembered = recall(root / BASE, key, Base)
    if remembered is not None:
        return remembered, []
    base, problems = load_and_check(root)
    if not problems:
        keep(root / BASE, key, base)
    return base, problems


def checked_edition(root: Path) -> tuple[Base, list[Problem]]:
    """As `checked`, with the clinic whose file the environment names, if it names one."""
    base, problems = checked(root)
    path = os.environ.get(CLINIC_VARIABLE)
    if problems or not path:
        return base, problems
    base, problems, _ = edition(base, Path(path), Path(path).name)
    return base, problems


def fingerprint(root: Path) -> bytes:
    """A digest of every byte that base and pages depend on; empty where a file cannot be read."""
    digest = hashlib.sha256(sys.version.encode())
    try:
        for path in _files(root):
            digest.update(f"\0{path}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return b""
    return digest.digest()


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in (root / "data").rglob("*") if not path.is_dir())
    yield from sorted(path for path in (root / "docs").rglob("*.md") if not path.is_dir())
    yield from sorted(path for path in _PROGRAM.rglob("*") if path.is_file() and path.suffix != ".pyc")


def recall(path: Path, key: bytes, kind: type[T]) -> T | None:
    """What `keep` wrote under the same key, or None."""
    collecting = gc.isenabled()
    gc.disable()  # thousands of new objects, none of them garbage
    try:
        with path.open("rb") as file:
            if not key or file.read(len(key)) != key:
                return None
            found = pickle.load(file)
    except Exception:  # a damaged or foreign file only means: make it anew
        return None
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, kind) else None


def keep(path: Path, key: bytes, value: object) -> None:
    """Write a value for `recall`. Without a key nothing is kept."""
    if not key:
        return
    try:
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(key + pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        Path(file.name).replace(path)
    except OSError:
        return  # a full or read-only disk: the next run makes it anew

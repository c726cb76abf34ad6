"""Take a base that was found good before from `.cache/`, while neither its files nor this program have changed.

One `make build` needs the checked base twice (PDFs, pages), and `make serve` after every edit.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from factbase.base import Base
from factbase.check import load_and_check
from factbase.problem import Problem

CACHE = Path(".cache") / "base.pickle"
_PROGRAM = Path(__file__).parent


def checked(root: Path) -> tuple[Base, list[Problem]]:
    """As `check.load_and_check`. Only a base without problems is remembered; anything odd is read anew."""
    key = _fingerprint(root)
    remembered = _recall(root / CACHE, key) if key else None
    if remembered is not None:
        return remembered, []
    base, problems = load_and_check(root)
    if key and not problems:
        _keep(root / CACHE, key, base)
    return base, problems


def _fingerprint(root: Path) -> bytes | None:
    """A digest of every byte that the result depends on, or None where a file cannot be read."""
    digest = hashlib.sha256(sys.version.encode())
    try:
        for path in _files(root):
            digest.update(f"\0{path}\0".encode(errors="surrogateescape"))
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    except OSError:
        return None
    return digest.digest()


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in (root / "data").rglob("*") if not path.is_dir())
    yield from sorted(path for path in (root / "docs").rglob("*.md") if not path.is_dir())
    yield from sorted(path for path in _PROGRAM.rglob("*") if path.suffix in (".py", ".html"))


def _recall(path: Path, key: bytes) -> Base | None:
    collecting = gc.isenabled()
    gc.disable()  # thousands of new objects, none of them garbage
    try:
        with path.open("rb") as file:
            if file.read(len(key)) != key:
                return None
            found = pickle.load(file)
    except Exception:  # a damaged or foreign file only means: read the data again
        return None
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, Base) else None


def _keep(path: Path, key: bytes, base: Base) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(key + pickle.dumps(base, pickle.HIGHEST_PROTOCOL))
        Path(file.name).replace(path)
    except OSError:
        return  # a full or read-only disk: the next run reads the data again

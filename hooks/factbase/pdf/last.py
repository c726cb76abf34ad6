"""The PDFs of the last build: taken again while nothing that they depend on has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from importlib.metadata import version
from pathlib import Path

_FOLDER = Path("build") / "pdf" / "last"
_KEY = "key.txt"


def last(root: Path, key: bytes, target: Path) -> bool:
    """Copy the last build's PDFs and their list to folder `target`, if they were made from the same files."""
    folder = root / _FOLDER
    try:
        if not key or (folder / _KEY).read_text("utf-8") != _key(root, key):
            return False
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns(_KEY), copy_function=shutil.copyfile)
    except (OSError, UnicodeDecodeError):
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True


def keep_last(root: Path, key: bytes, made: Path) -> None:
    """Remember the PDFs in folder `made`. A full disk only means that they are made again."""
    folder = root / _FOLDER
    try:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder, copy_function=shutil.copyfile)
        (folder / _KEY).write_text(_key(root, key), "utf-8")  # last: what is not whole has no key
    except OSError:
        return


def _key(root: Path, key: bytes) -> str:
    """What else the PDFs depend on: the order of pages, the site's address, Typst."""
    address = [os.environ.get(name, "") for name in ("SITE_URL", "URL")]
    parts = [(root / "mkdocs.yml").read_bytes(), repr(address).encode(), version("typst").encode()]
    return hashlib.sha256(b"\0".join([key, *parts])).hexdigest()

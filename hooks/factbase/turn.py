"""One build at a time: a second one waits for the first, and what a killed one left behind is cleared away."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = ".lock"
LEFT_BEHIND = "site-*"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the turn to build in `folder`. The system gives it back when a process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Nobody else builds now: what stands here was left by a build that was killed.
        for path in folder.glob(LEFT_BEHIND):
            shutil.rmtree(path, ignore_errors=True)
        yield

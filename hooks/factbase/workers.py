"""Spread work over the machine's cores: each worker is a copy of this process, so that nothing need be sent to it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class _Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """A future that is done."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # told to who asks for the result
            done.set_exception(error)
        return done


_shared: list[Any] = []


def shared() -> Any:
    """What `workers` was given: the same value in every worker."""
    return _shared[-1]


@contextmanager
def workers(value: Any = None) -> Iterator[Executor]:
    """One worker a core, each with `value` as its `shared()`. One core, or a system without fork: no other process."""
    _shared.append(value)
    try:
        if cores() == 1 or sys.platform != "linux":
            yield _Here()
            return
        with ProcessPoolExecutor(cores(), multiprocessing.get_context("fork"), gc.disable) as pool:
            yield pool
    finally:
        _shared.pop()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[Any], T], items: Iterable[Any], value: Any = None) -> list[T]:
    """`work(item)` for each item, in order. It finds `value` as `shared()`."""
    todo = list(items)
    with workers(value) as pool:
        return list(pool.map(work, todo, chunksize=max(1, len(todo) // (8 * cores()))))

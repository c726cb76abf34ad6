"""Work spread over processes comes back in order, with its errors, and the same on one core."""

from __future__ import annotations

import pytest

from factbase import workers
from factbase.workers import shared, spread


def times(number: int) -> int:
    return number * int(shared())


def fails(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("cores", [1, 3])
def test_results_come_in_order(monkeypatch: pytest.MonkeyPatch, cores: int) -> None:
    monkeypatch.setattr(workers, "cores", lambda: cores)
    assert spread(times, range(50), 3) == [3 * number for number in range(50)]
    with pytest.raises(ValueError, match="no 0"):
        spread(fails, range(2))

"""The box on differing sources: equal sayings stand together, sellers are counted and never named."""

from __future__ import annotations

from pathlib import Path

import pytest
import small

from factbase import differ
from factbase.base import Base
from factbase.differ import Position, positions

KINDS = {
    "trial": "randomised-trial",
    "study": "clinical-study",
    "hospital": "hospital",
    "maker": "maker",
    "clinic-a": "clinic",
    "clinic-b": "clinic",
    "seller": "seller",
    "news": "news",
}
SOURCES = "".join(
    f"{name}: {{type: webpage, title: T, publisher: Name of {name}, issued: 2020, accessed: 2026-11-01, "
    f"kind: {kind}, read: full, via: official}}\n"
    for name, kind in KINDS.items()
)


def base_with(root: Path, *evidence: tuple[str, str, str]) -> Base:
    """A base with one fact `f` on (source, relation, says)."""
    items = "".join(
        f"    - {{source: {name}, locator: Page {number}, relation: {relation}, says: {says}}}\n"
        for number, (name, relation, says) in enumerate(evidence)
    )
    fact = f"f:\n  claim: A claim.\n  kind: risk\n  applies_to: [needling]\n  evidence:\n{items}"
    return small.loaded(root, {"data/sources.yml": SOURCES, small.FACTS_FILE: fact})


def told(root: Path, *evidence: tuple[str, str, str]) -> list[Position]:
    base = base_with(root, *evidence)
    return positions(base.facts["f"], base.sources)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            [("trial", "supports", "2 days."), ("hospital", "differs", "1 day.")],
            [
                Position("2 days.", "a controlled trial (Name of trial, 2020)", True),
                Position("1 day.", "a hospital (Name of hospital, 2020)", False),
            ],
        ),
        (
            [("hospital", "differs", "1 day."), ("trial", "supports", "2 days.")],
            [
                Position("2 days.", "a controlled trial (Name of trial, 2020)", True),
                Position("1 day.", "a hospital (Name of hospital, 2020)", False),
            ],
        ),
        (
            [("clinic-a", "supports", "2 days."), ("clinic-b", "supports", "2 DAYS")],
            [Position("2 days.", "2 clinics' sheets", True)],
        ),
        (
            [("clinic-a", "supports", "2 days."), ("trial", "supports", "2 days."), ("seller", "supports", "2 days")],
            [
                Position(
                    "2 days.", "a clinic's sheet; a controlled trial (Name of trial, 2020); a seller", True
                )
            ],
        ),
        (
            [("news", "differs", "3 days."), ("maker", "differs", "3 days.")],
            [Position("3 days.", "a news report; the maker of a device (Name of maker, 2020)", False)],
        ),
        (
            [("trial", "supports", "2 days."), ("study", "differs", "2 days.")],
            [
                Position("2 days.", "a controlled trial (Name of trial, 2020)", True),
                Position("2 days.", "a study without a fair comparison (Name of study, 2020)", False),
            ],
        ),
        (
            [("clinic-a", "differs", "1 day."), ("clinic-a", "differs", "1 day")],
            [Position("1 day.", "a clinic's sheet", False)],
        ),
        ([("trial", "searched", "Nothing.")], []),
    ],
)
def test_positions_are_grouped_and_supporting_ones_come_first(
    tmp_path: Path, evidence: list[tuple[str, str, str]], expected: list[Position]
) -> None:
    assert told(tmp_path, *evidence) == expected


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_clinics_sellers_and_news_are_never_named(tmp_path: Path, name: str, kind: str) -> None:
    (position,) = told(tmp_path, (name, "supports", "So."))
    assert ("Name of" in position.who) is (kind not in ("clinic", "seller", "news"))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([("trial", "supports", "So.")], True),
        ([("clinic-a", "supports", "So."), ("study", "differs", "No.")], True),
        ([("clinic-a", "supports", "So."), ("maker", "differs", "No.")], False),
        ([("hospital", "supports", "So."), ("news", "differs", "No.")], False),
    ],
)
def test_only_a_measurement_counts_as_a_test(
    tmp_path: Path, evidence: list[tuple[str, str, str]], expected: bool
) -> None:
    base = base_with(tmp_path, *evidence)
    assert differ.tested(base.facts["f"], base.sources) is expected

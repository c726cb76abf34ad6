"""The box on differing sources: equal sayings stand together, sellers are counted and never named."""

from __future__ import annotations

import re
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
    f"{name}: {{type: webpage, title: T, author: [{{family: Author of {name}}}], publisher: Sponsor of {name}, "
    f"issued: 2020, accessed: 2026-11-01, kind: {kind}, read: full, via: official}}\n"
    for name, kind in KINDS.items()
)


def base_with(root: Path, *evidence: tuple[str, str, str], sources: str = SOURCES) -> Base:
    """A base with one fact `f` on (source, relation, says)."""
    items = "".join(
        f"    - {{source: {name}, locator: Page {number}, relation: {relation}, says: {says}}}\n"
        for number, (name, relation, says) in enumerate(evidence)
    )
    fact = f"f:\n  claim: A claim.\n  kind: risk\n  applies_to: [needling]\n  evidence:\n{items}"
    return small.loaded(root, {"data/sources.yml": sources, small.FACTS_FILE: fact})


def told(root: Path, *evidence: tuple[str, str, str], sources: str = SOURCES) -> list[Position]:
    base = base_with(root, *evidence, sources=sources)
    return positions(base.facts["f"], base.sources)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            [("trial", "supports", "2 days."), ("hospital", "differs", "1 day.")],
            [
                Position("2 days.", "a controlled trial (Author of trial, 2020)", True),
                Position("1 day.", "a hospital (Author of hospital, 2020)", False),
            ],
        ),
        (
            [("hospital", "differs", "1 day."), ("trial", "supports", "2 days.")],
            [
                Position("2 days.", "a controlled trial (Author of trial, 2020)", True),
                Position("1 day.", "a hospital (Author of hospital, 2020)", False),
            ],
        ),
        (
            [("clinic-a", "supports", "2 days."), ("clinic-b", "supports", "2 DAYS")],
            [Position("2 days.", "2 clinics' sheets", True)],
        ),
        (
            [("clinic-a", "supports", "2 days."), ("trial", "supports", "2 days."), ("seller", "supports", "2 days")],
            [Position("2 days.", "a clinic's sheet; a controlled trial (Author of trial, 2020); a seller", True)],
        ),
        (
            [("news", "differs", "3 days."), ("maker", "differs", "3 days.")],
            [Position("3 days.", "a news report; the maker of a device", False)],
        ),
        (
            [("trial", "supports", "2 days."), ("study", "differs", "2 days.")],
            [
                Position("2 days.", "a controlled trial (Author of trial, 2020)", True),
                Position("2 days.", "a study without a fair comparison (Author of study, 2020)", False),
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


@pytest.mark.parametrize("author", [True, False])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trial", ("Author of trial", None)),
        ("study", ("Author of study", None)),
        ("hospital", ("Author of hospital", "Sponsor of hospital")),
        ("maker", (None, None)),
        ("clinic-a", (None, None)),
        ("seller", (None, None)),
        ("news", (None, None)),
    ],
)
def test_authors_and_public_bodies_are_named_and_nobody_who_sells(
    tmp_path: Path, name: str, expected: tuple[str | None, str | None], author: bool
) -> None:
    sources = SOURCES if author else re.sub(r"author: \[.*?\], ", "", SOURCES)
    (position,) = told(tmp_path, (name, "supports", "So."), sources=sources)
    (found,) = re.findall(r"\((.*), 2020\)", position.who) or [None]
    assert found == expected[0 if author else 1]


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

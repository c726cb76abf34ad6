"""Evidence labels: one case a line of the written rule, and every line gives way to the lines above it."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from factbase.label import SMALL, Label, label_of
from factbase.model import Evidence, Fact, FactKind, Relation, Source, SourceKind, Treatment
from factbase.problem import Place
from factbase.shape import Where

NOWHERE = Where(Place("none"), {})
K = SourceKind


def sources(*kinds: SourceKind, people: int | None = None) -> dict[str, Source]:
    """One source of each kind, called s0, s1, …"""
    blank = {field.name: None for field in dataclasses.fields(Source)}
    return {
        f"s{number}": Source(**{**blank, "id": f"s{number}", "where": NOWHERE, "kind": kind, "people": people})
        for number, kind in enumerate(kinds)
    }


def fact(*relations: Relation, kind: FactKind = FactKind.RISK, names: tuple[str, ...] = ()) -> Fact:
    """A fact whose evidence names s0, s1, … (or `names`) with these relations."""
    names = names or tuple(f"s{number}" for number in range(len(relations)))
    evidence = tuple(
        Evidence(NOWHERE, name, "Page 1", relation, "So.") for name, relation in zip(names, relations, strict=True)
    )
    return Fact("f", NOWHERE, "topic", "A claim.", kind, (Treatment.NEEDLING,), evidence)


def label(*kinds: SourceKind, kind: FactKind = FactKind.RISK, people: int | None = None) -> Label:
    """The label of a fact that sources of these kinds support."""
    return label_of(fact(*[Relation.SUPPORTS] * len(kinds), kind=kind), sources(*kinds, people=people))


@pytest.mark.parametrize(
    ("kinds", "fact_kind", "people", "expected"),
    [
        ([K.SYSTEMATIC_REVIEW], FactKind.UNKNOWN, None, Label.SEARCHED),
        ([K.REGULATOR], FactKind.REGULATION, None, Label.OFFICIAL_RECORD),
        ([K.PUBLIC_HEALTH], FactKind.REGULATION, None, Label.OFFICIAL_RECORD),
        ([K.SYSTEMATIC_REVIEW], FactKind.RISK, None, Label.SEVERAL_STUDIES),
        ([K.RANDOMISED_TRIAL] * 2, FactKind.RISK, 10, Label.CONTROLLED_TRIALS),
        ([K.RANDOMISED_TRIAL], FactKind.RISK, None, Label.CONTROLLED_TRIAL),
        ([K.RANDOMISED_TRIAL], FactKind.RISK, SMALL, Label.CONTROLLED_TRIAL),
        ([K.RANDOMISED_TRIAL], FactKind.RISK, SMALL - 1, Label.SMALL_CONTROLLED_TRIAL),
        ([K.RANDOMISED_TRIAL], FactKind.RISK, 0, Label.SMALL_CONTROLLED_TRIAL),
        ([K.CLINICAL_STUDY] * 2, FactKind.RISK, None, Label.STUDIES),
        ([K.CLINICAL_STUDY], FactKind.RISK, 500, Label.STUDY),
        ([K.SURVEY], FactKind.RISK, None, Label.SURVEY),
        ([K.LABORATORY_STUDY], FactKind.RISK, None, Label.LABORATORY),
        ([K.GUIDELINE], FactKind.RISK, None, Label.OFFICIAL_ADVICE),
        ([K.REGULATOR], FactKind.RISK, None, Label.OFFICIAL_ADVICE),
        ([K.PUBLIC_HEALTH], FactKind.RISK, None, Label.OFFICIAL_ADVICE),
        ([K.PROFESSIONAL_BODY], FactKind.REGULATION, None, Label.OFFICIAL_ADVICE),
        ([K.HOSPITAL], FactKind.REGULATION, None, Label.OFFICIAL_ADVICE),
        ([K.REVIEW], FactKind.RISK, None, Label.EXPERT_ADVICE),
        ([K.TEXTBOOK], FactKind.RISK, None, Label.EXPERT_ADVICE),
        ([K.CHARITY], FactKind.RISK, None, Label.EXPERT_ADVICE),
        ([K.CASE_REPORT], FactKind.RISK, None, Label.CASES),
        ([K.RELAYED], FactKind.RISK, None, Label.RELAYED),
        ([K.MAKER], FactKind.RISK, None, Label.MAKER),
        ([K.CLINIC], FactKind.PRACTICE, None, Label.CLINICS),
        ([K.SELLER], FactKind.PRACTICE, None, Label.CLINICS),
        ([K.NEWS], FactKind.PRACTICE, None, Label.NEWS),
    ],
)
def test_each_line_of_the_rule_decides(
    kinds: list[SourceKind], fact_kind: FactKind, people: int | None, expected: Label
) -> None:
    assert label(*kinds, kind=fact_kind, people=people) is expected


STRONGEST_FIRST = (
    K.SYSTEMATIC_REVIEW,
    K.RANDOMISED_TRIAL,
    K.CLINICAL_STUDY,
    K.SURVEY,
    K.LABORATORY_STUDY,
    K.HOSPITAL,
    K.CHARITY,
    K.CASE_REPORT,
    K.RELAYED,
    K.MAKER,
    K.CLINIC,
    K.NEWS,
)


@pytest.mark.parametrize(("stronger", "weaker"), list(itertools.combinations(STRONGEST_FIRST, 2)))
def test_a_line_gives_way_to_the_lines_above_it(stronger: SourceKind, weaker: SourceKind) -> None:
    assert label(weaker, stronger) is label(stronger)
    assert label(weaker) is not label(stronger)


def test_an_official_record_stands_above_every_study() -> None:
    assert label(K.SYSTEMATIC_REVIEW, K.REGULATOR, kind=FactKind.REGULATION) is Label.OFFICIAL_RECORD


@pytest.mark.parametrize("kind", [found for found in FactKind if found not in (FactKind.UNKNOWN, FactKind.REGULATION)])
def test_an_official_record_is_for_rules_only(kind: FactKind) -> None:
    assert label(K.REGULATOR, kind=kind) is Label.OFFICIAL_ADVICE


def test_one_trial_named_twice_is_one_trial() -> None:
    twice = fact(Relation.SUPPORTS, Relation.SUPPORTS, names=("s0", "s0"))
    assert label_of(twice, sources(K.RANDOMISED_TRIAL)) is Label.CONTROLLED_TRIAL
    assert label_of(twice, sources(K.CLINICAL_STUDY)) is Label.STUDY


@pytest.mark.parametrize("relation", [Relation.DIFFERS, Relation.SEARCHED])
def test_only_supporting_sources_count(relation: Relation) -> None:
    mixed = fact(relation, Relation.SUPPORTS)
    assert label_of(mixed, sources(K.SYSTEMATIC_REVIEW, K.CLINIC)) is Label.CLINICS


def test_a_source_that_is_not_known_counts_for_nothing() -> None:
    found = fact(Relation.SUPPORTS, Relation.SUPPORTS, names=("s0", "missing"))
    assert label_of(found, sources(K.RANDOMISED_TRIAL, K.CLINIC)) is Label.CONTROLLED_TRIAL


def test_every_kind_of_source_has_a_line_of_its_own() -> None:
    assert {kind for kind in SourceKind if label(kind) is Label.NEWS} == {K.NEWS}


def test_every_label_has_words_and_a_meaning_in_one_sentence_or_two() -> None:
    for found in Label:
        assert found.words[0].isupper()
        assert not found.words.endswith(".")
        assert found.meaning.endswith(".")
    assert len({found.words for found in Label}) == len(Label)

"""Citations and the words around them are derived from a source's fields, never typed."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest

from factbase.cite import (
    KIND_WORDS,
    MEASURED,
    READ_WORDS,
    RELATION_WORDS,
    VIA_WORDS,
    authors_text,
    citation,
    how_read,
    name_text,
    short_citation,
)
from factbase.model import Evidence, Name, Read, Relation, Source, SourceKind, Via
from factbase.problem import Place
from factbase.shape import PartialDate, Where

NOWHERE = Where(Place("none"), {})
ALAM = Name(family="Alam", given="M")
CHU = Name(family="Chu", given="SN")
HAN = Name(family="Han", given="TY")
LEE = Name(family="Lee")
GROUP = Name(literal="The Needling Group")
MORE = Name(literal="et al.")


def source(*authors: Name, **fields: Any) -> Source:
    """A source with a title and these fields."""
    blank: dict[str, Any] = {field.name: None for field in dataclasses.fields(Source)}
    given = {
        "id": "s",
        "where": NOWHERE,
        "title": "A title",
        "accessed": datetime.date(2026, 11, 20),
        "read": Read.FULL,
        "via": Via.OFFICIAL,
        "author": authors,
        **fields,
    }
    return Source(**{**blank, **given})


@pytest.mark.parametrize(
    ("name", "expected"),
    [(ALAM, "Alam M"), (LEE, "Lee"), (GROUP, "The Needling Group"), (Name(given="M"), "M"), (Name(), "")],
)
def test_a_name_is_family_then_initials_or_as_written(name: Name, expected: str) -> None:
    assert name_text(name) == expected


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((), ""),
        ((ALAM,), "Alam M"),
        ((ALAM, CHU, HAN), "Alam M, Chu SN, Han TY"),
        ((ALAM, CHU, HAN, LEE), "Alam M, Chu SN, Han TY and others"),
        ((ALAM, MORE), "Alam M and others"),
        ((MORE,), ""),
        ((GROUP,), "The Needling Group"),
    ],
)
def test_at_most_three_authors_are_named(authors: tuple[Name, ...], expected: str) -> None:
    assert authors_text(source(*authors)) == expected


@pytest.mark.parametrize(
    ("authors", "fields", "expected"),
    [
        ((), {}, "A title. no date shown."),
        ((ALAM,), {"issued": PartialDate("2020-03-01")}, "Alam M. A title. 2020."),
        (
            (ALAM, CHU),
            {
                "container_title": "Journal",
                "volume": "12",
                "issue": "3",
                "page": "4-9",
                "issued": PartialDate("2020"),
            },
            "Alam M, Chu SN. A title. Journal 12(3):4-9. 2020.",
        ),
        ((), {"container_title": "Journal", "page": "e12"}, "A title. Journal e12. no date shown."),
        ((), {"container_title": "Journal", "volume": "12"}, "A title. Journal 12. no date shown."),
        ((), {"publisher": "A Hospital"}, "A title. A Hospital. no date shown."),
        ((), {"title": "A title."}, "A title. no date shown."),
        ((), {"title": "Is it red?"}, "Is it red? no date shown."),
        ((), {"title": "It is red!"}, "It is red! no date shown."),
        ((), {"title": "<b>A</b> & *b*"}, "<b>A</b> & *b*. no date shown."),
    ],
)
def test_a_citation_says_who_what_where_when(authors: tuple[Name, ...], fields: dict[str, Any], expected: str) -> None:
    assert citation(source(*authors, **fields)) == expected


@pytest.mark.parametrize(
    ("authors", "fields", "expected"),
    [
        ((ALAM,), {"issued": PartialDate("2020-03")}, "Alam, 2020"),
        ((ALAM, CHU), {"issued": PartialDate("2020")}, "Alam and others, 2020"),
        ((GROUP,), {}, "The Needling Group"),
        ((), {"publisher": "A Hospital", "container_title": "Journal"}, "A Hospital"),
        ((), {"container_title": "Journal"}, "Journal"),
        ((), {"issued": PartialDate("2021")}, "A title, 2021"),
        ((MORE,), {"publisher": "A Hospital"}, "A Hospital"),
    ],
)
def test_a_short_citation_names_the_first_author_or_the_publisher(
    authors: tuple[Name, ...], fields: dict[str, Any], expected: str
) -> None:
    assert short_citation(source(*authors, **fields)) == expected


def test_a_note_says_how_far_where_and_when_a_source_was_read() -> None:
    found = source(read=Read.ABSTRACT, via=Via.INDEX)
    assert how_read(found) == "only the summary was read, in an index, on 2026-11-20"


@pytest.mark.parametrize(("read", "where"), [(None, "in a copy"), (Via.SECOND_HAND, "in someone else's words")])
def test_a_passage_read_less_directly_says_so(read: Via | None, where: str) -> None:
    item = Evidence(NOWHERE, "s", "Page 1", Relation.SUPPORTS, "So.", read=read)
    assert how_read(source(via=Via.MIRROR), item) == f"read in full, {where}, on 2026-11-20"


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"DOI": "10.1000/x", "URL": "https://a.example", "PMID": "1"}, "https://doi.org/10.1000/x"),
        ({"URL": "https://a.example", "PMID": "1"}, "https://a.example"),
        ({"PMID": "1"}, "https://pubmed.ncbi.nlm.nih.gov/1/"),
        ({}, None),
    ],
)
def test_a_source_is_linked_by_its_most_lasting_address(fields: dict[str, str], address: str | None) -> None:
    assert source(**fields).address == address


def test_every_closed_value_has_its_words() -> None:
    assert set(KIND_WORDS) == set(SourceKind)
    assert set(READ_WORDS) == set(Read)
    assert set(VIA_WORDS) == set(Via)
    assert set(RELATION_WORDS) == set(Relation)


def test_advice_and_sales_talk_are_not_measurements() -> None:
    assert not MEASURED & {SourceKind.GUIDELINE, SourceKind.REVIEW, SourceKind.MAKER, SourceKind.CLINIC}
    assert SourceKind.RANDOMISED_TRIAL in MEASURED

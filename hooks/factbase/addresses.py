"""Are the sources' addresses still there? The record of what was found, and how an answer is judged. Pure.

Asking itself is done by `ask`, for `make links`; the record is `data/addresses.yml`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from factbase.about import Address
from factbase.base import Base
from factbase.problem import Problem, in_order
from factbase.shape import Link

HEAD = """\
# yaml-language-server: $schema=schema/addresses.schema.json
# When each source's address was last seen alive. Written by `make links`; nothing here need be edited by hand.
"""
_RESOLVERS = frozenset({"doi.org"})
"""Hosts whose redirect is the answer: a registered DOI exists, whatever the publisher's server says to a program."""


class State(StrEnum):
    """What an answer says of an address."""

    ALIVE = "alive"
    GONE = "gone"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status, or the words of why nothing came (status 0)."""

    status: int
    why: str = ""

    @property
    def words(self) -> str:
        return str(self.status) if self.status else self.why


def state_of(answer: Answer) -> State:
    """404 and 410 say that a page is gone (RFC 9110, 15.5.5 and 15.5.11).

    A refusal (401, 403, 429), a fault of the server and silence say nothing about the page.
    """
    if answer.status in (404, 410):
        return State.GONE
    return State.ALIVE if 200 <= answer.status < 400 else State.UNSURE


def follows_redirects(address: str) -> bool:
    """Whether the page behind a redirect is the one to ask for."""
    return urlsplit(address).hostname not in _RESOLVERS


def wanted(base: Base) -> dict[str, str]:
    """Source id → the address that its note links."""
    return {source.id: source.address for source in base.sources.values() if source.address}


def by_host(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Host → its addresses, each once, in order: one queue for each host."""
    found: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        found.setdefault(urlsplit(address).hostname or "", []).append(address)
    return found


def updated(base: Base, answers: Mapping[str, Answer], today: datetime.date) -> dict[str, Address]:
    """The record after a round of asking. An unsure answer leaves what was known of the same address."""
    found = {}
    for name, address in wanted(base).items():
        known = base.addresses.get(name)
        if known is None or known.address != address:
            known = Address(name, base.sources[name].where, Link(address))
        answer = answers.get(address)
        match state_of(answer) if answer else State.UNSURE:
            case State.ALIVE:
                known = dataclasses.replace(known, alive=today, gone=None)
            case State.GONE:
                known = dataclasses.replace(known, gone=known.gone or today)
        if known.alive or known.gone:
            found[name] = known
    return found


def record_text(found: Mapping[str, Address]) -> str:
    """The text of `data/addresses.yml`. Addresses and dates hold nothing that YAML would read otherwise."""
    lines = []
    for name, item in sorted(found.items()):
        dates = [f"  {field}: {day}" for field, day in (("alive", item.alive), ("gone", item.gone)) if day]
        quoted = item.address.replace("'", "''")
        lines += [f"{name}:", f"  address: '{quoted}'", *dates]
    return HEAD + "\n".join(lines) + ("\n" if lines else "")


def dead(base: Base) -> list[Problem]:
    """One problem for each source whose present address was found gone, with the facts that rest on it."""
    found = []
    for name, item in base.addresses.items():
        source = base.sources.get(name)
        if source and item.gone and source.address == item.address:
            facts = ", ".join(fact.id for fact in base.users.get(name, ())) or "none"
            field = "DOI" if source.DOI else "URL" if source.URL else "PMID"
            what = f"Gone since {item.gone}: {item.address}. Facts that rest on it: {facts}."
            instead = "Find where it stands now, or another source."
            found.append(Problem(source.where.at(field), "D02", what, instead))
    return in_order(found)

"""Everything that was loaded, in one frozen value that rules and outputs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from factbase.about import Address, Correction, LeftOut, Review, Site
from factbase.clinic import Clinic, number_facts, own_id
from factbase.condition import Condition
from factbase.course import DayToNote, Sign, Step
from factbase.document import Download
from factbase.drawn import Drawn, facts_of
from factbase.heard import Heard, HeardGroup, SetAside
from factbase.label import Label, label_of
from factbase.leaflet import Leaflet
from factbase.message import ANCHOR, Message
from factbase.model import Fact, FactKind, Level, Source, Status
from factbase.normal import printed
from factbase.page import CareCard, Claim, Generated, Heading, Page, segments_of, walk
from factbase.problem import Place
from factbase.published import Chosen, Published
from factbase.release import Release
from factbase.wording import Synonym, Term, Wording


class Placed(NamedTuple):
    """A fact as a page prints it: under which anchor, and where the page's file asks for it."""

    anchor: str
    fact: str
    place: Place


@dataclass(frozen=True)
class Base:
    """The fact base and the pages. Facts and sources keep the order of their files."""

    site: Site
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    pages: tuple[Page, ...]
    synonyms: tuple[Synonym, ...]
    heard: tuple[Heard, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    wording: tuple[Wording, ...] = ()
    terms: tuple[Term, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    corrections: tuple[Correction, ...] = ()
    reviews: tuple[Review, ...] = ()
    signs_seen: tuple[Sign, ...] = ()
    steps: tuple[Step, ...] = ()
    dates: tuple[DayToNote, ...] = ()
    conditions: tuple[Condition, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    leaflets: tuple[Leaflet, ...] = ()
    addresses: Mapping[str, Address] = field(default_factory=dict)
    downloads: tuple[Download, ...] = ()
    address: str | None = None
    links: tuple[Chosen, ...] = ()
    published: Mapping[str, Published] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    messages: tuple[Message, ...] = ()
    clinic: Clinic | None = None

    def page(self, slug: str) -> Page | None:
        """The page of this name, or None."""
        return self._by_slug.get(slug)

    @cached_property
    def _by_slug(self) -> dict[str, Page]:
        return {page.slug: page for page in self.pages}

    @cached_property
    def live(self) -> tuple[Fact, ...]:
        """Facts that may be printed."""
        return tuple(fact for fact in self.facts.values() if fact.status is not Status.RETIRED)

    @cached_property
    def labels(self) -> dict[str, Label]:
        """Fact id → its evidence label."""
        return {name: label_of(fact, self.sources) for name, fact in self.facts.items()}

    @cached_property
    def unknowns(self) -> tuple[Fact, ...]:
        """What nobody knows, in the order of the files."""
        return tuple(fact for fact in self.live if fact.kind is FactKind.UNKNOWN)

    def signs(self, level: Level) -> tuple[Fact, ...]:
        """The warning signs of a level, in the order of the files."""
        return tuple(fact for fact in self.live if fact.level is level)

    @cached_property
    def users(self) -> dict[str, tuple[Fact, ...]]:
        """Source id → the facts that rest on it, differ from it or were searched for in it."""
        found: dict[str, list[Fact]] = {}
        for fact in self.live:
            for source in dict.fromkeys(item.source for item in fact.evidence):
                found.setdefault(source, []).append(fact)
        return {source: tuple(facts) for source, facts in found.items()}

    @cached_property
    def homes(self) -> dict[str, str]:
        """Fact id → slug of the first page that prints it in its text. Pages are in the order of their names.

        The page with the messages for clinics only prints again what others say.
        """
        found: dict[str, str] = {}
        for page in self.pages:
            for placed in self.placed(page):
                if not placed.anchor.startswith(ANCHOR):
                    found.setdefault(placed.fact, page.slug)
        return found

    @cached_property
    def own(self) -> dict[str, str]:
        """Fact id → the waiting time that the clinic of this edition asks for instead; empty without a clinic."""
        rules = {item.id: item.facts[0] for item in self.drawn}
        said = [(own_id(own.rule, rules), own.says) for own in (self.clinic.own if self.clinic else ())]
        return {rules[rule]: says.rstrip(".") for rule, says in said if rule in rules}

    def _always(self, message: Message) -> Iterator[str]:
        """Facts that a message prints without naming them."""
        yield from message.always
        yield from number_facts(self.clinic.country if self.clinic else None) if message.warnings else ()
        yield from self.own if message.lists_own_times else ()

    def heard_in(self, group: str) -> tuple[Heard, ...]:
        """The popular claims of a group, in the order of the file."""
        return tuple(entry for entry in self.heard if entry.group == group)

    def placed(self, page: Page) -> tuple[Placed, ...]:
        """Every fact that a page prints in its text, cards and generated parts, in reading order."""
        return self._placed[page.path]

    @cached_property
    def _placed(self) -> dict[str, tuple[Placed, ...]]:
        return {page.path: tuple(self._place(page)) for page in self.pages}

    def _place(self, page: Page) -> Iterator[Placed]:
        anchor = ""
        for block in walk(page.blocks):
            if isinstance(block, Heading):
                anchor = block.anchor or anchor
            elif isinstance(block, CareCard):
                names = block.facts or tuple(fact.id for fact in self.signs(block.level))
                yield from (Placed(anchor, name, block.place) for name in names)
            elif isinstance(block, Generated):
                yield from (placed._replace(anchor=placed.anchor or anchor) for placed in self._generated(block))
            for segment in segments_of(block):
                if isinstance(segment, Claim):
                    yield Placed(anchor, segment.fact, segment.place)

    def generated(self, block: Generated) -> tuple[Placed, ...]:
        """Every fact that a part made from data prints, in reading order."""
        return tuple(self._generated(block))

    def _generated(self, block: Generated) -> Iterator[Placed]:
        if block.name == "picture":
            named = facts_of(block.argument, self.drawn, self.signs_seen)
            yield from (Placed("", name, block.place) for name in named)
        elif block.name == "unknowns":
            for fact in self.unknowns:
                yield Placed(f"not-known-{fact.topic}", fact.id, block.place)
        elif block.name == "heard" and block.argument in list(HeardGroup):
            for entry in self.heard_in(block.argument):
                yield from (Placed(entry.id, name, entry.where.at("answer")) for name in entry.answer)
        elif block.name == "conditions":
            yield from (Placed("my-list", name, block.place) for name in block.argument.split())
            for item in self.conditions:
                for field, names in (("reasons", item.reasons), ("never", item.never)):
                    yield from (Placed(f"check-{item.kind}", name, item.where.at(field)) for name in names)
        elif block.name == "messages":
            for message in self.messages:
                told = dict.fromkeys([*(name for _, name in message.printed()), *self._always(message)])
                yield from (Placed(ANCHOR + message.id, name, message.where.record) for name in told)
        elif block.name == "healing":
            shown = printed(self.signs_seen, self.steps, self.dates, block.argument)
            yield from (Placed(at, name, block.place) for at, name in shown)
        elif block.name == "glossary":
            yield from (Placed(term.id, term.fact, term.where.at("fact")) for term in self.terms)

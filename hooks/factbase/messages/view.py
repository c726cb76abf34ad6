"""A message, the base and a clinic → all that an e-mail prints, in order. Pure; the templates only lay it out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from factbase.base import Base
from factbase.cite import KIND_WORDS, short_citation
from factbase.clinic import Country, emergency_number, number_facts
from factbase.differ import may_be_named
from factbase.message import FIRST, NO_ANSWER, Message
from factbase.messages.phones import Phone, phones_of
from factbase.messages.sms import sms_text
from factbase.messages.words import in_message
from factbase.model import CARE_TITLES, Fact, Level
from factbase.reviewed import standing_words

CLINIC_FIELD = "{{clinic_name}}"
"""A field that a booking system fills, where the messages stand for any clinic."""
ACCENT, ON_ACCENT = "#17505f", "#ffffff"
HELP = "get-help"
GENERAL = "This is general information. It does not replace what your clinic tells you."
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its words, the fact it is, the number of its note, the clinic's own time if it has one."""

    fact: Fact
    words: str
    number: int
    own: str | None = None

    @property
    def text(self) -> str:
        """The statement with its note's number, as plain text prints it."""
        own = f" Your clinic says: {self.own}." if self.own else ""
        return f"{self.words} [{self.number}]{own}"


@dataclass(frozen=True, slots=True)
class Cited:
    """A note in short: what kind of evidence, which sources, and where the whole note stands."""

    number: int
    fact: str
    label: str
    sources: str
    page: str
    address: str


@dataclass(frozen=True, slots=True)
class Box:
    """The warning signs of one level; the title is an instruction."""

    level: Level
    title: str
    signs: tuple[Said, ...]
    then: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """An e-mail before it is laid out."""

    message: Message
    clinic: str
    phones: tuple[Phone, ...]
    boxes: tuple[Box, ...]
    looks: tuple[Said, ...]
    no_answer: tuple[Said, ...]
    facts: tuple[Said, ...]
    own: tuple[Said, ...]
    cited: tuple[Cited, ...]
    link: str
    accent: str
    accent_text: str
    emergency: str | None
    state: tuple[str, ...]
    sms: str
    booking: str | None = None
    website: str | None = None
    postal: tuple[str, ...] = ()

    @property
    def preheader(self) -> str:
        """The line that an inbox shows behind the subject."""
        return f"{self.message.opening[0]} {self.message.heading}"

    @property
    def after(self) -> bool:
        """Whether the message is for the time after needling."""
        return self.message.after

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Where the whole notes stand: each page's address with the numbers of its notes, for plain text."""
        found: dict[str, list[str]] = {}
        for cited in self.cited:
            found.setdefault(cited.page, []).append(str(cited.number))
        return [(page, ", ".join(numbers)) for page, numbers in found.items()]


@dataclass(slots=True)
class Numbers:
    """Counts the notes of one message or page while it is put together."""

    base: Base
    address: str
    nearest: tuple[str, ...] = ()
    """Pages to link first, where they hold the note."""
    found: dict[str, int] = field(default_factory=dict)

    def say(self, names: Iterable[str]) -> tuple[Said, ...]:
        """Facts as statements: the claim, and the careful reading where sources differ. A sign stands alone."""
        return tuple(self._said(self.base.facts[name]) for name in names)

    def _said(self, fact: Fact) -> Said:
        number = self.found.setdefault(fact.id, len(self.found) + 1)
        return Said(fact, in_message(fact), number, self.base.own.get(fact.id))

    def cited(self) -> tuple[Cited, ...]:
        """The notes of everything said so far."""
        facts = [(number, self.base.facts[name]) for name, number in self.found.items()]
        return tuple(self._cited(number, fact) for number, fact in facts)

    def _cited(self, number: int, fact: Fact) -> Cited:
        page = f"{self.address}/go/{self._page(fact)}"
        label = self.base.labels[fact.id].words
        return Cited(
            number, fact.id, label, sources_in_short(fact, self.base), page, f"{self.address}/go/fact-{fact.id}"
        )

    def _page(self, fact: Fact) -> str:
        for slug in self.nearest:
            page = self.base.page(slug)
            if page and any(placed.fact == fact.id for placed in self.base.placed(page)):
                return slug
        return self.base.homes[fact.id]


def sources_in_short(fact: Fact, base: Base) -> str:
    """The first sources by name and year, and how many more there are; clinics and sellers are counted only."""
    found = list({item.source: base.sources[item.source] for item in fact.evidence}.values())
    by_name = [source for source in found if may_be_named(source)]
    named = list(dict.fromkeys(short_citation(source) for source in by_name))[:MOST_NAMED]
    more = len(found) - sum(short_citation(source) in named for source in by_name)
    if not named:
        one, many = KIND_WORDS[found[0].kind]
        if any(source.kind is not found[0].kind for source in found):
            return f"{more} sources"
        return one if more == 1 else f"{more} {many}"
    return "; ".join(named) + (f"; and {more} more" if more else "")


def view(message: Message, base: Base, address: str) -> View:
    """The message for the clinic of the base, or for any clinic. `address` of the site has no slash at its end."""
    clinic = base.clinic
    country = clinic.country if clinic else None
    count = Numbers(base, address, (message.page, HELP))
    link = f"{address}/go/{message.action.to}"
    boxes = boxes_of(message, count, country)
    facts = message.facts
    rules = [name for name in base.own if message.lists_own_times and name not in facts]
    name = clinic.name if clinic else CLINIC_FIELD
    made = {
        "boxes": boxes,
        "no_answer": count.say(NO_ANSWER) if message.after else (),
        "looks": count.say(message.warnings.then) if message.warnings else (),
        "facts": count.say(facts),
        "own": count.say(rules),
    }
    colours = clinic.colours if clinic else None
    found = View(
        message=message,
        clinic=name,
        phones=phones_of(clinic),
        **made,  # type: ignore[arg-type]
        cited=count.cited(),
        link=link,
        accent=colours.accent if colours else ACCENT,
        accent_text=colours.text if colours else ON_ACCENT,
        emergency=emergency_number(country, base.facts),
        state=(),
        sms=sms_text(message, base.facts, clinic.short_name if clinic else CLINIC_FIELD, link),
        booking=clinic.booking if clinic else None,
        website=clinic.website if clinic else None,
        postal=clinic.address if clinic else (),
    )
    return _stated(found, base)


def boxes_of(message: Message, count: Numbers, country: Country | None) -> tuple[Box, ...]:
    """The boxes of a message, the most urgent first; the first says which number to call."""
    found = []
    for level in Level:
        names = message.warnings.of(level) if message.warnings else ()
        if names:
            then = (FIRST, *number_facts(country)) if level is Level.EMERGENCY else ()
            found.append(Box(level, CARE_TITLES[level], count.say(names), count.say(then)))
    return tuple(found)


def digest(value: object) -> str:
    """The first 8 hex digits of the SHA-256 of what is said."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:8]


def _stated(found: View, base: Base) -> View:
    """The same with its last lines: what it is, version and hash, and whether a clinician has reviewed it."""
    message = found.message
    said = [item for box in found.boxes for item in (*box.signs, *box.then)]
    said += [*found.looks, *found.no_answer, *found.facts, *found.own]
    # Wherever the site stands, the same words have the same hash.
    sms = found.sms.removesuffix(found.link)
    own_words = [message.subject, message.opening, message.heading, message.action.label, message.action.to, sms]
    text = digest([own_words, [item.text for item in said], [[item.words, item.number] for item in found.phones]])
    page = base.page(message.page)
    facts = list({item.fact.id: item.fact for item in said}.values())
    state = standing_words(facts, page, base) if page else ""
    lines = (GENERAL, state, f"{base.site.name}, message {message.id}, version {base.site.version}, text {text}.")
    return replace(found, state=lines)

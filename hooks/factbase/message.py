"""Timed messages from a clinic to its patients (data/messages.yml): which facts each carries, and when it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from factbase.model import Level
from factbase.shape import ID_PATTERN, Where, described

FIRST = "warning-emergency-first"
"""The fact below the signs of an emergency."""
NO_ANSWER = ("warning-today-no-answer", "warning-clinic-no-answer")
"""The facts on whom else to ask when the clinic does not answer."""
OWN_TIMES_UNTIL = 1
"""Last day on which a message lists all of a clinic's own times."""
ANCHOR = "message-"
"""Start of the anchors of messages on their page."""
FIELD = re.compile(r"\{([^{}]*)\}")
"""A field of an SMS: `{clinic}`, `{link}`, or `{fact:id}` for the short wording of a fact."""


class Moment(StrEnum):
    """What the days of a message are counted from."""

    BOOKING = "booking"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing that a message asks its reader to do: a button that leads to a page."""

    where: Where
    label: str = described("Words on the button, at most 32 characters.", max_chars=32)
    to: str = described("Name of a short link, as aftercare for /go/aftercare.", pattern=ID_PATTERN, max_chars=60)


@dataclass(frozen=True, slots=True)
class Warnings:
    """The warning signs of a message by level, most urgent first, and what helps to see them."""

    where: Where
    emergency: tuple[str, ...] = described("Signs that need the emergency number.", min_items=1, max_items=5)
    today: tuple[str, ...] = described("Signs that need medical help the same day.", default=(), max_items=5)
    clinic: tuple[str, ...] = described("Signs to call the clinic about.", default=(), max_items=5)
    then: tuple[str, ...] = described("Facts below the signs, as how to look.", default=(), max_items=3)

    def of(self, level: Level) -> tuple[str, ...]:
        """Ids of the signs of one level."""
        return {Level.EMERGENCY: self.emergency, Level.TODAY: self.today, Level.CLINIC: self.clinic}[level]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Everything it states is a fact of the base; its own words only greet, ask and lead."""

    id: str
    where: Where
    name: str = described("Its name on the page, at most 4 words.", max_chars=40)
    moment: Moment = described("What the days are counted from: booking, before or after needling.")
    days: int = described("How many days from that moment; 0 is the day itself.")
    page: str = described("Name of the page that says more, as aftercare.", pattern=ID_PATTERN, max_chars=80)
    subject: str = described("Subject of the e-mail, at most 50 characters.", max_chars=50)
    opening: tuple[str, ...] = described("Short lines that claim nothing.", min_items=1, max_items=2)
    action: Action = described("The one main action.")
    heading: str = described("A question above the facts.", max_chars=60, pattern=r".*\?")
    facts: tuple[str, ...] = described("Ids of the facts, in reading order.", min_items=2, max_items=7)
    sms: str = described(
        "Text message: {clinic}, {fact:id} (its short words) and {link}; only the facts state anything.",
        max_chars=200,
    )
    warnings: Warnings | None = described("Warning signs; needed after needling.", default=None)

    @property
    def when(self) -> str:
        """When it is sent, in words: `7 days before needling`."""
        if self.moment is Moment.BOOKING:
            return "When the booking is confirmed"
        if self.days == 0:
            return "On the day, after needling"
        count = f"{self.days // 7} weeks" if self.days % 7 == 0 and self.days > 7 else _days(self.days)
        return f"{count} {self.moment.value} needling"

    @property
    def sms_facts(self) -> tuple[str, ...]:
        """Ids of the facts that the SMS states."""
        return tuple(name[5:].strip() for name in FIELD.findall(self.sms) if name.startswith("fact:"))

    @property
    def after(self) -> bool:
        """Whether it is for the time after needling."""
        return self.moment is Moment.AFTER

    @property
    def always(self) -> tuple[str, ...]:
        """Facts that it prints without naming them, but for the emergency numbers."""
        return (*((FIRST,) if self.warnings else ()), *(NO_ANSWER if self.after else ()))

    @property
    def lists_own_times(self) -> bool:
        """Whether it lists all of a clinic's own times."""
        return self.after and self.days <= OWN_TIMES_UNTIL

    def printed(self) -> Iterator[tuple[str, str]]:
        """Every fact that the message names, each with the field that names it."""
        if self.warnings:
            for level in Level:
                yield from ((level.value, name) for name in self.warnings.of(level))
            yield from (("then", name) for name in self.warnings.then)
        yield from (("facts", name) for name in self.facts)
        yield from (("sms", name) for name in self.sms_facts)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"

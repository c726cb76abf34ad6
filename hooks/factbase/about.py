"""What the site says of itself: its name and version, what it left out, corrections, sources still there, sign-offs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from factbase.shape import ID_PATTERN, Link, Where, described


@dataclass(frozen=True, slots=True)
class Site:
    """What the site says of itself."""

    where: Where
    name: str = described("Name of the site.", max_chars=60)
    version: str = described("Version of the text, as 1.2.0.", pattern=r"\d+\.\d+\.\d+")
    description: str = described("One sentence about the site.", max_chars=200)
    copyright: str = described("Licence line at the foot of each page.", max_chars=200)
    corrections: Link | None = described("Where readers report an error: mailto: or https:.", default=None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Evidence that was looked at and not used."""

    id: str
    where: Where
    source: str = described("Id of a source in data/sources.yml.", pattern=ID_PATTERN, max_chars=80)
    locator: str = described("Where in the source.", max_chars=160)
    reason: str = described("Why it is not used, one plain sentence.", max_chars=300)


@dataclass(frozen=True, slots=True)
class Correction:
    """An error that was mended after it had been published."""

    id: str
    where: Where
    date: datetime.date = described("The day it was mended, as 2026-11-20.")
    page: str = described("Name of the page, as dark-marks.", pattern=ID_PATTERN, max_chars=80)
    was: str = described("What was wrong, one plain sentence.", max_chars=240)
    now: str = described("What it says now, one plain sentence.", max_chars=240)


@dataclass(frozen=True, slots=True)
class Address:
    """When a source's address was last seen alive, or first found gone. The id is the source's."""

    id: str
    where: Where
    address: Link = described("The address that was asked.", max_chars=500)
    alive: datetime.date | None = described("The day it was last seen alive.", default=None)
    gone: datetime.date | None = described("The day it was first found gone.", default=None)


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician's sign-off, bound to the text by its hash: an edit lapses it."""

    id: str
    where: Where
    target: str = described("fact:<id> or page:<name>.", pattern=rf"(fact|page):{ID_PATTERN}", max_chars=90)
    hash: str = described("Hash of the text signed off; written by the review command.", pattern=r"[0-9a-f]{16}")
    name: str = described("Full name of the reviewer.", max_chars=80)
    role: str = described("Role, as consultant dermatologist.", max_chars=80)
    register: str = described("Registration body, as GMC.", max_chars=80)
    number: str = described("Registration number.", max_chars=40)
    date: datetime.date = described("The day of the sign-off, as 2026-11-20.")
    interest: str = described("Conflict of interest, or none.", max_chars=200)

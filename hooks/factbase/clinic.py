"""A clinic's own edition: its name, numbers, colours and waiting times (one file, such as data/clinic.yml)."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum

from factbase.document import Paper
from factbase.model import Fact, Treatment
from factbase.shape import Link, Where, described

_PHONE = r"\+?[0-9(][0-9 ()./-]{1,24}"


class Country(StrEnum):
    """Countries whose emergency number a fact of the base names (two letters, ISO 3166), and `other`."""

    GB = "GB"
    US = "US"
    AU = "AU"
    AT = "AT"
    BE = "BE"
    BG = "BG"
    CY = "CY"
    CZ = "CZ"
    DE = "DE"
    DK = "DK"
    EE = "EE"
    ES = "ES"
    FI = "FI"
    FR = "FR"
    GR = "GR"
    HR = "HR"
    HU = "HU"
    IE = "IE"
    IT = "IT"
    LT = "LT"
    LU = "LU"
    LV = "LV"
    MT = "MT"
    NL = "NL"
    PL = "PL"
    PT = "PT"
    RO = "RO"
    SE = "SE"
    SI = "SI"
    SK = "SK"
    OTHER = "other"


EVERYWHERE = (
    "warning-numbers-uk",
    "warning-numbers-us",
    "warning-numbers-eu",
    "warning-numbers-australia",
    "warning-numbers-elsewhere",
)
"""The facts that name emergency numbers: all stand where no country is known."""
_NUMBERS = {
    Country.GB: "warning-numbers-uk",
    Country.US: "warning-numbers-us",
    Country.AU: "warning-numbers-australia",
}
_NUMBER = re.compile(r"\bcall (?:triple zero \()?(\d{3})\b")


@dataclass(frozen=True, slots=True)
class OutOfHours:
    """Who answers when the clinic does not."""

    where: Where
    who: str = described("Who answers, as The nurse on call.", max_chars=60)
    when: str = described("When, as 6 pm to 8 am and at weekends.", max_chars=80)
    phone: str = described("A telephone number, as +44 20 7946 0958.", pattern=_PHONE, max_chars=26)


@dataclass(frozen=True, slots=True)
class Colours:
    """The clinic's colours; each pair is checked for contrast."""

    where: Where
    accent: str = described("Colour of buttons and lines, as #17505f.", pattern=r"#[0-9A-Fa-f]{6}", max_chars=7)
    text: str = described(
        "Colour of the words on a button.", default="#ffffff", pattern=r"#[0-9A-Fa-f]{6}", max_chars=7
    )


@dataclass(frozen=True, slots=True)
class Own:
    """A waiting time of the clinic that stands beside the range that clinics give."""

    where: Where
    rule: str = described("What must wait: wash, make-up, sunscreen, exercise, pools, retinoids or sun.", max_chars=80)
    says: str = described("The clinic's time, as 24 hours or 2 to 3 days.", max_chars=60)


@dataclass(frozen=True, slots=True)
class Clinic:
    """One clinic. `id` is the name of its file and of its kit's folder."""

    id: str
    where: Where
    name: str = described("Name of the clinic, at most 60 characters.", max_chars=60)
    treatment: Treatment = described("What its messages are about: needling (plain needling).")
    country: Country = described(
        "Two letters of the country, as GB, US, AU, DE, or other: decides emergency number and paper."
    )
    phone: str = described("Telephone number, as +44 20 7946 0958.", pattern=_PHONE, max_chars=26)
    sms_name: str | None = described("Shorter name for text messages.", default=None, max_chars=30)
    out_of_hours: OutOfHours | None = described("Who answers when the clinic is closed.", default=None)
    address: tuple[str, ...] = described("Lines of its postal address.", default=(), max_items=5)
    booking: Link | None = described("Where patients book: an https: address.", default=None, max_chars=300)
    website: Link | None = described("Its website: an https: address.", default=None, max_chars=300)
    logo: str | None = described(
        "A PNG or SVG file beside this file, as logo.svg.", default=None, pattern=r"[\w./ -]+", max_chars=120
    )
    colours: Colours | None = described("Its colours.", default=None)
    paper: Paper | None = described("a4 or letter, where the country does not decide it.", default=None)
    own: tuple[Own, ...] = described("Its own waiting times where they differ from ours.", default=(), max_items=12)

    @property
    def short_name(self) -> str:
        """The name for text messages."""
        return self.sms_name or self.name

    @property
    def phones(self) -> tuple[tuple[str, str], ...]:
        """Each number with the words that say whose it is; the clinic's own first."""
        found = [("Phone", self.phone)]
        if self.out_of_hours:
            found.append(
                (f"When we are closed ({self.out_of_hours.when}): {self.out_of_hours.who}", self.out_of_hours.phone)
            )
        return tuple(found)


def tel(phone: str) -> str:
    """A telephone number as a link: `+44 20 7946 0958` → `tel:+442079460958`."""
    return "tel:" + re.sub(r"[^0-9+]", "", phone)


def number_facts(country: Country | None) -> tuple[str, ...]:
    """Ids of the facts that name the emergency number of a country; all of them where it is not known."""
    return EVERYWHERE if country in (None, Country.OTHER) else (_number_fact(country),)


def emergency_number(country: Country | None, facts: Mapping[str, Fact]) -> str | None:
    """The emergency number as the country's fact names it; None where the country is not known."""
    if country in (None, Country.OTHER):
        return None
    hit = _NUMBER.search(facts[_number_fact(country)].claim)
    return hit[1] if hit else None


def _number_fact(country: Country) -> str:
    # All other countries of the list are in the European Union.
    return _NUMBERS.get(country, "warning-numbers-eu")


def own_id(rule: str, known: Container[str]) -> str:
    """The id that a rule has among those `known` from data/pictures.yml: `make-up` → `rule-make-up`."""
    return rule if rule in known else f"rule-{rule}"

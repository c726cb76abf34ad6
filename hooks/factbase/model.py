"""What a source and a fact are: the core of the model.

Field names follow CSL-JSON (sources) and FHIR Evidence / nanopublication (assertion,
provenance, publication info). Frozen: nothing changes after loading. The data files, the
JSON Schemas and the checker all take their shape from here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from factbase.shape import ID_PATTERN, Link, PartialDate, Where, described


class SourceKind(StrEnum):
    """What kind of source it is. Decides the evidence label (see `label`)."""

    SYSTEMATIC_REVIEW = "systematic-review"
    RANDOMISED_TRIAL = "randomised-trial"
    CLINICAL_STUDY = "clinical-study"
    SURVEY = "survey"
    CASE_REPORT = "case-report"
    LABORATORY_STUDY = "laboratory-study"
    REVIEW = "review"
    GUIDELINE = "guideline"
    TEXTBOOK = "textbook"
    REGULATOR = "regulator"
    PUBLIC_HEALTH = "public-health"
    PROFESSIONAL_BODY = "professional-body"
    HOSPITAL = "hospital"
    CHARITY = "charity"
    RELAYED = "relayed"  # a news report of what an authority or a study says, read second-hand
    MAKER = "maker"
    CLINIC = "clinic"
    SELLER = "seller"
    NEWS = "news"


PRACTICE_ONLY = frozenset({SourceKind.CLINIC, SourceKind.SELLER, SourceKind.NEWS})
"""Tier 3: they show what is said, done or has happened, never what is true."""

SELLS = PRACTICE_ONLY - {SourceKind.NEWS} | {SourceKind.MAKER}
"""Sources with something to sell: no benefit or safety claim rests on them alone."""


PUBLIC = frozenset(
    {
        SourceKind.GUIDELINE,
        SourceKind.TEXTBOOK,
        SourceKind.REGULATOR,
        SourceKind.PUBLIC_HEALTH,
        SourceKind.PROFESSIONAL_BODY,
        SourceKind.HOSPITAL,
        SourceKind.CHARITY,
    }
)
"""Public bodies and reference works: page text may name their publisher."""


class Read(StrEnum):
    """How far the source was read."""

    FULL = "full"
    ABSTRACT = "abstract"
    OPENING = "opening"
    EXCERPT = "excerpt"


class Via(StrEnum):
    """Where it was read."""

    OFFICIAL = "official"
    PUBLISHER_ABSTRACT = "publisher-abstract"
    MIRROR = "mirror"
    INDEX = "index"
    SECOND_HAND = "second-hand"


class Interest(StrEnum):
    """What the source gains from its message, as far as it was seen."""

    NONE = "none"
    SELLS_TREATMENT = "sells-treatment"
    SELLS_DEVICE = "sells-device"
    MAKER_FUNDED = "maker-funded"
    NOT_STATED = "not-stated"


class CslType(StrEnum):
    """CSL-JSON item types in use."""

    ARTICLE_JOURNAL = "article-journal"
    WEBPAGE = "webpage"
    NEWS = "article-newspaper"
    REPORT = "report"
    BOOK = "book"
    PAMPHLET = "pamphlet"


class FactKind(StrEnum):
    DEFINITION = "definition"
    COURSE = "course"
    RISK = "risk"
    BENEFIT = "benefit"
    ADVICE = "advice"
    WHO_SHOULD_NOT = "who-should-not"
    WHEN_TO_CALL = "when-to-call"
    REGULATION = "regulation"
    COST = "cost"
    PRACTICE = "practice"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """How urgent a warning sign is, the most urgent first."""

    EMERGENCY = "emergency"
    TODAY = "today"
    CLINIC = "clinic"


CARE_TITLES = {
    Level.EMERGENCY: "Call the emergency number if",
    Level.TODAY: "Get medical help today if",
    Level.CLINIC: "Call your clinic if",
}
"""The heading of each level's card: an instruction, so that no colour is needed."""


class Treatment(StrEnum):
    """What a fact is about. `needling` is plain needling where pen and roller are not told apart."""

    NEEDLING = "needling"
    PEN = "pen"
    ROLLER = "roller"
    STAMP = "stamp"
    RF = "rf"
    PRP = "prp"
    HOME = "home"
    PATCH = "patch"
    NUMBING = "numbing"
    LASER = "laser"
    PEEL = "peel"
    CREAM = "cream"
    ACNE = "acne"
    SURGERY = "surgery"
    SKIN = "skin"


PLAIN_NEEDLING = frozenset({Treatment.NEEDLING, Treatment.PEN, Treatment.ROLLER, Treatment.STAMP})
"""Treatments whose figures may stand beside each other; RF, PRP, patches and home use are others."""


class Relation(StrEnum):
    SUPPORTS = "supports"
    DIFFERS = "differs"
    SEARCHED = "searched"


class Status(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Name:
    """An author: family and given name, or a literal name of a group."""

    family: str | None = described("Family name.", default=None, max_chars=80)
    given: str | None = described("Given name or initials.", default=None, max_chars=80)
    literal: str | None = described("Name of a group, as it is written.", default=None, max_chars=120)


@dataclass(frozen=True, slots=True)
class Source:
    """One source. CSL-JSON names; `kind`, `read`, `via`, `interest`, `recheck` are ours."""

    id: str
    where: Where
    type: CslType = described("CSL-JSON type of the item.")
    title: str = described("Title as published.", max_chars=300)
    kind: SourceKind = described("What kind of source it is: decides the evidence label.")
    accessed: datetime.date = described("The day it was read, as 2026-11-20.")
    read: Read = described("How far it was read: printed in every source note.")
    via: Via = described("Where it was read: its own address, a publisher's abstract, an index, a copy, second-hand.")
    author: tuple[Name, ...] = described("Authors in order.", default=())
    container_title: str | None = described("Journal or book.", default=None, max_chars=200)
    publisher: str | None = described("Who publishes it.", default=None, max_chars=200)
    issued: PartialDate | None = described("When it was published; leave out if not shown.", default=None)
    volume: str | None = described("Volume.", default=None, max_chars=30)
    issue: str | None = described("Issue.", default=None, max_chars=30)
    page: str | None = described("Pages.", default=None, max_chars=40)
    URL: Link | None = described("Official address only, never a copy.", default=None, max_chars=500)
    DOI: str | None = described("A DOI such as 10.1000/xyz.", default=None, pattern=r"10\.\d{4,9}/\S+", max_chars=120)
    PMID: str | None = described("PubMed number.", default=None, pattern=r"\d{1,9}")
    design: str | None = described("Design of the study in a few words.", default=None)
    people: int | None = described("How many people were studied, where the source says.", default=None)
    country: str | None = described("Country.", default=None, max_chars=60)
    interest: Interest = described("What the source gains from its message.", default=Interest.NOT_STATED)
    recheck: str | None = described("What to look up at its own address.", default=None)

    @property
    def year(self) -> str | None:
        """Year of publication as four digits."""
        return self.issued[:4] if self.issued else None

    @property
    def address(self) -> str | None:
        """The address to link: DOI, else URL, else the PubMed record."""
        if self.DOI:
            return f"https://doi.org/{self.DOI}"
        return self.URL or (f"https://pubmed.ncbi.nlm.nih.gov/{self.PMID}/" if self.PMID else None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one source says about a claim (nanopublication: provenance)."""

    where: Where
    source: str = described("Id of a source in data/sources.yml.", pattern=ID_PATTERN, max_chars=80)
    locator: str = described("Where in the source: heading, section, table.", max_chars=160)
    relation: Relation = described("supports, differs, or (for a gap) searched.")
    says: str = described("What it says, in our own words, with denominator and population.", max_chars=400)
    limits: str | None = described("What the reader of the note must know about it.", default=None, max_chars=500)
    read: Via | None = described("Only if this passage was read less directly than the source.", default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its denominator, as the source gives it; never pooled."""

    where: Where
    count: str = described("How many people had it, in digits.", max_chars=30)
    of: str = described("Out of how many, in digits.", max_chars=30)
    who: str = described("Who was counted.", max_chars=200)
    follow_up: str | None = described("How long they were followed.", default=None, max_chars=120)


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim with its evidence."""

    id: str
    where: Where
    topic: str
    claim: str = described("One plain sentence for a patient, at most 180 characters.", max_chars=180)
    kind: FactKind = described("What kind of statement it is.")
    applies_to: tuple[Treatment, ...] = described("Which treatments it is about.", min_items=1)
    evidence: tuple[Evidence, ...] = described("What each source says.", min_items=1, max_items=40)
    short: str | None = described("Shorter wording for key points, at most 90 characters.", default=None, max_chars=90)
    level: Level | None = described("How urgent; only for when-to-call.", default=None)
    figures: tuple[Figure, ...] = described("Counts that a patient can use.", default=())
    go_by: str | None = described("The careful reading where sources differ.", default=None, max_chars=300)
    not_known: str | None = described("What nobody has measured about it, one sentence.", default=None, max_chars=240)
    why: str | None = described("Why a gap matters to a patient; only for unknown.", default=None, max_chars=240)
    also: tuple[str, ...] = described("Lay words, brand names and misspellings for the search.", default=())
    status: Status = described("draft, reviewed or retired.", default=Status.DRAFT)
    moved_to: str | None = described("For a retired fact: the fact that took its place.", default=None, max_chars=80)
    reason: str | None = described("For a retired fact without successor: why.", default=None)

    def related(self, relation: Relation) -> tuple[Evidence, ...]:
        """The evidence items of one relation, in the order of the file."""
        return tuple(item for item in self.evidence if item.relation is relation)

    @property
    def differs(self) -> bool:
        """Whether any source says otherwise: the page then shows the box."""
        return any(item.relation is Relation.DIFFERS for item in self.evidence)

    @property
    def key_point(self) -> str:
        """The wording for a key points box."""
        return self.short or self.claim

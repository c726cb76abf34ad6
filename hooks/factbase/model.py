"""The words of the fact base: sources, evidence, facts.

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
class Synonym:
    """Words that patients type for something the pages call otherwise."""

    id: str
    where: Where
    page: str = described("Page and section they should find, as candidacy#isotretinoin.", max_chars=120)
    words: tuple[str, ...] = described("Lay words, brand names, misspellings, whole questions.", min_items=1)


class HeardGroup(StrEnum):
    """The groups of popular claims, each printed where a page asks for it."""

    WHAT_IT_IS = "what-it-is"
    RESULTS = "results"
    WHO = "who"
    DARK_MARKS = "dark-marks"
    SIDE_EFFECTS = "side-effects"
    OTHER_TREATMENTS = "other-treatments"
    HEALING = "healing"
    AFTERCARE = "aftercare"


class Verdict(StrEnum):
    """What the evidence says about a popular claim."""

    SUPPORTED = "supported"
    TRUE_WITH_LIMITS = "true-with-limits"
    DISPUTED = "disputed"
    NOT_SUPPORTED = "not-supported"
    OTHER_TREATMENT = "other-treatment"

    @property
    def words(self) -> str:
        """The verdict as the page prints it."""
        return {"other-treatment": "About another treatment"}.get(self.value, self.value.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim that circulates, turned into a question, and its answer made of facts."""

    id: str
    where: Where
    group: HeardGroup = described("Where it is printed.")
    asked: str = described("The claim as a short question, at most 70 characters.", max_chars=70, pattern=r".*\?")
    verdict: Verdict = described("What the evidence says.")
    answer: tuple[str, ...] = described("Ids of one to three facts that answer it.", min_items=1, max_items=3)
    collected: tuple[str, ...] = described("Rows of the collected claims answered here.", min_items=1)
    also: tuple[str, ...] = described("How people say it: for the search.", default=())


@dataclass(frozen=True, slots=True)
class SetAside:
    """Collected claims that get no answer, and why."""

    id: str
    where: Where
    collected: tuple[str, ...] = described("Rows of the collected claims.", min_items=1)
    reason: str = described("Why they get no answer, one plain sentence.", max_chars=240)


class Scope(StrEnum):
    """Which texts a wording rule looks at."""

    TOLD = "told"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Where a wording rule does not hold, and why."""

    where: Where
    at: str = described("Id of a fact, or path of a page such as dark-marks.md.", max_chars=80)
    reason: str = described("Why the words stand there.", max_chars=200)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that are not written here, with a good and a bad example."""

    id: str
    where: Where
    pattern: str = described("Regular expression; capitals do not matter.", max_chars=500)
    scope: Scope = described("told: what patients read; all: the source notes too.")
    instead: str = described("What to write instead.")
    good: str = described("A sentence that passes.")
    bad: str = described("A sentence that the rule catches.")
    waivers: tuple[Waiver, ...] = described("Places where the words stand for a reason.", default=())


@dataclass(frozen=True, slots=True)
class Term:
    """A medical word, the plain word for it, and the fact that defines it."""

    id: str
    where: Where
    term: str = described("The word as a heading, at most 40 characters.", max_chars=40)
    fact: str = described("Id of the fact that defines it.", pattern=ID_PATTERN, max_chars=80)
    match: tuple[str, ...] = described("Forms in which it stands on pages: explained at first use.", default=())
    also: tuple[str, ...] = described("Lay words and misspellings for the search.", default=())


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

"""How a claim is known, in words: computed from the kinds of its supporting sources, never typed.

The rule, from the top; the first line that fits decides:

1. a gap (`unknown`)                                   → looked for, not found
2. a rule or record (`regulation`) with an official source → official record
3. a systematic review                                 → several studies reviewed together
4. two or more randomised trials / one                 → more than one controlled trial / one controlled trial
   (one with fewer than 50 people                      → one small controlled trial)
5. two or more studies of patients / one               → a few studies / one small study, without comparison
6. a survey                                            → a survey
7. a study in the laboratory or on volunteers          → laboratory or volunteer study
8. guideline, regulator, health service, society, hospital → official advice
9. review article, textbook, charity                   → expert advice
10. case reports                                       → reports of single cases
11. a news report of an authority or a study           → official word or study, read in the news
12. the maker of a device                              → the maker says
13. clinics or sellers                                 → clinics say, nobody tested
14. news                                               → reported in the news
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from factbase.model import Fact, FactKind, Relation, Source, SourceKind

SMALL = 50
"""A controlled trial with fewer people is called small. The limit is this project's own."""


class Label(StrEnum):
    """Evidence labels; the value stands in `data-evidence`, `words` on the page."""

    SEARCHED = "looked-for"
    OFFICIAL_RECORD = "official-record"
    SEVERAL_STUDIES = "several-studies"
    CONTROLLED_TRIALS = "controlled-trials"
    CONTROLLED_TRIAL = "controlled-trial"
    SMALL_CONTROLLED_TRIAL = "small-controlled-trial"
    STUDIES = "studies"
    STUDY = "one-small-study"
    SURVEY = "survey"
    LABORATORY = "laboratory"
    OFFICIAL_ADVICE = "official-advice"
    EXPERT_ADVICE = "expert-advice"
    CASES = "single-cases"
    RELAYED = "relayed"
    MAKER = "maker"
    CLINICS = "clinics-say"
    NEWS = "news"

    @property
    def words(self) -> str:
        """The label as the page prints it."""
        return _WORDS[self][0]

    @property
    def meaning(self) -> str:
        """What the label tells a reader, one sentence."""
        return _WORDS[self][1]


_WORDS = {
    Label.SEARCHED: ("Looked for, not found", "We looked for an answer in the sources named and found none."),
    Label.OFFICIAL_RECORD: ("Official record", "A public body states its own rule or record."),
    Label.SEVERAL_STUDIES: (
        "Several studies reviewed together",
        "Researchers searched for all studies and weighed them.",
    ),
    Label.CONTROLLED_TRIALS: (
        "More than one controlled trial",
        "People were put into groups by chance, in two or more studies.",
    ),
    Label.CONTROLLED_TRIAL: (
        "One controlled trial",
        "People or sides of the face were put into groups by chance, in one study.",
    ),
    Label.SMALL_CONTROLLED_TRIAL: ("One small controlled trial", f"The same, with fewer than {SMALL} people."),
    Label.STUDIES: (
        "A few studies, no fair comparison",
        "Two or more studies watched patients, without a group chosen by chance.",
    ),
    Label.STUDY: (
        "One small study, no fair comparison",
        "One study watched patients, without a group chosen by chance.",
    ),
    Label.SURVEY: ("A survey", "People or clinics were asked."),
    Label.LABORATORY: (
        "Laboratory or volunteer study",
        "Measured on animals, skin samples or volunteers, not on patients.",
    ),
    Label.OFFICIAL_ADVICE: ("Official advice", "A health service, regulator, hospital or medical society advises it."),
    Label.EXPERT_ADVICE: ("Expert advice", "A review article, textbook or charity says so."),
    Label.CASES: ("Reports of single cases", "Doctors described one patient or a few."),
    Label.RELAYED: (
        "Official word or study, read in the news",
        "A news report tells what an authority or a study says.",
    ),
    Label.MAKER: ("The maker says", "It stands in the manual or label of a device."),
    Label.CLINICS: (
        "Clinics say, nobody tested",
        "It stands on clinics' or sellers' sheets. It shows what is done, not what is true.",
    ),
    Label.NEWS: ("Reported in the news", "Journalists reported it."),
}

_OFFICIAL = {
    SourceKind.GUIDELINE,
    SourceKind.REGULATOR,
    SourceKind.PUBLIC_HEALTH,
    SourceKind.PROFESSIONAL_BODY,
    SourceKind.HOSPITAL,
}
_RECORD = {SourceKind.REGULATOR, SourceKind.PUBLIC_HEALTH}
_LATER = (
    ({SourceKind.SURVEY}, Label.SURVEY),
    ({SourceKind.LABORATORY_STUDY}, Label.LABORATORY),
    (_OFFICIAL, Label.OFFICIAL_ADVICE),
    ({SourceKind.REVIEW, SourceKind.TEXTBOOK, SourceKind.CHARITY}, Label.EXPERT_ADVICE),
    ({SourceKind.CASE_REPORT}, Label.CASES),
    ({SourceKind.RELAYED}, Label.RELAYED),
    ({SourceKind.MAKER}, Label.MAKER),
    ({SourceKind.CLINIC, SourceKind.SELLER}, Label.CLINICS),
)


def label_of(fact: Fact, sources: Mapping[str, Source]) -> Label:
    """The evidence label of a fact. Sources that are not in `sources` count for nothing."""
    if fact.kind is FactKind.UNKNOWN:
        return Label.SEARCHED
    ids = dict.fromkeys(item.source for item in fact.related(Relation.SUPPORTS))
    return _from_sources(fact.kind, [sources[name] for name in ids if name in sources])


def _from_sources(kind: FactKind, supporting: list[Source]) -> Label:
    kinds = [source.kind for source in supporting]
    if kind is FactKind.REGULATION and _RECORD & set(kinds):
        return Label.OFFICIAL_RECORD
    if SourceKind.SYSTEMATIC_REVIEW in kinds:
        return Label.SEVERAL_STUDIES
    trials = [source for source in supporting if source.kind is SourceKind.RANDOMISED_TRIAL]
    if trials:
        return _trials(trials)
    studies = kinds.count(SourceKind.CLINICAL_STUDY)
    if studies:
        return Label.STUDIES if studies > 1 else Label.STUDY
    return _first(kinds)


def _trials(trials: list[Source]) -> Label:
    if len(trials) > 1:
        return Label.CONTROLLED_TRIALS
    people = trials[0].people
    return Label.SMALL_CONTROLLED_TRIAL if people is not None and people < SMALL else Label.CONTROLLED_TRIAL


def _first(kinds: Iterable[SourceKind]) -> Label:
    present = set(kinds)
    return next((label for group, label in _LATER if group & present), Label.NEWS)

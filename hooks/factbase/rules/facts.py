"""Rules about facts and their evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbase.base import Base
from factbase.markup import sentences
from factbase.model import PRACTICE_ONLY, SELLS, Fact, FactKind, Relation, SourceKind, Status, Treatment
from factbase.problem import Problem, did_you_mean, quote

_MARKUP = re.compile(r"[<>`*\[\]{}|\\]|__")
_PRACTICE_KINDS = {FactKind.PRACTICE, FactKind.COST, FactKind.UNKNOWN}
_PRACTICE_WORDS = re.compile(
    r"\b(clinics?|clinicians?|sellers?|sheets?|forms?|shops?|news|report(s|ed)?|spas?|salons?|makers?|prices?|magazines?|journalists?|doctors?)\b",
    re.I,
)
_OTHER_TREATMENTS = {
    Treatment.LASER: re.compile(r"\blasers?\b", re.I),
    Treatment.PEEL: re.compile(r"\bpeels?\b", re.I),
    Treatment.ACNE: re.compile(r"\b(acne|spots?|pimples?)\b", re.I),
    Treatment.SURGERY: re.compile(r"\b(surgery|surgical|operations?|stitches)\b", re.I),
    Treatment.RF: re.compile(r"\b(RF|radiofrequency|heat)\b", re.I),
}


def known_sources(base: Base) -> Iterator[Problem]:
    """Every evidence item names a source of data/sources.yml."""
    for fact in base.facts.values():
        for item in fact.evidence:
            if item.source not in base.sources:
                instead = did_you_mean(item.source, base.sources) or "Add it to data/sources.yml."
                yield Problem(item.where.at("source"), "F05", f"Unknown source {quote(item.source)}.", instead)


def one_sentence(base: Base) -> Iterator[Problem]:
    """A claim is one plain sentence with a full stop."""
    for fact in base.facts.values():
        if len(sentences(fact.claim)) != 1 or not fact.claim.endswith("."):
            yield Problem(
                fact.where.at("claim"), "F01", "The claim is not one sentence.", "Write one, with a full stop."
            )
        for name, text in (("claim", fact.claim), ("short", fact.short or ""), ("go_by", fact.go_by or "")):
            if hit := _MARKUP.search(text):
                instead = "Write plain text: emphasis and links belong on pages."
                yield Problem(
                    fact.where.at(name), "F02", f"`{name}` holds the markup character {quote(hit[0])}.", instead
                )


def level_only_for_warning_signs(base: Base) -> Iterator[Problem]:
    """`level` stands with every when-to-call fact and with no other."""
    for fact in base.facts.values():
        if fact.kind is FactKind.WHEN_TO_CALL and fact.level is None:
            instead = "Add level: emergency, today or clinic."
            yield Problem(fact.where.record, "F03", "A when-to-call fact has no level.", instead)
        elif fact.kind is not FactKind.WHEN_TO_CALL and fact.level is not None:
            yield Problem(fact.where.at("level"), "F03", "Only when-to-call facts have a level.", "Remove the line.")


def gaps_say_where_we_looked(base: Base) -> Iterator[Problem]:
    """A gap names where it was looked for and why it matters; `searched` and `why` belong to gaps alone."""
    for fact in base.facts.values():
        searched = fact.related(Relation.SEARCHED)
        if fact.kind is FactKind.UNKNOWN:
            if not searched:
                instead = "Add an item with relation: searched."
                yield Problem(fact.where.at("evidence"), "F04", "The gap does not say where we looked.", instead)
            if not fact.why:
                yield Problem(fact.where.record, "F04", "The gap does not say why it matters.", "Add `why: …`.")
        else:
            for item in searched:
                yield Problem(
                    item.where.at("relation"), "F04", "`searched` is for gaps only.", "Write supports or differs."
                )
            if fact.why:
                yield Problem(
                    fact.where.at("why"), "F04", "`why` is for gaps only.", "Make the reason a fact of its own."
                )


def something_supports(base: Base) -> Iterator[Problem]:
    """A claim has at least one source behind it."""
    for fact in base.facts.values():
        if fact.kind is not FactKind.UNKNOWN and not fact.related(Relation.SUPPORTS):
            instead = "Add an item with relation: supports, or turn the claim round."
            yield Problem(fact.where.at("evidence"), "F06", "Nothing supports the claim.", instead)


def clinics_show_practice_only(base: Base) -> Iterator[Problem]:
    """Clinics, sellers and news carry only facts about what is said, done or charged, and the claim says so."""
    for fact in base.facts.values():
        kinds = _supporting(fact, base)
        if not kinds or not kinds <= PRACTICE_ONLY:
            continue
        if fact.kind not in _PRACTICE_KINDS:
            instead = "Write kind: practice and say who says so, or find a better source."
            what = f"A {fact.kind} fact rests on clinics, sellers or news alone."
            yield Problem(fact.where.at("kind"), "F07", what, instead)
        elif fact.kind is FactKind.PRACTICE and not _PRACTICE_WORDS.search(fact.claim):
            what = "The claim does not say that it is only what clinics or sellers say."
            yield Problem(fact.where.at("claim"), "F07", what, 'Begin with "Clinics …".')


def benefit_not_from_sellers(base: Base) -> Iterator[Problem]:
    """A benefit or safety claim cannot rest on those who sell the treatment or the device."""
    for fact in base.facts.values():
        kinds = _supporting(fact, base)
        if fact.kind in (FactKind.BENEFIT, FactKind.RISK) and kinds and kinds <= SELLS:
            instead = "Add an independent source, or call it practice."
            yield Problem(fact.where.at("evidence"), "F08", f"This {fact.kind} rests on sellers alone.", instead)


def address_behind_claim(base: Base) -> Iterator[Problem]:
    """A source without URL, DOI or PMID cannot carry a claim alone."""
    for fact in base.facts.values():
        supporting = [base.sources.get(item.source) for item in fact.related(Relation.SUPPORTS)]
        found = [source for source in supporting if source is not None]
        if found and all(source.address is None for source in found):
            instead = "Add a source that a reader can open."
            yield Problem(fact.where.at("evidence"), "F09", "No supporting source has an address.", instead)


def difference_has_careful_reading(base: Base) -> Iterator[Problem]:
    """Where a source differs, `go_by` says what to go by; where none does, it is not needed."""
    for fact in base.facts.values():
        if fact.differs and not fact.go_by:
            yield Problem(
                fact.where.record, "F10", "Sources differ, but `go_by` is missing.", "Add the careful reading."
            )
        elif fact.go_by and not fact.differs:
            instead = "Add what differs, or remove the line."
            yield Problem(fact.where.at("go_by"), "F10", "`go_by` stands where no source differs.", instead)


def every_fact_is_used(base: Base) -> Iterator[Problem]:
    """A fact that no page prints is a problem: it would grow old unseen."""
    for fact in base.live:
        if fact.id not in base.homes:
            instead = f"Write [[fact:{fact.id}]] on a page, or retire the fact."
            yield Problem(fact.where.record, "F11", f"No page prints the fact {quote(fact.id)}.", instead)


def retired_facts_say_why(base: Base) -> Iterator[Problem]:
    """A retired fact names its successor or a reason, and its successor exists."""
    for fact in base.facts.values():
        if fact.status is not Status.RETIRED:
            for name in ("moved_to", "reason"):
                if getattr(fact, name):
                    yield Problem(fact.where.at(name), "F12", f"`{name}` is for retired facts.", "Remove the line.")
        elif not fact.moved_to and not fact.reason:
            yield Problem(fact.where.record, "F12", "The retired fact does not say why.", "Add moved_to or reason.")
        elif fact.moved_to and fact.moved_to not in base.facts:
            instead = did_you_mean(fact.moved_to, base.facts) or "Name a fact that exists."
            yield Problem(fact.where.at("moved_to"), "F12", f"Unknown fact {quote(fact.moved_to)}.", instead)


def treatments_kept_apart(base: Base) -> Iterator[Problem]:
    """Another treatment's figures never stand for needling: a claim resting on them names the treatment."""
    for fact in base.facts.values():
        if len(fact.applies_to) > 1 or fact.kind in (FactKind.UNKNOWN, FactKind.WHEN_TO_CALL):
            continue
        word = _OTHER_TREATMENTS.get(fact.applies_to[0])
        if word and not word.search(fact.claim):
            instead = f"Say in the sentence that it is about {fact.applies_to[0]}."
            yield Problem(fact.where.at("claim"), "F15", f"A fact about {fact.applies_to[0]} does not say so.", instead)


def evidence_stands_once(base: Base) -> Iterator[Problem]:
    """The same passage of a source is listed once in a fact."""
    for fact in base.facts.values():
        seen = set()
        for item in fact.evidence:
            key = (item.source, item.locator, item.says)
            if key in seen:
                yield Problem(item.where.at("source"), "F16", f"{quote(item.source)} stands twice.", "Keep one.")
            seen.add(key)


def counts_fit(base: Base) -> Iterator[Problem]:
    """A count is not larger than its denominator."""
    for fact in base.facts.values():
        for figure in fact.figures:
            if figure.count.isdecimal() and figure.of.isdecimal() and int(figure.count) > int(figure.of):
                what = f"{figure.count} of {figure.of} cannot be."
                yield Problem(figure.where.at("count"), "F17", what, "Swap or correct the numbers.")


def claims_differ(base: Base) -> Iterator[Problem]:
    """Two facts with the same words are one fact."""
    first: dict[str, Fact] = {}
    for fact in base.live:
        words = fact.claim.casefold()
        if words in first:
            what = f"The same claim stands in {quote(first[words].id)}."
            yield Problem(fact.where.at("claim"), "F18", what, "Merge the two facts.")
        first.setdefault(words, fact)


def _supporting(fact: Fact, base: Base) -> set[SourceKind]:
    ids = [item.source for item in fact.related(Relation.SUPPORTS)]
    return {base.sources[name].kind for name in ids if name in base.sources}


RULES = (
    known_sources,
    one_sentence,
    level_only_for_warning_signs,
    gaps_say_where_we_looked,
    something_supports,
    clinics_show_practice_only,
    benefit_not_from_sellers,
    address_behind_claim,
    difference_has_careful_reading,
    every_fact_is_used,
    retired_facts_say_why,
    treatments_kept_apart,
    evidence_stands_once,
    counts_fit,
    claims_differ,
)

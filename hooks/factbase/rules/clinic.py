"""Rules about a clinic's own file. They run on the clinic of the base, for the public site and for each kit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbase.base import Base
from factbase.clinic import own_id
from factbase.colour import LEAST, contrast, passing
from factbase.drawn import Picture
from factbase.letters import unprintable
from factbase.messages.sms import foreign
from factbase.model import Fact, FactKind, Treatment
from factbase.pictures.waits import HOURS, Time, Wait, read_time, told, waits_of
from factbase.problem import Problem, did_you_mean, quote

PAGES_OF = {Treatment.RF: "rf", Treatment.PRP: "prp", Treatment.HOME: "home-devices"}
_NEVER_OWN = frozenset({FactKind.WHEN_TO_CALL, FactKind.WHO_SHOULD_NOT})
_SELLS = frozenset({"clinic", "seller", "news"})
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15


def only_plain_needling(base: Base) -> Iterator[Problem]:
    """The messages and leaflets are about plain needling; other treatments heal otherwise."""
    clinic = base.clinic
    if clinic and clinic.treatment is not Treatment.NEEDLING:
        page = PAGES_OF.get(clinic.treatment)
        instead = f"Link to the page /{page}/ instead." if page else "Write needling, or leave the kit."
        what = f"The kit is about plain needling only, not about {quote(clinic.treatment.value)}."
        yield Problem(clinic.where.at("treatment"), "K01", what, instead)


def phones_can_be_called(base: Base) -> Iterator[Problem]:
    """A telephone number has 3 to 15 digits and no zero in brackets, which a phone would dial."""
    clinic = base.clinic
    if clinic is None:
        return
    numbers = [(clinic.phone, clinic.where.at("phone"))]
    if clinic.out_of_hours:
        numbers.append((clinic.out_of_hours.phone, clinic.out_of_hours.where.at("phone")))
    for phone, place in numbers:
        digits = len(re.sub(r"\D", "", phone))
        if phone.startswith("+") and "(0)" in phone:
            yield Problem(place, "K02", f"{quote(phone)} holds a zero that must not be dialled.", "Leave out (0).")
        elif not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            what = f"{quote(phone)} has {digits} digits."
            yield Problem(place, "K02", what, f"Between {_FEWEST_DIGITS} and {_MOST_DIGITS} are needed.")


def links_are_web_addresses(base: Base) -> Iterator[Problem]:
    """Booking link and website are https: addresses."""
    clinic = base.clinic
    for field in ("booking", "website") if clinic else ():
        link = getattr(clinic, field)
        if clinic and link and not link.startswith("https://"):
            yield Problem(clinic.where.at(field), "K02", f"{quote(link)} is no web address.", "Write https://…")


def colours_can_be_read(base: Base) -> Iterator[Problem]:
    """The accent has enough contrast on white and under the words of a button."""
    colours = base.clinic.colours if base.clinic else None
    if colours is None:
        return
    beside = dict.fromkeys(("#ffffff", colours.text.lower()))
    for other in beside:
        found = contrast(colours.accent, other)
        if found < LEAST:
            better = passing(colours.accent, tuple(beside))
            instead = (
                f"The nearest that passes is {better}." if better else 'Write text: "#ffffff" and a darker accent.'
            )
            what = f"{colours.accent} beside {other} has a contrast of {found:.1f}; {LEAST} is needed."
            yield Problem(colours.where.at("accent"), "K03", what, instead)
            return


def own_times_stand_beside_a_range(base: Base) -> Iterator[Problem]:
    """A clinic's own entry is a plain time for a rule with a published range; never for a warning or a bar."""
    clinic = base.clinic
    ranges = range_facts(base)
    seen: set[str] = set()
    for own in clinic.own if clinic else ():
        place = own.where.at("rule")
        known = [name.removeprefix("rule-") for name in ranges]
        fact = base.facts.get(own.rule)
        if fact and fact.kind in _NEVER_OWN:
            what = f"{quote(own.rule)} is a warning or says who should wait; a clinic cannot change it."
            yield Problem(place, "K05", what, f"Remove it. Rules with times: {', '.join(known)}.")
        elif own_id(own.rule, ranges) not in ranges:
            instead = did_you_mean(own.rule, known) or f"Known: {', '.join(known)}."
            yield Problem(place, "K06", f"Unknown rule {quote(own.rule)}.", instead)
        elif own_id(own.rule, ranges) in seen:
            yield Problem(place, "K06", f"{quote(own.rule)} stands twice.", "Keep one.")
        elif not isinstance(_time(own.says), Time):
            instead = "Write a time only, as 24 hours, 3 days, 2 to 3 days or 1 week."
            yield Problem(own.where.at("says"), "K06", f"{quote(own.says)} is not a plain time.", instead)
        seen.add(own_id(own.rule, ranges))


def name_can_be_texted(base: Base) -> Iterator[Problem]:
    """The name in text messages has only characters of their alphabet."""
    clinic = base.clinic
    if clinic and (odd := foreign(clinic.short_name)):
        field = "sms_name" if clinic.sms_name else "name"
        told_ = "; ".join(f"{quote(character)}: write {instead}" for character, instead in odd)
        what = f"The name {quote(clinic.short_name)} cannot be sent in a text message."
        yield Problem(clinic.where.at(field), "K09", what, f"Add or change `sms_name` ({told_}).")


def words_can_be_printed(base: Base) -> Iterator[Problem]:
    """What stands in the clinic's block on paper has only characters that the type of the PDFs has."""
    clinic = base.clinic
    if clinic is None:
        return
    said = [(clinic.name, clinic.where.at("name"))]
    said += [(line, clinic.where.at("address")) for line in clinic.address]
    if clinic.out_of_hours:
        there = clinic.out_of_hours
        said += [(there.who, there.where.at("who")), (there.when, there.where.at("when"))]
    for text, place in said:
        if odd := unprintable(text):
            what = f"{quote(text)} cannot be printed: the type of the leaflets lacks {quote(odd)}."
            yield Problem(place, "K14", what, "Write it in Latin letters, without pictures.")


def range_facts(base: Base) -> dict[str, Fact]:
    """Id of a rule (`rule-make-up`) → the fact with the times that clinics ask for."""
    rows = [item for item in base.drawn if item.picture is Picture.CLINIC_RANGES]
    return {item.id: base.facts[item.facts[0]] for item in rows if item.facts[0] in base.facts}


def doubtful_times(base: Base) -> Iterator[Problem]:
    """Warnings, not faults: a clinic's own time outside the published range, or shorter than a hospital's."""
    ranges = range_facts(base)
    for own in base.clinic.own if base.clinic else ():
        fact = ranges.get(own_id(own.rule, ranges))
        mine = _time(own.says)
        if fact is None or not isinstance(mine, Time):
            continue
        waits = [(wait, wait.time) for wait in waits_of(fact, base.sources) if isinstance(wait.time, Time)]
        low, high = min(time.low for _, time in waits), max(time.high for _, time in waits)
        place = own.where.at("says")
        least = max((time.low for wait, time in waits if _independent(wait)), default=0)
        if mine.low < low or mine.high > high:
            what = f"{quote(own.says)} for {own.rule} is outside what sheets ask for: {told(low)} to {told(high)}."
            yield Problem(place, "K07", what, "Check it: the range will stand beside it.")
        elif mine.low < least:
            what = f"{quote(own.says)} for {own.rule} is shorter than a hospital or maker asks for: {told(least)}."
            yield Problem(place, "K08", what, "Check it: our careful reading will stand beside it.")


def _independent(wait: Wait) -> bool:
    return wait.kind.value not in _SELLS


def _time(says: str) -> object:
    """The time that a clinic's own entry names; None for anything but a plain time."""
    plain = re.fullmatch(rf"(\d+ to )?\d+ ({'|'.join(HOURS)})s?\.?", says)
    return read_time(says.rstrip(".") + ".") if plain else None


RULES = (
    only_plain_needling,
    phones_can_be_called,
    links_are_web_addresses,
    colours_can_be_read,
    own_times_stand_beside_a_range,
    name_can_be_texted,
    words_can_be_printed,
)

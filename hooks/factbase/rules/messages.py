"""Rules about the messages that clinics send (data/messages.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factbase.base import Base
from factbase.clinic import EVERYWHERE
from factbase.links import wanted_links
from factbase.message import FIELD, NO_ANSWER, Message
from factbase.messages.sms import LONGEST, foreign, length, sms_text
from factbase.messages.words import WE, in_message
from factbase.model import PLAIN_NEEDLING, Level, Treatment
from factbase.places import Places
from factbase.problem import Place, Problem, did_you_mean, quote
from factbase.readability import Syllables
from factbase.rules import named

MAX_GRADE = 6.0
NAME, ADDRESS = "A clinic's name", "https://www.a-clinics-site.example"
"""A name and an address of usual length: a text message must have room for both."""
_KNOWN = PLAIN_NEEDLING | {Treatment.SKIN, Treatment.NUMBING}
_LABEL_WORDS = 4


def messages_name_what_is_there(base: Base) -> Iterator[Problem]:
    """A message names facts, a page and a short link that exist; a retired fact is not sent."""
    links = {link.name for link in wanted_links(Places(base))} if base.messages else set()
    slugs = [page.slug for page in base.pages]
    for message in base.messages:
        for field, name in message.printed():
            yield from named.told(name, _place(message, field), base)
        for name in (*message.always, *(EVERYWHERE if message.warnings else ())):
            if name not in base.facts:
                what = f"The message needs the fact {quote(name)}."
                yield Problem(message.where.record, "M01", what, "Put it back into data/facts/.")
        if message.page not in slugs:
            instead = did_you_mean(message.page, slugs) or "Name a page of docs/."
            yield Problem(message.where.at("page"), "M01", f"Unknown page {quote(message.page)}.", instead)
        if message.action.to not in links:
            instead = did_you_mean(message.action.to, links) or "Name a short link of links.json."
            what = f"Unknown short link {quote(message.action.to)}."
            yield Problem(message.action.where.at("to"), "M01", what, instead)


def messages_keep_to_needling(base: Base) -> Iterator[Problem]:
    """A message is about plain needling: no fact of another treatment, none twice, no sign among the facts."""
    for message in base.messages:
        told = [name for field, name in message.printed() if field != "sms"]
        for name in sorted({name for name in told if told.count(name) > 1}):
            yield Problem(message.where.record, "M02", f"{quote(name)} stands twice.", "Keep one of the two.")
        for field, name in message.printed():
            fact = base.facts.get(name)
            if fact and not set(fact.applies_to) & _KNOWN:
                what = f"{quote(name)} is not about plain needling."
                yield Problem(
                    _place(message, field), "M02", what, "Take it out: other treatments have their own pages."
                )
            if fact and (fact.level is not None) != (field in list(Level)) and field != "sms":
                what = f"{quote(name)} stands in the wrong place."
                instead = "Signs stand under `warnings` at their level, all else under `facts`."
                yield Problem(_place(message, field), "M02", what, instead)


def after_needling_messages_warn(base: Base) -> Iterator[Problem]:
    """A message after needling has signs of each level, how to look at brown or black skin, and an SMS that warns."""
    for message in base.messages:
        warnings = message.warnings
        for level in Level:
            for name in warnings.of(level) if warnings else ():
                fact = base.facts.get(name)
                if fact and fact.level not in (None, level):
                    what = f"{quote(name)} is no sign of the level {level}."
                    yield Problem(_place(message, level.value), "M03", what, "Move it to its level.")
        if not message.after:
            continue
        missing = [f"signs of the level {level}" for level in Level if not (warnings and warnings.of(level))]
        if not (warnings and any("skin-tone" in name for name in warnings.then)):
            missing.append("word on brown or black skin (`then`)")
        if not any(base.facts[name].level for name in message.sms_facts if name in base.facts):
            missing.append("warning sign in the SMS")
        if not set(message.sms_facts) & set(NO_ANSWER):
            missing.append("fact in the SMS on who else to ask")
        if missing:
            what = f"The message has no {', no '.join(missing)}."
            yield Problem(message.where.record, "M03", what, "Add it: after needling, a reader may need help.")


def sms_fits(base: Base) -> Iterator[Problem]:
    """An SMS has the clinic's name and one link, known fields, and room for both in 160 GSM-7 characters."""
    for message in base.messages:
        place = message.where.at("sms")
        fields = [name.strip() for name in FIELD.findall(message.sms)]
        strange = [name for name in fields if name not in ("clinic", "link") and not name.startswith("fact:")]
        if strange:
            instead = "Known: {clinic}, {link} and {fact:id}."
            yield Problem(place, "M04", f"Unknown field {quote(strange[0])}.", instead)
        elif fields.count("clinic") != 1 or fields.count("link") != 1:
            yield Problem(place, "M04", "The SMS needs {clinic} once and {link} once.", "Add or remove one.")
        elif all(name in base.facts for name in message.sms_facts):
            text = sms_text(message, base.facts, NAME, f"{ADDRESS}/go/{message.action.to}")
            if odd := foreign(text):
                instead = f"Write {odd[0][1]} instead."
                yield Problem(place, "M04", f"{quote(odd[0][0])} is not in the alphabet of text messages.", instead)
            elif (count := length(text) or 0) > LONGEST:
                what = f"With a name and a link of usual length the SMS has {count} characters."
                yield Problem(place, "M04", what, f"Cut {count - LONGEST}.")


def messages_state_nothing_themselves(base: Base) -> Iterator[Problem]:
    """The words of a message's own greet, ask or lead: an SMS states nothing outside its facts; all reads easily."""
    texts = {message.id: _pieces(message, base) for message in base.messages}
    counter = Syllables(piece for found in texts.values() for piece in found)
    for message in base.messages:
        own = FIELD.sub("", message.sms).strip(" :")
        if sum(len(part.split()) > _LABEL_WORDS for part in re.findall(r"[^.?!]+\.", own)) > 1:
            yield Problem(message.where.at("sms"), "M05", "The SMS makes statements of its own.", "Use {fact:id}.")
        for field, name in message.printed():
            fact = base.facts.get(name)
            if fact and WE.search(in_message(fact)):
                what = f"{quote(name)} says we, which would be the clinic here."
                yield Problem(
                    _place(message, field), "M05", what, "Give the fact a `short` without it, or choose another."
                )
        reading = counter.read(texts[message.id])
        if reading.grade > MAX_GRADE:
            what = f"The message reads at grade {reading.grade:.1f}; at most {MAX_GRADE} is wanted."
            yield Problem(message.where.record, "M05", what, "Choose facts with shorter words.")


def _pieces(message: Message, base: Base) -> list[str]:
    told = [base.facts[name] for field, name in message.printed() if field != "sms" and name in base.facts]
    return [*message.opening, message.heading, *(f"{fact.claim} {fact.go_by or ''}" for fact in told)]


def _place(message: Message, field: str) -> Place:
    if field in ("facts", "sms") or message.warnings is None:
        return message.where.at(field)
    return message.warnings.where.at(field)


RULES = (
    messages_name_what_is_there,
    messages_keep_to_needling,
    after_needling_messages_warn,
    sms_fits,
    messages_state_nothing_themselves,
)

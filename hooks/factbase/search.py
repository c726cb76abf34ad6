"""The search index: every section with the first words of its answer and the words patients type for it. Pure.

docs/assets/search-rank.js reads it. The index is a script, so that it loads from a folder on a disk too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from factbase.base import Base
from factbase.course import Concern
from factbase.differ import DIFFER_ANCHOR
from factbase.normal import Part, of_group
from factbase.page import Generated, walk
from factbase.sections import Section, sections

FIRST_WORDS = 120
"""How many characters of an answer a result shows."""
WAYS_IN = ("get-help", "procedure", "before", "aftercare")
"""Pages offered before anything is typed, and where nothing is found."""
VARIES = "varies"
LEVELS = (Concern.CLINIC, Concern.TODAY, Concern.EMERGENCY)
SECTION_WEIGHT, SIGN_WEIGHT, PAGE_WEIGHT, ASIDE_WEIGHT = 10, 8, 6, 5
"""A section counts more than a healing sign, a whole page, and what says no answer or repeats another page."""
URGENT, URGENT_WEIGHT = "get-help", 12
URGENT_WEIGHTS: Mapping[Concern | None, int] = {Concern.CLINIC: 12, Concern.TODAY: 13, Concern.EMERGENCY: 14}
"""Where two sections answer about as well, the one that says when to get help comes first, an emergency before all."""
GATHERING = frozenset(
    {
        "unknowns",
        "heard",
        "glossary",
        "sources",
        "labels",
        "healing",
        "conditions",
        "downloads",
        "saved-pages",
        "ways-in",
        "messages",
    }
)
ASIDES = ("not-known", "questions")
SMALL_WORDS = (
    "a about all also am an and any are as at be because been but by can cannot cant could d did didnt do does doesn "
    "doesnt doing done dont for from get gets getting go going got had has have havent having he her here hes his how "
    "i if ill im in into is isn isnt it its ive just last let like ll long m may maybe me might mine much must my no "
    "not now of off ok okay on one only or other our out over please put quite re really s she should so some still t "
    "than that thats the their them then there these they theyre thing this to too u up ur us used very want was we "
    "were what whats when where which while will with would yes yet you your youre"
)
"""Words that say nothing about the question, as they are typed and without apostrophes."""
WEAK_WORDS = (
    "after again already appointment bad before best better big body booked booking bring came cheek chin come day "
    "each eye face feel first forehead had half hand happen hour last late later lip little look lot made make minute "
    "month more morning mouth neck need needle needling new next night normal nose procedure put see session since "
    "skin small something soon straight take taking think time today tomorrow tonight treatment use using visit want "
    "week year yesterday"
)
"""Words that seldom decide between two answers: times, places on the body, the treatment itself, common verbs."""
Words = Mapping[str, list[str]]
LEFT_OUT = ("next", "read-next", "my-list", DIFFER_ANCHOR)


def index_script(base: Base) -> str:
    """The index as a script that sets `searchIndex`; the same base gives the same text."""
    found = index(base)
    # One section a line, so that two versions can be compared.
    rows = ",\n".join(_json(row) for row in found.pop("sections"))
    return f'globalThis.searchIndex={_json(found)[:-1]},"sections":[\n{rows}\n]}};\n'


def index_name(script: str) -> str:
    """The index's file in the site, named by what is in it, so that a browser may keep it for good."""
    return f"search/index.{hashlib.sha256(script.encode()).hexdigest()[:8]}.js"


def index(base: Base) -> dict[str, Any]:
    """What the browser loads.

    `pages`: name and title; `levels`: value and words; `small`, `weak`: words; `ways`: number of a page and what it is
    about; `sections`: number of the page, anchor, heading, first words of the answer, level, weight, lay words, lay
    words of its facts, other words.
    """
    slugs = [page.slug for page in base.pages]
    again = _repeaters(base)
    lay, also = words_of_sections(base), words_of_facts(base)
    shown = [section for section in sections(base, homes(base)) if _can_be_found(section, again)]
    return {
        "pages": [[page.slug, page.meta.title] for page in base.pages],
        "levels": {VARIES: "Depends on the day", **{level.value: level.words for level in LEVELS}},
        "small": SMALL_WORDS,
        "weak": WEAK_WORDS,
        "ways": [[slugs.index(page.slug), page.meta.description] for slug in WAYS_IN if (page := base.page(slug))],
        "sections": [[slugs.index(section.slug), *_row(section, again, lay, also)] for section in shown],
    }


def _can_be_found(section: Section, again: set[str]) -> bool:
    """The home page's sections point to others; in a list of what other pages say, only what is new counts."""
    if not section.anchor:
        return True
    repeated = section.slug in again and not section.text and not section.sign
    return section.anchor not in LEFT_OUT and section.slug != "index" and not repeated


def _row(section: Section, again: set[str], lay: Words, also: Words) -> list[Any]:
    place = f"{section.slug}#{section.anchor}" if section.anchor else section.slug
    level = section.level if section.level in LEVELS else VARIES if section.sign else ""
    first = shortened(section.first, FIRST_WORDS)
    words = ", ".join(dict.fromkeys(lay.get(place, ())))
    more = ", ".join(dict.fromkeys(word for word in also.get(place, ()) if word not in lay.get(place, ())))
    known = {*_tokens(f"{section.title} {first} {words} {more}"), *SMALL_WORDS.split()}
    rest = " ".join(word for word in dict.fromkeys(_tokens(section.text)) if word not in known)
    return [section.anchor, section.title, first, level, _weight(section, again), words, more, rest]


def _weight(section: Section, again: set[str]) -> int:
    if not section.anchor:
        return PAGE_WEIGHT
    if section.sign:
        return SIGN_WEIGHT
    if section.slug in again or section.anchor.startswith(ASIDES):
        return ASIDE_WEIGHT
    return URGENT_WEIGHTS.get(section.level, URGENT_WEIGHT) if section.slug == URGENT else SECTION_WEIGHT


def shortened(text: str, most: int) -> str:
    """At most `most` characters, cut between words."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def words_of_sections(base: Base) -> dict[str, list[str]]:
    """Page and section → its own lay words: those in data/search.yml, and those of a healing sign."""
    found: dict[str, list[str]] = {}
    for synonym in base.synonyms:
        found.setdefault(synonym.page, []).extend(synonym.words)
    for page in base.pages:
        for block in walk(page.blocks):
            if isinstance(block, Generated) and block.name == "healing":
                for sign in of_group(base.signs_seen, block.argument):
                    found.setdefault(f"{page.slug}#{sign.id}", []).extend(sign.also)
    return found


def words_of_facts(base: Base) -> dict[str, list[str]]:
    """Page and section → the lay words of the facts, conditions, terms or the popular claim that stand there."""
    found: dict[str, list[str]] = {}
    found_at = homes(base)
    for condition in base.conditions:
        if condition.section:
            found.setdefault(f"candidacy#{condition.section}", []).extend(condition.also)
    for page in base.pages:
        for placed in base.placed(page):
            if found_at[placed.fact] == page.slug:
                place = f"{page.slug}#{placed.anchor}" if placed.anchor else page.slug
                found.setdefault(place, []).extend(base.facts[placed.fact].also)
        for block in walk(page.blocks):
            if isinstance(block, Generated) and block.name == "heard":
                for entry in base.heard_in(block.argument):
                    found.setdefault(f"{page.slug}#{entry.id}", []).extend(entry.also)
            elif isinstance(block, Generated) and block.name == "glossary":
                for term in base.terms:
                    found.setdefault(f"{page.slug}#{term.id}", []).extend(term.also)
    return found


def _repeaters(base: Base) -> set[str]:
    """Pages that gather what other pages say. The signs after RF stand nowhere else."""
    parts = ((page.slug, block) for page in base.pages for block in walk(page.blocks))
    return {
        slug
        for slug, block in parts
        if isinstance(block, Generated) and block.name in GATHERING and block.argument != Part.RF
    }


def homes(base: Base) -> dict[str, str]:
    """Fact id → the page that its lay words find: of the pages that print it, the one that prints most of its topic."""
    again = _repeaters(base)
    printed = dict.fromkeys((placed.fact, page.slug) for page in base.pages for placed in base.placed(page))
    most = Counter((base.facts[name].topic, slug) for name, slug in printed if slug not in again)
    found: dict[str, str] = {}
    for name, slug in printed:
        home = found.setdefault(name, slug)
        if most[base.facts[name].topic, slug] > most[base.facts[name].topic, home]:
            found[name] = slug
    return found

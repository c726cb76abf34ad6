"""Tune the theme's search index: every section a result of its own, with the words patients type. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

from factbase.base import Base
from factbase.differ import positions
from factbase.normal import Part, of_group
from factbase.page import Generated, walk
from factbase.render import DIFFER_ANCHOR

BOOSTS = {"title": 3, "lay": 10, "also": 3, "text": 1}
"""How much a word counts in a section's heading and its page's title, in the section's own lay words
(data/search.yml), in those of the facts that stand there (`also`), and in the text."""
PAGE_BOOST = 0.4
"""The theme counts a whole page 2.5 times as much as a section. This evens it out."""
ASIDE_BOOST = 0.5
"""What says no answer, or says again what another page says, stands behind the page that says it."""
URGENT, URGENT_BOOST = "get-help", 1.25
"""Where two sections answer a question about as well, the one that says when to get help comes first."""
GATHERING = frozenset(
    {"unknowns", "heard", "glossary", "sources", "labels", "healing", "conditions", "downloads", "ways-in"}
)
ASIDES = ("not-known", "questions")
LEFT_OUT = ("next", "read-next", DIFFER_ANCHOR)
SMALL_WORDS = (
    "a about am an and any are as at be been but by can cant cannot could d did do does doesn doesnt don dont for from "
    "get go going got had has have he her his i if im in into is isn isnt it its ive just ll m may me might must my no "
    "not of ok on or our re s she should so some than that the their them then there these they this to too t us ve "
    "was we were will with would you your"
)
"""Words that say nothing about the question. The theme searches for all words that begin as a typed word does, small
words too, so that `i` finds infection. Here they count as space between words, in questions and in the text."""


def tuned(index: Mapping[str, Any], base: Base) -> dict[str, Any]:
    """The index as the theme's search plugin writes it, flattened and with an `also` field of lay words."""
    also, lay = words_of_facts(base), words_of_sections(base)
    again = _repeaters(base)
    titles = {page.slug: page.meta.title for page in base.pages}
    said = {_plain(f"{item.says} {item.who}") for fact in base.live for item in positions(fact, base.sources)}
    docs: list[dict[str, Any]] = []
    for entry in index["docs"]:
        path, _, anchor = entry["location"].partition("#")
        slug = path.strip("/") or "index"
        if anchor in LEFT_OUT or (anchor and (slug == "index" or (slug in again and not entry["text"]))):
            continue
        place = f"{slug}#{anchor}" if anchor else slug
        doc = {**entry, "lay": _words(*lay.get(place, ())), "also": _words(*also.get(place, ()))}
        boost = ASIDE_BOOST if slug in again or anchor.startswith(ASIDES) else URGENT_BOOST if slug == URGENT else 1
        if anchor:
            # The theme groups results by the address before `#`: a query part of its own lets a section stand alone.
            # The first entry at an address stands for its page. Here it is empty and leads to the section too.
            doc["location"] = f"{path}?to={anchor}#{anchor}"
            doc["title"] = f"{entry['title']} · {titles[slug]}"
            doc["text"] = _words(_without(entry["text"], said))
            docs.append({"location": doc["location"]})
        else:
            boost *= PAGE_BOOST
        docs.append(doc if boost == 1 else {**doc, "boost": boost})
    config = index["config"]
    fields = {**config["fields"], **{name: {"boost": boost} for name, boost in BOOSTS.items()}}
    separator = with_small_words(config["separator"], SMALL_WORDS.split())
    return {**index, "config": {**config, "fields": fields, "separator": separator}, "docs": docs}


def with_small_words(space: str, words: Sequence[str]) -> str:
    """The regular expression `space` (one or more characters) widened by `words`, with small or large first letter."""
    word = "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" for word in words)
    run = f"(?:(?:{word})(?:{space}|$))"
    return f"{space}{run}*|^{run}+"


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def _without(text: str, said: set[str]) -> str:
    """A section's text without the lists of who says what: they are source notes."""
    return re.sub(r"<li>(.*?)</li>", lambda item: "" if _plain(item[1]) in said else item[0], text, flags=re.DOTALL)


def _words(*texts: str) -> str:
    """Each word once, and of `red` and `redness` only the longer: a typed word finds all that begin as it does.

    The theme shows no excerpt of a section, so that its text need not be kept whole.
    """
    text = unescape(re.sub(r"<[^>]+>", " ", " ".join(texts))).lower()
    found = sorted(set(re.findall(r"\w+", text)).difference(SMALL_WORDS.split()))
    return " ".join(word for word, after in pairwise([*found, ""]) if not after.startswith(word))


def words_of_sections(base: Base) -> dict[str, list[str]]:
    """Page and section → its lay words in data/search.yml."""
    found: dict[str, list[str]] = {}
    for synonym in base.synonyms:
        found.setdefault(synonym.page, []).extend(synonym.words)
    return found


def words_of_facts(base: Base) -> dict[str, list[str]]:
    """Page and section → the lay words of the facts, or of the popular claim, that stand there."""
    found: dict[str, list[str]] = {}
    found_at = homes(base)
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
            elif isinstance(block, Generated) and block.name == "healing":
                for sign in of_group(base.signs_seen, block.argument):
                    found.setdefault(f"{page.slug}#{sign.id}", []).extend(sign.also)
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

"""The text of every section of every page, for the search index. From the model: no HTML is read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from factbase.base import Base
from factbase.condition import Kind
from factbase.markup import plain
from factbase.page import Claim, Heading, Page, segments_of, walk


@dataclass(frozen=True, slots=True)
class Section:
    """A section: where it is (`aftercare/#sun`, `aftercare/` for a page's head), its heading and its text."""

    location: str
    title: str
    text: str


def sections(base: Base, homes: Mapping[str, str]) -> list[Section]:
    """Every section in the order of pages and headings; a page's own entry comes before its sections.

    `homes` names the one page that the words of a fact lead to: other pages that print the fact do not claim them.
    """
    titles = _titles(base)
    return [section for page in base.pages for section in _of_page(page, base, homes, titles)]


def _of_page(page: Page, base: Base, homes: Mapping[str, str], titles: dict[str, str]) -> list[Section]:
    path = "" if page.slug == "index" else f"{page.slug}/"
    heads = {"": page.meta.title}
    texts: dict[str, list[str]] = {
        "": [base.facts[name].key_point for name in page.meta.key_points if homes.get(name) == page.slug]
    }
    anchor = ""
    for block in walk(page.blocks):
        if isinstance(block, Heading):
            anchor = block.anchor or anchor
            heads[anchor] = plain(block.text)
            texts.setdefault(anchor, [])
        # Facts printed as they are come with `placed` below, in cards and generated parts too.
        texts[anchor] += [plain(part.text) for part in segments_of(block) if part.text]
    phrased = {
        part.fact for block in walk(page.blocks) for part in segments_of(block) if isinstance(part, Claim) and part.text
    }
    for placed in base.placed(page):
        if placed.anchor not in texts:
            heads[placed.anchor] = titles.get(placed.anchor, page.meta.title)
            texts[placed.anchor] = []
        if placed.fact not in phrased and homes[placed.fact] == page.slug:
            texts[placed.anchor].append(base.facts[placed.fact].claim)
    return [
        Section(f"{path}#{name}" if name else path, heads[name], " ".join(dict.fromkeys(texts[name]))) for name in texts
    ]


def _titles(base: Base) -> dict[str, str]:
    """Headings of generated parts by their anchors."""
    found = {entry.id: entry.asked for entry in base.heard}
    found |= {term.id: term.term for term in base.terms}
    found |= {sign.id: sign.sign for sign in base.signs_seen}
    found |= {f"check-{kind}": kind.words for kind in Kind} | {"my-list": "What is on my list?"}
    return found | {f"not-known-{fact.topic}": fact.topic.replace("-", " ").capitalize() for fact in base.unknowns}

"""What the base says now, in the shape of a release: to be frozen, or to be compared with one. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from factbase.base import Base
from factbase.leaflet import Leaflet
from factbase.model import Status
from factbase.page import Page
from factbase.pdf.render import leaflet_hash
from factbase.release import Release, ToldCondition, ToldFact, ToldSign, ToldText
from factbase.review import fact_hash


def snapshot(base: Base, date: datetime.date, page_hashes: Mapping[str, str]) -> Release:
    """Everything the base says under its present version.

    `page_hashes` is page name → content hash, as the pages print it (`render.Rendered.hash`). A page without one has
    an empty hash, which is enough for comparing facts.
    """
    return Release(
        version=base.site.version,
        date=date,
        facts={fact.id: _fact(fact.id, base) for fact in base.live},
        pages={page.slug: _page(page, base, page_hashes.get(page.slug, "")) for page in base.pages},
        leaflets={leaflet.id: _leaflet(leaflet, base) for leaflet in base.leaflets},
        signs={
            sign.id: ToldSign(sign.sign, {cell.at.value: cell.level.value for cell in sign.cells})
            for sign in base.signs_seen
        },
        conditions={item.id: ToldCondition(item.tick, item.group.value) for item in base.conditions},
        retired={
            fact.id: fact.moved_to or fact.reason or "" for fact in base.facts.values() if fact.status is Status.RETIRED
        },
    )


def _fact(name: str, base: Base) -> ToldFact:
    fact = base.facts[name]
    level = fact.level.value if fact.level else None
    return ToldFact(fact.claim, fact.kind.value, base.labels[name].value, fact_hash(fact), level, fact.go_by)


def _page(page: Page, base: Base, digest: str) -> ToldText:
    names = [*page.meta.key_points, *(placed.fact for placed in base.placed(page))]
    signs = [sign.id for sign in base.signs_seen if any(placed.anchor == sign.id for placed in base.placed(page))]
    return ToldText(page.meta.title, digest, _once(names), tuple(signs))


def _leaflet(leaflet: Leaflet, base: Base) -> ToldText:
    """A leaflet. A table of signs stands in the place of its part's facts, and rests on those of its cells."""
    names: list[str] = []
    signs: list[str] = []
    for part in leaflet.parts:
        charted = [sign for sign in base.signs_seen if sign.id in part.signs] if part.chart else []
        signs += [sign.id for sign in charted]
        names += [cell.facts[0] for sign in charted for cell in sign.cells]
        names += [] if charted else [*part.facts, *part.then]
    return ToldText(leaflet.title, leaflet_hash(leaflet, base), _once(names), tuple(signs))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))

"""Rules about permanent links: names stand once, targets exist, and no published link is ever lost."""

from __future__ import annotations

from collections.abc import Iterator

from factbase.base import Base
from factbase.built import FOLDERS
from factbase.links import FOLDER, LinkKind, short_links, wanted_links
from factbase.places import Places
from factbase.problem import Problem, did_you_mean, quote


def names_stand_once(base: Base) -> Iterator[Problem]:
    """No two links want the same name, chosen by hand or not, and no page that of a folder which holds other things."""
    first: dict[str, LinkKind] = {}
    owner: dict[str, str] = {}
    for link in wanted_links(Places(base)):
        if link.name in first and owner[link.name] != link.target:
            what = f"The link /{FOLDER}/{link.name} is taken by {quote(owner[link.name])}."
            yield Problem(link.where, "U01", what, "Choose another name or anchor.")
        first.setdefault(link.name, link.kind)
        owner.setdefault(link.name, link.target)
    for page in base.pages:
        if page.slug in FOLDERS:
            what = f"The site keeps other things in the folder {page.slug}/."
            yield Problem(page.meta.where.record, "U01", what, "Give the page another name.")


def chosen_links_lead_somewhere(base: Base) -> Iterator[Problem]:
    """A link chosen by hand leads to something that is there."""
    places = Places(base)
    for chosen in base.links:
        if places.path(chosen.to) is None:
            known = [link.target for link in wanted_links(places)]
            instead = did_you_mean(chosen.to, known) or "Name a page, page#section, leaflet:…, sign:… or fact:…."
            yield Problem(chosen.where.at("to"), "U02", f"{quote(chosen.to)} leads nowhere.", instead)


def what_has_moved_is_gone(base: Base) -> Iterator[Problem]:
    """A line that says where something has moved is about something that is gone, and there is one such line."""
    places = Places(base)
    first: dict[str, str] = {}
    for chosen in base.links:
        if chosen.was is None:
            continue
        place = chosen.where.at("was")
        if chosen.was in first:
            yield Problem(place, "U04", f"{quote(first[chosen.was])} moves it too.", "Keep one of the two.")
        elif places.today(chosen.was) is not None:
            yield Problem(place, "U04", f"{quote(chosen.was)} is still there.", "Remove `was`, or what has moved.")
        first.setdefault(chosen.was, chosen.id)


def published_links_are_kept(base: Base) -> Iterator[Problem]:
    """Every link that was ever published is served, and still leads to what it meant then."""
    places = Places(base)
    served = {link.name: link for link in short_links(places)}
    chosen = {link.id for link in base.links}
    for name, published in base.published.items():
        path = places.path(published.target)
        if name not in served or path is None:
            if name in chosen and name in served:
                continue  # a line with the old name says where it leads now
            what = f"The published link /{FOLDER}/{name} led to {quote(published.target)}, which is gone."
            instead = f"Say in data/links.yml where it leads now: a name, `to:` and `was: {_whole(published.target)}`."
            yield Problem(published.place, "U03", what, instead)
        elif served[name].path != path and name not in chosen:
            what = f"The published link /{FOLDER}/{name} meant {quote(published.target)}, now {served[name].path}."
            yield Problem(published.place, "U03", what, "Give the other one a name of its own.")


def _whole(target: str) -> str:
    """What a target belongs to, as a line in data/links.yml names it: the sign of a cell, the leaflet of a form."""
    thing = target.partition("@")[0]
    return thing.replace("cell:", "sign:")


RULES = (names_stand_once, chosen_links_lead_somewhere, what_has_moved_is_gone, published_links_are_kept)

"""A clinic's landing page: its numbers first, then the warning signs, then our pages. One file, no script."""

from __future__ import annotations

import base64
import hashlib

from factbase.base import Base
from factbase.clinic import emergency_number, number_facts
from factbase.fragments import fill
from factbase.message import FIRST, NO_ANSWER
from factbase.messages.phones import phones_of
from factbase.messages.view import ACCENT, GENERAL, HELP, ON_ACCENT, Box, Numbers, digest
from factbase.model import CARE_TITLES, PLAIN_NEEDLING, Level, Treatment
from factbase.reviewed import standing_words

LINKS = (
    ("help", "Get help"),
    ("normal", "Is this normal?"),
    ("aftercare", "Aftercare, day by day"),
    ("before", "Before your visit"),
    ("self-check", "Check before you book"),
    ("questions", "Questions to ask"),
    ("dark-marks", "Dark marks"),
    ("home", "All pages"),
)
"""Short links of a kit, with the words on them: the landing page lists them, and each has a QR code."""
LOOKS = "warning-skin-tone"
_WARNED = PLAIN_NEEDLING | {Treatment.SKIN, Treatment.NUMBING}


def landing(base: Base, address: str) -> str:
    """The page as HTML. Expects a base with a clinic."""
    clinic = base.clinic
    if clinic is None:
        raise ValueError("a landing page needs a clinic")
    count = Numbers(base, address, (HELP,))
    boxes = [_box(level, count, base) for level in Level]
    no_answer, looks, own = count.say(NO_ANSWER), count.say((LOOKS,)), count.say(base.own)
    said = [item for box in boxes for item in (*box.signs, *box.then)] + [*no_answer, *looks, *own]
    page = base.page(HELP)
    state = standing_words([item.fact for item in said], page, base) if page else ""
    text = digest([clinic.name, clinic.phones, [item.text for item in said]])
    stamp = f"{base.site.name}, landing page, version {base.site.version}, text {text}."
    colours = clinic.colours
    accent, on_accent = (colours.accent, colours.text) if colours else (ACCENT, ON_ACCENT)
    # A fragment itself, so that the page holds exactly the bytes that its policy names.
    style = fill("kit/landing.css", accent=accent, text=on_accent)
    cited = count.cited()
    return (
        str(
            fill(
                "kit/landing.html",
                clinic=clinic,
                phones=phones_of(clinic),
                emergency=emergency_number(clinic.country, base.facts),
                boxes=boxes,
                no_answer=no_answer,
                looks=looks,
                own=own,
                links=[(f"{address}/go/{name}", words) for name, words in LINKS],
                cited=cited,
                notes={item.number: item.address for item in cited},
                state=(GENERAL, state, stamp),
                style=style,
                style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            )
        )
        + "\n"
    )


def names_of_signs(level: Level, base: Base) -> tuple[str, ...]:
    """Ids of all signs of a level that plain needling can have."""
    return tuple(fact.id for fact in base.signs(level) if set(fact.applies_to) & _WARNED)


def _box(level: Level, count: Numbers, base: Base) -> Box:
    """All signs of a level that plain needling can have."""
    names = names_of_signs(level, base)
    country = base.clinic.country if base.clinic else None
    then = (FIRST, *number_facts(country)) if level is Level.EMERGENCY else ()
    return Box(level, CARE_TITLES[level], count.say(names), count.say(then))

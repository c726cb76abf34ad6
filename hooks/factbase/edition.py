"""The base with one clinic in it: its file read, and judged by the rules for it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from factbase.base import Base
from factbase.clinicfile import read_clinic
from factbase.messages.sms import LONGEST, length, sms_text
from factbase.problem import Place, Problem, in_order
from factbase.rules import clinic as rules

CLINIC_VARIABLE = "FACTBASE_CLINIC"
"""Names a clinic's file: the site and its PDFs are then that clinic's edition."""
_ADDRESS = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?")


def edition(base: Base, path: Path, name: str, address: str | None = None) -> tuple[Base, list[Problem], list[Problem]]:
    """The base with the clinic of file `path`, what is wrong with it, and what to look at again (warnings).

    `name` is what reports call the file; with an `address` of the site the text messages are measured too.
    """
    clinic, problems = read_clinic(path, name)
    if clinic is None:
        return base, in_order(problems), []
    found = dataclasses.replace(base, clinic=clinic, address=address)
    problems = [problem for rule in rules.RULES for problem in rule(found)]
    if address and not problems:
        problems += _long_texts(found, address)
    return found, in_order(problems), in_order(rules.doubtful_times(found))


def address_problem(address: str | None) -> Problem | None:
    """Why the kit cannot use this address of the site, or None."""
    where = Place("SITE_URL")
    if not address:
        what = "The kit needs the address of the site for its links."
        return Problem(where, "K11", what, "Set SITE_URL=https://… or give --address https://….")
    if not _ADDRESS.fullmatch(address):
        what = f"The address {address!r} cannot be linked."
        return Problem(where, "K11", what, "It begins with https:// and holds no spaces, ? or #.")
    return None


def _long_texts(base: Base, address: str) -> Iterator[Problem]:
    """One line for the longest text message that does not fit."""
    clinic = base.clinic
    if clinic is None:
        return
    counts = {
        message.id: length(
            sms_text(message, base.facts, clinic.short_name, f"{address.rstrip('/')}/go/{message.action.to}")
        )
        or 0
        for message in base.messages
    }
    worst = max(counts, key=lambda name: counts[name], default=None)
    if worst is not None and counts[worst] > LONGEST:
        field = "sms_name" if clinic.sms_name else "name"
        what = f"The SMS {worst} has {counts[worst]} characters with this name and address; {LONGEST} fit."
        room = len(clinic.short_name) - (counts[worst] - LONGEST)
        instead = f"Write `sms_name` with at most {room} characters." if room > 2 else "Use a shorter address."
        yield Problem(clinic.where.at(field), "K10", what, instead)

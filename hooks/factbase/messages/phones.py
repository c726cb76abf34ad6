"""The numbers to call, as messages and pages print them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from factbase.clinic import Clinic, tel

PHONE_FIELD = "{{clinic_phone}}"
"""A field that a booking system fills, where the messages stand for any clinic."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call, and whose it is. `link` is None for a field that is not filled yet."""

    words: str
    number: str
    link: str | None


def phones_of(clinic: Clinic | None) -> tuple[Phone, ...]:
    """The numbers of a clinic, or the field that stands for one."""
    if clinic is None:
        return (Phone("Phone", PHONE_FIELD, None),)
    return tuple(Phone(words, number, tel(number)) for words, number in clinic.phones)

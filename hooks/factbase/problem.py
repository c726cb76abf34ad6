"""What is wrong, where, and what to write instead: the one currency of the checker."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

# Control characters, and the marks that turn the direction of text round, would let a
# data file forge or hide a line of the report.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LONGEST_QUOTE = 80


class Place(NamedTuple):
    """A position in a file: path as written for the reader, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1


class Problem(NamedTuple):
    """One fault. `code` is stable and explained in CONTRIBUTING.md."""

    place: Place
    code: str
    what: str
    instead: str

    def __str__(self) -> str:
        file, line, column = self.place
        return one_line(f"{self.code} {file}:{line}:{column}: {self.what} {self.instead}")


def one_line(text: str) -> str:
    """`text` with everything that could break or forge a line of the report made visible."""
    return UNPRINTABLE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text)


def quote(text: str) -> str:
    """`text` in quotes, cut to a length that fits one line of a report."""
    return f'"{text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"}"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, or an empty string."""
    close = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, sorted by file, line and column."""
    return sorted(set(problems))

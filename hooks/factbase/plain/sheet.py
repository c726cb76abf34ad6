"""What a small page needs while it is printed: claims with their marks, boxes, notes. Pure.

Thousands of claims stand on hundreds of such pages: the HTML of each claim, box and note is made once, with signs
in the place of number and anchor, which are put in for each page.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from factbase.base import Base
from factbase.differ import Boxes, positions, tested
from factbase.fragments import fill
from factbase.model import Fact
from factbase.notes import Entry, entry

_ENTRY = tuple(item.name for item in dataclasses.fields(Entry))
# Control characters: the reader refuses them in every data file.
_NUMBER, _ANCHOR, _WORDS = "\x01", "\x02", "\x03"


@dataclass(frozen=True)
class Pieces:
    """The pieces of one base, each made when it is first asked for."""

    base: Base
    _claims: dict[str, str] = field(default_factory=dict)
    _boxes: dict[str, str] = field(default_factory=dict)
    _notes: dict[str, Markup] = field(default_factory=dict)
    _values: dict[str, dict[str, Any]] = field(default_factory=dict)
    _told: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @cached_property
    def _mark(self) -> str:
        return str(fill("mark.html", id=_WORDS, number=_NUMBER))

    def mark(self, fact: Fact) -> Markup:
        """The mark of a fact, with a sign for its number."""
        return Markup(self._mark.replace(_WORDS, fact.id))

    def claim(self, fact: Fact) -> str:
        """A claim, with signs for anchor, words and number."""
        if fact.id not in self._claims:
            values = {
                "anchor": _ANCHOR,
                "fact": fact,
                "label": self.base.labels[fact.id],
                "words": _WORDS,
                "why": None,
                "own": None,
            }
            self._claims[fact.id] = str(fill("claim.html", **values, mark=self.mark(fact)))
        return self._claims[fact.id]

    def box(self, fact: Fact) -> str:
        """The "sources differ" box of a fact, with a sign for the number."""
        if fact.id not in self._boxes:
            told = positions(fact, self.base.sources)
            values = {"fact": fact, "label": self.base.labels[fact.id], "mark": self.mark(fact), "positions": told}
            self._boxes[fact.id] = str(
                fill("differs.html", **values, number=_NUMBER, tested=tested(fact, self.base.sources))
            )
        return self._boxes[fact.id]

    def note(self, fact: Fact) -> Markup:
        """What the note of a fact says, without its number; its links open beside the page."""
        if fact.id not in self._notes:
            values = {"label": self.base.labels[fact.id], "entries": self._entries(fact), "figures": fact.figures}
            body = fill("note-body.html", note=values)
            # Plain text while it is changed: Markup would escape what is put in.
            beside = '<a target="_blank" rel="noopener" href="https'
            self._notes[fact.id] = Markup(str(body).replace('<a href="https', beside))
        return self._notes[fact.id]

    def values(self, fact: Fact) -> dict[str, Any]:
        """A fact with everything that its note says, as JSON values without empty fields."""
        if fact.id not in self._values:
            found = {
                "id": fact.id,
                "claim": fact.claim,
                "kind": fact.kind.value,
                "level": fact.level.value if fact.level else None,
                "label": self.base.labels[fact.id].words,
                "differs": fact.differs or None,
                "go_by": fact.go_by,
                "not_known": fact.not_known,
                "notes": [_filled({name: getattr(item, name) for name in _ENTRY}) for item in self._entries(fact)],
            }
            self._values[fact.id] = _filled(found)
        return self._values[fact.id]

    def _entries(self, fact: Fact) -> tuple[Entry, ...]:
        if fact.id not in self._told:
            self._told[fact.id] = tuple(entry(item, self.base) for item in fact.evidence)
        return self._told[fact.id]


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


class Sheet(Boxes[Markup]):
    """The state of one page: which notes and boxes it has so far. Used for one page, then thrown away."""

    def __init__(self, pieces: Pieces) -> None:
        super().__init__()
        self.pieces = pieces
        self.base = pieces.base
        self._anchors: dict[str, list[str]] = {}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the page has told so far, in order."""
        return tuple(self.base.facts[name] for name in self._anchors)

    def claim(self, fact: Fact, words: Markup | None = None) -> Markup:
        """A claim with its mark: the fact's own sentence, or other words."""
        used = self._anchors.setdefault(fact.id, [])
        used.append(f"claim-{fact.id}" + (f"-{len(used) + 1}" if used else ""))
        text = self._numbered(self.pieces.claim(fact), fact).replace(_ANCHOR, used[-1])
        return Markup(text.replace(_WORDS, str(Markup.escape(fact.claim) if words is None else words)))

    def box(self, fact: Fact) -> Markup:
        self._anchors.setdefault(fact.id, [])
        return Markup(self._numbered(self.pieces.box(fact), fact))

    def notes(self) -> Markup:
        """The source notes of the page; empty where it tells nothing."""
        rows = [
            {"id": name, "number": number, "body": self.pieces.note(self.base.facts[name]), "anchors": anchors}
            for number, (name, anchors) in enumerate(self._anchors.items(), 1)
        ]
        return fill("plain/notes.html", notes=rows) if rows else Markup("")

    def _numbered(self, text: str, fact: Fact) -> str:
        return text.replace(_NUMBER, str(list(self._anchors).index(fact.id) + 1))

"""The source notes of a printed document: marks in the text, the notes in one list behind the chapter or leaflet.

At the foot of each page the notes took half of it, left pages without any text, and broke the card of emergency signs.

A book prints the whole note of a fact in the first chapter that cites it. A later chapter names the sources again, and
the page of the whole note: printing all of it each time would make the book half as thick again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from factbase.base import Base
from factbase.cite import citation, how_read, short_citation
from factbase.label import label_of
from factbase.model import Evidence, Fact, Relation, Source
from factbase.notes import Entry, entry
from factbase.pdf.typst_text import label, literal, words

SHORT_SOURCES = 2
"""How many sources a leaflet's note names; it counts the others."""
TABLE_SOURCES = 12
"""The same for the one note of a table."""
TITLE = "Where this comes from"


class Endnotes:
    """The notes of one chapter or leaflet (`scope`). Used for one, then thrown away.

    Without a `book` they are short, and claims that rest on the same sources, read as far, share one.
    `book` holds fact → label of the whole note, for all chapters of a book; it grows.
    """

    def __init__(self, base: Base, scope: str, book: dict[str, str] | None = None) -> None:
        self.base = base
        self.scope = scope
        self.book = book
        self._numbers: dict[str, int] = {}
        self._notes: list[str] = []
        self._seen: set[str] = set()

    def mark(self, fact: Fact) -> str:
        """The mark of a fact: the number of its note, which leads there."""
        self._seen.add(fact.id)
        if self.book is None:
            note = _short(fact, self.base)
            return self._mark(note, lambda: note)
        return self._mark(fact.id, lambda: self._in_book(fact))

    def seen(self, fact: Fact) -> bool:
        """Whether the chapter has marked this fact."""
        return fact.id in self._seen

    def together(self, facts: Iterable[Fact]) -> Callable[[], str]:
        """A note for a whole table: what gives its mark for each row. It names the sources, each once."""
        found: dict[str, Source] = {}
        for fact in facts:
            found |= {item.source: self.base.sources[item.source] for item in fact.evidence}
        told = words(f"We judged this from: {_named(list(found.values()), TABLE_SOURCES)}.")
        return lambda: self._mark(told, lambda: told)

    def listed(self) -> str:
        """The notes in the order of their numbers, under a heading of level 2; nothing where there are none."""
        return f"#endnotes([{words(TITLE)}], {', '.join(self._notes)})" if self._notes else ""

    def _mark(self, key: str, body: Callable[[], str]) -> str:
        """The mark of a note; the first mark of each is where the note leads back to."""
        known = self._numbers.get(key)
        number = known or len(self._numbers) + 1
        # A book's index and its later chapters lead to a note by its fact.
        note = label(self.scope, "note", key if self.book is not None else str(number))
        mark = f"#joined#note-mark({number}, {note})"
        if known:
            return f"{mark};"
        self._numbers[key] = number
        first = label(self.scope, "mark", str(number))
        self._notes.append(f"({note}, {first}, [{body()}])")
        return f"{mark}{first}"

    def _in_book(self, fact: Fact) -> str:
        """The whole note the first time; in later chapters one that leads back to it and names the sources."""
        assert self.book is not None
        whole = self.book.setdefault(fact.id, label(self.scope, "note", fact.id))
        if whole == label(self.scope, "note", fact.id):
            return _full(fact, self.base)
        found = list({item.source: self.base.sources[item.source] for item in fact.evidence}.values())
        return f"{_label(fact, self.base)}{words(f'{_named(found)}. Whole note on page ')}#page-of({whole})"


def linked(text: str, address: str | None) -> str:
    """Text as a link to an address, or as text where there is none."""
    return f"#link({literal(address)})[{words(text)}]" if address else words(text)


def _full(fact: Fact, base: Base) -> str:
    parts = [_entry(entry(item, base)) for item in fact.evidence]
    if fact.figures:
        counts = [
            f"{figure.count} of {figure.of} ({figure.who}"
            + (f"; followed: {figure.follow_up})" if figure.follow_up else ")")
            for figure in fact.figures
        ]
        parts.append(words("Counts: " + "; ".join(counts) + "."))
    return _label(fact, base) + "#linebreak()".join(parts)


def _entry(told: Entry) -> str:
    rest = f" {told.kind}; {told.how_read}. Where: {told.locator}. {told.says}"
    rest += f" Limits: {told.limits}" if told.limits else ""
    return words(f"{told.relation}: ") + linked(told.citation, told.address) + words(rest)


def _short(fact: Fact, base: Base) -> str:
    """Label, the first sources with how far each was read, how many more there are, and what to go by."""
    items = fact.related(Relation.SUPPORTS) or fact.evidence
    sources = list({item.source: (base.sources[item.source], item) for item in items}.values())
    parts = [_label(fact, base)]
    named = [
        linked(citation(source).rstrip("."), source.address) + words(f" ({_far(source, item)})")
        for source, item in sources[:SHORT_SOURCES]
    ]
    parts.append(words("; ").join(named))
    more = len({item.source for item in fact.evidence}) - len(named)
    parts.append(words(f"; and {more} more." if more else "."))
    if fact.go_by:
        parts.append(words(f" Sources differ; go by: {fact.go_by}"))
    return "".join(parts)


def _named(sources: list[Source], most: int = SHORT_SOURCES) -> str:
    """The first sources by name and year, with how far each was read, and how many more there are."""
    named = "; ".join(f"{short_citation(source)} ({_far(source)})" for source in sources[:most])
    more = len(sources) - most
    return named + (f"; and {more} more" if more > 0 else "")


def _label(fact: Fact, base: Base) -> str:
    return f"#note-label[{words(label_of(fact, base.sources).words)}]{words(' ')}"


def _far(source: Source, item: Evidence | None = None) -> str:
    return how_read(source, item).split(", ", maxsplit=1)[0]

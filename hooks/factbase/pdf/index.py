"""The index of terms: marks in the text, and at the end each term with the pages on which it stands."""

from __future__ import annotations

from collections.abc import Iterable

from factbase.pdf.typst_text import label, literal, words
from factbase.terms import forms
from factbase.wording import Term


def marked(text: str, terms: tuple[Term, ...], seen: set[str]) -> str:
    """Plain text as Typst, with an index mark at each term's first use; `seen` grows by the terms found."""
    pattern, by_form = forms(terms)
    parts = []
    start = 0
    for hit in pattern.finditer(text) if pattern else ():
        term = by_form[hit[0].casefold()]
        if term.id not in seen:
            seen.add(term.id)
            parts += [words(text[start : hit.start()]), f"#metadata(none){label('term', term.id)}"]
            start = hit.start()
    return "".join([*parts, words(text[start:])])


def index(terms: Iterable[Term]) -> list[str]:
    """The index as Typst: nothing where there are no terms."""
    entries = sorted(terms, key=lambda term: term.term.casefold())
    rows = ", ".join(f"({literal(term.term)}, {label('term', term.id)})" for term in entries)
    return [f"#heading(level: 1)[{words('Index of terms')}]", f"#term-index({rows})"] if entries else []

"""Explain a medical word at its first use on a page: the word becomes a link to its definition below the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup

from factbase.base import Base
from factbase.fragments import fill, in_markdown
from factbase.wording import Term


@dataclass(slots=True)
class Explained:
    """Which terms a page has used so far; one value for one page."""

    base: Base
    used: dict[str, Term] = field(default_factory=dict)

    def words(self, text: str) -> Markup:
        """Plain text as HTML in Markdown, each term's first use linked to its definition."""
        parts = []
        start = 0
        pattern, by_form = forms(self.base.terms)
        for hit in pattern.finditer(text) if pattern else ():
            term = by_form[hit[0].casefold()]
            if term.id not in self.used:
                self.used[term.id] = term
                parts += [
                    in_markdown(text[start : hit.start()]),
                    fill("term.html", term=term, word=in_markdown(hit[0])),
                ]
                start = hit.end()
        return Markup("").join([*parts, in_markdown(text[start:])])


@cache
def forms(terms: tuple[Term, ...]) -> tuple[re.Pattern[str] | None, dict[str, Term]]:
    """One pattern for all forms of all terms (longest first), and form → term."""
    by_form = {form.casefold(): term for term in terms for form in term.match}
    forms = "|".join(re.escape(form) for form in sorted(by_form, key=len, reverse=True))
    return (re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.I) if forms else None), by_form

"""Read the built HTML and find every promise that it breaks. Knows nothing of how the pages were made.

The contract: inside `<article>` every word stands in a claim (`data-fact`), in text that claims
nothing (`data-no-claim`), or in a heading or summary that asks or labels. Every claim has its
note on the same page. This is not a build hook: it judges what a reader gets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from factbase.page import NoClaim
from factbase.problem import Place, Problem, quote

MAX_WAIVED = 0.12
"""Largest share of an article's words, over the whole site, that may stand without a note."""
MAX_LABEL_WORDS = 6
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "caption", "figcaption"}
_SILENT = {"script", "style", "template"}
_WORD = re.compile(r"\w[\w'’-]*")
_LEFTOVER = re.compile(r"\[\[[a-z-]+(:[^\]]*)?\]\]|<!--\s*no-claim|::: ")


@dataclass(frozen=True, slots=True)
class Counts:
    """What an article holds: words in all, words without a note, and how many claims, waivers and notes."""

    words: int = 0
    waived: int = 0
    claims: int = 0
    waivers: int = 0
    notes: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.words + other.words,
            self.waived + other.waived,
            self.claims + other.claims,
            self.waivers + other.waivers,
            self.notes + other.notes,
        )

    @property
    def share(self) -> float:
        """Share of the words that stand without a note, 0 to 1."""
        return self.waived / self.words if self.words else 0.0


def inspect_site(site: Path) -> tuple[Counts, list[Problem]]:
    """Every page of a built site: totals, and the promises that are broken."""
    total = Counts()
    problems: list[Problem] = []
    paths = sorted(site.rglob("*.html"))
    if not paths:
        problems.append(Problem(Place(site.name), "G01", "There are no pages.", "Build the site first."))
    for path in paths:
        counts, found = inspect_page(path.read_text("utf-8"), path.relative_to(site).as_posix())
        total += counts
        problems += found
    if total.share > MAX_WAIVED:
        what = f"{total.share:.1%} of the words stand without a note."
        problems.append(Problem(Place(site.name), "G07", what, f"At most {MAX_WAIVED:.0%}: turn some into claims."))
    return total, problems


def inspect_page(text: str, name: str) -> tuple[Counts, list[Problem]]:
    """One built page: its counts and its problems. `name` is the page's path, for the report."""
    document = html.document_fromstring(text)
    articles = list(document.iter("article"))
    if len(articles) != 1:
        what = f"The page has {len(articles)} articles."
        return Counts(), [_problem(name, document, "G02", what, "One is needed.")]
    article: html.HtmlElement = articles[0]
    problems = [*_words(article, name), *_notes(document, article, name), *_ids(document, name)]
    if hit := _LEFTOVER.search(article.text_content()):
        problems.append(
            _problem(name, article, "G03", f"A reference was not resolved: {quote(hit[0])}.", "Check hooks.")
        )
    return _count(document, article), problems


def _pieces(article: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every piece of text in the article with the element it stands in."""
    for element in article.iter():
        if not isinstance(element.tag, str) or element.tag in _SILENT:
            continue
        if element.text and element.text.strip():
            yield element.text, element
        for child in element:
            if child.tail and child.tail.strip():
                yield child.tail, element


def _held(element: html.HtmlElement, name: str) -> html.HtmlElement | None:
    """The nearest element around (or at) `element` that carries the attribute."""
    while element is not None and element.tag != "article":
        if name in element.attrib:
            return element
        element = element.getparent()
    return None


def _words(article: html.HtmlElement, name: str) -> Iterator[Problem]:
    for text, element in _pieces(article):
        if not _WORD.search(text) or _held(element, "data-fact") is not None:
            continue
        waiver = _held(element, "data-no-claim")
        if waiver is not None:
            if waiver.get("data-no-claim") not in list(NoClaim):
                what = f"{quote(waiver.get('data-no-claim', ''))} is not a reason to claim nothing."
                yield _problem(name, element, "G05", what, f"One of: {', '.join(NoClaim)}.")
            continue
        heading = next((node for node in (element, *element.iterancestors()) if node.tag in _HEADINGS), None)
        if heading is None:
            instead = "Every statement needs data-fact or data-no-claim around it."
            yield _problem(name, element, "G04", f"No note stands behind {quote(text.strip())}.", instead)
        elif not _asks_or_labels(heading.text_content()):
            yield _problem(
                name, element, "G06", f"A heading makes a statement: {quote(text.strip())}.", "Ask or label."
            )


def _asks_or_labels(text: str) -> bool:
    words = text.replace("¶", "").strip()
    return words.endswith("?") or (len(words.split()) <= MAX_LABEL_WORDS and not words.endswith("."))


def _notes(document: html.HtmlElement, article: html.HtmlElement, name: str) -> Iterator[Problem]:
    """Each claim has a mark that leads to its note; the note tells who, what kind, how far read, and leads back."""
    ids = {
        element.get("id"): element for element in document.iter() if isinstance(element.tag, str) and element.get("id")
    }
    for claim in article.iterfind(".//*[@data-fact]"):
        fact = claim.get("data-fact", "")
        target = f"#note-{fact}"
        marks = [link for link in claim.iterfind(".//a") if link.get("href") == target]
        note = ids.get(target[1:])
        if note is None:
            yield _problem(name, claim, "G08", f"The claim {quote(fact)} has no note on the page.", "Check hooks.")
        elif not marks:
            yield _problem(name, claim, "G08", f"The claim {quote(fact)} has no mark.", "Check hooks.")
        elif marks[0].text_content().strip() not in (marks[0].get("aria-label") or ""):
            yield _problem(name, claim, "G08", f"The mark of {quote(fact)} hides its number from readers.", "Fix it.")
        if not claim.get("data-evidence"):
            yield _problem(name, claim, "G08", f"The claim {quote(fact)} has no evidence label.", "Check hooks.")
    for identifier, note in ids.items():
        if identifier and identifier.startswith("note-") and note.tag == "li":
            links = {link.get("href", "") for link in note.iterfind(".//a")}
            if not any(link.startswith("#claim-") and link[1:] in ids for link in links):
                yield _problem(name, note, "G09", f"The note {quote(identifier)} has no way back.", "Check hooks.")
            if not note.findall(".//cite"):
                yield _problem(name, note, "G09", f"The note {quote(identifier)} names no source.", "Check hooks.")


def _ids(document: html.HtmlElement, name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for element in document.iter():
        if isinstance(element.tag, str) and (identifier := element.get("id")):
            if identifier in seen:
                yield _problem(name, element, "G10", f"The id {quote(identifier)} stands twice.", "Rename one.")
            seen.add(identifier)


def _count(document: html.HtmlElement, article: html.HtmlElement) -> Counts:
    words = waived = 0
    for text, element in _pieces(article):
        mark = next((node for node in (element, *element.iterancestors()) if node.get("class") == "mark"), None)
        if mark is not None or "headerlink" in (element.get("class") or ""):
            continue
        count = len(_WORD.findall(text))
        words += count
        if _held(element, "data-fact") is None and _held(element, "data-no-claim") is not None:
            waived += count
    claims = len(article.findall(".//*[@data-fact]"))
    waivers = len(article.findall(".//*[@data-no-claim]"))
    notes = sum(1 for item in document.iterfind(".//li[@id]") if (item.get("id") or "").startswith("note-"))
    return Counts(words, waived, claims, waivers, notes)


def _problem(name: str, element: html.HtmlElement, code: str, what: str, instead: str) -> Problem:
    return Problem(Place(name, element.sourceline or 1), code, what, instead)

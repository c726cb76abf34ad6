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

from lxml import etree, html

from factbase.built import MAIL, REDIRECTS, SMALL, html_files
from factbase.page import NoClaim
from factbase.problem import Place, Problem, quote
from factbase.workers import shared, spread

MAX_WAIVED = 0.12
"""Largest share of an article's words, over the whole site, that may stand without a note."""
MAX_LABEL_WORDS = 6
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "caption", "figcaption"}
_SILENT = {"script", "style", "template"}
_REFRESH = '<meta http-equiv="refresh"'
_LOADS = {"script", "link", "img", "iframe", "object", "embed", "form", "video", "audio", "svg", "base"}
LONGEST_MAIL = 100_000
"""Bytes of an e-mail: a large provider shows no more than 102 KB."""
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
    paths = html_files(site, frozenset({REDIRECTS, MAIL}))
    if not paths:
        problems.append(Problem(Place(site.name), "G01", "There are no pages.", "Build the site first."))
    for counts, found in spread(_inspect_file, paths, site):
        total += counts
        problems += found
    for path in sorted((site / MAIL).glob("*.html")):
        problems += inspect_mail(path.read_text("utf-8"), path.relative_to(site).as_posix())
    if total.share > MAX_WAIVED:
        what = f"{total.share:.1%} of the words stand without a note."
        problems.append(Problem(Place(site.name), "G07", what, f"At most {MAX_WAIVED:.0%}: turn some into claims."))
    return total, problems


def _inspect_file(path: Path) -> tuple[Counts, list[Problem]]:
    text = path.read_text("utf-8")
    if _REFRESH in text and "<article" not in text:
        return Counts(), []  # a page that has moved
    name = path.relative_to(shared()).as_posix()
    counts, problems = inspect_page(text, name)
    # What stands on a small page stands on a large one too, or did once: it is not counted again.
    return Counts() if SMALL.match(name) else counts, problems


def inspect_mail(text: str, name: str) -> list[Problem]:
    """The promises that an e-mail for clinics breaks: each statement is noted in it, and it loads and runs nothing."""
    document = html.document_fromstring(text)
    body = document.find("body")
    if body is None:
        return [Problem(Place(name), "G02", "The e-mail is empty.", "Build the site again.")]
    problems = list(_words(list(_pieces(body, _Around())), name))
    noted = {note.get("data-note") for note in body.iterfind(".//*[@data-note]") if note.findall(".//cite")}
    for claim in body.iterfind(".//*[@data-fact]"):
        fact = claim.get("data-fact", "")
        if fact not in noted or not claim.findall(".//a"):
            problems.append(
                _problem(name, claim, "G08", f"The claim {quote(fact)} has no source.", "Check the template.")
            )
    for element in document.iter():
        loads = isinstance(element.tag, str) and (element.tag in _LOADS or {"src", "background"} & set(element.attrib))
        if loads:
            what = f"The e-mail loads or runs something: <{element.tag}>."
            problems.append(_problem(name, element, "G11", what, "Take it out: nothing may be loaded from outside."))
    if len(text.encode()) > LONGEST_MAIL:
        what = f"The e-mail has {len(text.encode()):,} bytes."
        problems.append(Problem(Place(name), "G11", what, f"Mail programs cut it off above {LONGEST_MAIL:,}."))
    return problems


def inspect_page(text: str, name: str) -> tuple[Counts, list[Problem]]:
    """One built page: its counts and its problems. `name` is the page's path, for the report."""
    try:
        document = html.document_fromstring(text)
    except etree.ParserError:
        return Counts(), [Problem(Place(name), "G02", "The page is empty.", "Build the site again.")]
    articles = list(document.iter("article"))
    if len(articles) != 1:
        what = f"The page has {len(articles)} articles."
        return Counts(), [_problem(name, document, "G02", what, "One is needed.")]
    article: html.HtmlElement = articles[0]
    pieces = list(_pieces(article, _Around()))
    problems = [*_words(pieces, name), *_notes(document, article, name), *_ids(document, name)]
    # A page may show how a reference is written, as code.
    if hit := _LEFTOVER.search("".join(text for text, element, _ in pieces if element.tag != "code")):
        problems.append(
            _problem(name, article, "G03", f"A reference was not resolved: {quote(hit[0])}.", "Check hooks.")
        )
    return _count(document, article, pieces), problems


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a piece of text: a claim, a waiver's reason, a heading, a mark or link that is no text."""

    claim: bool = False
    reason: str | None = None
    heading: html.HtmlElement | None = None
    silent: bool = False

    def inside(self, element: html.HtmlElement) -> _Around:
        """The same, one element further in."""
        if not element.attrib and element.tag not in _HEADINGS:
            return self
        names = (element.get("class") or "").split()
        return _Around(
            self.claim or "data-fact" in element.attrib,
            element.get("data-no-claim", self.reason),
            element if element.tag in _HEADINGS and self.heading is None else self.heading,
            self.silent or "mark" in names or "headerlink" in names,
        )


_Piece = tuple[str, html.HtmlElement, _Around]


def _pieces(element: html.HtmlElement, around: _Around) -> Iterator[_Piece]:
    """Every piece of text below an element, with the element it stands in and what stands around it."""
    if element.text and element.text.strip():
        yield element.text, element, around
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SILENT:
            yield from _pieces(child, around.inside(child))
        if child.tail and child.tail.strip():
            yield child.tail, element, around


def _words(pieces: list[_Piece], name: str) -> Iterator[Problem]:
    for text, element, around in pieces:
        if around.claim or not _WORD.search(text):
            continue
        if around.reason is not None:
            if around.reason not in list(NoClaim):
                what = f"{quote(around.reason)} is not a reason to claim nothing."
                yield _problem(name, element, "G05", what, f"One of: {', '.join(NoClaim)}.")
        elif around.heading is None:
            instead = "Every statement needs data-fact or data-no-claim around it."
            yield _problem(name, element, "G04", f"No note stands behind {quote(text.strip())}.", instead)
        elif not _asks_or_labels(around.heading.text_content()):
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
        elif marks[0].text_content().strip() not in (marks[0].get("aria-label") or "").split():
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


def _count(document: html.HtmlElement, article: html.HtmlElement, pieces: list[_Piece]) -> Counts:
    words = waived = 0
    for text, _, around in pieces:
        if not around.silent:
            count = len(_WORD.findall(text))
            words += count
            waived += 0 if around.claim or around.reason is None else count
    claims = len(article.findall(".//*[@data-fact]"))
    waivers = len(article.findall(".//*[@data-no-claim]"))
    notes = sum(1 for item in document.iterfind(".//li[@id]") if (item.get("id") or "").startswith("note-"))
    return Counts(words, waived, claims, waivers, notes)


def _problem(name: str, element: html.HtmlElement, code: str, what: str, instead: str) -> Problem:
    return Problem(Place(name, element.sourceline or 1), code, what, instead)

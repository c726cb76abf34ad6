"""Text from data as Typst source. Every word passes through a string literal, where nothing is markup or code."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.token import Token

Link = Callable[[str, str], str]
"""Target of a link and its words in Typst → Typst."""

_PLAIN = re.compile(r"[^0-9A-Za-z ,.;:!?()'/+%&=-]")
_MARKS = {"strong_open": "#strong[", "em_open": "#emph["}


def literal(text: str) -> str:
    """A Typst string literal. All but plain letters, digits and marks is written as its code point."""
    return '"' + _PLAIN.sub(lambda hit: f"\\u{{{ord(hit[0]):x}}}", text) + '"'


def words(text: str) -> str:
    """Plain text as Typst markup that prints exactly these characters; empty text prints nothing."""
    return f"#{literal(text)};" if text else ""


def inline(markdown: str, link: Link) -> str:
    """Inline Markdown as Typst markup: bold, italic and links keep their meaning, all else is plain text."""
    tokens = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    return _typst(tokens, link)


def label(*parts: str) -> str:
    """A Typst label made of ids: `<aftercare--sun>`. Ids hold a-z, 0-9 and hyphens only; others are refused."""
    name = "--".join(parts)
    if not re.fullmatch(r"[a-z0-9/-]+", name):
        raise ValueError(f"not an id: {name!r}")
    return f"<{name.replace('/', '.')}>"


def _typst(tokens: list[Token], link: Link) -> str:
    found: list[str] = []
    open_links: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.type == "link_open":
            open_links.append((str(token.attrs.get("href", "")), found))
            found = []
        elif token.type == "link_close":
            target, before = open_links.pop()
            found = [*before, link(target, "".join(found))]
        elif token.type in _MARKS:
            found.append(_MARKS[token.type])
        elif token.type in ("strong_close", "em_close"):
            found.append("]")
        else:
            # Text, code, raw HTML: printed as it stands.
            found.append(words(" " if token.type in ("softbreak", "hardbreak") else token.content))
    return "".join(found)

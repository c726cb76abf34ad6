"""A message's view → HTML e-mail and plain text; templates/kit/ lays them out. Only `write_mail` touches files."""

from __future__ import annotations

import functools
import re
import textwrap
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from factbase.base import Base
from factbase.fragments import TEMPLATES, fill
from factbase.messages.view import View, view

WIDTH = 76
"""Columns of plain text; an address may be longer, as it must not be cut."""


def html_mail(view: View) -> str:
    """The e-mail as HTML: tables and inline styles, as mail programs ask for; nothing in it is loaded from outside."""
    notes = {cited.number: cited.address for cited in view.cited}
    return str(fill("kit/message.html", view=view, notes=notes)) + "\n"


def text_mail(view: View) -> str:
    """The e-mail as plain text, wrapped at 76 columns."""
    return fill_text("kit/message.txt", view=view)


def forms(shown: View) -> tuple[tuple[str, str], ...]:
    """A message in all its forms: ending of the file, and its text."""
    return ("html", html_mail(shown)), ("txt", text_mail(shown)), ("sms.txt", f"{shown.sms}\n")


def write_mail(folder: Path, base: Base) -> None:
    """Write every message into a folder of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    for message in base.messages:
        for ending, text in forms(view(message, base, base.address or "")):
            (folder / f"{message.id}.{ending}").write_text(text, "utf-8")


def fill_text(name: str, **values: object) -> str:
    """A template of plain text, filled; empty lines never stand in twos."""
    lines = [line.rstrip() for line in _plain().get_template(name).render(**values).split("\n")]
    kept = [line for line, before in zip(lines, ["x", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n") + "\n"


@functools.cache
def _plain() -> Environment:
    # Plain text has no markup to escape.
    found = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=False, undefined=StrictUndefined)
    found.filters.update(wrapped=_wrapped, bullet=_bullet, hanging=_hanging, title_line=_title)
    return found


def _wrapped(text: str) -> str:
    return _fold(text, "", "")


def _bullet(text: str) -> str:
    return _fold(text, "- ", "  ")


def _hanging(text: str) -> str:
    return _fold(text, "", "    ")


def _title(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _fold(text: str, first: str, later: str) -> str:
    # The mark of a note stays on the line of the word before it.
    lines = textwrap.wrap(
        re.sub(r" (?=\[\d+\])", "\u00a0", text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines).replace("\u00a0", " ")

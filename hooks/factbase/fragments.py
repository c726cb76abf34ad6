"""Fill the template files of this package. Everything is escaped unless it is a fragment itself."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
# Characters that Markdown would read as markup although they stand in plain text from data.
_MARKDOWN = re.compile(r"[\\`*_\[\]~^|{}]")


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=False,
        keep_trailing_newline=False,
    )


def fill(name: str, /, **values: Any) -> Markup:
    """The template file `name` filled with `values`, as safe HTML without a newline at its end."""
    return Markup(_template(name).render(values).strip())


@functools.cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def in_markdown(text: str) -> Markup:
    """Plain text as HTML that also means nothing to Markdown."""
    return Markup(_MARKDOWN.sub(lambda hit: f"&#{ord(hit[0])};", str(escape(text))))

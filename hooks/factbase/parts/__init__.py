"""Parts of pages made wholly from data: `[[name]]` or `[[name:argument]]` alone on a line of a page.

A part takes the page's Writer and the argument, and gives Markdown pieces.
"""

from __future__ import annotations

from collections.abc import Callable

from factbase.parts import answers, conditions, downloads, healing, links, lists, messages, pictures
from factbase.writer import Writer

PARTS: dict[str, Callable[[Writer, str], list[str]]] = {
    "ways-in": lists.ways_in,
    "unknowns": answers.unknowns,
    "heard": answers.heard,
    "glossary": answers.glossary,
    "sources": lists.sources,
    "downloads": downloads.downloads,
    "saved-pages": lists.saved_pages,
    "labels": lists.labels,
    "open-data": lists.open_data,
    "left-out": lists.left_out,
    "corrections": lists.corrections,
    "conditions": conditions.conditions,
    "healing": healing.healing,
    "picture": pictures.picture,
    "paste": links.paste,
    "links": links.links,
    "changes": links.changes,
    "messages": messages.messages,
}

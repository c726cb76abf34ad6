"""What MkDocs gets from us: each page as Markdown, and what its template prints around the article. Pure."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from factbase.base import Base
from factbase.jsonld import jsonld
from factbase.linkfiles import standing_links
from factbase.page import Generated, Page
from factbase.render import Rendered, render_page
from factbase.search import index_name, index_script
from factbase.shield import Shielded, shielded

OWN_ADDRESS = "urn:this-page"
"""Stands in a page's JSON-LD for its own address, which MkDocs alone knows."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A page that has been rendered."""

    rendered: Rendered
    text: Shielded
    jsonld: str


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """A page's text without its HTML, and the values of `page.meta` that the theme reads."""

    text: Shielded
    meta: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The site's name and licence line, its pages by their paths in docs/, and the search index as a script."""

    name: str
    copyright: str
    pages: Mapping[str, CarriedPage]
    search: str

    @property
    def search_name(self) -> str:
        """The file of the search index, named by what is in it."""
        return index_name(self.search)


def ready(page: Page, base: Base) -> Ready:
    """One page, rendered."""
    rendered = render_page(page, base)
    return Ready(rendered, shielded(rendered.markdown), jsonld(page, base, OWN_ADDRESS))


def carried(base: Base, pages: Mapping[str, Ready] | None = None) -> Carried:
    """All pages of a base; `pages` by path are those that were rendered before the PDFs were made."""
    pages = pages or {}
    made = {page.path: pages.get(page.path) for page in base.pages}
    # The list of downloads tells what the PDFs are like: it is printed when they are made.
    texts = {
        page.path: known if (known := made[page.path]) and not _lists_downloads(page) else ready(page, base)
        for page in base.pages
    }
    return Carried(
        base.site.name,
        base.site.copyright,
        {page.path: _page(page, base, texts[page.path]) for page in base.pages},
        index_script(base),
    )


def _page(page: Page, base: Base, made: Ready) -> CarriedPage:
    return CarriedPage(made.text, _meta(page, base, made), made.rendered.hash)


def _meta(page: Page, base: Base, text: Ready) -> dict[str, Any]:
    return {
        "rendered": dataclasses.replace(text.rendered, markdown=""),  # it goes its own way, without the HTML
        "due": page.meta.due.isoformat(),
        "site": base.site,
        "clinic": base.clinic,
        "jsonld": text.jsonld,
        **standing_links(base, page.slug),
        "preview": _preview(page, base),
        "leaflets": [item for item in base.downloads if item.page == page.slug],
    }


def _preview(page: Page, base: Base) -> dict[str, str] | None:
    """The picture that a shared link shows, where the site has an address."""
    if not base.address:
        return None
    from factbase.preview import preview_of  # noqa: PLC0415

    preview = preview_of(page, base)
    return {"image": preview.address(base.address), "alt": preview.alt}


def with_address(jsonld: str, address: str | None) -> str:
    """A page's JSON-LD with its own address, or without one where the site has none."""
    return jsonld.replace(f'"url":"{OWN_ADDRESS}",', f'"url":{json.dumps(address)},' if address else "")


def _lists_downloads(page: Page) -> bool:
    return any(isinstance(block, Generated) and block.name == "downloads" for block in page.blocks)

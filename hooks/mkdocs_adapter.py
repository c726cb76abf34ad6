"""The only module that knows MkDocs: it carries pages and finishing touches between MkDocs and `factbase`."""

from __future__ import annotations

import dataclasses
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

# MkDocs puts a hook's folder on the path only while it loads the hook.
sys.path.insert(0, str(Path(__file__).parent))

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from factbase.base import Base
from factbase.finish import finish
from factbase.jsonld import jsonld
from factbase.linkfiles import standing_links, write_links
from factbase.pdf.document import downloads_of
from factbase.plain.files import write_small_pages
from factbase.remember import checked
from factbase.render import Rendered, render_page
from factbase.search import index_name, index_script

THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")

_state: dict[str, Any] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check everything before MkDocs empties its output folder."""
    root = Path(config.config_file_path).parent
    base, problems = checked(root)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        raise Abort(f"{len(problems)} problems in data or pages")
    if made := os.environ.get("FACTBASE_DOWNLOADS"):
        # A build has made the PDFs already; while writing there are none.
        base = dataclasses.replace(base, downloads=downloads_of(Path(made)))
    base = dataclasses.replace(base, address=config.site_url or None)
    config.site_name, config.copyright = base.site.name, base.site.copyright
    search = index_script(base)
    config.extra["search_index"] = index_name(search)
    _state.update(base=base, search=search, rendered={page.path: render_page(page, base) for page in base.pages})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The theme's search engine is left out: the site has its own.

    MkDocs has emptied its output folder: the links are written while it makes the pages.
    """
    for file in [file for file in files if file.src_uri.startswith(THEME_SEARCH)]:
        files.remove(file)
    site, cache = Path(config.site_dir), Path(config.config_file_path).parent / ".cache" / "qr"
    site.mkdir(parents=True, exist_ok=True)
    with_links = ThreadPoolExecutor(1)
    _state["links"] = with_links.submit(write_links, site, _state["base"], cache)
    with_links.shutdown(wait=False)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Swap the page's text for the rendered one, and hand the template what stands around the article."""
    base: Base = _state["base"]
    rendered: Rendered = _state["rendered"][page.file.src_uri]
    ours = next(item for item in base.pages if item.path == page.file.src_uri)
    page.meta.update(rendered=rendered, due=ours.meta.due.isoformat(), site=base.site)
    page.meta.update(standing_links(base, ours.slug))
    page.meta["jsonld"] = jsonld(ours, base, page.canonical_url or None)
    page.meta["leaflets"] = [item for item in base.downloads if item.page and f"{item.page}.md" == page.file.src_uri]
    return rendered.markdown


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the built site: search index, open data, small pages."""
    site, base = Path(config.site_dir), _state["base"]
    write_small_pages(site, base, {path.removesuffix(".md"): page.hash for path, page in _state["rendered"].items()})
    finish(site, base, _state["search"])
    _state["links"].result()

"""The only module that knows MkDocs: it carries pages and finishing touches between MkDocs and `factbase`."""

from __future__ import annotations

import dataclasses
import os
import sys
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
from factbase.pdf.document import downloads_of
from factbase.remember import checked
from factbase.render import Rendered, render_page

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
    config.site_name, config.copyright = base.site.name, base.site.copyright
    _state.update(base=base, rendered={page.path: render_page(page, base) for page in base.pages})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Nothing is added: pages are files in docs/, and their generated parts are filled in as they are read."""
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Swap the page's text for the rendered one, and hand the template what stands around the article."""
    base: Base = _state["base"]
    rendered: Rendered = _state["rendered"][page.file.src_uri]
    ours = next(item for item in base.pages if item.path == page.file.src_uri)
    page.meta.update(rendered=rendered, due=ours.meta.due.isoformat(), site=base.site)
    page.meta["jsonld"] = jsonld(ours, base, page.canonical_url or None)
    page.meta["leaflets"] = [item for item in base.downloads if item.page and f"{item.page}.md" == page.file.src_uri]
    if address := config.site_url:
        # Only a site with an address has pictures for those who share it. Typst is loaded for them alone.
        from factbase.preview import preview_of  # noqa: PLC0415

        preview = preview_of(next(item for item in base.pages if item.path == page.file.src_uri), base)
        page.meta["preview"] = {"image": preview.address(address), "alt": preview.alt}
    page.meta["search"] = {"exclude": True}  # `finish` writes the index from the model: no HTML need be read for it
    return rendered.markdown


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the built site: pictures for those who share it, search words, open data."""
    site = Path(config.site_dir)
    if config.site_url:
        from factbase.preview import write_previews  # noqa: PLC0415

        write_previews(_state["base"], site, Path(config.config_file_path).parent / "build" / "preview")
    finish(site, _state["base"])

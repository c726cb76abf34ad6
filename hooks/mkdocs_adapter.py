"""The only module that knows MkDocs: it carries pages and finishing touches between MkDocs and `factbase`."""

from __future__ import annotations

import dataclasses
import gc
import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

# MkDocs puts a hook's folder on the path only while it loads the hook.
sys.path.insert(0, str(Path(__file__).parent))

from jinja2 import TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from factbase.carry import Carried, CarriedPage, carried, with_address
from factbase.shield import restored

THEME_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")

_state: dict[str, Any] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Have everything loaded, checked and rendered before MkDocs empties its output folder."""
    gc.set_threshold(100_000)  # pages make much that lives long and little garbage
    pages: Carried = _handed_over(config) if "FACTBASE_PAGES" in os.environ else _made(config)
    config.site_name, config.copyright = pages.name, pages.copyright
    config.extra["search_index"] = pages.search_name
    _state.update(pages=pages.pages, search=pages.search)
    return config


def _handed_over(config: MkDocsConfig) -> Carried:
    """The pages from the build that runs this one. While it makes them, the theme is made ready."""
    env = config.theme.get_env()
    names = env.list_templates()
    for name in names:
        # A template that cannot be compiled matters only where a page uses it: then MkDocs says so.
        if name.endswith(".html") and name.count("/") < 2:
            with suppress(TemplateError):
                env.get_template(name)
    # MkDocs asks for these two once more. The theme brings 14,000 icons: to list them takes its time.
    env.loader.list_templates = lambda: names  # type: ignore[union-attr, method-assign]
    config.theme.get_env = lambda: env  # type: ignore[method-assign]
    # The parent process writes its own values to this pipe; nobody else can.
    return pickle.load(sys.stdin.buffer)  # type: ignore[no-any-return]


def _made(config: MkDocsConfig) -> Carried:
    from factbase.remember import checked_edition  # noqa: PLC0415

    base, problems = checked_edition(Path(config.config_file_path).parent)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        raise Abort(f"{len(problems)} problems in data or pages")
    base = dataclasses.replace(base, address=config.site_url or None)
    _state["base"] = base
    return carried(base)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The theme's search engine is left out: the site has its own."""
    for file in [file for file in files if file.src_uri.startswith(THEME_SEARCH)]:
        files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Swap the page's text for the rendered one, and hand the template what stands around the article."""
    ours: CarriedPage = _state["pages"][page.file.src_uri]
    page.meta.update(ours.meta)
    page.update_date = str(page.meta["checked"])  # for the site map; MkDocs takes the day of the build
    page.meta["jsonld"] = with_address(ours.meta["jsonld"], page.canonical_url)
    return ours.text.markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the HTML back that Markdown need not see. Links may lead to the ids in it."""
    text = _state["pages"][page.file.src_uri].text
    page.present_anchor_ids = (page.present_anchor_ids or set()) | text.ids
    return restored(html, text.pieces)


def on_post_build(config: MkDocsConfig) -> None:
    """Finish the built site, unless a build runs this one: it finishes the site itself."""
    if base := _state.get("base"):
        from factbase.beside import write_beside  # noqa: PLC0415
        from factbase.finish import finish  # noqa: PLC0415

        site = Path(config.site_dir)
        write_beside(Path(config.config_file_path).parent, site, base, _state["pages"])
        finish(site, base, _state["search"])

"""Make a built site light. A page comes with the CSS that it shows; scripts, and CSS for what they add, come later.

Every file that pages share is named by its content, so that a browser may keep it for a year.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import rjsmin

from factbase.built import html_files
from factbase.light.names import Names, names_of_page, names_of_scripts
from factbase.light.purge import Sheet, parsed, set_in, written
from factbase.mended import mended
from factbase.workers import shared, spread, workers

STYLES, SCRIPTS = "assets/stylesheets", "assets/javascripts"
_LOADER = Path(__file__).parent / "late.js"
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]*?)(assets/[^"]*\.css)">\s*')
_SCRIPT = re.compile(r'<script src="([^"]*?)(assets/[^"]*\.js)"(?: defer)?></script>\s*')
_ONLY = re.compile(r"Only on pages with (`[^`]+`(?:(?:,| or) `[^`]+`)*)")
_AS_IS = re.compile(r"(<(?:script|style|pre|textarea)\b.*?</(?:script|style|pre|textarea)>)", re.DOTALL)
_MAP = re.compile(r"\s*(?://[#@] sourceMappingURL=\S*|/\*[#@] sourceMappingURL=.*?\*/)\s*")


class Seen(NamedTuple):
    """A page's names, and the styles and scripts it asks for, as paths below the site."""

    names: Names
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Light:
    """What pages that ask for the same styles and scripts get instead. `extra`: styles that some pages need."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    base: str
    extra: dict[str, tuple[Sheet, str]]
    late: str
    loader: str
    made: dict[str, str]
    only: dict[str, tuple[str, ...]]


def lighten(site: Path) -> None:
    """Rewrite the pages of a built site and the files that they share."""
    paths = html_files(site)
    with workers() as pool:
        # Files first: the theme's own takes as long as all pages.
        files = {path: pool.submit(_parsed, path) for path in sorted((site / "assets").rglob("*.css"))}
        seen = list(pool.map(_look, paths, chunksize=4))
        sheets = {path.relative_to(site).as_posix(): sheet.result() for path, sheet in files.items()}
    common = Counter((page.styles, page.scripts) for page in seen if page.styles).most_common(1)
    if not common:
        return
    styles, scripts = common[0][0]
    alike = [page for page in seen if (page.styles, page.scripts) == common[0][0]]
    light = _made(site, alike, {name: sheets[name] for name in styles}, scripts)
    spread(_rewrite, zip(paths, seen, strict=True), light)
    # What no page asks for any more.
    others = {
        name for page in seen if (page.styles, page.scripts) != common[0][0] for name in page.styles + page.scripts
    }
    for name in {*light.styles, *light.scripts} - others:
        (site / name).unlink()
    for folder in (STYLES, SCRIPTS):
        for path in (site / folder).rglob("*.map"):
            path.unlink()


def _look(path: Path) -> Seen:
    html = path.read_text("utf-8")
    styles, scripts = (tuple(hit[2] for hit in found.finditer(html)) for found in (_LINK, _SCRIPT))
    return Seen(names_of_page(html), styles, scripts)


def _parsed(path: Path) -> Sheet:
    return parsed(path.read_text("utf-8"))


def _made(site: Path, pages: list[Seen], sheets: dict[str, Sheet], scripts: tuple[str, ...]) -> Light:
    """Write the files that these pages share. `sheets`: those they ask for, in their order."""
    styles = tuple(sheets)
    names = frozenset().union(*(page.names for page in pages))
    codes = {name: _MAP.sub("\n", (site / name).read_text("utf-8")) for name in scripts}
    # Scripts that others load when they are wanted bring names too.
    texts = [*codes.values(), *(path.read_text("utf-8") for path in sorted((site / "assets").glob("*.js")))]
    scripted = names_of_scripts(texts, names)
    shown = {name: sheet.shown(names) for name, sheet in sheets.items()}
    later = {name: sheet.later(names, scripted) for name, sheet in sheets.items()}
    everywhere = [name for name in styles if all(shown[name].needed_for(page.names) for page in pages)]
    # A property that one file sets may be read in another one.
    said = " ".join(sheet.read for sheet in shown.values())
    base = written((shown[name] for name in everywhere), said)
    # One that only what comes later reads may come later itself.
    rest = [shown[name].setting(set_in(base)) for name in everywhere]
    late = written(
        [*rest, *later.values()], " ".join([*(sheet.read for sheet in later.values()), *map(_without_charts, texts)])
    )
    extra = {name: (shown[name], written([shown[name]], said)) for name in styles if name not in everywhere}
    return Light(
        styles,
        scripts,
        _write(site, STYLES, "base.css", base),
        {name: (sheet, _write(site, STYLES, Path(name).name, text)) for name, (sheet, text) in extra.items() if text},
        _write(site, STYLES, "late.css", late),
        _write(site, SCRIPTS, "late.js", rjsmin.jsmin(_LOADER.read_text("utf-8"))),
        {name: _write(site, SCRIPTS, Path(name).name, _small(code)) for name, code in codes.items()},
        {name: _pages_of(code) for name, code in codes.items()},
    )


def _without_charts(code: str) -> str:
    """A script without the properties that the theme sets for charts of a kind that this site does not draw."""
    return re.sub(r"--md-mermaid-[\w-]+", "", code)


def _small(code: str) -> str:
    """A script without comments and spaces, unless it came so."""
    return code if max(map(len, code.splitlines()), default=0) > 2000 else str(rjsmin.jsmin(code))


def _pages_of(code: str) -> tuple[str, ...]:
    """A script may say on which pages alone it has work, by what stands in their HTML."""
    said = _ONLY.search(code[:600])
    return tuple(re.findall(r"`([^`]+)`", said[1])) if said else ()


def _write(site: Path, folder: str, name: str, text: str) -> str:
    """Write a file under a name that changes with its content. Returns its path below the site."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    made = f"{folder}/{name.partition('.')[0]}.{digest}{Path(name).suffix}"
    path = site / made
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return made


def _rewrite(page: tuple[Path, Seen]) -> None:
    path, seen = page
    html = path.read_text("utf-8")
    light: Light = shared()
    if (seen.styles, seen.scripts) == (light.styles, light.scripts):
        html = _relinked(html, seen.names, light)
    path.write_text(mended(tidy(html)), "utf-8")


def _relinked(html: str, names: Names, light: Light) -> str:
    """A page with the light files in the place of those it asked for."""
    first = _LINK.search(html)
    assert first is not None
    up = first[1]
    styles = [light.base, *(made for sheet, made in light.extra.values() if sheet.needed_for(names))]
    wanted = [
        light.made[name]
        for name in (*light.scripts[1:], *light.scripts[:1])  # the theme's own comes last: it is by far the largest
        if not light.only[name] or any(needle in html for needle in light.only[name])
    ]
    scripts = " ".join(up + name for name in wanted)
    links = [f'<link rel="stylesheet" href="{up}{name}">' for name in styles]
    links += [
        f'<noscript><link rel="stylesheet" href="{up}{light.late}"></noscript>',
        f'<script src="{up}{light.loader}" data-style="{up}{light.late}" data-scripts="{scripts}" defer></script>',
    ]
    html = html[: first.start()] + "\n".join(links) + "\n" + html[first.end() :]
    html = _LINK.sub(lambda hit: "" if hit[2] in light.styles else hit[0], html)
    return _SCRIPT.sub(lambda hit: "" if hit[2] in light.scripts else hit[0], html)


def tidy(html: str) -> str:
    """HTML without its comments and without the space at the start and end of lines; what must stay as it is stays."""
    parts = _AS_IS.split(html)
    parts[::2] = [re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"<!--.*?-->", "", part, flags=re.DOTALL)) for part in parts[::2]]
    return "".join(parts)

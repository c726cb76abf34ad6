"""Addresses of a built page made fit for `file://`, where no server turns a folder into its page. Pure.

The markup is read piece by piece and only addresses are changed, so that a page stays the same otherwise, minified or
not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, unquote

ONLINE_ONLY = "on the web site only"
_IN_TAG = r"""(?:"[^"]*"|'[^']*'|[^'">])*"""
_PIECE = re.compile(
    rf"<!--.*?-->"
    rf"|<(?P<raw>script|style)\b(?P<raw_rest>{_IN_TAG})>(?P<code>.*?)</(?P=raw)>"
    rf"|<(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>{_IN_TAG})>",
    re.DOTALL,
)
_ADDRESS = re.compile(r"""(\s(?:href|src|action|poster|data)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LATER = re.compile(r"""(\sdata-(?:style|scripts)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_SOME = re.compile(r"href|src|action|poster|data", re.IGNORECASE)
"""What a tag with an address has in it: most tags have none."""
_LINK = re.compile(rf"<a\b(?P<rest>{_IN_TAG})>(?P<inside>.*?)</a>", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")


@dataclass(frozen=True, slots=True)
class Copy:
    """What the site has and what the copy keeps of it: paths such as `aftercare/index.html`.

    `address` is that of the site, if known: its own pages are then found under it too. `moved` are its short links,
    `/go/sun` → `/care/#sun`: no server leads on from them.
    """

    site: Set[str]
    kept: Set[str]
    address: str | None = None
    moved: Mapping[str, str] = field(default_factory=dict)


def served(name: str) -> str:
    """The path under which a server gives a file: `aftercare/` for `aftercare/index.html`."""
    return name.removesuffix("index.html") if posixpath.basename(name) == "index.html" else name


def pointed_at(markup: str, page: str, copy: Copy) -> set[str]:
    """The files of the site that a page's markup points at, with those that a script loads later."""
    tags = [tag for tag in _tags(markup) if _SOME.search(tag)]
    values = {_value(hit[2]) for tag in tags for hit in _ADDRESS.finditer(tag)}
    values |= {value for tag in tags for hit in _LATER.finditer(tag) for value in _value(hit[2]).split()}
    return {found[0] for value in values if (found := _target(value, page, copy))}


def pointed_at_by_style(style: str, path: str, copy: Copy) -> set[str]:
    """The files of the site that a style sheet points at."""
    return {found[0] for hit in _STYLE_ADDRESS.finditer(style) if (found := _target(hit[1], path, copy))}


def for_disk(markup: str, page: str, copy: Copy) -> str:
    """A page's markup as it works from disk.

    A link to a folder names its page; a link from the root starts at the page; a link to a file that the copy has not
    becomes plain words that say so; a style, script or icon that it has not goes.
    """
    markup = _LINK.sub(lambda hit: _left_out(hit, page, copy), markup)
    return _PIECE.sub(lambda hit: _piece(hit, page, copy), markup)


def _tags(markup: str) -> Iterator[str]:
    for hit in _PIECE.finditer(markup):
        yield hit["raw_rest"] or hit["rest"] or ""


def _left_out(hit: re.Match[str], page: str, copy: Copy) -> str:
    found = _ADDRESS.search(hit["rest"])
    target = _target(_value(found[2]), page, copy) if found else None
    if target is None or target[0] in copy.kept:
        return hit[0]
    return f"{hit['inside']} ({ONLINE_ONLY})"


def _piece(hit: re.Match[str], page: str, copy: Copy) -> str:
    name = (hit["raw"] or hit["name"] or "").lower()
    rest = hit["raw_rest"] or hit["rest"] or ""
    if not name or name in ("base", "meta") or not (name in ("link", "script") or _SOME.search(rest)):
        return hit[0]
    if name in ("link", "script"):
        found = _ADDRESS.search(rest)
        target = _target(_value(found[2]), page, copy) if found else None
        if target and target[0] not in copy.kept:
            return ""
        if name == "link" and re.search(r"\brel=[\"']?canonical\b", rest):
            return hit[0]
    changed = _ADDRESS.sub(lambda found: found[1] + _local(found[2], page, copy), rest)
    return hit[0] if changed == rest else hit[0].replace(rest, changed, 1)


def _local(quoted: str, page: str, copy: Copy) -> str:
    """An attribute's value, quotes and all, with an address inside the site made relative to the page."""
    found = _target(_value(quoted), page, copy)
    if found is None:
        return quoted
    target, rest = found
    return f'"{escape(quote(posixpath.relpath(target, posixpath.dirname(page) or ".")) + rest)}"'


def _value(quoted: str) -> str:
    return unescape(quoted[1:-1] if quoted[:1] in ("'", '"') else quoted)


def _target(value: str, page: str, copy: Copy) -> tuple[str, str] | None:
    """The file of the site that an address on a page leads to, and its query and fragment.

    None for an address elsewhere, on the page itself, or one that leads nowhere.
    """
    value = value.strip()
    if copy.address and value.startswith(own := copy.address.rstrip("/") + "/"):
        value = "/" + value.removeprefix(own)
    if _ELSEWHERE.match(value):
        return None
    path = re.split("[?#]", value, maxsplit=1)[0]
    rest = value[len(path) :]
    path = unquote(path)
    whole = path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(page), path)
    whole = posixpath.normpath(whole) if path else page
    if (on := copy.moved.get(f"/{whole}")) is not None:
        return _target(on, page, copy)
    for target in (whole, posixpath.normpath(f"{whole}/index.html")):
        if target in copy.site:
            return target, rest
    return None

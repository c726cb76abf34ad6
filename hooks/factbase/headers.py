"""The HTTP headers of the built site, as Netlify's `_headers` file. Pure: pages in, text out.

The Content-Security-Policy names the hash of each inline script of the pages as built, so that no
other inline script can run. Styles come from files only.

Netlify applies the rules of every path that fits a request, and joins headers of one name with a comma. A browser
enforces each Content-Security-Policy of such a list by itself: what one forbids, no other can permit. So the rule for
everything says nothing of framing; each folder forbids it by a rule of its own, but for the one whose pages may stand
in a frame. (An address at which nothing stands has no folder: the page that says so may be framed. It holds nothing.)
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from factbase.built import EMBED, MAIL

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_FOR_YEARS = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"
"""Kept, but never shown without asking the server whether it is still the newest."""


def inline_hashes(pages: Iterable[str]) -> list[str]:
    """The CSP hashes of all inline scripts that a browser would run, each once, sorted."""
    found = set()
    for page in pages:
        for script in _SCRIPT.finditer(page):
            attributes = script["attributes"]
            if "src=" not in attributes and "application/" not in attributes:
                digest = hashlib.sha256(script["code"].encode()).digest()
                found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return sorted(found)


def policy(pages: Iterable[str]) -> str:
    """The Content-Security-Policy of the site."""
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *inline_hashes(pages)],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


_NO_FRAME = {"Content-Security-Policy": "frame-ancestors 'none'", "X-Frame-Options": "DENY"}
_FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
}
_FOR_ALL = {"Access-Control-Allow-Origin": "*"}


def headers(pages: Iterable[str], folders: Iterable[str] = (), addresses: Iterable[str] = ()) -> str:
    """The text of `_headers`.

    `folders` are the names of the site's folders: all but `embed` forbid framing. `addresses` are those of the pages,
    as a server gives them: `/`, `/aftercare/`.
    """
    everywhere = {
        "Content-Security-Policy": policy(pages),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }
    # Netlify joins the values of all rules that fit a path: none for everything, and each path has one Cache-Control.
    hashed, fresh = {"Cache-Control": _FOR_YEARS}, {"Cache-Control": _CHECKED}
    parts = {"/*": everywhere, "/": _NO_FRAME, "/index.html": _NO_FRAME, "/404.html": _NO_FRAME}
    parts |= {f"/{name}/*": _NO_FRAME for name in sorted(folders) if name != EMBED}
    parts[f"/{EMBED}/*"] = _FRAMED
    # One record a path: these forbid framing too.
    parts["/api/*"] = {**_NO_FRAME, **_FOR_ALL}
    # An e-mail has inline styles, which no page here may have: a browser saves it and does not show it.
    parts[f"/{MAIL}/*"] = {**_NO_FRAME, "Content-Disposition": "attachment"}
    parts["/links.json"] = _FOR_ALL
    parts["/search/*"] = {**_NO_FRAME, **hashed}
    parts |= {"/assets/javascripts/*": hashed, "/assets/stylesheets/*": hashed, "/sw.js": fresh}
    parts["/manifest.webmanifest"] = {**fresh, "Content-Type": "application/manifest+json"}
    parts |= {path: {**parts.get(path, {}), **fresh} for path in addresses}
    return "".join(_part(path, values) for path, values in parts.items())


def _part(path: str, values: dict[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in values.items())]) + "\n\n"

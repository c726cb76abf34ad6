"""The HTTP headers of the built site, as Netlify's `_headers` file. Pure: pages in, text out.

The Content-Security-Policy names the hash of each inline script of the pages as built, so that no
other inline script can run. Styles come from files only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

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
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def headers(pages: Iterable[str], paths: Iterable[str] = ()) -> str:
    """The text of `_headers`. `paths` are those of the pages, as a server gives them: `/`, `/aftercare/`."""
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
    parts = {
        "/*": everywhere,
        "/assets/javascripts/*": hashed,
        "/assets/stylesheets/*": hashed,
        "/search/*": hashed,
        **dict.fromkeys(paths, fresh),
        "/sw.js": fresh,
        "/manifest.webmanifest": {**fresh, "Content-Type": "application/manifest+json"},
    }
    return "".join(_part(path, values) for path, values in parts.items())


def _part(path: str, values: dict[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in values.items())]) + "\n\n"

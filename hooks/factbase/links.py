"""Permanent short links: a page or section under a speakable name. Pure."""

from __future__ import annotations

from factbase.base import Base


def links_json(base: Base) -> dict[str, str]:
    """Short link → where it leads, relative to the site: `/go/aftercare` → `/aftercare/`.

    A page is called by its own name, the home page `home`.
    """
    found = {}
    for page in base.pages:
        path = "/" if page.slug == "index" else f"/{page.slug}/"
        found[f"/go/{'home' if page.slug == 'index' else page.slug}"] = path
    return found


def redirects(base: Base) -> str:
    """The short links as Netlify's `_redirects`."""
    return "".join(f"{short} {path} 302\n" for short, path in links_json(base).items())

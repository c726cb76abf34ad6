"""What makes the site installable: its web app manifest, and its icons, drawn from the logo."""

from __future__ import annotations

import json
from pathlib import Path

from factbase.about import Site

COLOUR = "#17505f"
PAPER = "#ffffff"
SHORT_NAME = "Microneedling"
FOLDER = "assets/icons"
_ICON = Path(__file__).parent.parent / "templates" / "offline" / "icon.typ"
# Name → side in pixels, and how much of it the sign fills. A system may cut a maskable icon to a circle of four fifths.
_ICONS = {
    "icon-192": (192, 0.7),
    "icon-512": (512, 0.7),
    "icon-maskable-512": (512, 0.52),
    "apple-touch-icon": (180, 0.7),
}


def manifest(site: Site) -> str:
    """The text of manifest.webmanifest. Every address is relative, so that the site may stand in a folder."""
    told = {
        "name": site.name,
        "short_name": SHORT_NAME,
        "description": site.description,
        "lang": "en",
        "dir": "ltr",
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": PAPER,
        "categories": ["health", "education"],
        "icons": [
            _listed("icon-192", "any"),
            _listed("icon-512", "any"),
            _listed("icon-maskable-512", "maskable"),
            {"src": "assets/favicon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def icons(logo: str) -> dict[str, bytes]:
    """File name → PNG, from the logo's SVG. The same logo gives the same bytes."""
    import typst  # noqa: PLC0415 - takes a while to load, and only a build draws

    found = {}
    for name, (side, part) in _ICONS.items():
        asked = {"side": str(side), "part": str(part), "colour": COLOUR, "logo": logo}
        drawn = typst.compile(_ICON, format="png", ppi=72.0, sys_inputs=asked, ignore_system_fonts=True)
        assert isinstance(drawn, bytes)  # one page
        found[f"{name}.png"] = drawn
    return found


def write_installable(folder: Path, site: Site) -> None:
    """Write the manifest and the icons of the built site in `folder`, which holds the logo."""
    (folder / "manifest.webmanifest").write_text(manifest(site), "utf-8")
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, drawn in icons((folder / "assets" / "logo.svg").read_text("utf-8")).items():
        (folder / FOLDER / name).write_bytes(drawn)


def _listed(name: str, purpose: str) -> dict[str, str]:
    side = _ICONS[name][0]
    return {"src": f"{FOLDER}/{name}.png", "type": "image/png", "sizes": f"{side}x{side}", "purpose": purpose}

"""Faults of the theme's HTML that its templates leave no other way to mend. Pure: a page in, a page out.

The two boxes that open the menu and the search are named as the buttons that they are, and come after the skip link,
so that the keyboard reaches them (assets/site.css shows where it is, assets/notes.js tells their state);
`autocomplete` is not allowed on them.
"""

from __future__ import annotations

import re

_NAMES = {"drawer": "Menu", "search": "Search"}
_BOX = re.compile(r'(<input class="md-toggle" data-md-toggle="(drawer|search)"[^>]*?) autocomplete="off">')
_BOXES_THEN_SKIP = re.compile(
    r'(?P<boxes>(?:<input class="md-toggle"[^>]*>\s*)+<label class="md-overlay"[^>]*></label>\s*)'
    r'(?P<skip><div data-md-component="skip">.*?</div>\s*)',
    re.DOTALL,
)


def mended(page: str) -> str:
    """The HTML of a page with its boxes named and its skip link first. A page without them stays as it is."""
    named = _BOX.sub(lambda box: f'{box[1]} role="button" aria-pressed="false" aria-label="{_NAMES[box[2]]}">', page)
    return _BOXES_THEN_SKIP.sub(r"\g<skip>\g<boxes>", named, count=1)

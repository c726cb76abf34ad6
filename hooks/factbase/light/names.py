"""The names that a selector can ask for: those in a page's HTML, and those that a script may add. Pure.

A tag is written `p`, a class `.mark`, an id `#sun`, an attribute `[dir`, its value `[dir=ltr`, and a value that a
script may give to any attribute `=ltr`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

Names = Collection[str]
_TAG = re.compile(r"<([a-z][\w-]*)((?:\s[^>]*)?)>")
_ATTRIBUTE = re.compile(r"([^\s=>/\"']+)(?:=\"([^\"]*)\")?")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
_WORD = re.compile(r"[\w-]+")
_PROPERTY = re.compile(r"\.([A-Za-z]\w+)")
_CAPITAL = re.compile(r"[A-Z]")


def names_of_page(html: str) -> frozenset[str]:
    """Every name in a page."""
    found: set[str] = set()
    for tag, attributes in set(_TAG.findall(html)):
        found.add(tag)
        for name, value in _ATTRIBUTE.findall(attributes):
            found.add(f"[{name}")
            if name == "class":
                found.update(f".{word}" for word in value.split())
            elif name == "id":
                found.add(f"#{value}")
            elif len(value) < 40:
                found.add(f"[{name}={value}")
    return frozenset(found)


_FAMILIES = ("tabbed-", "md-annotation", "md-version", "md-source", "md-code", "md-consent", "highlight", "mermaid")
"""Classes that the theme's script works with only where a page holds some of the family already."""


def names_of_scripts(codes: Iterable[str], page: Names) -> frozenset[str]:
    """Every name that scripts could put into pages with the names `page`."""
    absent = tuple(f".{family}" for family in _FAMILIES if not any(name.startswith(f".{family}") for name in page))
    found = frozenset().union(*map(names_of_script, codes))
    return frozenset(name for name in found if not name.startswith(absent or " "))


def names_of_script(code: str) -> frozenset[str]:
    """Every name that a script could put into a page: the words of its strings, and its properties as attributes."""
    words = {word for strings in _STRING.findall(code) for text in strings for word in _WORD.findall(text)}
    properties = set(_PROPERTY.findall(code))
    attributes = {*words, *(name.lower() for name in properties), *map(_data, properties)}
    return frozenset(
        {*words, *(f"{kind}{word}" for word in words for kind in ".#="), *(f"[{word}" for word in attributes)}
    )


def _data(name: str) -> str:
    """The attribute that a script means by `dataset.name`."""
    return "data-" + _CAPITAL.sub(lambda hit: f"-{hit[0].lower()}", name)

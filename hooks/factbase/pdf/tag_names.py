"""The names of tags: one that others lead to has a name, and the root of the tags lists all (ISO 32000-1, 14.7.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ROOT = re.compile(rb"^<</Type/StructTreeRoot\b")
_NAMES = re.compile(rb"/IDTree<</Names\[(.*?)\]>>", re.DOTALL)
_NAME = re.compile(rb"\(([^()\\]*)\)(\d+ 0 R)")


def with_names(objects: Mapping[int, bytes], named: Mapping[bytes, int]) -> dict[int, bytes]:
    """The objects (number → body) with new names (name → number of its tag) in the root's list."""
    return {number: _listed(body, named) if _ROOT.match(body) else body for number, body in objects.items()}


def _listed(root: bytes, named: Mapping[bytes, int]) -> bytes:
    """The root with a list of all names, which is in the order of the bytes."""
    if not named:
        return root
    old = _NAMES.search(root)
    names = dict(_NAME.findall(old[1])) if old else {}
    names |= {name: b"%d 0 R" % number for name, number in named.items()}
    tree = b"/IDTree<</Names[%b]>>" % b"".join(b"(%b)%b" % (name, names[name]) for name in sorted(names))
    return root.replace(old[0], tree, 1) if old else _ROOT.sub(lambda hit: hit[0] + tree, root, count=1)

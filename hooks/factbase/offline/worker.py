"""The service worker of a built site: its template filled with the hashes of the files that it may keep. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from factbase.document import HANDBOOK, Download
from factbase.fragments import fill
from factbase.offline.addresses import Copy, pointed_at, served

PREFIX = "microneedling-plainly-"
OFFLINE = "offline/"
AT_ONCE = (OFFLINE, "get-help/")
CORE = ("", "is-this-normal/", "aftercare/")
"""What a frightened reader needs first. Kept after the first visit, but not where the reader saves data."""
_SEARCH = ("search/", "assets/search")  # loaded when the search is opened: no page points at it
_KEPT = (".html", ".css", ".js", ".json", ".svg", ".png", ".woff2")
_NEEDED = (".css", ".js", ".svg", ".png")
_NEVER = ("404.html", "sw.js", "api/", "assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/social/")


def worker(files: Mapping[str, bytes], downloads: Iterable[Download]) -> str:
    """The text of sw.js for a site's files (path → content)."""
    leaflets = {f"downloads/{item.file}" for item in downloads if item.id != HANDBOOK}
    kept = {
        name: content
        for name, content in files.items()
        if name in leaflets or (name.endswith(_KEPT) and not name.startswith(_NEVER))
    }
    hashes = {served(name): hashlib.sha256(content).digest()[:8].hex() for name, content in sorted(kept.items())}
    version = hashlib.sha256(_lines(hashes).encode()).hexdigest()[:16]
    first = _with_needs(AT_ONCE, files)
    core = [path for path in _with_needs(CORE, files) if path not in first]
    core += [name for name in hashes if name.startswith(_SEARCH)]
    return (
        str(
            fill(
                "offline/sw.js",
                prefix=PREFIX,
                version=version,
                files=Markup(_lines(hashes)),
                first=Markup(_list(first, hashes)),
                core=Markup(_list(core, hashes)),
                offline=OFFLINE,
            )
        )
        + "\n"
    )


def _with_needs(paths: Iterable[str], files: Mapping[str, bytes]) -> list[str]:
    """Pages, and the styles, scripts and pictures that they point at, each once."""
    found: dict[str, None] = {}
    for path in paths:
        name = f"{path}index.html"
        if name in files:
            needs = pointed_at(files[name].decode("utf-8"), name, Copy(set(files), set()))
            found |= dict.fromkeys([path, *sorted(need for need in needs if need.endswith(_NEEDED))])
    return list(found)


def _list(paths: Iterable[str], known: Mapping[str, str]) -> str:
    return json.dumps([path for path in paths if path in known], ensure_ascii=False)


def _lines(hashes: Mapping[str, str]) -> str:
    """An object with one file a line."""
    return "{\n" + ",\n".join(f"  {json.dumps(path)}: {json.dumps(value)}" for path, value in hashes.items()) + "\n}"

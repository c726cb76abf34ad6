"""Measure what time limits in tests must not: cost by size, the build and the built site beside the plain theme.

    make bench

Prints one line per measurement. Nothing here passes or fails. With names (`times`, `visits`, `pages`, `check`)
only these parts are run.
"""

from __future__ import annotations

import sys

from beside import pair, times
from browser import visits
from measure import factbase, measured, mkdocs
from sizes import loads_and_checks, pages


def main(parts: list[str]) -> None:
    """Run the named parts, or all of them."""
    wanted = set(parts or ("check", "times", "visits", "pages"))
    if "check" in wanted:
        loads_and_checks()
    if wanted & {"times", "visits"}:
        with pair() as both:
            if "times" in wanted:
                times(both)
            else:
                measured(factbase("build", "--without-pdfs"), both.ours)
                measured(mkdocs(both.plain / "site"), both.plain)
            if "visits" in wanted:
                visits(both)
    if "pages" in wanted:
        pages()


if __name__ == "__main__":
    main(sys.argv[1:])

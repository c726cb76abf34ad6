"""The facts as a table for a spreadsheet: one row for each source of each fact. Pure: base in, CSV text out.

RFC 4180: comma, double quotes, CRLF, UTF-8. A cell that a spreadsheet would run as a formula
starts with an apostrophe (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io

from factbase.base import Base
from factbase.cite import citation

COLUMNS = (
    "id",
    "claim",
    "kind",
    "level",
    "applies_to",
    "label",
    "status",
    "page",
    "relation",
    "source",
    "source_kind",
    "read",
    "via",
    "locator",
    "says",
    "limits",
    "citation",
    "address",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def facts_csv(base: Base) -> str:
    """Header and rows, in the order of the files; retired facts too."""
    text = io.StringIO()
    rows = csv.writer(text)  # RFC 4180 is its default
    rows.writerow(COLUMNS)
    for fact in base.facts.values():
        for item in fact.evidence:
            source = base.sources[item.source]
            cells = (
                fact.id,
                fact.claim,
                fact.kind,
                fact.level or "",
                " ".join(fact.applies_to),
                base.labels[fact.id].value,
                fact.status,
                base.homes.get(fact.id, ""),
                item.relation,
                source.id,
                source.kind,
                source.read,
                item.read or source.via,
                item.locator,
                item.says,
                item.limits or "",
                citation(source),
                source.address or "",
            )
            rows.writerow([_plain(str(cell)) for cell in cells])
    return text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

"""What a page says of itself to machines: schema.org's `MedicalWebPage` as JSON-LD. Pure: page and base in, text out.

Nothing here says more than the page: `lastReviewed` is the day on which we held the text against its
sources, and `reviewedBy` stands only where a clinician's sign-off is in force.
https://schema.org/MedicalWebPage
"""

from __future__ import annotations

import json
from typing import Any

from factbase.base import Base
from factbase.page import Page, PageTreatment
from factbase.review import ReviewState, standing

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ABOUT = {
    PageTreatment.NEEDLING: ("Microneedling",),
    PageTreatment.RF: ("Radiofrequency microneedling",),
    PageTreatment.PRP: ("Microneedling with platelet-rich plasma",),
    PageTreatment.HOME: ("Home microneedling",),
    PageTreatment.MIXED: (
        "Microneedling",
        "Radiofrequency microneedling",
        "Microneedling with platelet-rich plasma",
        "Home microneedling",
    ),
}
"""The treatments that a page of each kind is about."""


def jsonld(page: Page, base: Base, address: str | None = None) -> str:
    """The JSON of a page's `<script type="application/ld+json">`. `address` is the page's own, where it is known.

    `<` is written as an escape, so that no text can end the element.
    """
    value = {name: item for name, item in _page(page, base, address).items() if item not in (None, [])}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _page(page: Page, base: Base, address: str | None) -> dict[str, Any]:
    signed = standing(f"page:{page.slug}", base)
    review = signed.review if signed.state is ReviewState.SIGNED else None
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page.meta.title,
        "description": page.meta.description,
        "url": address,
        "inLanguage": "en",
        "version": base.site.version,
        "lastReviewed": page.meta.checked.isoformat(),
        "reviewedBy": {"@type": "Person", "name": review.name, "jobTitle": review.role} if review else None,
        "about": [{"@type": "MedicalProcedure", "name": name} for name in ABOUT[page.meta.treatment]],
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "isAccessibleForFree": True,
        "license": LICENCE,
        "citation": _citations(page, base),
    }


def _citations(page: Page, base: Base) -> list[str]:
    """The addresses of all sources of the page's facts, each once, in reading order."""
    facts = dict.fromkeys([*page.meta.key_points, *(placed.fact for placed in base.placed(page))])
    sources = dict.fromkeys(item.source for name in facts for item in base.facts[name].evidence)
    return [address for name in sources if (address := base.sources[name].address)]

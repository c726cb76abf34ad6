"""The self-check: what a patient may tick, what to do about it, why, what to ask whom, and what never to do."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from factbase.base import Base
from factbase.condition import MORE, Condition, Group, Kind
from factbase.fragments import fill, in_markdown
from factbase.label import label_of
from factbase.markup import plain
from factbase.model import Fact
from factbase.page import Heading, walk
from factbase.writer import Writer


def conditions(writer: Writer, closing: str) -> list[str]:
    """The whole check: search, list by kind, result. `closing` holds the ids of the facts that stand where nothing
    is ticked; the first of them says that needling is not right for everyone."""
    last = [writer.base.facts[name] for name in closing.split()]
    claims = [_claim(writer, fact) for fact in last]
    parts = [str(fill("conditions-search.html", note=_about(writer, last[0]) if last else None))]
    for kind in Kind:
        items = [condition for condition in writer.base.conditions if condition.kind is kind]
        if items:
            parts.append(f"### {kind.words} {{#check-{kind.value}}}")
            rows = [_row(writer, condition) for condition in items]
            parts.append(str(fill("conditions-list.html", kind=kind, rows=rows)))
    writer.defer([*_facts(writer.base), *last])
    return [*parts, str(fill("conditions-result.html", groups=list(Group), claims=claims))]


def _row(writer: Writer, condition: Condition) -> Markup:
    """One condition as a list item: a box to tick and what follows from it."""
    facts = writer.base.facts
    never = [_claim(writer, facts[name]) for name in condition.never]
    reasons = [_claim(writer, facts[name], go_by=True) for name in condition.reasons]
    return fill(
        "condition.html",
        condition=condition,
        lead=_about(writer, facts[condition.reasons[0]]),
        never=never,
        reasons=reasons,
        more=_heading(writer.base, condition.section),
        page=MORE,
    )


def _claim(writer: Writer, fact: Fact, *, go_by: bool = False) -> Markup:
    """A claim with its mark and, where sources differ, the careful reading. Only the first use of a fact gets an
    anchor: a note would otherwise lead back to twenty places."""
    differs = go_by and fact.differs
    if writer.notes.seen(fact):
        words = fill("condition-reason.html", words=in_markdown(fact.claim), fact=fact, differs=differs)
        return fill("condition-claim.html", words=words, **_about(writer, fact))
    words = fill("condition-reason.html", words=writer.terms.words(fact.claim), fact=fact, differs=differs)
    return writer.claim(fact, words)


def _about(writer: Writer, fact: Fact) -> dict[str, object]:
    """What an element needs that rests on a fact but is not its sentence: the fact, its label and its mark."""
    return {"fact": fact, "label": label_of(fact, writer.base.sources), "mark": writer.notes.mark(fact)}


def _facts(base: Base) -> Iterator[Fact]:
    for condition in base.conditions:
        yield from (base.facts[name] for name in (*condition.reasons, *condition.never))


def _heading(base: Base, section: str | None) -> str | None:
    """The heading that a section of the page on candidacy stands under."""
    page = base.page(MORE)
    found = walk(page.blocks) if page and section else iter(())
    return next((plain(block.text) for block in found if isinstance(block, Heading) and block.anchor == section), None)

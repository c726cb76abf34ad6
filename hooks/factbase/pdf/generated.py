"""The parts of pages that are made wholly from data, in print. A part unknown here prints the facts that it holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from factbase.base import Base
from factbase.cite import KIND_WORDS, citation, how_read
from factbase.condition import Kind
from factbase.label import Label, label_of
from factbase.model import Fact, SourceKind
from factbase.page import Generated
from factbase.pdf.chart import handbook_chart
from factbase.pdf.endnotes import linked
from factbase.pdf.typst_text import label, literal, words

if TYPE_CHECKING:
    from factbase.pdf.blocks import Blocks

ALL_SOURCES = "all-sources"
ON_SCREEN_ONLY = frozenset({"ways-in", "downloads", "open-data", "saved-pages"})
"""Parts that lead round the site: on paper the list of contents does that."""


def generated(printer: Blocks, block: Generated) -> list[str]:
    """A part as Typst."""
    if block.name in ON_SCREEN_ONLY:
        return []
    make = {
        "unknowns": _unknowns,
        "heard": _heard,
        "glossary": _glossary,
        "sources": _sources,
        "labels": _labels,
        "left-out": _left_out,
        "corrections": _corrections,
        "healing": _healing,
        "conditions": _conditions,
    }.get(block.name, _facts)
    return make(printer, block)


def _facts(printer: Blocks, block: Generated) -> list[str]:
    facts = _named(printer, block)
    return [printer.facts(facts), *printer.boxes(facts)] if facts else []


def _named(printer: Blocks, block: Generated) -> list[Fact]:
    """The facts that a part prints, each once."""
    names = dict.fromkeys(placed.fact for placed in printer.base.generated(block))
    return [printer.base.facts[name] for name in names]


def _unknowns(printer: Blocks, _: Generated) -> list[str]:
    base = printer.base
    parts = []
    for topic in dict.fromkeys(fact.topic for fact in base.unknowns):
        parts.append(printer.heading(3, topic.replace("-", " ").capitalize(), f"not-known-{topic}"))
        facts = [fact for fact in base.unknowns if fact.topic == topic]
        parts.append(f"#list({', '.join(f'[{printer.gap(fact)}]' for fact in facts)})")
        parts += printer.boxes(facts)
    return parts


def _heard(printer: Blocks, block: Generated) -> list[str]:
    parts = []
    for entry in printer.base.heard_in(block.argument):
        facts = [printer.base.facts[name] for name in entry.answer]
        answer = " ".join(printer.claim(fact) for fact in facts)
        parts.append(printer.heading(3, entry.asked, entry.id))
        parts.append(f"#strong[{words(entry.verdict.words + '.')}] {answer}")
        parts += printer.boxes(facts)
    return parts


def _glossary(printer: Blocks, _: Generated) -> list[str]:
    facts = printer.base.facts
    return [f"#strong[{words(term.term + '.')}] {printer.claim(facts[term.fact])}" for term in printer.base.terms]


def _sources(printer: Blocks, _: Generated) -> list[str]:
    where = words("All sources stand at the end of this handbook, on page ")
    return [printer.heading(2, "All sources", "all-sources"), f"{where}#page-of({label(ALL_SOURCES)})"]


def _labels(printer: Blocks, _: Generated) -> list[str]:
    counts = Counter(label_of(fact, printer.base.sources) for fact in printer.base.live)
    cells = [f"[{words(text)}]" for kind in Label for text in (kind.words, kind.meaning, str(counts[kind]))]
    head = ", ".join(f"[{words(text)}]" for text in ("Label", "What it tells you", "Facts"))
    return [
        printer.heading(2, "All labels", "all-labels"),
        f"#plain-table(3, narrow: true, ({head},), {', '.join(cells)})",
    ]


def _left_out(printer: Blocks, _: Generated) -> list[str]:
    parts = [printer.heading(2, "Evidence left out", "all-left-out")]
    rows = []
    for left in printer.base.left_out:
        source = printer.base.sources[left.source]
        rest = words(f" Where: {left.locator}. Why not used: {left.reason}")
        rows.append(f"[{linked(citation(source), source.address)}{rest}]")
    return [*parts, f"#list({', '.join(rows)})"] if rows else parts


def _corrections(printer: Blocks, _: Generated) -> list[str]:
    newest = sorted(printer.base.corrections, key=lambda correction: correction.date, reverse=True)
    rows = [f"[{words(f'{item.date.isoformat()}, {item.page}. Was: {item.was} Now: {item.now}')}]" for item in newest]
    heading = printer.heading(2, "Corrections so far", "all-corrections")
    return [heading, f"#list({', '.join(rows)})" if rows else words("None so far.")]


def _healing(printer: Blocks, block: Generated) -> list[str]:
    parts = handbook_chart(block.argument, printer)
    return [*parts, *printer.boxes(_named(printer, block))]


def _conditions(printer: Blocks, block: Generated) -> list[str]:
    """The self-check: each thing to tick, what to do about it and why, whom to ask what, what never to do."""
    facts = printer.base.facts
    parts = []
    for kind in Kind:
        rows = []
        for item in (item for item in printer.base.conditions if item.kind is kind):
            said = " ".join(printer.claim(facts[name]) for name in (*item.reasons, *item.never))
            asked = words(f"Ask {item.whom}: {' '.join(item.ask)}")
            rows.append(f"[{words(item.tick)} #strong[{words(item.group.words + '.')}] {said} {asked}]")
        if rows:
            parts += [
                printer.heading(3, kind.words, f"check-{kind.value}"),
                f"#list(marker: tick-box, {', '.join(rows)})",
            ]
    closing = [facts[name] for name in block.argument.split()]
    return [*parts, printer.facts(closing), *printer.boxes(_named(printer, block))]


def all_sources(base: Base) -> list[str]:
    """Every source by kind, with how far it was read and its address."""
    parts = [f"#heading(level: 1)[{words('All sources')}]{label(ALL_SOURCES)}"]
    for kind in SourceKind:
        found = [source for source in base.sources.values() if source.kind is kind]
        if not found:
            continue
        plural = KIND_WORDS[kind][1]
        parts.append(f"#heading(level: 2)[{words(f'{plural[0].upper()}{plural[1:]} ({len(found)})')}]")
        rows = []
        for source in found:
            read = how_read(source)
            design = f" Design: {source.design}." if source.design else ""
            told = words(f"{citation(source)}{design} {read[0].upper()}{read[1:]}.")
            address = f" #address({literal(source.address)})" if source.address else ""
            rows.append(f"[{told}{address}]")
        parts.append(f"#sources({', '.join(rows)})")
    return parts

"""Parts that print facts: what nobody knows, popular claims and their answers, the glossary."""

from __future__ import annotations

from markupsafe import Markup

from factbase.fragments import fill, in_markdown
from factbase.heard import Heard
from factbase.writer import Writer


def unknowns(writer: Writer, _: str) -> list[str]:
    """Every gap, by topic, with why it matters."""
    parts = []
    for topic in dict.fromkeys(fact.topic for fact in writer.base.unknowns):
        parts.append(f"### {topic.replace('-', ' ').capitalize()} {{#not-known-{topic}}}")
        facts = [fact for fact in writer.base.unknowns if fact.topic == topic]
        parts.append("\n".join(f"- {writer.claim(fact, in_markdown(fact.claim), why=True)}" for fact in facts))
        parts += writer.boxes(facts)
    return parts


def heard(writer: Writer, group: str) -> list[str]:
    """The popular claims of a group, each as a question with its verdict and answer."""
    return [part for entry in writer.base.heard_in(group) for part in _heard(writer, entry)]


def glossary(writer: Writer, _: str) -> list[str]:
    """Every term with its definition."""
    parts = []
    for term in writer.base.terms:
        fact = writer.base.facts[term.fact]
        parts += [f"### {in_markdown(term.term)} {{#{term.id}}}", str(writer.claim(fact, in_markdown(fact.claim)))]
    return parts


def _heard(writer: Writer, entry: Heard) -> list[str]:
    # The verdict stands inside the first claim: it is part of what the note is for.
    facts = [writer.base.facts[name] for name in entry.answer]
    words = [writer.terms.words(fact.claim) for fact in facts]
    words[0] = fill("verdict.html", verdict=entry.verdict) + Markup(" ") + words[0]
    claims = " ".join(writer.claim(fact, text) for fact, text in zip(facts, words, strict=True))
    return [f"### {in_markdown(entry.asked)} {{#{entry.id}}}", claims, *writer.boxes(facts)]

"""The messages for clinics (`[[messages]]`): each with its e-mail as a preview, its SMS, and what to copy."""

from __future__ import annotations

from markupsafe import Markup

from factbase.fragments import fill, in_markdown
from factbase.message import FIELD, Message
from factbase.messages.sms import LONGEST, length, room_for_name
from factbase.messages.view import Said, View, view
from factbase.messages.words import in_message
from factbase.model import Fact
from factbase.writer import Writer

FOLDER = "mail"
"""Folder of the site with the messages as files."""


def messages(writer: Writer, _: str) -> list[str]:
    """Every message, in the order of the file."""
    base = writer.base
    parts = [] if base.address else [str(fill("messages-no-address.html"))]
    for message in base.messages:
        parts.append(f"### {in_markdown(message.name)} {{#message-{message.id}}}")
        parts.append(_message(writer, message, view(message, base, (base.address or "").rstrip("/"))))
    return parts


def _message(writer: Writer, message: Message, shown: View) -> str:
    base = writer.base
    count = length(shown.sms)
    values = {
        "boxes": [
            {"box": box, "signs": _claims(writer, box.signs), "then": _claims(writer, box.then)} for box in shown.boxes
        ],
        "no_answer": _claims(writer, shown.no_answer),
        "looks": _claims(writer, shown.looks),
        "facts": _claims(writer, shown.facts),
        "own": _claims(writer, shown.own),
        "sms": _sms(writer, message, shown),
    }
    room = room_for_name(message, base.facts, shown.link)
    writer.defer([base.facts[name] for _, name in message.printed()])
    return str(
        fill(
            "message.html",
            view=shown,
            message=message,
            count=count,
            longest=LONGEST,
            room=room,
            folder=FOLDER,
            **values,
        )
    )


def _claims(writer: Writer, said: tuple[Said, ...]) -> list[Markup]:
    return [_claim(writer, item.fact, in_message(item.fact)) for item in said]


def _claim(writer: Writer, fact: Fact, words: str) -> Markup:
    """A claim with its mark. Only the first use of a fact gets an anchor: its note would else lead back to five."""
    if not writer.notes.seen(fact):
        return writer.claim(fact, in_markdown(words))
    label = writer.base.labels[fact.id]
    mark = writer.notes.mark(fact)
    return fill("condition-claim.html", fact=fact, label=label, words=in_markdown(words), mark=mark)


def _sms(writer: Writer, message: Message, shown: View) -> list[Markup]:
    """The SMS in pieces: what it states as claims, all else as words that lead."""
    found: list[Markup] = []
    rest = 0
    values = {"clinic": writer.base.clinic.short_name if writer.base.clinic else shown.clinic, "link": shown.link}
    own = ""
    for hit in FIELD.finditer(message.sms):
        own += message.sms[rest : hit.start()]
        rest = hit.end()
        if hit[1].startswith("fact:"):
            found.append(fill("message-lead.html", words=in_markdown(own)))
            own = ""
            fact = writer.base.facts[hit[1][5:].strip()]
            found.append(_claim(writer, fact, fact.key_point))
        else:
            own += values[hit[1].strip()]
    return [*found, fill("message-lead.html", words=in_markdown(own + message.sms[rest:]))]

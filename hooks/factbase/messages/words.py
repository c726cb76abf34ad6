"""How a fact is worded in a message from a clinic. Pure."""

from __future__ import annotations

import re

from factbase.model import Fact
from factbase.normal import careful
from factbase.readability import sentences_of

WE = re.compile(r"\bwe\b", re.I)


def in_message(fact: Fact) -> str:
    """A fact's words in a message. "We" would be the clinic there: such a claim gives way to its short wording."""
    told = fact.key_point if WE.search(fact.claim) else fact.claim
    kept = [sentence for sentence in sentences_of(careful(fact)) if not WE.search(sentence)]
    return told if fact.level else " ".join([told, *kept])

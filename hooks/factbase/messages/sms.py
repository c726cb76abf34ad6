"""Text messages: the GSM 7-bit alphabet (3GPP TS 23.038), its lengths, and the text of a message. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from factbase.message import FIELD, Message
from factbase.model import Fact

LONGEST = 160
"""Characters of one text message in the GSM 7-bit alphabet."""
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Characters that take two places: an escape and the character."""
_INSTEAD = {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "•": "-"}
_INSTEAD |= {"™": "(TM)", "®": "(R)", "©": "(C)", "\u00a0": " ", "ł": "l", "Ł": "L", "ı": "i", "ő": "ö", "ű": "ü"}


def length(text: str) -> int | None:
    """How many of the 160 places a text takes, or None where a character is not in the alphabet."""
    if foreign(text):
        return None
    return len(text) + sum(character in EXTENDED for character in text)


def foreign(text: str) -> list[tuple[str, str]]:
    """Characters outside the alphabet, each once, with what to write instead (a word where nothing is close)."""
    strange = dict.fromkeys(character for character in text if character not in BASIC and character not in EXTENDED)
    return [(character, _instead(character)) for character in strange]


def _instead(character: str) -> str:
    """What to write for a character: the letter without its marks where the alphabet has that one."""
    bare = unicodedata.normalize("NFD", character)[0]
    return _INSTEAD.get(character) or (bare if bare in BASIC else "something in plain letters")


def sms_text(message: Message, facts: Mapping[str, Fact], clinic: str, link: str) -> str:
    """The text with its fields filled. Expects known fields and facts: others raise KeyError."""
    values = {"clinic": clinic, "link": link}

    def fill(name: str) -> str:
        return facts[name[5:].strip()].key_point if name.startswith("fact:") else values[name]

    return FIELD.sub(lambda hit: fill(hit[1]), message.sms)


def room_for_name(message: Message, facts: Mapping[str, Fact], link: str) -> int:
    """How many characters the clinic's name may have with this link; below 1 where it does not fit at all."""
    taken = length(sms_text(message, facts, "", link))
    return LONGEST - taken if taken is not None else 0

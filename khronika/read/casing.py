"""Text written all in small or all in capital letters, put into the usual case before it is read.

The model tells names by their capitals as well as by their place in the sentence: of a story in small letters it misses
two names in five. What it does see there it sees rightly, though (99 of 100 words that it calls proper nouns are), and
a word that is a name once is one everywhere in the story. So such a text is read twice: once in small letters, to learn
which words are proper nouns, and once more with their capitals. Every character keeps its place, so that all spans hold
in the text as it arrived.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from khronika.read.parse import Parse, Pipeline
from khronika.text.name_tables import honorifics
from khronika.text.tables import table

__all__ = ["is_odd", "parse_cased", "usual_case"]

_LEAST = 20
"""Letters from which the case of a text says anything."""
_CAPITALS = 0.7
"""Share of capitals from which a text counts as written in capitals; English news has 3 to 8 in a hundred."""
_FEW = 0.02
"""Share of capitals under which a text may be one in small letters: a line above it may be written as usual."""
_STARTS = 2 / 3
"""Share of sentence starts in small letters from which it is one."""
_START = re.compile(r"(?:^|[.!?]['\"’”)]?\s+|\n\s*)['\"‘“(]?([^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýāēīōūəıё")
_INITIALS = 5
"""Letters that a word without a vowel has at most to be read as initials ("bjp")."""
_OFTEN = 1 / 3
"""Share of its places in the story at which a word must look like a name to be one everywhere."""
_AMBIGUOUS = frozenset(("may", "march", "us", "polish", "turkey"))
"""Months, countries and demonyms that are common words too: only the model tells which they are."""


def is_odd(text: str) -> bool:
    """Whether the text is written all, or nearly all, in small or in capital letters."""
    letters, capitals = sum(map(str.isalpha, text)), sum(map(str.isupper, text))
    if letters < _LEAST:
        return False
    share = capitals / letters
    if share >= _CAPITALS:
        return True
    if share > _FEW:
        return False
    starts = [m[1] for m in _START.finditer(text)]
    small = sum(c.islower() for c in starts)
    return small >= _STARTS * len(starts) and (capitals == 0 or small > 1)


def parse_cased(text: str, pipeline: Pipeline, is_country: Callable[[str], object]) -> Parse:
    """The text as the pipeline reads it, put into the usual case first where it is not written so.

    `is_country`: whether a word is a country's name or demonym ("kazakh"), which English writes with a capital.
    Returns: the parse; its `text` is as long as the text given, each character at its place.
    """
    if not is_odd(text):
        return pipeline.parse(text)
    small = "".join(_lower(c) for c in text)
    return pipeline.parse(usual_case(small, pipeline.parse(small), is_country))


def usual_case(small: str, parse: Parse, is_country: Callable[[str], object]) -> str:
    """The text with capitals where a sentence starts and for words that are names.

    Parameters: `small`, the text in small letters; `parse`, what the pipeline makes of it, in whatever case;
    `is_country` as for `parse_cased`.
    Returns: the text, every character at its place.
    """
    seen: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    for token in parse.tokens:
        word = token.text.lower()
        seen[word] += 1
        proper[word] += token.pos == "PROPN"
    chars = [*small]
    for token in parse.tokens:
        word = token.text.lower()
        listed = word not in _AMBIGUOUS and (word == "i" or word in _days() or is_country(word))
        if listed or token.pos == "PROPN" or proper[word] > _OFTEN * seen[word]:
            _raise(chars, token.start, token.end)
    for sentence in parse.sentences:
        for i in range(sentence.start, sentence.end):
            if chars[i].isalnum():
                chars[i] = _upper(chars[i])
                break
    return "".join(chars)


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    """Months and days of the week, as full words."""
    dates = table("dates.toml")
    return frozenset(name.lower() for name in (*dates["months"], *dates["weekdays"]) if len(name) > 3)


def _is_title(word: str) -> bool:
    """Whether it is a title ("mr", "dr") and so no initials."""
    return word in honorifics().titles


def _raise(chars: list[str], start: int, end: int) -> None:
    """Gives a name its capitals: the first letter of each of its parts, all letters of initials."""
    for match in _WORD.finditer("".join(chars[start:end])):
        a, word = start + match.start(), match[0].lower()
        initials = 2 <= len(word) <= _INITIALS and word.isalpha() and _VOWELS.isdisjoint(word) and not _is_title(word)
        for i in range(a, a + (len(word) if initials else 1)):
            chars[i] = _upper(chars[i])


def _upper(c: str) -> str:
    """The capital, where it is one character and this one's ("ß" stays, and the Turkish "ı")."""
    capital = c.upper()
    return capital if capital.lower() == c else c


def _lower(c: str) -> str:
    """The small letter, where it is one character ("İ" stays)."""
    small = c.lower()
    return small if len(small) == 1 else c

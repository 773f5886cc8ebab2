"""Cuts a text into windows of words that the encoder takes at once: a line, or a part of a long one.

A dateline ("MINSK, Belarus --", "MINSK (AP) —", "Minsk [Belarus], July 3 (ANI):") becomes a window of its own,
so that it is a sentence of its own and does not disturb the tree of the sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khronika.read.tokenize import Span, tokenize

__all__ = ["Window", "windows"]

_MOST = 254
"""Wordpieces a window may hold: the longest that the training texts show often enough."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_DATE = r"(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?"
_DATELINE = re.compile(
    r"\s*(?=\S{2})(?:"
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]{1,40}"  # ALMATY, NUR-SULTAN, ST. PETERSBURG
    r"(?:,\s[A-Z][\w.'’ -]{1,30}){0,2}"  # Kazakhstan; Xinjiang, China
    rf"{_DATE}(?:\s\([A-Z][\w/. ]{{1,30}}\))?"  # Feb. 3 (AP), (Reuters)
    r"\s?(?:--|—|–|\s-)"
    r"|[A-Z][\w.'’ -]{1,30}(?:\s\[[^\]\n]{2,30}\]|(?=,\s[A-Z][a-z]{2,8}\.?\s\d))"  # Minsk [Belarus]
    rf"{_DATE}\s\([A-Z]{{2,10}}\)\s?(?::|--|—|–|-)"  # July 3 (ANI):
    r")(?=\s*\S)"
)
_ENDS = frozenset(".!?…") | {"...", "?!", "!?", "!!", "??"}
_CLOSERS = frozenset("\"'”’)]»") | {"''"}


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are encoded together; none of them shares a sentence with a word of another window."""

    spans: tuple[Span, ...]
    words: tuple[str, ...]


def windows(text: str, size: Callable[[str], int]) -> Iterator[Window]:
    """The windows of a text in order; together they hold every word once.

    Args:
        text: any text.
        size: how many wordpieces a word takes.
    """
    for line in _LINE.finditer(text):
        start = line.start()
        dateline = _DATELINE.match(line[0])
        cuts = [start, start + dateline.end(), line.end()] if dateline else [start, line.end()]
        for a, b in pairwise(cuts):
            spans = [(a + s, a + e) for s, e in tokenize(text[a:b])]
            yield from _parts(text, spans, size)


def _parts(text: str, spans: Sequence[Span], size: Callable[[str], int]) -> Iterator[Window]:
    """A line's words in windows that fit, cut after the last sentence end that fits."""
    first = 0
    held: list[str] = []
    sizes: list[int] = []
    total = 0
    for start, end in spans:
        word = text[start:end]
        n = size(word)
        while total + n > _MOST:
            cut = _last_end(held)
            yield Window(tuple(spans[first : first + cut]), tuple(held[:cut]))
            total -= sum(sizes[:cut])
            first += cut
            del held[:cut], sizes[:cut]
        held.append(word)
        sizes.append(n)
        total += n
    if held:
        yield Window(tuple(spans[first:]), tuple(held))


def _last_end(words: Sequence[str]) -> int:
    """How many words to take: up to the last likely sentence end, in the latter half; else all."""
    for i in range(len(words) - 1, len(words) // 4, -1):
        if words[i - 1] in _ENDS and words[i] not in _ENDS and words[i] not in _CLOSERS:
            return i
        if words[i - 1] in _CLOSERS and words[i - 2] in _ENDS and words[i] not in _ENDS | _CLOSERS:
            return i
    return len(words)

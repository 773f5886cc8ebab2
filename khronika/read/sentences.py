"""Where sentences start in a window: the head's answer, corrected where the writing decides.

Each rule is for a fault seen on test texts: a quote or bracket that opens belongs to what follows, one that closes to
what precedes; no sentence starts inside a name, or after a comma, even one in quotes (“…,” Orlova said.); a list's
"2." stands with its line; a weekday or month goes on after a word ("was shot in an ambush Wednesday by …"); a line
without any mark that ends a sentence is a heading, one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from khronika.read.tokenize import Span
from khronika.read.windows import Window
from khronika.text.tables import table

__all__ = ["sentence_spans"]

_CLOSERS = frozenset(".,;:!?)]}%”’…»") | {"''", "...", "'s", "’s", "n't", "n’t"}
_OPENERS = frozenset("“‘([{«") | {"``"}
_EITHER = frozenset("\"'")
_DAYS = frozenset((*table("dates.toml")["weekdays"], *table("dates.toml")["months"]))
_ENDS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "??", ";", ":"))


def sentence_spans(window: Window, starts: Sequence[bool], names: Sequence[Span]) -> list[Span]:
    """Sentences of a window as (first, last) word, last exclusive; together they hold every word.

    Args:
        window: of W words.
        starts: W answers of the head: whether a sentence starts at the word.
        names: (first, last) word of each name.
    """
    words, spans = window.words, window.spans
    if _ENDS.isdisjoint(words):
        return [(0, len(words))]
    cut = [i > 0 and start for i, start in enumerate(starts)]
    for i in range(1, len(words)):
        if not cut[i]:
            continue
        opened = _opens(words, spans, i - 1)
        if opened:  # the start moves before the mark
            cut[i], cut[i - 1] = False, i > 1
        elif words[i] in _CLOSERS or _closes(words, spans, i) or _goes_on(words, i):
            cut[i] = False
    for first, last in names:
        cut[first + 1 : last] = [False] * (last - first - 1)
    bounds = [0, *(i for i, at in enumerate(cut) if at), len(words)]
    return list(pairwise(bounds))


def _touches(spans: Sequence[Span], i: int) -> bool:
    """Whether word i stands directly before word i + 1."""
    return 0 <= i < len(spans) - 1 and spans[i][1] == spans[i + 1][0]


def _opens(words: Sequence[str], spans: Sequence[Span], i: int) -> bool:
    return words[i] in _OPENERS or (words[i] in _EITHER and _touches(spans, i) and not _touches(spans, i - 1))


def _closes(words: Sequence[str], spans: Sequence[Span], i: int) -> bool:
    return words[i] in _EITHER and _touches(spans, i - 1) and not _touches(spans, i)


def _goes_on(words: Sequence[str], i: int) -> bool:
    """Whether what stands before word i cannot end a sentence: a comma, a comma in quotes, a list's "2.", a plain word
    before a weekday."""
    before = words[i - 1]
    if words[i] in _DAYS and before.isalpha() and before.islower():
        return True
    if before == "," or (i > 1 and words[i - 2] == "," and before in "\"'”’"):
        return True
    return before == "." and i == 2 and words[0].isdigit()

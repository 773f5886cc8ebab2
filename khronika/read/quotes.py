"""Quoted speech: where it runs, over how many sentences and paragraphs.

For “First sentence. Second sentence,” she said, also when it opens in one paragraph and closes in a later one, and for
'British single marks,' he said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

OPEN, CLOSE = '"“«„', '"”»'
SINGLE_OPEN, SINGLE_CLOSE = "'‘", "'’"
LONGEST = 3000
"""Characters; a longer run means that a quotation mark is missing, and is no quotation."""
SPEECH = 5
"""Words; a shorter quotation is a term ("foreign agent"), not speech."""
STOPS = ",.!?…-–—"
"""What stands before the mark that closes speech."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: code points [start, end) of the text, marks included."""

    start: int
    end: int


def find_quotes(text: str) -> list[Quote]:
    """The quotations of `text`, in order; they do not overlap.

    Marks are paired inside a paragraph. A paragraph that ends without its closing mark, before one that opens with a
    mark, is speech that goes on: each of the two is given. A lost mark ends with its paragraph and gives nothing.
    """
    double = _pair(text, OPEN, _shuts)
    single = [q for q in _pair(text, SINGLE_OPEN, _shuts_single) if _free(q, double)]
    found = [q for q in double + single if len(text[q.start : q.end].split()) >= SPEECH]
    return sorted(found, key=lambda q: q.start)


def inside(quotes: list[Quote], at: int) -> int | None:
    """The number of the quotation that holds code point `at`, or None."""
    n = bisect_right(quotes, at, key=lambda q: q.start) - 1
    return n if n >= 0 and at < quotes[n].end else None


def _pair(text: str, opening: str, shuts: Callable[[str, int, int], bool]) -> list[Quote]:
    """Quotations between a mark of `opening` and the mark that `shuts` it."""
    out: list[Quote] = []
    start: int | None = None
    for i, c in enumerate(text):
        if start is None:
            if c in opening and (c in OPEN or _leads(text, i)):
                start = i
        elif shuts(text, start, i):
            if i - start <= LONGEST:
                out.append(Quote(start, i + 1))
            start = None
        elif c == "\n" and not _runs_over(text, start, i):
            if _next(text, i) in opening and i - start <= LONGEST:
                out.append(Quote(start, i))
            start = None
    return out


def _leads(text: str, i: int) -> bool:
    """Whether the single mark at `i` opens: nothing but space or a bracket before it, a word after it."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    return (not before or before.isspace() or before in "([—–") and (after.isalnum() or (after != "" and after in "[“"))


def _shuts(text: str, start: int, i: int) -> bool:
    """Whether the mark at `i` closes the quotation opened at `start`; pages mix curly and straight marks."""
    if text[i] != '"' or text[start] == '"':
        return text[i] in CLOSE
    return not text[i - 1].isspace() and not text[i + 1 : i + 2].isalnum()


def _shuts_single(text: str, start: int, i: int) -> bool:
    """A single mark closes where it is no apostrophe: behind a stop or a word, save a plural's owner's mark."""
    if text[i] not in SINGLE_CLOSE or i - start < 2:
        return False
    before, after = text[i - 1], text[i + 1 : i + 2]
    if after.isalnum() or before.isspace():
        return False
    return before in STOPS or (before not in "sS" and (not after or after in " \n,.;:!?)"))


def _runs_over(text: str, start: int, i: int) -> bool:
    """Whether a curly quotation goes on in the next line without a new mark: the next mark closes it."""
    if text[start] not in "“«„" or _next(text, i) in OPEN:
        return False
    end = min(len(text), start + LONGEST)
    closing = min((at for c in "”»" if (at := text.find(c, i, end)) >= 0), default=-1)
    return closing >= 0 and all(text.find(c, i, closing) < 0 for c in OPEN)


def _next(text: str, i: int) -> str:
    """The first character after the white space at `i`; a line break where there is none."""
    while i < len(text) and text[i].isspace():
        i += 1
    return text[i : i + 1] or "\n"


def _free(quote: Quote, others: list[Quote]) -> bool:
    """Whether the quotation overlaps none of `others` (sorted)."""
    n = bisect_right(others, quote.start, key=lambda q: q.start)
    before = n > 0 and others[n - 1].end > quote.start
    return not before and not (n < len(others) and others[n].start < quote.end)

"""Quoted speech: where it runs, over how many sentences, and who is speaking.

For “First sentence. Second sentence,” she said, also when it opens in one sentence and closes in a later one.
"""

from __future__ import annotations

from dataclasses import dataclass

from khronika.read.syntax import Tree
from khronika.read.words import voice_words

OPEN, CLOSE = "“«„", "”»"
LONGEST = 3000
"""Characters; a longer run means that a quotation mark is missing, and is no quotation."""
SPEECH = 5
"""Words; a shorter quotation is a term ("foreign agent"), not speech."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: code points [start, end) of the text, marks included."""

    start: int
    end: int


def find_quotes(text: str) -> list[Quote]:
    """The quotations of `text`, in order; straight marks are paired inside a paragraph."""
    out: list[Quote] = []
    start: int | None = None
    straight = False
    for i, c in enumerate(text):
        if c == "\n" and straight:
            start, straight = None, False
        elif c in OPEN and start is None:
            start = i
        elif (c in CLOSE or (c == '"' and straight)) and start is not None:
            if i - start <= LONGEST:
                out.append(Quote(start, i + 1))
            start, straight = None, False
        elif c == '"' and start is None:
            start, straight = i, True
    return [q for q in out if len(text[q.start : q.end].split()) >= SPEECH]


def inside(quotes: list[Quote], at: int) -> int | None:
    """The number of the quotation that holds code point `at`, or None."""
    return next((n for n, q in enumerate(quotes) if q.start <= at < q.end), None)


def speaker_beside(tree: Tree, quote: Quote) -> int | None:
    """The noun of who speaks the quotation, from a verb of saying in this sentence that stands outside it."""
    says = voice_words().says
    best: tuple[int, int] | None = None
    for i in tree:
        token = tree.token(i)
        if quote.start <= token.start < quote.end or tree.lemma(i) not in says or not tree.is_verb(i):
            continue
        subjects = [s for s in tree.subjects(i) if not quote.start <= tree.token(s).start < quote.end]
        distance = min(abs(token.start - quote.end), abs(quote.start - token.end))
        if subjects and (best is None or distance < best[0]):
            best = (distance, subjects[0])
    return best[1] if best else None

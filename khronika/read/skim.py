"""Skimming: whether a story is worth the model's time, by its words alone.

The model costs a hundred times what looking at words does, and most of what news sites print (sport, business,
entertainment, weather) claims nothing that the codebook has a kind for. So a story is first weighed in pieces of some
forty words, wherever its paragraphs end: a logistic regression over word stems says how likely a piece holds a claim.
It is fitted to where the reader finds claims when it reads everything (`python -m training.skim`, to be run anew when
frames change; weights in `resources/skim.tsv`).

In doubt a story is read: where it is short, where one piece alone is more likely than not to hold a claim, where its
words are mostly such as the weights do not know (another style, another spelling, another language). A story that is
read is read in full: words tell well which stories are about such matters, but badly which sentences of them hold a
claim (`docs/decisions/0007-stories-are-skimmed.md` has the figures). The setting `gate` (0) reads every story.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khronika.errors import LexiconError
from khronika.text.tables import rows

__all__ = ["Skimmer", "load_skimmer", "pieces", "promise", "stem"]

STEM = 6
"""Letters of a word that count: "arrested", "arrests" and "arresting" are one, without a stemmer's time."""
PIECE = 40
"""Words of a piece: a paragraph of a news story."""
SHORT = 100
"""Words; a shorter text says too little to be judged by, and costs little to read."""
SURE = 0.5
"""The chance of one piece from which the story is read, whatever the rest is about: a digest, a long profile."""
KNOWN = 0.6
"""Least share of words that the weights must know. News on rights that was not fitted to has 0.66 and more, the
English of an encyclopedia's lists of names 0.5, Spanish and German 0.1 (`training/skim.py` prints its own)."""
BEST = 4
"""The story is judged by the best of so many pieces, and by two at least: one stray word opens none."""
LARGEST = 30.0
"""Log-odds beyond which a probability is as good as certain."""
WORD = re.compile(r"[^\W\d_]{3,}")
"""A word that counts; one or two letters say nothing of what a text is about."""
FILE = "skim.tsv"


def stem(word: str) -> str:
    """The first letters of a word, in small."""
    return word.lower()[:STEM]


def pieces(count: int) -> Iterator[tuple[int, int]]:
    """Cuts so many words into pieces of nearly one length: first and last-but-one of each."""
    number = max(1, round(count / PIECE))
    for n in range(number):
        yield count * n // number, count * (n + 1) // number


def promise(chances: Sequence[float]) -> float:
    """What a story promises: the mean chance of the best quarter of its pieces, two at least; 0 of none."""
    best = sorted(chances, reverse=True)[: max(2, len(chances) // BEST)]
    return math.fsum(best) / len(best) if best else 0.0


@dataclass(frozen=True, slots=True)
class Skimmer:
    """`weights`: log-odds that a stem adds to `bias`; `opens`: the promise from which a story is read."""

    weights: Mapping[str, float]
    bias: float
    opens: float

    def is_open(self, text: str) -> bool:
        """Whether a story is to be read."""
        words = [stem(word) for word in WORD.findall(text)]
        if len(words) < SHORT or sum(word in self.weights for word in words) < KNOWN * len(words):
            return True
        chances = self.chances(words)
        return max(chances) >= SURE or promise(chances) >= self.opens

    def chances(self, words: Sequence[str]) -> list[float]:
        """How likely each piece of the text holds a claim; `words` are its stems in order."""
        return [self._chance({*words[first:last]}) for first, last in pieces(len(words))]

    def _chance(self, stems: set[str]) -> float:
        odds = self.bias + math.fsum(self.weights.get(stem, 0.0) for stem in stems)
        return 1 / (1 + math.exp(-max(-LARGEST, min(LARGEST, odds))))


@lru_cache(maxsize=1)
def load_skimmer() -> Skimmer:
    """The bundled weights. Raises LexiconError if the file is missing, incomplete, or a weight is no finite number."""
    try:
        values = {name: _finite(weight) for name, weight in rows(FILE)}
        bias, opens = values.pop("*bias"), values.pop("*opens")
    except (KeyError, ValueError) as bad:
        raise LexiconError(FILE, f"no rows of a stem and its weight, with *bias and *opens: {bad}") from bad
    return Skimmer(values, bias, opens)


def _finite(text: str) -> float:
    """The text as a number. Raises ValueError where it is none, or "nan", which no bound would ever reach."""
    if not math.isfinite(value := float(text)):
        raise ValueError(f"{text!r} is not finite")
    return value

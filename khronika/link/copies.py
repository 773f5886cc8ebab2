"""Copies of one text: which document repeats which, and which documents stem from one origin.

Exact copies by their normalized story text, near copies by shared runs of five words: candidates by MinHash bands, then
the true Jaccard similarity. Boilerplate blocks are ignored, so two outlets' different footers do not hide a copy.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khronika.facts.documents import BlockKind, Document
from khronika.text.fold import fold

NEAR = 0.8
"""Jaccard similarity of five-word runs from which a text counts as a copy (dependencies.md section 5: edited copies
and independent stories of one event are far on either side)."""

WORDS = 5
BANDS, ROWS = 16, 4
"""64 hash functions in 16 bands of 4 rows: a pair at Jaccard 0.8 meets in a band with probability 0.9998."""

MIN_WORDS = 25
"""Shorter texts are only compared as a whole: five-word runs of one or two sentences say too little."""

_STORY = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.STORY})
_PRIME = np.uint64((1 << 61) - 1)


@dataclass(frozen=True, slots=True)
class Copies:
    """`of`: document id → id of the document it copies (the earliest). `family`: document id → name of the origin that
    it counts as: of a copy its original's; else the one outlet that it credits upstream, else its own outlet (an outlet
    that tells a thing twice is one source), else the document itself."""

    of: dict[str, str]
    family: dict[str, str]


def find_copies(documents: Iterable[Document]) -> Copies:
    """Copies and origin families of the documents; independent of their order.

    A document that capture already marked (`copy_of`) stays marked. Of a set of copies, the origin is the one published
    or captured first, then the one with the smallest id.
    """
    ordered = sorted(documents, key=_arrival)
    texts = {d.id: _story_words(d) for d in ordered}
    ids = {d.id for d in ordered}
    of = {d.id: d.copy_of for d in ordered if d.copy_of and d.copy_of in ids and d.copy_of != d.id}
    for origin, copy in [*_exact(ordered, texts), *_near(ordered, texts)]:
        of.setdefault(copy, origin)
    rank = {d.id: i for i, d in enumerate(ordered)}
    of = {copy: _root(copy, of, rank) for copy in of}
    of = {copy: origin for copy, origin in of.items() if copy != origin}
    own = {d.id: _family(d) for d in ordered}
    return Copies(of, {d.id: own[of.get(d.id, d.id)] for d in ordered})


def _arrival(document: Document) -> tuple[str, str]:
    """What decides which of several copies is the origin: first known day, then id."""
    return (document.known_from or "9999", document.id)


def _family(document: Document) -> str:
    """The origin that the document names: the one upstream it credits, else its outlet, else itself."""
    own = fold(document.outlet or "")
    upstream = sorted({fold(name) for name in document.upstream} - {own, ""})
    return upstream[0] if len(upstream) == 1 else own or document.id


def _root(copy: str, of: dict[str, str], rank: dict[str, int]) -> str:
    """The first of a chain of copies; a ring ends at its earliest member."""
    seen = [copy]
    while (above := of.get(seen[-1])) and above not in seen:
        seen.append(above)
    return min(seen, key=lambda d: rank[d]) if of.get(seen[-1]) else seen[-1]


def _story_words(document: Document) -> tuple[str, ...]:
    """The folded words of title and story blocks; of the whole text where no block is labeled so."""
    parts = [document.text[b.start : b.end] for b in document.blocks if b.kind in _STORY]
    return tuple(fold(" ".join(parts) or document.text).split())


def _exact(ordered: Sequence[Document], texts: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """(origin, copy) of documents with the same words."""
    first: dict[tuple[str, ...], str] = {}
    pairs = []
    for document in ordered:
        words = texts[document.id]
        if words and first.setdefault(words, document.id) != document.id:
            pairs.append((first[words], document.id))
    return pairs


def _near(ordered: Sequence[Document], texts: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """(origin, copy) of documents with at least `NEAR` of their five-word runs in common, earliest origin first."""
    runs = {d.id: _runs(texts[d.id]) for d in ordered if len(texts[d.id]) >= MIN_WORDS}
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    pairs = []
    for document in ordered:
        if document.id not in runs:
            continue
        keys = _bands(runs[document.id])
        candidates = dict.fromkeys(other for key in keys for other in buckets[key])
        origin = next((o for o in candidates if _jaccard(runs[o], runs[document.id]) >= NEAR), None)
        if origin is not None:
            pairs.append((origin, document.id))
            continue
        for key in keys:
            buckets[key].append(document.id)
    return pairs


def _runs(words: Sequence[str]) -> NDArray[np.uint64]:
    """The distinct five-word runs, as sorted 61-bit hashes."""
    hashes = {
        int.from_bytes(hashlib.blake2b(" ".join(words[i : i + WORDS]).encode(), digest_size=8).digest(), "big") >> 3
        for i in range(len(words) - WORDS + 1)
    }
    return np.array(sorted(hashes), dtype=np.uint64)


def _bands(runs: NDArray[np.uint64]) -> list[tuple[int, bytes]]:
    """The MinHash signature's bands as dictionary keys."""
    factors = np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
    signature = np.empty(BANDS * ROWS, dtype=np.uint64)
    for i, factor in enumerate(factors):
        mixed = runs * factor  # wraps modulo 2**64: a multiply-shift hash
        signature[i] = ((mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)).min() % _PRIME
    return [(band, signature[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]


def _jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """Shared runs of all runs."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)

"""Copies of one text: which document repeats which, and which documents stem from one origin.

Exact copies by their normalized story text, near copies by shared runs of five words: candidates by MinHash bands, then
the true Jaccard similarity. Boilerplate blocks are ignored, so two outlets' different footers do not hide a copy.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khronika.facts.documents import BlockKind, Document
from khronika.link.keys import number
from khronika.text.fold import fold_long

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


@dataclass(frozen=True, slots=True)
class Print:
    """What a text is compared by: a hash of all its words, its distinct five-word runs as sorted hashes, the keys under
    which its like is found. A short text has no runs and one key, an empty one nothing."""

    words: bytes
    runs: NDArray[np.uint32]
    keys: tuple[int, ...]


def print_of(document: Document) -> Print:
    """The document's print."""
    words = _story_words(document)
    page = sorted(number("page", (id,)) for id in {document.id, document.copy_of} if id)
    if not words:
        return Print(b"", np.empty(0, dtype=np.uint32), tuple(page))
    whole = hashlib.sha256(" ".join(words).encode()).digest()
    runs = _runs(words) if len(words) >= MIN_WORDS else np.empty(0, dtype=np.uint32)
    bands = [number("text", (str(band), row.hex())) for band, row in _bands(runs)] if len(runs) else []
    return Print(whole, runs, (number("text", (whole.hex(),)), *bands, *page))


def is_copy(a: Print, b: Print) -> bool:
    """Whether the one text repeats the other."""
    if a.words == b.words:
        return bool(a.words)
    return bool(len(a.runs) and len(b.runs)) and _jaccard(a.runs, b.runs) >= NEAR


def repeats(a: Document, mine: Print, b: Document, other: Print) -> bool:
    """Whether one of two documents is a copy of the other, by its words or as capture marked it."""
    return b.id == a.copy_of or a.id == b.copy_of or is_copy(mine, other)


def find_copies(documents: Iterable[Document], prints: Mapping[str, Print] | None = None) -> Copies:
    """Copies and origin families of the documents; independent of their order.

    A document that capture already marked (`copy_of`) stays marked. Of a set of copies, the origin is the one published
    or captured first, then the one with the smallest id. `prints`: by document id, where they are known already.
    """
    ordered = sorted(documents, key=_arrival)
    ids = {d.id for d in ordered}
    known = prints or {}
    of = {d.id: d.copy_of for d in ordered if d.copy_of and d.copy_of in ids and d.copy_of != d.id}
    for origin, copy in _pairs((d.id, known.get(d.id) or print_of(d)) for d in ordered):
        of.setdefault(copy, origin)
    rank = {d.id: i for i, d in enumerate(ordered)}
    of = {copy: _root(copy, of, rank) for copy in of}
    of = {copy: origin for copy, origin in of.items() if copy != origin}
    own = {d.id: d.family for d in ordered}
    return Copies(of, {d.id: own[of.get(d.id, d.id)] for d in ordered})


def _pairs(prints: Iterable[tuple[str, Print]]) -> list[tuple[str, str]]:
    """(origin, copy) of documents, given in order of arrival: the earliest that is no copy itself and whose text is
    repeated; of copies of one text that are not equal to their origin, each other's are not compared."""
    origins: dict[str, Print] = {}
    rank: dict[str, int] = {}
    under: dict[int, list[str]] = defaultdict(list)
    equal: dict[bytes, str] = {}
    pairs = []
    for document, mine in prints:
        if not mine.words:
            continue
        origin = equal.get(mine.words)
        if origin is None:
            found = {other for key in mine.keys for other in under[key]}
            origin = next((o for o in sorted(found, key=rank.__getitem__) if is_copy(origins[o], mine)), None)
        equal.setdefault(mine.words, origin or document)
        if origin is not None:
            pairs.append((origin, document))
            continue
        origins[document], rank[document] = mine, len(rank)
        for key in mine.keys:
            under[key].append(document)
    return pairs


def _arrival(document: Document) -> tuple[str, str]:
    """What decides which of several copies is the origin: first known day, then id."""
    return (document.known_from or "9999", document.id)


def _root(copy: str, of: dict[str, str], rank: dict[str, int]) -> str:
    """The first of a chain of copies; a ring ends at its earliest member."""
    seen = [copy]
    while (above := of.get(seen[-1])) and above not in seen:
        seen.append(above)
    return min(seen, key=lambda d: rank[d]) if of.get(seen[-1]) else seen[-1]


def _story_words(document: Document) -> tuple[str, ...]:
    """The folded words of title and story blocks; of the whole text where no block is labeled so."""
    parts = [document.text[b.start : b.end] for b in document.blocks if b.kind in _STORY]
    return tuple(fold_long(" ".join(parts) or document.text).split())


def _runs(words: Sequence[str]) -> NDArray[np.uint32]:
    """The distinct five-word runs, as sorted checksums (CRC-32): two runs of one are too rare to move a share."""
    runs = {zlib.crc32(" ".join(words[i : i + WORDS]).encode()) for i in range(len(words) - WORDS + 1)}
    return np.array(sorted(runs), dtype=np.uint32)


_FACTORS = np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)


def _bands(runs: NDArray[np.uint32]) -> list[tuple[int, bytes]]:
    """The MinHash signature's bands, each with its number."""
    least = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for part in np.array_split(runs.astype(np.uint64) + np.uint64(1), len(runs) // 4096 + 1):
        mixed = np.multiply.outer(_FACTORS, part)  # wraps modulo 2**64: a multiply-shift hash
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        least = np.minimum(least, mixed.min(axis=1))
    signature = least % _PRIME
    return [(band, signature[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]


def _jaccard(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Shared runs of all runs."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)

"""Copies of one text: which document repeats which, and which documents stem from one origin.

Exact copies by their normalized story text, near and shortened copies by shared runs of five words: candidates by
MinHash bands, then the true share of the later, or shorter, text's runs that are the other's. Boilerplate blocks
are ignored, so two outlets' different footers do not hide a copy.
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
"""Share of a text's five-word runs that another has from which it counts as a copy of that: edited and shortened copies
and independent stories of one event are far on either side. A longer text that takes in a shorter one is no copy of it
unless it adds little: four fifths of all runs of both are then shared."""

WORDS = 5
BANDS, ROWS = 22, 3
"""66 hash functions in 22 bands of 3 rows: a copy of 0.8 of all runs meets its original in a band with probability
0.9999999, one that has half of them (a text cut by as much) with 0.947, two texts that share a tenth with 0.02."""

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
    """Whether one of the texts repeats the other, whichever is the copy."""
    return is_taken(a, b) or is_taken(b, a)


def is_taken(copy: Print, origin: Print) -> bool:
    """Whether the one text is taken from the other: it is equal, or little else than part of it."""
    if copy.words == origin.words:
        return bool(copy.words)
    if not (len(copy.runs) and len(origin.runs)):
        return False
    shared = len(np.intersect1d(copy.runs, origin.runs, assume_unique=True))
    both = len(copy.runs) + len(origin.runs) - shared
    return shared >= NEAR * (len(copy.runs) if len(copy.runs) <= len(origin.runs) else both)


def repeats(a: Document, mine: Print, b: Document, other: Print) -> bool:
    """Whether one of two documents is a copy of the other, by its words or as capture marked it."""
    return b.id == a.copy_of or a.id == b.copy_of or is_copy(mine, other)


def find_copies(documents: Iterable[Document], prints: Mapping[str, Print] | None = None) -> Copies:
    """Copies and origin families of the documents; independent of their order.

    A document that capture already marked (`copy_of`) stays marked. Of a set of copies, the origin is the one published
    or captured first, of one day the longest, then the one with the smallest id. `prints`: by document id, where known.
    """
    unordered = [*documents]
    known = {**{d.id: print_of(d) for d in unordered if not prints or d.id not in prints}, **(prints or {})}
    ordered = sorted(unordered, key=lambda d: _arrival(d, known[d.id]))
    ids = {d.id for d in ordered}
    of = {d.id: d.copy_of for d in ordered if d.copy_of and d.copy_of in ids and d.copy_of != d.id}
    for origin, copy in _pairs((d.id, known[d.id]) for d in ordered):
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
            origin = next((o for o in sorted(found, key=rank.__getitem__) if is_taken(mine, origins[o])), None)
        equal.setdefault(mine.words, origin or document)
        if origin is not None:
            pairs.append((origin, document))
            continue
        origins[document], rank[document] = mine, len(rank)
        for key in mine.keys:
            under[key].append(document)
    return pairs


def _arrival(document: Document, mine: Print) -> tuple[str, int, str]:
    """What decides which of several copies is the origin: first known day, then length, then id."""
    return (document.known_from or "9999", -len(mine.runs), document.id)


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

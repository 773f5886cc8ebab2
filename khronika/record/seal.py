"""Canonical JSON and the SHA-256 over it: what covers each row, and what chains the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

BEGINNING = "0" * 64
"""What the first entry of a log names as the entry before it."""


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:  # noqa: ANN401  (whatever JSON can hold)
    """The value as JSON with sorted keys, no spaces, text as it is: equal values give equal bytes."""
    return _ENCODER.encode(value)


def seal(*values: Any) -> str:  # noqa: ANN401
    """SHA-256 in hex over the canonical JSON of the values."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def fits(sealed: Any, *values: Any) -> bool:  # noqa: ANN401  (whatever a damaged row holds)
    """Whether the seal is that of the values; what nobody could have sealed (bytes, half a character) is not."""
    try:
        return bool(seal(*values) == sealed)
    except (TypeError, ValueError):
        return False


def seal_sum(lines: Iterable[str], start: str = "", take: bool = False) -> str:
    """A sum in hex over the SHA-256 of lines, for rows that have no order: the same lines give the same sum, and a line
    is taken out again (`take`) as it was put in. It shows what was changed by accident or by hand; it is no proof
    against someone who can also write the sum (Bellare and Micciancio 1997, AdHash). `start`: the sum so far."""
    total = int(start or "0", 16)
    for line in lines:
        one = int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")
        total += -one if take else one
    return f"{total % (1 << 256):064x}"


def seal_all(seals: Iterable[str]) -> str:
    """One SHA-256 in hex over many, in their order."""
    whole = hashlib.sha256()
    for one in seals:
        whole.update(one.encode())
    return whole.hexdigest()

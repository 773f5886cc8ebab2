"""Keys under which linking finds what may be the same: short numbers, one name space for each step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def number(step: str, key: Iterable[str]) -> int:
    """A key of the step ("text", "person", "event" …) as a number of 63 bits, which every database can index.

    Two keys of one number cost a comparison, never a join: whatever is found by number is compared by itself.
    """
    whole = "\x1f".join((step, *key))
    return int.from_bytes(hashlib.blake2b(whole.encode(), digest_size=8).digest(), "big") >> 1

"""Text as it can be seen: one line, without characters that steer a terminal or turn the order of what is written."""

from __future__ import annotations

import unicodedata

_KEPT_FORMATS = frozenset("\u200c\u200d")
"""Joiners that Persian, Uyghur and Indic spelling needs. Every other format character goes: the bidirectional
overrides among them can make a line read as its opposite (CVE-2021-42574)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text on one line without control, escape and bidirectional characters; white space is one space."""
    kept = (c if c in _KEPT_FORMATS or unicodedata.category(c) not in _UNSEEN else " " * c.isspace() for c in text)
    return " ".join("".join(kept).split())

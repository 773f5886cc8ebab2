"""Text brought to a common written form for comparing: case, marks and punctuation gone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼʻ‘`´′ʹʺ″](?=\w)")


def without_marks(text: str) -> str:
    """The text in compatibility form without combining marks: "Şükrü" → "Sukru". Case is kept."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold_long(text: str) -> str:
    """As `fold`, for texts that are folded once, such as whole stories: not kept in memory."""
    return _APART.sub(" ", without_marks(_APOSTROPHES.sub("", text)).casefold()).strip()


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text for comparing: no marks, no case, every run of punctuation or space one space.

    An apostrophe inside a word is dropped ("O'Neill" and "ONeill", "Mal’kov" and "Malkov" are one written form).

    Parameters: `text`, any length; the empty text gives the empty text.
    Returns: words separated by single spaces, without spaces at the ends.
    """
    return fold_long(text)

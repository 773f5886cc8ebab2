"""Keys under which place names are found: one folds case and diacritics away, the other also spelling."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ə": "a", "æ": "ae", "œ": "oe", "ß": "ss"}
)
_MARKS = re.compile(r"['’‘ʻʼ`´ʿʾ.]")
_GAP = re.compile(r"[\W_]+")
_SPELLINGS = (
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ck", "k"),
    ("q", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("y", "i"),
    ("w", "v"),
    ("iu", "u"),
    ("ia", "a"),
    ("ie", "e"),
    ("tz", "ts"),
)
"""Letters that romanizations of Turkic, Slavic, Arabic and Chinese place names swap: Atirau/Atyrau,
Qaraghandy/Karagandy, Zhanaozen/Janaozen. Own compilation."""
_TWICE = re.compile(r"(.)\1+")


def fold_place(name: str) -> str:
    """The name in lower case without diacritics, apostrophes and dots, other signs as one space."""
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS))
    plain = "".join(c for c in lowered if not unicodedata.combining(c))
    return _GAP.sub(" ", _MARKS.sub("", plain)).strip()


def place_key(name: str) -> str:
    """The spelling key: names that are romanizations of one share it. Without spaces; "" for a name without letters."""
    key = fold_place(name).replace(" ", "")
    for written, sound in _SPELLINGS:
        key = key.replace(written, sound)
    return _TWICE.sub(r"\1", key)

"""Text as every offset will count it: one form for each letter, one kind of space, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028")
_SPACES = re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1e\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_JOINERS = re.compile("(?<![\u0600-\u0fff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0fff])")
_PILES = re.compile("([^\\w\\s\x00-\u02ff]{40})[^\\w\\s\x00-\u02ff]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text in NFC, lines ended by \\n only (a paragraph separator becomes a blank line), every other white space a
    plain space, characters without width or with a hidden direction removed; joiners stay between Arabic and Indic
    letters, where they are spelling. Piles of more than 40 marks are cut: sorting them takes quadratic time."""
    text = _NEWLINES.sub("\n", text).replace("\u2029", "\n\n")
    text = _SPACES.sub(" ", _SURROGATES.sub("\ufffd", text))
    text = _JOINERS.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _PILES.sub(r"\1", text))


def one_line(text: str) -> str:
    """The cleaned text as one line: runs of white space are one space, none at the ends."""
    return " ".join(clean(text).split())

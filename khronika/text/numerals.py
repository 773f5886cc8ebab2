"""English number words and figures to values: "twenty-three", "a hundred and five", "1.5 million", "2 lakh"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from khronika.text.tables import any_of, table

_T = table("numbers.toml")
_SMALL: dict[str, int] = _T["units"] | _T["teens"] | _T["tens"]
_SCALES: dict[str, int] = _T["scales"]
_SUFFIXES: dict[str, int] = _T["suffixes"]
NUMBER_WORDS = frozenset(_SMALL) | frozenset(_SCALES)
"""The single words, lower case, with which a number in words can begin or go on (apart from "a" and "and")."""

_BELOW_100 = f"(?:{any_of(_T['tens'])}(?:[-\\s]{any_of(_T['units'])})?|{any_of(_T['teens'])}|{any_of(_T['units'])})"
_GROUP = f"{_BELOW_100}(?:\\shundred(?:(?:\\sand)?\\s{_BELOW_100})?)?"
_SCALE = any_of(_SCALES)
_ROUND = f"a(?:n)?\\s(?:hundred(?:(?:\\sand)?\\s{_BELOW_100})?|{_SCALE})"

FIGURE = r"[0-9]{1,3}(?:[,  ’][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
"""Figures with thousands separators (comma, no-break or thin space, apostrophe) and a decimal point."""
WORDS = f"(?:{_ROUND}|{_GROUP})(?:\\s{_SCALE}(?:(?:,?\\sand)?\\s{_GROUP}(?!\\s?(?:or|to)\\b))?){{0,4}}"
"""A cardinal in words; at most four scale words ("two million three hundred thousand and five")."""
NUMERAL = f"(?:(?:{FIGURE})(?:\\s?{any_of(_SUFFIXES)}\\b|[\\s-]{_SCALE}\\b)?|\\b{WORDS}\\b)"
"""A cardinal in figures, with a scale word or suffix, or in words."""

_FIGURE = re.compile(f"({FIGURE})(?:[\\s-]?([a-z]+))?", re.IGNORECASE)
_BREAK = re.compile(r"[\s,-]+")


def value_of(numeral: str) -> float:
    """The value of text that fits `NUMERAL`. Raises ValueError for any other text."""
    text = numeral.strip().lower()
    if found := _FIGURE.fullmatch(text):
        amount = float(re.sub(r"[^0-9.]", "", found[1]))
        scale = found[2]
        if scale is None:
            return amount
        if scale in _SCALES or scale in _SUFFIXES:
            return round(amount * (_SCALES | _SUFFIXES)[scale], 6)
        raise ValueError(f"{numeral!r}: {scale!r} is no scale")
    return float(_words(text))


def _words(text: str) -> int:
    """The value of number words: each scale multiplies what gathered before it. Raises ValueError."""
    total, group, read = 0, 0, False
    for word in _BREAK.split(text):
        if word in _SMALL:
            group, read = group + _SMALL[word], True
        elif word in {"a", "an"} and not read:
            group = 1
        elif word == "hundred":
            group, read = max(group, 1) * 100, True
        elif word in _SCALES:
            total, group, read = total + max(group, 1) * _SCALES[word], 0, True
        elif word != "and":
            raise ValueError(f"{text!r}: {word!r} is no number word")
    if not read:
        raise ValueError(f"{text!r}: not a number")
    return total + group


@dataclass(frozen=True, slots=True)
class Numeral:
    """A cardinal in a text: code points [start, end) and its value."""

    start: int
    end: int
    value: float


_START = re.compile(r"[A-Za-z]+|[0-9]+")
_NUMERAL = re.compile(NUMERAL, re.IGNORECASE)
_GLUED = re.compile(r"(?:[A-Za-z_/#]|[A-Za-z][-.]|[0-9][.:/,])$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|[A-Za-z_]|[:/][0-9]")


@lru_cache(maxsize=64)
def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All cardinals of the text in order, whatever they count; no ordinals, clock times, or parts of a label ("A4")."""
    found: list[Numeral] = []
    end = 0
    for word in _START.finditer(text):
        first = word[0].lower()
        if word.start() < end or not (first[0].isdigit() or first in NUMBER_WORDS or first in {"a", "an"}):
            continue
        hit = _NUMERAL.match(text, word.start())
        if hit is None or _GLUED.search(text, max(0, word.start() - 2), word.start()):
            continue
        if first[0].isdigit() and (len(hit[0]) > 24 or _ORDINAL.match(text, hit.end())):
            end = hit.end()
            continue
        found.append(Numeral(hit.start(), hit.end(), value_of(hit[0])))
        end = hit.end()
    return tuple(found)

"""The dateline: the place words before a story's first sentence, and the agency credited there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khronika.capture.cues import bare, cues
from khronika.capture.pagedates import month_and_day, written_date

_REACH = 120
_DASH = re.compile(r"\s{0,2}(?:--+|(?<!\d)[—–]|[—–](?!\d))\s{0,2}|\s-\s")
_COLON = re.compile(r":\s")
_PARENS = re.compile(r"\(([^()]{1,40})\)")
_BRACKETS = re.compile(r"\[([^\[\]]{1,40})\]")
_SMALL = frozenset(
    {"of", "the", "de", "la", "del", "al", "and", "da", "do", "di", "el", "le", "les", "du", "an", "upon", "on", "sur"}
)
_OPENERS = "\"'“‘(["


@dataclass(frozen=True, slots=True)
class Dateline:
    """`place` as written without agency and date, None for an agency alone; `end`: how many characters of the paragraph
    the dateline takes, dash and space included; `agency` as written; `date` a full day where one is given."""

    place: str | None
    end: int
    agency: str | None = None
    date: str | None = None


def find_dateline(text: str, *, opening: bool = True) -> Dateline | None:
    """The dateline at the start of a paragraph, or None.

    Written for "MINSK, Belarus — Police …", "LONDON (AP) — …", "Delft [Veria], July 3 (ABC): …",
    "New Delhi, March 4: …", "(Reuters) - …", and, only where `opening` (the story's first paragraph),
    "Harbor City — …" and "Harbor City: …", which inside a story are as likely a list or a speaker.
    """
    for separator in (_DASH, _COLON):
        match = separator.search(text[:_REACH])
        if match and match.start() <= _REACH - 10:
            rest = text[match.end() :].lstrip(_OPENERS)
            if rest and not (rest[0].isupper() or rest[0].isdigit()):
                continue
            if found := _parse(text[: match.start()], match.end(), dash=separator is _DASH, opening=opening):
                return found
    return None


def _parse(head: str, end: int, *, dash: bool, opening: bool) -> Dateline | None:
    """The words before the separator as a dateline, or None."""
    agency = _agency(head, known=not dash)
    day = written_date(head)
    dated = month_and_day(head)
    bracketed = _BRACKETS.search(head)
    place = _PARENS.sub(" ", head) if agency else head
    if dated:
        place = _without_date(place)
    place = " ".join(place.split()).strip(" ,;")
    if not place:
        return Dateline(None, end, agency, day) if agency and dash else None
    words = re.findall(r"[^\s,\[\]]+", place)
    if bare(place) in cues().rubrics or len(words) > 8 or not _looks_like_place(words):
        return None
    capitals = words[0].isupper() and len(words[0]) > 2 and (dash or dated or agency)
    if capitals or agency or bracketed or (dated and len(words) <= 5):
        return Dateline(place, end, agency, day)
    return Dateline(place, end) if opening and len(words) <= 3 else None


def _agency(head: str, *, known: bool) -> str | None:
    """The agency in round brackets: a known one, or, before a dash or beside a date, any abbreviation in capitals."""
    for match in _PARENS.finditer(head):
        inside = match[1].strip()
        if inside in cues().agencies or (
            inside.isupper() and 2 <= len(inside) <= 8 and (not known or month_and_day(head))
        ):
            return inside
    return None


def _without_date(place: str) -> str:
    """The place words before the first part that holds a date: "Delft, July 3" → "Delft"."""
    parts = place.split(",")
    for number, part in enumerate(parts):
        if any(c.isdigit() for c in part):
            return ",".join(parts[:number])
    return place


def _looks_like_place(words: list[str]) -> bool:
    """Whether every word begins with a capital, or is a small word inside a name, and none is a number."""
    return all(w[0].isupper() or (w in _SMALL and 0 < i < len(words) - 1) for i, w in enumerate(words)) and not any(
        c.isdigit() or c in '?!"“”;:/' for w in words for c in w
    )

"""Days and terms: what a term of ISO 8601 adds to a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from khronika.text import edtf

_TERM = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,6})D)?(?:T[0-9HMS]{1,12})?", re.ASCII)


def add(day: date, term: str, sign: int = 1) -> date | None:
    """The day that lies the term after `day` (`sign` -1: before); None for a term that is not one, or beyond year 9999.

    Hours count as nothing: a term below a day ends on the day itself.
    """
    found = _TERM.fullmatch(term)
    if not found or term.endswith(("P", "T")):
        return None
    years, months, weeks, days = (int(n or 0) for n in found.groups())
    try:
        moved = edtf.shift_months(day, sign * (12 * years + months))
        return moved + timedelta(days=sign * (7 * weeks + days))
    except (ValueError, OverflowError):
        return None


def until(day: date, term: str) -> date | None:
    """The first day after the term: 15 days from 22 June end on 7 July. At least the day itself is in it."""
    end = add(day, term)
    return max(end, day + timedelta(days=1)) if end else None

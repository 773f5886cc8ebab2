"""EDTF level 1 as the codebook uses it: days, months, years, seasons, decades, and intervals with open ends.

Source: Library of Congress, Extended Date/Time Format specification (2019), levels 0 and 1, the parts that a dated
claim needs: "2021-06-22", "2021-03", "2018", "2020-23" (a season: 21 spring, 22 summer, 23 autumn, 24 winter), "199X"
 (a decade), "2021-02-28/2021-03-05", "../2021-03", "2021-02/..".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_POINT = re.compile(r"([0-9]{3}[0-9X])(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}
"""First month of each season code; a season has three months, so winter 2020 ("2020-24") ends in February 2021."""

Bounds = tuple[date | None, date | None]


def validate(value: str) -> str:
    """The value itself, if it is EDTF as used here. Raises ValueError with the value and what is wrong with it."""
    earliest, latest = bounds(value)
    if earliest is None and latest is None:
        raise ValueError(f"{value!r}: an interval needs at least one end")
    if earliest and latest and earliest > latest:
        raise ValueError(f"{value!r}: the interval ends before it starts")
    return value


@lru_cache(maxsize=4096)
def bounds(value: str) -> Bounds:
    """Earliest and latest day that the value covers; None: open on that side. Raises ValueError on anything else."""
    left, slash, right = value.partition("/")
    if not slash:
        return _point(left)
    return (None if left == ".." else _point(left)[0], None if right == ".." else _point(right)[1])


def _point(value: str) -> tuple[date, date]:
    """First and last day of a day, month, season, year or decade. Raises ValueError."""
    found = _POINT.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r}: not an EDTF date like 2021-06-22, 2021-03, 2018 or 2021-02-28/..")
    year, month, day = found.groups()
    if year.endswith("X"):
        if month:
            raise ValueError(f"{value!r}: a decade has no month")
        return _day(value, int(year[:3] + "0"), 1, 1), _day(value, int(year[:3] + "9"), 12, 31)
    if month is None:
        return _day(value, int(year), 1, 1), _day(value, int(year), 12, 31)
    if int(month) in _SEASON_START and day is None:
        return _season(value, int(year), int(month))
    if day is None:
        first = _day(value, int(year), int(month), 1)
        return first, last_of_month(first)
    exact = _day(value, int(year), int(month), int(day))
    return exact, exact


def _season(value: str, year: int, code: int) -> tuple[date, date]:
    """First and last day of a season, given its code (21-24) and the year in which it starts."""
    first = _day(value, year, _SEASON_START[code], 1)
    end_month = (first.month + 1) % 12 + 1
    return first, last_of_month(_day(value, year + (end_month < first.month), end_month, 1))


def _day(value: str, year: int, month: int, day: int) -> date:
    """The day; raises ValueError that names the value."""
    try:
        return date(year, month, day)
    except ValueError as bad:
        raise ValueError(f"{value!r}: {bad}") from None


def last_of_month(day: date) -> date:
    """The last day of the month that `day` is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_day(value: str) -> bool:
    """Whether the value is one day."""
    earliest, latest = bounds(value)
    return earliest is not None and earliest == latest


def overlaps(a: str, b: str) -> bool:
    """Whether two values have a day in common."""
    (a0, a1), (b0, b1) = bounds(a), bounds(b)
    return (a0 is None or b1 is None or a0 <= b1) and (b0 is None or a1 is None or b0 <= a1)


def contains(a: str, b: str) -> bool:
    """Whether each day of `b` is a day of `a`."""
    (a0, a1), (b0, b1) = bounds(a), bounds(b)
    return (a0 is None or (b0 is not None and a0 <= b0)) and (a1 is None or (b1 is not None and b1 <= a1))


def narrower(a: str, b: str) -> str:
    """The value that covers fewer days: the one inside the other, else that with fewer open sides, else the shorter."""
    if contains(a, b) or contains(b, a):
        return b if contains(a, b) else a
    return b if _width(b) < _width(a) else a


def _width(value: str) -> tuple[int, int]:
    """How much a value covers: open sides first, then days."""
    earliest, latest = bounds(value)
    days = (latest - earliest).days if earliest and latest else 0
    return (earliest is None) + (latest is None), days


def from_range(start: date, end: date) -> str:
    """Both days and all between as one value: a year, month or day if the range is exactly that, else an interval."""
    if start == end:
        return start.isoformat()
    if start.day == 1 and end == last_of_month(end):
        first, last = f"{start.year:04d}-{start.month:02d}", f"{end.year:04d}-{end.month:02d}"
        if first == last:
            return first
        if start.month == 1 and end.month == 12:
            return f"{start.year:04d}" if start.year == end.year else f"{start.year:04d}/{end.year:04d}"
        return f"{first}/{last}"
    return f"{start.isoformat()}/{end.isoformat()}"


def days_apart(a: str, b: str) -> int:
    """Days between the nearest ends of two values; 0 where they overlap."""
    if overlaps(a, b):
        return 0
    (a0, a1), (b0, b1) = bounds(a), bounds(b)
    gaps = [(late - early).days for early, late in ((a1, b0), (b1, a0)) if early and late]
    return max(gaps)


def shift_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (negative: earlier), or that month's last day where it is shorter.

    Raises ValueError outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), last_of_month(first))

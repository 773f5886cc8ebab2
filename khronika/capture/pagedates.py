"""Dates as pages print them: "Updated: Jul 03, 2021 12:52 IST", "3 July 2021", "2021-07-03T09:00", "03.07.2021"."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?!\d)")
_MONTH_FIRST = re.compile(_MONTH + r"\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})\b", re.I)
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s{1,3}" + _MONTH + r",?\s{1,3}(\d{4})\b", re.I)
_NUMBERS = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")
_MONTH_DAY = re.compile(_MONTH + r"\s{1,3}(\d{1,2})\b|\b(\d{1,2})\s{1,3}" + _MONTH, re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/.-]|$)")
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TIMESTAMP = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s{0,2}(?:a\.?m\.?|p\.?m\.?|[A-Z]{2,4}|local time))?|"
    r"(?:\d+\s(?:minutes?|hours?|days?)\sago)",
    re.I,
)


def written_date(text: str) -> str | None:
    """The first full date in a byline or time element, "YYYY-MM-DD"; None where there is none.

    03/07/2021 could be March or July: such a date is taken only when one number exceeds 12 (or both are equal). With
    dots the day comes first, as wherever dates are written with dots.
    """
    found = []
    for pattern, order in ((_ISO, "ymd"), (_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        if match := pattern.search(text):
            parts = dict(zip(order, match.groups(), strict=True))
            found.append((match.start(), _day(parts["y"], parts["m"], parts["d"])))
    if match := _NUMBERS.search(text):
        found.append((match.start(), _numbers(match)))
    return min(((at, day) for at, day in found if day), default=(0, None))[1]


def _numbers(match: re.Match[str]) -> str | None:
    """A date in numbers only, where day and month cannot be confused."""
    first, mark, second, year = match.groups()
    if mark == "." or int(first) > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 else None


def _day(year: str, month: str, day: str) -> str | None:
    """The parts as an ISO date, None where the calendar has no such day."""
    try:
        number = _MONTHS[month.casefold()] if month.isalpha() else int(month)
        return date(int(year), number, int(day)).isoformat()
    except (KeyError, ValueError):
        return None


def month_and_day(text: str) -> bool:
    """Whether the text holds a month and a day without asking for the year, as datelines do ("March 4")."""
    return _MONTH_DAY.search(text) is not None


def address_date(address: str) -> str | None:
    """The day in an address such as …/2021/06/25/title, None where there is none."""
    match = _IN_ADDRESS.search(address[:2000])
    return _day(*match.groups()) if match else None


def is_edtf_date(text: str) -> bool:
    """Whether the text is a real day, month or year in EDTF level 0/1: 2021-06-25, 2021-06, 2021."""
    match = _EDTF.fullmatch(text)
    return bool(match) and _day(match[1], match[2] or "01", match[3] or "01") is not None if match else False


def is_timestamp(text: str) -> bool:
    """Whether the line is nothing but a time of day, with or without a date, as running blogs put above an entry."""
    if len(text) > 60 or not any(c.isdigit() for c in text):
        return False
    rest = text
    for pattern in (_ISO, _MONTH_FIRST, _DAY_FIRST, _NUMBERS, _TIMESTAMP):
        rest = pattern.sub(" ", rest, count=1)
    return _TIMESTAMP.search(text) is not None and not any(
        c.isalnum() for c in rest.replace("T", " ").replace("at", " ")
    )

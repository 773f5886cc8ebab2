"""From the notation of `khronika.text.dates` to EDTF, counted from the day of publication or the story's last date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from khronika.text import edtf

SATURDAY = 5
"""Number of the weekend's first day in `date.weekday`."""
NEAR_FUTURE = timedelta(days=1)
"""A day without year that is at most this far after publication is that day, not last year's: pages are dated in the
outlet's time zone, events in theirs."""

_YEARLESS = re.compile(r"--(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?(?P<turn>[<>=])?(?:@year(?P<year>[+-][0-9]))?")
_WEEKDAY = re.compile(r"W(?P<weekday>[1-7])(?P<turn>[<>=])?(?:@week(?P<week>[+-][0-9]))?")
_UNIT = re.compile(r"(?P<unit>day|week|month|year|weekend)(?P<shift>[+-][0-9]{1,4})(?P<part>[<>])?")
_PAST = re.compile(r"past:(?P<count>[0-9]{1,4}):(?P<unit>day|week|month|year|decade)")


@dataclass(frozen=True, slots=True)
class Anchors:
    """What dates are counted from: the day of publication, the story's last date (EDTF); `future`: what is to come."""

    published: date | None
    story: str | None = None
    future: bool = False


def is_sound(value: str) -> bool:
    """Whether the value can be a date at all: no month 13, no 31 February, no range of nonsense."""
    return all(_sound_part(part) for part in value.split("/"))


def _sound_part(part: str) -> bool:
    """Whether one end of a value can be a date."""
    if found := _YEARLESS.fullmatch(part):
        month, day = int(found["month"]), int(found["day"] or 1)
        return (21 <= month <= 24 and not found["day"]) or (1 <= month <= 12 and 1 <= day <= _days_in(month))
    if any(p.fullmatch(part) for p in (_WEEKDAY, _UNIT, _PAST)):
        return True
    try:
        edtf.bounds(part)
    except ValueError:
        return False
    return True


def _days_in(month: int) -> int:
    """Most days that the month can have."""
    return edtf.last_of_month(date(2000, month, 1)).day


def reckon(value: str, anchor: str, relation: str, anchors: Anchors) -> str | None:
    """The value as EDTF; None where the anchor that it needs is missing. Raises ValueError: no such date."""
    left, slash, right = value.partition("/")
    result = _range(left, right, anchors) if slash else _single(value, anchor, anchors)
    if result is None or not relation or "/" in result:
        return result
    if relation in {"before", "after"}:
        result = _beside(result, -1 if relation == "before" else 1)
    return f"{result}/.." if relation in {"since", "after"} else f"../{result}"


def _beside(value: str, step: int) -> str:
    """The day, month or year just before (-1) or after (1) the value, in its precision; other values as they are."""
    earliest, latest = edtf.bounds(value)
    unit = {4: "year", 7: "month", 10: "day"}.get(len(value), "")
    if not unit or earliest is None or latest is None or value.endswith("X") or value[5:7] > "12":
        return value
    return edtf.from_range(*_unit_ends(unit, step, earliest))


def _range(left: str, right: str, anchors: Anchors) -> str | None:
    """From `left` to `right`; the one that lacks its year takes it from the other."""
    if _YEARLESS.fullmatch(left) and right[0].isdigit():
        first, last = _borrow(left, right[:4], -1, right), right
    elif _YEARLESS.fullmatch(right) and left[0].isdigit():
        first, last = left, _borrow(right, left[:4], 1, left)
    else:
        end = _single(right, "published", anchors)
        if end is None:
            return None
        day = edtf.bounds(end)[1]
        start = _single(
            left, "published", Anchors(day if not anchors.future else anchors.published, None, anchors.future)
        )
        if start is None:
            return None
        first, last = start, end
    a, b = edtf.bounds(first)[0], edtf.bounds(last)[1]
    if a is None or b is None or a > b:
        raise ValueError(f"{first}/{last}: ends before it starts")
    return f"{first}/{last}" if len(first) == len(last) and len(first) != 10 else edtf.from_range(a, b)


def has_year(left: str, right: str) -> bool:
    """Whether a range from `left` to `right` carries its year: on both sides, or on one, for the other too."""
    fixed = [value[0].isdigit() for value in (left, right)]
    return all(fixed) or (any(fixed) and any(_YEARLESS.fullmatch(value) for value in (left, right)))


def _borrow(yearless: str, year: str, step: int, other: str) -> str:
    """The yearless date in the other end's year, or the year beside it where that would turn the range around."""
    own = f"{year}{yearless[1:]}"
    first, last = (own, other) if step < 0 else (other, own)
    if (edtf.bounds(first)[0] or date.min) > (edtf.bounds(last)[1] or date.max):
        own = f"{int(year) + step:04d}{yearless[1:]}"
    return own


def _single(value: str, anchor: str, anchors: Anchors) -> str | None:
    """One date as EDTF; None where its anchor is missing."""
    if found := _YEARLESS.fullmatch(value):
        return _yearless(found, anchor, anchors)
    if found := _WEEKDAY.fullmatch(value):
        if found["week"] and anchors.published:
            monday = _unit_ends("week", int(found["week"]), anchors.published)[0]
            return (monday + timedelta(int(found["weekday"]) - 1)).isoformat()
        return _weekday(int(found["weekday"]), found["turn"], anchors)
    if found := _UNIT.fullmatch(value):
        if anchor == "story":
            return _story_unit(found["unit"], int(found["shift"]), anchors.story)
        return _unit(found["unit"], int(found["shift"]), found["part"] or "", anchors.published)
    if found := _PAST.fullmatch(value):
        return _past(int(found["count"]), found["unit"], anchors.published)
    return edtf.validate(value)


def _yearless(found: re.Match[str], anchor: str, anchors: Anchors) -> str | None:
    """ "June 24": the nearest such day on or before publication (or after it, of what is to come)."""
    rest, turn = "".join(f"-{part}" for part in (found["month"], found["day"]) if part), found["turn"]
    published = anchors.published
    if found["year"]:
        base = published.year if published and anchor != "story" else _story_year(anchors.story, anchor)
        return None if base is None else edtf.validate(f"{base + int(found['year']):04d}{rest}")
    if published is None:
        return None
    if turn == "=":
        return edtf.validate(f"{published.year:04d}{rest}")
    if turn == ">" or (anchors.future and turn is None):
        return _nearest(
            rest, published.year, 1, lambda first, last: (last if turn is None else first - timedelta(1)) >= published
        )
    strictly = turn == "<"
    limit = published if strictly or not found["day"] else published + NEAR_FUTURE
    return _nearest(rest, limit.year, -1, lambda first, last: (last < limit) if strictly else (first <= limit))


def _story_year(story: str | None, anchor: str) -> int | None:
    """The year of the story's last date."""
    day = _ends(story)[0] if story and anchor == "story" else None
    return day.year if day else None


def _nearest(rest: str, year: int, step: int, fits: Callable[[date, date], bool]) -> str:
    """The date in the first year from `year` on, by `step`, in which it exists and fits. Raises
    ValueError after nine years."""
    for candidate in range(year, year + 9 * step, step):
        try:
            first, last = edtf.bounds(f"{candidate:04d}{rest}")
        except ValueError:
            continue
        if first and last and fits(first, last):
            return f"{candidate:04d}{rest}"
    raise ValueError(f"no year near {year} has {rest}")


def _weekday(weekday: int, turn: str | None, anchors: Anchors) -> str | None:
    """ "on Thursday": the last one, the day of publication included; "last Thursday": before it; "next": after it."""
    day = anchors.published
    if day is None:
        return None
    back = (day.isoweekday() - weekday) % 7
    if turn == "<":
        return (day - timedelta(back or 7)).isoformat()
    if turn == "=":
        return (day + timedelta(weekday - day.isoweekday())).isoformat()
    ahead = (weekday - day.isoweekday()) % 7
    if turn == ">":
        return (day + timedelta(ahead or 7)).isoformat()
    return (day + timedelta(ahead) if anchors.future else day - timedelta(back)).isoformat()


def _unit(unit: str, shift: int, part: str, day: date | None) -> str | None:
    """A day, week (Monday to Sunday), weekend, month or year, so many from the one that `day` is in.

    `part`: "<" the unit up to the day ("earlier this week"), ">" from the day on.
    """
    if day is None:
        return None
    first, last = _unit_ends(unit, shift, day)
    if part:
        first, last = (first, max(first, day)) if part == "<" else (min(day, last), last)
    return edtf.from_range(first, last)


def _unit_ends(unit: str, shift: int, day: date) -> tuple[date, date]:
    """First and last day of that unit."""
    if unit == "day":
        return (day + timedelta(shift),) * 2
    if unit == "week":
        monday = day + timedelta(7 * shift - day.weekday())
        return monday, monday + timedelta(6)
    if unit == "weekend":
        over = shift < 0 and day.weekday() < SATURDAY  # on a weekday "last weekend" is the one just past
        saturday = day - timedelta((day.weekday() - SATURDAY) % 7) + timedelta(7 * (shift + over))
        return saturday, saturday + timedelta(1)
    if unit == "month":
        first = edtf.shift_months(day.replace(day=1), shift)
        return first, edtf.last_of_month(first)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def _story_unit(unit: str, shift: int, story: str | None) -> str | None:
    """A unit counted from the story's last date; where that covers more than a day, all that it may mean."""
    first, last = _ends(story) if story else (None, None)
    if first is None or last is None:
        return None
    return edtf.from_range(_unit_ends(unit, shift, first)[0], _unit_ends(unit, shift, last)[1])


def _ends(story: str) -> tuple[date | None, date | None]:
    """Both ends of the story's last date; an open end is taken as the other."""
    first, last = edtf.bounds(story)
    return first or last, last or first


def _past(count: int, unit: str, day: date | None) -> str | None:
    """ "the past two weeks": from so long ago to `day`; months and years in their own precision."""
    if day is None:
        return None
    if unit in {"day", "week"}:
        return edtf.from_range(day - timedelta(count * (7 if unit == "week" else 1)), day)
    if unit == "month":
        first = edtf.shift_months(day, -count)
        return f"{first.year:04d}-{first.month:02d}/{day.year:04d}-{day.month:02d}"
    return f"{day.year - count * (10 if unit == 'decade' else 1):04d}/{day.year:04d}"

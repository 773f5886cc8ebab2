"""Values of the record in plain English: dates, terms, penalties, kinds. What is unknown is said to be unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from khronika.facts.claims import Count, Penalty, Status
from khronika.facts.events import Event

_ISO_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?\Z")
_UNITS = ("year", "month", "week", "day", "hour", "minute")
MARKS = {
    Status.DENIED: "denied",
    Status.PLANNED: "planned",
    Status.DEMANDED: "demanded",
    Status.POSSIBLE: "possible",
}
"""The word set beside an event that nobody reports as having happened."""
HELD = {True: "held", False: "not held", None: "not known whether held"}


def plain(name: str) -> str:
    """A codebook word as words: "sentence_change" → "sentence change"."""
    return name.replace("_", " ")


def date(edtf: str | None) -> str:
    """An EDTF date as read aloud: "2021-02-28/2021-03-05" → "2021-02-28 to 2021-03-05", "../2020" → "until 2020"."""
    if not edtf:
        return "undated"
    start, slash, end = edtf.partition("/")
    if not slash:
        return edtf
    match start in {"", ".."}, end in {"", ".."}:
        case True, True:
            return "undated"
        case True, False:
            return f"until {end}"
        case False, True:
            return f"since {start}"
    return f"{start} to {end}"


def term(duration: str | None) -> str:
    """An ISO 8601 duration in words: "P8Y6M" → "8 years 6 months"; what is not one stays as it is, none is ""."""
    found = _ISO_DURATION.match(duration or "")
    if not found or not any(found.groups()):
        return duration or ""
    pairs = zip(found.groups(), _UNITS, strict=True)
    return " ".join(f"{int(n)} {unit}{'s' * (int(n) != 1)}" for n, unit in pairs if n)


def penalty(one: Penalty) -> str:
    """One penalty: "15 days of administrative arrest", "fine of 145,000 KZT"."""
    if one.amount is not None:
        amount = f"{one.amount:,.2f}".removesuffix(".00")
        return " ".join(filter(None, [f"{plain(one.kind)} of", amount, one.currency]))
    if one.duration:
        return f"{term(one.duration)} of {plain(one.kind)}"
    return f"{plain(one.kind)} ({one.detail})" if one.detail else plain(one.kind)


def penalties(several: Iterable[Penalty]) -> str:
    """Penalties one after another, none: ""."""
    return "; ".join(penalty(one) for one in several)


def kind(event: Event) -> str:
    """What happened: "sentence change (reduced)"; with its mark where it is denied, demanded, planned or possible."""
    sub = event.subtype if event.subtype not in {None, "unspecified", "other"} else None
    words = plain(event.type) + (f" ({plain(sub)})" if sub else "")
    return f"{words}, {MARKS[event.status]}" if event.status in MARKS else words


def people(count: Count | None) -> str:
    """How many: "20 or more people", "about 30 people", "2 to 4 people", none: ""."""
    if count is None or (count.min is None and count.max is None):
        return ""
    if count.min is not None and count.max is not None:
        number = f"{count.min:,}" if count.min == count.max else f"{count.min:,} to {count.max:,}"
    else:
        number = f"{count.min:,} or more" if count.max is None else f"up to {count.max:,}"
    noun = "person" if (count.min, count.max) == (1, 1) else "people"
    return f"{'about ' * count.approx}{number} {noun}"


def reports(origins: int, copies: int) -> str:
    """How widely told: "2 independent origins, 3 reports". `copies`: documents that tell it, copies included."""
    told = f"{origins} independent origin{'s' * (origins != 1)}"
    return told if copies <= origins else f"{told}, {copies} reports"


def account(state: str, origins: int) -> str:
    """What an account says of a day and how widely it is told: "free (1 independent origin)"."""
    return f"{plain(state)} ({origins} independent origin{'s' * (origins != 1)})"


def value(one: object) -> str:
    """A rival value in words: a list by its parts, a penalty or number as elsewhere, another table by its cells."""
    if isinstance(one, dict):
        if isinstance(one.get("kind"), str):
            return penalty(Penalty(**one))
        if one and set(one) <= {"min", "max", "approx"}:
            return people(Count(**one))
        return " ".join(str(v) for v in one.values() if v is not None)
    if isinstance(one, list | tuple):
        return ", ".join(map(value, one))
    return "not said" if one is None else str(one)

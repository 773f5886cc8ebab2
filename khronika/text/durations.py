"""Durations in an English sentence, as ISO 8601: "15 days" P15D, "two and a half years" P2Y6M, "48 hours" PT48H."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from khronika.text.numerals import find_numerals
from khronika.text.tables import any_of, table

_T = table("durations.toml")
_UNITS: dict[str, str] = {form: code for name, code in _T["units"].items() for form in (name, name + "s")}
_WORDS: dict[str, list[str]] = _T["words"]
_UNIT = f"(?P<unit>{any_of(_UNITS)})\\b"
_FRACTION = r"(?P<half>\s?½|[\s-]1/2|[\s-]and[\s-]a[\s-]half|\sand\sone[\s-]half)?(?P<quarter>\s?¼|\sand\sa\squarter)?"
_UNIT_AFTER = re.compile(
    f"(?i:{_FRACTION}[\\s-]{{1,2}}(?:more\\s|full\\s|additional\\s|consecutive\\s|long\\s)?{_UNIT}"
    "(?P<late>\\sand\\sa\\shalf)?)"
)
_ONE = re.compile(f"(?i:\\b(?P<n>another|an?|half\\sa|half\\san|a\\shalf)[\\s-]{_UNIT}(?P<late>\\sand\\sa\\shalf)?)")
_JOIN = re.compile(r"(?:,?\s(?:and\s)?|,\s?)$")
_NOT_AFTER = re.compile(f"(?i:[\\s-]{any_of(_WORDS['not_after'])}\\b)")
_ABOUT = re.compile(f"(?i:\\b{any_of(_WORDS['about'])}\\s(?:a\\s|the\\s)?$)")
_BEFORE_ONE = re.compile(f"(?i:\\b{any_of(_WORDS['before_one'])}\\s$)")
_AFTER_ONE = re.compile(f"(?i:[\\s-]{any_of(_WORDS['after_one'])}\\b|['’]s?\\s)")
_HALVES = {"Y": ("M", 6), "M": ("D", 15), "D": ("TH", 12), "X": ("Y", 5), "TH": ("TM", 30), "F": ("D", 7)}
_QUARTERS = {"Y": ("M", 3)}
_LESS_THAN = {"M": 12, "W": 5, "D": 31, "TH": 24, "TM": 60, "TS": 60}
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")


@dataclass(frozen=True, slots=True)
class DurationSpan:
    """A duration: code points [start, end), ISO 8601 value, `approx` after "about", "more than", "up to" and so on."""

    start: int
    end: int
    iso: str
    approx: bool = False


def find_durations(text: str) -> list[DurationSpan]:
    """The durations of a sentence in order, none overlapping; "two years and six months" is one.

    Ages ("53-year-old") and distances in time ("two years ago", "a day later") are none.
    """
    return [*_found(text)]


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[DurationSpan, ...]:
    """`find_durations`, kept for the next asker: several readers look at one sentence in turn."""
    parts = sorted(_counted(text) + _single(text), key=lambda part: part[0])
    out: list[tuple[int, int, dict[str, int]]] = []
    for start, end, amounts in parts:
        if out and start < out[-1][1]:
            continue
        if out and _JOIN.fullmatch(text[out[-1][1] : start]) and _finer(out[-1][2], amounts):
            out[-1] = (out[-1][0], end, out[-1][2] | amounts)
        else:
            out.append((start, end, amounts))
    return tuple(
        DurationSpan(start, end, iso(amounts), bool(_ABOUT.search(text, max(0, start - 24), start)))
        for start, end, amounts in out
        if not _NOT_AFTER.match(text, end)
    )


def _finer(first: dict[str, int], second: dict[str, int]) -> bool:
    """Whether `second` can continue `first`: only by smaller units, too few to make the next larger one."""
    small = all(amount < _LESS_THAN.get(code, 1) for code, amount in second.items())
    return small and max(map(_ORDER.index, first)) < min(map(_ORDER.index, second))


def _counted(text: str) -> list[tuple[int, int, dict[str, int]]]:
    """Number and unit: "15 days", "8 1/2 years", "17-year"."""
    out = []
    for numeral in find_numerals(text):
        found = _UNIT_AFTER.match(text, numeral.end)
        if found is None or numeral.value > 100_000:
            continue
        half = bool(found["half"] or found["late"])
        amounts = _amounts(numeral.value + half / 2 + bool(found["quarter"]) / 4, _UNITS[found["unit"].lower()])
        if amounts:
            out.append((numeral.start, found.end(), amounts))
    return out


def _single(text: str) -> list[tuple[int, int, dict[str, int]]]:
    """ "a year", "half a year", "a year and a half": where the words around say that it is a span of time."""
    out = []
    for found in _ONE.finditer(text):
        half = "half" in found["n"].lower()
        cued = half or found["late"] or _BEFORE_ONE.search(text, max(0, found.start() - 12), found.start())
        if not cued and not _AFTER_ONE.match(text, found.end()):
            continue
        amounts = _amounts(0.5 if half else 1.5 if found["late"] else 1.0, _UNITS[found["unit"].lower()])
        if amounts:
            out.append((found.start(), found.end(), amounts))
    return out


def _amounts(value: float, unit: str) -> dict[str, int]:
    """The value in whole units: 2.5 years are 2 years and 6 months; empty where it does not come out whole."""
    whole, part = int(value), value - int(value)
    scaled = {"X": ("Y", 10), "F": ("W", 2)}.get(unit, (unit, 1))
    out = {scaled[0]: whole * scaled[1]} if whole else {}
    if part == 0.5 and unit in _HALVES:
        code, amount = _HALVES[unit]
        out[code] = out.get(code, 0) + amount
    elif part == 0.25 and unit in _QUARTERS:
        out[_QUARTERS[unit][0]] = _QUARTERS[unit][1]
    elif part and unit == "W":
        return {"D": round(value * 7)}
    elif part and unit == "Y" and abs(part * 12 - round(part * 12)) < 0.1:
        out["M"] = round(part * 12)
    elif part:
        return {}
    return out


def iso(amounts: dict[str, int]) -> str:
    """ISO 8601 of amounts by unit code ("Y", "M", "W", "D", "TH", "TM", "TS"); weeks beside other units become days."""
    if "W" in amounts and len(amounts) > 1:
        amounts = {code: n for code, n in amounts.items() if code != "W"} | {
            "D": amounts.get("D", 0) + 7 * amounts["W"]
        }
    days = "".join(f"{amounts[code]}{code}" for code in _ORDER[:4] if code in amounts)
    clock = "".join(f"{amounts[code]}{code[1]}" for code in _ORDER[4:] if code in amounts)
    return f"P{days}" + (f"T{clock}" if clock else "")


_ISO = re.compile(
    r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:[0-9]+S)?)?"
)


def days_of(value: str) -> float:
    """About how many days an ISO 8601 duration has, a month being 30.44 and a year 365.25. Raises ValueError."""
    found = _ISO.fullmatch(value)
    if not found or value in {"P", "PT"}:
        raise ValueError(f"{value!r}: not an ISO 8601 duration")
    sizes = (365.25, 30.4375, 7, 1, 1 / 24, 1 / 1440)
    return sum(int(amount) * size for amount, size in zip(found.groups(), sizes, strict=True) if amount)

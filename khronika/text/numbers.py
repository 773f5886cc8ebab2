"""How many: cardinals of an English sentence with their bounds ("at least 20", "up to 2 million", "dozens")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from khronika.text.dates import find_times
from khronika.text.durations import find_durations
from khronika.text.money import find_money
from khronika.text.numerals import Numeral, find_numerals
from khronika.text.tables import any_of, table

_T = table("numbers.toml")
_BOUNDS: dict[str, list[str]] = _T["bounds"]
_EXCLUDED: dict[str, list[str]] = _T["excluded"]
_VAGUE: dict[str, int] = _T["vague"]

_KINDS = {word: kind for kind in ("least", "most", "about") for word in _BOUNDS[kind]}
_BEFORE = re.compile(f"(?i:(?P<bound>(?<![\\w-]){any_of(_KINDS)})\\s(?:a\\stotal\\sof\\s|the\\s|another\\s)?)$")
_AFTER_LEAST = re.compile(f"(?i:\\s{any_of(_BOUNDS['after_least'])}\\b|\\+)")
_AFTER_ABOUT = re.compile(f"(?i:[\\s-]?{any_of(_BOUNDS['after_about'])}\\b)")
_UNIT = re.compile(
    f"(?i:[\\s-]{{0,2}}(?:and\\sa\\shalf\\s)?{any_of([*_EXCLUDED['units'], *_EXCLUDED['units_of_time']])}(?![A-Za-z])"
    r"|[\s-](?:odd[\s-])?year|\s?%|-(?!odd|strong|member|person|people|man)[a-z])"
)
_LABEL = re.compile(f"(?i:(?<![\\w]){any_of(_EXCLUDED['before'])}[\\s-]|[#№§]\\s?)$")
_AGE = re.compile(r"(?:,\s|.?\()[1-9][0-9][,.)]")
_PRONOUN = re.compile(
    r"(?i:one\s?(?:of|another|day|by\sone|way|thing|hand|time|more|such|who|that|another’s)\b|one(?=[.,;:!?’']|$))"
)
_NO_ONE = re.compile(r"(?i:\b(?:no|any|every|some|each|this|that|the|which|another|number|day)\s)$")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:to|or)\s(?:as\smany\sas\s)?")
_AND = re.compile(r"\sand\s")
_BETWEEN = re.compile(r"(?i:(?P<bound>\bbetween|\bfrom)\s)$")
_VAGUE_FORM = re.compile(
    f"(?i:\\b(?:{any_of(_VAGUE)})\\b(?!\\s(?:of\\s)?(?:{any_of(_EXCLUDED['units_of_time'])}|times)\\b))"
)


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A count: code points [start, end) with its bound words, `min` and `max` (either may be None), `approx`."""

    start: int
    end: int
    min: int | None
    max: int | None
    approx: bool = False


def find_numbers(text: str, taken: Iterable[tuple[int, int]] | None = None) -> list[NumberSpan]:
    """The counts of a sentence in order, none overlapping. No ordinals, dates, ages, terms, sums, shares, or labels.

    `taken`: spans that are known to be dates, durations or sums; None: they are looked for here.
    """
    if taken is None:
        taken = [(found.start, found.end) for found in find_times(text)]
        taken += [(found.start, found.end) for found in find_durations(text)]
        taken += [(found.start, found.end) for found in find_money(text)]
    blocked = sorted(taken)
    free = [n for n in find_numerals(text) if _counts(text, n) and not _inside(n.start, n.end, blocked)]
    found = _vague(text, blocked) + _exact(text, free)
    out: list[NumberSpan] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _inside(start: int, end: int, blocked: list[tuple[int, int]]) -> bool:
    """Whether [start, end) touches a span that is something else; `blocked` is sorted, and three kinds of spans overlap
    at most, so that only the nearest need a look."""
    at = bisect_left(blocked, (end, 0))
    return any(start < last for _, last in blocked[max(0, at - 3) : at])


def _counts(text: str, numeral: Numeral) -> bool:
    """Whether the numeral can count people: whole, no measure behind it, no label before it."""
    if numeral.value != int(numeral.value) or numeral.value > 10**11:
        return False
    if _UNIT.match(text, numeral.end) or _LABEL.search(text, max(0, numeral.start - 12), numeral.start):
        return False
    if _AGE.fullmatch(text[max(0, numeral.start - 2) : numeral.end + 1]):
        return False
    if text[numeral.start : numeral.end].lower() != "one":
        return True
    before = _NO_ONE.search(text, max(0, numeral.start - 9), numeral.start)
    return not before and not _PRONOUN.match(text, numeral.start)


def _exact(text: str, numerals: list[Numeral]) -> list[NumberSpan]:
    """Counts from numerals: ranges ("20 to 30") joined, bounds ("at least") read."""
    out: list[NumberSpan] = []
    skip = -1
    for i, numeral in enumerate(numerals):
        if numeral.start < skip:
            continue
        following = numerals[i + 1] if i + 1 < len(numerals) else None
        between = _BETWEEN.search(text, max(0, numeral.start - 9), numeral.start)
        if following and following.value > numeral.value and following.start - numeral.end < 18:
            gap = text[numeral.end : following.start]
            if _RANGE.fullmatch(gap) or (between and _AND.fullmatch(gap)):
                low = _scaled_low(numeral, following)
                start = between.start() if between else numeral.start
                out.append(_bounded(text, start, following.end, low, int(following.value), numeral.start))
                skip = following.end
                continue
        out.append(_bounded(text, numeral.start, numeral.end, int(numeral.value), int(numeral.value), numeral.start))
    return out


def _scaled_low(low: Numeral, high: Numeral) -> int:
    """The lower end of "2 to 3 million": it takes the scale of the upper, unless it is large by itself."""
    scale = next((s for s in (10**9, 10**6, 10**3) if high.value >= s and low.value < 1000 and high.value % s == 0), 1)
    return int(low.value * scale) if low.value * scale < high.value else int(low.value)


def _bounded(text: str, start: int, end: int, low: int, high: int, at: int) -> NumberSpan:
    """The count with the bound words around it."""
    found = _BEFORE.search(text, max(0, at - 32), at)
    kind = _KINDS[re.sub(r"\s+", " ", found["bound"].lower())] if found else ""
    start = found.start("bound") if found else start
    if more := _AFTER_LEAST.match(text, end):
        return NumberSpan(start, more.end(), low, None)
    if about := _AFTER_ABOUT.match(text, end):
        return NumberSpan(start, about.end(), low, high, approx=True)
    if kind == "least":
        return NumberSpan(start, end, low, None)
    if kind == "most":
        return NumberSpan(start, end, None, high)
    return NumberSpan(start, end, low, high, kind == "about")


def _vague(text: str, blocked: list[tuple[int, int]]) -> list[NumberSpan]:
    """ "dozens", "hundreds of thousands", "several": the least they mean; all but "several" are approximate."""
    out = []
    for found in _VAGUE_FORM.finditer(text):
        word = re.sub(r"\s+", " ", found[0].lower())
        if _inside(found.start(), found.end(), blocked):
            continue
        before = _BEFORE.search(text, max(0, found.start() - 32), found.start())
        start = before.start("bound") if before else found.start()
        out.append(NumberSpan(start, found.end(), _VAGUE[word], None, word not in {"several", "a couple of"}))
    return out

"""Date expressions in an English sentence: where they stand, what they are counted from, what they mean.

A found expression carries a value in a small notation, which `khronika.text.reckoning` turns into an EDTF date:

- an EDTF date ("2021-06-22", "2017", "2020-23", "199X"): the text gives all;
- "--06-24", "--12", "--23": a day, month or season whose year must be found, with "<" (last), ">" (next), "=" (this)
  or "@year-1" (of last year) behind it;
- "W4": Thursday, with "<", ">" or "=", or "@week-1" (of last week);
- "day-2", "week+0", "month-1", "year-1", "weekend+0": a calendar unit counted from the anchor;
- "week+0<": that week up to the anchor; "past:14:day": the fourteen days before it;
- "A/B": from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from khronika.text import reckoning
from khronika.text.numerals import NUMBER_WORDS, NUMERAL, value_of
from khronika.text.tables import any_of, table

_T = table("dates.toml")
_MONTHS: dict[str, int] = {form: n for name, n in _T["months"].items() for form in (name, name.upper())}
_WEEKDAYS: dict[str, int] = {form: n for name, n in _T["weekdays"].items() for form in (name, name.upper())}
_SEASONS: dict[str, int] = _T["seasons"]
_UNITS: dict[str, str] = _T["units"]
_WORDS: dict[str, list[str]] = _T["words"]
_ORDINALS: dict[str, int] = {
    form: n for n, word in enumerate(_T["words"]["ordinals"], 1) for form in (word, word.replace("-", " "))
}
_FIXED: dict[str, int] = _T["words"]["published_days"]


def _dot(names: dict[str, int]) -> str:
    """The full stop behind an abbreviated name: behind a full one it ends the sentence."""
    full = {n: name for name, n in reversed(names.items()) if len(name) > 3 or name == "May"}
    return "(?:" + "".join(f"(?<!{name})(?<!{name.upper()})" for name in full.values()) + "\\.)?"


_M = f"(?P<m>{any_of(_MONTHS)})\\b{_dot(_T['months'])}"
_M2 = _M.replace("<m>", "<m2>")
_D = r"(?P<d>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9]|,[0-9]{3}|\.[0-9]|%|:[0-9]|-(?:year|day|month))"
_D2 = _D.replace("<d>", "<d2>")
_Y = r"(?P<y>1[5-9][0-9]{2}|20[0-9]{2}|21[0-9]{2})(?![0-9]|[,.][0-9])"
_DASH = r"\s?[-–—]\s?"
_TURN = {
    "last": "-1",
    "past": "-1",
    "previous": "-1",
    "preceding": "-1",
    "this": "+0",
    "current": "+0",
    "same": "+0",
    "that": "+0",
    "next": "+1",
    "coming": "+1",
    "upcoming": "+1",
    "following": "+1",
}
_SIGN = {"-1": "<", "+0": "=", "+1": ">"}
_REL_YEAR = r"(?P<rel>(?i:last|this|next|that|(?:the\s)?(?:same|previous|following|next)))\syear"
_OF_YEAR = f"(?:,?\\s(?:of\\s|in\\s)?{_REL_YEAR})"
_YEAR_PART = f"(?:\\s?,?\\s(?:of\\s|in\\s)?{_Y}|{_OF_YEAR})?"
_UNIT = f"(?P<unit>{any_of(_UNITS)})\\b"
_PLAIN_UNIT = r"(?P<unit>week|month|year|weekend)\b(?!\s?-\s?old)"
_SEASON = f"(?P<season>{any_of(_SEASONS)})\\b"
_STOP = r"(?=\s*(?:[.,;:!?)”\"]|$))"
_COUNT = f"(?P<n>{NUMERAL}|\\b(?:a|an|half\\sa|a\\scouple\\sof))\\s"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date expression: code points [start, end) of the text, its words, what it is counted from, its value.

    `anchor`: "absolute" (it carries its year), "published" (counted from the day of publication), "story" (counted from
    the last date that the story gave). `value`: see the module's notation. `relation`: "since", "until", "before",
    "after" or "" as the word before the span says; "since" and "after" open the
    date to the right, the others to the left.
    """

    start: int
    end: int
    text: str
    anchor: str
    value: str
    relation: str = ""


def resolve(expr: TimeExpression, published: date | None, story: str | None, *, future: bool = False) -> str | None:
    """The expression as EDTF, or None if the anchor that it needs is missing or the date does not exist.

    `published`: the day of publication; `story`: the last date that the story itself gave (EDTF); `future`: the
    sentence speaks of what is to come ("will be tried on July 20"): a day without year is then the next one.
    """
    try:
        return reckoning.reckon(expr.value, expr.anchor, expr.relation, reckoning.Anchors(published, story, future))
    except (ValueError, OverflowError):
        return None


def find_times(text: str) -> list[TimeExpression]:
    """The date expressions of one sentence in order, none overlapping; no durations, ages or clock times."""
    return [*_found(text)]


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[TimeExpression, ...]:
    """`find_times`, kept for the next asker: several readers look at one sentence in turn."""
    found: list[TimeExpression] = []
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for rule in _BY_FIRST.get(word[0].lower(), _FIGURES if word[0][0].isdigit() else ()):
            if expression := rule.read(text, word.start()):
                found.append(expression)
                end = expression.end
                break
    return tuple(related for e in _ranges(text, found) if (related := _with_relation(text, e)))


_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
Reading = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern and the reading of what it matches: (anchor, value), or None where it is no date after all."""

    pattern: re.Pattern[str]
    reading: Callable[[re.Match[str]], Reading]

    def read(self, text: str, at: int) -> TimeExpression | None:
        """The expression that starts at `at`, or None."""
        found = self.pattern.match(text, at)
        result = self.reading(found) if found else None
        if not found or not result or not reckoning.is_sound(result[1]):
            return None
        start, end = found.span("span") if "span" in found.re.groupindex else found.span()
        end = start + len(text[start:end].rstrip())
        return TimeExpression(start, end, text[start:end], *result)


def _dated(found: re.Match[str]) -> Reading:
    """A day, month or season with whatever year it has: "June 24", "June 24, 2021", "June last year"."""
    groups = found.groupdict()
    if groups.get("d") and not groups.get("y") and _IN_MONTH.match(found.string, found.start() - 3):
        return None  # "In March 12 people were taken": a day has "on" before it, or nothing
    if nth := groups.get("nth"):
        groups["d"] = str(_ORDINALS[re.sub(r"\s+", " ", nth.lower())])
    month = _MONTHS[groups["m"]] if groups.get("m") else _SEASONS[groups["season"].lower()]
    rest = f"{month:02d}" + (f"-{int(groups['d']):02d}" if groups.get("d") else "")
    return _in_year(rest, groups)


def _in_year(rest: str, groups: dict[str, str | None]) -> Reading:
    """`rest` ("06-24") in the year that the groups `y` or `rel` give."""
    if year := groups.get("y"):
        return "absolute", f"{year}-{rest}"
    rel = (groups.get("rel") or "").lower().removeprefix("the ").strip()
    if not rel:
        return "published", f"--{rest}"
    return (
        "published" if rel in {"last", "this", "next"} and "the " not in (groups.get("rel") or "") else "story"
    ), f"--{rest}@year{_TURN[rel]}"


def _day_range(found: re.Match[str]) -> Reading:
    """ "March 3-5, 2021", "3-5 March", "March 30-April 2"."""
    groups = found.groupdict()
    first = _MONTHS[groups["m"] or ""]
    second = _MONTHS[groups["m2"]] if groups.get("m2") else first
    a, b = (first, int(groups["d"] or 0)), (second, int(groups["d2"] or 0))
    if a >= b and second == first:
        return None
    if a > b and (year := groups.get("y")):
        return "absolute", f"{int(year) - 1}-{a[0]:02d}-{a[1]:02d}/{year}-{b[0]:02d}-{b[1]:02d}"
    left, right = _in_year(f"{a[0]:02d}-{a[1]:02d}", groups), _in_year(f"{b[0]:02d}-{b[1]:02d}", groups)
    return (left[0], f"{left[1]}/{right[1]}") if left and right else None


def _figures_date(found: re.Match[str]) -> Reading:
    """ "23/05/2021", "5/23/2021", "23.05.2021": dots are day first; strokes only where just one reading is possible."""
    a, b = int(found["a"]), int(found["b"])
    if found["sep"] == "." or a > 12 or a == b:
        return "absolute", f"{found['y']}-{b:02d}-{a:02d}"
    return ("absolute", f"{found['y']}-{a:02d}-{b:02d}") if b > 12 else None


def _bare_month(found: re.Match[str]) -> Reading:
    """A month alone: a doubtful one ("May", "March") needs a cue before it and no name after it."""
    text, start, end = found.string, found.start(), found.end()
    if found["m"] in _DOUBTFUL and not _MONTH_AFTER.match(text, end):
        cue = _CUE.search(text, max(0, start - 14), start)
        if not cue or (cue[1].lower() not in {"in", "since", "last", "mid-", "mid"} and _NAME_AFTER.match(text, end)):
            return None
    elif _NAME_AFTER.match(text, end) and not _CUE.search(text, max(0, start - 14), start):
        return None
    return "published", f"--{_MONTHS[found['m']]:02d}"


def _weekday(found: re.Match[str]) -> Reading:
    """A weekday alone; not the name of a paper or a massacre ("Sunday Times", "Bloody Sunday"), nor "every Friday"."""
    if _NAMED_BEFORE.search(found.string, max(0, found.start() - 12), found.start()):
        return None
    return "published", f"W{_WEEKDAYS[found['w']]}"


def _weekday_of_week(found: re.Match[str]) -> Reading:
    """ "Friday last week", "Tuesday of this week"."""
    return "published", f"W{_WEEKDAYS[found['w']]}@week{_TURN[found['turn'].lower()]}"


def _turned(found: re.Match[str]) -> Reading:
    """ "last December", "next Thursday", "this spring", "last week": a unit or name, and which one of them."""
    groups, turn = found.groupdict(), _TURN[found["turn"].lower()]
    if groups.get("m"):
        return "published", f"--{_MONTHS[found['m']]:02d}{_SIGN[turn]}"
    if groups.get("season"):
        return "published", f"--{_SEASONS[found['season'].lower()]}{_SIGN[turn]}"
    if groups.get("w"):
        return "published", f"W{_WEEKDAYS[found['w']]}{_SIGN[turn]}"
    unit, earlier = found["unit"].lower(), (groups.get("part") or "").lower()
    return "published", f"{unit}{turn}" + (
        {"earlier": "<", "later": ">"}.get(earlier, "") if unit == "week" and turn == "+0" else ""
    )


def _shift(found: re.Match[str], sign: str) -> Reading:
    """ "two days ago", "three weeks later": the unit, counted from the anchor with this sign."""
    words = re.sub(r"\s+", " ", found["n"].lower())
    unit = _UNITS[found["unit"].lower()]
    amount = {"a": 1.0, "an": 1.0, "half a": 0.5, "a couple of": 2.0}.get(words)
    amount = value_of(words) if amount is None else amount
    if words == "half a":
        amount, unit = {"year": (6.0, "month"), "day": (0.0, "day")}.get(unit, (0.0, ""))
    scale, unit = {
        "hour": (0.0 if amount < 24 else 1 / 24, "day"),
        "fortnight": (2, "week"),
        "decade": (10, "year"),
    }.get(unit, (1, unit))
    if not unit or amount * scale > 9000:
        return None
    return "", f"{unit}{sign}{int(amount * scale)}"


def _ago(found: re.Match[str]) -> Reading:
    """ "ten days ago", "a year ago"."""
    result = _shift(found, "-")
    return ("published", result[1]) if result else None


def _apart(found: re.Match[str]) -> Reading:
    """ "two days earlier", "a week later", "the year before" after the story's last date."""
    result = _shift(found, "-" if found["way"].lower() in {"earlier", "before", "previously", "prior"} else "+")
    return ("story", result[1]) if result else None


def _window(found: re.Match[str]) -> Reading:
    """ "the past two weeks": the days up to the day of publication."""
    words = re.sub(r"\s+", " ", (found["n"] or "a").strip().lower())
    amount = {"a": 1.0, "couple of": 2.0}.get(words)
    amount = value_of(words) if amount is None else amount
    scale, unit = {"fortnight": (2, "week")}.get(found["unit"].lower().rstrip("s"), (1, _UNITS[found["unit"].lower()]))
    if unit == "hour" or amount * scale > 9000:
        return None
    return "published", f"past:{int(amount * scale)}:{unit}"


def _same(found: re.Match[str]) -> Reading:
    """ "that day", "the following week", "later that month" after the story's last date."""
    unit = found["unit"].lower()
    unit = "day" if unit in _WORDS["day_parts"] else unit
    return "story", f"{unit}{_TURN[found['turn'].lower()]}"


def _before(found: re.Match[str]) -> Reading:
    """ "The day before, …", "the week after.": with nothing behind it to be counted from."""
    unit = found["unit"].lower()
    unit = "day" if unit in _WORDS["day_parts"] else unit
    return "story", f"{unit}{'-1' if found['way'].lower() == 'before' else '+1'}"


_DOUBTFUL = frozenset(form for name in _WORDS["doubtful_months"] for form in (name, name.upper()))
_CUE = re.compile(f"\\b({any_of(_WORDS['cues'])})(?:\\s|(?<=-)|-)(?:the\\s)?(?:early\\s|late\\s|mid-)?$", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s[A-Z][a-z]")
_MONTH_AFTER = re.compile(f"\\s?[-–—]\\s?{any_of(_MONTHS)}\\b")
_NAMED_BEFORE = re.compile(f"\\b{any_of(_WORDS['named_before'])}\\s$")
_IN_MONTH = re.compile(f"(?i:in\\s[a-z]{{3,9}}\\.?\\s[0-9]{{1,2}}\\s(?:\\w+\\s)?{any_of(_WORDS['counted'])}\\b)")
_NOT_COUNTED = f"(?!-?\\s?(?:{any_of(_WORDS['counted'])})\\b|\\s?[%€$£])"
_W = f"(?P<w>{any_of(_WEEKDAYS)})\\b{_dot(_T['weekdays'])}"
_DAY_PART = any_of(_WORDS["day_parts"])
_OF_A_TIME = f"(?!\\sof\\s(?:the|this|that|his|her|their|its|an?)\\b|\\sof\\s(?:[12][0-9]{{3}}|{any_of(_MONTHS)}))"
_NAMED = f"(?:{_M}(?!\\s[0-9])|(?i:{_SEASON})|{_W}|(?i:{_PLAIN_UNIT})){_OF_A_TIME}"

_RULES: tuple[tuple[str, str, Callable[[re.Match[str]], Reading]], ...] = (
    # keys of first words · pattern · reading
    ("figure", r"(?P<y>[12][0-9]{3})-(?P<mm>0[1-9]|1[0-2])-(?P<dd>[0-3][0-9])(?![0-9-])", lambda f: ("absolute", f[0])),
    (
        "figure",
        r"(?P<y>[12][0-9]{3})[/.](?P<mm>0?[1-9]|1[0-2])[/.](?P<dd>0?[1-9]|[12][0-9]|3[01])(?![0-9/-])",
        lambda f: ("absolute", f"{f['y']}-{int(f['mm']):02d}-{int(f['dd']):02d}"),
    ),
    (
        "figure",
        r"(?P<a>[0-3]?[0-9])(?P<sep>[./-])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>[12][0-9]{3})(?![0-9])",
        _figures_date,
    ),
    ("figure", f"{_D}(?:{_DASH}|\\s(?:to|and|until|through)\\s){_D2}(?:\\sof)?\\s{_M}{_YEAR_PART}", _day_range),
    ("figure", f"{_D}\\s{_M}(?:{_DASH}|\\s(?:to|until|through)\\s){_D2}\\s{_M2}{_YEAR_PART}", _day_range),
    ("figure", f"{_D}(?:\\s(?:of\\s)?|-){_M}{_YEAR_PART}", _dated),
    (
        "figure",
        f"(?P<y>[12][0-9]{{3}}){_DASH}(?P<y2>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9]|[-/.,][0-9])",
        lambda f: ("absolute", f"{f['y']}/{f['y2'] if len(f['y2']) == 4 else f['y'][:2] + f['y2']}"),
    ),
    ("figure", r"(?P<y>1[5-9][0-9]|20[0-9])0(?:s|['’]s)\b", lambda f: ("absolute", f"{f['y']}X")),
    ("count", f"(?i:{_COUNT}{_UNIT}\\sago)\\b", _ago),
    ("count", f"(?i:{_COUNT}{_UNIT}\\s(?P<way>earlier|later|previously)\\b(?!\\sthan))", _apart),
    ("count", f"(?i:{_COUNT}{_UNIT}\\s(?P<way>before|after|prior|afterwards?)\\b){_STOP}", _apart),
    (
        "figure",
        f"(?<![-–$€£#.,/0-9]){_Y}{_NOT_COUNTED}(?!['’]s\\sworth|\\s?-\\s?(?:strong|meter))(?![-–/]?[A-Za-z0-9])",
        lambda f: _year(f),
    ),
    (
        "month",
        f"{_M}\\s{_D}(?:{_DASH}|\\s(?:to|and|until|through|thru)\\s)(?:{_M2}\\s)?{_D2}{_NOT_COUNTED}{_YEAR_PART}",
        _day_range,
    ),
    ("ordinal", f"(?P<nth>(?i:{any_of(_ORDINALS)}))\\s(?:day\\s)?of\\s{_M}{_YEAR_PART}", _dated),
    ("month", f"{_M}\\s(?:the\\s)?{_D}{_YEAR_PART}", _dated),
    ("month", f"{_M}(?:,?\\s(?:of\\s|in\\s)?{_Y}{_NOT_COUNTED}|{_OF_YEAR})", _dated),
    ("month", _M, _bare_month),
    ("weekday", f"{_W}(?:,?\\s|,?\\s\\(|,\\son\\s)(?P<span>{_M}\\s{_D}{_YEAR_PART})\\)?", _dated),
    ("weekday", f"{_W}(?:,?\\s|,?\\s\\(|,\\son\\s)(?P<span>(?:the\\s)?{_D}(?:\\sof)?\\s{_M}{_YEAR_PART})\\)?", _dated),
    ("weekday", f"{_W}\\s(?:of\\s)?(?i:(?P<turn>last|this|next)\\sweek)\\b", _weekday_of_week),
    ("weekday", f"{_W}(?!\\s(?:{any_of(_WORDS['named_after'])})\\b)", _weekday),
    ("year", f"{_REL_YEAR},?\\s(?:in|on)\\s(?:early\\s|late\\s)?{_M}(?:\\s{_D})?", _dated),
    ("fixed", f"(?i:{any_of(_FIXED)})\\s\\((?:on\\s)?{_W}\\)", _weekday),
    ("weekday", f"{_W}\\s\\((?i:{any_of(_FIXED)})\\)", _weekday),
    ("fixed", f"(?i:{any_of(_FIXED)})\\b", lambda f: _fixed(f)),
    ("turn", f"(?i:(?P<turn>last|past|previous))\\s(?P<n>{NUMERAL}|couple\\sof)\\s{_UNIT}", _window),
    ("turn", f"(?i:(?P<turn>past)\\s(?P<n>){_UNIT})(?<=[a-rt-z])", _window),
    (
        "turn",
        f"(?i:(?P<part>earlier|later)\\s)?(?i:(?P<turn>last|this|next|coming|upcoming|previous))\\s{_NAMED}",
        _turned,
    ),
    (
        "story",
        f"(?i:(?:the\\s|that\\s)(?:very\\s)?(?P<turn>same|following|next|previous|preceding)\\s(?P<unit>{_DAY_PART}|week|month|year|weekend))\\b"
        r"(?!\s(?:[0-9]|of\b))",
        _same,
    ),
    ("story", f"(?i:(?P<turn>that)\\s(?P<unit>{_DAY_PART}|week|month|year|weekend))\\b(?!\\s(?:of|that)\\b)", _same),
    ("story", f"(?i:the\\s(?P<unit>{_DAY_PART}|week|month|year)\\s(?P<way>before|after)){_STOP}", _before),
    ("story", r"(?i:(?:earlier|later)\s(?:in|on\sin)\sthe\s(?P<unit>day))\b", lambda f: ("story", "day+0")),
    (
        "story",
        r"(?i:(?:earlier|later)\s(?:in|on\sin)\sthe\s(?P<unit>week|month|year))\b",
        lambda f: ("published", f["unit"].lower() + "+0" + ("<" if f["unit"].lower() == "week" else "")),
    ),
    ("weekend", r"(?i:(?:over|at|during|on)\sthe\s(?P<unit>weekend))\b", lambda f: ("published", "weekend+0")),
    ("season", f"(?i:{_SEASON}),?\\s(?:of\\s)?(?:{_Y}|(?P<rel>last|this)\\syear\\b)", _dated),
    ("inseason", f"(?i:in\\s(?:the\\s)?(?:early\\s|late\\s)?)(?P<span>{_SEASON})(?!\\sof\\b|\\s[0-9])", _dated),
)


def _year(found: re.Match[str]) -> Reading:
    """A year alone: between 1800 and 2099, and no label or clock before it."""
    if not "1800" <= found["y"] < "2100":
        return None
    return None if _LABEL.search(found.string, max(0, found.start() - 12), found.start()) else ("absolute", found["y"])


def _fixed(found: re.Match[str]) -> Reading:
    """ "yesterday", "this morning"; not "Russia Today"."""
    if found[0][0].isupper() and re.search(r"[A-Z]\w+\s$", found.string[max(0, found.start() - 20) : found.start()]):
        return None
    days = _FIXED[re.sub(r"\s+", " ", found[0].lower())]
    return "published", f"day{days:+d}"


_LABEL = re.compile(
    r"(?i:\b(?:no\.|number|article|resolution|room|flight|at|about|around|than|least|some|over|nearly|almost)\s)$|[#:]$"
)


def _first_words() -> Iterator[tuple[str, _Rule]]:
    """Each rule under the lower-case first words that can open it; figures under ""."""
    openers: dict[str, set[str]] = {
        "figure": {""},
        "month": {m.lower() for m in _MONTHS},
        "ordinal": {word.split("-")[0].split()[0] for word in _ORDINALS},
        "weekday": {w.lower() for w in _WEEKDAYS},
        "count": {"", "a", "an", "half", *NUMBER_WORDS},
        "fixed": {w.split()[0] for w in _FIXED},
        "turn": {"earlier", "later", "last", "past", "previous", "this", "next", "coming", "upcoming"},
        "year": {"last", "this", "next", "the", "that"},
        "story": {"the", "that", "earlier", "later"},
        "weekend": {"over", "at", "during", "on"},
        "season": set(_SEASONS),
        "inseason": {"in"},
    }
    for kind, pattern, reading in _RULES:
        rule = _Rule(re.compile(pattern), reading)
        for word in openers[kind]:
            yield word, rule


_BY_FIRST: dict[str, list[_Rule]] = {}
for _word, _rule in _first_words():
    _BY_FIRST.setdefault(_word, []).append(_rule)
_FIGURES = _BY_FIRST.pop("")

_LINK = re.compile(r"\s?[-–—]\s?|,?\s(?:to|through|until|till|and)\s(?:(?:early|late|mid|the\send\sof)[\s-])?")


def _ranges(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Two expressions that "to", a dash, or "between … and" join become one interval."""
    out: list[TimeExpression] = []
    for expression in found:
        if out and "/" not in out[-1].value + expression.value:
            left = out[-1]
            link = _LINK.fullmatch(text, left.end, expression.start)
            between = re.search(r"(?i)\bbetween\s(?:early\s|late\s|mid-)?$", text[: left.start][-20:])
            if link and (bool(between) == (" and " in link[0])) and "story" not in (left.anchor, expression.anchor):
                anchor = "absolute" if reckoning.has_year(left.value, expression.value) else "published"
                value = f"{left.value}/{expression.value}"
                if reckoning.is_sound(value) and not (
                    anchor == "absolute" and value[:4].isdigit() and left.value > expression.value
                ):
                    out[-1] = TimeExpression(
                        left.start, expression.end, text[left.start : expression.end], anchor, value
                    )
                    continue
        out.append(expression)
    return out


_DISTANCE = re.compile(r"(?i)\b(?:hours?|days?|weeks?|months?|years?)\s$")
_RELATION = re.compile(
    r"(?i)\b(since|starting|beginning|until|till|before|prior\sto|by|after|following)\s(?:(?:at\sleast|around|about|early|late|mid|the|year|start|"
    r"beginning|end|middle|of|on|as\searly\sas)[\s-]){0,5}$"
)
_RELATIONS = {
    "since": "since",
    "starting": "since",
    "beginning": "since",
    "until": "until",
    "till": "until",
    "before": "before",
    "prior to": "before",
    "by": "until",
    "after": "after",
}


def _with_relation(text: str, expression: TimeExpression) -> TimeExpression | None:
    """The expression with "since", "until", "before" or "after" as the words before it say; a range needs none.

    None where it is what something else is counted from ("two days before June 24").
    """
    found = _RELATION.search(text, max(0, expression.start - 40), expression.start)
    if found and _DISTANCE.search(text, max(0, found.start() - 16), found.start()):
        return None
    if not found or "/" in expression.value:
        return expression
    return replace(expression, relation=_RELATIONS.get(re.sub(r"\s+", " ", found[1].lower()), ""))

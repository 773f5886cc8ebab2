"""Penalties in a sentence: terms, fines, bans, lashes, death; each with its own span, so that "fined 145,000 tenges
($340) and 87,000 tenges ($200), respectively" gives two.

The words are in `khronika/resources/penalties.toml`; the kinds are the codebook's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khronika.facts.claims import Penalty
from khronika.text.durations import DurationSpan, days_of, find_durations
from khronika.text.money import MoneySpan, find_money
from khronika.text.numerals import find_numerals
from khronika.text.tables import any_of, table

_T = table("penalties.toml")
_WORDS: dict[str, list[Any]] = _T["words"]
_TERMS: list[dict[str, Any]] = _T["term"]

_OPEN = "[\\s,“”\"‘’'-]{0,3}"
_BEHIND = {
    term["kind"]: re.compile(
        f"(?i:(?:['’]s?\\s|s['’]\\s)?{_OPEN}(?:(?:of|in|under|on|a|an|the|his|her|their)\\s[“\"‘']?){{0,3}}"
        f"(?P<word>{any_of(term['behind'])})(?![\\w])[”\"’']?)"
    )
    for term in _TERMS
}
_LIMIT = f"(?P<limit>{any_of(_WORDS['limits'])})"
_LEAD_WORDS = [
    *_WORDS["limits"],
    *[
        "a",
        "an",
        "the",
        "each",
        "both",
        "total",
        "of",
        "further",
        "additional",
        "another",
        "to",
        "for",
        "term",
        "sentence",
    ],
]
_LEAD = f"(?:{any_of(_LEAD_WORDS)}\\s){{0,4}}"
_BEFORE = {
    term["kind"]: re.compile(f"(?i:(?<![\\w-]){any_of(term['before'])}[”\"’']?\\s(?:of\\s|for\\s)?[“\"‘']?{_LEAD})$")
    for term in _TERMS
}
_ALONE = [(term["kind"], re.compile(f"(?i:(?<![\\w-]){any_of(term['alone'])}(?![\\w-]))")) for term in _TERMS]
_PLACES = next(term["places"] for term in _TERMS if "places" in term)
_IN_PLACE = re.compile(f"(?i:\\s(?:in|at)\\s(?:[\\w’'-]+\\s){{0,3}}?{any_of(_PLACES)}(?![\\w-]))")
_FIXED = [(row, re.compile(f"(?i:(?<![\\w-]){any_of(row['words'])}(?![\\w-]))")) for row in _T["fixed"]]
_NOT_BEFORE = re.compile(
    f"(?i:\\b{any_of(_WORDS['not_before'])}\\s(?:(?:about|around|nearly|almost|over|the|a|more\\sthan)\\s){{0,2}})$"
)
_PRETRIAL = re.compile(f"(?i:(?:\\s[\\w-]+)?[\\s-](?:in\\s|of\\s)?{any_of(_WORDS['pretrial'])}\\b)")
_DAYS_ONLY = frozenset(_WORDS["days_only"])
_LIMIT_BEFORE = re.compile(f"(?i:\\b{_LIMIT}\\s(?:a\\s)?)$")
_SAME = re.compile(r",?\s(?:and\s|or\s)?(?:to\s)?")
_ELLIPSIS = re.compile(r"(?:,\s(?:and\s)?|\s(?:and|or|to)\s)")
_CHAIN = re.compile(r"(?i:(?:,\s|,?\s(?:and|or|to)\s|\s?[-–]\s?))$")
_DAY = re.compile(r"\b[A-Z][a-z]{2,8}\.?\s$")
"""A month before a number makes it a day: "sentenced on May 7 to one year"."""
_RANGE_LEAD = re.compile(r"(?i:\b(?:between|from|ranging\sfrom|ranging\sbetween)\s)$")
_SUSPENDED_FOR = re.compile(r"[^.;]{0,40}\bsuspended\s(?:for|over)\s(?:a\speriod\sof\s)?")
_OF = re.compile(r"(?i:\s(?:(?:of|for|ranging|between|from|up|to|at|least)\s){1,4})")
_BAN = re.compile(f"(?i:\\b{any_of(_WORDS['ban'])}\\s)")
_BAN_NOUN = re.compile(f"(?i:[\\s-]{any_of(_WORDS['ban_noun'])}\\b)")
_BAN_WHAT = re.compile(
    r"[^,.;:()]{2,120}?(?=\s(?:and|was|were|is|are|has|had|have|will|would|that|which|who|while|but|along|by|in\saddition|after|for\s(?:\w+\s)?(?:years?|months?))\b|[,.;:()]|$)"
)
_FINE = re.compile(f"(?i:\\b{any_of(_WORDS['fine'])}\\b)")
_FINE_AFTER = re.compile(r"(?i:[\s-](?:administrative\s)?fines?\b)")
_LASHES = re.compile(f"(?i:\\s(?:\\w+\\s)?{any_of(_WORDS['lashes'])}\\b)")
_FLOGGING = re.compile(f"(?i:\\b{any_of(_WORDS['flogging'])}\\b)")
_CHANGE = re.compile(
    f"(?i:\\b(?P<verb>{any_of(_WORDS['changes'])})\\b[^.;]{{0,60}}?\\bby\\s(?P<part>{any_of(_WORDS['parts'])})?)"
)
_BAN_REACH = 160
"""Most code points from "banned from" to its term."""
_FINE_REACH = 70
"""Most code points between "fined" and the sum: room for two full names ("fined Ivan Ivanov and Pyotr Petrov $100")."""


@dataclass(frozen=True, slots=True)
class PenaltySpan:
    """A penalty and the code points [start, end) of the sentence that state it."""

    start: int
    end: int
    penalty: Penalty


def find_penalties(text: str, country: str | None = None) -> list[PenaltySpan]:
    """The penalties of a sentence in order, none overlapping.

    `country`: ISO 3166-1 alpha-2 of the country the story is about; it settles currencies ("500 pounds").
    """
    durations = find_durations(text)
    found = [*_changes(text, durations), *_bans(text, durations), *_terms(text, durations)]
    found += [*_fixed(text), *_fines(text, country), *_corporal(text)]
    changed = any(span.penalty.detail and _CHANGE.match(text, span.start) for span in found)
    stated = {span.start for span in found}
    alone = [span for span in _alone(text) if not any(_OF.fullmatch(text, span.end, start) for start in stated)]
    alone = [span for span in alone if not (changed and span.penalty.kind == "imprisonment")]
    return _apart([*_apart(found), *alone])


def _apart(found: list[PenaltySpan]) -> list[PenaltySpan]:
    """The spans in order; of overlapping ones the first in the list stays."""
    kept: list[PenaltySpan] = []
    for span in found:
        at = bisect_right(kept, span.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= kept[at].start):
            kept.insert(at, span)
    return kept


def _terms(text: str, durations: list[DurationSpan]) -> list[PenaltySpan]:
    """Terms: "15 days in jail", "a two-year suspended sentence", "jailed for five years", "five and six years"."""
    out: list[PenaltySpan] = []
    following: tuple[int, str] | None = None
    suspended = {a.end for a, b in pairwise(durations) if _SUSPENDED_FOR.fullmatch(text, a.end, b.start)}
    for place, term in reversed([*enumerate(durations)]):
        end, kind = term.end, ""
        if place and durations[place - 1].end in suspended:
            continue  # how long a sentence is suspended for is no term of its own
        if not _NOT_BEFORE.search(text, max(0, term.start - 40), term.start):
            end, kind = _kind_of(text, term)
        if not kind and following and _SAME.fullmatch(text, term.end, following[0]):
            kind = following[1]
        if not kind:
            following = None
            continue
        kind = "suspended" if term.end in suspended else kind
        following = (term.start, kind)
        start = _noun_start(text, term, kind)
        out.append(PenaltySpan(start, end, _term_penalty(text, term, kind, text[term.end : end])))
        out += _elliptic(text, term, kind)
    return out


def _kind_of(text: str, term: DurationSpan) -> tuple[int, str]:
    """Where the words behind the term end, and its kind; "" where nothing says that it is a penalty."""
    if _PRETRIAL.match(text, term.end):
        return term.end, ""
    behind = {kind: hit for kind, p in _BEHIND.items() if (hit := p.match(text, term.end))}
    start = term_start(text, term.start)
    window = max(0, start - 64)
    before = {kind for kind, p in _BEFORE.items() if p.search(text, window, start)}
    for kind in _BEHIND:
        hit = behind.get(kind)
        if (
            hit
            and kind == "imprisonment"
            and hit["word"].lower() in _DAYS_ONLY
            and days_of(term.iso) > _administrative_days()
        ):
            hit = None
        if hit or kind in before:
            longest = max((h.end() for h in behind.values()), default=term.end)
            place = _IN_PLACE.match(text, term.end) if kind == "imprisonment" else None
            return max(longest, place.end() if place else term.end), kind
    if place := _IN_PLACE.match(text, term.end):
        return place.end(), "imprisonment"
    return term.end, ""


def term_start(text: str, start: int) -> int:
    """Where a term at `start` begins with the numbers that share its unit: "between three and five years"."""
    numerals = find_numerals(text)
    for numeral in reversed(numerals[: bisect_left(numerals, start, key=lambda n: n.start)]):
        if numeral.end > start or not _CHAIN.fullmatch(text, numeral.end, start) or _DAY.search(text[: numeral.start]):
            break
        start = numeral.start
    lead = _RANGE_LEAD.search(text, max(0, start - 24), start)
    return lead.start() if lead else start


def _noun_start(text: str, term: DurationSpan, kind: str) -> int:
    """Where the penalty begins: at its noun in "a suspended sentence of two years", else at the term."""
    window = max(0, term.start - 64)
    lead = _BEFORE[kind].search(text, window, term.start)
    noun = next((p for k, p in _ALONE if k == kind), None)
    hit = noun.search(text, lead.start(), term.start) if lead and noun else None
    return hit.start() if hit else term.start


def _administrative_days() -> int:
    """The longest term in days that is an administrative arrest by itself."""
    return int(_WORDS["administrative_days"][0])


def _term_penalty(text: str, term: DurationSpan, kind: str, words: str) -> Penalty:
    """The penalty of a term: in days or weeks up to the administrative limit, jail is administrative arrest."""
    if (
        kind == "imprisonment"
        and not set("YM") & set(term.iso.partition("T")[0])
        and days_of(term.iso) <= _administrative_days()
    ):
        kind = "administrative_arrest"
    limit = _LIMIT_BEFORE.search(text, max(0, term.start - 24), term.start)
    detail = limit["limit"].lower() if limit else _detail(words + text[max(0, term.start - 30) : term.start])
    return Penalty(kind, duration=term.iso, detail=detail)


def _detail(words: str) -> str | None:
    """The detail that the wording gives ("parole-like"), or None."""
    return next((d for d in _WORDS["details"] if d in words.lower()), None)


def _elliptic(text: str, term: DurationSpan, kind: str) -> list[PenaltySpan]:
    """ "seven and eight years in prison": the numbers before the term that share its unit."""
    out: list[PenaltySpan] = []
    unit = re.fullmatch(r"P[0-9]+([YMWD])", term.iso)
    at = term.start
    numerals = find_numerals(text)
    for numeral in reversed(numerals[: bisect_left(numerals, at, key=lambda n: n.start)]):
        if unit is None or numeral.end > at or not _ELLIPSIS.fullmatch(text, numeral.end, at):
            break
        if _DAY.search(text[: numeral.start]):
            break
        if not 0 < numeral.value < 200 or numeral.value % 1:
            break
        shared = DurationSpan(numeral.start, numeral.end, f"P{int(numeral.value)}{unit[1]}")
        out.append(PenaltySpan(numeral.start, numeral.end, _term_penalty(text, shared, kind, "")))
        at = numeral.start
    return out


def _bans(text: str, durations: list[DurationSpan]) -> list[PenaltySpan]:
    """ "a three-year ban on public activity", "banned from journalism for three years"."""
    out = []
    for term in durations:
        if noun := _BAN_NOUN.match(text, term.end):
            what = _BAN_WHAT.match(text, noun.end())
            detail, end = (what[0].strip(), what.end()) if what else (None, noun.end())
            out.append(PenaltySpan(term.start, end, Penalty("activity_ban", duration=term.iso, detail=detail)))
            continue
        verbs = list(_BAN.finditer(text, max(0, term.start - _BAN_REACH), term.start))
        between = text[verbs[-1].end() : term.start] if verbs else ""
        if verbs and re.search(r"\sfor\s(?:a\s(?:period|term)\sof\s)?$", between) and not re.search(r"[.;]", between):
            detail = re.sub(r"\s+for\s(?:a\s(?:period|term)\sof\s)?$", "", between).strip()
            out.append(
                PenaltySpan(verbs[-1].start(), term.end, Penalty("activity_ban", duration=term.iso, detail=detail))
            )
    return out


def _changes(text: str, durations: list[DurationSpan]) -> list[PenaltySpan]:
    """ "his prison term was cut by eight months", "reduced her sentence by half": how much, in the detail."""
    out = []
    for found in _CHANGE.finditer(text):
        term = next((d for d in durations if d.start == found.end()), None)
        if not term and not found["part"]:
            continue
        end = term.end if term else found.end()
        amount = text[found.end() : end] if term else found["part"]
        out.append(
            PenaltySpan(found.start(), end, Penalty("imprisonment", detail=f"{found['verb'].lower()} by {amount}"))
        )
    return out


def _fixed(text: str) -> list[PenaltySpan]:
    """ "life in prison", "sentenced to death"."""
    return [
        PenaltySpan(found.start(), found.end(), Penalty(row["kind"], detail=row["detail"] or None))
        for row, pattern in _FIXED
        for found in pattern.finditer(text)
    ]


def _fines(text: str, country: str | None) -> list[PenaltySpan]:
    """Each sum after "fined" or "a fine of", or before "fine"; and "fined" without a sum."""
    words = list(_FINE.finditer(text))
    if not words:
        return []
    out: list[PenaltySpan] = []
    used: set[int] = set()
    last_end = -1
    ends = [word.end() for word in words]
    for money in find_money(text, country):
        at = bisect_right(ends, money.start)
        word = words[at - 1] if at else None
        after = _FINE_AFTER.match(text, money.end)
        reached = (
            word is not None
            and money.start - word.end() <= _FINE_REACH
            and not re.search(r"[.;]\s", text[word.end() : money.start])
        )
        joined = last_end >= 0 and re.fullmatch(r",?\s(?:and\s|or\s)?(?:\w+\s){0,4}", text[last_end : money.start])
        if not (reached or after or joined):
            continue
        if word is not None and reached:
            used.add(word.start())
        used |= {w.start() for w in words[at : at + 2] if money.end <= w.start() <= money.end + 20} if after else set()
        last_end = money.end
        out.append(PenaltySpan(money.start, money.end, _fine(text, money)))
    out += [PenaltySpan(w.start(), w.end(), Penalty("fine")) for w in words if w.start() not in used]
    return out


def _fine(text: str, money: MoneySpan) -> Penalty:
    """The fine of a sum; the detail is the conversion as written, else the limit before it ("up to")."""
    limit = _LIMIT_BEFORE.search(text, max(0, money.start - 24), money.start)
    return Penalty(
        "fine",
        amount=money.amount,
        currency=money.currency,
        detail=money.detail or (limit["limit"].lower() if limit else None),
    )


def _corporal(text: str) -> list[PenaltySpan]:
    """ "74 lashes", "flogging"."""
    out = []
    for numeral in find_numerals(text):
        if found := _LASHES.match(text, numeral.end):
            out.append(
                PenaltySpan(numeral.start, found.end(), Penalty("corporal", detail=text[numeral.start : found.end()]))
            )
    return out + [
        PenaltySpan(f.start(), f.end(), Penalty("corporal", detail=f[0].lower())) for f in _FLOGGING.finditer(text)
    ]


def _alone(text: str) -> list[PenaltySpan]:
    """Kinds named without a term: "a parole-like sentence", "placed under house arrest", "compulsory treatment"."""
    return [
        PenaltySpan(found.start(), found.end(), Penalty(kind, detail=_detail(found[0])))
        for kind, pattern in _ALONE
        for found in pattern.finditer(text)
    ]

"""A person's events on a line: for each event the day on which it changes custody, also where no source gives one.

A date may be a month, a year or absent. What begins custody counts from the first possible day, what ends it from the
last possible one, and neither later than the report that tells it. An event without a date:

- that ends custody: the day of the report ("He has been freed").
- that begins it, in a story that also tells the end ("He was sentenced to five years … and was released in February
  2021"): before that end, by the stated term or time in custody where there is one, else just before it.
- that begins it, told after an end that is known from elsewhere: that same custody; a new arrest comes with a date, or
  is told as a new one ("was arrested again"): then it is of the day of the report.
- that follows it, a sentence, told after that end and after a new arrest: of the day of the report.
- else: the day of the first report ("the jailed activist", "is serving a four-year term").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khronika.record.days import add
from khronika.record.onfile import Account
from khronika.text import edtf

_RANKS = (
    "charge",
    "detention",
    "internment",
    "disappearance",
    "transfer",
    "ill_treatment",
    "custody_protest",
    "sentence",
    "sentence_change",
    "acquittal",
    "release",
    "movement",
    "death",
)
"""Order of events of one day, as they happen in a case: arrested, sentenced, freed, gone."""

_BEGINNINGS = ("detention", "internment", "disappearance")
_ENDING_SUBTYPES: dict[str, set[str | None]] = {
    "movement": {"deported", "returned", "fled"},
    "acquittal": {"acquitted", "dropped", None},
    "sentence_change": {"pardoned"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the day from which it counts.

    `turn` orders events of one day: 0 belongs to custody that ends that day, 1 is that end, 2 all else. `how`: the day
    is "dated" by a source, "reckoned" back from an end or a report, or that of the first "report", before which the
    event lies. `note` says so to the reader.
    """

    day: date
    account: Account
    turn: int = 2
    how: str = "dated"
    note: str | None = None

    @property
    def order(self) -> tuple[date, int, int, str]:
        """By day, turn, then as a case goes, then by id: the same for any order of input."""
        rank = _RANKS.index(self.account.type) if self.account.type in _RANKS else 0
        return self.day, self.turn, rank, self.account.id


def ends_custody(account: Account) -> bool:
    """Whether the event, by its kind, ends custody."""
    if account.type in ("release", "death"):
        return True
    return account.subtype in _ENDING_SUBTYPES.get(account.type, set())


def place(accounts: Sequence[Account]) -> list[Step]:
    """Every event that can be placed, in order."""
    ordered = sorted(accounts, key=lambda a: a.id)
    steps = [step for a in ordered if (step := _dated(a))]
    ends = [step for step in steps if ends_custody(step.account)]
    told = [_reported(a, a.known) for a in ordered if a.known and _undated(a) and ends_custody(a)]
    ends, steps = ends + told, steps + told
    rest = [a for a in ordered if _undated(a) and not ends_custody(a)]
    steps += [step for a in rest if (step := _before_an_end(a, ends, steps) or _as_of_report(a, ends))]
    return sorted(steps, key=lambda s: s.order)


def span(account: Account) -> tuple[date | None, date | None]:
    """First and last possible day; an event that is reported as happened is not later than its first report."""
    if not account.date:
        return None, None
    first, last = edtf.bounds(account.date)
    known = account.known
    if known and (last is None or last > known) and (first is None or first <= known):
        last = known
    return first, last


def _undated(account: Account) -> bool:
    """Whether no source gives the day from which it counts: none at all, or only until when ("../2018")."""
    first, last = span(account)
    return last is None if ends_custody(account) else first is None


def _dated(account: Account) -> Step | None:
    """The step of an event with a date."""
    first, last = span(account)
    day = last if ends_custody(account) else first
    return Step(day, account) if day else None


def _term(account: Account) -> str | None:
    """The longest thing said about how long it lasted: time in custody, or the court's term."""
    terms = [p.duration for p in account.penalties if p.duration and p.kind != "activity_ban"]
    return account.duration or (terms[0] if terms else None)


def _before_an_end(account: Account, ends: Sequence[Step], others: Sequence[Step]) -> Step | None:
    """The step before the end of that custody; None where no end is known by the time of the report."""
    limit = span(account)[1] or account.known
    if account.anew and account.type in _BEGINNINGS:
        return None
    told = [s for s in ends if s.account.documents & account.documents and (limit is None or _first(s) <= limit)]
    earlier = [s for s in ends if account.known and s.day <= account.known]
    if not told and not earlier:
        return None
    end = min(told, key=lambda s: s.order) if told else max(earlier, key=lambda s: s.order)
    day = _first(end)
    if _is_of_later(account, end, others):
        return None
    term = _term(account)
    if not term:
        return Step(day, account, 0, "reckoned", "begin not reported")
    begin = add(day, term, -1) or day
    floor = [s.day for s in others if s.day < day and (s.account.type in _BEGINNINGS or ends_custody(s.account))]
    return Step(
        max([begin, *floor]), account, 2, "reckoned", f"begin not reported; reckoned back from {day} by the term"
    )


def _is_of_later(account: Account, end: Step, others: Sequence[Step]) -> bool:
    """Whether the event, no arrest, is of custody after that end: where a new arrest lies between the end and the
    report."""
    if account.type in _BEGINNINGS or account.known is None:
        return False
    return any(s.account.type in _BEGINNINGS and end.day < s.day <= account.known for s in others)


def _first(step: Step) -> date:
    """The first possible day of a step."""
    return span(step.account)[0] or step.day


def _as_of_report(account: Account, ends: Sequence[Step]) -> Step | None:
    """The step on the day of the first report, or as much earlier as the story says that it has lasted."""
    day = span(account)[1] or account.known
    if day is None:
        return None
    if account.duration and (begin := add(day, account.duration, -1)):
        last_end = max((s.day for s in ends if s.day <= day), default=begin)
        return Step(max(begin, last_end), account, 2, "reckoned", f"begin reckoned back from the report of {day}")
    return _reported(account, day)


def _reported(account: Account, day: date) -> Step:
    """The step on the day of the report."""
    return Step(day, account, 2, "report", "no day reported; told on this day")

"""A person's events on a line: for each event the day on which it changes custody, also where no source gives one.

A date may be a month, a year or absent. What begins custody counts from the first possible day, what ends it from the
last possible one, and neither later than the report that tells it. An event without a date:

- that ends custody: the day of the report ("He has been freed").
- that begins it, in a story that also tells the end ("He was sentenced to five years … and was released in February
  2021"): before that end, by the stated term or time in custody where there is one, else just before it.
- that begins it, told after an end that is known from elsewhere: that same custody; a new arrest comes with a date.
- else: the day of the first report ("the jailed activist", "is serving a four-year term").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

_ENDING_SUBTYPES: dict[str, set[str | None]] = {
    "movement": {"deported", "returned", "fled"},
    "acquittal": {"acquitted", "dropped", None},
    "sentence_change": {"pardoned"},
}


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the day from which it counts. `first`: it comes before the other events of its day. `note`: how
    the day was found, where no source gives it. `at_latest`: the day is the report's, the event lies before it."""

    day: date
    account: Account
    first: bool = False
    note: str | None = None
    at_latest: bool = False

    @property
    def order(self) -> tuple[date, bool, int, str]:
        """By day, then as a case goes, then by id: the same for any order of input."""
        rank = _RANKS.index(self.account.type) if self.account.type in _RANKS else 0
        return self.day, not self.first, rank, self.account.id


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
    ends += [Step(a.known, a, note="day of the report") for a in ordered if _undated(a) and ends_custody(a) and a.known]
    steps += [step for step in ends if step not in steps]
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


def _before_an_end(account: Account, ends: Sequence[Step], others: Iterable[Step]) -> Step | None:
    """The step before the end of that custody; None where no end is known by the time of the report."""
    limit = span(account)[1] or account.known
    told = [s for s in ends if s.account.documents & account.documents and (limit is None or _first(s) <= limit)]
    earlier = [s for s in ends if account.known and s.day <= account.known]
    if not told and not earlier:
        return None
    end = min(told, key=lambda s: s.order) if told else max(earlier, key=lambda s: s.order)
    day = _first(end)
    term = _term(account)
    if not term:
        return Step(day, account, note="begin not reported")
    begin = add(day, term, -1) or day
    before = [s.day for s in others if s.day <= day and s is not end]
    return Step(max([begin, *before]), account, note=f"begin not reported; reckoned back from {day} by the term")


def _first(step: Step) -> date:
    """The first possible day of a step."""
    return span(step.account)[0] or step.day


def _as_of_report(account: Account, ends: Sequence[Step]) -> Step | None:
    """The step on the day of the first report, or as much earlier as the story says that it has lasted."""
    day = span(account)[1] or account.known
    if day is None:
        return None
    note = "begin not reported; first told on this day"
    if account.duration and (begin := add(day, account.duration, -1)):
        last_end = max((s.day for s in ends if s.day <= day), default=begin)
        return Step(max(begin, last_end), account, note=f"begin reckoned back from the report of {day}")
    return Step(day, account, note=note, at_latest=True)

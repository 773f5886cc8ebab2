"""What a record answers about everyone in it."""

from __future__ import annotations

import datetime as dt
from typing import Unpack

from khronika.errors import UsageError
from khronika.record import held as standing
from khronika.record import setup
from khronika.record.case import day_of
from khronika.record.changes import Changed, changes
from khronika.record.contents import Contents
from khronika.record.contradictions import RANKS, Contradiction, contradictions
from khronika.record.held import Narrowed, Standing
from khronika.record.relatives import Relatives, relatives

Day = str | dt.date
"""A day as a caller gives it: a `date`, or "2021-06-23"."""


class Questions(Contents):
    """The questions of a record. Days are `date` or "2021-06-23"; `known`: as the record could know on that day (None:
    with all that it knows); raises UsageError for a day that is none and for a blank name."""

    def held(self, on: Day | None = None, known: Day | None = None, **narrowed: Unpack[Narrowed]) -> list[Standing]:
        """Who is held on the day `on` (None: today), by name.

        `narrowed`: to a `place`, a `charge`, a `court`, a `list`; see `Narrowed`. Those whom only a rival account holds
        are among them, with `account` "rival".
        """
        return self._standings(standing.HELD, on, known, narrowed)

    def unknown(self, on: Day | None = None, known: Day | None = None, **narrowed: Unpack[Narrowed]) -> list[Standing]:
        """Of whom it is not known whether they are held on the day, though the record tells of custody, longest first:
        a term ran out without a reported release, contact was lost, a conviction was overturned. See `held`."""
        return self._standings(standing.UNKNOWN, on, known, narrowed)

    def overdue(self, on: Day | None = None, known: Day | None = None, **narrowed: Unpack[Narrowed]) -> list[Standing]:
        """Of those `unknown`, who should be out by the arithmetic of the term and of whom no release is reported."""
        return self._standings(standing.OVERDUE, on, known, narrowed)

    def number_overdue(self, on: Day, known: Day | None = None) -> int:
        """How many are `overdue` on the day, in all."""
        question = standing.Question(
            what=standing.OVERDUE, on=day_of(on), known=day_of(known) if known is not None else None
        )
        with setup.guarded(self.database):
            return standing.number(self.alias, question)

    def contradictions(
        self, person: str | None = None, kind: str | None = None, worst: int | None = None
    ) -> list[Contradiction]:
        """Where accounts contradict each other, and what cannot be as told, the worst first (the rule is in
        `record/contradictions.py`). `person`: only about that one, as for `case`; `kind`: one of its `RANKS`; `worst`:
        no more than so many. Raises UsageError for a kind that there is not, and what `person` raises."""
        if kind is not None and kind not in RANKS:
            raise UsageError(f"{kind!r} is no kind of contradiction; there are {', '.join(RANKS)}")
        if worst is not None and worst < 1:
            raise UsageError(f"worst: {worst} is not a number of contradictions")
        who = self.person(person).id if person is not None else None
        with setup.guarded(self.database):
            return contradictions(self.alias, who, kind, worst)

    def relatives(self, person: str) -> Relatives:
        """The ties of the person called `person` and who speaks for that person, each with the sentence that says so.
        Names and errors as for `case`."""
        who = self.person(person)
        with setup.guarded(self.database):
            return relatives(self.alias, who)

    def changes(self, since: Day, until: Day | None = None) -> Changed:
        """What changed after the day `since` up to `until` (None: the last day on which anything became known): new
        people and events, changed custody, corrections, new contradictions. Days are those on which stories became
        known, not those on which they were read. Raises UsageError where `until` is before `since`."""
        first, last = day_of(since), day_of(until) if until is not None else None
        if last is not None and last < first:
            raise UsageError(f"until {last} is before since {first}")
        with setup.guarded(self.database):
            return changes(self.alias, first, last)

    def _standings(self, what: str, on: Day | None, known: Day | None, narrowed: Narrowed) -> list[Standing]:
        """The answer to one of the three."""
        for name, typed in narrowed.items():
            if isinstance(typed, str) and not typed.strip():
                raise UsageError(f"{name} is blank: name one, or leave it out")
        day = day_of(on) if on is not None else dt.datetime.now().astimezone().date()
        question = standing.Question(what=what, on=day, known=day_of(known) if known is not None else None, **narrowed)
        with setup.guarded(self.database):
            return standing.standings(self.alias, question)

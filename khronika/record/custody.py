"""A person's events → custody states, day by day. The only place where that is decided.

Rules (states and kinds are the codebook's):

- Only what is said to have happened counts. A demanded, planned, possible or denied release changes nothing.
- `detention` opens `detained`; a sentence to prison `imprisoned`, to administrative arrest `detained`, to house arrest
  `house_arrest`, to limited freedom or a suspended term `restricted`; a fine opens nothing. A sentence in absentia, or
  of one who has fled, opens nothing.
- A term is counted from the day custody began where that is reported, else from the sentence. "15 days" from 22 June
  is expected to end on 7 July; "reduced by half" makes that 29 June. After that day, without a reported release, the
  state is `unknown` and says since when a release is overdue; it is never `free` by arithmetic.
- Parole that a court grants is not yet a release; parole revoked, of one who is out, is prison again.
- What is only done to people in custody (solitary cell, prison clinic, torture, a hunger strike) shows that a person
  whose state is unknown is held.
- Re-arrest after release opens a new episode. Death ends all.
- Dates that cannot both be true, and a denial beside a report, give rival intervals: marked, beside those of the
  account with most origins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from khronika.facts.codebook import codebook
from khronika.facts.events import Interval
from khronika.record import days
from khronika.record.onfile import Account, EventOnFile, account
from khronika.record.steps import Step, ends_custody, place, span

HELD = codebook().held
_FIRM = frozenset({"imprisoned", "interned", "psychiatric", "dead"})
"""States that a report of an arrest does not change."""

_UNSURE = frozenset({"unknown", "missing"})
_RIVALS = 12
"""Most rival accounts that are followed for one person."""


@dataclass(frozen=True, slots=True)
class _Now:
    """The state from one day on. `since`: where its term is counted from; `until`: first day after the term, by
    arithmetic; `before`: the state that an overdue release leaves open; `away`: fled abroad."""

    state: str
    because: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: str | None = None
    known: date | None = None
    origins: int = 1
    before: str | None = None
    away: bool = False


_NOTHING = _Now("unknown")


def intervals(events: Sequence[EventOnFile], known: date | None = None) -> tuple[Interval, ...]:
    """A person's custody, in order of days; rival accounts last.

    Parameters: `events` all events that were done to the person (and hunger strikes that the person made); `known` the
    day as of whose knowledge to answer, None: with all that is known.
    The intervals that are not `rival` do not overlap; days in none of them are `unknown`.
    """
    told = [a for event in events if (a := account(event, known))]
    main = _fold(place(told))
    seen = {_key(i) for i in main}
    rivals = []
    for changed, origins in _other_accounts(told)[:_RIVALS]:
        for interval in _fold(place(changed)):
            if _key(interval) not in seen:
                seen.add(_key(interval))
                rivals.append(replace(interval, rival=True, origins=origins))
    rivals.sort(key=lambda i: (-i.origins, i.start or "", i.end or "9999", i.state))
    return (*main, *rivals)


def status(intervals: Sequence[Interval], on: date) -> Interval:
    """The state on the day: the interval that holds it, or one of state `unknown` without bounds."""
    day = on.isoformat()
    for one in intervals:
        if not one.rival and (one.start or "") <= day and (one.end is None or day < one.end):
            return one
    return Interval(start=None, end=None, state="unknown", held=None, because=())


def is_held(state: str) -> bool | None:
    """Whether the state counts as custody; None where that is not known."""
    return None if state in _UNSURE else state in HELD


def _key(interval: Interval) -> tuple[str | None, str | None, str]:
    """What makes an interval of a rival account different from one of the main account."""
    return interval.start, interval.end, interval.state


def _other_accounts(told: Sequence[Account]) -> list[tuple[list[Account], int]]:
    """The file as rival accounts tell it, one point changed in each, with the origins of that rival."""
    others = []
    for one in sorted(told, key=lambda a: a.id):
        rest = [a for a in told if a.id != one.id]
        others += [([*rest, replace(one, date=value)], origins) for value, origins in one.rival_dates]
        if one.denied:
            others.append((rest, one.denied))
    return sorted(others, key=lambda pair: -pair[1])


# --- from steps to intervals


def _fold(steps: Sequence[Step]) -> list[Interval]:
    """The states one after the other, as intervals."""
    cuts: list[tuple[date, _Now]] = []
    for step in sorted((_settled(s, steps) for s in steps), key=lambda s: s.order):
        _take(step, cuts)
    _expire(cuts, None)
    return _intervals(cuts)


def _settled(step: Step, steps: Sequence[Step]) -> Step:
    """An end of custody that is told only by month or year, where a new custody began in that time: it came before.

    "After her release from jail in 2015 she was sent to a camp": the camp, in 2015 too, does not end with that release.
    """
    first, last = span(step.account)
    if not ends_custody(step.account) or step.account.type == "death" or not first or not last or first == last:
        return step
    cuts: list[tuple[date, _Now]] = []
    for other in steps:
        if other.day < first and other.account.id != step.account.id:
            _take(other, cuts)
    _expire(cuts, first)
    if not cuts or cuts[-1][1].state not in HELD:
        return step
    again = [s.day for s in steps if s.account.type in ("detention", "internment") and first <= s.day <= last]
    return replace(step, day=min(again), turn=1) if again else step


def _take(step: Step, cuts: list[tuple[date, _Now]]) -> None:
    """Applies a step: a new cut where it changes the state."""
    rule = _RULES.get(step.account.type)
    if rule is None:
        return
    _expire(cuts, step.day)
    now = cuts[-1][1] if cuts else _NOTHING
    if now.state != "dead" and (after := rule(now, step)) is not None:
        cuts.append((step.day, after))


def _expire(cuts: list[tuple[date, _Now]], day: date | None) -> None:
    """Cuts where a term has run out before `day` (None: ever) and nothing was reported since."""
    if not cuts:
        return
    now = cuts[-1][1]
    if now.until and (day is None or day > now.until):
        what = "no release reported: overdue since then" if now.state in HELD else "nothing reported since"
        note = f"expected to end on {now.until}; {what}"
        after = replace(now, state="unknown", since=None, until=None, note=note, before=now.state)
        cuts.append((max(now.until, cuts[-1][0]), after))


def _intervals(cuts: Sequence[tuple[date, _Now]]) -> list[Interval]:
    """Cuts as intervals."""
    out = []
    lasting = [*dict(cuts).items()]  # of several cuts on one day the last holds
    for i, (day, now) in enumerate(lasting):
        end, after = lasting[i + 1] if i + 1 < len(lasting) else (None, None)
        overdue = bool(after and after.before)
        closed = after.because[0] if after and after.because and not overdue else None
        because = dict.fromkeys((*now.because, *([closed] if closed else [])))
        out.append(
            Interval(
                start=day.isoformat(),
                end=end.isoformat() if end else None,
                state=now.state,
                held=is_held(now.state),
                because=tuple(because),
                known=now.known.isoformat() if now.known else None,
                expected=overdue,
                origins=now.origins,
                closed_by=closed if closed not in now.because else None,
                note=now.note,
            )
        )
    return out


# --- one rule for each kind: the state after the step, or None where it changes nothing

Rule = Callable[[_Now, Step], _Now | None]


def _to(state: str, step: Step, *more: str, note: str | None = None, since: date | None = None) -> _Now:
    """The state from this step on; `more` are ids of earlier events that it also rests on."""
    told = step.account
    begin = since or (step.day if step.how == "dated" else None)
    note = "; ".join(filter(None, [note, step.note])) or None
    return _Now(state, tuple(dict.fromkeys((told.id, *more))), begin, None, note, told.known, told.origins)


def _detained(now: _Now, step: Step) -> _Now | None:
    """Held, unless already in firmer custody; a second arrest renews an open-ended one."""
    if now.state in _FIRM or (now.state == "detained" and (now.until or step.how != "dated")):
        return None
    return replace(_to("detained", step), until=_stated_end(step))


def _stated_end(step: Step) -> date | None:
    """When custody ended as stated with its begin: "was held for three days", "2021-02-28/2021-03-05"."""
    told = step.account
    if step.how != "dated":
        return None
    if told.duration and (end := days.until(step.day, told.duration)) and told.known and end <= told.known:
        return end
    first, last = span(told)
    if told.date and "/" in told.date and not told.date.endswith("..") and first and last:
        return days.until(last, "P1D")
    return None


def _interned(now: _Now, step: Step) -> _Now | None:
    return None if now.state == "interned" else replace(_to("interned", step), until=_stated_end(step))


def _missing(now: _Now, step: Step) -> _Now | None:
    return None if now.state == "missing" else _to("missing", step)


_PENALTY_STATES = (
    ("death", "imprisoned"),
    ("imprisonment", "imprisoned"),
    ("compulsory_treatment", "psychiatric"),
    ("administrative_arrest", "detained"),
    ("house_arrest", "house_arrest"),
    ("suspended", "restricted"),
    ("freedom_limitation", "restricted"),
)
"""The state that a penalty brings, heaviest first."""


def _sentenced(now: _Now, step: Step) -> _Now | None:
    """Prison, arrest, limits; fines and bans change nothing, nor does a sentence in absentia."""
    state, term = _penalty(step.account)
    if state is None or now.away or "in absentia" in step.account.words:
        return None
    if now.state == "imprisoned" and state != "imprisoned":
        return None
    held = now.state in HELD and state in HELD
    since = now.since if held else None
    after = _to(state, step, *(now.because if held else ()), since=since)
    begin = after.since or step.day
    until = days.until(begin, term) if term and step.how != "reckoned" else None
    if now.state == state == "imprisoned" and now.until:
        until = max(now.until, until or now.until)
    if until and until <= step.day:
        until = days.until(step.day, term or "P1D")
    note = f"term counted from {begin}, expected to end on {until}" if until else None
    return replace(after, until=until, note="; ".join(filter(None, [after.note, note])) or None)


def _penalty(told: Account) -> tuple[str | None, str | None]:
    """The state that the heaviest penalty brings, and its term (ISO 8601)."""
    by_kind = {p.kind: p.duration for p in told.penalties}
    if "suspended" in by_kind and by_kind.get("imprisonment") in (None, by_kind["suspended"]):
        by_kind.pop("imprisonment", None)
    return next(((state, by_kind[kind]) for kind, state in _PENALTY_STATES if kind in by_kind), (None, None))


def _changed(now: _Now, step: Step) -> _Now | None:
    """What a change of the sentence does to custody."""
    subtype = step.account.subtype
    if subtype in ("reduced", "raised"):
        return _new_term(now, step)
    if subtype == "pardoned":
        return _freed(now, step)
    if subtype == "parole_revoked":
        kept = now.state in HELD and now.until
        after = _to(now.state if now.state in HELD else "imprisoned", step, *(now.because if kept else ()))
        return replace(after, since=now.since, until=now.until) if kept else after
    if now.state not in HELD:
        return None
    if subtype == "paroled":
        note = f"parole granted on {step.day}; no release reported"
        return replace(now, because=(step.account.id, *now.because), note=note, known=step.account.known)
    if subtype == "suspended":
        return _to("restricted", step)
    return _to("unknown", step, note="conviction overturned; no release reported") if subtype == "overturned" else None


def _new_term(now: _Now, step: Step) -> _Now | None:
    """The term made shorter or longer: a new term, or taken off ("cut by eight months"), or "by half"."""
    if now.state not in HELD or not now.until:
        return None
    told, begin = step.account, now.since or step.day
    penalty = next((p for p in told.penalties if p.duration), None)
    until: date | None = None
    if penalty and penalty.duration and "by" in (penalty.detail or "").split():
        until = days.add(now.until, penalty.duration, 1 if told.subtype == "raised" else -1)
    elif penalty and penalty.duration:
        until = days.until(begin, penalty.duration)
    elif told.subtype == "reduced" and "half" in told.words.split():
        until = begin + (now.until - begin) // 2
    note = f"term {told.subtype}, expected to end on {until}" if until else f"term {told.subtype}; new end not stated"
    ids = tuple(dict.fromkeys((told.id, *now.because)))
    return replace(now, because=ids, until=max(until or now.until, step.day), note=note, known=told.known)


def _freed(now: _Now, step: Step) -> _Now | None:
    return None if now.state == "free" else _to("free", step)


def _acquitted(now: _Now, step: Step) -> _Now | None:
    """Free, where held or restricted for it; a case refused, or dropped against one never held, says nothing."""
    ends = ends_custody(step.account) and (now.state in HELD or now.state == "restricted")
    return _to("free", step) if ends else None


def _moved(now: _Now, step: Step) -> _Now | None:
    """Moved within custody; to house arrest or a clinic it is another state, and so it is back from there."""
    to = {"house_arrest": "house_arrest", "psychiatric": "psychiatric"}.get(step.account.subtype or "")
    if step.account.subtype == "prison" and now.state in ("house_arrest", "psychiatric"):
        to = "imprisoned"
    if to and to != now.state:
        return replace(_to(to, step), until=now.until, since=now.since or step.day)
    return None if to or now.state in HELD else _to(now.before or "imprisoned", step)


def _departed(now: _Now, step: Step) -> _Now | None:
    """Out of reach of those who held him: free elsewhere. Extradition hands over in custody."""
    if step.account.subtype == "extradited":
        return None if now.state in HELD else _to("detained", step)
    if not ends_custody(step.account):
        return None
    fled = step.account.subtype == "fled"
    return replace(_to("free", step), away=fled) if now.state != "free" or fled else None


def _in_custody(now: _Now, step: Step) -> _Now | None:
    """A sign that someone whose state is unknown is held."""
    return _to(now.before or "detained", step) if now.state == "unknown" else None


def _ill_treated(now: _Now, step: Step) -> _Now | None:
    """Beatings happen in the street too; torture, denial of care, forced labor and sterilization in custody."""
    signs = ("torture", "medical_neglect", "forced_labor", "sterilization")
    return _in_custody(now, step) if step.account.subtype in signs else None


_RULES: dict[str, Rule] = {
    "detention": _detained,
    "internment": _interned,
    "disappearance": _missing,
    "sentence": _sentenced,
    "sentence_change": _changed,
    "acquittal": _acquitted,
    "transfer": _moved,
    "release": _freed,
    "movement": _departed,
    "custody_protest": _in_custody,
    "ill_treatment": _ill_treated,
    "death": lambda now, step: _to("dead", step),
}
"""Kinds that change nothing (charge, trial, conviction, appeal) are absent."""

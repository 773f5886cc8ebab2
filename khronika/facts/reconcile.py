"""From an event's claims to its fields and its conflicts: one place, used for the whole record and "as known on day K".

Nothing is averaged away: where claims give rival values, the event shows the value with the most independent origins
and carries all of them, each with its claims, as a conflict. A less precise date, place or charge is no rival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from khronika.facts.claims import Claim, Count, Penalty, Status
from khronika.facts.events import Conflict
from khronika.text.edtf import contains, overlaps
from khronika.text.fold import fold

_VAGUE = frozenset({"unspecified", "other"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What the claims of one event say together. `place`: most specific name first. `origins`: independent sources."""

    type: str
    status: Status
    origins: int
    subtype: str | None = None
    date: str | None = None
    place: tuple[str, ...] = ()
    count: Count | None = None
    penalties: tuple[Penalty, ...] = ()
    charge: str | None = None
    conflicts: tuple[Conflict, ...] = ()


def reconcile(
    claims: Sequence[Claim], origins: Mapping[str, str] | None = None, told: Mapping[str, str] | None = None
) -> Reconciled:
    """The event's fields from its claims; independent of their order.

    Parameters: `claims`, at least one, all of one type; `origins`: claim id → the origin that it counts for (copies and
    relays share one); None or a missing id: the claim's document. `told`: claim id → the day (EDTF) on which its origin
    told it in its own words; a copy or retelling has none.
    Rules: a field's values come from the claims that have the event's status, where they give any (a plan's date does
    not rival the real one); of an origin that gives rival values in turn the last counts: a correction takes the place
    of the error, whoever still copies it. They are ranked by number of independent origins, unhedged before hedged,
    then precision.
    Raises ValueError without claims.
    """
    if not claims:
        raise ValueError("an event has at least one claim")
    ordered = sorted(claims, key=lambda c: c.id)
    status, doubt = _status(ordered)
    all_ = _Told(ordered, origins or {}, told or {}, status)
    date, dates = _pick(all_, "date", _DATE)
    place, places = _pick(all_, "place", _PLACE)
    subtype, subtypes = _pick(all_, "subtype", _SUBTYPE)
    count, counts = _pick(all_, "count", _COUNT)
    charge, charges = _pick(all_, "charge", _CHARGE)
    penalties, terms = _penalties(all_)
    found = (doubt, dates, places, subtypes, counts, charges, *terms)
    return Reconciled(
        type=ordered[0].type,
        status=status,
        origins=len({all_.origin(c) for c in ordered}),
        subtype=subtype,
        date=date,
        place=place or (),
        count=count,
        penalties=penalties,
        charge=charge,
        conflicts=tuple(c for c in found if c),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims in order with their origins, the days of those in their origins' own words, and the event's status."""

    claims: Sequence[Claim]
    origins: Mapping[str, str]
    days: Mapping[str, str]
    status: Status

    def giving(self, name: str) -> list[Claim]:
        """The claims that give the field: those of the event's status, else all that do."""
        giving = [c for c in self.claims if getattr(c, name) not in (None, ())]
        return [c for c in giving if c.status is self.status] or giving

    def lasting(self, name: str, rivals: Callable[[Any, Any], bool]) -> list[Claim]:
        """The claims that give the field, without the values that their origin has since put right."""
        giving = self.giving(name)
        last: dict[str, tuple[str, list[Claim]]] = {}
        for claim in giving:
            day, origin = self.days.get(claim.id), self.origin(claim)
            if day and day >= (known := last.get(origin, ("", []))[0]):
                last[origin] = (day, [*(last[origin][1] if day == known else []), claim])
        now = {origin: [getattr(c, name) for c in told] for origin, (_, told) in last.items()}
        return [c for c in giving if _stands(getattr(c, name), now.get(self.origin(c), ()), rivals)]

    def origin(self, claim: Claim) -> str:
        """The origin that the claim counts for."""
        return self.origins.get(claim.id, claim.document)

    def weight(self, claims: Sequence[Claim]) -> tuple[int, bool]:
        """How much stands behind a value: independent origins, then whether anyone says it without a hedge."""
        return len({self.origin(c) for c in claims}), any(not c.hedged for c in claims)


def _stands(value: Any, now: Sequence[Any], rivals: Callable[[Any, Any], bool]) -> bool:  # noqa: ANN401
    """Whether the origin that gave the value has not given rivals of it, and only those, since."""
    return not now or any(not rivals(value, other) for other in now)


@dataclass(frozen=True, slots=True)
class _Field:
    """How two values of a field compare: `wider(a, b)`: a only says less than b; `rivals(a, b)`: both cannot be."""

    wider: Callable[[Any, Any], bool]
    rivals: Callable[[Any, Any], bool]


def _status(claims: Sequence[Claim]) -> tuple[Status, Conflict | None]:
    """Happened outranks the rest but a denial stands beside it; planned, possible, demanded yield to what happened."""
    by: dict[Status, list[Claim]] = defaultdict(list)
    for claim in claims:
        by[claim.status].append(claim)
    order = (Status.HAPPENED, Status.DENIED, Status.PLANNED, Status.POSSIBLE, Status.DEMANDED)
    status = next(s for s in order if by[s])
    if status is Status.HAPPENED and by[Status.DENIED]:
        return status, _conflict("status", [(str(s), by[s]) for s in order[:2]])
    return status, None


def _conflict(name: str, values: Sequence[tuple[Any, Sequence[Claim]]]) -> Conflict:
    """The rival values with the claims' ids."""
    return Conflict(name, tuple((value, tuple(c.id for c in claims)) for value, claims in values))


def _pick(told: _Told, name: str, field: _Field) -> tuple[Any, Conflict | None]:  # the field's own type
    """The field's best value and its conflict, if any. A value that only says less than another is no value of its own,
    so that "June" hides no quarrel between the 22nd and the 25th."""
    by: dict[Any, list[Claim]] = defaultdict(list)
    for claim in told.lasting(name, field.rivals):
        by[getattr(claim, name)].append(claim)
    closest = [v for v in by if not any(field.wider(v, other) for other in by)]
    if not closest:
        return None, None
    weights = {v: _down(told.weight(_backing(v, by, field.rivals))) for v in closest}
    best, *rest = sorted(closest, key=lambda v: (*weights[v], -len(repr(v)), repr(v)))
    against = [v for v in rest if field.rivals(best, v)]
    if not against:
        return best, None
    backing = [c for c in _backing(best, by, field.rivals) if not any(c in by[v] for v in against)]
    return best, _conflict(name, [(best, backing), *((v, by[v]) for v in against)])


def _backing(value: Any, by: Mapping[Any, Sequence[Claim]], rivals: Callable[[Any, Any], bool]) -> list[Claim]:  # noqa: ANN401
    """The claims that give the value or one that does not rival it."""
    return [c for other, claims in by.items() if not rivals(value, other) for c in claims]


def _down(weight: tuple[int, bool]) -> tuple[int, bool]:
    """Sort key with the heaviest first."""
    return -weight[0], not weight[1]


def _wider_date(a: str, b: str) -> bool:
    """Whether date `a` covers `b` and more."""
    return contains(a, b) and not contains(b, a)


def _date_rivals(a: str, b: str) -> bool:
    """Dates without a common day."""
    return not overlaps(a, b)


def _wider_place(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether place `a` is one that `b` lies in, or `b` with fewer of its larger places."""
    x, y = [fold(p) for p in a], [fold(p) for p in b]
    return x[0] in y[1:] or (x[0] == y[0] and len(x) < len(y))


def _place_rivals(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Places of which neither's most specific name occurs in the other's chain."""
    x, y = [fold(p) for p in a], [fold(p) for p in b]
    return x[0] not in y and y[0] not in x


def _vaguer(a: str, b: str) -> bool:
    """Whether subtype `a` is no more than "unspecified" or "other" beside `b`."""
    return a in _VAGUE and b not in _VAGUE


def _other_subtype(a: str, b: str) -> bool:
    """Different subtypes, unless one is vague."""
    return a != b and a not in _VAGUE and b not in _VAGUE


def _looser_count(a: Count, b: Count) -> bool:
    """Whether every number that `b` may mean is one that `a` may mean, and more: "at least 5" beside "7"."""
    (a0, a1), (b0, b1) = _range(a), _range(b)
    return a0 <= b0 and b1 <= a1 and (a0, a1) != (b0, b1)


def _count_rivals(a: Count, b: Count) -> bool:
    """Counts whose ranges do not meet; an approximate one is given a tenth."""
    (a0, a1), (b0, b1) = _range(a), _range(b)
    return a1 < b0 or b1 < a0


def _range(count: Count) -> tuple[float, float]:
    """Least and most people that the count may mean."""
    slack = 0.1 if count.approx else 0.0
    low = (count.min or 0) * (1 - slack)
    return low, float("inf") if count.max is None else count.max * (1 + slack)


def _charge_words(text: str) -> set[str]:
    """The words of a charge that tell it from another."""
    return {word for word in fold(text).split() if len(word) > 3}


def _shorter_charge(a: str, b: str) -> bool:
    """Whether charge `a` says only part of `b`."""
    return _charge_words(a) < _charge_words(b)


def _other_charge(a: str, b: str) -> bool:
    """Charges without a longer word in common."""
    x, y = _charge_words(a), _charge_words(b)
    return bool(x and y) and not x & y


_DATE = _Field(_wider_date, _date_rivals)
_PLACE = _Field(_wider_place, _place_rivals)
_SUBTYPE = _Field(_vaguer, _other_subtype)
_COUNT = _Field(_looser_count, _count_rivals)
_CHARGE = _Field(_shorter_charge, _other_charge)


def _penalties(told: _Told) -> tuple[tuple[Penalty, ...], list[Conflict]]:
    """Penalties kind by kind: a sentence may hold several kinds; of one kind, rival terms or sums conflict."""
    by: dict[str, dict[Penalty, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in told.lasting("penalties", _other_terms):
        for penalty in claim.penalties:
            by[penalty.kind][penalty].append(claim)
    chosen: list[Penalty] = []
    conflicts: list[Conflict] = []
    for _, given in sorted(by.items()):
        ranked = sorted(given, key=lambda p: (*_down(told.weight(_backing(p, given, _term_rivals))), _open(p), repr(p)))
        best = ranked[0]
        chosen.append(best)
        if against := [p for p in ranked[1:] if _term_rivals(best, p)]:
            values = [(best, [c for p in ranked if not _term_rivals(best, p) for c in given[p]])]
            conflicts.append(_conflict("penalties", [*values, *((p, given[p]) for p in against)]))
    return tuple(chosen), conflicts


def _other_terms(a: Sequence[Penalty], b: Sequence[Penalty]) -> bool:
    """Whether both give a term or sum of one kind, and another."""
    return any(x.kind == y.kind and _term_rivals(x, y) for x in a for y in b)


def _open(penalty: Penalty) -> int:
    """How much a penalty leaves unsaid."""
    return (penalty.duration is None) + (penalty.amount is None) + (penalty.detail is None)


def _term_rivals(a: Penalty, b: Penalty) -> bool:
    """Two terms, or two sums of one currency, that differ; one that is not stated rivals nothing."""
    terms = bool(a.duration and b.duration) and a.duration != b.duration
    sums = a.amount is not None and b.amount is not None and a.currency == b.currency and a.amount != b.amount
    return terms or sums

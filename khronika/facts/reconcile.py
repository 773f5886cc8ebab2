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
from khronika.text.edtf import contains, narrower, overlaps
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


def reconcile(claims: Sequence[Claim], origins: Mapping[str, str] | None = None) -> Reconciled:
    """The event's fields from its claims; independent of their order.

    Parameters: `claims`, at least one, all of one type; `origins`: claim id → the origin that it counts for (copies and
    relays share one); None or a missing id: the claim's document.
    Rules: a field's values come from the claims that have the event's status, where they give any (a plan's date does
    not rival the real one); they are ranked by number of independent origins, unhedged before hedged, then precision.
    Raises ValueError without claims.
    """
    if not claims:
        raise ValueError("an event has at least one claim")
    told = _Told(sorted(claims, key=lambda c: c.id), origins or {})
    status, doubt = _status(told.claims)
    told = _Told(told.claims, told.origins, status)
    date, dates = _pick(told, "date", _date_rivals)
    place, places = _pick(told, "place", _place_rivals)
    subtype, subtypes = _pick(told, "subtype", _rivals_unless_vague)
    count, counts = _pick(told, "count", _count_rivals)
    charge, charges = _pick(told, "charge", _text_rivals)
    penalties, terms = _penalties(told)
    found = (doubt, dates, places, subtypes, counts, charges, *terms)
    return Reconciled(
        type=told.claims[0].type,
        status=status,
        origins=len({told.origin(c) for c in told.claims}),
        subtype=subtype,
        date=_narrowest(date, told),
        place=place or (),
        count=count,
        penalties=penalties,
        charge=charge,
        conflicts=tuple(c for c in found if c),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The claims in order with their origins."""

    claims: Sequence[Claim]
    origins: Mapping[str, str]
    status: Status = Status.HAPPENED

    def giving(self, name: str) -> list[Claim]:
        """The claims that give the field: those of the event's status, else all that do."""
        giving = [c for c in self.claims if getattr(c, name) not in (None, ())]
        return [c for c in giving if c.status is self.status] or giving

    def origin(self, claim: Claim) -> str:
        """The origin that the claim counts for."""
        return self.origins.get(claim.id, claim.document)

    def weight(self, claims: Sequence[Claim]) -> tuple[int, bool]:
        """How much stands behind a value: independent origins, then whether anyone says it without a hedge."""
        return len({self.origin(c) for c in claims}), any(not c.hedged for c in claims)


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


def _pick(
    told: _Told, name: str, rivals: Callable[[Any, Any], bool]
) -> tuple[Any, Conflict | None]:  # the field's own type
    """The field's best value, most precise of those that agree with the best backed one, and its conflict if any."""
    by: dict[Any, list[Claim]] = defaultdict(list)
    for claim in told.giving(name):
        by[getattr(claim, name)].append(claim)
    if not by:
        return None, None
    ranked = sorted(by, key=lambda v: (*_down(told.weight(_backing(v, by, rivals))), _breadth(name, v), repr(v)))
    best = ranked[0]
    against = [v for v in ranked[1:] if rivals(best, v)]
    if not against:
        return best, None
    values = [(best, [c for v in ranked if not rivals(best, v) for c in by[v]])]
    values += [(v, by[v]) for v in against]
    return best, _conflict(name, values)


def _backing(value: Any, by: Mapping[Any, Sequence[Claim]], rivals: Callable[[Any, Any], bool]) -> list[Claim]:  # noqa: ANN401
    """The claims that give the value or one that does not rival it."""
    return [c for other, claims in by.items() if not rivals(value, other) for c in claims]


def _down(weight: tuple[int, bool]) -> tuple[int, bool]:
    """Sort key with the heaviest first."""
    return -weight[0], not weight[1]


def _breadth(name: str, value: Any) -> int:  # noqa: ANN401
    """How imprecise a value is, for ranking those equally backed."""
    if name == "date":
        from_, slash, to = str(value).partition("/")
        return 20 if slash and ".." in (from_, to) else 12 if slash else 10 - len(value)
    if name == "place":
        return -len(value)
    if name == "count":
        return int(value.min is None) + int(value.max is None) + int(value.approx)
    if name == "subtype":
        return int(value in _VAGUE)
    return -len(value)


def _date_rivals(a: str, b: str) -> bool:
    """Dates without a common day."""
    return not overlaps(a, b)


def _narrowest(best: str | None, told: _Told) -> str | None:
    """The narrowest date that lies within the best one."""
    for claim in told.giving("date"):
        if best and claim.date and contains(best, claim.date):
            best = narrower(best, claim.date)
    return best


def _place_rivals(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Places of which neither's most specific name occurs in the other's chain."""
    x, y = [fold(p) for p in a], [fold(p) for p in b]
    return x[0] not in y and y[0] not in x


def _rivals_unless_vague(a: str, b: str) -> bool:
    """Different subtypes, unless one is no more than "unspecified" or "other"."""
    return a != b and a not in _VAGUE and b not in _VAGUE


def _count_rivals(a: Count, b: Count) -> bool:
    """Counts whose ranges do not meet; an approximate one is given a tenth."""
    (a0, a1), (b0, b1) = _range(a), _range(b)
    return a1 < b0 or b1 < a0


def _range(count: Count) -> tuple[float, float]:
    """Least and most people that the count may mean."""
    slack = 0.1 if count.approx else 0.0
    low = (count.min or 0) * (1 - slack)
    return low, float("inf") if count.max is None else count.max * (1 + slack)


def _text_rivals(a: str, b: str) -> bool:
    """Charges without a longer word in common."""
    x, y = ({w for w in fold(t).split() if len(w) > 3} for t in (a, b))
    return bool(x and y) and not x & y


def _penalties(told: _Told) -> tuple[tuple[Penalty, ...], list[Conflict]]:
    """Penalties kind by kind: a sentence may hold several kinds; of one kind, rival terms or sums conflict."""
    by: dict[str, dict[Penalty, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in told.giving("penalties"):
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


def _open(penalty: Penalty) -> int:
    """How much a penalty leaves unsaid."""
    return (penalty.duration is None) + (penalty.amount is None) + (penalty.detail is None)


def _term_rivals(a: Penalty, b: Penalty) -> bool:
    """Two terms, or two sums of one currency, that differ; one that is not stated rivals nothing."""
    terms = bool(a.duration and b.duration) and a.duration != b.duration
    sums = a.amount is not None and b.amount is not None and a.currency == b.currency and a.amount != b.amount
    return terms or sums

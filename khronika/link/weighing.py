"""Whether two groups of claims tell of one happening: the fields compared, and the reasons to say no.

Both sides of a comparison are happenings, so that one rule serves a claim, a document and the whole record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from khronika.facts.claims import Count, Status
from khronika.facts.placing import opposed
from khronika.link.happenings import Happening
from khronika.link.kinds import kinds, places_agree
from khronika.text.edtf import bounds, days_apart, is_day, overlaps

ENOUGH = 2.0
"""Evidence from which a claim joins a happening: the same named person alone is enough (3), an exact day with a place
(2 + 1.5), a place with the same described group (1.5 + 1.5), in one document a place and nothing against it (1.5 + 1).
The weights are judgements, checked on annotated stories half of which were only scored: pairwise F1 0.82 there."""

DECIDED = 99.0
"""Evidence of two that people put together: more than all else."""

SLACK = 1
"""Days by which reports of one dated happening differ: "on Tuesday" said of a night, or of the day it became known."""

RIVAL = 10
"""Days by which two documents' dates of one person's event may differ where it is one that does not come twice so soon
(`seldom`), or its term or charge is the same: rival accounts of one event, shown as a conflict, not two events."""

STALE = 30
"""Days between two first reports from which undated public acts are taken for two."""

NEWS = 180
"""Days after which what happened is not told as news any more: an arrest that leads a story, without a day, is not
that of a year ago."""

SOON = 90
"""Days within which what was announced without a day is what then happened."""

MONTH = 31
"""Days within which dates that agree tie a report about several to one about some of them."""


def is_decided(a: Happening, b: Happening) -> bool | None:
    """Whether people said that both are one happening, or (False) that they are not; None: nobody said anything."""
    if opposed(a.sides, b.sides):
        return False
    return True if not a.one.isdisjoint(b.one) and a.type == b.type else None


def evidence(a: Happening, b: Happening) -> float | None:
    """How much speaks for both being one happening, or None where something speaks against it.

    `a` is the one told more precisely; both of one kind, unless people put them together.
    """
    if (decided := is_decided(a, b)) is not None:
        return DECIDED if decided else None
    total = 0.0
    for part in _PARTS:
        said = part(a, b)
        if said is None:
            return None
        total += said
    return total if _anchored(a, b) else None


def reasons(a: Happening, b: Happening) -> str:
    """What spoke for joining two happenings, in words: "who +3.3, when +2"."""
    told = ((part.__name__.strip("_"), part(a, b)) for part in _PARTS)
    return ", ".join(f"{name} {value:+g}" for name, value in told if value)


def _anchored(a: Happening, b: Happening) -> bool:
    """Whether more than the kind ties the two: a person, a public act, a place, a day, a group or an actor."""
    return bool(
        a.who & b.who
        or b.is_public()
        or b.denied
        or any(places_agree(x, y) > 0 for x in b.places for y in a.places)
        or any(is_day(day) for day in a.dates & b.dates)
        or a.group & b.group
        or a.actors & b.actors
        or _same_penalty_here(a, b)
    )


def days_before(a: Happening, b: Happening) -> int:
    """How long before the report of `b`, which may have no day, `a` was: days; 0 where nothing is known of it."""
    told = bounds(b.published)[0] if b.published and not any(map(is_day, b.dates)) else None
    ends = [bounds(day)[1] for day in a.dates] or ([bounds(a.published)[0]] if a.published else [])
    gaps = [abs((told - end).days) for end in ends if end and told]
    return min(gaps, default=0)


def out_of_turn(a: Happening, b: Happening) -> bool:
    """Whether `b`, undated, is told among events of other times than `a`: what is told in passing is told in order."""
    if b.dates or not b.within or not a.dates:
        return False
    fresh = b.published and any(abs(_days_after(b.published, day)) <= MONTH for day in a.dates)
    return not fresh and not any(overlaps(day, b.within) for day in a.dates)


def distance(a: Happening, b: Happening) -> int:
    """Code points between the nearest claims of both in one document; large where they share none."""
    shared = a.orders.keys() & b.orders.keys()
    return min((abs(x - y) for d in shared for x in a.orders[d] for y in b.orders[d]), default=10**9)


def alike(a: Happening, b: Happening) -> bool:
    """Whether one document may tell both by themselves: of a person's two arrests, one with a day and one without, all
    documents together decide which is which."""
    if not (a.who and b.who) or b.is_public():
        return True
    return bool(a.dates) == bool(b.dates) and bool(a.group) == bool(b.group)


def _near(a: Happening, b: Happening) -> bool:
    """Whether one document tells of both."""
    return not a.orders.keys().isdisjoint(b.orders)


def _who(a: Happening, b: Happening) -> float | None:
    """Named people must be shared; a group's penalty is not one member's (rule 18)."""
    if a.who and b.who:
        return _shared_who(a, b)
    if not a.who and not b.who:
        return 0.5 if b.denied else 0.0
    if b.denied and not b.who:
        return 0.5
    if b.is_public():
        return 0.0
    if _same_penalty_here(a, b):
        return 1.0
    if _one_crowd(a, b):
        return 0.5
    named = any(who.startswith("p") for who in a.who | b.who)
    return None if named or not a.dates & b.dates else 0.0


def _shared_who(a: Happening, b: Happening) -> float | None:
    """Both name someone: how much the same."""
    shared = a.who & b.who
    if b.is_public():
        return 1.0 if shared else -0.5
    if not shared:
        return 0.5 if _one_crowd(a, b) else None
    if a.who == b.who:
        return 3.3
    if b.type in kinds().each_their_own or (_brings_others(a, b) and not _one_crowd(a, b)):
        return None
    return 3.0


def _one_crowd(a: Happening, b: Happening) -> bool:
    """Whether both may tell of one crowd, of which each names some or none: "eleven miners, among them Pavel Novak" and
    "about ten miners were detained". Of one day or reported at one time, of one description and a number that fits."""
    if not (a.is_crowd() and b.is_crowd()) or b.type in kinds().each_their_own or not _counts_meet(a, b):
        return False
    if (a.group or b.group) and not a.group & b.group:
        return False
    if a.dates and b.dates:
        return any(overlaps(x, y) and max(_width(x), _width(y)) <= MONTH for x in a.dates for y in b.dates)
    return _near(a, b) or _reported_with(a, b) or _reported_with(b, a)


def _reported_with(a: Happening, b: Happening, within: int = STALE) -> bool:
    """Whether `b`, undated, was reported within some days of `a`."""
    if b.dates or not b.published:
        return False
    days = [day for day in a.dates if _width(day) <= MONTH] if a.dates else [a.published] if a.published else []
    return any(days_apart(b.published, day) <= within for day in days)


def _brings_others(a: Happening, b: Happening) -> bool:
    """Whether one would add people to a happening told elsewhere, with no common day or month to show that it is one:
    "Marta Ruiz and Pavel Novak remain in prison" does not make Novak part of Ruiz's arrest."""
    if a.who >= b.who or _near(a, b) or a.dates & b.dates:
        return False
    if _reported_with(a, b, RIVAL) or _reported_with(b, a, RIVAL):
        return False
    return not any(overlaps(x, y) and max(_width(x), _width(y)) <= MONTH for x in a.dates for y in b.dates)


def _same_penalty_here(a: Happening, b: Happening) -> bool:
    """Whether one document gives one person without a name and one with a name the same stated penalty: "Court jails
    protester for 15 days" above "Klaus Weber was sentenced to 15 days"."""
    mine = {(p.kind, p.duration, p.amount) for p in b.penalties if p.duration or p.amount}
    if not mine or not _near(a, b):
        return False
    theirs = {(p.kind, p.duration, p.amount) for p in a.penalties}
    several = any((count.min or 0) > 1 for count in a.counts | b.counts)
    return not several and len(a.who | b.who) == 1 and bool(mine & theirs)


def _when(a: Happening, b: Happening) -> float | None:
    """Dates must be able to agree; nothing that happened is told before its day, nor after what followed it."""
    if a.anew != b.anew and b.type in kinds().episodes and not a.dates & b.dates:
        return None
    if not a.dates or not b.dates:
        early = max(_days_early(a, b), _days_early(b, a))
        if _too_late(a, b) or _too_late(b, a) or (early and not _is_rival(a, b, early)):
            return None
        if b.type not in kinds().lasting and (_is_stale(a, b) or _is_stale(b, a)):
            return None
        return None if _only_planned(a, b) else _undated(a, b)
    if any(map(is_day, a.dates & b.dates)):
        return 2.0
    if _is_of_old(a, b) or _is_of_old(b, a):
        return None
    apart = max(days_apart(x, y) for x in a.dates for y in b.dates)
    if apart > SLACK and _is_rival(a, b, apart):
        return -0.5
    if apart > SLACK or (apart and not a.who & b.who):
        return None
    return 1.0 if apart == 0 else 0.5


def _is_rival(a: Happening, b: Happening, apart: int) -> bool:
    """Whether another document may tell of the same person's event on another day: nobody dies twice; a conviction or
    release does not come twice within days; nor the same term or fine, or the same charge."""
    if a.who != b.who or _near(a, b):
        return False
    if b.type in kinds().once:
        return True
    if apart > RIVAL or (_terms(a) ^ _terms(b) and not _terms(a) & _terms(b)):
        return False
    if b.type in kinds().seldom:
        return a.subtypes == b.subtypes or not (a.subtypes and b.subtypes)
    return bool(_terms(a) & _terms(b)) or (b.type == "charge" and _same_charge(a, b))


def _terms(one: Happening) -> set[tuple[str, str | float]]:
    """Kind and measure of its penalties, where stated."""
    stated = ((p.kind, p.duration or p.amount) for p in one.penalties)
    return {(kind, measure) for kind, measure in stated if measure}


def _same_charge(a: Happening, b: Happening) -> bool:
    """Whether both tell of one charge in nearly the same words."""
    return any(2 * len(x & y) >= len(x) + len(y) - 1 for x in b.charges for y in a.charges)


def _only_planned(a: Happening, b: Happening) -> bool:
    """Whether a plan without a date meets something that happened, and nothing says that it is the same: it is where a
    trial of the same people is told of within months of its announcement."""
    if {Status.PLANNED} not in (a.statuses, b.statuses) or Status.HAPPENED not in a.statuses | b.statuses:
        return False
    plan, real = (a, b) if a.statuses == {Status.PLANNED} else (b, a)
    if not plan.who & real.who or b.is_public() or not plan.published or (real.dates and plan.dates):
        return True
    if plan.dates:
        return not real.published or all(_days_after(real.published, day) < -SLACK for day in plan.dates)
    told = [*real.dates] or ([real.published] if real.published else [])
    return not any(0 <= -_days_after(plan.published, day) <= SOON for day in told)


def _undated(a: Happening, b: Happening) -> float:
    """A claim without a date about unnamed people says little about another document's dated happening, and two public
    acts without a date nothing about each other unless they were reported about the same time."""
    if b.is_public() and b.type not in kinds().lasting and not a.dates & b.dates and _long_between(a, b):
        return -1.5
    if not a.dates | b.dates or a.who & b.who or b.type in kinds().lasting:
        return 0.0
    return 0.0 if _near(a, b) else -1.0


def _long_between(a: Happening, b: Happening) -> bool:
    """Whether the first reports of both are weeks apart."""
    if _near(a, b) or not a.published or not b.published:
        return False
    return days_apart(a.published, b.published) > STALE


def _days_early(a: Happening, b: Happening) -> int:
    """By how many days `b`, undated, was published before the first possible day of `a`; 0 where it was not."""
    if b.dates or not b.published or b.statuses == {Status.PLANNED}:
        return 0
    told = b.published
    return min((days_apart(told, day) if _first(day) > _first(told) else 0 for day in a.dates), default=0)


def _is_of_old(a: Happening, b: Happening) -> bool:
    """Whether `b`, told with a year or so alone, was told before `a` was, or just when it was: of the days before a
    story nobody says "in 2016"."""
    if not b.published or not b.dates or any(_width(day) <= MONTH for day in b.dates) or not any(map(is_day, a.dates)):
        return False
    return all(_days_after(b.published, day) <= MONTH for day in a.dates)


def _is_stale(a: Happening, b: Happening) -> bool:
    """Whether `b`, undated, is told as news so long after `a` that it is not news of that."""
    if b.dates or not b.news or _terms(a) & _terms(b) or (a.group & b.group and a.counts & b.counts):
        return False
    told = [day for day in a.dates if bounds(day)[1]] or ([a.news] if a.news and not a.dates else [])
    return bool(told) and min(_days_after(b.news, day) for day in told) > NEWS


def _days_after(told: str, day: str) -> int:
    """Days from the last day of the one to the other; below zero where that was before."""
    first, last = bounds(told)[0], bounds(day)[1]
    return (first - last).days if first and last else 0


def _too_late(a: Happening, b: Happening) -> bool:
    """Whether `a` lies after what came after `b`: "released on 29 June after being detained" is no arrest of July."""
    until = bounds(b.before)[1] if b.before and not b.dates else None
    return bool(until) and any(_first(day) > (until or date.max) for day in a.dates)


def _width(value: str) -> int:
    """Days that the value covers, many where a side is open."""
    earliest, latest = bounds(value)
    return (latest - earliest).days + 1 if earliest and latest else 99_999


def _first(value: str) -> date:
    """The first day of an EDTF value."""
    return bounds(value)[0] or date.min


def _where(a: Happening, b: Happening) -> float | None:
    """Places must be one or lie in each other, for named people less strictly: a court's town is not the arrest's."""
    if not a.places or not b.places:
        return 0.5 if not b.who and _near(a, b) else 0.0
    fits = [places_agree(x, y) for x in b.places for y in a.places]
    gathering = b.is_gathering()
    if min(fits) < 0.0:
        return -0.7 if a.who & b.who and not gathering else None
    if (gathering or not b.who) and max(fits) < 1.0 and _whole_country(a, b):
        return None if gathering or b.dates else 0.5
    exact = max(fits) == 1.0 and any(len(chain) > 2 for chain in b.places)
    return 2.0 if exact else 1.5 * max(fits)


def _whole_country(a: Happening, b: Happening) -> bool:
    """Whether one side names only the country that the other side's town is in: on a given day, a country's protests or
    arrests are not one town's (codebook rule 21)."""
    return any((len(x) == 1) != (len(y) == 1) for x in a.places for y in b.places)


def _group(a: Happening, b: Happening) -> float | None:
    """Described groups: a shared telling word is evidence, with the same number it is enough ("2 million farmers");
    different ones say no where nobody is named."""
    if a.group and b.group:
        if a.group & b.group:
            return 2.0 if a.counts & b.counts else 1.5
        if a.who & b.who and not b.is_public():
            return 0.0 if a.dates & b.dates or _counts_meet(a, b) else None
        if _one_day_and_place(a, b) and _counts_meet(a, b):
            return -0.5
        return -1.0 if b.is_public() else None
    generic = a.described or b.described or b.is_gathering()
    return 0.5 if generic and not b.who else 0.0


def _one_day_and_place(a: Happening, b: Happening) -> bool:
    """Whether the day and the most specific place are the same: then groups are described in other words ("worshipers",
    "residents")."""
    day = any(map(is_day, a.dates & b.dates))
    return day and any(places_agree(x, y) == 1.0 for x in a.places for y in b.places)


def _counts_meet(a: Happening, b: Happening) -> bool:
    """Whether the numbers may be of one group: "his mother" is not "at least two activists", but "about ten" may be the
    thirteen of another report."""
    spans = [[_span(count) for count in side.counts] for side in (a, b)]
    return all(x[0] <= y[1] and y[0] <= x[1] for x in spans[0] for y in spans[1])


def _span(count: Count) -> tuple[float, float]:
    """The least and the most that are meant; a half to spare on either side of a number that is given as about so."""
    spare = 1.5 if count.approx else 1.0
    return (count.min or 0) / spare, (count.max or 10**9) * spare


def _subtype(a: Happening, b: Happening) -> float | None:
    """Subtypes that are different acts say no; closer descriptions that differ weigh a little."""
    if not a.subtypes or not b.subtypes:
        return 0.0
    if a.subtypes & b.subtypes:
        return 0.5
    return None if b.type in kinds().subtype_tells else -0.3


def _penalties(a: Happening, b: Happening) -> float | None:
    """Equal penalties are evidence; other terms of one kind say no unless the day is the same (then they
    conflict); unnamed people who got another kind of penalty are other people."""
    if not a.penalties or not b.penalties:
        return 0.0
    mine = {(p.kind, p.duration, p.amount) for p in b.penalties if p.duration or p.amount}
    theirs = {(p.kind, p.duration, p.amount) for p in a.penalties if p.duration or p.amount}
    if mine & theirs:
        return 1.0
    kinds_a, kinds_b = {p.kind for p in a.penalties}, {p.kind for p in b.penalties}
    if not b.who and not kinds_a & kinds_b:
        return None
    if a.who == b.who and not _near(a, b) and (_reported_with(a, b, RIVAL) or _reported_with(b, a, RIVAL)):
        return -0.5
    heavy_a, heavy_b = kinds_a & kinds().main_penalties, kinds_b & kinds().main_penalties
    if heavy_a and heavy_b and not heavy_a & heavy_b and mine and theirs and not a.dates & b.dates:
        return None
    differ = {kind for kind, *_ in mine} & {kind for kind, *_ in theirs}
    return None if differ and not a.dates & b.dates else 0.0


def _details(a: Happening, b: Happening) -> float:
    """Small evidence: a shared charge, shared actors, the same document. That one document tells both says nothing of
    one person's two arrests that were not one by that document alone."""
    told_here = _near(a, b) and (a.orders.keys() == b.orders.keys() or not a.who & b.who)
    return 0.5 * _same_charge(a, b) + 0.7 * bool(a.actors & b.actors) + 1.0 * told_here


_PARTS: tuple[Callable[[Happening, Happening], float | None], ...] = (
    _who, _when, _where, _group, _subtype, _penalties, _details,
)  # fmt: skip

"""What claims of one happening lend each other inside a story: the day, the place.

"Gunmen attack mosque" in the headline, "on Thursday in Kano" below: the headline's day and place are those.
"""

from __future__ import annotations

from collections import defaultdict

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.naming import PERSONAL
from khronika.text import edtf

COLLECTIVE = frozenset({"protest", "dispersal", "detention", "communication_interference", "attack"})
"""Kinds that a story of one day tells in many undated sentences."""
CROWD = frozenset({"protest", "dispersal", "attack", "communication_interference", "detention"})
"""Kinds that a story tells of one crowd in one place over several sentences."""
NEAR = 2
"""Sentences that still tell of the same verdict."""
LASTING = frozenset({"internment", "sanction"})
"""Kinds that a story tells of one land over many sentences."""
VERDICT = {"conviction": "verdict", "sentence": "verdict", "trial": "verdict"}
"""Kinds that befall a person in one court."""
SINGULAR = frozenset({"trial", "death", "search"})
"""Kinds of which a story mostly tells one, whoever it befell."""
STANDING = frozenset({"in-custody"})
"""Frames of a state, by their names."""
STATES = frozenset({"internment", "ill_treatment", "movement", "threat", "figure", "declaration", "call", "listing"})
"""Kinds of which a story tells many, at many times."""
REGIONAL = frozenset({"internment"})
"""Kinds that a story tells of one region of a land."""
ONE_MATTER = 92
"""Days within which what befell one person is taken to be one matter, in one place."""
OPENING = 4
"""Sentences from the top in which a story of one day names its day."""


def lend_dates(drafts: list[Draft]) -> None:
    """Give an undated claim the one date that the story gives the same happening."""
    groups: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for d in drafts:
        if d.status is Status.HAPPENED and (d.people or d.type in {"protest", "dispersal"}):
            key = d.people if d.people else ("", *(d.place or d.fallback)[:1])
            groups[d.type, key].append(d)
    for (kind, _), group in groups.items():
        dates = _narrowest([d.date for d in group if d.date and ".." not in d.date])
        for d in group:
            if d.date is None and len(dates) == 1 and not _lasts(d) and (kind != "protest" or d.title):
                d.date = dates[0]
    _date_of_the_day(drafts)
    _date_of_the_verdict(drafts)
    _date_of_its_kind(drafts)
    by_sentence: dict[tuple[int, tuple[str, ...]], list[Draft]] = defaultdict(list)
    for d in drafts:
        if d.names and d.status is Status.HAPPENED and d.type in {"conviction", "sentence"}:
            by_sentence[d.order, d.names].append(d)
    for pair in by_sentence.values():
        dates = _narrowest([d.date for d in pair if d.date])
        for d in pair:
            if d.date is None and len(dates) == 1:
                d.date = dates[0]


def lend_places(drafts: list[Draft]) -> None:
    """Give a claim without a place, or with a land only, the one that the story gives the same happening; what is told
    of a land goes on there until another is named; else where the story plays."""
    alike: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    tried: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for d in drafts:
        if d.people:
            alike[d.type, d.people].append(d)
            tried[VERDICT.get(d.type, d.type), d.people].append(d)
    for group in [*alike.values(), *tried.values()]:
        _lend_place(group)
    _narrow_titles(drafts)
    _carry_place(drafts)
    _place_of_its_kind(drafts)
    told = [d for d in drafts if d.place and d.firm and d.status is Status.HAPPENED and d.type not in LASTING]
    lands: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for d in told:
        lands[d.order].append(d.land)
    for d in drafts:
        told_near = next((lands[d.order - i] for i in range(1, NEAR + 1) if d.order - i in lands), [])
        near = d.land if d.land in told_near or not told_near else told_near[-1]
        if d.astray and near == d.land:
            d.fallback = ()
        if d.prison and _in_custody(d, drafts) and (not d.place or d.place[-1:] == d.prison[-1:]):
            d.place = d.prison
        elif not d.place:
            lent = _place_of(d, drafts) or _land_of(d, drafts)
            d.place = lent or (d.fallback if near == d.land or not d.fallback else near)
        elif len(d.place) == 1 and not d.firm and d.fallback[-1:] == d.place and d.status is Status.HAPPENED:
            d.place = d.fallback


def _narrow_titles(drafts: list[Draft]) -> None:
    """A headline names the region, the story the town in it: "Gunmen raid mosque in Borno", "… in Konduga, Borno"."""
    for d in drafts:
        if d.title and d.place:
            inside = [o.place for o in drafts if o.type == d.type and o.firm and _holds(d.place, o.place)]
            d.place = inside[0] if inside else d.place


def _holds(region: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether the chain of `place` names the region that `region` is, with or without its rank ("Borno State")."""
    return any(name == region[0] or name.startswith(f"{region[0]} ") for name in place[1:-1])


def _place_of_its_kind(drafts: list[Draft]) -> None:
    """The one place that the story gives to attacks, deaths or crowds is theirs; people of whom fresh news is told are
    where the story plays in all that is told of them without a day."""
    for d in drafts:
        if d.place or not d.fallback or d.background:
            continue
        same = {o.place for o in drafts if o.type == d.type and o.firm and o.place and _may_be_one(d, o)}
        if len(same) == 1 and d.type in CROWD | SINGULAR and not d.people:
            d.place = next(iter(same))
        elif len(d.fallback) == 1 and d.date is None and d.people and d.type in PERSONAL | {"threat"}:
            fresh = [o for o in drafts if set(o.people) & set(d.people) and not o.place and len(o.fallback) > 1]
            d.fallback = fresh[0].fallback if fresh else d.fallback


def _in_custody(d: Draft, drafts: list[Draft]) -> bool:
    """Whether what a draft tells befell someone who the story says is held."""
    held = {p for o in drafts if o.type in {"detention", "sentence", "transfer", "custody_protest"} for p in o.people}
    return bool(held & set(d.people)) or (d.type == "custody_protest" and not d.people and not _plural(d))


def _carry_place(drafts: list[Draft]) -> None:
    """What is told of a land, or of one crowd, goes on where it was until another place is named."""
    for kind in REGIONAL:
        _regional([d for d in drafts if d.type == kind])
    last: dict[str, Draft] = {}
    for d in drafts:
        matter = "crowd" if d.type in CROWD else d.type
        before = last.get(matter)
        if before is not None and _goes_on(before, d):
            inside = not d.firm and before.place[-1:] == d.place[-1:]
            d.place = before.place if not d.place or inside else d.place
        if d.place and (d.firm or d.type in LASTING):
            last[matter] = d


def _regional(drafts: list[Draft]) -> None:
    """Camps of a region are told of as the land's too: the one region named is theirs, wherever it is named."""
    regions = {d.place for d in drafts if d.firm and len(d.place) > 1}
    if len({p[0].split()[0] for p in regions}) == 1:
        region = min(regions, key=lambda p: (len(p[0]), p))
        for d in drafts:
            if not d.place or (len(d.place) == 1 and d.place[-1] == region[-1]):
                d.place = region


def _goes_on(before: Draft, d: Draft) -> bool:
    """Whether `d` tells more of what the placed draft `before` told of."""
    if d.type in LASTING:
        return True
    near = d.type in CROWD and d.order - before.order <= NEAR and not d.people and not d.background
    return near and _may_be_one(d, before)


def _land_of(d: Draft, drafts: list[Draft]) -> tuple[str, ...]:
    """The land where everything else happened to the same people."""
    own = [o for o in drafts if d.people and o.people == d.people and o.type in PERSONAL]
    lands = {o.place[-1:] for o in own if o.place and o.status is not Status.DEMANDED}
    if len(lands) != 1 or d.fallback[-1:] in lands:
        return ()
    return next(iter(lands)) if d.type in PERSONAL and d.fallback else ()


def _place_of(d: Draft, drafts: list[Draft]) -> tuple[str, ...]:
    """The one place where all that the story places happened to the same people, save what is told of another time."""
    own = [o for o in drafts if o.place and o.people and o.people == d.people and o.type in PERSONAL]
    if len({o.place for o in own}) != 1 or d.type not in PERSONAL | {"threat"}:
        return ()
    days = [edtf.days_apart(d.date, o.date) for o in own if d.date and o.date]
    return own[0].place if not days or min(days) <= ONE_MATTER else ()


def _lend_place(group: list[Draft]) -> None:
    """Claims of one happening share the one place that they name, and a land gives way to a place in it."""
    for d in group:
        near = [o for o in group if o.firm and o.place and _may_be_one(d, o)]
        places = {o.place for o in near}
        if len(places) == 1 and not d.firm:
            place = next(iter(places))
            if not d.place or d.place[-1] == place[-1]:
                d.place = place


def _may_be_one(a: Draft, b: Draft) -> bool:
    """Whether nothing in the dates keeps two claims from being one happening."""
    return not (a.date and b.date) or edtf.overlaps(a.date, b.date)


def _date_of_the_day(drafts: list[Draft]) -> None:
    """A story of one day: what crowds and police did in it, undated, happened on the day that its opening gives.

    "Marches were held on May 1 and police detained 40 marchers. … Some were seized on the way there."
    """
    opening = [d for d in drafts if d.type in COLLECTIVE and d.status is Status.HAPPENED and d.order <= OPENING]
    days = _narrowest([d.date for d in opening if d.date and len(d.date) == 10])
    if len(days) != 1:
        return
    for d in drafts:
        fresh = d.status is Status.HAPPENED and d.type in COLLECTIVE and not d.people
        if fresh and d.date is None and not d.background:
            d.date = days[0]


def _date_of_the_verdict(drafts: list[Draft]) -> None:
    """Convictions and penalties told beside each other came in one verdict: the undated ones near a dated one."""
    verdicts = [d for d in drafts if d.type in {"conviction", "sentence"} and d.status is Status.HAPPENED]
    for d in verdicts:
        near = [o for o in verdicts if o.date and abs(o.order - d.order) <= NEAR]
        before = [o for o in near if o.order <= d.order]
        days = _narrowest([o.date for o in near if o.date])
        if d.date is None and near and not d.background:
            d.date = days[0] if len(days) == 1 else before[-1].date if before else None


def _date_of_its_kind(drafts: list[Draft]) -> None:
    """An event told without a day: the one day that the story gives its kind, of the same people, or of crowds.

    "Gunmen attacked a mosque" in the headline, "on Thursday" below.
    """
    for d in drafts:
        fresh = d.date is None and d.status is Status.HAPPENED and not d.background
        if not fresh or d.type in STATES or _lasts(d):
            continue
        same = [o for o in drafts if o.type == d.type and o.status is Status.HAPPENED and not o.background]
        alone = len({p for o in same for p in o.people}) == 1 and not _plural(d)
        if d.people or alone or d.type in CROWD or d.type in SINGULAR:
            here = [o for o in same if o.land == d.land]
            shared = [o.date for o in here if o.date and set(o.people) & set(d.people)]
            days = _narrowest(shared or [o.date for o in here if o.date and (alone or _of_same_people(d, o))])
            if len(days) == 1 and len(days[0]) == 10:
                d.date = days[0]
            elif d.title and len(days) > 1:
                d.date = next((day for day in days if len(day) == 10), None)


def _lasts(d: Draft) -> bool:
    """Whether a draft tells of a state that goes on ("is still in jail", "held for two years"): not of one day."""
    return d.frame.shape == "state" or d.frame.id in STANDING or d.duration is not None


def _plural(d: Draft) -> bool:
    """Whether a draft tells of several unnamed people."""
    return any(w.kind == "people" and not w.single and not w.names for w in [*d.targets, *d.actors])


def _of_same_people(d: Draft, o: Draft) -> bool:
    """Whether a dated draft can be the undated one's happening, by those whom it befell."""
    if not d.people:
        return True
    return bool(set(o.people) & set(d.people)) or (not o.people and d.type not in PERSONAL)


def _narrowest(dates: list[str]) -> list[str]:
    """The distinct dates, a wide one that holds a narrow one left out."""
    out: list[str] = []
    for value in dict.fromkeys(dates):
        if any(edtf.overlaps(value, o) for o in out):
            out = [edtf.narrower(value, o) if edtf.overlaps(value, o) else o for o in out]
        else:
            out.append(value)
    return list(dict.fromkeys(out))

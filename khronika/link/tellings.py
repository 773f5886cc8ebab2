"""What one document tells: its claims, those of one happening put together.

A pure function of the document, its claims and the names in them: stories that arrive later never change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.anew import is_anew
from khronika.facts.claims import Claim, Status
from khronika.facts.placing import Placing
from khronika.link.happenings import Happening, status_group
from khronika.link.keys import number
from khronika.link.kinds import charge_words, group_words, kinds, place_chain
from khronika.link.weighing import ENOUGH, MONTH, alike, distance, evidence, is_decided
from khronika.text.edtf import bounds, validate
from khronika.text.fold import fold

LONG = 9
"""Spaces in a sentence from which the same words mean one thing in any story; "He was freed on Monday." does not."""

_RANKS = {Status.HAPPENED: 0, Status.DEMANDED: 0, Status.POSSIBLE: 0, Status.PLANNED: 1, Status.DENIED: 2}


@dataclass(frozen=True, slots=True)
class Story:
    """What linking needs to know of a document: its id, its first known day, and the document whose text it repeats
    (itself where it is no copy)."""

    id: str
    published: str | None
    original: str


def tell(
    story: Story,
    claims: Iterable[Claim],
    names: Mapping[tuple[str, str], str],
    decided: Placing[str] | None = None,
) -> list[Happening]:
    """The happenings that the document tells of, the most precise first; independent of the claims' order.

    Parameters: `claims` of this document; `names` (document, written name) → person or organization id;
    `decided`: which claims tell of one event by people's decisions, and which do not.
    """
    ordered = sorted({c.id: c for c in claims}.values(), key=lambda c: (c.start, c.end, c.id))
    befores = _befores(ordered)
    lead = _lead(ordered)
    withins = _withins(ordered, story.published)
    said: Counter[tuple[object, ...]] = Counter()
    single = []
    for claim in ordered:
        words = _said(claim, story.original)
        said[words] += 1
        same = number("said", (*map(str, words), str(said[words])))
        one = _happening(story, claim, names, same, befores.get(claim.id))
        if claim.id == lead and not one.dates and story.published:
            one.news = story.published
            one.rank = (one.rank[0], 1000, story.published, *one.rank[3:])
        one.within = withins.get(claim.id)
        single.append(one)
    if decided:
        for one in single:
            marks = decided.marks(one.claims[0])
            one.one, one.sides = {*marks.one}, {*marks.sides}
    return gather(sorted(single, key=lambda h: h.rank))


def together(ordered: Sequence[Happening]) -> tuple[list[Happening], list[tuple[str, str, Happening]]]:
    """The happenings, those that people put together as one, at the place of the first; and what became part of what:
    the id of the first, a claim of it, and the other."""
    found: list[Happening] = []
    parts: list[tuple[str, str, Happening]] = []
    for one in ordered:
        known = next((other for other in found if is_decided(other, one)), None) if one.one else None
        if known is None:
            found.append(one)
        else:
            parts.append((known.id, min(known.claims), one))
            known.take(one)
    return found, parts


def _placed(a: Happening, b: Happening) -> bool:
    """Whether people put one of the two to others, and said something of the other: what is held apart must not meet by
    way of a third that one document puts to it."""
    return bool((a.one or b.one) and (a.one or a.sides) and (b.one or b.sides))


def gather(ordered: Sequence[Happening]) -> list[Happening]:
    """The happenings of one document, the most precise first, each put to the one that most speaks for, if that is
    enough; of equals to the one told nearest."""
    found: list[Happening] = []
    for one in together(ordered)[0]:
        fits = []
        for at, other in enumerate(found):
            if other.kind != one.kind or _placed(other, one) or not alike(other, one):
                continue
            if (weight := evidence(other, one)) is not None and weight >= ENOUGH:
                fits.append((-round(weight, 3), distance(other, one), at))
        if fits:
            found[min(fits)[2]].take(one)
        else:
            found.append(one)
    return found


def _happening(
    story: Story,
    claim: Claim,
    names: Mapping[tuple[str, str], str],
    said: int,
    before: str | None,
) -> Happening:
    """What the claim says, as a happening of its own."""
    targets = _ids(claim.document, claim.targets, names)
    actors = _ids(claim.document, claim.actors, names)
    people = {i for i in actors if i.startswith("p")}
    chain = place_chain(claim.place)
    day = _date(claim)
    charge = charge_words(claim.charge)
    return Happening(
        kind=(claim.type, status_group(claim.status)),
        rank=_rank(claim, story.published),
        claims=[claim.id],
        who=(people or targets) if claim.type in kinds().by_actor else targets,
        actors=actors,
        group={*group_words(claim.group)},
        subtypes={claim.subtype} if claim.subtype and claim.subtype not in {"unspecified", "other"} else set(),
        dates={day} if day else set(),
        places=[chain] if chain else [],
        penalties={*claim.penalties},
        charges=[charge] if charge else [],
        counts={claim.count} if claim.count else set(),
        statuses={claim.status},
        described=bool(claim.group),
        anew=is_anew(claim),
        published=story.published,
        before=None if day else before,
        said={said},
        orders={claim.document: [claim.start]},
    )


def _ids(document: str, written: Sequence[str], names: Mapping[tuple[str, str], str]) -> set[str]:
    """Ids of the names, or the folded name where nobody is known by it; words without a capital name nobody."""
    known = (names.get((document, name)) or (f"~{fold(name)}" if name[:1].isupper() else "") for name in written)
    return {*known} - {""}


def _date(claim: Claim) -> str | None:
    """The claim's date; None where it has none, or one that cannot be (it is flagged, and no ground to link on)."""
    try:
        return validate(claim.date) if claim.date else None
    except ValueError:
        return None


def _rank(claim: Claim, published: str | None) -> tuple[object, ...]:
    """Sort key: told before planned before denied, narrow dates first, then the earliest, then by document."""
    day = _date(claim)
    earliest, latest = bounds(day) if day else (None, None)
    width = (latest - earliest).days if earliest and latest else 99_999
    return (
        _RANKS[claim.status],
        width,
        str(earliest or latest or "9999"),
        -len(claim.targets),
        -len(claim.place),
        published or "9999",
        claim.document,
        claim.start,
        claim.id,
    )


def _said(claim: Claim, original: str) -> tuple[object, ...]:
    """Equal for one claim of a text and of its copies, and of a background sentence that an outlet uses again: what the
    claim says, for a short sentence with the original's id."""
    kind = (claim.type, status_group(claim.status), claim.subtype)
    said = (*kind, claim.targets, claim.group, claim.place, claim.date, str(claim.count))
    words = fold(claim.quote)
    return "" if words.count(" ") >= LONG else original, words, *said


def _withins(claims: Sequence[Claim], published: str | None) -> dict[str, str]:
    """Claim id → between which days it was, as "2014-03-30/2016", for claims without a date: what is told in passing is
    told in order, so after what is told before it of the same people and before what is told after it. What is
    news at the time comes first, and is no bound for what follows."""
    told = [(c, *bounds(day)) for c in claims if c.status is Status.HAPPENED and c.targets and (day := _date(c))]
    out = bounds(published)[0] if published else None
    old = [(c, first, last) for c, first, last in told if not (out and last and (out - last).days <= MONTH)]
    found = {}
    for claim in claims:
        if claim.date or not claim.targets:
            continue
        mine = {*claim.targets}
        before = [first for c, first, _ in old if c.start < claim.start and mine & {*c.targets}]
        after = [last for c, _, last in told if c.start > claim.start and mine & {*c.targets}]
        low, high = before[-1] if before else None, after[0] if after else None
        if (low or high) and not (low and high and high < low):
            found[claim.id] = f"{low or '..'}/{high or '..'}"
    return found


def _lead(claims: Sequence[Claim]) -> str | None:
    """The id of the one claim of the first sentence that claims anything: what the story is news of. None in a list,
    which goes on with others."""
    first = [c for c in claims if (c.start, c.end) == (claims[0].start, claims[0].end)]
    if len(first) != 1 or first[0].status is not Status.HAPPENED:
        return None
    others = [c for c in claims[1:] if c.targets]
    of_them = sum(not {*c.targets}.isdisjoint(first[0].targets) for c in others)
    return first[0].id if 2 * of_them >= len(others) else None


def _befores(claims: Sequence[Claim]) -> dict[str, str]:
    """Claim id → the date of the next step of the same person's case in the same sentence, for steps without a date."""
    course = kinds().course
    sentences: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        if claim.type in course and claim.status is Status.HAPPENED and claim.targets:
            sentences.setdefault((claim.start, claim.end), []).append(claim)
    found = {}
    for steps in sentences.values():
        for claim in steps:
            at = course.index(claim.type)
            after = (c for c in steps if course.index(c.type) > at and {*c.targets} & {*claim.targets})
            later = [day for c in after if (day := _date(c))]
            if later and not claim.date:
                found[claim.id] = min(later)
    return found

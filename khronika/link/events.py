"""Claims of one happening joined into events.

Claims are taken in an order that depends on their content only, the most precise first, and each joins the happening
that most speaks for, among those of its kind that share a person, or for unnamed people a place, a day or a document.
Of several that fit equally well it joins the one told nearest in its own document.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from khronika.facts.claims import Claim, Status
from khronika.facts.documents import Document
from khronika.facts.events import Event, Place
from khronika.facts.reconcile import reconcile
from khronika.link.copies import Copies
from khronika.link.happenings import ENOUGH, Happening, Telling, distance, evidence, group_words, kinds, place_chain
from khronika.text.edtf import bounds
from khronika.text.fold import fold

LONG = 9
"""Spaces in a sentence from which the same words mean one thing in any story; "He was freed on Monday." does not."""

Locate = Callable[[tuple[str, ...]], Place | None]
"""From a claim's place names, most specific first, to the place with country and coordinates; None where unknown."""


def link_events(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    names: Mapping[tuple[str, str], str],
    copies: Copies,
    locate: Locate | None = None,
) -> tuple[list[Event], dict[str, str]]:
    """Events, and claim id → event id; independent of the claims' order.

    Parameters: `documents` by id; `names` (document, written name) → person or organization id; `copies` from
    `find_copies`.
    """
    tellings = sorted({t.claim.id: t for t in _tellings(claims, documents, names)}.values(), key=_precision)
    happenings = _gather(tellings, copies.of)
    events = []
    owner = {}
    for happening in happenings:
        event = _event(happening, names, copies.family, locate)
        events.append(event)
        owner.update(dict.fromkeys(event.claims, event.id))
    return sorted(events, key=lambda e: e.id), owner


def _tellings(
    claims: Iterable[Claim], documents: Mapping[str, Document], names: Mapping[tuple[str, str], str]
) -> list[Telling]:
    """The claims with whom they are about."""
    tellings = []
    for claim in claims:
        targets = _ids(claim.document, claim.targets, names)
        actors = _ids(claim.document, claim.actors, names)
        people = frozenset(i for i in actors if i.startswith("p"))
        who = (people or targets) if claim.type in kinds().by_actor else targets
        known = documents.get(claim.document)
        tellings.append(Telling(claim, who, actors, known.published if known else None, claim.start))
    return tellings


def _ids(document: str, written: Sequence[str], names: Mapping[tuple[str, str], str]) -> frozenset[str]:
    """Ids of the names, or the folded name where nobody is known by it; words without a capital name nobody."""
    known = (names.get((document, name)) or (f"~{fold(name)}" if name[:1].isupper() else "") for name in written)
    return frozenset(known) - {""}


def _precision(telling: Telling) -> tuple[object, ...]:
    """Sort key: told before planned before denied, narrow dates first, then the earliest, then by document."""
    claim = telling.claim
    rank = {Status.HAPPENED: 0, Status.DEMANDED: 0, Status.POSSIBLE: 0, Status.PLANNED: 1, Status.DENIED: 2}
    earliest, latest = bounds(claim.date) if claim.date else (None, None)
    width = (latest - earliest).days if earliest and latest else 99_999
    return (
        rank[claim.status],
        width,
        str(earliest or latest or "9999"),
        -len(claim.place),
        not claim.targets,
        telling.published or "9999",
        claim.document,
        telling.order,
        claim.id,
    )


def _gather(tellings: Sequence[Telling], copies: Mapping[str, str]) -> list[Happening]:
    """Each telling to the happening that its copy is in, else to the one that most speaks for, or to a new one."""
    happenings: list[Happening] = []
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    repeated: dict[tuple[object, ...], int] = {}
    times: Counter[tuple[object, ...]] = Counter()
    for telling in tellings:
        keys = _block_keys(telling)
        candidates = sorted({i for key in keys for i in blocks[key]})
        said = _copied(telling.claim, copies)
        times[telling.claim.document, said] += 1
        same = (said, times[telling.claim.document, said])
        at = repeated.get(same, _best(happenings, candidates, telling))
        if at is None:
            at = len(happenings)
            happenings.append(Happening())
        repeated.setdefault(same, at)
        happenings[at].take(telling)
        for key in keys:
            if at not in blocks[key]:
                blocks[key].append(at)
    return happenings


def _copied(claim: Claim, copies: Mapping[str, str]) -> tuple[object, ...]:
    """Equal for one claim of a text and of its copies, and of a background sentence that an outlet uses again: what the
    claim says, for a short sentence with the original's id."""
    said = (claim.type, claim.subtype, claim.status, claim.targets, claim.group, claim.place, claim.date, claim.count)
    words = fold(claim.quote)
    return "" if words.count(" ") >= LONG else copies.get(claim.document, claim.document), words, *said


def _best(happenings: Sequence[Happening], candidates: Iterable[int], telling: Telling) -> int | None:
    """The candidate with the most evidence, if that is enough; of equals the one told nearest."""
    fits = []
    for at in candidates:
        said = evidence(happenings[at], telling)
        if said is not None and said >= ENOUGH:
            fits.append((-round(said, 3), distance(happenings[at], telling), at))
    return min(fits)[2] if fits else None


def _block_keys(telling: Telling) -> list[tuple[str, ...]]:
    """Where the telling looks for its happening: by person; without one, by document, and place with day or group."""
    kind: tuple[str, ...] = telling.kind_key
    claim = telling.claim
    keys: list[tuple[str, ...]]
    if telling.who and claim.type not in kinds().public:
        keys = [(*kind, "who", who) for who in sorted(telling.who)]
        told_here = claim.status is Status.DENIED or bool(claim.penalties)
        return [*keys, (*kind, "document", claim.document)] if told_here else keys
    year = "" if claim.type in kinds().gathering else (claim.date or "")[:4]
    keys = [(*kind, "document", claim.document), *((*kind, "who", who, year) for who in sorted(telling.who))]
    words = [place.split()[0] for place in place_chain(claim.place)]
    if claim.date:
        keys += [(*kind, "on", claim.date, word) for word in words]
    about = sorted(group_words(claim.group))
    if not about or claim.type in kinds().lasting:
        about.append("")
    months = [""] if claim.type in kinds().lasting else _months(claim.date)
    if claim.count and about != [""]:
        words.append(f"{claim.count.min}-{claim.count.max}")
    return keys + [(*kind, "at", word, group, month) for word in words for group in about for month in months]


def _months(value: str | None) -> list[str]:
    """The months that the date covers, three years of them at most; an undated claim has a drawer of its own."""
    if not value:
        return [""]
    earliest, latest = bounds(value)
    start, end = earliest or latest, latest or earliest
    if start is None or end is None:
        return [""]
    first, last = start.year * 12 + start.month, end.year * 12 + end.month
    return [str(month) for month in range(first, min(last, first + 36) + 1)]


def _event(
    happening: Happening,
    names: Mapping[tuple[str, str], str],
    family: Mapping[str, str],
    locate: Locate | None,
) -> Event:
    """The happening as an event: fields reconciled from its claims, id from its smallest claim id."""
    claims = sorted((t.claim for t in happening.tellings), key=lambda c: c.id)
    origins = {c.id: family.get(c.document, c.document) for c in claims}
    told = reconcile(claims, origins)
    place = None
    if told.place:
        place = (locate(told.place) if locate else None) or Place(told.place[0])
    return Event(
        id="e" + hashlib.sha256(claims[0].id.encode()).hexdigest()[:16],
        claims=tuple(c.id for c in claims),
        targets=_known_ids(claims, "targets", names),
        actors=_known_ids(claims, "actors", names),
        place=place,
        type=told.type,
        subtype=told.subtype,
        date=told.date,
        count=told.count,
        penalties=told.penalties,
        charge=told.charge,
        status=told.status,
        origins=told.origins,
        conflicts=told.conflicts,
        confidence=max((c.confidence for c in claims if c.confidence is not None), default=None),
    )


def _known_ids(claims: Sequence[Claim], role: str, names: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Ids of all whom the claims name in the role."""
    pairs = ((c.document, name) for c in claims for name in getattr(c, role))
    return tuple(sorted({names[pair] for pair in pairs if pair in names}))

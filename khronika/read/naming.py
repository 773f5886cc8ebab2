"""Whom a story means: the described, the unnamed and the identified get the names that the story gives elsewhere.

"A court has jailed a protester …" in the lead, "Timur Askarov was sentenced on Monday …" below: the lead's protester is
Askarov. "Three men were killed. … They were identified as A, B and C": the three are A, B and C.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from khronika.facts.claims import Count, Status
from khronika.read.company import GROUPS
from khronika.read.draft import Draft
from khronika.read.who import SURE, Who
from khronika.text import edtf

PERSONAL = frozenset(
    {
        "detention",
        "sentence",
        "conviction",
        "charge",
        "trial",
        "release",
        "transfer",
        "sentence_change",
        "acquittal",
        "death",
        "disappearance",
        "internment",
        "ill_treatment",
        "movement",
        "custody_protest",
        "court_appeal",
        "asylum",
    }
)
"""Kinds whose described single target may be named elsewhere in the story."""
KIN = {
    "conviction": ("sentence", "trial", "charge"),
    "sentence": ("conviction", "trial", "charge", "detention"),
    "trial": ("charge", "conviction"),
    "charge": ("detention", "conviction", "trial"),
    "detention": ("charge", "sentence"),
    "release": ("detention", "sentence"),
}
"""Where the same kind names nobody, a kind that usually befalls the same person."""
VERDICT_LIKE = frozenset({"trial", "conviction", "acquittal", "court_appeal"})
"""Kinds that are taken up by their noun alone: "the trial had begun", "an appeal was lodged"."""
VERDICTS = frozenset({"conviction", "sentence"})
"""Kinds that one court pronounces together."""
IDENTIFIED = PERSONAL | {"attack", "threat"}
"""Kinds of which people are identified afterwards."""
GROUPED = PERSONAL - {"conviction", "sentence"} | {"attack", "threat", "sanction"}
"""Kinds of which a counted group is named elsewhere in the story; "two women fined" adds up several verdicts and is a
claim of its own (codebook rule 18)."""
ANEW = frozenset({"other", "another", "more", "further", "additional", "who", "that", "which", "whom"})
"""Words of a counted group that is told apart from the people named."""
OPENING = 3
"""Sentences at the top in which groups are described before they are named."""
BEFORE = 3
"""Sentences before one that says who somebody is, in which they were spoken of."""


def name_people(drafts: list[Draft], main: str | None, namings: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    """Give drafts the names of those whom they concern; arguments as in `settle.settle`."""
    for order, names in namings:
        _identify(drafts, order, names)
    _name_groups(drafts, namings)
    _name(drafts, main)
    _share_court(drafts)
    _count_one(drafts)


def _identify(drafts: list[Draft], order: int, names: tuple[str, ...]) -> None:
    """Name those whom the sentences just before sentence `order` told of without a name, if they are so many."""
    near = [d for d in drafts if order - BEFORE <= d.order < order and not d.names and d.type in IDENTIFIED]
    for d in near:
        fits = [
            w
            for w in d.targets
            if w.kind == "people" and (w.count.min == len(names) if w.count else w.single == (len(names) == 1))
        ]
        if len(fits) == 1 and (fits[0].single or fits[0].count is not None):
            d.targets = [
                replace(w, names=names, kind="person", sure=SURE["identified"]) if w is fits[0] else w
                for w in d.targets
            ]


def _name(drafts: list[Draft], main: str | None) -> None:
    """Name the single described targets ("a man", "the suspect", none at all in a headline) where the story does."""
    named: dict[str, list[Draft]] = defaultdict(list)
    for d in drafts:
        if d.names and len(d.names) <= 3:
            named[d.type].append(d)
    for d in drafts:
        if d.type not in PERSONAL or d.names or d.status is Status.DEMANDED:
            continue
        single = [w for w in d.targets if w.single]
        headline = d.title and d.headless
        loose = headline or d.tentative or d.frame.thing or d.frame.shape == "noun_of"
        if not (single or (not d.targets and loose)):
            continue
        if d.tentative and (d.count is not None or (d.plural and d.type != "court_appeal")):
            continue
        if single and not (d.title or single[0].definite or d.order <= 3):
            continue
        source = _source(d, named)
        names = source.names if source else (main,) if main and len(single) < 2 else ()
        if names:
            d.targets = (
                _named(d.targets, single, names)
                if single
                else [Who(d.token, names, kind="person", sure=SURE["elsewhere"])]
            )


def _name_groups(drafts: list[Draft], namings: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    """Name a counted group where the story names as many for the same: "Two reporters went on trial" in the lead,
    "A and B were detained in May" below; "three were charged", of whom each is named in a sentence of their own."""
    for d in drafts:
        group = [w for w in d.targets if not w.names]
        size = _exact(group[0]) if len(group) == 1 else 0
        if d.names or size < 2 or d.type not in GROUPED or d.status is Status.DEMANDED or d.background:
            continue
        if group[0].definite:
            continue  # "the two men" were looked for among those named before
        fresh = d.title or d.order <= OPENING
        found = _members(d, size, drafts, namings, fresh)
        if found:
            d.targets = [replace(group[0], names=found, kind="person", sure=SURE["identified"])]


def _exact(who: Who) -> int:
    """How many described people it is exactly; 0 where that is not said."""
    count = who.count
    words = {w.removesuffix("s") for w in who.text.lower().split()}
    exact = who.kind == "people" and count is not None and count.min == count.max and not count.approx
    if words & (ANEW | GROUPS):
        return 0
    return count.min or 0 if exact and count is not None else 0


def _members(
    d: Draft, size: int, drafts: list[Draft], namings: Sequence[tuple[int, tuple[str, ...]]], fresh: bool
) -> tuple[str, ...]:
    """The `size` people whom the story names for what befell the group of `d`; () where it names none, or several
    sets of so many."""
    told = [o for o in drafts if o.names and not o.background and (o.type == d.type or o.type in KIN.get(d.type, ()))]
    told = [o for o in told if not (d.date and o.date and o.type == d.type) or edtf.overlaps(d.date, o.date)]
    near = [o.names for o in told if len(o.names) == size and (fresh or abs(o.order - d.order) <= BEFORE)]
    near += [names for at, names in namings if len(names) == size and (fresh or abs(at - d.order) <= BEFORE)]
    sets = {frozenset(names) for names in near}
    if sets:
        return near[0] if len(sets) == 1 else ()
    each = tuple(dict.fromkeys(n for o in told if o.type == d.type for n in o.names))
    return each if fresh and len(each) == size else ()


def _named(targets: list[Who], single: list[Who], names: tuple[str, ...]) -> list[Who]:
    """The described targets with the names in order: "a journalist and his girlfriend" ← (X, Y)."""
    left = list(names)
    out = []
    for w in targets:
        out.append(
            replace(w, names=(left.pop(0),), kind="person", sure=SURE["elsewhere"]) if w in single and left else w
        )
    return out


def _source(d: Draft, named: dict[str, list[Draft]]) -> Draft | None:
    """The draft that names the target of `d`: same kind first, best by penalties and date; then a kindred kind."""
    for kind in (d.type, *KIN.get(d.type, ())):
        fits = [o for o in named.get(kind, ()) if o.status is d.status or d.status is not Status.DENIED]
        if not fits:
            continue
        people = {o.names for o in fits}
        scored = sorted(fits, key=lambda o: (-_alike(d, o), o.order))
        best = _alike(d, scored[0])
        if best > 0 or (len(people) == 1 and best == 0):
            return scored[0]
    told = d.tentative or (d.type in VERDICT_LIKE and not d.targets and d.status is Status.HAPPENED)
    return _just_before(d, named) if told and not d.plural and not d.title else None


def _just_before(d: Draft, named: dict[str, list[Draft]]) -> Draft | None:
    """ "The trial", in a story of several people's: that of whom the last sentences told it, or what led to it."""
    fits = [o for kind in (d.type, *KIN.get(d.type, ())) for o in named.get(kind, ())]
    near = [o for o in fits if 0 <= d.order - o.order <= BEFORE and (o.order, o.token) < (d.order, d.token)]
    return max(near, key=lambda o: (o.type == d.type, o.order, o.token), default=None)


def _alike(a: Draft, b: Draft) -> int:
    score = 0
    kinds = {(p.kind, p.duration) for p in a.penalties}
    others = {(p.kind, p.duration) for p in b.penalties}
    if kinds and others:
        score += 3 if kinds & others else -2
    if a.date and b.date:
        score += 2 if edtf.overlaps(a.date, b.date) else -3
    if a.subtype and a.subtype == b.subtype:
        score += 1
    return score


def _count_one(drafts: list[Draft]) -> None:
    """ "A teacher was arrested": one person, where the story names nobody whom the same befell."""
    named = {d.type for d in drafts if d.names}
    for d in drafts:
        if d.type in IDENTIFIED and not d.names and not named & {d.type, *KIN.get(d.type, ())}:
            one = [w for w in d.targets if w.single and w.kind == "people" and not w.definite and w.count is None]
            d.targets = [replace(w, count=Count(1, 1)) if w in one else w for w in d.targets]


def _share_court(drafts: list[Draft]) -> None:
    """One verdict has one court: "sentenced to ten years after a court in Lagos found him guilty"; the lead's "a court
    in the north" is the court that the story names for that verdict."""
    verdicts = [d for d in drafts if d.type in VERDICTS and d.status is Status.HAPPENED and d.names]
    for d in verdicts:
        same = [o for o in verdicts if o is not d and o.names == d.names]
        beside = [o for o in same if o.order == d.order and o.actors]
        if not d.actors and beside:
            d.actors = list(beside[0].actors)
        named = {w.names: w for o in same for w in o.actors if w.names and _is_court(w)}
        if len(named) == 1 and len(d.actors) == 1 and not d.actors[0].names and _is_court(d.actors[0]):
            d.actors = [next(iter(named.values()))]


def _is_court(who: Who) -> bool:
    text = f"{who.text} {who.label}".lower()
    return "court" in text or "tribunal" in text

"""What a story says twice it says once: claims of one happening lend each other names and dates inside a document.

"A court has jailed a protester …" in the lead, "Timur Askarov was sentenced on Monday …" below: the lead's protester is
Askarov and its day is Monday.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.lend import PERSONAL, lend_dates, lend_places
from khronika.read.who import Who
from khronika.text import edtf

KIN = {
    "conviction": ("sentence", "trial", "charge"),
    "sentence": ("conviction", "trial", "charge", "detention"),
    "trial": ("charge", "conviction"),
    "charge": ("detention", "conviction", "trial"),
    "detention": ("charge", "sentence"),
    "release": ("detention", "sentence"),
}
"""Where the same kind names nobody, a kind that usually befalls the same person."""


GENERAL = frozenset({None, "unspecified", "rally"})
"""Subtypes that a more special one of the same sentence replaces: "rallied … a sit-in"."""


def settle(drafts: list[Draft], main: str | None = None) -> list[Draft]:
    """The drafts of one story with what they lend each other; repetitions inside a sentence joined. In text order.

    `main`: whom the story is about, if it is about one person.
    """
    drafts = _join(drafts)
    _name(drafts, main)
    drafts = _join([d for d in drafts if d.names or not d.tentative or d.plural])
    lend_dates(drafts)
    lend_places(drafts)
    _ground(drafts)
    _penalty_kind(drafts)
    return drafts


def _penalty_kind(drafts: list[Draft]) -> None:
    """ "cut his sentence by half": the penalty that was cut is of the kind that the story says was imposed."""
    for d in drafts:
        if d.type == "sentence_change" and d.names:
            imposed = [p.kind for o in drafts if o.type == "sentence" and o.names == d.names for p in o.penalties]
            if len(set(imposed)) == 1:
                d.penalties = [p if p.duration else replace(p, kind=imposed[0]) for p in d.penalties]


def _join(drafts: list[Draft]) -> list[Draft]:
    """One claim per event per sentence: "convicted … the conviction", "was jailed … after his arrest"."""
    out: list[Draft] = []
    for d in drafts:
        twin = next((o for o in out if o.order == d.order and _same(o, d)), None)
        if twin is None:
            out.append(d)
        else:
            _absorb(twin, d)
    return out


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type or len({a.subtype, b.subtype} - GENERAL) > 1:
        return False
    if a.status != b.status or (a.place and b.place and a.place != b.place and a.type == "protest"):
        return False
    names, others = set(a.names), set(b.names)
    if names and others and not names & others:
        return False
    if bool(names) != bool(others) and (a.group or b.group) and a.targets and b.targets:
        return False
    if not names and not others and a.targets and b.targets and a.targets[0].text != b.targets[0].text:
        return False
    return not (a.date and b.date and not edtf.overlaps(a.date, b.date))


def _absorb(a: Draft, b: Draft) -> None:
    """Give `a` what only `b` has."""
    a.targets = a.targets or b.targets
    a.actors = a.actors or b.actors
    if b.firm and not a.firm:
        a.place, a.firm = b.place, True
    a.place, a.date, a.charge = a.place or b.place, a.date or b.date, a.charge or b.charge
    a.fallback = a.fallback or b.fallback
    a.speaker, a.duration, a.list = a.speaker or b.speaker, a.duration or b.duration, a.list or b.list
    a.penalties += [p for p in b.penalties if p not in a.penalties]
    a.subtype = a.subtype if a.subtype not in GENERAL else b.subtype or a.subtype
    a.charge_tokens = a.charge_tokens or b.charge_tokens


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
            d.targets = _named(d.targets, single, names) if single else [Who(d.token, names, kind="person")]


def _named(targets: list[Who], single: list[Who], names: tuple[str, ...]) -> list[Who]:
    """The described targets with the names in order: "a journalist and his girlfriend" ← (X, Y)."""
    left = list(names)
    out = []
    for w in targets:
        out.append(replace(w, names=(left.pop(0),), kind="person") if w in single and left else w)
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
    return None


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


def _ground(drafts: list[Draft]) -> None:
    """ "found guilty of X and sentenced": the sentence stands on the same ground as the conviction beside it."""
    for d in drafts:
        if d.type in {"sentence", "charge"} and d.charge is None and d.status is Status.HAPPENED:
            near = [
                o
                for o in drafts
                if o.order == d.order
                and o is not d
                and o.charge
                and o.type in {"conviction", "charge"}
                and (o.names == d.names)
            ]
            if near:
                d.charge = near[0].charge

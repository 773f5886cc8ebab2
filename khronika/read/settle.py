"""What a story says twice it says once: claims of one happening lend each other names and dates inside a document.

"A court has jailed a protester …" in the lead, "Timur Askarov was sentenced on Monday …" below: the lead's protester is
Askarov and its day is Monday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khronika.facts.claims import Status
from khronika.read.draft import Draft
from khronika.read.lend import lend_dates, lend_places
from khronika.read.naming import name_people
from khronika.read.retold import take_up
from khronika.text import edtf

GENERAL = frozenset({None, "unspecified", "rally"})
"""Subtypes that a more special one of the same sentence replaces: "rallied … a sit-in"."""


def settle(
    drafts: list[Draft], main: str | None = None, namings: Sequence[tuple[int, tuple[str, ...]]] = ()
) -> list[Draft]:
    """The drafts of one story with what they lend each other; repetitions inside a sentence joined. In text order.

    `main`: whom the story is about, if it is about one person; `namings`: sentences that only say who somebody is
    ("They were identified as A and B"), by number, with the names.
    """
    drafts = _join(drafts)
    name_people(drafts, main, namings)
    take_up(drafts)
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
    a.fallback, a.background = a.fallback or b.fallback, a.background or b.background
    a.speaker, a.duration, a.list = a.speaker or b.speaker, a.duration or b.duration, a.list or b.list
    a.penalties += [p for p in b.penalties if p not in a.penalties]
    a.subtype = a.subtype if a.subtype not in GENERAL else b.subtype or a.subtype
    a.charge_tokens = a.charge_tokens or b.charge_tokens


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

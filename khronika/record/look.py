"""Decisions whose ground has changed since: in force where they still apply, and listed beside what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from khronika.facts.claims import claim_to_json
from khronika.facts.decisions import Decision, InForce, Look, Verb, same_words, says
from khronika.record import book
from khronika.record.seal import seal


def looks(alias: str) -> list[Look]:
    """The decisions in force that need another look, in order of number."""
    state = book.now(alias)
    _, of_claims = book.rulings(alias)
    found = [look for look in of_claims if not _looked_at_since(look, state)]
    found += _names(alias, state)
    found += _moves(alias, state)
    return sorted((x for x in found if not _noted(x, state)), key=lambda x: (x.decision.number, x.reason))


def fingerprint(look: Look) -> str:
    """Another one, once the ground changes again."""
    return seal(look.decision.number, look.reason, look.new)


def _looked_at_since(look: Look, state: InForce) -> bool:
    """Whether a later decision about the claim was made in sight of what is there now."""
    if look.new is None:
        return False
    for decision in state.by_document.get(str(look.new["document"]), ()):
        then = decision.saw.get(str(look.new["id"]))
        if decision.number > look.decision.number and then and says(then.get("read", {})) == says(look.new):
            return True
    return False


def _noted(look: Look, state: InForce) -> bool:
    """Whether a note about the decision says that somebody has looked at the ground as it is."""
    notes = (d for d in state.live.values() if d.verb is Verb.NOTE and d.decision == look.decision.number)
    return any(fingerprint(look) in d.saw.get("looked", ()) for d in notes)


def _names(alias: str, state: InForce) -> Iterator[Look]:
    """Merges and splits of names that documents do not have any more."""
    about = [d for d in state.live.values() if d.verb in {Verb.MERGE, Verb.SPLIT}]
    documents = {key[0] for d in about for side in d.sides for key in side}
    there = {
        (m.document, m.label, form) for m in book.mentions(alias, sorted(documents)) for form in (m.name, *m.forms)
    }
    for decision in about:
        gone = [key for side in decision.sides for key in side if key not in there]
        if gone:
            kept = [[key for key in side if key in there] for side in decision.sides]
            names = ", ".join(f"“{name}” in {document}" for document, _, name in gone[:5])
            applies = all(kept) if decision.verb is Verb.SPLIT else sum(map(len, kept)) > 1
            yield Look(decision, f"not read any more: {names}", {"sides": _plain(decision.sides)},
                       {"sides": _plain(kept)}, applies)  # fmt: skip


def _plain(sides: Iterable[Iterable[Any]]) -> list[list[list[str]]]:
    """Sides as JSON has them."""
    return [[[*key] for key in side] for side in sides]


def _moves(alias: str, state: InForce) -> Iterator[Look]:
    """Links and unlinks of claims that are not read any more, or read otherwise."""
    about = [d for d in state.live.values() if d.verb in {Verb.LINK, Verb.UNLINK}]
    claims = book.as_read(alias, sorted({c.document for d in about for c in (*d.claims, *d.beside)}))
    for decision in about:
        gone = []
        for key in (*decision.claims, *decision.beside):
            if all(c.id != key.id for c in claims.get(key.document, ())):
                gone.append((key, same_words(key, claims.get(key.document, ()))))
        if gone:
            old: Mapping[str, Any] = {"claims": [key.id for key, _ in gone]}
            new = {key.id: claim_to_json(c) for key, c in gone if c}
            reason = f"read otherwise, or not any more: {', '.join(key.id for key, _ in gone[:5])}"
            yield Look(decision, reason, old, new or None, applies=bool(new))


def about(decision: Decision, claims: Iterable[str], names: Iterable[Any], ids: Iterable[str]) -> bool:
    """Whether the decision is about any of the claims, mentions or other ids."""
    told = {c.id for c in (*decision.claims, *decision.beside)}
    named = {key for side in decision.sides for key in side}
    return not (told.isdisjoint(claims) and named.isdisjoint(names)) or decision.subject in {*ids}

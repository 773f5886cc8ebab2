"""The book of decisions: all that people decided about a record, in order, and the claims as they stand by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from khronika.errors import DamagedRecord
from khronika.facts.claims import Claim, Mention, claim_from_json
from khronika.facts.decisions import (
    Decision,
    InForce,
    Look,
    MentionKey,
    Ruling,
    Verb,
    decision_from_row,
    in_force,
    new_mentions,
    redecided,
    rule,
    same_words,
)
from khronika.record import log
from khronika.record.rows import load, mention_from_row
from khronika.record.seal import seal
from khronika.record.tables import select


@dataclass(slots=True)
class _Kept:
    """What one open record was last seen to hold: rows never change, so only new ones are read. `state`: what is in
    force after so many of them."""

    decisions: list[Decision] = field(default_factory=list)
    state: tuple[int, InForce] = field(default_factory=lambda: (0, InForce()))


_KEPT: dict[str, _Kept] = {}
"""By database alias, of which each open record has its own."""


def forget(alias: str) -> None:
    """The record is closed."""
    _KEPT.pop(alias, None)


def decision_seal(number: int, at: str, body: str) -> str:
    """The seal over a decision's row."""
    return seal(number, at, body)


def last_number(alias: str) -> int:
    """The number of the last decision; 0 where there is none."""
    from khronika.record.models import Decision as Row

    return Row.objects.using(alias).order_by("-seq").values_list("seq", flat=True).first() or 0


def decisions(alias: str) -> Sequence[Decision]:
    """All decisions, in order. Raises DamagedRecord where a row is none."""
    return _kept(alias).decisions[: last_number(alias)]


def now(alias: str) -> InForce:
    """What is in force."""
    kept, last = _kept(alias), last_number(alias)
    if kept.state[0] != last:
        kept.state = (last, in_force(kept.decisions[:last]))
    return kept.state[1]


def until(alias: str, number: int) -> InForce:
    """What was in force after the decision of this number."""
    return in_force(_kept(alias).decisions[:number])


def _kept(alias: str) -> _Kept:
    """What is kept, with the rows that came since."""
    from khronika.record.models import Decision as Row

    kept = _KEPT.setdefault(alias, _Kept())
    if last_number(alias) > len(kept.decisions):
        rows = Row.objects.using(alias).filter(seq__gt=len(kept.decisions)).order_by("seq")
        for number, at, body in rows.values_list("seq", "at", "body"):
            try:
                found = decision_from_row(load(body) | {"number": number, "at": at})
            except (TypeError, ValueError, KeyError) as error:
                raise DamagedRecord(f"decision {number}: the row is no decision ({error})") from error
            if number != len(kept.decisions) + 1:
                raise DamagedRecord(f"decision {len(kept.decisions) + 1} is missing")
            kept.decisions.append(found)
    return kept


def since(alias: str, head: str) -> int:
    """The number of the last decision that the log had when its last entry was `head`."""
    numbers = (entry.body["number"] for entry in log.entries(alias, after=head) if entry.act == "decision")
    first = next(numbers, None)
    return last_number(alias) if first is None else int(first) - 1


# --- the claims by it


def as_read(alias: str, documents: Iterable[str]) -> dict[str, list[Claim]]:
    """The claims of each document as its reader gave them."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for document, body in select(alias, "claim", ("document", "body"), "document", [*documents]):
        found[document].append(claim_from_json(load(body)))
    return found


def rulings(
    alias: str, documents: Collection[str] | None = None, state: InForce | None = None
) -> tuple[dict[str, Ruling], list[Look]]:
    """What is decided of the claims of the documents (None: of all), by claim id, and what needs another look.

    `state`: what is in force, where it is not what is so now.
    """
    told = (state or now(alias)).by_document
    about = [d for d in (told if documents is None else documents) if d in told]
    claims = as_read(alias, about)
    by_claim: dict[str, Ruling] = {}
    looks: list[Look] = []
    for document in about:
        found, more = rule(claims.get(document, ()), told[document])
        by_claim |= found
        looks += more
    return by_claim, looks


def redecided_documents(alias: str, before: InForce, state: InForce) -> set[str]:
    """The documents of which something else follows by the one than by the other."""
    documents, mentions, claims = redecided(before, state)
    keys = (c for d in decisions(alias) for c in (*d.claims, *d.beside))
    return {*documents, *(d for d, _, _ in mentions), *(c.document for c in keys if c.id in claims)}


def by_what_is_read(alias: str, state: InForce) -> InForce:
    """The same, where another reading gave a claim another id, or a name another fullest form, by what is read now."""
    moves = (d for d in state.live.values() if d.verb in {Verb.LINK, Verb.UNLINK})
    keys = {c.id: c for d in moves for c in (*d.claims, *d.beside)}
    there = {id for (id,) in select(alias, "claim", ("key",), "key", sorted(keys))}
    gone = [keys[id] for id in sorted(keys.keys() - there)]
    read = as_read(alias, sorted({key.document for key in gone}))
    found = {key.id: same_words(key, read.get(key.document, ())) for key in gone}
    claims = state.claims.renamed({id: claim.id for id, claim in found.items() if claim})
    names = _renamed(mentions(alias, sorted({d for d, _, _ in state.mentions}), state), [*state.mentions])
    return replace(state, claims=claims, mentions=state.mentions.renamed(names))


def _renamed(there: Iterable[Mention], keys: Iterable[MentionKey]) -> dict[MentionKey, MentionKey]:
    """Names that documents do not mention as such → the one mention that has the name among its forms."""
    named: set[MentionKey] = set()
    forms: dict[MentionKey, set[str]] = defaultdict(set)
    for mention in there:
        named.add((mention.document, mention.label, mention.name))
        for form in mention.forms:
            forms[mention.document, mention.label, form].add(mention.name)
    meant = ((key, forms.get(key, set())) for key in keys if key not in named)
    return {key: (key[0], key[1], next(iter(names))) for key, names in meant if len(names) == 1}


def decided(alias: str, claims: Iterable[Claim], rejected: bool = False, state: InForce | None = None) -> list[Claim]:
    """The claims as they stand: corrected, without those that are rejected unless these are asked for too."""
    told = (state or now(alias)).by_document
    given = [*claims]
    if not told:
        return given
    found, _ = rulings(alias, {c.document for c in given}, state)
    ruled = ((claim, found.get(claim.id)) for claim in given)
    return [r.applied(c) if r else c for c, r in ruled if rejected or not r or not r.is_rejected]


def mentions(alias: str, documents: Iterable[str], state: InForce | None = None) -> list[Mention]:
    """The mentions of the documents, in order of arrival, behind them those that corrections brought in."""
    wanted = [*dict.fromkeys(documents)]
    found = [mention_from_row(load(body)) for (body,) in select(alias, "mention", ("body",), "document", wanted)]
    return [*found, *_brought_in(alias, found, wanted, state or now(alias))]


def brought_in(alias: str) -> list[Mention]:
    """The mentions of all documents that only corrections name."""
    state = now(alias)
    about = [*state.by_document]
    rows = select(alias, "mention", ("body",), "document", about)
    return _brought_in(alias, [mention_from_row(load(body)) for (body,) in rows], about, state)


def _brought_in(alias: str, there: Sequence[Mention], documents: Collection[str], state: InForce) -> list[Mention]:
    """Mentions for names that only corrections name."""
    about = [d for d in documents if d in state.by_document]
    if not about:
        return []
    of: dict[str, list[Mention]] = defaultdict(list)
    for mention in there:
        of[mention.document].append(mention)
    claims = as_read(alias, about)
    out: list[Mention] = []
    for document in about:
        found, _ = rule(claims.get(document, ()), state.by_document[document])
        out += new_mentions(document, of[document], found.values())
    return out

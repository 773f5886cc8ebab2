"""A person's ties, and who speaks for the person: each with the sentence that says so.

A tie is a relation that a story states (codebook rule 7). Who speaks for someone is told by such a tie (a spouse, a
spokesperson), or by what the speaker is said to be: a lawyer, or without a name a lawyer or a relative ("her brother");
words in `resources/`. A lawyer who is quoted on several people may be another's; the sentence tells. Everybody else who
is quoted on the person's affairs is listed apart: an interior ministry speaks about a prisoner, not for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim, Relation
from khronika.facts.documents import Document
from khronika.facts.events import Event, Person
from khronika.record import asked, bulk
from khronika.record.sentences import Sentence, sentences
from khronika.record.whole import names_in, relations_in
from khronika.text.fold import fold
from khronika.text.tables import table

FAMILY = frozenset({"spouse", "parent", "child", "sibling", "relative"})
_TURNED = {"parent": "child", "child": "parent", "spouse": "spouse", "sibling": "sibling", "relative": "relative"}
"""What the other is to the person, where a story says what the person is to the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence that states a tie, with its document's outlet and first day on which it could be known (EDTF)."""

    quote: str
    document: str
    outlet: str
    known: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The other is `kind` of the person ("spouse", "child"), or with `of` the person is `kind` of the other
    ("employee_of" an organization). `other`: id, None where the record knows only the name."""

    kind: str
    other: str | None
    name: str
    of: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Someone quoted on the person's affairs. `speaker`: id, None where the record knows only the name; `why`: what
    makes this one speak for the person ("spouse", "lawyer", "self"), None: nothing does; `said`: the latest first."""

    speaker: str | None
    name: str
    why: str | None
    said: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relatives:
    """A person's ties, family first; who speaks for the person; who else is quoted. Each by most said."""

    person: str
    name: str
    ties: tuple[Tie, ...]
    speaks_for: tuple[Speaker, ...]
    also_quoted: tuple[Speaker, ...]


def relatives(alias: str, person: Person) -> Relatives:
    """The person's ties and speakers; grows with the person's documents and events."""
    names = names_in(alias, person.documents)
    ties = tuple(_ties(alias, person, names))
    speakers = _speakers(alias, person, names, ties)
    return Relatives(
        person=person.id,
        name=person.name,
        ties=ties,
        speaks_for=tuple(s for s in speakers if s.why),
        also_quoted=tuple(s for s in speakers if not s.why),
    )


def _ties(alias: str, person: Person, names: Mapping[tuple[str, str], str]) -> Iterator[Tie]:
    """The ties that the person's stories state, each once, with every sentence that states it."""
    stated: dict[tuple[str, bool, str | None, str], list[Relation]] = {}
    for one in relations_in(alias, person.documents):
        a, b = names.get((one.document, one.a)), names.get((one.document, one.b))
        if a == person.id and b != person.id:
            of = one.kind not in _TURNED
            stated.setdefault((_TURNED.get(one.kind, one.kind), of, b, "" if b else one.b), []).append(one)
        elif b == person.id and a != person.id:
            stated.setdefault((one.kind, False, a, "" if a else one.a), []).append(one)
    called = {i: p.name for i, p in bulk.people(alias, (o for _, _, o, _ in stated if o)).items()}
    documents = bulk.headers(alias, (r.document for told in stated.values() for r in told))
    found = [
        Tie(kind=kind, other=other, name=called.get(other or "", written), of=of, told=_told(told, documents))
        for (kind, of, other, written), told in stated.items()
    ]
    yield from sorted(found, key=lambda t: (t.kind not in FAMILY, t.kind, t.name.casefold(), t.other or ""))


def _told(relations: Sequence[Relation], documents: Mapping[str, Document]) -> tuple[Told, ...]:
    """The sentences, the earliest first."""
    found = {
        Told(quote=r.quote, document=d.id, outlet=d.outlet or d.source, known=d.known_from)
        for r in relations
        if (d := documents.get(r.document))
    }
    return tuple(sorted(found, key=lambda t: (t.known or "9999", t.document, t.quote)))


def _speakers(alias: str, person: Person, names: Mapping[tuple[str, str], str], ties: Sequence[Tie]) -> list[Speaker]:
    """Everyone quoted on the person's events, those who said most first."""
    events = bulk.events(alias, bulk.events_naming(alias, [person.id])[person.id])
    claims = bulk.claims(alias, (c for e in events.values() for c in e.claims))
    documents = bulk.headers(alias, (c.document for c in claims.values()))
    said: dict[tuple[str | None, str], list[tuple[Event, Claim]]] = {}
    unnamed: dict[str, str] = {}
    for event in events.values():
        for claim in (claims[c] for c in event.claims if c in claims):
            if claim.speaker:
                who = names.get((claim.document, claim.speaker))
                written = "" if who else unnamed.setdefault(fold(claim.speaker), claim.speaker)
                said.setdefault((who, written), []).append((event, claim))
    known = bulk.people(alias, (who for who, _ in said if who))
    found = []
    for (who, written), told in said.items():
        name = known[who].name if who in known else written
        words = [s for event, claim in told for s in sentences(event.id, [claim.id], claims, documents)]
        why = _why(person, who, name, known.get(who or ""), ties)
        found.append(Speaker(speaker=who, name=name, why=why, said=tuple(_in_order(words))))
    return sorted(found, key=lambda s: (-len({w.quote for w in s.said}), s.name.casefold(), s.speaker or ""))


def _in_order(words: Iterable[Sentence]) -> list[Sentence]:
    """The latest first."""
    return sorted(words, key=lambda s: (s.known or "", s.document, s.claim), reverse=True)


def _why(person: Person, who: str | None, name: str, speaker: Person | None, ties: Sequence[Tie]) -> str | None:
    """What makes someone speak for the person; None: nothing that is told."""
    if who == person.id:
        return "self"
    if tie := next((t for t in ties if who and t.other == who and not t.of), None):
        return tie.kind
    told = [*(speaker.hints if speaker else ()), *([] if speaker else [name])]
    words = {word for text in told for word in fold(text).split()}
    if found := sorted(words & asked.words("counsel")):
        return found[0]
    family = {fold(word) for word in table("people_words.toml").get("family", ())}
    return next(iter(sorted(words & family)), None) if speaker is None else None

"""A record's view as an index, held in memory: to link a whole record at once, and to test what a store must give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace

from khronika.facts.claims import Claim, Mention, Relation
from khronika.facts.contracts import RecordView
from khronika.facts.decisions import InForce, new_mentions, redecided, rule, stand
from khronika.facts.documents import Document
from khronika.facts.events import Changes, Event, Link, Linked, Person, Question, Wording
from khronika.facts.ties import stated_ties


class MemoryIndex:
    """`LinkIndex` over lists; takes up changes as a record would."""

    def __init__(self, view: RecordView, decided: InForce | None = None) -> None:
        self._decided = decided or InForce()
        self._before: MemoryIndex | None = None
        self._redecided: frozenset[str] = frozenset()
        self._linked: set[str] = set()
        self._documents: dict[str, Document] = {}
        self._claims: dict[str, dict[str, Claim]] = defaultdict(dict)
        self._mentions: dict[str, dict[Mention, None]] = defaultdict(dict)
        self._relations: dict[str, dict[Relation, None]] = defaultdict(dict)
        self._keys: dict[int, set[str]] = defaultdict(set)
        self._told: dict[str, list[str]] = {}
        self._copies: dict[str, str] = {}
        self._names: dict[str, set[tuple[str, str]]] = {}
        self._entities: dict[str, Person] = {}
        self._events: dict[str, Event] = {}
        self._owner: dict[str, str] = {}
        self._links: dict[tuple[str, str], list[Link]] = {}
        self._questions: dict[str, list[Question]] = {}
        self._wordings: dict[str, Wording] = {}
        self._wording_keys: dict[int, set[str]] = defaultdict(set)
        self.add(view)

    def add(self, view: RecordView) -> None:
        """Takes in what arrived; it is not linked yet."""
        for document in view.documents():
            self._documents[document.id] = document
        for claim in view.claims():
            self._claims[claim.document][claim.id] = claim
        for mention in view.mentions():
            self._mentions[mention.document][mention] = None
        for relation in view.relations():
            self._relations[relation.document][relation] = None

    def all(self) -> list[str]:
        """Every document, also one that claims or mentions only name."""
        return sorted({*self._documents, *self._claims, *self._mentions, *self._relations})

    # --- what people decided

    def decide(self, decided: InForce) -> None:
        """Takes in what people have decided; what was linked before is as it was by what they had decided then."""
        documents, mentions, claims = redecided(self._decided, decided)
        told = {c: d for d, of_it in self._claims.items() for c in of_it}
        about = {*documents, *(d for d, _, _ in mentions), *(told[c] for c in claims if c in told)}
        if self._before is None:
            self._before = copy(self)
        self._decided = decided
        self._redecided |= about & self._linked

    def decided(self) -> InForce:
        """See `LinkIndex`."""
        return self._decided

    def redecided(self) -> frozenset[str]:
        """See `LinkIndex`."""
        return self._redecided

    def before(self) -> MemoryIndex | None:
        """See `LinkIndex`."""
        return self._before if self._redecided else None

    # --- what arrived

    def documents_by_id(self, documents: Collection[str]) -> Mapping[str, Document]:
        """See `LinkIndex`."""
        return {d: self._documents[d] for d in documents if d in self._documents}

    def claims_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """See `LinkIndex`."""
        told = self._decided.by_document
        read = self.claims_as_read(documents)
        standing = {d: stand(claims, told[d]) if d in told else claims for d, claims in read.items()}
        return {d: claims for d, claims in standing.items() if claims}

    def claims_as_read(self, documents: Collection[str]) -> Mapping[str, Sequence[Claim]]:
        """See `LinkIndex`."""
        return {d: [*self._claims[d].values()] for d in documents if d in self._claims}

    def mentions_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Mention]]:
        """See `LinkIndex`."""
        told = self._decided.by_document
        out = {}
        for d in documents:
            here = [*self._mentions[d]] if d in self._mentions else []
            if d in told:
                here += new_mentions(d, here, rule([*self._claims.get(d, {}).values()], told[d])[0].values())
            if here:
                out[d] = here
        return out

    def relations_of(self, documents: Collection[str]) -> Mapping[str, Sequence[Relation]]:
        """See `LinkIndex`."""
        return {d: [*self._relations[d]] for d in documents if d in self._relations}

    # --- what was derived

    def with_keys(self, keys: Collection[int]) -> Mapping[int, Collection[str]]:
        """See `LinkIndex`."""
        return {key: self._keys[key] for key in keys if key in self._keys}

    def keys_known(self, keys: Collection[int]) -> Collection[int]:
        """See `LinkIndex`."""
        return {key for key in keys if self._keys.get(key)}

    def originals_of(self, documents: Collection[str]) -> Mapping[str, str]:
        """See `LinkIndex`."""
        return {d: self._copies[d] for d in documents if d in self._copies}

    def names_in(self, documents: Collection[str]) -> Collection[tuple[tuple[str, str], str]]:
        """See `LinkIndex`."""
        return [((d, name), who) for d in documents for name, who in self._names.get(d, ())]

    def told_in(self, documents: Collection[str]) -> Mapping[str, Sequence[str]]:
        """See `LinkIndex`."""
        return {d: self._told[d] for d in documents if d in self._told}

    def events_with(self, claims: Collection[str]) -> Mapping[str, Event]:
        """See `LinkIndex`."""
        ids = {self._owner[c] for c in claims if c in self._owner}
        return {i: self._events[i] for i in ids}

    def entities(self, ids: Collection[str]) -> Mapping[str, Person]:
        """See `LinkIndex`."""
        return {i: self._entities[i] for i in ids if i in self._entities}

    def wordings(self, ids: Collection[str]) -> Mapping[str, Wording]:
        """See `LinkIndex`."""
        return {i: self._wordings[i] for i in ids if i in self._wordings}

    def wordings_with(self, keys: Collection[int]) -> Collection[Wording]:
        """See `LinkIndex`."""
        return [self._wordings[i] for i in {i for key in keys for i in self._wording_keys.get(key, ())}]

    def wordings_of(self, organizations: Collection[str]) -> Collection[Wording]:
        """See `LinkIndex`."""
        return [w for w in self._wordings.values() if w.organization in organizations]

    def documents_naming(self, ids: Collection[str]) -> Collection[str]:
        """See `LinkIndex`."""
        return {document for document, names in self._names.items() if any(who in ids for _, who in names)}

    # --- taking up changes

    def take(self, changes: Changes) -> None:
        """Puts what was derived anew in the place of what was there."""
        self._before, self._redecided = None, frozenset()
        self._linked |= changes.documents
        for document in changes.documents:
            self._told.pop(document, None)
            self._copies.pop(document, None)
            self._names.pop(document, None)
        for key, document in changes.keys_gone:
            self._keys[key].discard(document)
        for gone in changes.gone:
            self._entities.pop(gone, None)
            if event := self._events.pop(gone, None):
                for claim in event.claims:
                    self._owner.pop(claim, None)
        for side in changes.unlinked:
            self._links.pop(side, None)
        for person in changes.unasked:
            self._questions.pop(person, None)
        self._put(changes)

    def _put(self, changes: Changes) -> None:
        """Adds what is new."""
        linked = changes.linked
        for key, document in changes.keys:
            self._keys[key].add(document)
        for document, body in changes.told:
            self._told.setdefault(document, []).append(body)
        self._copies.update(linked.copies)
        for (document, name), who in linked.names:
            self._names.setdefault(document, set()).add((name, who))
        self._entities.update({p.id: p for p in (*linked.people, *linked.organizations)})
        self._events.update({e.id: e for e in linked.events})
        self._owner.update(linked.claim_events)
        for link in linked.links:
            self._links.setdefault((link.kind, link.a), []).append(link)
        for question in linked.questions:
            self._questions.setdefault(question.a, []).append(question)
        self._wordings.update({w.id: w for w in changes.wordings})
        for key, wording in changes.wording_keys:
            self._wording_keys[key].add(wording)

    def linked(self) -> Linked:
        """All that is derived, sorted."""
        whole = [*self._whole()]
        return Linked(
            people=_by_id(p for p in whole if p.kind == "person"),
            organizations=_by_id(p for p in whole if p.kind != "person"),
            events=tuple(self._events[i] for i in sorted(self._events)),
            claim_events=tuple(sorted(self._owner.items())),
            names=tuple(sorted(((d, name), who) for d, names in self._names.items() for name, who in names)),
            copies=tuple(sorted(self._copies.items())),
            links=tuple(
                sorted(
                    (link for links in self._links.values() for link in links),
                    key=lambda link: (link.kind, link.a, link.b, link.reason, link.score),
                )
            ),
            questions=tuple(
                sorted((q for asked in self._questions.values() for q in asked), key=lambda q: (q.a, q.b, q.reasons))
            ),
        )

    def _whole(self) -> Iterator[Person]:
        """People and organizations with their ties and documents."""
        relations = (r for told in self._relations.values() for r in told)
        names = {(d, name): who for d, of_it in self._names.items() for name, who in sorted(of_it)}
        ties = stated_ties(relations, names, {i: p.name for i, p in self._entities.items()})
        documents: dict[str, set[str]] = defaultdict(set)
        for document, of_it in self._names.items():
            for _, who in of_it:
                documents[who].add(document)
        for id, one in self._entities.items():
            where = one.documents if one.kind == "person" else tuple(sorted(documents[id]))
            yield replace(one, documents=where, relations=ties.get(id, ()))


def _by_id(entities: Iterable[Person]) -> tuple[Person, ...]:
    """In order of ids."""
    return tuple(sorted(entities, key=lambda p: p.id))

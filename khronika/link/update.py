"""Linking what is new: each new story is compared with its like in the record, and what it touches is linked anew.

Steps: copies of text; people and organizations; events. Each takes what the one before changed
and spreads to what hangs together with it by keys or ties, no further. So the work grows with what is new and how much
was said of the same, not with the record; and since every step is a pure function of what hangs together, any order of
arrival, one story at a time or all at once, derives the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from khronika.facts.claims import Claim
from khronika.facts.contracts import LinkIndex
from khronika.facts.events import Changes, Event, Link, Linked
from khronika.link.copies import Copies, find_copies, print_of, repeats
from khronika.link.events import Locate, Sources, block_keys, gather, make_event
from khronika.link.happenings import Happening, happening_from_text, happening_to_text
from khronika.link.identify import Naming, identify, names_in
from khronika.link.keys import number
from khronika.link.origins import Report, relayed
from khronika.link.tellings import Story, tell
from khronika.link.ties import beside, hang_together
from khronika.text.fold import fold


def update(index: LinkIndex, new: Collection[str], locate: Locate | None = None) -> Changes:
    """What the new documents change in what was derived.

    Parameters: `index`, what arrived and what was derived without `new`; `new`: ids of documents that are not linked
    yet; `locate`, from a claim's place names (most specific first) to the place with country and coordinates; without
    it events' places have a name only.
    """
    step = _Step(index, frozenset(new), locate)
    touched = step.copies() | step.citing() | {*index.redecided()}
    naming = identify(index, touched, new, step.originals)
    touched |= step.names(naming)
    return step.changes(naming, step.events(touched), touched)


@dataclass(slots=True)
class _Told:
    """Events made anew. `before`: what touched documents told; `told`: what they tell; `gone`: the events that were
    there; `events`, `links`: what there is now, and why claims were joined."""

    before: dict[str, list[Happening]] = field(default_factory=dict)
    told: dict[str, list[Happening]] = field(default_factory=dict)
    gone: dict[str, Event] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


class _Step:
    """The run of one update: what each step found, for the next."""

    def __init__(self, index: LinkIndex, new: frozenset[str], locate: Locate | None) -> None:
        self._index = index
        self._new = new
        self._locate = locate
        self._copies = Copies({}, {})
        self._text_keys: dict[str, tuple[int, ...]] = {}
        self._names: dict[str, set[tuple[str, str]]] = {}

    # --- copies

    def copies(self) -> set[str]:
        """Finds copies; gives the documents that are new or whose original changed."""
        index = self._index
        documents = dict(index.documents_by_id(self._new))
        prints = {d.id: print_of(d) for d in documents.values()}
        self._text_keys = {d: found.keys for d, found in prints.items()}
        opened = [*documents]
        while opened:
            linked = index.with_keys({key for d in opened for key in prints[d].keys})
            found = {d: {x for key in prints[d].keys for x in linked.get(key, ())} for d in opened}
            unread = {x for others in found.values() for x in others} - documents.keys()
            read = {d.id: (d, print_of(d)) for d in index.documents_by_id(unread).values()}
            pairs = ((d, x) for d, others in found.items() for x in others & read.keys())
            opened = sorted({x for d, x in pairs if repeats(documents[d], prints[d], *read[x])})
            for other in opened:
                documents[other], prints[other] = read[other]
        self._copies = find_copies(documents.values(), prints)
        old = documents.keys() - self._new
        known = index.originals_of(old)
        return {*self._new, *(d for d in old if self._copies.of.get(d) != known.get(d))}

    def citing(self) -> set[str]:
        """The linked documents that cite an outlet of which there was no story before: what it reported is its own."""
        rows = self._index.documents_by_id(self._new).values()
        outlets = {number("outlet", (fold(row.outlet),)): fold(row.outlet) for row in rows if row.outlet}
        known = self._index.keys_known(outlets.keys())
        first = [number("cited", (name,)) for key, name in outlets.items() if key not in known]
        return {d for documents in self._index.with_keys(first).values() for d in documents}

    def _outlets(self, claims: Iterable[Claim]) -> set[str]:
        """The names, folded, of those whom the claims cite that are outlets with stories in the record."""
        cited = {number("outlet", (name,)): name for name in {fold(c.speaker) for c in claims if c.speaker}}
        known = self._index.keys_known(cited.keys())
        rows = self._index.documents_by_id(self._new).values()
        return {name for key, name in cited.items() if key in known} | {fold(r.outlet) for r in rows if r.outlet}

    def _citations(self) -> set[tuple[int, str]]:
        """Keys of the new documents: their outlet, and whom they cite."""
        rows = self._index.documents_by_id(self._new).values()
        keys = {(number("outlet", (fold(row.outlet),)), row.id) for row in rows if row.outlet}
        return keys | self._cited(self._new)

    def _cited(self, documents: Collection[str]) -> set[tuple[int, str]]:
        """Keys of documents: whom they cite."""
        claims = self._index.claims_of(documents)
        return {(number("cited", (fold(c.speaker),)), d) for d in claims for c in claims[d] if c.speaker}

    def originals(self, documents: Collection[str]) -> dict[str, str]:
        """Copies among the documents → what each copies."""
        seen = {d for d in documents if d in self._copies.family}
        out = {d: self._copies.of[d] for d in seen if d in self._copies.of}
        return {**out, **self._index.originals_of({*documents} - seen)}

    def _reports(self, documents: Collection[str]) -> dict[str, Report]:
        """The documents, and those that they are copies of, as origins."""
        original = {d: d for d in documents} | self.originals(documents)
        rows = self._index.documents_by_id({*original, *original.values()})
        return {
            d: Report(original.get(d, d), row.family, row.known_from, fold(row.outlet or "") or d)
            for d, row in rows.items()
        }

    # --- names

    def names(self, naming: Naming) -> set[str]:
        """Takes up who is who; gives the documents in which that changed."""
        known: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for (document, name), who in self._index.names_in(naming.documents - self._new):
            known[document].add((name, who))
        claims = self._index.claims_of(naming.documents)
        for document in naming.documents:
            self._names[document] = names_in(naming, document, claims.get(document, ()))
        return {d for d in naming.documents if self._names[d] != known[d]}

    def _pairs(self, documents: Collection[str]) -> list[tuple[tuple[str, str], str]]:
        """((Document, name as written), person or organization), as it is now, sorted: a person after a body."""
        unseen = {d for d in documents if d not in self._names}
        out = [*self._index.names_in(unseen)]
        out += [((d, name), who) for d in documents if d in self._names for name, who in self._names[d]]
        return sorted(out)

    # --- events

    def events(self, touched: Collection[str]) -> _Told:
        """The events that the touched documents tell of, and all that hangs together with them, made anew."""
        index, result = self._index, _Told()
        documents, claims = index.documents_by_id(touched), index.claims_of(touched)
        originals, names = self.originals(touched), dict(self._pairs(touched))
        decided = index.decided().claims
        for document in sorted(touched):
            row = documents.get(document)
            story = Story(document, row.published if row else None, originals.get(document, document))
            result.told[document] = tell(story, claims.get(document, ()), names, decided)
        for document, texts in index.told_in({*touched} - self._new).items():
            result.before[document] = [*map(happening_from_text, texts)]
        nearby = Nearby(index, result.told)
        before = flat(result.before.values())
        reached = hang_together([*flat(result.told.values()), *beside(before, nearby.linked)], nearby)
        result.gone = dict(index.events_with({c for one in (*before, *flat(reached)) for c in one.claims}))
        self._make(reached, result)
        return result

    def _make(self, reached: Iterable[list[Happening]], result: _Told) -> None:
        """The events of what hangs together."""
        made = [pair for ones in reached for pair in gather(ones)]
        tellers = {d for one, _ in made for d in one.orders}
        of = self._index.claims_of(tellers)
        told = {c.id: c for claims in of.values() for c in claims}
        outlets = self._outlets(told.values())
        relays = {d: name for d, claims in of.items() if (name := relayed(claims, outlets))}
        names, reports = dict(self._pairs(tellers)), self._reports(tellers)
        sources = Sources(told, names, reports, relays, outlets, self._locate)
        for happening, links in made:
            event = make_event(happening, sources)
            result.events[event.id] = event
            result.links += links

    # --- all together

    def changes(self, naming: Naming, told: _Told, touched: set[str]) -> Changes:
        """All that changed, what stays the same left out."""
        entities, gone = naming.entities, naming.gone
        same = {i for i, p in entities.items() if gone.get(i) == p}
        otherwise = {c.id for claims in self._index.claims_of(self._index.redecided()).values() for c in claims}
        same |= {i for i, e in told.events.items() if told.gone.get(i) == e and otherwise.isdisjoint(e.claims)}
        now = [p for i, p in sorted(entities.items()) if i not in same]
        events = [e for i, e in sorted(told.events.items()) if i not in same]
        keys, keys_gone = self._keys(naming, told)
        return Changes(
            documents=frozenset(touched),
            gone=frozenset((gone.keys() | told.gone.keys()) - same),
            unlinked=frozenset(naming.sides | {("event", c) for e in told.gone.values() for c in e.claims}),
            unasked=frozenset(naming.gone.keys() | naming.entities.keys()),
            linked=Linked(
                questions=tuple(naming.questions),
                people=tuple(p for p in now if p.kind == "person"),
                organizations=tuple(p for p in now if p.kind != "person"),
                events=tuple(events),
                claim_events=tuple(sorted((c, e.id) for e in events for c in e.claims)),
                names=tuple(self._pairs(touched)),
                copies=tuple(sorted(self.originals(touched).items())),
                links=tuple(sorted((*naming.links, *told.links), key=lambda k: (k.kind, k.a, k.b, k.reason))),
            ),
            told=tuple((d, happening_to_text(one)) for d, ones in sorted(told.told.items()) for one in ones),
            keys=frozenset(keys - keys_gone),
            keys_gone=frozenset(keys_gone - keys),
            wordings=tuple(naming.bodies.wordings),
            wording_keys=frozenset(naming.bodies.keys),
        )

    def _keys(self, naming: Naming, told: _Told) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
        """(Key, document) as it is now for what was looked at, and as it was."""
        now = {(key, d) for d, ones in told.told.items() for one in ones for key in block_keys(one)}
        was = {(key, d) for d, ones in told.before.items() for one in ones for key in block_keys(one)}
        now |= {(key, d) for d in self._new for key in (*self._text_keys.get(d, ()), *naming.keys.get(d, ()))}
        return now | self._citations() | self._keys_again(naming), was

    def _keys_again(self, naming: Naming) -> set[tuple[int, str]]:
        """(Key, document) of documents about which people decided otherwise, where it is not there yet. Older keys
        stay: what is found by them is compared as any other."""
        again = {(key, d) for d in self._index.redecided() for key in naming.keys.get(d, ())}
        again |= self._cited(self._index.redecided())
        there = self._index.with_keys({key for key, _ in again})
        return {(key, d) for key, d in again if d not in there.get(key, ())}


class Nearby:
    """Finds happenings by key: those told anew, and the linked ones of documents that are not."""

    def __init__(self, index: LinkIndex, told: Mapping[str, list[Happening]]) -> None:
        self._index = index
        self._told = told
        self._by_key: dict[int, list[Happening]] = defaultdict(list)
        for one in flat(told.values()):
            for key in block_keys(one):
                self._by_key[key].append(one)
        self._known: dict[str, list[tuple[frozenset[int], Happening]]] = {}

    def __call__(self, keys: Collection[int]) -> list[Happening]:
        """All that have any of the keys."""
        return [*(one for key in keys for one in self._by_key.get(key, ())), *self.linked(keys)]

    def linked(self, keys: Collection[int]) -> list[Happening]:
        """Those among them that were linked before and are not told anew."""
        found = {d for documents in self._index.with_keys(keys).values() for d in documents} - self._told.keys()
        for document, texts in self._index.told_in(found - self._known.keys()).items():
            ones = map(happening_from_text, texts)
            self._known[document] = [(frozenset(block_keys(one)), one) for one in ones]
        return [one for d in found for of_it, one in self._known.get(d, ()) if not of_it.isdisjoint(keys)]


def flat(sets: Iterable[Iterable[Happening]]) -> list[Happening]:
    """All happenings of all sets."""
    return [one for ones in sets for one in ones]

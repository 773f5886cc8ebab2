"""Who is who in documents that are new or changed: their mentions, and all mentions that may be the same, anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.facts.claims import Claim, Mention
from khronika.facts.contracts import LinkIndex
from khronika.facts.decisions import MentionKey
from khronika.facts.events import Link, Person, Question
from khronika.link import people
from khronika.link.blocks import blocks, keys_by
from khronika.link.bodies import Bodies, link_bodies
from khronika.link.keys import number
from khronika.link.surroundings import Portrait, Scene, Surroundings, marked, surroundings
from khronika.text.fold import fold

PERSON, ORGANIZATION = "person", "organization"
_LETTER = {PERSON: "p", ORGANIZATION: "o"}


@dataclass(slots=True)
class Naming:
    """Who is who.

    `documents`: all in which a mention was looked at anew; `mentions`: of those, all. `entity`: (document, label, name
    of the mention) → id, for every mention of those documents. `entities`: made anew; `gone`: what was there of the
    same mentions before. `links` and `sides`: why mentions were joined, and which mentions may have been.
    `questions`: about people made anew. `bodies`: what was found of organizations. `keys`: of the people in each
    document given. `was`: (document, name) of the people who hung together before people decided otherwise.
    """

    documents: set[str] = field(default_factory=set)
    mentions: dict[str, Sequence[Mention]] = field(default_factory=dict)
    entity: dict[tuple[str, str, str], str] = field(default_factory=dict)
    entities: dict[str, Person] = field(default_factory=dict)
    gone: dict[str, Person] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    sides: set[tuple[str, str]] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    bodies: Bodies = field(default_factory=Bodies)
    keys: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    was: set[tuple[str, str]] = field(default_factory=set)


def identify(
    index: LinkIndex, touched: Collection[str], new: Collection[str], of: Callable[[Collection[str]], Mapping[str, str]]
) -> Naming:
    """Who is who in the touched documents, and in all that share a name with them.

    Parameters: `touched`, documents that are new or count otherwise than before; `new`, those of them that the index
    does not find by key yet; `of` gives copies among documents → what each copies.
    """
    naming = Naming(bodies=link_bodies(index, new))
    changed, before = {*index.redecided()}, index.before()
    was = _Reach(before, defaultdict(set)).all_like(changed, ()) if before else []
    naming.was = {(m.document, m.name) for m in was}
    members = _Reach(index, naming.keys).all_like(touched, {*new, *changed}, was)
    documents = {m.document for m in members}
    known, claims = index.documents_by_id(documents), index.claims_of(documents)
    told = [c for of_it in claims.values() for c in of_it]
    here = [m for of_it in index.mentions_of(documents).values() for m in of_it]
    around = surroundings(known.values(), told, here, of(documents))
    found = people.link_people(members, around, index.decided().mentions)
    naming.entities = {p.id: p for p in (*found.people, *naming.bodies.organizations)}
    naming.links = [*found.links, *naming.bodies.links]
    naming.questions = found.questions
    naming.sides = {(PERSON, f"{m.document}/{m.name}") for m in (*members, *was)} | naming.bodies.sides
    naming.entity = {(m.document, PERSON, m.name): found.names[m.document, m.name] for m in members}
    naming.entity |= {(document, ORGANIZATION, name): who for (document, name), who in naming.bodies.entity.items()}
    naming.documents = documents | {*touched} | {document for document, _ in naming.bodies.entity}
    _complete(index, naming, new)
    return naming


def _complete(index: LinkIndex, naming: Naming, new: Collection[str]) -> None:
    """The other mentions of the documents as they were, and what was there of those that were looked at."""
    naming.mentions = dict(index.mentions_of(naming.documents))
    before: dict[tuple[str, str, str], str] = {}
    for (document, name), who in index.names_in(naming.documents - {*new}):
        before[document, who[0], name] = who
    same = {(document, "p", name) for document, label, name in naming.entity if label == PERSON}
    same |= {(document, "p", name) for document, name in naming.was}
    naming.gone = {**index.entities({before[key] for key in same if key in before}), **naming.bodies.gone}
    for document, mentions in naming.mentions.items():
        for mention in mentions:
            key = (document, mention.label, mention.name)
            was = before.get((document, _LETTER.get(mention.label, ""), mention.name))
            if was and key not in naming.entity:
                naming.entity[key] = was


def names_in(naming: Naming, document: str, claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """(Name as written, person or organization) of one document, the names in its claims too.

    A mention's own name is its; another form of it where no other mention of its kind has that form; a name of a claim
    that differs in case or marks only, where that fits one.
    """
    own: set[tuple[str, str]] = set()
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in naming.mentions.get(document, ()):
        who = naming.entity.get((document, mention.label, mention.name))
        if who:
            own.add((mention.name, who))
            for form in mention.forms:
                forms[mention.label, form].add(who)
    named = {(who[0], name) for name, who in own}
    for (label, form), whose in forms.items():
        if len(whose) == 1 and (_LETTER.get(label, ""), form) not in named:
            own.add((form, next(iter(whose))))
    return own | _as_claimed(own, claims)


def _as_claimed(own: Collection[tuple[str, str]], claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """Names of claims that differ from known ones in case or marks only."""
    best: dict[str, str] = {}
    for name, who in sorted(own):
        best[name] = who
    folded: dict[str, set[str]] = defaultdict(set)
    for name, who in best.items():
        folded[fold(name)].add(who)
    out = set()
    for claim in claims:
        for name in (*claim.targets, *claim.actors, *((claim.speaker,) if claim.speaker else ())):
            found = folded.get(fold(name), set())
            if name not in best and len(found) == 1:
                out.add((name, next(iter(found))))
    return out


class _Reach:
    """Finds the people named that may be the same as those in some documents, by keys, to the last."""

    def __init__(self, index: LinkIndex, keys: dict[str, set[int]]) -> None:
        self._index = index
        self._keys_of_documents = keys
        self._under: dict[Mention, frozenset[int]] = {}
        self._sought: dict[Mention, frozenset[int]] = {}
        self._of: dict[str, list[Mention]] = {}
        self._numbers: dict[str, int] = {}
        self._new: dict[int, set[str]] = defaultdict(set)
        self._around: dict[str, Surroundings] = defaultdict(Surroundings)
        self._scenes: dict[str, Scene] = {}

    def all_like(self, touched: Collection[str], new: Collection[str], also: Iterable[Mention] = ()) -> list[Mention]:
        """The mentions of the touched documents and `also`, and all that hang together with them, directly or through
        others.

        People that share a key may still have nothing to do with each other.
        """
        self._load(touched)
        for document in touched:
            for mention in self._of.get(document, ()):
                self._keys_of_documents[document] |= self._under[mention]
                if document in new:
                    for key in self._under[mention]:
                        self._new[key].add(document)
        members = {m: None for d in sorted(touched) for m in self._of.get(d, ())}
        more_of = [*also]
        self._load({m.document for m in more_of})
        members.update({m: None for m in more_of if m in self._of.get(m.document, ())})
        opened = [*members]
        while opened:
            more = self._beside(opened)
            opened = [m for m in more if m not in members]
            members.update(dict.fromkeys(opened))
        return [*members]

    def _beside(self, opened: Sequence[Mention]) -> list[Mention]:
        """The mentions that hang together with the opened ones by a step or more, themselves among them."""
        sought = {key for m in opened for key in self._sought[m]}
        found = {d for ds in self._index.with_keys(sought).values() for d in ds}
        found |= {d for key in sought for d in self._new.get(key, ())}
        decided = self._put_together(opened)
        found |= {document for document, *_ in decided}
        self._load(found)
        near = [
            m for d in sorted(found) for m in self._of.get(d, ())
            if not sought.isdisjoint(self._under[m]) or (d, m.label, m.name) in decided
        ]  # fmt: skip
        all_of_them = dict.fromkeys((*opened, *near))
        wanted = {*opened}
        sets = blocks([self._portrait(m) for m in all_of_them])
        return [
            m for ones in sets if not wanted.isdisjoint(p.mentions[0] for p in ones) for p in ones for m in p.mentions
        ]

    def _put_together(self, opened: Iterable[Mention]) -> set[MentionKey]:
        """Those whom people put together with any of the opened ones."""
        placing = self._index.decided().mentions
        return {key for m in opened for key in placing.together((m.document, m.label, m.name))} if placing else set()

    def _portrait(self, mention: Mention) -> Portrait:
        """What is known of someone from this mention; whose copy its document is matters to nothing here."""
        scene = self._scenes.get(mention.document)
        if scene is None:
            scene = self._scenes[mention.document] = Scene(self._around[mention.document])
        return marked(scene.portrait(mention), mention, self._index.decided().mentions)

    def _load(self, documents: Collection[str]) -> None:
        """Reads the people named in the documents, with their keys."""
        missing = {d for d in documents if d not in self._of}
        if not missing:
            return
        mentions = self._index.mentions_of(missing)
        claims = [c for of_it in self._index.claims_of(missing).values() for c in of_it]
        here = [m for of_it in mentions.values() for m in of_it]
        self._around.update(surroundings(self._index.documents_by_id(missing).values(), claims, here, {}))
        keys_of = keys_by(self._around)
        for document, of_it in mentions.items():
            self._of[document] = [m for m in of_it if m.label == PERSON]
            for mention in self._of[document]:
                keys = keys_of(mention)
                self._under[mention] = frozenset(map(self._number, keys.under))
                self._sought[mention] = frozenset(map(self._number, keys.sought))

    def _number(self, key: str) -> int:
        """The key as a number, worked out once: most are those of many mentions."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = number(PERSON, (key,))
        return found

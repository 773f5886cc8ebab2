"""Which organization is meant in new documents, and which ones are others because of them.

Documents by the thousand name one body, nearly all in the same words. So what is linked are not mentions but wordings,
each kept once with how often it is used: a story that names a ministry as others do adds one to a number, and no other
story that names it is read. Only a wording that is new is compared, with the wordings that share a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from khronika.facts.claims import Mention
from khronika.facts.contracts import LinkIndex
from khronika.facts.events import Link, Person, Wording
from khronika.link.keys import number
from khronika.link.organizations import Use, Words, home_of, keys_of, link_wordings, organization, words_of

LABEL = "organization"


@dataclass(slots=True)
class Bodies:
    """`entity`: (document, name of the mention) → id, for the mentions whose organization is new or another than it
    was; `organizations`: made anew, without documents, `gone`: what was there of the same wordings; `links` and
    `sides`: as of `identify.Naming`; `wordings`, `keys`: as of `Changes`."""

    entity: dict[tuple[str, str], str] = field(default_factory=dict)
    organizations: list[Person] = field(default_factory=list)
    gone: dict[str, Person] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    sides: set[tuple[str, str]] = field(default_factory=set)
    wordings: list[Wording] = field(default_factory=list)
    keys: set[tuple[int, str]] = field(default_factory=set)


def link_bodies(index: LinkIndex, new: Collection[str]) -> Bodies:
    """The organizations that the documents name, and those that are others because of them.

    A pure function of all wordings there are, whichever came first. A document that is linked already counts once.
    """
    linked = {document for (document, _), who in index.names_in(new) if who.startswith("o")}
    worded = _worded(index, new)
    ids = {words: words.id for words in {*worded.values()}}
    known = index.wordings([*ids.values()])
    was = _reached(index, [words for words, id in ids.items() if id not in known], known.values())
    before = {words: Use(wording.uses, wording.first) for words, wording in was.items()}
    now = dict(before)
    for mention, words in worded.items():
        if mention.document not in linked:
            now[words] = now[words].and_in(mention.document) if words in now else Use(1, mention.document)
    owner = link_wordings(now)
    found = Bodies(entity={(m.document, m.name): owner[words] for m, words in _by_name(worded)})
    _take_wordings(found, now, owner, was)
    _take_organizations(index, found, _owned(now, owner), _owned(before, {w: was[w].organization for w in was}))
    _take_moved(index, found, {w: (was[w].organization, owner[w]) for w in was if was[w].organization != owner[w]})
    return found


def _worded(index: LinkIndex, documents: Collection[str]) -> dict[Mention, Words]:
    """How the documents' mentions of organizations are worded."""
    mentions = [m for ones in index.mentions_of(documents).values() for m in dict.fromkeys(ones) if m.label == LABEL]
    where = {m.document for m in mentions}
    relations = [r for ones in index.relations_of(where).values() for r in ones]
    claims = [c for ones in index.claims_as_read(where).values() for c in ones]
    return words_of(mentions, relations, home_of(index.documents_by_id(where).values(), claims))


def _by_name(worded: Mapping[Mention, Words]) -> list[tuple[Mention, Words]]:
    """In an order of their own, so that of two mentions of one name in a document it does not matter which came
    first."""
    return sorted(worded.items(), key=lambda pair: (pair[0].document, pair[1].to_text()))


def _reached(index: LinkIndex, fresh: Iterable[Words], known: Iterable[Wording]) -> dict[Words, Wording]:
    """The linked wordings that those may have to do with: of fresh ones all that hang together with them by keys; of
    known ones, which change nothing but a number, those of the same organization."""
    found = {w.id: w for w in index.wordings_of({one.organization for one in known})}
    looked: set[int] = set()
    keys = {key for words in fresh for key in _numbers(words)}
    seen: set[str] = set()
    while keys:
        looked |= keys
        more = [w for w in index.wordings_with(keys) if w.id not in seen]
        seen |= {w.id for w in more}
        found.update({w.id: w for w in more})
        keys = {key for w in more for key in _numbers(Words.from_text(w.body))} - looked
    return {Words.from_text(w.body): w for w in found.values()}


def _numbers(words: Words) -> list[int]:
    """The wording's keys as numbers."""
    return [number(LABEL, (key,)) for key in keys_of(words)]


def _owned(used: Mapping[Words, Use], owner: Mapping[Words, str]) -> dict[str, dict[Words, Use]]:
    """Organization → its wordings."""
    found: dict[str, dict[Words, Use]] = defaultdict(dict)
    for words in sorted(used, key=Words.to_text):
        found[owner[words]][words] = used[words]
    return found


def _take_wordings(
    found: Bodies, now: Mapping[Words, Use], owner: Mapping[Words, str], was: Mapping[Words, Wording]
) -> None:
    """The wordings that are new or changed, and the keys of new ones."""
    for words, use in now.items():
        row = Wording(words.id, words.to_text(), owner[words], use.number, use.first)
        if was.get(words) != row:
            found.wordings.append(row)
        if words not in was:
            found.keys |= {(key, row.id) for key in _numbers(words)}
    found.wordings.sort(key=lambda w: w.id)


def _take_organizations(
    index: LinkIndex, found: Bodies, now: Mapping[str, dict[Words, Use]], before: Mapping[str, dict[Words, Use]]
) -> None:
    """The organizations of these wordings and why names were joined, where it is not as it was."""
    old = {id: organization(id, used) for id, used in before.items()}
    new = {id: organization(id, used) for id, used in now.items()}
    same = {id for id in old.keys() & new.keys() if old[id] == new[id]}
    found.gone = dict(index.entities(old.keys() - same))
    found.organizations = [new[id][0] for id in sorted(new.keys() - same)]
    found.sides = {(LABEL, link.a) for id in old.keys() - same for link in old[id][1]}
    found.links = [
        link for id in sorted(new) for link in new[id][1] if id not in same or (LABEL, link.a) in found.sides
    ]


def _take_moved(index: LinkIndex, found: Bodies, moved: Mapping[Words, tuple[str, str]]) -> None:
    """The mentions of linked documents in which a wording stands for another organization now."""
    if not moved:
        return
    worded = _worded(index, index.documents_naming({old for old, _ in moved.values()}))
    where = {mention.document for mention, words in worded.items() if words in moved}
    here = [(mention, words) for mention, words in _by_name(worded) if mention.document in where]
    known = index.wordings({words.id for _, words in here})
    for mention, words in here:
        now = moved[words][1] if words in moved else known[words.id].organization
        found.entity[mention.document, mention.name] = now

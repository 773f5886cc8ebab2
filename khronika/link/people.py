"""People across documents: which mentions are one person, why, and what only a person can say.

A name alone never makes two mentions one person: something that stories say around it must speak for it. The steps:
portraits of the mentions (`surroundings`), the components of those that can have to do with each other (`blocks`), and
each component resolved by itself (`resolve`), with comparers that each say how much and why (`comparers`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khronika.facts.claims import Mention
from khronika.facts.decisions import MentionKey
from khronika.facts.events import Link, Person, Question
from khronika.facts.placing import Placing
from khronika.link.blocks import blocks
from khronika.link.comparers import Verdict
from khronika.link.resolve import Resolved, resolve
from khronika.link.surroundings import CROWD, Portrait, Surroundings, portraits
from khronika.text.name_parts import name_words, parse_name


@dataclass(frozen=True, slots=True)
class LinkedPeople:
    """`people` by id; `names`: (document id, name of a mention) → person id; `links` made; `questions` for a person."""

    people: list[Person]
    names: dict[tuple[str, str], str]
    links: list[Link]
    questions: list[Question]


def link_people(
    mentions: Iterable[Mention], around: Mapping[str, Surroundings], decided: Placing[MentionKey] | None = None
) -> LinkedPeople:
    """The people, independent of the mentions' order.

    Parameters: `mentions` with label "person"; `around` by document id, with empty ones for those unknown;
    `decided`: which of the mentions are one person by people's decisions, and which are not.
    """
    found = [resolve(component) for component in blocks(portraits(mentions, around, decided))]
    people = [_person(portrait) for one in found for portrait in one.people]
    return LinkedPeople(
        people=sorted(people, key=lambda p: p.id),
        names=_names(found),
        links=sorted((x for one in found for x in one.links), key=lambda x: (x.a, x.b, x.reason)),
        questions=sorted((*_questions(found), *_flags(found)), key=lambda q: (q.a, q.b, q.reasons)),
    )


def entity_id(letter: str, mentions: Iterable[Mention]) -> str:
    """An id from the smallest (document id, name) of the mentions."""
    smallest = min((m.document, m.name) for m in mentions)
    return letter + hashlib.sha256(json.dumps(smallest, ensure_ascii=False).encode()).hexdigest()[:16]


def _person(portrait: Portrait) -> Person:
    """The person: its name is the fullest, of those the one in most documents, of those the first by alphabet."""
    uses = Counter(m.name for m in portrait.mentions)
    name = min(uses, key=lambda n: (-len(parse_name(n).words), -uses[n], n))
    forms = {form for m in portrait.mentions for form in (m.name, *m.forms)}
    return Person(
        id=entity_id("p", portrait.mentions),
        name=name,
        forms=(name, *sorted(forms - {name})),
        documents=tuple(sorted(portrait.documents)),
        hints=tuple(sorted({hint for m in portrait.mentions for hint in m.hints})),
    )


def _names(found: Iterable[Resolved]) -> dict[tuple[str, str], str]:
    """Which mention is whom; of two of one name in one document, the first by id."""
    names: dict[tuple[str, str], str] = {}
    for portrait in (portrait for one in found for portrait in one.people):
        person = entity_id("p", portrait.mentions)
        for mention in portrait.mentions:
            key = mention.document, mention.name
            names[key] = min(person, names.get(key, person))
    return names


def _questions(found: Iterable[Resolved]) -> Iterable[Question]:
    """The doubts as questions between the people that came of them."""
    for one in found:
        for a, b, verdict in one.doubts:
            x, y = sorted(entity_id("p", p.mentions) for p in (a, b))
            yield _question(x, y, verdict)


def _question(a: str, b: str, verdict: Verdict) -> Question:
    """What was said, as a question."""
    return Question(
        a, b, verdict.score, tuple(e.reason for e in verdict.evidence), tuple(e.values for e in verdict.evidence)
    )


def _flags(found: Iterable[Resolved]) -> Iterable[Question]:
    """What is kept but looks wrong: a name without a whole word, and one name left to a crowd of people."""
    for one in found:
        bearers: dict[str, list[str]] = defaultdict(list)
        for portrait in one.people:
            person, name = entity_id("p", portrait.mentions), min(portrait.names)
            words = name_words(name)
            bearers[" ".join(words)].append(person)
            if not any(len(word) > 1 for word in words):
                yield Question(person, "", 0.0, ("a name of single letters",), ((name, ""),))
        for name, ids in sorted(bearers.items()):
            if name and len(ids) > CROWD:
                reason = f"one name of {len(ids)} people whom nothing brings together"
                yield Question(min(ids), "", 0.0, (reason,), ((name, ""),))

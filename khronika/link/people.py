"""People across documents: which mentions are one person.

A name alone never decides more than that two spellings are one name. Steps: (1) mentions of one spelling are one person
unless ages contradict; (2) spellings close to each other are joined, the less certain only with support from what
stands around them; (3) a surname alone joins the one person of that surname whom the surroundings support. A join that
would put two contradicting names, ages, or two people told apart in one document together is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.facts.claims import Mention
from khronika.facts.events import Link, Person
from khronika.link.surroundings import SAME_OUTLET, Surroundings, support
from khronika.text.name_tables import given_groups
from khronika.text.names import SAME, is_short_form, name_words, parse_name, same_spelling, spelling_key
from khronika.text.romanization import word_key

CERTAIN = 0.95
"""From this `same_spelling` on, two full names of equally many words are one person without further support."""

LIKELY = 0.88
"""From this on they are one person with support: above `SAME`, since one changed letter in a given name of six
("Nurlan", "Nurzhan") reaches 0.87 and makes another name."""

YEARS = 2
"""Birth years computed from ages in the news may differ by this much for one person (birthdays, old figures)."""

CROWD = 40
"""A blocking key that more names share says nothing; it is left out ("Muhammad …")."""

_AGE = re.compile(r"\d{1,3}")
_VOWELS = re.compile(r"[aeiouy]+")
_SOUNDS = str.maketrans("gHdoe", "kktui")


@dataclass(slots=True)
class Someone:
    """A person in the making: written full names, mentions, documents, surroundings, and birth years seen."""

    names: list[str]
    mentions: list[Mention]
    documents: set[str]
    around: Surroundings
    born: list[int] = field(default_factory=list)

    def take(self, other: Someone) -> None:
        """The other is the same person."""
        self.names = sorted({*self.names, *other.names})
        self.mentions += other.mentions
        self.documents |= other.documents
        self.around.take(other.around)
        self.born += other.born


def link_people(
    mentions: Iterable[Mention], around: Mapping[str, Surroundings], years: Mapping[str, int]
) -> tuple[list[Person], dict[tuple[str, str], str], list[Link]]:
    """Persons, (document id, name of a mention) → person id, and why each pair was joined.

    Parameters: `mentions` with label "person", any order; `around` and `years` (of publication) by document id.
    """
    ordered = sorted(mentions, key=lambda m: (m.document, m.name, m.forms, m.hints))
    full: list[Mention] = []
    short: list[Mention] = []
    for mention in ordered:
        (full if is_full(mention.name) else short).append(mention)
    links: list[Link] = []
    people = _join(_by_spelling(full, around, years), links)
    people = _attach(people, short, around, years, links)
    return _finish(people, links)


def is_full(name: str) -> bool:
    """Whether the name has a surname and a given name that is more than an initial."""
    parsed = parse_name(name)
    return len(parsed.words) > 1 and any(len(word) > 1 for word in parsed.given)


def _someone(mention: Mention, around: Mapping[str, Surroundings], years: Mapping[str, int]) -> Someone:
    """A person known from one mention."""
    here = Surroundings()
    here.take(around[mention.document])
    ages = [int(h) for h in mention.hints if _AGE.fullmatch(h) and 8 <= int(h) <= 110]
    year = years.get(mention.document)
    return Someone([mention.name], [mention], {mention.document}, here, [year - age for age in ages if year])


def _by_spelling(
    full: Sequence[Mention], around: Mapping[str, Surroundings], years: Mapping[str, int]
) -> list[Someone]:
    """Mentions of one spelling key and patronymic as one person; contradicting ages keep them apart."""
    groups: dict[tuple[str, str], list[Someone]] = defaultdict(list)
    for mention in full:
        key = (spelling_key(mention.name).replace(" ", ""), word_key(parse_name(mention.name).patronymic))
        groups[key].append(_someone(mention, around, years))
    people: list[Someone] = []
    for _, members in sorted(groups.items()):
        people += _by_age(members)
    return people


def _by_age(members: list[Someone]) -> list[Someone]:
    """One person per run of birth years; who has no age joins the only run, or the one with support."""
    aged = sorted((m for m in members if m.born), key=lambda m: (min(m.born), m.mentions[0].document))
    runs: list[Someone] = []
    for member in aged:
        if runs and min(member.born) - min(runs[-1].born) <= YEARS:
            runs[-1].take(member)
        else:
            runs.append(member)
    unaged = [m for m in members if not m.born]
    if len(runs) <= 1:
        for member in unaged:
            if runs:
                runs[0].take(member)
            else:
                runs.append(member)
        return runs
    told_apart = [*runs]
    for member in unaged:
        fits = [run for run in told_apart if support(run.around, member.around, _keys_of(member))]
        if len(fits) == 1:
            fits[0].take(member)
        else:
            runs.append(member)
    return runs


def _keys_of(person: Someone) -> frozenset[str]:
    """The person's own spelling keys, which are no evidence for themselves."""
    return frozenset(spelling_key(name) for name in person.names)


def blocking_keys(name: str) -> tuple[str, ...]:
    """Keys under which possible spellings of the full name meet: consonants of the surname with the given name's
    beginning, and the given name's consonants with the surname's first letter, each in both orders."""
    parsed = parse_name(name)
    first, last = parsed.words[0], parsed.words[-1] if not parsed.surname else "".join(parsed.surname)
    first = parsed.given[0] if parsed.given else first
    pairs = ((first, last), (last, first)) if parsed.loose else ((first, last),)
    keys = []
    for given, family in pairs:
        keys += [f"s:{_bones(family)}:{sound}" for sound in _starts(given)]
        keys += [f"g:{bone}:{word_key(family)[:1].translate(_SOUNDS)}" for bone in _given_bones(given)]
    return tuple(dict.fromkeys(keys))


def keys_of(mention: Mention) -> tuple[str, ...]:
    """Keys that two mentions share, directly or through others, wherever linking them may depend on both."""
    bones = {f"w:{_bones(word)}" for word in name_words(mention.name) if len(word) > 1}
    own = blocking_keys(mention.name) if is_full(mention.name) else (f"k:{spelling_key(mention.name)}",)
    return (*own, *sorted(bones))


def _bones(word: str) -> str:
    """The consonants of the spelling key, sounds that romanizations swap made one."""
    key = word_key(word).translate(_SOUNDS)
    return key[:1] + _VOWELS.sub("", key[1:])


def _starts(given: str) -> list[str]:
    """How a given name may begin: its group of equivalents, else its first sound."""
    groups = given_groups().get(word_key(given))
    return [f"={g}" for g in sorted(groups)] if groups else [word_key(given)[:1].translate(_SOUNDS)]


def _given_bones(given: str) -> list[str]:
    """The given name's groups of equivalents, else its consonants."""
    groups = given_groups().get(word_key(given))
    return [f"={g}" for g in sorted(groups)] if groups else [_bones(given)]


def _join(people: list[Someone], links: list[Link]) -> list[Someone]:
    """Close spellings joined, surest first, each join checked against all names of both sides."""
    edges = _edges(people)
    home = {i: i for i in range(len(people))}
    members = {i: [i] for i in home}
    for score, i, j, reason in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        a, b = sorted((home[i], home[j]))
        if a == b or not _may_join(people[a], people[b]):
            continue
        links.append(_link(people[i], people[j], score, reason))
        people[a].take(people[b])
        for k in members.pop(b):
            home[k] = a
            members[a].append(k)
    return [people[i] for i in sorted(members)]


def _edges(people: Sequence[Someone]) -> list[tuple[float, int, int, str]]:
    """(score, i, j, reason) of pairs that may be joined."""
    edges = []
    for i, j in _candidates(people):
        score = same_spelling(people[i].names[0], people[j].names[0])
        if score < LIKELY:
            continue
        even = len(parse_name(people[i].names[0]).words) == len(parse_name(people[j].names[0]).words)
        shared = support(people[i].around, people[j].around, _keys_of(people[i]) | _keys_of(people[j]))
        shared = "" if shared.startswith(SAME_OUTLET) else shared  # an outlet spells one name one way
        if shared or (even and score >= CERTAIN):
            edges.append((score, i, j, "spelling" + (f"; {shared}" if shared else "")))
    return _unambiguous(people, edges)


def _candidates(people: Sequence[Someone]) -> list[tuple[int, int]]:
    """Pairs that share a blocking key."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, person in enumerate(people):
        for key in blocking_keys(person.names[0]):
            blocks[key].append(i)
    return sorted({(i, j) for b in blocks.values() if len(b) <= CROWD for n, i in enumerate(b) for j in b[n + 1 :]})


def _unambiguous(
    people: Sequence[Someone], edges: list[tuple[float, int, int, str]]
) -> list[tuple[float, int, int, str]]:
    """The edges without those of a name that fits two others which contradict each other ("Ivan Sidorov" fits both
    "Ivan Petrovich" and "Ivan Olegovich Sidorov")."""
    fits: dict[int, list[int]] = defaultdict(list)
    for _, i, j, _ in edges:
        fits[i].append(j)
        fits[j].append(i)
    torn = {
        i
        for i, others in fits.items()
        if any(not _agree(people[a], people[b]) for n, a in enumerate(others) for b in others[n + 1 :])
    }
    return [e for e in edges if e[1] not in torn and e[2] not in torn]


def _agree(a: Someone, b: Someone) -> bool:
    """Whether no name of the one contradicts a name of the other, nor the ages."""
    if a.born and b.born and (max(max(a.born), max(b.born)) - min(min(a.born), min(b.born))) > YEARS:
        return False
    return all(
        same_spelling(x, y) >= SAME or is_short_form(x, y) or is_short_form(y, x) for x in a.names for y in b.names
    )


def _may_join(a: Someone, b: Someone) -> bool:
    """Whether two may be one person: nothing contradicts, and no document tells them apart."""
    return not (a.documents & b.documents) and _agree(a, b)


def _link(a: Someone, b: Someone, score: float, reason: str) -> Link:
    """The record of a join, between the first mentions of both sides."""
    x, y = sorted((a.mentions[0], b.mentions[0]), key=lambda m: (m.document, m.name))
    return Link(f"{x.document}/{x.name}", f"{y.document}/{y.name}", round(score, 3), reason, (x.name, y.name))


def _attach(
    people: list[Someone],
    short: Sequence[Mention],
    around: Mapping[str, Surroundings],
    years: Mapping[str, int],
    links: list[Link],
) -> list[Someone]:
    """Surnames alone: to the one person of that surname whom the surroundings support, else to each other where the
    surroundings do, else a person of their own."""
    by_word: dict[str, list[Someone]] = defaultdict(list)
    for person in people:
        for bone in {_bones(word) for name in person.names for word in name_words(name) if len(word) > 1}:
            by_word[bone].append(person)
    loners: dict[str, list[Someone]] = defaultdict(list)
    for mention in short:
        lone = _someone(mention, around, years)
        words = [w for w in name_words(mention.name) if len(w) > 1]
        bone = _bones(parse_name(mention.name).surname[-1]) if words else ""
        fits = [p for p in by_word[bone] if any(is_short_form(mention.name, name) for name in p.names)]
        shared = support(fits[0].around, lone.around) if len(fits) == 1 else ""
        if shared and not fits[0].documents & lone.documents:
            links.append(_link(fits[0], lone, 0.9, f"surname alone, only one person has it; {shared}"))
            _keep_names(fits[0], lone)
            continue
        key = spelling_key(mention.name)
        twin = next((x for x in loners[key] if not fits and words and _may_pair(x, lone)), None)
        if twin:
            links.append(_link(twin, lone, 0.8, f"one short name; {support(twin.around, lone.around)}"))
            twin.take(lone)
        else:
            loners[key].append(lone)
    return people + [lone for _, group in sorted(loners.items()) for lone in group]


def _keep_names(person: Someone, lone: Someone) -> None:
    """Take a short mention in without its name becoming one of the full names."""
    names = person.names
    person.take(lone)
    person.names = names


def _may_pair(a: Someone, b: Someone) -> bool:
    """Whether two mentions of one short name are one person: more than the outlet must be shared."""
    shared = support(a.around, b.around)
    return _may_join(a, b) and bool(shared) and not shared.startswith(SAME_OUTLET)


def _finish(
    people: Sequence[Someone], links: list[Link]
) -> tuple[list[Person], dict[tuple[str, str], str], list[Link]]:
    """The persons with ids from their smallest mention, and which mention is whom."""
    persons: list[Person] = []
    names: dict[tuple[str, str], str] = {}
    for someone in people:
        person = _person(someone)
        persons.append(person)
        for mention in someone.mentions:
            key = mention.document, mention.name
            names[key] = min(person.id, names.get(key, person.id))
    return sorted(persons, key=lambda p: p.id), names, sorted(links, key=lambda x: (x.a, x.b, x.reason))


def entity_id(letter: str, mentions: Iterable[Mention]) -> str:
    """An id from the smallest (document id, name) of the mentions."""
    smallest = min((m.document, m.name) for m in mentions)
    return letter + hashlib.sha256(json.dumps(smallest, ensure_ascii=False).encode()).hexdigest()[:16]


def _person(someone: Someone) -> Person:
    """The person: its name is the fullest, of those the one in most documents, of those the first by alphabet."""
    uses: dict[str, int] = defaultdict(int)
    for mention in someone.mentions:
        uses[mention.name] += 1
    name = min(uses, key=lambda n: (-len(parse_name(n).words), -uses[n], n))
    forms = {form for m in someone.mentions for form in (m.name, *m.forms)}
    return Person(
        id=entity_id("p", someone.mentions),
        name=name,
        forms=(name, *sorted(forms - {name})),
        documents=tuple(sorted(someone.documents)),
        hints=tuple(sorted({hint for m in someone.mentions for hint in m.hints})),
    )

"""What stories say around a name: the evidence, besides spelling, that two mentions are one person."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from khronika.facts.claims import Claim, Mention
from khronika.facts.decisions import MentionKey
from khronika.facts.documents import Document
from khronika.facts.placing import Placing
from khronika.text.edtf import bounds
from khronika.text.fold import fold
from khronika.text.name_parts import is_syllable, name_words, parse_name, spelling_key
from khronika.text.name_tables import given_languages, honorifics
from khronika.text.romanization import word_key
from khronika.text.tables import rows

CROWD = 40
"""So many people of one component are compared each with each; of more, those that share a sign which no more share."""

DAY = 10
"""Letters of a date to the day: "2021-06-22". A happening known to the year alone is no sign of anything."""

YOUNGEST, OLDEST = 8, 110
"""Ages that are believed: a smaller or larger number behind a name is something else."""

_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
"""A day of a date that every month has: what is behind the 28th counts by its story's week alone."""

_AGE = re.compile(r"\d{1,3}")


Happening = tuple[str, str]
Sign = tuple[str, ...]
_NONE: frozenset[str] = frozenset()
_NO_HAPPENING: frozenset[Happening] = frozenset()


@dataclass(slots=True)
class Portrait:
    """What is known of someone from one mention or several.

    `names` as written; `keys` their spelling keys with all words joined; `patronymics` as spelling keys; `born` years
    that ages give; `roles` the nouns they are called by; `happenings` told of them as (type, EDTF date), `scene`
    those of their documents; `charges` words of the charges against them; `company` keys of the other full names in
    their documents to whom something is done there, `bystanders` those of the rest (officials, speakers); `towns`,
    `regions` and `countries` folded, those told of them if any are, else those of their documents; `home` the towns
    told of them; `outlets` folded; `origins` documents, copies by what they copy. `weeks` in which the documents were
    published, and the weeks after, as days of the proleptic calendar by seven; `pages` that the documents stand on.
    `common`: so many bear these words that the name says little. `one`, `sides`: what people decided, as of `Marks`.
    """

    names: Set[str]
    keys: Set[str]
    mentions: list[Mention]
    documents: Set[str]
    patronymics: Set[str] = _NONE
    born: Set[int] = frozenset()
    roles: Set[str] = _NONE
    happenings: Set[Happening] = _NO_HAPPENING
    scene: Set[Happening] = _NO_HAPPENING
    charges: Set[str] = _NONE
    company: Set[str] = _NONE
    bystanders: Set[str] = _NONE
    towns: Set[str] = _NONE
    regions: Set[str] = _NONE
    countries: Set[str] = _NONE
    home: Set[str] = _NONE
    outlets: Set[str] = _NONE
    origins: Set[str] = _NONE
    weeks: Set[int] = frozenset()
    pages: Set[str] = _NONE
    common: bool = False
    one: Set[str] = _NONE
    sides: Set[str] = _NONE

    def take(self, other: Portrait, *, named: bool = True) -> None:
        """The other is the same person: all that is known of one is known of both. `named`: its name is one of theirs,
        not a surname alone. What other portraits share is copied, not changed."""
        for name in _SETS if named else _SETS[2:]:
            mine, theirs = getattr(self, name), getattr(other, name)
            if not theirs <= mine:
                if isinstance(mine, set):
                    mine |= theirs
                else:
                    setattr(self, name, mine | set(theirs) if mine else set(theirs))
        self.mentions = [*self.mentions, *other.mentions] if len(self.mentions) < 2 else self._with(other.mentions)
        self.common = self.common or other.common

    def _with(self, mentions: list[Mention]) -> list[Mention]:
        """Its own mentions with these behind them."""
        self.mentions.extend(mentions)
        return self.mentions

    def signs(self) -> set[Sign]:
        """What this could share with another of the name: a town, a companion, a happening. Country and outlet are not
        among them: nearly all share those."""
        signs: set[Sign] = {("town", town) for town in self.towns}
        signs |= {("with", key) for key in (*self.company, *self.bystanders)}
        signs |= {("born", str(year + more)) for year in self.born for more in (0, 1)}
        return signs | {("told", *happening) for happening in self.happenings}


_SETS = ("names", "keys", *(f.name for f in fields(Portrait) if f.name not in {"names", "keys", "mentions", "common"}))


@dataclass(slots=True)
class Places:
    """Folded `towns` and `regions`, and `countries` as codes where known."""

    towns: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    def add(self, chain: Sequence[str]) -> None:
        """Adds a place's names, most specific first: what is a country's name, or stands last behind another, is a
        country; what is between, a region."""
        for at, name in enumerate(chain):
            key = fold(name)
            if not at and not _sites().isdisjoint(key.split()):
                continue  # a court's or a jail's name says where in the town, if it says more at all
            if code := _countries().get(key):
                self.countries.add(code)
            elif key and at and at == len(chain) - 1:
                self.countries.add(key)
            elif key:
                (self.regions if at else self.towns).add(key)


@dataclass(slots=True)
class Surroundings:
    """Of one document: `people` spelling keys of the full names in it, `concerned` those that are targets of its
    claims, `scene` the places of its claims and its dateline, `places` by written name those of the claims about it,
    `happenings` as (type, date to the day), `told` and `charges` by written name: what its claims say of whom;
    `outlet` folded, `origin` the document that it copies, or itself, `day` of publication, `page` if it is one story
    of several on it."""

    people: set[str] = field(default_factory=set)
    concerned: set[str] = field(default_factory=set)
    scene: Places = field(default_factory=Places)
    places: dict[str, Places] = field(default_factory=dict)
    happenings: set[Happening] = field(default_factory=set)
    told: dict[str, set[Happening]] = field(default_factory=dict)
    charges: dict[str, set[str]] = field(default_factory=dict)
    outlet: str = ""
    origin: str = ""
    day: date | None = None
    page: str = ""


def is_common(name: str) -> bool:
    """Whether many bear the name, for all that its words say: Arabic given names only ("Ali Hassan", the son's and the
    father's), or a one-syllable family name and a one-syllable given name ("Wang Wei")."""
    parsed = parse_name(name)
    if len(parsed.words) < 2:
        return False
    if not parsed.loose and parsed.surname[0] in honorifics().family_first:
        return all(is_syllable(word) for word in parsed.given)
    return all("ar" in given_languages().get(word_key(word), ()) for word in parsed.words)


@cache
def _sites() -> frozenset[str]:
    """Words of places inside a town ("court", "jail", "airport")."""
    text = (files("khronika") / "resources" / "where.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["sites"])


@cache
def _countries() -> dict[str, str]:
    """Folded name of a country → its code."""
    return {fold(name): row[0] for row in rows("places/countries.tsv") for name in (row[2], *row[3].split("|")) if name}


def surroundings(
    documents: Iterable[Document], claims: Iterable[Claim], mentions: Iterable[Mention], copies: Mapping[str, str]
) -> dict[str, Surroundings]:
    """Document id → its surroundings; `copies` as document id → original's id.

    A document without any gets empty ones on look-up (a defaultdict).
    """
    found: dict[str, Surroundings] = defaultdict(Surroundings)
    for document in documents:
        here = found[document.id]
        here.outlet = fold(document.outlet or "")
        here.origin = copies.get(document.id, document.id)
        here.day = bounds(document.published)[0] if document.published else None
        here.page = document.source
        here.scene.add(re.split(r"[,\[(]", document.dateline) if document.dateline else ())
    for claim in claims:
        here = found[claim.document]
        here.scene.add(claim.place)
        happening = (claim.type, claim.date) if claim.date and len(claim.date) >= DAY else None
        if happening:
            here.happenings.add(happening)
        here.concerned.update(spelling_key(name) for name in claim.targets)
        for name in dict.fromkeys((*claim.targets, *claim.actors)):
            here.places.setdefault(name, Places()).add(claim.place)
            if happening:
                here.told.setdefault(name, set()).add(happening)
        if claim.charge:
            words = {word for word in fold(claim.charge).split() if len(word) > 4}
            for name in claim.targets:
                here.charges.setdefault(name, set()).update(words)
    for mention in mentions:
        if mention.label == "person" and len(name_words(mention.name)) > 1:
            found[mention.document].people.add(spelling_key(mention.name))
    return found


def portraits(
    mentions: Iterable[Mention], around: Mapping[str, Surroundings], decided: Placing[MentionKey] | None = None
) -> list[Portrait]:
    """One portrait for each distinct mention, ordered by document and name. `decided`: who is whom by decision."""
    ordered = sorted(set(mentions), key=lambda m: (m.document, m.name, m.forms, m.hints))
    found = []
    for document, named in groupby(ordered, key=lambda m: m.document):
        scene = Scene(around[document])
        found += [marked(scene.portrait(mention), mention, decided) for mention in named]
    return found


def marked(portrait: Portrait, mention: Mention, decided: Placing[MentionKey] | None) -> Portrait:
    """The portrait of the mention with what people decided of it."""
    if decided and (marks := decided.marks((mention.document, mention.label, mention.name))):
        portrait.one, portrait.sides = marks.one, marks.sides
    return portrait


def _weeks(day: date | None) -> frozenset[int]:
    """The day's week and the one after."""
    return frozenset({day.toordinal() // 7, day.toordinal() // 7 + 1}) if day else frozenset()


def _frozen(*places: Places) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Towns, regions and countries of all of them."""
    return (
        frozenset().union(*(p.towns for p in places)),
        frozenset().union(*(p.regions for p in places)),
        frozenset().union(*(p.countries for p in places)),
    )


class Scene:
    """What the portraits of one document share: the same sets, not copies of them."""

    def __init__(self, here: Surroundings) -> None:
        self.here = here
        self.people, self.bystanders = frozenset(here.people & here.concerned), frozenset(here.people - here.concerned)
        self.happenings = frozenset(here.happenings)
        self.places = _frozen(here.scene)
        self.outlets, self.origins = frozenset({here.outlet} - {""}), frozenset({here.origin} - {""})
        self.weeks, self.pages = _weeks(here.day), frozenset({here.page} - {""})

    def portrait(self, mention: Mention) -> Portrait:
        """What one mention tells."""
        parsed, own = parse_name(mention.name), spelling_key(mention.name)
        forms = dict.fromkeys((mention.name, *mention.forms))
        ages = [int(h) for h in mention.hints if _AGE.fullmatch(h) and YOUNGEST <= int(h) <= OLDEST]
        here = self.here
        own_places = _frozen(*(here.places[form] for form in forms if form in here.places))
        towns, regions, countries = own_places if any(own_places) else self.places
        told = frozenset(happening for form in forms for happening in here.told.get(form, ()))
        return Portrait(
            names=frozenset({mention.name}),
            keys=frozenset({own.replace(" ", "")}),
            mentions=[mention],
            documents=frozenset({mention.document}),
            patronymics=frozenset({word_key(parsed.patronymic)} if parsed.patronymic else ()),
            born=frozenset(here.day.year - age for age in ages) if here.day else frozenset(),
            roles=frozenset(fold(h) for h in mention.hints if not _AGE.fullmatch(h)),
            happenings=told,
            scene=self.happenings,
            charges=frozenset(word for form in forms for word in here.charges.get(form, ())),
            company=self.people - {own} if own in self.people else self.people,
            bystanders=self.bystanders - {own} if own in self.bystanders else self.bystanders,
            towns=towns,
            regions=regions,
            countries=countries,
            home=own_places[0],
            outlets=self.outlets,
            origins=self.origins,
            weeks=self.weeks.union(*(_weeks(date.fromisoformat(day)) for _, day in told if _DATE.fullmatch(day))),
            pages=self.pages,
            common=is_common(mention.name),
        )

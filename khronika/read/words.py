"""Word lists of the reader, loaded once from `resources/people_words.toml` and `resources/voice.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any

from khronika.errors import LexiconError

FORMER = frozenset({"ex", "vice", "co", "non", "deputy", "sub", "fellow"})
"""Prefixes that leave a person a person: "ex-minister", "co-founder"."""
BELIEVER = re.compile(r"(?:[^l]|[aeiou]l)ist$")
"""Nouns in -ist mean people ("trade unionist", "cyberactivist"), lists of things do not ("checklist")."""


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Nouns that mean people: see the file for what each list is for."""

    female: frozenset[str]
    male: frozenset[str]
    human: frozenset[str]
    family: frozenset[str]
    official: frozenset[str]
    speaking: frozenset[str]
    custody: frozenset[str]
    bodies: frozenset[str]
    outlaws: frozenset[str]
    offices: frozenset[str]
    things: frozenset[str]
    premises: frozenset[str]
    compounding: tuple[str, ...]
    police: tuple[str, ...]
    relations: Mapping[str, str]
    mishaps: frozenset[str]

    def is_human(self, lemma: str) -> bool:
        """Whether a noun with this lemma means a person or a group of people, compounds included ("schoolteacher")."""
        if lemma in self.human or lemma in self.family or lemma in self.female or lemma in self.male:
            return True
        if "-" in lemma and lemma.partition("-")[0] in FORMER:
            return self.is_human(lemma.partition("-")[2])
        return len(lemma) > 6 and (lemma.endswith(self.compounding) or bool(BELIEVER.search(lemma)))

    def gender(self, lemma: str) -> str:
        """ "f", "m" or "" for a noun that tells no gender."""
        return "f" if lemma in self.female else "m" if lemma in self.male else ""


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """Words that tell who says a thing and how; see the file."""

    says: frozenset[str]
    facts: frozenset[str]
    addresses: frozenset[str]
    quoting: frozenset[str]
    announces: frozenset[str]
    tells_of: frozenset[str]
    cites: frozenset[str]
    puts: frozenset[str]
    according: tuple[str, ...]
    accounts: frozenset[str]
    sources: frozenset[str]
    writings: frozenset[str]
    studies: frozenset[str]
    publishes: frozenset[str]
    groups: frozenset[str]
    called: Mapping[str, list[str]]
    denies: frozenset[str]
    grounds: frozenset[str]
    demands: frozenset[str]
    demand_nouns: frozenset[str]
    demand_by: Mapping[str, list[str]]
    asking: frozenset[str]
    plans: frozenset[str]
    plan_nouns: frozenset[str]
    awaits: frozenset[str]
    ahead: frozenset[str]
    orders: frozenset[str]
    deeds: frozenset[str]
    future: frozenset[str]
    obliging: frozenset[str]
    possible: frozenset[str]
    weighing: frozenset[str]
    risks: frozenset[str]
    chances: frozenset[str]
    conditions: frozenset[str]
    hedges: frozenset[str]
    hedge_verbs: frozenset[str]
    reports: frozenset[str]
    presupposing: frozenset[str]
    granting: frozenset[str]
    granting_nouns: frozenset[str]
    negations: frozenset[str]
    failed: frozenset[str]
    stops: frozenset[str]
    untrue: frozenset[str]
    object_verbs: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    """The table in `resources/<name>`. Raises LexiconError when it is not TOML."""
    try:
        return tomllib.loads((files("khronika") / "resources" / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(name, str(error)) from error


@lru_cache(maxsize=1)
def people_words() -> PeopleWords:
    """The people words."""
    rows = _load("people_words.toml")
    return PeopleWords(
        female=frozenset(rows["female"]),
        male=frozenset(rows["male"]),
        human=frozenset(rows["human"]) | frozenset(rows["occupations"]),
        family=frozenset(rows["family"]),
        official=frozenset(rows["official"]),
        speaking=frozenset(rows["speaking"]),
        custody=frozenset(rows["custody_words"]),
        bodies=frozenset(rows["bodies"]),
        outlaws=frozenset(rows["outlaws"]),
        offices=frozenset(rows["offices"]),
        things=frozenset(rows["things"]),
        premises=frozenset(rows["premises"]),
        compounding=tuple(rows["compounding"]),
        police=tuple(rows["police"]),
        relations=rows["relations"],
        mishaps=frozenset(rows["mishaps"]),
    )


@lru_cache(maxsize=1)
def voice_words() -> VoiceWords:
    """The voice words."""
    rows = _load("voice.toml")
    tables = {f.name: f.type for f in fields(VoiceWords)}
    made = {"frozenset[str]": frozenset, "tuple[str, ...]": tuple}
    return VoiceWords(**{name: made.get(str(kind), dict)(rows[name]) for name, kind in tables.items()})

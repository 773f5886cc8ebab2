"""Word lists of the reader, loaded once from `resources/people_words.toml` and `resources/voice.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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
    custody: frozenset[str]
    bodies: frozenset[str]
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
    denies: frozenset[str]
    demands: frozenset[str]
    demand_nouns: frozenset[str]
    demand_by: Mapping[str, list[str]]
    plans: frozenset[str]
    plan_nouns: frozenset[str]
    future: frozenset[str]
    possible: frozenset[str]
    possible_phrases: tuple[str, ...]
    hedges: frozenset[str]
    hedge_verbs: frozenset[str]
    obliging: frozenset[str]
    asking: frozenset[str]
    reports: frozenset[str]
    weighing: frozenset[str]
    negations: frozenset[str]
    failed: frozenset[str]
    untrue: tuple[str, ...]
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
        custody=frozenset(rows["custody_words"]),
        bodies=frozenset(rows["bodies"]),
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
    sets = (
        "says",
        "facts",
        "denies",
        "demands",
        "demand_nouns",
        "plans",
        "plan_nouns",
        "future",
        "possible",
        "hedges",
        "hedge_verbs",
        "obliging",
        "asking",
        "reports",
        "weighing",
        "negations",
        "failed",
        "object_verbs",
    )
    return VoiceWords(
        **{name: frozenset(rows[name]) for name in sets},
        demand_by=rows["demand_by"],
        possible_phrases=tuple(rows["possible_phrases"]),
        untrue=tuple(rows["untrue"]),
    )

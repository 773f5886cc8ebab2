"""Where a story plays: the places that it names in order, the country it is about, and where it is set by default.

For events whose sentence names no place: "The protesters were detained." under the dateline "MINSK", or in the third
paragraph about a town.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Protocol

from khronika.facts.events import Place
from khronika.read.cast import Cast, Character
from khronika.read.parse import Sentence
from khronika.text.tables import any_of

OPENING = 4
"""Sentences that tell where a story without a dateline plays."""
DATED = 3
"""Mentions that a dateline counts for when the story's country is sought."""
ABROAD = 4
"""How many times as often as the dateline's country another one must be named for the story to play there: agencies
and organizations report from their own desks."""
MOVED = 3
"""Mentions from which a town of the opening is where the story plays, its dateline's town being named nowhere."""

_KINDS = any_of(["prison", "jail", "colony", "penitentiary", "detention center", "detention centre", "remand center"])
_PRISON = re.compile(
    rf"\b(?P<name>[A-Z][\w’'./-]*(?:\s[A-Z0-9][\w’'./-]*){{0,3}})\s(?P<kind>(?:[a-z-]{{3,14}}\s)?(?:{_KINDS}|(?i:{_KINDS}))\b)"
)
_NEARBY = re.compile(r",?\s(?:in|near|outside)\s([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)")
_NO_NAME = frozenset({"The", "A", "An", "In", "At", "His", "Her", "This", "That", "No", "Some", "Many", "Women", "Men"})
"""What a named prison's name never begins with."""
Chain = tuple[str, ...]


class Atlas(Protocol):
    """What this step asks of a gazetteer."""

    def country_of(self, name: str) -> str | None:
        """ISO code of a country named, or meant by a demonym."""
        ...

    def country_name(self, iso: str) -> str:
        """The usual English name of a country."""
        ...

    def home(self, name: str, country: str | None = None) -> str | None:
        """ISO code of the country that the place lies in, or is; None for an unknown name."""
        ...

    def is_place(self, name: str) -> bool:
        """Whether it is a known place."""
        ...

    def level(self, name: str, country: str | None = None) -> str | None:
        """ "country", "region" or "city"; None for an unknown name."""
        ...

    def is_capital(self, name: str) -> bool:
        """Whether it is the capital of a country, whose government it can stand for."""
        ...

    def seat(self, name: str) -> str | None:
        """The place where a force called by a short name has power."""
        ...

    def find(self, name: str, country: str | None = None) -> Place | None:
        """The place of this name, in `country` if it has one there."""
        ...

    def chain(self, name: str, country: str | None = None) -> Chain:
        """The place as written and the larger ones that hold it."""
        ...


@dataclass(frozen=True, slots=True)
class Stop:
    """One place that the story names: at which token, its chain, and its level ("country", "region", "city")."""

    token: int
    chain: Chain
    level: str


class Stage:
    """The places of one story. `country`: ISO code of the land it is about; `default`: where it plays."""

    def __init__(self, cast: Cast, atlas: Atlas, dateline: str | None) -> None:
        """Args: cast: the story's names; atlas: the gazetteer; dateline: its words before the first sentence."""
        self.cast, self.atlas = cast, atlas
        self.votes = self._votes()
        self.country = self._country(dateline)
        self.stops = self._stops()
        dated = self._dateline(dateline)
        scene = self._scene(dateline)
        self.desk = dated
        self.prison = self._prison()
        self.default = scene if scene and (not dated or self._elsewhere(dated, scene)) else dated or self._land()

    @property
    def lands(self) -> list[str]:
        """ISO codes of the countries that the story speaks of, its own first."""
        return sorted(self.votes, key=lambda code: (code != self.country, -self.votes[code], code))

    @property
    def land(self) -> Chain:
        """The country that the story is about, as a chain of one."""
        return (self.atlas.country_name(self.country),) if self.country else ()

    def last(self, token: int, *levels: str) -> Chain:
        """The last place of one of the levels named before `token`; () where there is none."""
        for stop in reversed(self.stops):
            if stop.token < token and stop.level in levels:
                return stop.chain
        return ()

    def as_named(self, chain: Chain) -> Chain:
        """The chain under the name that the story itself gives the town: "the Kazakh capital" in a story of its day."""
        own = self.atlas.find(chain[0], self.country) if chain else None
        for stop in self.stops:
            if own and stop.level == "city" and self.atlas.find(stop.chain[0], self.country) == own:
                return stop.chain
        return chain

    def _votes(self) -> Counter[str]:
        """How often the story speaks of each country, by names, towns and adjectives."""
        votes: Counter[str] = Counter()
        for who in self.cast.places:
            if code := self.atlas.home(who.name):
                votes[code] += who.mentions
        for token in self.cast.parse.tokens:
            if seat := self.atlas.seat(token.text):
                votes[self.atlas.home(seat) or ""] += 1
            elif token.text[:1].isupper() and self.cast.at(token.i) is None and len(token.text) > 3:
                code = self.atlas.country_of(token.text)
                if code and token.pos in {"ADJ", "PROPN"}:
                    votes[code] += 1
        return votes

    def _country(self, dateline: str | None) -> str | None:
        """The country that the story speaks of most; the dateline's unless another one is spoken of far more."""
        votes, dated = self.votes, self._dated_country(dateline)
        if dated is None:
            return max(votes, key=lambda c: (votes[c], c)) if votes else None
        other, count = max(votes.items(), key=lambda v: (v[1], v[0]), default=(dated, 0))
        return other if count >= ABROAD * max(votes[dated], 1) else dated

    def _dated_country(self, dateline: str | None) -> str | None:
        """The country that the dateline names, or lies in."""
        parts = _parts(dateline)
        named = next((code for part in reversed(parts) if (code := self.atlas.country_of(part))), None)
        return named or (self.atlas.home(parts[0]) if parts else None)

    def _dateline(self, dateline: str | None) -> Chain:
        """The dateline's place; () where the story is about another country."""
        parts, code = _parts(dateline), self._dated_country(dateline)
        if not parts or (code and code != self.country):
            return ()
        known = self.atlas.chain(parts[0], self.country)
        named = len(parts) > 1 or any(c.name == parts[0] for c in self.cast.places)
        return known or ((parts[0],) if named else ())

    def _stops(self) -> list[Stop]:
        """The places named, in text order."""
        out = []
        for name in self.cast.parse.names:
            who = self.cast.at(name.first)
            if who is None or who.label != "LOC":
                continue
            home = self.atlas.country_of(who.name) or self.country
            level = self.atlas.level(who.name, home)
            if level:
                out.append(Stop(name.first, self.atlas.chain(who.name, home), level))
        return out

    def _scene(self, dateline: str | None) -> Chain:
        """The town that the opening names and the story comes back to; a region only where there is no such town."""
        tokens = self.cast.parse.tokens
        found: list[Character] = []
        for sentence in self.cast.parse.sentences[:OPENING]:
            for name in sentence.names:
                who = self.cast.at(name.first)
                if tokens[min(name.last, len(tokens) - 1)].text.endswith("-"):
                    continue  # "the Minsk-based group" is not in Minsk today
                often = MOVED if dateline else 2
                if who and name.label == "LOC" and self._is_town(who) and self._times(who) >= often:
                    found.append(who)
        towns = [who for who in found if self.atlas.level(who.name, self.country) == "city"]
        if not towns and not dateline:
            for sentence in self.cast.parse.sentences[:OPENING]:
                if town := self._patrolled(sentence):
                    return town
        who = next(iter(towns or found), None)
        return (self.atlas.chain(who.name, self.country) or (who.name,)) if who else ()

    def _times(self, who: Character) -> int:
        """How often a place is named, inside the names of bodies too ("the Leeds council")."""
        return max(who.mentions, len(re.findall(rf"\b{re.escape(who.name)}\b", self.cast.parse.text)))

    def _prison(self) -> Chain:
        """The one place of custody that the story calls by its name ("Evin prison"), with its town; () for none."""
        found: dict[str, tuple[str, int]] = {}
        for match in _PRISON.finditer(self.cast.parse.text):
            name = match["name"].split()
            while name and (name[0] in _NO_NAME or self.atlas.country_of(name[0])):
                name = name[1:]
            if name:
                found.setdefault(name[0], (" ".join([*name, *match["kind"].split()]), match.end()))
        if len(found) != 1:
            return ()
        site, end = next(iter(found.values()))
        town = _NEARBY.match(self.cast.parse.text, end)
        inner = self.atlas.chain(town[1], self.country) if town else ()
        return (site, *(inner or self.land))

    def _is_town(self, who: Character) -> bool:
        """A known place of the story's country that is no country itself."""
        home = self.atlas.home(who.name, self.country)
        return self.atlas.country_of(who.name) is None and home is not None and home == self.country

    def _patrolled(self, sentence: Sentence) -> Chain:
        """The town whose police the sentence names by its short name: "NYPD arrests 14"."""
        for token in self.cast.parse.tokens[sentence.first : sentence.last]:
            seat = self.atlas.seat(token.text)
            if seat and self.atlas.level(seat, self.country) == "city":
                return self.atlas.chain(seat, self.country)
        return ()

    def _elsewhere(self, dated: Chain, scene: Chain) -> bool:
        """Whether the story plays at `scene` though it is dated from `dated`, a town that it hardly names."""
        named = {c.name: c.mentions for c in self.cast.places}
        return dated[0] != scene[0] and MOVED * named.get(dated[0], 0) <= named.get(scene[0], 0)

    def _land(self) -> Chain:
        """The country named most, where it is named twice."""
        named = [c for c in self.cast.places if self.atlas.country_of(c.name) and c.mentions > 1]
        own = [c for c in named if self.atlas.country_of(c.name) == self.country]
        best = max(own or named, key=lambda c: c.mentions, default=None)
        return (self.atlas.chain(best.name) or (best.name,)) if best else ()


def _parts(dateline: str | None) -> list[str]:
    """The places that a dateline names: "MINSK, Belarus" → ["Minsk", "Belarus"]."""
    pieces = (dateline or "").replace("[", ",").replace("]", "").replace("(", ",").replace(")", "").split(",")
    return [p.title() if p.isupper() else p for piece in pieces if (p := piece.strip())]

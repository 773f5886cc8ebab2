"""Where it happened: the place that the sentence names for the event, else the dateline's, with the larger ones."""

from __future__ import annotations

from typing import Protocol

from khronika.read.cast import Cast
from khronika.read.syntax import Tree

LOCATING = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "across",
        "around",
        "in front of",
        "throughout",
        "by",
        "opposite",
        "within",
        "on",
        "along",
        "to",
        "from",
        "into",
        "towards",
        "toward",
        "over",
        "outside of",
        "close to",
    }
)
BEFORE = frozenset({"outside", "in front of", "near", "at", "opposite", "outside of", "inside"})
"""Codebook rule 20: where an event took place "outside" or "in front of" something, that is its place."""
SITES = frozenset(
    {
        "consulate",
        "embassy",
        "square",
        "courthouse",
        "court",
        "parliament",
        "station",
        "headquarters",
        "university",
        "prison",
        "office",
        "building",
        "palace",
        "ministry",
        "airport",
        "mosque",
        "church",
        "stadium",
        "park",
        "bridge",
        "hospital",
        "school",
        "checkpoint",
        "colony",
        "jail",
        "temple",
        "market",
        "residence",
        "hall",
        "administration",
        "secretariat",
    }
)


OPENING = 4
"""Sentences that tell where a story without a dateline plays."""
SEVERAL = 3
"""Towns in one phrase that make it a list of places, not one place with its surroundings."""


class Atlas(Protocol):
    """What this step asks of a gazetteer."""

    def country_of(self, name: str) -> str | None:
        """ISO code of a country named, or meant by a demonym."""
        ...

    def is_place(self, name: str) -> bool:
        """Whether it is a known place."""
        ...

    def chain(self, name: str, country: str | None = None) -> tuple[str, ...]:
        """The place as written and the larger ones that hold it."""
        ...


class Map:
    """Places of one story: the sentence first, then the dateline and the country that it speaks of most."""

    def __init__(self, cast: Cast, atlas: Atlas, dateline: str | None) -> None:
        self.cast, self.atlas = cast, atlas
        self.country = self._country(dateline)
        self.default = self._dateline(dateline) or self._scene()

    def _scene(self) -> tuple[str, ...]:
        """Where a story without a dateline plays: the town that its opening names, else the country named most."""
        first = self.cast.parse.sentences[:OPENING]
        for sentence in first:
            for name in sentence.names:
                who = self.cast.at(name.first)
                if name.label == "LOC" and who and who.mentions > 1 and self.atlas.is_place(who.name):
                    country = self.atlas.country_of(who.name)
                    if country is None:
                        return self.atlas.chain(who.name, self.country) or (who.name,)
        named = [c for c in self.cast.places if self.atlas.country_of(c.name) and c.mentions > 1]
        return (max(named, key=lambda c: c.mentions).name,) if named else ()

    def _dateline(self, dateline: str | None) -> tuple[str, ...]:
        if not dateline:
            return ()
        first = dateline.replace("[", ",").replace("(", ",").split(",")[0].strip()
        name = first.title() if first.isupper() else first
        return self.atlas.chain(name, self.country) or (name,)

    def _country(self, dateline: str | None) -> str | None:
        """The dateline's country, else the one named most."""
        for part in reversed((dateline or "").replace("[", ",").replace("]", "").replace("(", ",").split(",")):
            if part.strip() and (
                code := self.atlas.country_of(part.strip().title() if part.strip().isupper() else part.strip())
            ):
                return code
        named = [
            (c.mentions, code) for c in self.cast.places for f in c.forms[:1] if (code := self.atlas.country_of(f))
        ]
        return max(named)[1] if named else None

    def places_of(self, tree: Tree, trigger: int) -> list[tuple[str, ...]]:
        """The places of the event that `trigger` names, each a chain, most specific first; several when the sentence
        lists cities (codebook rule 21). Empty when it names none."""
        verb = tree.verb_above(trigger)
        spots = list(dict.fromkeys([trigger, verb]))
        for spot in spots:
            found = [p for k in tree.kids(spot, "obl", "nmod") if (p := self._at(tree, k))]
            if found:
                return max(found, key=len)
        return self._nearest(tree, trigger)

    def any_of(self, tree: Tree, but: set[str]) -> list[tuple[str, ...]]:
        """The last place that the sentence names at all, save those that act or speak in it (`but`): for what is told
        from afar ("members of Xinjiang's communities have been interned", "officials of the Belarusian regime")."""
        for name in reversed(tree.sentence.names):
            who = self.cast.at(name.first)
            if name.label == "LOC" and who is not None and who.name not in but:
                return [self.atlas.chain(who.name, self.atlas.country_of(who.name) or self.country) or (who.name,)]
        return []

    def _at(self, tree: Tree, i: int) -> list[tuple[str, ...]]:
        """The chains of a noun that hangs on the event by a place preposition."""
        case = tree.case(i)
        if case not in LOCATING:
            return []
        if case in BEFORE and tree.lemma(i) in SITES:
            inner = self._inside(tree, i)
            first, last = tree.phrase(i, ("acl", "conj", "cc", "parataxis", "appos", "punct", "case", "mark", "nmod"))
            site = tree.text(first, last).removeprefix("the ").removeprefix("a ")
            return [(site, *(inner or self.default))]
        if case in {"to", "from", "into", "over", "toward", "towards", "on"} and not self._named(tree, i):
            return []
        if len(cities := self._cities(tree, i)) >= SEVERAL:
            return cities
        out = [chain for j in tree.joined(i) if (chain := self._named(tree, j))]
        return out or [c for c in [self._inside(tree, i)] if c]

    def _cities(self, tree: Tree, i: int) -> list[tuple[str, ...]]:
        """All towns named in a phrase: "in the largest city, A, and the capital, B, as well as C and D"."""
        below = tree.subtree(i)
        named = dict.fromkeys(c for j in below if (c := self.cast.at(j)) and c.label == "LOC")
        towns = [c.name for c in named if not self.atlas.country_of(c.name)]
        return [self.atlas.chain(name, self.country) or (name,) for name in towns]

    def _inside(self, tree: Tree, i: int) -> tuple[str, ...]:
        """The place inside a phrase: "a square in Minsk", "Kazakhstan's largest city, Almaty"."""
        for k in sorted(tree.subtree(i)):
            if k != i and tree.dep(k).startswith("appos") and (chain := self._named(tree, k)):
                return chain
        for k in sorted(tree.subtree(i)):
            if chain := self._named(tree, k):
                return chain
        return ()

    def _named(self, tree: Tree, i: int) -> tuple[str, ...]:
        """The chain of the place named at `i`; a listed apposition ("in the capital, Minsk") is looked through."""
        who = self.cast.at(i)
        if who is None or who.label != "LOC":
            return ()
        if not (tree.dep(i) in {"compound"} or tree.lower(i)[0].isdigit()):
            for k in tree.kids(i, "appos"):
                inner = self.cast.at(k)
                if inner and inner.label == "LOC" and self.atlas.country_of(who.name) is None:
                    return self.atlas.chain(who.name, self.atlas.country_of(inner.name) or self.country) or (who.name,)
        country = self.atlas.country_of(who.name)
        return self.atlas.chain(who.name, country or self.country) or (who.name,)

    def _nearest(self, tree: Tree, trigger: int) -> list[tuple[str, ...]]:
        """The nearest place of the sentence that stands behind a place preposition."""
        near: tuple[int, tuple[str, ...]] | None = None
        for name in tree.sentence.names:
            if name.label != "LOC":
                continue
            top = next(
                (i for i in range(name.first, name.last) if tree.head(i) not in range(name.first, name.last)),
                name.first,
            )
            if tree.case(top) not in {"in", "at", "near", "outside", "across", "inside", "throughout"}:
                continue
            distance = abs(top - trigger)
            if distance <= 14 and (near is None or distance < near[0]) and (chain := self._named(tree, top)):
                near = (distance, chain)
        return [near[1]] if near else []

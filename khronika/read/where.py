"""Where it happened: the place that the sentence names for the event, with the larger ones; else who rules there."""

from __future__ import annotations

from khronika.read.cast import Cast, Character
from khronika.read.stage import Atlas, Chain, Stage
from khronika.read.syntax import Tree
from khronika.read.when import meanwhile, told_by
from khronika.read.words import people_words, voice_words
from khronika.text.tables import table

_W = {name: frozenset(words) for name, words in table("where.toml").items()}
SEVERAL = 3
"""Towns in one phrase that make it a list of places, not one place with its surroundings."""
REACH = 24
"""Words within which a place that hangs on no event is taken to be that of the nearest one."""
SITE = 4
"""Words from a ground to a site that is still its own: "fined for a rally in front of the embassy"."""
LONGEST = 4
"""Words of a place's name inside a body's ("Harlow District Council")."""
_PHRASE = ("acl", "conj", "cc", "parataxis", "appos", "punct", "case", "mark", "nmod")


class Map:
    """Places of one story: the sentence first, then who did it, then where the story plays."""

    def __init__(self, cast: Cast, atlas: Atlas, dateline: str | None) -> None:
        """Args: cast: the story's names; atlas: the gazetteer; dateline: the story's dateline, without its dash."""
        self.cast, self.atlas = cast, atlas
        self.stage = Stage(cast, atlas, dateline)
        self.country, self.default = self.stage.country, self.stage.default

    def places_of(self, tree: Tree, trigger: int, ground: tuple[int, int] | None = None) -> list[Chain]:
        """The places of the event that `trigger` names, each a chain, most specific first; several when the sentence
        lists cities (codebook rule 21). Empty when it names none.

        `ground`: tokens of its charge or reason, whose places are another event's ("fined for a rally in Minsk").
        """
        if site := self._of_object(tree, trigger):
            return [site]
        verb = tree.verb_above(trigger)
        for spot in dict.fromkeys([trigger, verb] if told_by(tree, trigger, verb) else [trigger]):
            around = [*tree.kids(spot, "obl", "nmod", "advmod"), *([spot] if not tree.is_verb(spot) else [])]
            found = [p for k in around if not self._of_ground(tree, k, ground) and (p := self._at(tree, k))]
            if found:
                return max(found, key=lambda p: (len(p), len(p[0])))
        own = self._of_noun(tree, trigger)
        return [own] if own else self._nearest(tree, trigger, ground or (0, 0))

    def _of_ground(self, tree: Tree, i: int, ground: tuple[int, int] | None) -> bool:
        """Whether a place belongs to the ground: it stands in it, or is a site right behind it."""
        if ground is None:
            return False
        site = tree.lemma(i) in _W["sides"] or tree.lemma(i) in _W["sites"]
        return ground[0] <= i < ground[1] + (SITE if site else 0)

    def demanded(self, tree: Tree, trigger: int) -> Chain:
        """The place that a demand names itself: "demanding the release of sailors jailed in Peru"."""
        for i in tree.subtree(trigger):
            if i > trigger and tree.case(i) in _W["plain"] and (chain := self._named(tree, i)):
                return chain
        return ()

    def lands_of(self, tree: Tree, but: list[int]) -> Chain:
        """The land that an adjective or owner in the sentence names, save those who act (`but`)."""
        acting = {j for i in but if tree.first <= i < tree.last for j in tree.subtree(i)}
        for i in tree:
            if i not in acting and (found := self._adjective(tree, i)):
                return found
        return ()

    def left(self, tree: Tree, trigger: int) -> Chain:
        """The place that someone fled: "fled Belarus", "who escaped the province"."""
        for k in tree.kids(trigger, "obj", "obl"):
            away = tree.dep(k).startswith("obj") or tree.case(k) == "from"
            if away and (chain := self._named(tree, k) or self._meant(tree, k)):
                return chain
        return ()

    def any_of(self, tree: Tree, but: set[str]) -> list[Chain]:
        """The last place that the sentence names at all, save those that act or speak in it (`but`): for what is told
        from afar ("members of Tibet's monasteries have been interned", "officials of the Belarusian regime")."""
        for name in reversed(tree.sentence.names):
            who = self.cast.at(name.first)
            if name.label == "LOC" and who is not None and who.name not in but:
                acts = any(tree.dep(i).startswith(("nsubj", "nmod:poss")) for i in range(name.first, name.last))
                return [self._ruled_from(who) if acts else self._chain(who)]
        return []

    def land_of(self, chain: Chain) -> Chain:
        """The country of a chain, where it is known."""
        code = next((c for name in chain if (c := self.atlas.home(name, self.country))), None)
        return (self.atlas.country_name(code),) if code else chain

    def power_over(self, tree: Tree, heads: list[int]) -> Chain:
        """The place of whoever does it: "a Minsk court", "Kazakh authorities", "the Supreme Court of Nigeria".

        `heads`: the actors' nouns; those of another sentence are passed over.
        """
        for i in heads:
            if tree.first <= i < tree.last and (found := self._power(tree, i)):
                return found
        return ()

    def ruled_by(self, tree: Tree) -> Chain:
        """The land whose police, court or prison the sentence speaks of, if it is one only: "died at the hands of
        Haitian police", "Haiti's police chief said that three men were killed"."""
        ruled = [p for i in tree if tree.lemma(i) in _W["forces"] and (p := self._power(tree, i))]
        lands = {code for p in ruled if (code := self.atlas.home(p[0], self.country))}
        return (self.atlas.country_name(next(iter(lands))),) if len(lands) == 1 else ()

    def _power(self, tree: Tree, i: int) -> Chain:
        who = self.cast.at(i)
        if who is not None and who.label == "LOC":
            return self._ruled_from(who)
        if who is not None and who.label == "ORG":
            found, inner = self.seat_of(who.name), self._hung(tree, i)
            if found and inner and inner[0] not in found:
                return (found[0], *inner) if len(found) > 1 else inner
            return found or inner
        if who is not None or not (tree.lemma(i) in _W["powers"] or tree.lower(i) in _W["powers"]):
            return ()
        return self._hung(tree, i) or self._adjective(tree, i)

    def _hung(self, tree: Tree, i: int) -> Chain:
        """The place that hangs on a body: "court in Minsk", "Minsk police", "Minsk's mayor"."""
        for k in tree.kids(i, "nmod", "compound", "nmod:poss", "appos", "flat"):
            if not tree.dep(k).startswith("nmod") or tree.dep(k) == "nmod:poss":
                case = "in"
            else:
                case = tree.case(k)
            if case in {"in", "of", "at", "near", "for"} and (found := self._named(tree, k) or self._inside(tree, k)):
                return found
        return ()

    def _adjective(self, tree: Tree, i: int) -> Chain:
        """The land that an adjective before a noun names: "Chinese detention centers", "the Turkish judiciary"."""
        for k in tree.kids(i, "amod", "compound", "nmod", "nmod:poss"):
            if tree.lower(k)[:1].isalpha() and tree.token(k).text[:1].isupper() and k < i:
                code = self.atlas.country_of(tree.token(k).text)
                if code:
                    return (self.atlas.country_name(code),)
        return ()

    def _ruled_from(self, who: Character) -> Chain:
        """A place that acts: a capital stands for its country's government ("Beijing has jailed …")."""
        code = self.atlas.home(who.name)
        if code and self.atlas.is_capital(who.name):
            return (self.atlas.country_name(code),)
        return self._chain(who)

    def seat_of(self, name: str) -> Chain:
        """The place inside a body's name: "Lagos State High Court" → Lagos, "Court of Appeal of Ghana" → Ghana."""
        if seat := self.atlas.seat(name):
            return self.atlas.chain(seat, self.country)
        words = name.replace("’s", "").replace("'s", "").split()
        if not any(w.lower().rstrip("s") in _W["powers"] or w.lower() in _W["powers"] for w in words):
            return ()
        for size in range(min(LONGEST, len(words)), 0, -1):
            for first in range(len(words) - size + 1):
                part = words[first : first + size]
                if part[0].lower() in _W["titles"] or not part[0][:1].isupper():
                    continue
                text = " ".join(part)
                if code := self.atlas.country_of(text):
                    return (self.atlas.country_name(code),)
                if part[-1].lower() not in _W["powers"] and (chain := self._town(text, first, words)):
                    return chain
        return ()

    def _town(self, text: str, first: int, words: list[str]) -> Chain:
        """A town or region at the head of a body's name, or behind "of" or "in", in a land that the story names."""
        if first and words[first - 1].lower() not in {"of", "in", "the", "for"}:
            return ()
        for code in self.stage.lands:
            if self.atlas.home(text, code) == code:
                return self.atlas.chain(text, code)
        return ()

    def _at(self, tree: Tree, i: int) -> list[Chain]:
        """The chains of a noun that hangs on the event by a place preposition."""
        case = tree.case(i)
        if tree.lower(i) == "here" and tree.dep(i).split(":")[0] in {"advmod", "obl"}:
            return [self.stage.desk] if self.stage.desk else []
        if tree.lower(i) in {"nationwide", "countrywide"}:
            return [self.stage.land] if self.stage.land else []
        if case not in _W["locating"] or tree.dep(i).startswith("advmod"):
            return []
        if tree.lemma(i) in _W["sides"] and (of := tree.obliques(i, "of")):
            i, case = of[0], "outside"
        faced = case in _W["before"] and tree.lemma(i) in _W["sites"]
        if (faced or self._is_facility(tree, i)) and (site := self._site(tree, i)):
            return [site]
        if case in _W["moving"] and not self._named(tree, i):
            return []
        if len(cities := self._cities(tree, i)) >= SEVERAL:
            return cities
        if called := self._called(tree, i):
            return [called]
        out = [chain for j in tree.joined(i) if (chain := self._named(tree, j))]
        return out or [c for c in [self._inside(tree, i) or self._meant(tree, i) or self._of_land(tree, i)] if c]

    def _of_land(self, tree: Tree, i: int) -> Chain:
        """ "in Chinese prisons": the land of what they are in, where that is no person."""
        return () if people_words().is_human(tree.lemma(i)) else self._adjective(tree, i)

    def _is_facility(self, tree: Tree, i: int) -> bool:
        """ "in Evin prison", "at the Cook County Jail", "in Camp 7": a place of custody called by a name."""
        if tree.lemma(i) not in _W["facilities"] and tree.lower(i) not in _W["facilities"]:
            return False
        named = [k for k in tree.kids(i, "compound", "nummod", "flat", "nmod") if not tree.kids(k, "case")]
        return any(tree.pos(k) == "PROPN" or tree.token(k).text[:1].isdigit() for k in named)

    def _site(self, tree: Tree, i: int) -> Chain:
        """ "outside the Chinese Embassy in Paris" → Chinese Embassy, Paris, France."""
        first, last = tree.phrase(i, _PHRASE)
        if not any(tree.token(j).text[:1].isupper() or tree.token(j).text[:1].isdigit() for j in range(first, last)):
            whose = [k for k in tree.obliques(i, "of") if self.cast.at(k) is not None]
            if not whose:
                return ()  # "outside a police station" names no place
            last = tree.phrase(whose[0])[1]
        inner = self._inside(tree, i) or self.default
        site = tree.text(first, last).removeprefix("the ").removeprefix("The ").removeprefix("a ").removeprefix("an ")
        return (site, *(p for p in inner if p != site))

    def _meant(self, tree: Tree, i: int) -> Chain:
        """What "the country", "the province", "the city" mean: the last such place named; "home" is the dateline's."""
        lemma = tree.lemma(i)
        if lemma in _W["lands"] and any(tree.lower(k) in {"home", "native"} for k in tree.kids(i, "compound", "amod")):
            return self._origin(tree, i)
        definite = any(tree.lower(k) in {"the", "this", "that", "his", "her", "their", "its"} for k in tree.kids(i))
        if not definite and lemma != "downtown":
            return ()
        if lemma in _W["lands"]:
            return self.stage.last(i, "country") or self.stage.land
        if lemma in _W["parts"]:
            return self.stage.last(i, "region")
        return self.stage.last(i, "city") if lemma in _W["towns"] else ()

    def _origin(self, tree: Tree, i: int) -> Chain:
        """The land of "his home country": that of the nearest adjective before ("a Turkish blogger")."""
        for j in range(i, tree.first - 1, -1):
            if tree.token(j).text[:1].isupper() and (code := self.atlas.country_of(tree.token(j).text)):
                return (self.atlas.country_name(code),)
        return ()

    def _of_noun(self, tree: Tree, trigger: int) -> Chain:
        """The place that an event noun bears: "the Minsk trial", "Beijing's campaign of internment"."""
        if tree.is_verb(trigger):
            return ()
        for k in tree.kids(trigger, "compound", "nmod:poss", "amod"):
            who = self.cast.at(k)
            if who is not None and who.label == "LOC" and k < trigger:
                return self._ruled_from(who) if tree.dep(k) == "nmod:poss" else self._chain(who)
        return ()

    def _of_object(self, tree: Tree, trigger: int) -> Chain:
        """What it was done to, where that is a place by name: "picketed the Chinese Consulate in Almaty"."""
        for k in tree.kids(trigger, "obj", "nsubj:pass") if tree.is_verb(trigger) else ():
            marks = [j for j in tree.kids(k, "compound", "amod", "flat") if tree.token(j).text[:1].isupper()]
            if tree.lemma(k) in _W["sites"] and marks:
                site = self._site(tree, k)
                around = [
                    p for j in tree.kids(trigger, "obl") if tree.case(j) in _W["plain"] for p in self._at(tree, j)
                ]
                return (site[0], *around[0]) if around and not self._inside(tree, k) else site
        return ()

    def _cities(self, tree: Tree, i: int) -> list[Chain]:
        """All towns named in a phrase: "in the largest city, A, and the capital, B, as well as C and D"."""
        below = tree.subtree(i)
        named = dict.fromkeys(c for j in below if (c := self.cast.at(j)) and c.label == "LOC")
        return [self._chain(c) for c in named if not self.atlas.country_of(c.name)]

    def _inside(self, tree: Tree, i: int) -> Chain:
        """The place inside a phrase: "a square in Minsk", "Kazakhstan's largest city, Almaty"."""
        for k in tree.kids(i, "appos"):
            if chain := self._named(tree, k):
                return chain
        if tree.lemma(i) in _W["towns"]:
            first, last = tree.phrase(i)
            if last - first <= LONGEST + 1 and (chain := self.atlas.chain(tree.text(first, last))):
                return self.stage.as_named(chain)
        for k in tree.kids(i, "compound", "flat", "nmod"):
            if tree.dep(k) == "nmod" and tree.case(k) not in _W["holding"]:
                continue
            owner = self.cast.at(k) if tree.dep(k) == "nmod:poss" else None
            if owner is not None and owner.label == "LOC":
                return self._ruled_from(owner)
            if chain := self._named(tree, k) or self._inside(tree, k):
                return chain
        return ()

    def _named(self, tree: Tree, i: int) -> Chain:
        """The chain of the place named at `i`; a listed apposition ("in the capital, Minsk") is looked through."""
        who = self.cast.at(i)
        if who is None or who.label != "LOC":
            return ()
        if tree.lemma(i) in _W["lands"] and self.atlas.country_of(who.name) is None:
            return self.stage.last(i, "country") or self.stage.land
        if who.name.lower() in _W["parts"] | _W["towns"]:  # "in the State": the one spoken of
            return self.stage.last(i, "region" if who.name.lower() in _W["parts"] else "city")
        if not (tree.dep(i) in {"compound"} or tree.lower(i)[0].isdigit()):
            for k in tree.kids(i, "appos"):
                inner = self.cast.at(k)
                if inner and inner.label == "LOC" and self.atlas.country_of(who.name) is None:
                    code = self.atlas.country_of(inner.name) or self.country
                    return self._within(tree, i, self.atlas.chain(who.name, code) or (who.name,))
        return self._within(tree, i, self._chain(who))

    def _within(self, tree: Tree, i: int, chain: Chain) -> Chain:
        """The chain with the larger place that the sentence names behind it: "Giwa district of Kaduna State", "Easton,
        Maryland"; a country is in it already."""
        last = next((n.last for n in tree.sentence.names if n.first <= i < n.last), i + 1)
        after = last + 1 if last < tree.last and tree.lower(last) in {",", "in", "of"} else last
        outer = next((n for n in tree.sentence.names if n.first in {after, after + 1} and n.label == "LOC"), None)
        who = self.cast.at(outer.first) if outer and after > last else None
        if who is None or who.label != "LOC" or self.atlas.country_of(who.name) or who.name in chain:
            return chain
        if self.atlas.level(who.name, self.country) != "region" or self.atlas.level(chain[0], self.country) == "region":
            return chain
        return (chain[0], who.name, *chain[1:])

    def _chain(self, who: Character) -> Chain:
        """The chain of a named place, looked for in its own country or the story's."""
        chain = self.atlas.chain(who.name, self.atlas.country_of(who.name) or self.country)
        chain = chain or (who.name, *self.stage.land)
        return chain if chain[0] in who.name else self.stage.as_named(chain)

    def _nearest(self, tree: Tree, trigger: int, ground: tuple[int, int]) -> list[Chain]:
        """The nearest place of the sentence that stands behind a place preposition in the event's own clause or one
        above it, and on nobody ("a lawyer in Minsk" lives there)."""
        near: tuple[int, Chain] | None = None
        for i in tree:
            distance = abs(i - trigger)
            if (
                distance > REACH
                or (near is not None and distance >= near[0])
                or i == trigger
                or ground[0] <= i < ground[1]
            ):
                continue
            case = tree.case(i)
            site = case in _W["before"] and tree.lemma(i) in _W["sites"]
            if not (site or case in _W["plain"]) or not self._reaches(tree, i, trigger):
                continue
            chain = self._site(tree, i) if site else self._named(tree, i) or self._called(tree, i)
            if chain:
                near = (distance, chain)
        return [near[1]] if near else []

    def _called(self, tree: Tree, i: int) -> Chain:
        """ "the city of Orda", "the northern state of Katsina": the name behind "of", where none stands before."""
        named = any((c := self.cast.at(j)) and c.label == "LOC" for j in [i, *tree.kids(i, "compound", "nmod:poss")])
        if named or tree.lemma(i) not in _W["towns"] | _W["parts"]:
            return ()
        places = [k for k in tree.kids(i, "nmod") if k > i and tree.case(k) == "of"]
        return next((chain for k in places if (chain := self._named(tree, k))), ())

    def _reaches(self, tree: Tree, i: int, trigger: int) -> bool:
        """Whether a place at `i` can be that of the event: its clause holds the event or is joined to it."""
        head = tree.head(i)
        verb, own = tree.verb_above(head), tree.verb_above(trigger)
        if people_words().is_human(tree.lemma(head)) and tree.pos(head) != "VERB":
            while tree.dep(head).startswith("conj"):
                head = tree.head(head)
            return tree.head(head) in {trigger, own} or _first_of(tree, tree.head(head)) == _first_of(tree, own)
        if meanwhile(tree, verb, own):
            return True
        if verb in {trigger, own} or (own == tree.head(verb) and tree.dep(verb).startswith("conj")):
            return True
        return verb in set(tree.ancestors(own)) and tree.lemma(verb) not in voice_words().says


def _first_of(tree: Tree, verb: int) -> int:
    """The first of the verbs that "and" joins: "blocked the march and used tear gas on students in Leeds"."""
    while tree.dep(verb).startswith("conj") and tree.is_verb(tree.head(verb)):
        verb = tree.head(verb)
    return verb

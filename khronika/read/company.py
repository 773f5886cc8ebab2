"""People named together, and the words that take them up again: "A and B were held. … The two men … Both … They …".

Found by the words alone, without a tree, so that sentences which the gate leaves out count too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from khronika.read.cast import Cast, Character
from khronika.read.words import people_words
from khronika.text.numerals import value_of

LISTING = frozenset({"NOUN", "ADJ", "PROPN", "DET", "NUM", "CCONJ", "PUNCT", "ADP", "PART", "PRON", "X", "SYM"})
"""What may stand between the names of one list: no verb, no conjunction of clauses."""
AGED = frozenset({"aged", "age"})
OWN = frozenset({"NOUN", "ADJ", "PROPN", "DET", "NUM", "PRON", "PUNCT"})
"""What may stand between "and" and the next name ("and her husband, Y"): with a preposition it is another's."""
WIDE = 14
"""Words between two names of one list, at most: "A, 34, a member of the city council of Porto, and B"."""
PAIRS = {"both": 2, "pair": 2, "duo": 2, "couple": 2, "trio": 3, "quartet": 4, "threesome": 3, "twosome": 2}
"""Words that say how many people they mean."""
GROUPS = frozenset(
    {"group", "crowd", "team", "community", "force", "family", "hundred", "thousand", "million", "staff"}
)
"""Human nouns of which two are more than two people."""
OPENS = frozenset({",", ":", "—", "–", "--", "(", "namely", "as", "identified", "named"})
SOME = frozenset({"including", "like", "notably"})
"""What opens a list of names after the noun for them; after the second some of them are named."""
REACH = 16
"""Words between a noun and the list of who is meant."""
LONGEST = 5
"""Words of a name."""
LOOK_BACK = 3
"""Sentences that "the men" and "they" look back to the people they mean."""
FAR_BACK = 10
"""Sentences that "the journalists" look back in a story of one list of them."""
GENERIC = frozenset({"man", "woman", "suspect", "defendant", "accused", "detainee", "prisoner", "convict", "victim"})
"""Nouns that take up people whom the story did not call so before."""


@dataclass(frozen=True, slots=True)
class Company:
    """People named in one list, in its order; `turn`: the number of the sentence; `first`: the list's first token;
    `starts`: the first token of each name."""

    people: tuple[Character, ...]
    turn: int
    first: int
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Several people described, not named ("two prison guards"): `lemma` of the noun, tokens [first, last), `size` how
    many they are, 0 where that is not said."""

    lemma: str
    turn: int
    first: int
    last: int
    size: int = 0


class Memory:
    """The lists of names and the described groups of a story so far, sentence by sentence."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.seen: list[Company | Crowd] = []
        self.turn = self.first = 0

    def enter(self, first: int, last: int) -> None:
        """The sentence of tokens [first, last) comes next."""
        self.turn += 1
        self.first = first
        self.seen += self._lists(first, last)

    def counted(self, size: int, gender: str, before: int, sufferers: Collection[Character]) -> tuple[Character, ...]:
        """ "the two men": the last list of so many people before token `before`, else those whom the story tells of as
        held, tried or hurt (`sufferers`), if they are so many."""
        for one in reversed(self.seen):
            fits = isinstance(one, Company) and one.first < before and len(one.people) == size
            if fits and isinstance(one, Company) and all(p.gender in {"", gender} or not gender for p in one.people):
                return one.people
        held = [p for p in sufferers if p.gender in {"", gender} or not gender]
        return tuple(held) if len(held) == size else ()

    def called(self, lemma: str, before: int) -> tuple[Character, ...]:
        """ "the journalists", "the men": the last list near by whose people the story calls so, unless the story spoke
        of others by that word since."""
        for one in reversed(self.seen):
            if one.first >= before:
                continue
            if self.turn - one.turn > FAR_BACK:
                return ()
            if isinstance(one, Crowd):
                if one.lemma == lemma and (same := self._so_many(one)):
                    return same.people
                if one.lemma == lemma or (lemma in GENERIC and one.lemma not in people_words().official):
                    return ()
                continue
            near = self.turn - one.turn <= LOOK_BACK
            if (lemma in GENERIC and near) or any(lemma in p.roles for p in one.people):
                return one.people if near or self._alone(one) else ()
        return ()

    def _so_many(self, crowd: Crowd) -> Company | None:
        """The one list of as many people as the crowd counts: "two journalists" are the A and B told of beside."""
        fits = [o for o in self.seen if isinstance(o, Company) and len(o.people) == crowd.size > 1]
        return fits[-1] if len({frozenset(p.name for p in o.people) for o in fits}) == 1 else None

    def _alone(self, company: Company) -> bool:
        """Whether the story has named no other list of people."""
        return all(set(o.people) <= set(company.people) for o in self.seen if isinstance(o, Company))

    def they(self, before: int) -> Company | Crowd | Character | None:
        """Whom "they" at token `before` means: who comes first in the sentence, be it a body alone ("The party called
        off their march"), else in the last sentence that speaks of several."""
        near = [o for o in self.seen if o.first < before and self.turn - o.turn < LOOK_BACK]
        own = [o for o in near if o.turn == self.turn]
        if not own and (body := self._body(before)):
            return body
        pool = own or near
        latest = max((o.turn for o in pool), default=0)
        return next((o for o in pool if o.turn == latest), None)

    def listed_from(self, person: Character, token: int) -> tuple[Company, int] | None:
        """The list of this sentence that holds `person`, named at `token`, and their place in it."""
        for one in reversed(self.seen):
            if not isinstance(one, Company) or one.turn != self.turn:
                continue
            if person in one.people and abs(one.starts[one.people.index(person)] - token) <= LONGEST:
                return one, one.people.index(person)
        return None

    def listed_after(self, noun: int) -> tuple[Company, bool] | None:
        """The list that names the people of a plural noun before it, and whether it names only some of them: "seven
        workers, namely A, B and C", "journalists A and B", "dozens, including A and B"."""
        tokens, words = self.cast.parse.tokens, people_words()
        for one in self.seen:
            if not isinstance(one, Company) or one.turn != self.turn or not noun < one.first <= noun + REACH:
                continue
            i = one.first - 1
            while i > noun and (tokens[i].pos in {"ADJ", "DET", "NUM"} or words.is_human(tokens[i].lemma)):
                i -= 1
            if tokens[i].text.lower() in SOME or (tokens[i].text.lower() == "as" and tokens[i - 1].text == "such"):
                return one, True
            return (one, False) if i == noun or tokens[i].text.lower() in OPENS else None
        return None

    def naming(self, first: int, last: int) -> tuple[Character, ...]:
        """Whom a sentence names that only says who someone is: "They were identified as A and B", "The dead are A, 19;
        B, 23", "Police named the man as C". () where it is no such sentence."""
        tokens = self.cast.parse.tokens
        names = self._names(first, last)
        if not names:
            return ()
        i = names[0][1] - 1
        while i > first and (tokens[i].pos in {"ADJ", "DET", "NUM"} or people_words().is_human(tokens[i].lemma)):
            i -= 1
        before = [t.lemma for t in tokens[first:i]]
        said = tokens[i].text.lower() == "as" and any(w in {"identify", "name"} for w in before[-8:])
        is_who = tokens[i].text.lower() in {"is", "are", "was", "were"} and not any(
            t.pos == "VERB" and t.tag != "VBN" for t in tokens[first:i]
        )
        opened = tokens[first].text.lower() in {"the", "they", "those", "these", "both", "all", "he", "she", "among"}
        if not (said or (is_who and opened)):
            return ()
        lists = [o for o in self.seen if isinstance(o, Company) and o.turn == self.turn and o.first == names[0][1]]
        return lists[0].people if lists else (names[0][0],)

    def _body(self, before: int) -> Character | None:
        """The first organization named in the sentence before token `before`."""
        found = (c for i in range(self.first, before) if (c := self.cast.at(i)) and c.label == "ORG")
        return next(found, None)

    def _lists(self, first: int, last: int) -> list[Company | Crowd]:
        """The lists of two names and more, and the plural human nouns that belong to none, in text order."""
        lists: list[list[tuple[Character, int, int]]] = []
        for name in self._names(first, last):
            if lists and self._joined(lists[-1][-1][2], name[1]) and name[0] not in [p for p, _, _ in lists[-1]]:
                lists[-1].append(name)
            else:
                lists.append([name])
        companies = [group for group in lists if len(group) > 1 and self._ends(group)]
        out: list[Company | Crowd] = [
            Company(tuple(p for p, _, _ in g), self.turn, g[0][1], tuple(start for _, start, _ in g)) for g in companies
        ]
        taken = {i for g in companies for i in range(g[0][1] - 3, g[-1][2])}
        tokens, words = self.cast.parse.tokens, people_words()
        for i in range(first, last):
            human = words.is_human(tokens[i].lemma) or tokens[i].lemma in words.official
            if (
                i not in taken
                and human
                and not self.cast.at(i)
                and (tokens[i].tag in {"NNS", "NNPS"} or tokens[i].lemma == "police")
            ):
                start = i
                while start > first and tokens[start - 1].pos in {"ADJ", "NOUN", "PROPN"}:
                    start -= 1
                number = tokens[start - 1] if start > first and tokens[start - 1].pos == "NUM" else None
                size = _size(number.text) if number is not None else 0
                out.append(Crowd(tokens[i].lemma, self.turn, start, i + 1, size))
        return sorted(out, key=lambda o: o.first)

    def _names(self, first: int, last: int) -> list[tuple[Character, int, int]]:
        """The persons of the sentence with the tokens of each name."""
        out: list[tuple[Character, int, int]] = []
        for i in range(first, last):
            who = self.cast.person_at(i)
            if who is None:
                continue
            if out and out[-1][0] is who and out[-1][2] == i:
                out[-1] = (who, out[-1][1], i + 1)
            else:
                out.append((who, i, i + 1))
        return out

    def _joined(self, end: int, start: int) -> bool:
        """Whether what stands between two names makes them one list."""
        between = self.cast.parse.tokens[end:start]
        if (
            not between
            or len(between) > WIDE
            or any(t.pos not in LISTING and t.text.lower() not in AGED for t in between)
        ):
            return False
        marks = [k for k, t in enumerate(between) if t.pos == "CCONJ" or t.text in {",", ";"}]
        if not marks:
            return False
        joints = [k for k, t in enumerate(between) if t.text.lower() in {"and", "&"} or t.text == ";"]
        after = between[(joints[-1] if joints else marks[-1]) + 1 :]
        return all(t.pos in OWN for t in after) and not any(t.text.lower() in {"or", "but"} for t in between)

    def _ends(self, group: list[tuple[Character, int, int]]) -> bool:
        """Whether the list ends with "and", or goes on with "and others": "X, 44, Y said" is none."""
        tokens = self.cast.parse.tokens
        between, behind = tokens[group[-2][2] : group[-1][1]], tokens[group[-1][2] : group[-1][2] + 6]
        words = [t.text.lower() for t in behind if t.text not in {",", "-", ")", "”"}]
        more = words[:1] == ["and"] and any(w in {"other", "others"} for w in words[1:4])
        return more or any(t.text.lower() in {"and", "&"} for t in between)


def _size(number: str) -> int:
    """How many a number word before a noun says; 0 for one that is no number ("1.30pm")."""
    try:
        return int(value_of(number))
    except ValueError:
        return 0

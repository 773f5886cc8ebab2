"""From a noun in a role to who it is: named people, a named body, or a described group.

For "Police detained him", "her husband was arrested", "two other demonstrators", "the 40-year-old activist".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from khronika.facts.claims import Count
from khronika.read.cast import HE, SHE, Cast, Character
from khronika.read.company import GROUPS, PAIRS, Company, Crowd, Memory
from khronika.read.nouns import is_aside, is_follower, is_recurring, listed_names, means_people, named_beside, trimmed
from khronika.read.pronouns import IT, Pronouns
from khronika.read.syntax import RELATIVE, Tree
from khronika.read.words import people_words

PLURAL_PRONOUNS = frozenset(
    {"they", "them", "their", "themselves", "we", "us", "our", "these", "those", "both", "all", "each"}
)
SPEAKER_PRONOUNS = frozenset({"i", "me", "my", "myself"})
QUANTITIES = frozenset(
    {"most", "many", "some", "several", "few", "all", "both", "others", "dozens", "hundreds", "thousands"}
)
"""Words for several people that stand alone: "most of them"."""
VAGUE = frozenset({"several", "many", "dozens", "hundreds", "thousands", "scores", "numerous"})
"""Number words that count only what happened once."""
SURE = {"name": 1.0, "identified": 0.9, "tie": 0.9, "pronoun": 0.85, "taken up": 0.8, "role": 0.7, "elsewhere": 0.6}
"""How far each way from words to names is to be trusted, best first. An order, set by hand and not calibrated."""
CORE = ("compound", "flat", "appos", "nmod:desc", "amod", "nummod", "det", "dep", "goeswith")


@dataclass(frozen=True, slots=True)
class Who:
    """One role filler. `names`: fullest forms; `text`: the phrase as written; `kind`: "person", "body" (organization,
    state), "people" (described), "thing"; `single`: one described person ("a man"), whose name may come later;
    `sure`: how sure the link from the words to the names is (`SURE`), 1 where the name itself stands there."""

    head: int
    names: tuple[str, ...] = ()
    text: str = ""
    count: Count | None = None
    kind: str = "thing"
    single: bool = False
    definite: bool = False
    sure: float = 1.0

    @property
    def label(self) -> str:
        """The name, else the phrase: what an actor or speaker is called in a claim."""
        return self.names[0] if self.names else self.text


class Resolver:
    """Resolves nouns and pronouns of one story. Sentences are to be visited in order: `enter` each, then ask."""

    def __init__(self, cast: Cast, count_of: Callable[[str], Count | None]) -> None:
        self.cast, self.count_of = cast, count_of
        self.memory, self.pronouns = Memory(cast), Pronouns(cast)
        self.speaker: Character | None = None

    def restart(self) -> None:
        """The story is read from its top again."""
        self.memory, self.pronouns = Memory(self.cast), Pronouns(self.cast)

    def enter(self, first: int, last: int) -> None:
        """A sentence of tokens [first, last) comes next; its people become what later pronouns mean."""
        self._first, self._last = first, last
        self.memory.enter(first, last)
        self.pronouns.enter(first, last)

    def leave(self) -> None:
        """The sentence is done: its first person becomes the center."""
        self.pronouns.leave()

    def resolve(self, tree: Tree, i: int) -> Who:
        """Who noun or pronoun `i` is, without what "and" joins to it."""
        i = tree.antecedent(i)
        word = tree.lower(i)
        if word in HE | SHE:
            if (noun := self.pronouns.kin_before(tree, i)) is not None:
                return replace(self._described(tree, noun, trimmed(tree, *tree.phrase(noun))), head=i)
            who = self.pronouns.bound(tree, i)
            names = (who.name,) if who else ()
            return Who(i, names, tree.token(i).text, None, "person", True, True, SURE["pronoun"])
        if word in SPEAKER_PRONOUNS:
            names = (self.speaker.name,) if self.speaker else ()
            return Who(i, names, tree.token(i).text, None, "person", True, True, SURE["pronoun"])
        if word in PLURAL_PRONOUNS or word in RELATIVE:
            return self._several(tree, i, word)
        if word in IT and (body := self.pronouns.its(i)):
            return Who(i, (body.name,), tree.token(i).text, kind="body", definite=True, sure=SURE["pronoun"])
        return self._noun(tree, i)

    def _several(self, tree: Tree, i: int, word: str) -> Who:
        """ "they", "both", "them": people named together, or a group described before."""
        plain = Who(i, (), tree.token(i).text, kind="people", definite=True, sure=SURE["taken up"])
        people: tuple[Character, ...] = ()
        if word == "both":
            people = self.memory.counted(2, "", i, self.pronouns.sufferers)
        elif word == "each" and isinstance(own := self.memory.they(i), Company) and own.turn == self.memory.turn:
            people = own.people
        elif word in {"they", "them", "their"}:
            found = self.memory.they(i)
            people = found.people if isinstance(found, Company) else ()
            if isinstance(found, Crowd):
                return replace(plain, text=tree.text(found.first, found.last))
            if isinstance(found, Character):
                return replace(plain, names=(found.name,), kind="body")
        return replace(plain, names=tuple(c.name for c in people), kind="person") if people else plain

    def owner(self, tree: Tree, who: Who) -> Who:
        """Whose thing it is that is searched, seized or shut, where the sentence says: "his flat", "the office of the
        paper Orda", "the Orda newsroom", "its computers"; else `who` as it is."""
        if who.names or not tree.first <= who.head < tree.last:
            return who
        whose = [*tree.possessors(who.head), *tree.obliques(who.head, "of", "at", "to")]
        found = [w for k in whose for j in tree.joined(k) if (w := self.resolve(tree, j)).names]
        found = found or [
            w
            for k in whose
            for a in tree.kids(k, "appos", "flat", "nmod:desc", "compound", "nmod")
            if self._named_at(a) and not tree.case(a) and (w := self._noun(tree, a)).names
        ]
        found = found or [
            Who(k, (c.name,), who.text, kind="body" if c.label == "ORG" else "person")
            for k in tree.kids(who.head, "compound", "nmod")
            if k < who.head and not tree.case(k) and (c := self._named_at(k))
        ]
        names = tuple(dict.fromkeys(n for w in found for n in w.names))
        return replace(who, names=names, kind=found[0].kind, count=None) if names else who

    def _named_at(self, i: int) -> Character | None:
        """The person or organization, no place, whose name stands at token `i`."""
        named = self.cast.at(i)
        return named if named is not None and named.label != "LOC" else None

    def everyone(self, tree: Tree, i: int) -> list[Who]:
        """`i` and what is joined to it, each resolved; a list in apposition ("two women, A and B") counts as named."""
        out: list[Who] = []
        for j in tree.joined(i):
            if tree.case(j).startswith("according"):
                continue
            out += self._among(tree, j)
            who = self.resolve(tree, j)
            if who.kind in {"people", "person"} and not self.cast.person_at(who.head):
                named = [self._noun(tree, k) for a in listed_names(tree, j) for k in tree.joined(a)]
                listed = [n for w in named if w.kind == "person" for n in w.names]
                listed = listed or self._counted(tree, who)
                if listed:
                    who = replace(who, names=tuple(dict.fromkeys(listed)), kind="person", single=False)
                elif not who.names and not who.single:
                    out += self._enlarged(who)
                    continue
            out.append(who)
            out += self._rest(tree, who, {n for w in out for n in w.names})
        return out

    def _enlarged(self, who: Who) -> list[Who]:
        """A described group by the list of names behind it: those who are meant, or some of them."""
        found = self.memory.listed_after(who.head) if self._first <= who.head < self._last else None
        if found is None:
            return [who]
        company, some = found
        names = tuple(p.name for p in company.people)
        if some:
            return [who, Who(company.first, names, who.text, kind="person", definite=True)]
        exact = who.count is None or who.count.min in {None, len(names)}
        return [replace(who, names=names, kind="person")] if exact else [who]

    def _rest(self, tree: Tree, who: Who, known: set[str]) -> list[Who]:
        """Those listed after the one that the tree found: trees lose hold of long lists ("X, 40, a member of …, and
        Y"). Not one who is subject of something else."""
        person = self.cast.person_at(who.head)
        found = self.memory.listed_from(person, who.head) if person is not None else None
        if found is None:
            return []
        company, place = found
        out = []
        for one, start in list(zip(company.people, company.starts, strict=True))[place + 1 :]:
            if not tree.first <= start < tree.last or tree.dep(start).startswith(("nsubj", "nmod:poss")):
                break
            if one.name not in known:
                out.append(Who(start, (one.name,), one.name, kind="person", definite=True))
        return out

    def _among(self, tree: Tree, i: int) -> list[Who]:
        """ "X is among forty prisoners pardoned", "among those arrested was X": X is one of them."""
        if tree.case(i) != "among":
            return []
        subjects = tree.kids(i, "nsubj") or (tree.subjects(tree.head(i)) if tree.is_verb(tree.head(i)) else [])
        found = [w for s in subjects if s != i for k in tree.joined(s) if (w := self._noun(tree, k)).kind == "person"]
        if found:
            return found
        end = max(tree.subtree(i)) + 1
        be = next((j for j in range(end, min(end + 3, tree.last)) if tree.lemma(j) == "be"), tree.last)
        first = next((j for j in range(be + 1, min(be + 8, tree.last)) if self.cast.person_at(j)), None)
        if first is None:
            return []
        inverted = [w for k in tree.joined(first) if (w := self._noun(tree, k)).kind == "person"]
        return inverted + self._rest(tree, inverted[0], {n for w in inverted for n in w.names}) if inverted else []

    def _counted(self, tree: Tree, who: Who) -> list[str]:
        """ "two men who led the rally in the city, X and Y": as many people named inside the phrase as it counts."""
        below = dict.fromkeys(c.name for j in tree.subtree(who.head) if (c := self.cast.person_at(j)))
        wanted = who.count.min if who.count is not None and who.count.min == who.count.max else None
        return list(below) if wanted is not None and 1 < wanted == len(below) else []

    def _core(self, tree: Tree, i: int) -> list[int]:
        """The tokens of the phrase proper: no possessor, no "of …", no clause."""
        out, todo = [], [i]
        while todo:
            j = todo.pop()
            out.append(j)
            todo += [
                k
                for k in tree.kids(j)
                if tree.dep(k).startswith(CORE)
                or (tree.dep(k) == "nmod" and not tree.case(k) and not tree.possessors(j))
            ]
        return sorted(out)

    def _noun(self, tree: Tree, i: int) -> Who:
        words = people_words()
        core = self._core(tree, i)
        first, last = tree.phrase(i)
        text = trimmed(tree, first, last)
        own = self.cast.at(i)
        people = [c for j in core if (c := self.cast.person_at(j)) and not is_follower(tree, i, j)]
        if people and (own is None or own.label != "ORG" or own in people):
            return Who(i, (people[0].name,), text, kind="person", definite=True)
        human = means_people(tree, i)
        if own is not None and (not human or (own.label == "ORG" and tree.pos(i) == "PROPN")):
            return Who(i, (own.name,), text, kind="body", definite=True)
        bodies = [c for j in core if (c := self.cast.at(j)) and c.label == "ORG"]
        if not human and tree.pos(i) not in {"NUM", "ADJ", "PRON", "DET"}:
            if bodies and tree.pos(i) == "PROPN":
                return Who(i, (bodies[0].name,), text, kind="body", definite=True)
            nationals = tree.token(i).tag in {"NNPS", "NNS"} and tree.token(i).text[:1].isupper()
            if nationals and (together := self._taken_up(tree, i, tree.lemma(i), self.count_of(text))):
                return Who(i, tuple(c.name for c in together), text, kind="person", sure=SURE["taken up"])
            return Who(i, (), text, self.count_of(text), "body" if tree.lemma(i) in words.official else "thing")
        return self._described(tree, i, text)

    def _described(self, tree: Tree, i: int, text: str) -> Who:
        """A described person or group: "her husband", "the activist", "a man", "several women"."""
        words = people_words()
        lemma = tree.lemma(i)
        plural = tree.token(i).tag in {"NNS", "NNPS", "CD"} or (
            lemma in {"people", "police", "family", "group", "crowd", "team", "dozens", *PAIRS} or tree.pos(i) == "NUM"
        )
        plural = plural or tree.lower(i) in QUANTITIES
        count = self.count_of(text)
        if not plural and count is not None and (count.min or 1) > 1:
            plural = True
        if count is not None and tree.lower(tree.phrase(i)[0]) in VAGUE and is_recurring(tree):
            count = None
        definite = any(tree.lower(k) in {"the", "this", "that", "these"} for k in tree.kids(i, "det"))
        if plural or tree.pos(i) == "NUM":
            names = tuple(c.name for c in self._taken_up(tree, i, lemma, count))
            kind, sure = ("person", "taken up") if names else ("people", "name")
            return Who(i, names, text, count, kind, definite=definite, sure=SURE[sure])
        named, way = named_beside(tree, i, self.cast), "name"
        if named is None and lemma in words.relations:
            named, way = self._by_tie(tree, i, lemma), "tie"
        if named is None and definite and not tree.kids(i, "acl"):
            named, way = self._by_role(lemma, words.gender(lemma)), "role"
        return Who(
            i,
            (named.name,) if named else (),
            text,
            count,
            "person" if named else "people",
            single=True,
            definite=definite,
            sure=SURE[way] if named else 1.0,
        )

    def _taken_up(self, tree: Tree, i: int, lemma: str, count: Count | None) -> tuple[Character, ...]:
        """ "the two men", "both women", "all three", "the pair", "the journalists": people named together before."""
        marks = {tree.lower(k) for k in tree.kids(i, "det", "det:predet", "amod", "advmod")}
        if not marks & {"the", "both", "these", "those", "all"} or marks & {"other", "another", "more", "least"}:
            return ()
        defined = [k for k in tree.kids(i, "acl", "nmod") if not is_aside(tree, i, k)]
        if lemma in GROUPS or defined or tree.possessors(i):
            return ()
        size = PAIRS.get(lemma) or (2 if "both" in marks else None)
        if size is None and count is not None:
            size = count.min if count.min == count.max else 0
        if size:
            return self.memory.counted(size, people_words().gender(lemma), i, self.pronouns.sufferers)
        return self.memory.called(lemma, i) if size is None and marks & {"the", "these"} else ()

    def _by_tie(self, tree: Tree, i: int, lemma: str) -> Character | None:
        """ "her husband", "Orlova's lawyer": through a tie that the story states."""
        kind = people_words().relations[lemma]
        for owner in tree.possessors(i) + tree.obliques(i, "of"):
            who = self.cast.person_at(owner) or (self.pronouns.person(owner) if tree.lower(owner) in HE | SHE else None)
            if who and (tied := self.cast.tied(who, kind)):
                return tied
        return None

    def _by_role(self, lemma: str, gender: str) -> Character | None:
        """ "the activist": the latest person whom the story calls so, else the latest of fitting gender."""
        near = self.pronouns.near
        fits = [c for c in near if c.gender in {"", gender} or not gender]
        called = [c for c in fits if lemma in c.roles] or [c for c in self.cast.people if lemma in c.roles]
        return called[0] if called else (fits[0] if fits and (lemma in {"man", "woman"} or len(near) == 1) else None)

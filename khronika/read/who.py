"""From a noun in a role to who it is: named people, a named body, or a described group.

For "Police detained him", "her husband was arrested", "two other demonstrators", "the 40-year-old activist".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from khronika.facts.claims import Count
from khronika.read.cast import HE, SHE, Cast, Character
from khronika.read.company import GROUPS, PAIRS, Company, Crowd, Memory
from khronika.read.nouns import is_aside, is_follower, is_recurring, listed_names, means_people, trimmed
from khronika.read.syntax import RELATIVE, Tree
from khronika.read.words import people_words, voice_words

PLURAL_PRONOUNS = frozenset(
    {"they", "them", "their", "themselves", "we", "us", "our", "these", "those", "both", "all", "each"}
)
SINGLE_PRONOUNS = HE | SHE
IT = frozenset({"its"})
BODY_BACK = 2
"""Sentences without an organization over which "its" is still that of the last one named."""
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
PROTAGONIST = 2
"""How many times more often the main person must be named to take a pronoun from the last person named."""
LOOK_BACK = 6
"""Sentences that a pronoun may look back; beyond it the antecedent is a guess."""


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
        self.memory = Memory(cast)
        self.sufferers: dict[Character, None] = {}
        self.centers: list[Character] = []
        self._memo: dict[int, Character | None] = {}
        self.speaker: Character | None = None
        self.body: Character | None = None
        self._kept = 0

    def restart(self) -> None:
        """The story is read from its top again."""
        self.centers.clear()
        self.sufferers.clear()
        self._memo.clear()
        self.body, self._kept = None, 0
        self.memory = Memory(self.cast)

    def suffered(self, names: Iterable[str]) -> None:
        """A claim was read in which something is done to `names`: whom the story tells of as held, tried or hurt."""
        wanted = set(names)
        self.sufferers.update((c, None) for c in self.cast.people if c.name in wanted)

    def enter(self, first: int, last: int) -> None:
        """A sentence of tokens [first, last) comes next; its people become what later pronouns mean."""
        self._first, self._last = first, last
        self.memory.enter(first, last)
        seen: list[Character] = []
        for i in range(first, last):
            who = self.cast.person_at(i)
            if who is None and self.cast.parse.tokens[i].text.lower() in SINGLE_PRONOUNS:
                who = self.pronoun(i)
            if who is not None and who not in seen:
                seen.append(who)
        self._entered = seen

    def leave(self) -> None:
        """The sentence is done: its first person becomes the center."""
        for who in reversed(self._entered):
            if who in self.centers:
                self.centers.remove(who)
            self.centers.insert(0, who)
        del self.centers[LOOK_BACK:]
        named = next((c for j in range(self._first, self._last) if (c := self.cast.at(j)) and c.label == "ORG"), None)
        self._kept = 0 if named is not None else self._kept + 1
        self.body = named or (self.body if self._kept <= BODY_BACK else None)

    def pronoun(self, i: int) -> Character | None:
        """Whom he, she, him, her, his … at token `i` means: the first fitting person before it in the sentence, else of
        the sentences before. A person of unknown gender takes the pronoun's."""
        if i not in self._memo:
            word = self.cast.parse.tokens[i].text.lower()
            gender = "m" if word in HE else "f"
            own = [w for j in range(self._first, i) if (w := self.cast.person_at(j))]
            own += [w for j in range(self._first, i) if (w := self._memo.get(j))]
            found = next((w for w in own if w.gender in {"", gender}), None)
            found = found or self._ahead(i, gender) or self._center(gender)
            if found is not None:
                found.gender = found.gender or gender
            held = found in own or self._says(i)
            self._memo[i] = found if held else self._sufferer(found, [*own, *self.centers], gender)
        return self._memo[i]

    def _says(self, i: int) -> bool:
        """Whether the pronoun speaks: "he said", "he has since told"."""
        tokens = self.cast.parse.tokens[i + 1 : min(i + 4, self._last)]
        verb = next((t.lemma for t in tokens if t.pos == "VERB"), "")
        return verb in voice_words().says

    def _sufferer(self, found: Character | None, near: list[Character], gender: str) -> Character | None:
        """Not an official, lawyer or spokesperson who was heard last, where the story tells near by of somebody held,
        tried or hurt: "He was sentenced in May" after "…, the minister said"."""
        if found is None or found in self.sufferers or not found.roles & people_words().speaking:
            return found
        held = [w for w in near if w in self.sufferers and w.gender in {"", gender}]
        return held[0] if held else found

    def _ahead(self, i: int, gender: str) -> Character | None:
        """A fronted phrase looks ahead to the subject, if that is someone the story speaks of often.

        For "Three months after his release, Timur K. was arrested again."
        """
        tokens = self.cast.parse.tokens
        comma = next((j for j in range(i, min(i + 8, self._last)) if tokens[j].text == ","), None)
        if comma is None:
            return None
        who = next((w for j in range(comma + 1, min(comma + 4, self._last)) if (w := self.cast.person_at(j))), None)
        return who if who is not None and who.mentions >= 2 and who.gender in {"", gender} else None

    def _center(self, gender: str) -> Character | None:
        """The person that the last sentences were about; a passing name gives way to one told of far more often."""
        fits = [w for w in self.centers if w.gender in {"", gender}]
        if not fits:
            return None
        main = max(fits[:3], key=lambda w: w.mentions)
        return main if fits[0].gender == "" and main.mentions >= PROTAGONIST * fits[0].mentions else fits[0]

    def resolve(self, tree: Tree, i: int) -> Who:
        """Who noun or pronoun `i` is, without what "and" joins to it."""
        i = tree.antecedent(i)
        word = tree.lower(i)
        if word in HE | SHE:
            if (noun := self._kin_before(tree, i)) is not None:
                return replace(self._described(tree, noun, trimmed(tree, *tree.phrase(noun))), head=i)
            who = self._bound(tree, i)
            names = (who.name,) if who else ()
            return Who(i, names, tree.token(i).text, None, "person", True, True, SURE["pronoun"])
        if word in SPEAKER_PRONOUNS:
            names = (self.speaker.name,) if self.speaker else ()
            return Who(i, names, tree.token(i).text, None, "person", True, True, SURE["pronoun"])
        if word in PLURAL_PRONOUNS or word in RELATIVE:
            return self._several(tree, i, word)
        if word in IT and (body := self._body(i)):
            return Who(i, (body.name,), tree.token(i).text, kind="body", definite=True, sure=SURE["pronoun"])
        return self._noun(tree, i)

    def _body(self, i: int) -> Character | None:
        """Whose "its" is that stands at token `i`: the first that the sentence names before, else the last
        sentence that named one."""
        own = (c for j in range(self._first, i) if (c := self.cast.at(j)) and c.label == "ORG")
        return next(own, None) or self.body

    def _kin_before(self, tree: Tree, i: int) -> int | None:
        """The noun that "he" or "she" means where it stands nearer than any name that fits: "took over from her
        husband after he was jailed", "a man was held after he shouted"."""
        gender = "m" if tree.lower(i) in HE else "f"
        for j in range(i - 1, tree.first - 1, -1):
            person = self.cast.person_at(j)
            if person is not None and person.gender in {"", gender}:
                return None
            if tree.pos(j) == "NOUN" and tree.token(j).tag == "NN" and people_words().gender(tree.lemma(j)) == gender:
                top = j
                while tree.dep(top).startswith("conj"):
                    top = tree.head(top)
                named = (
                    self.cast.at(top)
                    or tree.dep(top).startswith(("appos", "compound", "nmod:desc", "amod"))
                    or self._beside(tree, j)
                )
                return None if named or tree.lemma(j) in people_words().official else j
        return None

    def _bound(self, tree: Tree, i: int) -> Character | None:
        """Whom "him" means, not the subject of its own verb: in "Roe shot Poe, killing him" it is Poe."""
        found = self.pronoun(i)
        verb = tree.head(i)
        if tree.dep(i) == "nmod:poss" and found is not None:
            return self._demanded(tree, i, found)
        if tree.token(i).tag != "PRP" or tree.dep(i).split(":")[0] not in {"obj", "iobj", "obl"} or found is None:
            return found
        if tree.lower(i).endswith("self") or not tree.is_verb(verb) or tree.is_passive(verb):
            return found
        doers = {self.cast.person_at(j) for s in tree.subjects(verb) for j in tree.joined(s)}
        if found not in doers:
            return found
        gender = "m" if tree.lower(i) in HE else "f"
        before = [c for j in range(i - 1, self._first - 1, -1) if (c := self.cast.person_at(j))]
        others = [c for c in [*before, *self.centers] if c not in doers and c.gender in {"", gender}]
        self._memo[i] = others[0] if others else None
        return self._memo[i]

    def _demanded(self, tree: Tree, i: int, found: Character) -> Character:
        """ "X, who never uses Y's name, … called for his release": who asks for it, or denounces it, is not whose
        release it is, where the sentence or the story speaks of somebody held."""
        verb = tree.verb_above(i)
        if found in self.sufferers or tree.lemma(verb) not in voice_words().demands | voice_words().says:
            return found
        before = [c for j in range(i - 1, self._first - 1, -1) if (c := self.cast.person_at(j))]
        gender = "m" if tree.lower(i) in HE else "f"
        held = [c for c in [*before, *self.centers] if c in self.sufferers and c.gender in {"", gender}]
        return held[0] if held else found

    def _several(self, tree: Tree, i: int, word: str) -> Who:
        """ "they", "both", "them": people named together, or a group described before."""
        plain = Who(i, (), tree.token(i).text, kind="people", definite=True, sure=SURE["taken up"])
        people: tuple[Character, ...] = ()
        if word == "both":
            people = self.memory.counted(2, "", i, self.sufferers)
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
        named, way = self._beside(tree, i), "name"
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
            return self.memory.counted(size, people_words().gender(lemma), i, self.sufferers)
        return self.memory.called(lemma, i) if size is None and marks & {"the", "these"} else ()

    def _beside(self, tree: Tree, i: int) -> Character | None:
        """ "union leader Timur K.", "Timur K., the editor who …": the name that the noun stands beside."""
        if tree.dep(i).startswith("appos") and (who := self.cast.person_at(tree.head(i))):
            return who
        return self.cast.person_at(i + 1) if i + 1 < tree.last else None

    def _by_tie(self, tree: Tree, i: int, lemma: str) -> Character | None:
        """ "her husband", "Orlova's lawyer": through a tie that the story states."""
        kind = people_words().relations[lemma]
        for owner in tree.possessors(i) + tree.obliques(i, "of"):
            who = self.cast.person_at(owner) or (self.pronoun(owner) if tree.lower(owner) in HE | SHE else None)
            if who and (tied := self.cast.tied(who, kind)):
                return tied
        return None

    def _by_role(self, lemma: str, gender: str) -> Character | None:
        """ "the activist": the latest person whom the story calls so, else the latest of fitting gender."""
        near = [*dict.fromkeys([*self._entered, *self.centers])]
        fits = [c for c in near if c.gender in {"", gender} or not gender]
        called = [c for c in fits if lemma in c.roles] or [c for c in self.cast.people if lemma in c.roles]
        return called[0] if called else (fits[0] if fits and (lemma in {"man", "woman"} or len(near) == 1) else None)

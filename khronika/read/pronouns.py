"""Whom "he", "she", "her" and "its" mean: the people and bodies told of so far, by where the story stands.

For "Orlova was arrested on Monday. … Police beat her": somebody of the sentence, else whom the last ones were about.
"""

from __future__ import annotations

from collections.abc import Iterable

from khronika.read.cast import HE, SHE, Cast, Character
from khronika.read.nouns import named_beside
from khronika.read.syntax import Tree
from khronika.read.words import people_words, voice_words

SINGLE_PRONOUNS = HE | SHE
IT = frozenset({"its"})
BODY_BACK = 2
"""Sentences without an organization over which "its" is still that of the last one named."""
PROTAGONIST = 2
"""How many times more often the main person must be named to take a pronoun from the last person named."""
LOOK_BACK = 6
"""Sentences that a pronoun may look back; beyond it the antecedent is a guess."""


class Pronouns:
    """What one person's or body's pronouns mean in one story, read from its top. Sentences are to be visited in order:
    `enter` each, then ask, then `leave` it. `sufferers`: whom the story tells of as held, tried or hurt, so far."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.sufferers: dict[Character, None] = {}
        self._centers: list[Character] = []
        self._entered: list[Character] = []
        self._memo: dict[int, Character | None] = {}
        self._body: Character | None = None
        self._first = self._last = self._kept = 0

    @property
    def near(self) -> list[Character]:
        """The people of this sentence and those whom the last ones were about, the nearest first."""
        return [*dict.fromkeys([*self._entered, *self._centers])]

    def suffered(self, names: Iterable[str]) -> None:
        """A claim was read in which something is done to `names`: whom the story tells of as held, tried or hurt."""
        wanted = set(names)
        self.sufferers.update((c, None) for c in self.cast.people if c.name in wanted)

    def enter(self, first: int, last: int) -> None:
        """A sentence of tokens [first, last) comes next; its people become what later pronouns mean."""
        self._first, self._last = first, last
        seen: list[Character] = []
        for i in range(first, last):
            who = self.cast.person_at(i)
            if who is None and self.cast.parse.tokens[i].text.lower() in SINGLE_PRONOUNS:
                who = self.person(i)
            if who is not None and who not in seen:
                seen.append(who)
        self._entered = seen

    def leave(self) -> None:
        """The sentence is done: its first person becomes the center."""
        for who in reversed(self._entered):
            if who in self._centers:
                self._centers.remove(who)
            self._centers.insert(0, who)
        del self._centers[LOOK_BACK:]
        named = next((c for j in range(self._first, self._last) if (c := self.cast.at(j)) and c.label == "ORG"), None)
        self._kept = 0 if named is not None else self._kept + 1
        self._body = named or (self._body if self._kept <= BODY_BACK else None)

    def person(self, i: int) -> Character | None:
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
            self._memo[i] = found if held else self._sufferer(found, [*own, *self._centers], gender)
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
        fits = [w for w in self._centers if w.gender in {"", gender}]
        if not fits:
            return None
        main = max(fits[:3], key=lambda w: w.mentions)
        return main if fits[0].gender == "" and main.mentions >= PROTAGONIST * fits[0].mentions else fits[0]

    def bound(self, tree: Tree, i: int) -> Character | None:
        """Whom "him" means, not the subject of its own verb: in "Roe shot Poe, killing him" it is Poe."""
        found = self.person(i)
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
        others = [c for c in [*before, *self._centers] if c not in doers and c.gender in {"", gender}]
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
        held = [c for c in [*before, *self._centers] if c in self.sufferers and c.gender in {"", gender}]
        return held[0] if held else found

    def kin_before(self, tree: Tree, i: int) -> int | None:
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
                    or named_beside(tree, j, self.cast)
                )
                return None if named or tree.lemma(j) in people_words().official else j
        return None

    def its(self, i: int) -> Character | None:
        """Whose "its" is that stands at token `i`: the first that the sentence names before, else the last
        sentence that named one."""
        own = (c for j in range(self._first, i) if (c := self.cast.at(j)) and c.label == "ORG")
        return next(own, None) or self._body

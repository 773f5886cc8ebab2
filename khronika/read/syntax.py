"""A sentence's tree, asked in grammar's words: subject, object, agent, clause. Token numbers are the parse's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from khronika.read.parse import Parse, Sentence, Token
from khronika.read.words import people_words, voice_words

VERBAL = frozenset({"VERB", "AUX"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
BLAMING = frozenset({"accuse", "suspect", "blame", "criticize", "criticise", "condemn", "convict", "slam", "denounce"})
"""Verbs whose object did what they name behind "of" or "for"."""
TIMES = frozenset({"day", "week", "month", "year", "evening", "morning", "night", "afternoon", "hour"})
"""Nouns that nothing is done to: "later in the day sentenced to …" speaks of the subject, whatever the tree says."""


class Tree:
    """One sentence of a parse. All token numbers in and out count from the parse's first token."""

    def __init__(self, parse: Parse, sentence: Sentence) -> None:
        self.parse, self.sentence = parse, sentence
        self.first, self.last = sentence.first, sentence.last
        self._passive: dict[int, bool] = {}
        self._cases: dict[int, str] = {}

    @cached_property
    def heads(self) -> tuple[int, ...]:
        """The head of each token of the sentence; the root's is itself."""
        return tuple(self.sentence.heads)

    @cached_property
    def deps(self) -> tuple[str, ...]:
        """The UD label of each token."""
        return tuple(self.sentence.deps)

    @cached_property
    def _kids(self) -> list[list[int]]:
        kids: list[list[int]] = [[] for _ in range(self.last - self.first)]
        for offset, head in enumerate(self.heads):
            if head != self.first + offset:
                kids[head - self.first].append(self.first + offset)
        return kids

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        """The UD label of each token without its subtype."""
        return tuple(dep.partition(":")[0] for dep in self.deps)

    @cached_property
    def _lower(self) -> tuple[str, ...]:
        return tuple(t.text.lower() for t in self.parse.tokens[self.first : self.last])

    @cached_property
    def words(self) -> frozenset[str]:
        """The lemmas and lower-case forms of its words."""
        return frozenset((*self._lower, *(t.lemma for t in self.parse.tokens[self.first : self.last])))

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last))

    def token(self, i: int) -> Token:
        """Token `i`."""
        return self.parse.tokens[i]

    def lemma(self, i: int) -> str:
        """Lower-case lemma of token `i`."""
        return self.parse.tokens[i].lemma

    def lower(self, i: int) -> str:
        """The word as written, lower-case."""
        if self.first <= i < self.last:
            return self._lower[i - self.first]
        return self.parse.tokens[i].text.lower()

    def pos(self, i: int) -> str:
        """UPOS tag."""
        return self.parse.tokens[i].pos

    def head(self, i: int) -> int:
        """The head of `i`; `i` itself for the root."""
        return self.heads[i - self.first]

    def dep(self, i: int) -> str:
        """The UD label of `i`, with its subtype ("nsubj:pass")."""
        return self.deps[i - self.first]

    def kids(self, i: int, *deps: str) -> list[int]:
        """Children of `i`, only those labeled one of `deps` (subtypes counted in) where any is given."""
        kids, first = self._kids[i - self.first], self.first
        if not deps:
            return kids
        return [k for k in kids if self._plain[k - first] in deps or self.deps[k - first] in deps] if kids else []

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above `i`, nearest first."""
        while self.head(i) != i:
            i = self.head(i)
            yield i

    def subtree(self, i: int) -> list[int]:
        """`i` and all below it, in text order."""
        out, todo = [], [i]
        while todo:
            j = todo.pop()
            out.append(j)
            todo += self.kids(j)
        return sorted(out)

    def case(self, i: int) -> str:
        """The preposition of noun `i` ("because of" as one), lower-case; "" where it has none."""
        if i not in self._cases:
            self._cases[i] = self._case(i)
        return self._cases[i]

    def _case(self, i: int) -> str:
        for k in self.kids(i, "case", "mark"):
            if self.pos(k) in {"ADP", "SCONJ", "VERB", "ADV", "PART"} and self.lower(k) not in {"'s", "’s", "'", "’"}:
                return " ".join(self.lower(j) for j in self.subtree(k))
        return ""

    def is_verb(self, i: int) -> bool:
        """Whether `i` is a verb form, participles used as adjectives included."""
        return self.pos(i) == "VERB" or (self.pos(i) in {"ADJ", "AUX"} and self.token(i).tag.startswith("VB"))

    def is_passive(self, v: int) -> bool:
        """Whether verb `v` is passive: a passive subject or auxiliary, or a past participle that modifies a noun."""
        if v not in self._passive:
            self._passive[v] = self._is_passive(v)
        return self._passive[v]

    def _is_passive(self, v: int) -> bool:
        if self.kids(v, "aux:pass"):
            return True
        helpers = {self.lemma(k) for k in self.kids(v, "aux")}
        if "have" in helpers and "be" not in helpers:
            return False  # "has sentenced", whatever the tree calls its subject
        if self._absolute(v):
            return True
        if self.kids(v, "nsubj:pass", "csubj:pass"):
            return not self.kids(v, "obj")
        if self._headline_passive(v):
            return True
        if self.token(v).tag != "VBN" or "have" in helpers:
            return False
        dep = self.dep(v)
        if dep.startswith("conj"):
            return not self.kids(v, "nsubj") and self.is_passive(self.head(v))
        return dep in {"acl", "amod", "advcl", "root", "dep", "xcomp", "ccomp", "parataxis"} and not self.kids(
            v, "nsubj", "obj"
        )

    def _absolute(self, v: int) -> bool:
        """ "with two men killed and a third arrested": a participle whose subject stands between "with" and it."""
        heads = (v, self.head(v)) if self.dep(v).startswith("conj") else (v,)
        return self.token(v).tag == "VBN" and any(
            self.lower(k) == "with" and k < v for h in heads for k in self.kids(h, "mark")
        )

    def _headline_passive(self, v: int) -> bool:
        """ "Editor charged with libel": a headline drops the auxiliary, and the tree takes the participle for a past.

        Only where nothing stands as object, the line has no full stop, and the verb is hardly ever without an object.
        """
        if self.token(v).tag not in {"VBD", "VBN"} or self.lemma(v) not in voice_words().object_verbs:
            return False
        if self.token(self.last - 1).text in {".", "!", "?", "”", '"'} or self.kids(v, "obj", "iobj", "aux", "ccomp"):
            return False
        subjects = self.kids(v, "nsubj")
        return bool(subjects) and self.lemma(subjects[-1]) not in people_words().official

    def antecedent(self, i: int) -> int:
        """The noun that relative pronoun `i` stands for; `i` itself when it is none."""
        if self.lower(i) not in RELATIVE:
            return i
        for a in (i, *self.ancestors(i)):
            if self.dep(a) == "acl:relcl":
                return self.head(a)
        before = [j for j in range(max(self.first, i - 3), i) if self.pos(j) in {"NOUN", "PROPN"}]
        return before[-1] if before and self.lower(i) in {"who", "whom"} else i

    def subjects(self, v: int, depth: int = 0) -> list[int]:
        """Heads of the subject of verb `v`: its own, else that of the verb it is joined to or controlled by."""
        own = self.kids(v, "nsubj", "csubj")
        if crossed := self._crossed(v):
            return crossed
        if own:
            before = [k for k in own if k < v]  # of two subjects the one behind the verb is its object
            return [self.antecedent(min(before or own, key=lambda k: abs(k - v)))]
        if (number := self._number_before(v)) is not None:
            return [number]
        if depth > 6:
            return []
        if self._absolute(v) and (between := [k for k in self.kids(v, "obl", "obj") if k < v and not self.case(k)]):
            return between
        dep, head = self.dep(v), self.head(v)
        if head == v:
            return []
        if dep.startswith("conj") and self.token(v).tag in FINITE and self.token(head).tag in {"VBG", "VB"}:
            # "convicted him of leading a march and sentenced him": finite verbs are joined to finite ones
            finite = (a for a in self.ancestors(head) if self.token(a).tag in FINITE or self.kids(a, "aux", "aux:pass"))
            above = next(finite, head)
            return self.subjects(above, depth + 1)
        if dep.startswith("acl") and self.lemma(head) in TIMES:
            return self.subjects(self.verb_above(head), depth + 1)
        if dep.startswith("acl"):
            return [head] if not self.kids(v, "obj") or self.token(v).tag in {"VBG", "VB"} else []
        if self._blamed_for(v, head):
            return self.objects(head)
        if dep.startswith(("conj", "advcl", "parataxis")):
            return self.subjects(head, depth + 1)
        if dep.startswith("xcomp"):
            controlled = self.kids(head, "obj", "iobj")
            return [self.antecedent(controlled[0])] if controlled else self.subjects(head, depth + 1)
        return []

    def _blamed_for(self, v: int, head: int) -> bool:
        """ "The group accused police of beating its director": what one is blamed for is done by whom one blames."""
        blamed = self.lemma(head) in BLAMING and not self.is_passive(head) and bool(self.kids(head, "obj"))
        marked = any(self.lower(k) in {"of", "for"} for k in self.kids(v, "mark"))
        return blamed and marked and self.token(v).tag == "VBG"

    def _number_before(self, v: int) -> int | None:
        """ "… and nine arrested", "after 14 were arrested": a bare number before a passive is who it befell."""
        if self.token(v).tag != "VBN" or self.dep(v).startswith(("amod", "acl")):
            return None
        i = v - 1
        while i > self.first and self.dep(i).startswith("aux") and self.head(i) == v:
            i -= 1
        if i < self.first or self.token(i).tag != "CD" or (i - 1 >= self.first and self.pos(i - 1) == "PROPN"):
            return None
        return i if self.dep(i).split(":")[0] in {"nsubj", "conj", "dep", "root", "parataxis"} else None

    def _crossed(self, v: int) -> list[int]:
        """The subject that a tree hangs on the object behind the verb: "The court on Monday found X guilty" with
        "court" as an apposition of X, which no apposition before a verb can be. X may be called object or subject."""
        if self.token(v).tag not in FINITE or self.kids(v, "aux:pass") or any(k < v for k in self.kids(v, "nsubj")):
            return []
        behind = [o for o in self.kids(v, "obj", "nsubj") if o > v]
        return [k for o in behind for k in self.kids(o, "appos", "nmod", "conj") if k < v and not self.case(k)][-1:]

    def objects(self, v: int) -> list[int]:
        """Heads of the direct objects of verb `v`."""
        out = [self.antecedent(k) for k in self.kids(v, "obj")]
        behind = [k for k in self.kids(v, "nsubj") if k > v]
        if not out and behind and (self._crossed(v) or any(k < v for k in self.kids(v, "nsubj"))):
            out = behind
        if not out and not self.is_passive(v):  # "the police detain dozens"
            out = [k for k in self.kids(v, "advmod") if k == v + 1 and self.token(k).tag == "NNS"]
        if not out and not self.is_passive(v):  # "harassed and prosecuted reporters": both verbs share the object
            joined = next((k for k in self.kids(v, "conj") if self.is_verb(k) and not self.kids(k, "nsubj")), None)
            out = self.kids(joined, "obj") if joined is not None else []
        joined_to = self.head(v) if self.dep(v).startswith("conj") else v
        if not out and joined_to != v and self.is_verb(joined_to) and not self.is_passive(v):
            out = [k for k in self.kids(joined_to, "obj") if k > v]  # "discharged and acquitted the two editors"
        if not out and self.dep(v) == "acl:relcl" and not self.is_passive(v) and self.kids(v, "nsubj"):
            subject = self.kids(v, "nsubj")[0]
            if self.lower(subject) not in RELATIVE:
                out = [self.head(v)]
        return out

    def obliques(self, i: int, *cases: str) -> list[int]:
        """Nouns that hang on `i` by one of the prepositions `cases`."""
        return [k for k in self.kids(i, "obl", "nmod") if self.case(k) in cases]

    def joined(self, i: int) -> list[int]:
        """`i` and what "and" or "or" joins to it."""
        out = [i]
        for k in self.kids(i, "conj"):
            out += self.joined(k)
        return out

    def possessors(self, noun: int) -> list[int]:
        """Whose: "X's arrest", "his arrest"."""
        return self.kids(noun, "nmod:poss")

    def verb_above(self, i: int) -> int:
        """The verb of the clause that `i` stands in; `i` itself if it is one; the root if there is none."""
        for a in (i, *self.ancestors(i)):
            if self.is_verb(a) and not self.dep(a).startswith("amod"):
                return a
        return i

    def phrase(
        self,
        i: int,
        skip: tuple[str, ...] = (
            "acl:relcl",
            "conj",
            "cc",
            "parataxis",
            "appos",
            "punct",
            "case",
            "mark",
            "nsubj",
            "cop",
            "aux",
            "advcl",
        ),
    ) -> tuple[int, int]:
        """First and last (exclusive) token of the noun phrase of `i`, without what hangs by a label of `skip`."""
        low = high = i
        todo = [k for k in self.kids(i) if not self.dep(k).startswith(skip)]
        while todo:
            k = todo.pop()
            low, high = min(low, k), max(high, k)
            todo += [c for c in self.kids(k) if not self.dep(c).startswith(("acl:relcl", "parataxis", "punct"))]
        return low, high + 1

    def text(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, exclusive, as written, on one line."""
        tokens = self.parse.tokens
        return " ".join(self.parse.text[tokens[first].start : tokens[last - 1].end].split()) if last > first else ""

"""What a pipeline says about a text: words, sentences, names, and trees that are decoded only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

__all__ = ["Hunch", "Name", "Parse", "Pipeline", "Sentence", "Token", "Tree"]

Tree = tuple[tuple[int, ...], tuple[str, ...]]
"""Heads (absolute token indices, the root's its own) and UD labels, one a word of the sentence."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    `i` index in `Parse.tokens`; `start`, `end` code points in the whole text, end exclusive; `lemma` lower-case;
    `pos` universal part of speech ("VERB"); `tag` Penn Treebank tag ("VBD").
    """

    i: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: token indices into `Parse.tokens`, last exclusive; `label` PERSON, ORG or LOC; `score` 0 to 1."""

    first: int
    last: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Hunch:
    """That a sentence seems to hold an event of a kind: `token` its likeliest word, `score` the chance, 0 to 1."""

    token: int
    kind: str
    score: float


class Sentence:
    """A sentence: where it lies, its names, its hunches (likeliest first; none by pipelines without them), its tree.

    `first`, `last` token indices into `Parse.tokens`, last exclusive; `start`, `end` code points in the whole text.
    Most sentences of most stories say nothing about custody and are never asked for their tree, so it is decoded on
    first access of `heads` or `deps`.
    """

    __slots__ = ("_decode", "_tree", "end", "first", "hunches", "last", "names", "start")

    def __init__(
        self,
        words: tuple[int, int],
        place: tuple[int, int],
        names: tuple[Name, ...],
        decode: Callable[[], Tree],
        hunches: tuple[Hunch, ...] = (),
    ) -> None:
        """Args: words: (first, last) token; place: (start, end) code point; names: those within; decode: the tree."""
        self.first, self.last = words
        self.start, self.end = place
        self.names = names
        self.hunches = hunches
        self._decode: Callable[[], Tree] | None = decode
        self._tree: Tree = ((), ())

    @property
    def heads(self) -> tuple[int, ...]:
        """Absolute index of each word's head; the root points to itself."""
        return self._decoded()[0]

    @property
    def deps(self) -> tuple[str, ...]:
        """UD label of each word, lower-case ("nsubj:pass"), "root" for the root."""
        return self._decoded()[1]

    def _decoded(self) -> Tree:
        decode = self._decode
        if decode is not None:
            self._tree = decode()
            self._decode = None
        return self._tree

    @property
    def decoded(self) -> bool:
        """Whether the tree is there."""
        return self._decode is None

    def take(self, tree: Tree) -> None:
        """Keep a tree that was decoded among others (`Parse.decode`)."""
        self._tree, self._decode = tree, None

    def __len__(self) -> int:
        return self.last - self.first

    def __repr__(self) -> str:
        return f"Sentence(first={self.first}, last={self.last}, start={self.start}, end={self.end})"


@dataclass(frozen=True, slots=True)
class Parse:
    """A text as read: its words, its sentences in order (they hold every word), its names in order.

    `together`: how the pipeline decodes the trees of several of the sentences at once, where it can.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    together: Callable[[Sequence[Sentence]], Iterable[Tree]] | None = field(default=None, compare=False, repr=False)

    def decode(self, sentences: Iterable[Sentence]) -> None:
        """Decode the trees of these sentences of the parse now, together: half the cost of one by one."""
        todo = [s for s in sentences if not s.decoded]
        if self.together is not None:
            for sentence, tree in zip(todo, self.together(todo), strict=True):
                sentence.take(tree)


class Pipeline(Protocol):
    """Whatever reads English text into a `Parse`. The same text gives the same parse, alone or among others."""

    @property
    def name(self) -> str:
        """Which pipeline this is ("bundled")."""
        ...

    @property
    def version(self) -> str:
        """Version of the model behind it."""
        ...

    def parse(self, text: str) -> Parse:
        """Read one text of any length; an empty text has no sentences."""
        ...

    def parse_many(self, texts: Sequence[str]) -> Iterator[Parse]:
        """Read texts in order."""
        ...

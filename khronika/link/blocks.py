"""Which mentions can have to do with each other: the connected components that are resolved one by one.

Two mentions are connected where one could be linked to the other or ask about it: their full names are one spelling, or
their names have a word in common in some spelling, are close as a whole, and they share a sign (`Portrait.signs`). A
common name ("Ali Hassan") connects only with a sign too. Whether two are connected depends on the two alone, and what a
component resolves to on the component alone: so a new story needs anew only the components that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from khronika.facts.claims import Mention
from khronika.link.comparers import alike
from khronika.link.surroundings import Portrait, Scene, Sign, Surroundings
from khronika.text.name_parts import name_words, parse_name
from khronika.text.name_tables import given_groups
from khronika.text.names import is_short_form
from khronika.text.romanization import loose_consonants, without_child_of, word_key

SOME = 0.25
"""More points than this of `alike` connect two names."""


def blocks(portraits: Sequence[Portrait]) -> list[list[Portrait]]:
    """The components, each in the order of the portraits.

    Time grows with the mentions, and with the pairs of different names that share a sign, a word's consonants and the
    beginning of another word.
    """
    return _Blocks(portraits).components()


def is_full(name: str) -> bool:
    """Whether the name has a surname and a given name that is more than an initial."""
    parsed = parse_name(name)
    return len(parsed.words) > 1 and any(len(word) > 1 for word in parsed.given)


def keys_by(around: Mapping[str, Surroundings]) -> Callable[[Mention], Collection[str]]:
    """The keys of a mention: two mentions share one, directly or through others, wherever `blocks` connects them.
    `around`: that of the mention's document, at least."""

    def keys_of(mention: Mention) -> Collection[str]:
        portrait = Scene(around[mention.document]).portrait(mention)
        signs = portrait.signs()
        keys = {"|".join((bone, *sign)) for bone in word_bones(mention.name) for sign in signs}
        (spelled,) = portrait.keys
        alone = is_full(mention.name) and not portrait.common
        return keys | ({f"={spelled}"} if alone else {"|".join((f"={spelled}", *sign)) for sign in signs})

    return keys_of


@lru_cache(maxsize=65_536)
def word_bones(name: str) -> tuple[str, ...]:
    """The consonants of each word of the name that is more than an initial: one name's spellings share one at least."""
    return tuple(dict.fromkeys(bones(word) for word in name_words(name) if len(word) > 1))


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """The consonants of the spelling key, sounds that romanizations swap made one; a vowel at the start as "A"."""
    stem, _ = without_child_of(word)
    return loose_consonants(stem or word)


@lru_cache(maxsize=65_536)
def _beginnings(word: str) -> tuple[str, ...]:
    """How a word may begin: its groups of equivalents if it is a known given name, and its first consonant."""
    groups = given_groups().get(word_key(word), ())
    return (*(f"={group}" for group in sorted(groups)), bones(word)[:1])


class _Blocks:
    """Union of what is connected, over positions in the sequence."""

    def __init__(self, portraits: Sequence[Portrait]) -> None:
        self.portraits = portraits
        self.above = [*range(len(portraits))]

    def components(self) -> list[list[Portrait]]:
        """All connections made, then what hangs together."""
        spelled: dict[str, int] = {}
        signed: dict[Sign, list[int]] = defaultdict(list)
        for at, portrait in enumerate(self.portraits):
            (key,), (name,) = portrait.keys, portrait.names
            if is_full(name) and not portrait.common:
                self._join(spelled.setdefault(key, at), at)
            for sign in portrait.signs():
                signed[sign].append(at)
        for members in signed.values():
            if len(members) > 1:
                self._sharing(members)
        found: dict[int, list[Portrait]] = defaultdict(list)
        for at, portrait in enumerate(self.portraits):
            found[self._root(at)].append(portrait)
        return [*found.values()]

    def _root(self, at: int) -> int:
        while self.above[at] != at:
            self.above[at] = self.above[self.above[at]]
            at = self.above[at]
        return at

    def _join(self, a: int, b: int) -> None:
        a, b = sorted((self._root(a), self._root(b)))
        self.above[b] = a

    def _sharing(self, members: Iterable[int]) -> None:
        """Connects those of one sign whose names are one or close."""
        bearer: dict[str, int] = {}
        spelled: dict[str, int] = {}
        for at in members:
            (key,), (name,) = self.portraits[at].keys, self.portraits[at].names
            self._join(spelled.setdefault(key, at), at)
            bearer.setdefault(name, at)
        met: dict[str, list[str]] = defaultdict(list)
        for name in bearer:
            for bone in word_bones(name):
                met[bone].append(name)
        for bone, names in met.items():
            if len(names) > 1:
                for a, b in _close(bone, names):
                    self._join(bearer[a], bearer[b])


def _close(bone: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names with the bone in common that may be one person's: two full names whose other words begin alike
    somewhere, and a surname alone with whom it may stand for."""
    full = [name for name in names if is_full(name)]
    for short in (name for name in names if not is_full(name)):
        yield from ((short, name) for name in full if is_short_form(short, name))
    begun: dict[str, list[str]] = defaultdict(list)
    for name in full:
        others = [word for word in name_words(name) if len(word) > 1 and bones(word) != bone]
        for start in dict.fromkeys(start for word in others for start in _beginnings(word)) or ("",):
            begun[start].append(name)
    for alikes in begun.values():
        for at, a in enumerate(alikes):
            yield from ((a, b) for b in alikes[at + 1 :] if alike(a, b) > SOME)

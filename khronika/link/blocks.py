"""Which mentions can have to do with each other: the connected components that are resolved one by one.

Two mentions are connected where one could be linked to the other or ask about it: their full names are one spelling, or
their names have a word in common in some spelling, are close as a whole, and they share a sign (`Portrait.signs`). A
common name ("Ali Hassan") connects only with a sign too. Whether two are connected depends on the two alone, and what a
component resolves to on the component alone: so a new story needs anew only the components that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@lru_cache(maxsize=65_536)
def is_full(name: str) -> bool:
    """Whether the name has a surname and a given name that is more than an initial."""
    parsed = parse_name(name)
    return len(parsed.words) > 1 and any(len(word) > 1 for word in parsed.given)


@dataclass(frozen=True, slots=True)
class NameKeys:
    """`under`: the keys under which a mention is found; `sought`: those under which it looks for others. Where `blocks`
    connects two mentions, each is found under a key that the other seeks."""

    under: frozenset[str]
    sought: frozenset[str]


def keys_by(around: Mapping[str, Surroundings]) -> Callable[[Mention], NameKeys]:
    """The keys of a mention. `around`: that of the mention's document, at least.

    Two full names meet by a word, the beginning of another and a sign: the given name and the town alone are shared by
    more people with every story. A surname alone seeks full names, and they seek it, by a word and a sign.
    """

    def keys_of(mention: Mention) -> NameKeys:
        portrait = Scene(around[mention.document]).portrait(mention)
        signs = ["|".join(("", *sign)) for sign in portrait.signs()]
        (spelled,) = portrait.keys
        full = is_full(mention.name)
        alike = {f"={spelled}"} if full and not portrait.common else {f"={spelled}{sign}" for sign in signs}
        bones_here = word_bones(mention.name)
        mine, other = ("full", "short") if full else ("short", "full")
        under = {f"{mine} {bone}{sign}" for bone in bones_here for sign in signs}
        sought = {f"{other} {bone}{sign}" for bone in bones_here for sign in signs}
        if full:
            alike |= {f"{bone} {start}{sign}" for bone, start in _meetings(mention.name) for sign in signs}
        return NameKeys(frozenset(under | alike), frozenset(sought | alike))

    return keys_of


@lru_cache(maxsize=65_536)
def _meetings(name: str) -> tuple[tuple[str, str], ...]:
    """Where a full name meets others: each word's consonants, with how another word of it begins."""
    words = [(word, bones(word)) for word in name_words(name) if len(word) > 1]
    found: dict[tuple[str, str], None] = {}
    for bone in word_bones(name):
        starts = dict.fromkeys(start for word, its in words if its != bone for start in _beginnings(word))
        found.update(dict.fromkeys((bone, start) for start in starts or ("",)))
    return tuple(found)


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
        decided: dict[str, int] = {}
        signed: dict[Sign, list[int]] = defaultdict(list)
        for at, portrait in enumerate(self.portraits):
            for one in portrait.one:
                self._join(decided.setdefault(one, at), at)
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
        for start in (start for its, start in _meetings(name) if its == bone):
            begun[start].append(name)
    for alikes in begun.values():
        for at, a in enumerate(alikes):
            yield from ((a, b) for b in alikes[at + 1 :] if alike(a, b) > SOME)

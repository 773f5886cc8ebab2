"""Which things people put together, and which they hold apart: mentions into people, claims into events.

A later word goes before an earlier one: what is put together is no longer held apart, and the other way round. So the
sets never contradict each other, whatever was decided in which order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marks:
    """What is decided of one thing. `one`: a name that all have that are put together with it, at most one; `sides`:
    "7+" or "7-", on which side of decision 7 it stands: what stands on the other is never put to it."""

    one: frozenset[str] = NONE
    sides: frozenset[str] = NONE

    def __bool__(self) -> bool:
        return bool(self.one or self.sides)


NO_MARKS = Marks()


def opposed(a: Set[str], b: Set[str]) -> bool:
    """Whether the sides of one hold it apart from the other."""
    return bool(a and b) and any(side[:-1] + ("-" if side[-1] == "+" else "+") in b for side in a)


class Placing(Generic[K]):
    """What is put together and what is held apart, as decided so far; to be told in the order of the decisions."""

    def __init__(self) -> None:
        self._group: dict[K, frozenset[K]] = {}
        self._apart: list[tuple[int, frozenset[K], frozenset[K]]] = []
        self._marks: dict[K, Marks] | None = None

    def join(self, ones: Iterable[K]) -> None:
        """They are one, and with them all that each was put together with; none of them is held apart any more."""
        given = [*ones]
        whole = frozenset(given).union(*(self._group[k] for k in given if k in self._group))
        self._group.update(dict.fromkeys(whole, whole))
        kept: list[tuple[int, frozenset[K], frozenset[K]]] = []
        for number, a, b in self._apart:
            if a & whole and b & whole:
                a, b = a - whole, b - whole
            if a and b:
                kept.append((number, a, b))
        self._apart = kept
        self._marks = None

    def part(self, number: int, a: Iterable[K], b: Iterable[K]) -> None:
        """No one of `a` is one with any of `b`, by the decision of this number; what is in both counts as in `a`."""
        mine = frozenset(a)
        theirs = frozenset(b) - mine
        if not mine or not theirs:
            return
        for group in {self._group[k] for k in mine if k in self._group}:
            if group & theirs:
                for part in (group & mine, group - mine):
                    for key in part:
                        self._group[key] = part
        self._apart.append((number, mine, theirs))
        self._marks = None

    def together(self, key: K) -> frozenset[K]:
        """All that are one with it by decision, itself among them; empty where nothing is put together with it."""
        group = self._group.get(key, frozenset())
        return group if len(group) > 1 else frozenset()

    def marks(self, key: K) -> Marks:
        """What is decided of it."""
        return self.all_marks().get(key, NO_MARKS)

    def all_marks(self) -> dict[K, Marks]:
        """What is decided of whom. Who is put together with somebody stands on that one's side too."""
        if self._marks is None:
            sides: dict[K, set[str]] = {}
            for number, a, b in self._apart:
                for side, keys in (("+", a), ("-", b)):
                    for key in {k for one in keys for k in (self.together(one) or {one})}:
                        sides.setdefault(key, set()).add(f"{number}{side}")
            names = {group: _name(group) for group in set(self._group.values()) if len(group) > 1}
            keys_ = {*sides, *(k for group in names for k in group)}
            self._marks = {
                key: Marks(
                    frozenset({names[self._group[key]]} if self.together(key) else ()),
                    frozenset(sides.get(key, ())),
                )
                for key in keys_
            }
        return self._marks

    def renamed(self, names: dict[K, K]) -> Placing[K]:
        """The same with other keys for some; two that become one stay where either was put."""
        if not names:
            return self
        out: Placing[K] = Placing()
        for group in set(self._group.values()):
            whole = frozenset(names.get(k, k) for k in group)
            out._group.update(dict.fromkeys(whole, whole))
        for number, a, b in self._apart:
            mine = frozenset(names.get(k, k) for k in a)
            theirs = frozenset(names.get(k, k) for k in b) - mine
            if theirs:
                out._apart.append((number, mine, theirs))
        return out

    def __iter__(self) -> Iterator[K]:
        """All of which anything is decided."""
        return iter(self.all_marks())

    def __bool__(self) -> bool:
        return bool(self.all_marks())


def changed(a: Placing[K], b: Placing[K]) -> set[K]:
    """Those of whom the two say different things."""
    before, after = a.all_marks(), b.all_marks()
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _name(group: Collection[K]) -> str:
    """A name for what is put together: of its members alone, in any order."""
    smallest = min(json.dumps(key, ensure_ascii=False) for key in group)
    return hashlib.sha256(smallest.encode()).hexdigest()[:12]

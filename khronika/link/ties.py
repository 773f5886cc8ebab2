"""What hangs together: happenings of several documents, by the ties between them.

Two documents' happenings are tied where enough speaks for their being one. A tie depends on the two alone, and what
hangs together by ties is gathered by itself: the rest of the record never matters to it, so a new story is compared
with its like only, and any order of arrival gives the same events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable

from khronika.link.events import block_keys
from khronika.link.happenings import Happening
from khronika.link.weighing import ENOUGH, evidence

Find = Callable[[Collection[int]], Iterable[Happening]]
"""From keys to the happenings that have any of them; all of those, as they are now."""

Looks = dict[Hashable, list[Happening]]


def tied(a: Happening, b: Happening) -> bool:
    """Whether enough speaks for two documents' happenings being one."""
    if not a.orders.keys().isdisjoint(b.orders):
        a, b = a.apart(), b.apart()
    return (evidence(a, b) or 0.0) >= ENOUGH or (evidence(b, a) or 0.0) >= ENOUGH


def hang_together(begin: Iterable[Happening], find: Find) -> list[list[Happening]]:
    """All that hangs together with any of `begin`, in sets that no tie crosses, each with the most precise first."""
    web = _Web(find)
    for one in begin:
        web.reach(one)
    web.spread()
    return web.sets()


def beside(gone: Iterable[Happening], find: Find) -> list[Happening]:
    """What was tied to happenings that are no more."""
    found: dict[str, Happening] = {}
    for one in gone:
        keys = {*block_keys(one)}
        for other in find(keys):
            if other.id not in found and (not one.said.isdisjoint(other.said) or tied(one, other)):
                found[other.id] = other
    return [*found.values()]


class _Web:
    """Happenings reached so far and which of them hang together (a forest with one root a set)."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._reached: dict[str, Happening] = {}
        self._above: dict[str, str] = {}
        self._open: list[Happening] = []
        self._looks: dict[int, Looks] = {}
        self._spread: set[tuple[int, Hashable]] = set()

    def reach(self, one: Happening) -> None:
        """It belongs to what is looked at."""
        if one.id not in self._reached:
            self._reached[one.id] = one
            self._above[one.id] = one.id
            self._open.append(one)

    def spread(self) -> None:
        """Follows every tie of what was reached, until nothing more is."""
        while self._open:
            waiting, self._open = self._open, []
            keys = {one.id: block_keys(one) for one in waiting}
            self._load({key for of_one in keys.values() for key in of_one})
            for one in waiting:
                for key in keys[one.id]:
                    self._follow(one, key)

    def sets(self) -> list[list[Happening]]:
        """What hangs together."""
        found: dict[str, list[Happening]] = defaultdict(list)
        for one in sorted(self._reached.values(), key=lambda h: h.rank):
            found[self._root(one.id)].append(one)
        return [*found.values()]

    def _load(self, keys: Collection[int]) -> None:
        """Looks up keys that were not yet, those of one look together."""
        new = {key for key in keys if key not in self._looks}
        for key in new:
            self._looks[key] = {}
        if not new:
            return
        for one in {h.id: h for h in self._find(new)}.values():
            look = one.look()
            for key in new.intersection(block_keys(one)):
                self._looks[key].setdefault(look, []).append(one)

    def _follow(self, one: Happening, key: int) -> None:
        """The ties of a happening under one key: of those of one look, one is compared for all."""
        looks = self._looks[key]
        if key in one.said:
            self._join([one, *(other for others in looks.values() for other in others)])
            return
        mine = one.look()
        if (key, mine) in self._spread:
            return
        self._spread.add((key, mine))
        like = looks.get(mine, [])
        found = [others[0] for look, others in looks.items() if look != mine and tied(one, others[0])]
        if found or (len(like) > 1 and tied(one, one)):
            self._join([one, *like, *(other for first in found for other in looks[first.look()])])

    def _join(self, ones: Collection[Happening]) -> None:
        """They hang together."""
        first, *rest = ones
        for other in rest:
            self.reach(other)
            a, b = self._root(first.id), self._root(other.id)
            self._above[max(a, b)] = min(a, b)

    def _root(self, id: str) -> str:
        """The set's root."""
        while self._above[id] != id:
            self._above[id] = self._above[self._above[id]]
            id = self._above[id]
        return id

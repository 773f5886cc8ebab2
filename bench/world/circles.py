"""Circles of people, one after the other: who is in them, under which names, and what happens to them.

Circles follow each other in a stream, so that the world's size is not bound by memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from zlib import crc32

from bench.world.knobs import Knobs, Size
from bench.world.lives import live
from bench.world.names import Naming, invent, twin
from bench.world.people import Circle, Person
from bench.world.places import Country, Town, words

ROLES = words("people", "roles")


class Lives:
    """Draws one circle after the other."""

    def __init__(self, size: Size, knobs: Knobs) -> None:
        self.size, self.knobs = size, knobs
        self.country = Country(size)
        self._names: set[int] = set()
        self._recent: deque[Naming] = deque(maxlen=600)
        self._people = 0

    def circles(self) -> Iterator[Circle]:
        """Without end."""
        number = 0
        while True:
            rng = Random(f"lives/{self.size.seed}/{number}")
            yield self._circle(rng, number)
            number += 1

    def _circle(self, rng: Random, number: int) -> Circle:
        how_many = rng.choices((1, 2, 3, 4, 6, 8), (40, 24, 14, 10, 8, 4))[0]
        town = self.country.pick(rng)
        kin = how_many > 1 and rng.random() < self.knobs.families
        people: list[Person] = []
        for i in range(how_many):
            head = people[0] if kin and 0 < i < 4 else None
            people.append(self._person(rng, town, head))
        circle = Circle(number, people, min(rng.lognormvariate(0, 0.7), 6.0), town)
        live(rng, circle, self.knobs)
        return circle

    def _person(self, rng: Random, town: Town, head: Person | None) -> Person:
        self._people += 1
        woman = rng.random() < 0.3
        number, born = self._people, rng.randrange(1948, 1999)
        roles = tuple(rng.sample(ROLES, rng.choice((1, 1, 2))))
        if head is None:
            return Person(number, self._naming(rng, woman), born, roles, town)
        kind = rng.choice(("spouse", "sibling", "child"))
        woman = not head.naming.woman if kind == "spouse" else woman
        naming = invent(rng, woman, like=head.naming)
        if kind == "child":
            born = min(head.born + rng.randrange(20, 35), 2002)
            if head.naming.tradition in ("english", "spanish") and rng.random() < self.knobs.juniors and not woman:
                naming = replace(head.naming, junior=True)
        elif kind == "spouse" and not _shares(head.naming):
            naming = self._naming(rng, woman)
        self._seen(naming)
        return Person(number, naming, born, roles, town, (kind, head.number))

    def _naming(self, rng: Random, woman: bool) -> Naming:
        """A new name, or on purpose another's. That two get one name by chance is prevented, so that the share of
        homonyms is the knob's at any size."""
        draw = rng.random()
        if self._recent and draw < self.knobs.homonyms:
            return rng.choice(self._recent)
        if self._recent and draw < self.knobs.homonyms + self.knobs.twins:
            return twin(rng, rng.choice(self._recent))
        for _ in range(30):
            naming = invent(rng, woman)
            if self._seen(naming):
                break
        self._recent.append(naming)
        return naming

    def _seen(self, naming: Naming) -> bool:
        """Whether the name is new; remembers it by a number."""
        text = f"{naming.tradition}/{naming.woman}/{naming.given}/{naming.family}"
        key = crc32(text.encode()) << 32 | crc32(text[::-1].encode())
        new = key not in self._names
        self._names.add(key)
        return new


def _shares(naming: Naming) -> bool:
    """Whether wives take the husband's name in the tradition."""
    return naming.tradition in ("slavic", "english")

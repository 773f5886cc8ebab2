"""The invented country: its regions, towns, courts, prisons and bodies. A function of size and seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from bench.world.knobs import Size

_FILE = Path(__file__).with_name("country.toml")


def words(table: str, name: str) -> tuple[str, ...]:
    """A list of `country.toml`, given there as a list or as words."""
    row = tomllib.loads(_FILE.read_text("utf-8"))[table][name]
    return tuple(row.split() if isinstance(row, str) else row)


COUNTRY = str(tomllib.loads(_FILE.read_text("utf-8"))["country"])
_STARTS, _MIDDLES, _ENDS = words("towns", "starts"), words("towns", "middles"), words("towns", "ends")


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its region."""

    name: str
    region: str

    @property
    def court(self) -> str:
        """The town's court."""
        return f"{self.name} District Court"

    @property
    def prison(self) -> str:
        """Its prison."""
        return f"Penal Colony No. {sum(map(ord, self.name)) % 60 + 3}"

    @property
    def police(self) -> str:
        """Its police department."""
        return f"{self.name} Police Department"


class Country:
    """All towns, the capital first; `pick` draws one, larger ones more often (Zipf)."""

    def __init__(self, size: Size) -> None:
        rng = Random(f"places/{size.seed}")
        names: dict[str, None] = {}
        while len(names) < size.towns * 7 // 6 + 1:
            names[_invented(rng, len(names) > 900)] = None
        every = [*names]
        regions = [f"{name} Region" for name in every[size.towns :]]
        self.towns = [Town(name, regions[i % len(regions)]) for i, name in enumerate(every[: size.towns])]
        self._weights = [*accumulate(1 / (i + 8) for i in range(len(self.towns)))]

    def pick(self, rng: Random) -> Town:
        """A town."""
        return rng.choices(self.towns, cum_weights=self._weights)[0]


def _invented(rng: Random, long: bool) -> str:
    """A name of two to four parts."""
    middle = rng.choice(_MIDDLES) + (
        rng.choice(("b", "g", "l", "n", "r", "s", "t")) + rng.choice("aeiou") if long else ""
    )
    return rng.choice(_STARTS) + middle + rng.choice(_ENDS)

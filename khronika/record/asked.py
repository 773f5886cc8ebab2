"""What a question names, found in what claims say: a place, a court, a charge, a list.

Courts are told by the words of their names (`resources/questions.toml`), countries by `resources/places/countries.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from khronika.errors import LexiconError
from khronika.facts.events import Event
from khronika.text.fold import fold
from khronika.text.placenames import place_key
from khronika.text.tables import rows, table


def fits(typed: str, text: str) -> bool:
    """Whether each typed word begins a word of the text, case and accents aside: "extrem" fits "Extremist activity"."""
    words = fold(text).split()
    return bool(typed.strip()) and all(any(w.startswith(t) for w in words) for t in fold(typed).split())


@cache
def words(name: str) -> frozenset[str]:
    """A list of `questions.toml`, folded. Raises LexiconError where it is missing."""
    found = table("questions.toml").get(name)
    if not isinstance(found, list) or not all(isinstance(w, str) for w in found):
        raise LexiconError("questions.toml", f"{name}: a list of words is needed")
    return frozenset(map(fold, found))


def has_word(text: str, name: str) -> bool:
    """Whether one of the text's words is in the list of that name."""
    return not words(name).isdisjoint(fold(text).split())


def is_court(name: str) -> bool:
    """Whether the name is a court's, by its words."""
    return has_word(name, "courts")


@cache
def _countries() -> dict[str, str]:
    """Key of a country's name, official or other → ISO 3166-1 alpha-2."""
    found: dict[str, str] = {}
    for iso, _, name, others, _, _ in rows("places/countries.tsv"):
        for one in (name, *others.split("|")):
            if one:
                found.setdefault(place_key(one), iso)
    return found


@dataclass(frozen=True)
class Where:
    """A place as typed: a town, a region, a country by name or by its two letters in capitals ("KZ")."""

    typed: str

    @property
    def country(self) -> str | None:
        """The country's two letters, where the typed name is a country's."""
        isos = set(_countries().values())
        return self.typed if self.typed in isos else _countries().get(place_key(self.typed))

    def holds(self, event: Event, told: Iterable[tuple[str, ...]] = ()) -> bool:
        """Whether the event is said to be there. `told`: the places of its claims, each most specific first.

        Romanizations of a name are one name; a town lies in its country also where no claim says so.
        """
        key, iso = place_key(self.typed), self.country
        names = {event.place.name} if event.place else set()
        names |= {name for chain in told for name in chain}
        keys = {place_key(name) for name in names}
        if iso is None:
            return bool(key) and key in keys
        known = event.place.country if event.place else None
        return known == iso or any(_countries().get(k) == iso for k in keys)

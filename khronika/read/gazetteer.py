"""Places by name: cities, first-level regions, countries with their adjectives, capitals.

Data: `khronika/resources/places/` (GeoNames, CC BY 4.0; see the README there). The file of cities is read where a
name is looked up, not held in memory.
"""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.facts.events import Place
from khronika.text.placenames import fold_place, place_key
from khronika.text.tables import rows

MAX_NAME = 100
"""Code points of a place's name that are looked at; a longer text is no name."""

_SUFFIX = re.compile(
    r"(?i)\s(?:(?:autonomous\s)?(?:region|province|oblast|state|governorate|prefecture|county|district|krai|republic|"
    r"voblast|wilaya|department|canton|municipality|oblys|territory|peninsula)|city)$"
)
_PREFIX = re.compile(
    r"(?i)^(?:the\s+)?(?:(?:city|town|region|province|state|village|republic)\s+of\s+|(?:north|south|east|west|"
    r"central|north-?east|north-?west|south-?east|south-?west)(?:ern)\s+)?"
)
_CAPITAL = re.compile(
    r"(?i)^(?:the\s+)?(?:(?P<whose>.{2,40}?)(?:['’]s?)?\s+capital(?:\s+city)?|capital\s+of\s+(?P<of>.{2,40}))$"
)
_LARGEST = re.compile(r"(?i)^(?P<whose>.{2,40}?)['’]s?\s+(?:largest|biggest)\s+city$")
_EXACT = 4
"""How many times more people a city of just this name counts for than one that bears it as another name."""

_CAPITAL_FROM = 50_000
"""People from which a capital beats larger places of its name (San José, not San Jose), never one in `country`."""
_REGION = 8
"""A name of both a city and a region means the region only where that has more than so many times the city's people
(Oregon), not where it is called after its capital (Minsk)."""

Row = tuple[int, str, str, int, int, int]


class Gazetteer:
    """Look-ups by name in any usual romanization. Built by `load`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """`db`: the file of cities and regions, open for reading."""
        self._db = db
        self._names: dict[str, str] = {}
        self._ids: dict[str, int | None] = {}
        self._countries: dict[str, str] = {}
        self._adjectives: dict[str, str] = {}
        self._capitals: dict[str, list[str]] = {}
        self._seats: set[str] = set()
        self._regions: dict[str, list[Place]] = {}
        self._region_adjectives: dict[str, str] = {}
        self._short: dict[str, tuple[str, str]] = {}
        self._forces = {row[0]: row[1] for row in rows("places/forces.tsv")}
        self._read_tables()

    @classmethod
    def load(cls) -> Gazetteer:
        """The packaged gazetteer. Raises LexiconError if its file is missing or damaged."""
        path = files("khronika").joinpath("resources", "places", "places.sqlite")
        try:
            db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            db.execute("SELECT 1 FROM spelling LIMIT 1")
        except sqlite3.Error as bad:
            raise LexiconError("places/places.sqlite", str(bad)) from None
        return cls(db)

    def _read_tables(self) -> None:
        """Countries, the regions that news names apart, and short forms, from their tables."""
        for iso, geonames, name, others, demonyms, capitals in rows("places/countries.tsv"):
            self._names[iso] = name
            self._ids[iso] = int(geonames) if geonames else None
            self._capitals[iso] = capitals.split("|")
            self._seats.update(fold_place(capital) for capital in self._capitals[iso])
            for form in (name, *others.split("|")):
                self._countries.setdefault(fold_place(form), iso)
            for form in demonyms.split("|"):
                self._adjectives.setdefault(fold_place(form), iso)
        for name, iso, others, demonyms, lat, lon in rows("places/regions.tsv"):
            place = Place(name, iso, None, float(lat), float(lon))
            for form in (name, *others.split("|")):
                self._regions.setdefault(place_key(form), []).append(place)
            for form in demonyms.split("|"):
                self._region_adjectives.setdefault(fold_place(form), iso)
        for name, iso, short, demonyms in rows("places/short_forms.tsv"):
            self._short.update({form: (name, iso) for form in short.split("|") if form})
            for form in demonyms.split("|"):
                self._adjectives.setdefault(fold_place(form), iso)
        for forms in (self._countries, self._adjectives, self._regions, self._region_adjectives):
            forms.pop("", None)

    def country_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-2 for a country's name, an adjective or demonym ("Kazakh" → KZ), or a well-known region's
        ("Chechen" → RU). A city gives None."""
        return self._country_of(name if len(name) <= MAX_NAME else _trim(name))

    @lru_cache(maxsize=16_384)  # noqa: B019 — one gazetteer lives as long as its process
    def _country_of(self, name: str) -> str | None:
        """`country_of`, kept: a story asks for its capitalized words one by one."""
        form = _trim(name)
        folded = fold_place(form)
        found = self._countries.get(folded) or self._adjectives.get(folded) or self._region_adjectives.get(folded)
        if found or not folded:
            return found
        regions = self._regions.get(place_key(form))
        return regions[0].country if regions else None

    def country_name(self, iso: str) -> str:
        """The usual English name of a country; the code itself where it is not in the table."""
        return self._names.get(iso.upper(), iso)

    def is_place(self, name: str) -> bool:
        """Whether it is the name of a known country, region or city. Adjectives and demonyms are none."""
        return self.find(name) is not None

    def home(self, name: str, country: str | None = None) -> str | None:
        """ISO code of the country that the place, demonym or region belongs to: "Minsk" → BY; None for an unknown name.

        `country`: where the name is looked for first.
        """
        if code := self.country_of(name):
            return code
        found = self.find(name, country)
        return found.country if found else None

    def level(self, name: str, country: str | None = None) -> str | None:
        """ "country", "region" or "city": how much land the name covers; None for an unknown name."""
        found = self.find(name, country)
        if found is None:
            return None
        if found.country and found.name == self._names.get(found.country):
            return "country"
        return "city" if found.geonames else "region"

    def is_capital(self, name: str) -> bool:
        """Whether it is the capital of a country, whose government it can stand for ("Beijing denies that …")."""
        folded = fold_place(_trim(name))
        return bool(folded) and folded in self._seats

    def find(self, name: str, country: str | None = None) -> Place | None:
        """The place of this name: in `country` (ISO 3166-1 alpha-2) if it has one there, else the one with most people.

        Finds "the Kazakh capital", "Kazakhstan's largest city", "Almaty region" too; None for an unknown name.
        """
        form = _trim(name)
        if form in self._short:
            return self._find(*self._short[form])
        return self._find(form, country.upper() if country else None) if form else None

    def seat(self, name: str) -> str | None:
        """The place where a force known by a short name has power: "NYPD" → New York City; None for any other name."""
        return self._forces.get(_trim(name))

    @lru_cache(maxsize=4096)  # noqa: B019 — one gazetteer lives as long as its process
    def _find(self, form: str, country: str | None) -> Place | None:
        """`find` for a trimmed name."""
        iso = self._countries.get(fold_place(form))
        if iso and not (country and iso != country and self._city(form, country, strict=True)):
            return Place(self._names[iso], iso, self._ids[iso])
        if described := self._described(form):
            return described
        regions = self._regions.get(place_key(form))
        if regions:
            return next((r for r in regions if r.country == country), regions[0])
        return self._city(form, country) or self._stripped(form, country)

    def _described(self, form: str) -> Place | None:
        """ "the Kazakh capital", "capital of Georgia", "Kazakhstan's largest city"."""
        if found := _CAPITAL.match(form):
            iso = self.country_of(found["whose"] or found["of"])
            return self._city(self._capitals[iso][0], iso) if iso else None
        if found := _LARGEST.match(form):
            iso = self.country_of(found["whose"])
            row = self._db.execute(
                "SELECT * FROM place WHERE country = ? AND id > 0 ORDER BY people DESC LIMIT 1", (iso,)
            ).fetchone()
            return _place(row) if row else None
        return None

    def _city(self, form: str, country: str | None, *, strict: bool = False) -> Place | None:
        """The best city or region of this name; with `strict` only one in `country`."""
        key = place_key(form)
        if len(key) < 3:
            return None
        found = self._db.execute(
            "SELECT place.* FROM spelling JOIN place USING (id) WHERE spelling.key = ? ORDER BY place.id", (key,)
        ).fetchall()
        here = [row for row in found if row[2] == country]
        if strict or here:
            found = here
        folded = fold_place(form)
        city = max((row for row in found if row[0] > 0), key=lambda row: self._weight(row, folded), default=None)
        region = max((row for row in found if row[0] < 0), key=lambda row: row[3], default=None)
        if city and region:
            larger = region[3] > city[3] * (_REGION if region[2] == city[2] else 1 / _EXACT)
            return _place(region if larger and not self._weight(city, folded)[0] else city)
        only = city or region
        return _place(only) if only else None

    def _weight(self, row: Row, folded: str) -> tuple[bool, int]:
        """How likely a row is meant by the folded name: a capital first, then by people."""
        capital = any(fold_place(c) == folded for c in self._capitals.get(row[2], ()))
        return capital and row[3] >= _CAPITAL_FROM, row[3] * (_EXACT if fold_place(row[1]) == folded else 1)

    def _stripped(self, form: str, country: str | None) -> Place | None:
        """The place without what describes it: "Almaty region", "city of Osh", "northern Aleppo"."""
        bare = _PREFIX.sub("", _SUFFIX.sub("", form)).strip()
        if not bare or bare == form:
            return None
        if iso := self.country_of(bare):
            return Place(form, iso, None)
        inner = self._find(bare, country)
        if inner is None or re.search(r"(?i)\bcity\b", form):
            return inner
        return Place(form, inner.country, None, inner.lat, inner.lon)

    def locate(self, names: tuple[str, ...]) -> Place | None:
        """The place of a claim's place names, the most specific first; the last country among them says where."""
        country = next((iso for name in reversed(names) if (iso := self.country_of(name))), None)
        return self.find(names[0], country) if names else None

    def chain(self, name: str, country: str | None = None) -> tuple[str, ...]:
        """The place as written and its country ("Almaty", "Kazakhstan"); a country alone; () for an unknown name."""
        found = self.find(name, country)
        if found is None:
            return ()
        written = found.name if _CAPITAL.match(name) or _LARGEST.match(name) else _trim(name)
        if found.country is None or found.name == self._names.get(found.country):
            return (written,)
        return written, self.country_name(found.country)


def _trim(name: str) -> str:
    """The name without "the", a possessive ending, and signs around it; "" for what is too long to be a name."""
    form = re.sub(r"^(?:the|The)\s+", "", " ".join(name[: MAX_NAME + 1].split()).strip(' ,;:-–—"“”()[]'))
    form = re.sub(r"['’]s$", "", form)
    return form if len(form) <= MAX_NAME else ""


def _place(row: Row) -> Place:
    """The place of a row; regions (ids below 0) have no GeoNames id here."""
    return Place(row[1], row[2], row[0] if row[0] > 0 else None, row[4] / 1000, row[5] / 1000)

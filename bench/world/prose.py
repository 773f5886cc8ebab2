"""From a draft's values to an English sentence, by the templates of `prose.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from khronika.facts.claims import Count

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SPACES = re.compile(r"\s+([,.])|,\s*(?=[,.])")
_TERM = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


@cache
def templates() -> dict[str, dict[str, Any]]:
    """`prose.toml`."""
    return tomllib.loads(Path(__file__).with_name("prose.toml").read_text("utf-8"))


def has(level: str, key: str) -> bool:
    """Whether there are sentences for the key at the level."""
    return key in templates()[level]


def sentence(rng: Random, level: str, key: str, values: dict[str, str], plural: bool = False) -> str:
    """A sentence, its first letter a capital. Slots that `values` lacks are empty."""
    template = rng.choice(templates()[level][key])
    verbs = {
        "was": "were" if plural else "was",
        "has": "have" if plural else "has",
        "is": "are" if plural else "is",
        "had": "had",
    }
    slots = {**dict.fromkeys(("who", "on", "in", "over", "overc", "ofc", "said", "by"), ""), **verbs, **values}
    slots["by"] = slots["by"] or "A court"
    text = _SPACES.sub(lambda m: m[1] or "", template.format_map(slots))
    return text[:1].upper() + text[1:]


def fillers(rng: Random, values: dict[str, str], number: int) -> list[str]:
    """Different sentences that claim nothing."""
    rows, streets = templates()["filler"]["rows"], templates()["filler"]["streets"]
    return [
        row.format_map({**values, "n": str(rng.randint(2, 90)), "street": rng.choice(streets)})
        for row in rng.sample(rows, number)
    ]


def footer(rng: Random, outlet: str) -> str:
    """Boilerplate below a story."""
    return str(rng.choice(templates()["filler"]["footers"])).format(outlet=outlet)


def on(day: str | None) -> str:
    """ " on June 3, 2019", " in June 2019", " in 2019" or ""."""
    if not day:
        return ""
    year, *rest = day.split("-")
    if not rest:
        return f" in {year}"
    month = _MONTHS[int(rest[0]) - 1]
    return f" on {month} {int(rest[1])}, {year}" if len(rest) == 2 else f" in {month} {year}"


def term(value: str) -> str:
    """ "5 years and 6 months", "15 days"."""
    found = _TERM.fullmatch(value)
    assert found
    pairs = zip(found.groups(), ("year", "month", "day"), strict=True)
    return " and ".join(f"{n} {unit}{'s' * (n != '1')}" for n, unit in pairs if n)


def crowd(rng: Random, number: int, group: str) -> tuple[str, Count]:
    """Unnamed people as an outlet counts them, and the count as a claim gives it: exactly, at least, about, by
    dozens."""
    way = rng.choice(("exact", "least", "about", "words"))
    if way == "words" and number >= 24:
        word, least = ("hundreds", 200) if number >= 200 else ("dozens", 24)
        return f"{word} of {group}", Count(min=least, approx=True)
    if way == "least" and number > 4:
        floor = number - number % 5 if number % 5 else number - rng.choice((0, 1))
        return f"at least {floor} {group}", Count(min=floor)
    if way == "about" and number > 9:
        rounded = max(10, round(number * rng.choice((0.9, 1.0, 1.1)) / 10) * 10)
        return f"about {rounded} {group}", Count(min=rounded, max=rounded, approx=True)
    return f"{number} {group}", Count(min=number, max=number)


def listed(names: list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]

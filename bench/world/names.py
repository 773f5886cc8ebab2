"""Invented people's names in several naming traditions, and how each outlet writes them.

The source forms and romanization schemes are `names.toml`. A person has one `Naming`; an outlet has one scheme, so it
spells a person alike each time, and two outlets often differ.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

SCHEMES = ("news", "passport", "local", "latin", "national")
"""Ways of romanizing; `Naming.written` takes the number of one."""

_NATIONAL = SCHEMES.index("national")
_FEMININE = (("ский", "ская"), ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("ин", "ина"))
_FEMININE_NATIONAL = (("ский", "ская"), ("ов", "ава"), ("ев", "ева"), ("ёв", "ёва"), ("ин", "іна"))
_NATIONAL_ENDS = (("ский", "скі"), ("ов", "аў"), ("ев", "еў"), ("ёв", "ёў"), ("ин", "ін"))


@dataclass(frozen=True, slots=True)
class Naming:
    """A person's name in its source forms. `middle`: father's name, second given name or initial; `ending`: of a
    Central Asian family name, "ov", "bare" or "uly"; `second`: a second family name. `junior`: told from the father by
    "Jr."."""

    tradition: str
    woman: bool
    given: str
    family: str
    middle: str = ""
    ending: str = ""
    second: str = ""
    junior: bool = False


@cache
def tables() -> dict[str, Any]:
    """`names.toml`."""
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


@cache
def _row(tradition: str, name: str) -> tuple[str, ...]:
    """The words of one row."""
    return tuple(tables()[tradition][name].split())


@cache
def _traditions() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Traditions and their weights."""
    pairs = [(name, table["weight"]) for name, table in tables().items() if name != "schemes"]
    return tuple(p[0] for p in pairs), tuple(p[1] for p in pairs)


def invent(rng: Random, woman: bool, tradition: str | None = None, like: Naming | None = None) -> Naming:
    """A new name. `like`: a relative, whose family name and tradition it takes."""
    if like is not None:
        return _relative(rng, woman, like)
    names, weights = _traditions()
    kind = tradition or rng.choices(names, weights)[0]
    return _MAKERS[kind](rng, woman)


def _given(rng: Random, tradition: str, woman: bool) -> str:
    """A given name; the first of the table are the more frequent ones."""
    row = _row(tradition, "women" if woman else "men")
    return row[min(int(len(row) * rng.random() ** 1.4), len(row) - 1)]


def _slavic(rng: Random, woman: bool) -> Naming:
    father = rng.choice(_row("slavic", "fathers")).split("=")[int(woman)]
    if rng.random() < 0.6:
        family = rng.choice(_row("slavic", "families"))
    else:
        family = rng.choice(_row("slavic", "first_parts")) + rng.choice(_row("slavic", "last_parts"))
    return Naming("slavic", woman, _given(rng, "slavic", woman), family, father)


def _compound(rng: Random) -> str:
    return rng.choice(_row("steppe", "first_parts")) + rng.choice(_row("steppe", "last_parts"))


def _steppe(rng: Random, woman: bool) -> Naming:
    given = _compound(rng) if not woman and rng.random() < 0.5 else _given(rng, "steppe", woman)
    stem = _compound(rng) if rng.random() < 0.7 else rng.choice(_row("steppe", "men"))
    ending = rng.choices(("ov", "bare", "uly"), (60, 25, 15))[0]
    return Naming("steppe", woman, given, stem, ending=ending)


def _oasis(rng: Random, woman: bool) -> Naming:
    given = _given(rng, "oasis", woman)
    return Naming("oasis", woman, given, rng.choice([name for name in _row("oasis", "men") if name != given]))


def _arabic(rng: Random, woman: bool) -> Naming:
    middle = _given(rng, "arabic", False) if rng.random() < 0.6 else ""
    return Naming("arabic", woman, _given(rng, "arabic", woman), rng.choice(_row("arabic", "families")), middle)


def _persian(rng: Random, woman: bool) -> Naming:
    return Naming("persian", woman, _given(rng, "persian", woman), rng.choice(_row("persian", "families")))


def _chinese(rng: Random, woman: bool) -> Naming:
    given = _given(rng, "chinese", woman)
    if rng.random() < 0.75:
        given += "-" + rng.choice(_row("chinese", "second"))
    return Naming("chinese", woman, given, rng.choice(_row("chinese", "families")))


def _spanish(rng: Random, woman: bool) -> Naming:
    middle = _given(rng, "spanish", woman) if rng.random() < 0.3 else ""
    first, second = rng.choice(_row("spanish", "families")), rng.choice(_row("spanish", "families"))
    return Naming("spanish", woman, _given(rng, "spanish", woman), first, middle, second=second)


def _english(rng: Random, woman: bool) -> Naming:
    middle = rng.choice("ABCDEFGHJKLMNPRSTW") + "." if rng.random() < 0.3 else ""
    return Naming("english", woman, _given(rng, "english", woman), rng.choice(_row("english", "families")), middle)


_MAKERS = {
    "slavic": _slavic,
    "steppe": _steppe,
    "oasis": _oasis,
    "arabic": _arabic,
    "persian": _persian,
    "chinese": _chinese,
    "spanish": _spanish,
    "english": _english,
}


def _relative(rng: Random, woman: bool, like: Naming) -> Naming:
    """A brother, sister, wife or child: the family name, another given name. In the oases the father's name is the
    second name, so a son has the father's given name there."""
    new = _MAKERS[like.tradition](rng, woman)
    while new.given == like.given:
        new = _MAKERS[like.tradition](rng, woman)
    return replace(new, family=like.family, ending=like.ending, second=like.second)


def twin(rng: Random, like: Naming) -> Naming:
    """A name alike but for the patronymic; in traditions without one, but for what outlets leave out (the second family
    name, the middle name or initial); where there is nothing to leave out, a namesake."""
    while True:
        new = _MAKERS[like.tradition](rng, like.woman)
        if like.tradition == "slavic" and new.middle != like.middle:
            return replace(like, middle=new.middle)
        if like.tradition == "spanish" and new.second != like.second:
            return replace(like, second=new.second)
        if like.tradition in ("arabic", "english") and new.middle and new.middle != like.middle:
            return replace(like, middle=new.middle)
        if like.tradition not in ("slavic", "spanish", "arabic", "english"):
            return like


# --- writing


@dataclass(frozen=True, slots=True)
class Written:
    """A name in one story: `full` as first given there, `short` as taken up again."""

    full: str
    short: str


def written(naming: Naming, scheme: int, middle: bool) -> Written:
    """The name by an outlet's scheme. `middle`: with patronymic, second family name, father's name or initial."""
    if naming.tradition != "slavic" and scheme == _NATIONAL:
        scheme = 0
    given, short, tail = _parts(naming, scheme, middle)
    if naming.tradition == "chinese":
        first = scheme == SCHEMES.index("latin")
        return Written(f"{given} {short}" if first else f"{short} {given}", short)
    return Written(" ".join(filter(None, [given, short, tail])), short)


@lru_cache(maxsize=65_536)
def _parts(naming: Naming, scheme: int, middle: bool) -> tuple[str, str, str]:
    """Given names, the family name that stands for the person, and what follows it."""
    if naming.tradition == "slavic":
        return _slavic_parts(naming, scheme, middle)
    if naming.tradition == "steppe":
        return romanized(naming.given, scheme), romanized(_steppe_family(naming, scheme), scheme), ""
    if naming.tradition == "chinese":
        one, _, two = naming.given.partition("-")
        return (f"{one}-{two}" if two and scheme == SCHEMES.index("passport") else one + two), naming.family, ""
    given, family = _form(naming.given, scheme), _form(naming.family, scheme)
    if naming.tradition == "arabic":
        family = ("al-", "El ", "al-", "Al ")[scheme] + family
        given += f" {_form(naming.middle, scheme)}" if middle and naming.middle else ""
    elif naming.tradition in ("spanish", "english"):
        if scheme in (0, 3) and naming.tradition == "spanish":
            given, family = _plain(given), _plain(family)
        given += f" {_plain(naming.middle)}" if middle and naming.middle else ""
    tail = _plain(naming.second) if middle and naming.second else ""
    return given, family, "Jr." if naming.junior else tail


def _slavic_parts(naming: Naming, scheme: int, middle: bool) -> tuple[str, str, str]:
    """Given name with the patronymic, family name in its gender; in the national scheme the national forms of both."""
    russian, _, other = naming.given.partition("=")
    national = scheme == _NATIONAL
    given = romanized(other if national and other else russian, scheme)
    if middle and not national:
        given += " " + romanized(naming.middle, scheme)
    ends = (_FEMININE_NATIONAL if naming.woman else _NATIONAL_ENDS) if national else _FEMININE if naming.woman else ()
    family = next((naming.family.removesuffix(a) + b for a, b in ends if naming.family.endswith(a)), naming.family)
    return given, romanized(family, scheme), ""


def _steppe_family(naming: Naming, scheme: int) -> str:
    """The family name with its ending; after a voiceless or soft end -ев, else -ов. The new Latin spelling writes
    "-uly" names without their ending."""
    stem = naming.family
    if naming.ending == "uly":
        return stem if SCHEMES[scheme] == "latin" else stem + ("қызы" if naming.woman else "ұлы")
    if naming.ending == "bare":
        return stem
    if stem.endswith(("й", "ы", "і")):
        stem = stem.rstrip("йыі") + "ев"
    elif stem[-1] in "аәиіоөуұүе":
        stem += "ев"
    else:
        stem += "ев" if any(c in "әеіөү" for c in stem[-3:]) else "ов"
    return stem + "а" * naming.woman


def _form(forms: str, scheme: int) -> str:
    """The scheme's spelling of a name that is given as several."""
    each = forms.split("|")
    return each[scheme] if scheme < len(each) else each[-1] if len(each) < 3 else each[0]


def _plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=65_536)
def romanized(text: str, scheme: int) -> str:
    """Cyrillic in Latin letters by one of `SCHEMES`."""
    letters, first_e, ends = _scheme(scheme)
    word = text.lower()
    tail = ""
    for end, latin in ends:
        if word.endswith(end):
            word, tail = word.removesuffix(end), latin
            break
    out = "".join(first_e if c == "е" and i == 0 else letters.get(c, c) for i, c in enumerate(word)) + tail
    return out[:1].upper() + out[1:]


@cache
def _scheme(scheme: int) -> tuple[dict[str, str], str, tuple[tuple[str, str], ...]]:
    """Letters, beginning "е" and endings of a scheme."""
    table = tables()["schemes"]
    own = table[SCHEMES[scheme]]
    letters = dict(pair.split("=") for pair in (table["base"] + " " + own["letters"]).split())
    return letters, own["first_e"], tuple(tuple(e.split("=")) for e in own["ends"].split())


def misspelled(rng: Random, name: str) -> str:
    """The name with one slip inside a word of five letters or more: two letters swapped, one dropped or doubled."""
    places = [i for i in range(1, len(name) - 2) if name[i - 1 : i + 3].isalpha()]
    if not places:
        return name
    i = rng.choice(places)
    kind = rng.randrange(3)
    if kind == 0:
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    return name[:i] + name[i + 1 :] if kind == 1 else name[:i] + name[i] + name[i:]

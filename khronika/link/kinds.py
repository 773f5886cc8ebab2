"""What linking knows of the codebook's kinds, and words brought to a form that can be compared: lists of
`happenings.toml`, groups, charges, places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.text.fold import fold


@dataclass(frozen=True, slots=True)
class Kinds:
    """The word lists of `happenings.toml`; see the file's comments for what each holds."""

    course: tuple[str, ...]
    episodes: frozenset[str]
    once: frozenset[str]
    seldom: frozenset[str]
    main_penalties: frozenset[str]
    by_actor: frozenset[str]
    public: frozenset[str]
    each_their_own: frozenset[str]
    subtype_tells: frozenset[str]
    lasting: frozenset[str]
    gathering: frozenset[str]
    generic: frozenset[str]
    place_rank: frozenset[str]


def load_kinds(text: str) -> Kinds:
    """The lists from the TOML `text`. Raises LexiconError when one is missing or not a list."""
    try:
        data = tomllib.loads(text)
        sets = {f.name: frozenset(map(str.lower, data[f.name])) for f in fields(Kinds) if f.name != "course"}
        return Kinds(course=tuple(data["course"]), **sets)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LexiconError("happenings.toml", str(error)) from error


@cache
def kinds() -> Kinds:
    """The packaged lists, read once."""
    return load_kinds((files("khronika") / "resources" / "happenings.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=65_536)
def group_words(group: str | None) -> frozenset[str]:
    """The telling words of a group's description, plural "s" cut off; generic ones ("people", "dozens") left out."""
    words = fold(group or "").split()
    return frozenset(w.removesuffix("s") for w in words if w not in kinds().generic and not w.isdigit() and len(w) > 2)


@lru_cache(maxsize=65_536)
def charge_words(text: str | None) -> frozenset[str]:
    """The words of a charge that are longer than three letters."""
    return frozenset(w for w in fold(text or "").split() if len(w) > 3)


@lru_cache(maxsize=65_536)
def place_chain(place: tuple[str, ...]) -> tuple[str, ...]:
    """The places folded, most specific first, words of rank left out ("Xinjiang Province" → "xinjiang")."""
    chain = []
    for name in place:
        words = fold(name).split()
        chain.append(" ".join(w for w in words if w not in kinds().place_rank) or " ".join(words))
    return tuple(dict.fromkeys(p for p in chain if p))


def places_agree(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 where the most specific places are one, 0.6 where one lies in the other, 0.2 where only the country (or larger
    place) is shared and one side has no more, -1 where they differ. Both non-empty."""
    if _same_place(a[0], b[0]):
        return 1.0
    if any(_same_place(a[0], other) for other in b[1:]) or any(_same_place(b[0], other) for other in a[1:]):
        return 0.6
    return -1.0


def _same_place(a: str, b: str) -> bool:
    """Whether two folded place names are one: equal, or one's words all in the other's with the same first word."""
    if a == b:
        return True
    x, y = a.split(), b.split()
    return x[0] == y[0] and (set(x) <= set(y) or set(y) <= set(x))

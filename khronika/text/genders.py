"""The gender that a written name tells, for pronouns: by a title, the given name, or the ending of the family name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.text.fold import fold
from khronika.text.name_parts import MAX_NAME

TITLES = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "lord": "m", "lady": "f", "dame": "f", "madam": "f",
    "monsieur": "m", "mme": "f", "king": "m", "queen": "f", "prince": "m", "princess": "f", "sheikh": "m",
    "imam": "m", "mullah": "m", "maulana": "m", "ayatollah": "m", "father": "m", "brother": "m", "sister": "f",
    "alhaji": "m", "hajia": "f", "shri": "m", "smt": "f", "daw": "f", "begum": "f", "don": "m", "doña": "f",
}  # fmt: skip
"""Titles before a name that tell its bearer's gender."""
FEMININE = ("ova", "yeva", "ieva", "skaya", "skaia", "kyzy", "qizi", "gyzy", "iene", "aite", "yte", "dottir")
"""Endings of family names that only women bear (East Slavic and Central Asian, Lithuanian, Icelandic). "-eva" alone
ends Spanish names too ("Villanueva"), "-ina" Italian ones."""
MASCULINE = ("ov", "yev", "iev", "skiy", "skyi", "oglu", "ogly", "uulu", "uly", "zoda")
"""Their masculine counterparts; "-sky" and "-ski" are borne by women abroad."""
SHORTEST = 5
"""Letters of the shortest family name whose ending says anything."""


def gender_of(name: str) -> str:
    """ "f", "m", or "" where the name does not say.

    A title decides, then the first word if it is a given name that tells, then the last word's ending. A single word
    is a family name. Family names that stand first ("Kim Jong-un") tell nothing.
    """
    words = fold(name[:MAX_NAME]).replace(".", " ").split()
    while len(words) > 1 and words[0] in TITLES:
        return TITLES[words[0]]
    double = given_genders().get(" ".join(words[:2]), "") if len(words) > 2 else ""
    if len(words) > 1 and (told := double or given_genders().get(words[0], "")):
        return told
    last = words[-1] if words else ""
    if len(last) >= SHORTEST and last.endswith(FEMININE):
        return "f"
    return "m" if len(last) >= SHORTEST and last.endswith(MASCULINE) else ""


def load_given_genders(text: str) -> dict[str, str]:
    """Folded given name → "f" or "m", from lines "f<tab>Name Name …<tab>origin"; `#` starts a comment.

    Raises LexiconError with the line that is no such row, or that gives a name the other gender.
    """
    out: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        gender, _, rest = line.partition("\t")
        names, tab, origin = rest.partition("\t")
        if gender not in {"f", "m"} or not tab or not origin.strip() or not names.split():
            raise LexiconError("given_genders.tsv", "f or m, a tab, names, a tab, where they are from", number)
        for name in map(fold, names.split()):
            if out.setdefault(name, gender) != gender:
                raise LexiconError("given_genders.tsv", f"{name!r} has two genders; leave it out", number)
    return out


@cache
def given_genders() -> dict[str, str]:
    """The packaged table, read once."""
    path = files("khronika") / "resources" / "given_genders.tsv"
    return load_given_genders(path.read_text(encoding="utf-8"))

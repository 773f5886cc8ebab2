"""Names in other scripts as Latin words: Chinese characters, Korean syllables, and letters that leave vowels out.

Cyrillic, Greek, Georgian, Armenian, Arabic-script and Hebrew letters are rows of `romanization.toml` and are done by
`romanization.latin`; here is what one letter at a time cannot do. Tables: `romanization.toml`, section `scripts`, and
`hanzi.tsv`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from khronika.errors import LexiconError

_SIGN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_HAN = re.compile(rf"{_SIGN}{{2,5}}(?:[·・•]{_SIGN}{{1,8}})*")
_HANGUL = re.compile(r"[가-힣]{2,6}")
_SYLLABLES = 588
"""Korean syllables per initial consonant in Unicode: 21 vowels by 28 endings (The Unicode Standard, 3.12)."""
_ENDINGS = 28


@dataclass(frozen=True, slots=True)
class Scripts:
    """The tables of the section `scripts`; see the file's comments for what each holds."""

    unvowelled: frozenset[str]
    vowelled: frozenset[str]
    article: str
    initials: list[str]
    vowels: list[str]
    finals: list[str]
    korean_families: dict[str, str]
    double_families: list[str]
    family_readings: dict[str, str]


def load_scripts(text: str) -> Scripts:
    """The tables from the TOML `text`. Raises LexiconError when one is missing or the Korean parts are not complete."""
    try:
        data = tomllib.loads(text)["scripts"]
        letters = {name: frozenset(data[name]) for name in ("unvowelled", "vowelled")}
        loaded = Scripts(**{f.name: data[f.name] for f in fields(Scripts)} | letters)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LexiconError("romanization.toml", str(error)) from error
    if (len(loaded.initials), len(loaded.vowels), len(loaded.finals)) != (19, 21, 28):
        raise LexiconError("romanization.toml", "Korean has 19 initials, 21 vowels and 28 finals")
    return loaded


@cache
def scripts() -> Scripts:
    """The packaged tables, read once."""
    return load_scripts((files("khronika") / "resources" / "romanization.toml").read_text(encoding="utf-8"))


@cache
def _readings() -> dict[str, str]:
    """Chinese character → its reading; read when the first one is met."""
    lines = (files("khronika") / "resources" / "hanzi.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {character: reading for reading, characters in rows for character in characters}


def spelled_out(word: str) -> list[str]:
    """A written word as the words that it stands for, or itself: "习近平" → ["xi", "jinping"]; an Arabic article apart.

    A Chinese or Korean name written as one word comes apart into family and given name; a character that the table does
    not know stays as it is.
    """
    if _HAN.fullmatch(word):
        return _chinese(word)
    if _HANGUL.fullmatch(word):
        return _korean(word)
    article = scripts().article
    if word.startswith(article) and len(word) > len(article) + 2:
        return ["al", word[len(article) :]]
    return [word]


def is_unvowelled(name: str) -> bool:
    """Whether the name is in letters that leave the short vowels out, so that only its consonants can be compared."""
    return not scripts().unvowelled.isdisjoint(name) and scripts().vowelled.isdisjoint(name)


def is_syllabic(name: str) -> bool:
    """Whether the name is in Chinese characters or Korean syllables: there another character is another name."""
    words = name.split()
    return bool(words) and all(_HAN.fullmatch(word) or _HANGUL.fullmatch(word) for word in words)


def _chinese(word: str) -> list[str]:
    """Family name, then the given name's readings as one word; a dot divides a foreign name's words."""
    parts = re.split(r"[·・•]", word)
    if len(parts) > 1:
        return ["".join(_reading(c) for c in part) for part in parts]
    cut = 2 if len(word) > 2 and word[:2] in scripts().double_families else 1
    family = scripts().family_readings.get(word[0]) if cut == 1 else None
    return [family or "".join(_reading(c) for c in word[:cut]), "".join(_reading(c) for c in word[cut:])]


def _reading(character: str) -> str:
    """Its pinyin, or the character where the table has none."""
    return _readings().get(character, character)


def _korean(word: str) -> list[str]:
    """Family name (one syllable), then the given name."""
    family = scripts().korean_families.get(word[0]) or _syllable(word[0])
    return [family, "".join(_syllable(c) for c in word[1:])]


def _syllable(character: str) -> str:
    """A Korean syllable in the revised romanization."""
    at, tables = ord(character) - ord("가"), scripts()
    initial, rest = divmod(at, _SYLLABLES)
    vowel, final = divmod(rest, _ENDINGS)
    return tables.initials[initial] + tables.vowels[vowel] + tables.finals[final]

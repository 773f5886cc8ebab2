"""Spelling keys: what is left of a word when the choice of a romanization is taken out of it.

The tables are `resources/romanization.toml`; this module only applies them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.text.fold import fold

_FILE = "romanization.toml"
_WRITTEN_VOWELS = frozenset("aeiou")
_NO_VOWELS = str.maketrans("", "", "aeiouv")
_SWAPPED = str.maketrans("gHdCSJf", "kktsszp")
_SILENT = re.compile(r"[ae]H$")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Romanization:
    """The tables: `letters` for str.translate, `folds` as (pattern, key) in order, and the separable endings."""

    letters: dict[int, str]
    folds: tuple[tuple[re.Pattern[str], str], ...]
    silent_end: tuple[str, ...]
    child_of: tuple[str, ...]
    patronymic: tuple[str, ...]


def load_romanization(text: str) -> Romanization:
    """The tables from the TOML `text`. Raises LexiconError when a part is missing or a row has not two fields."""
    try:
        data = tomllib.loads(text)
        return Romanization(
            letters={ord(letter): latin for letter, latin in data["letters"].items()},
            folds=tuple((_pattern(written), key) for written, key in data["latin"]["folds"]),
            silent_end=tuple(data["latin"]["silent_end"]),
            child_of=tuple(sorted(data["endings"]["child_of"], key=lambda e: (-len(e), e))),
            patronymic=tuple(sorted(data["endings"]["patronymic"], key=lambda e: (-len(e), e))),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(_FILE, str(error)) from error


def _pattern(written: str) -> re.Pattern[str]:
    """A row's left side: literal letters, with `^` and `$` for the word's start and end."""
    start, end = written.startswith("^"), written.endswith("$")
    return re.compile(("^" if start else "") + re.escape(written.strip("^$")) + ("$" if end else ""))


@cache
def tables() -> Romanization:
    """The packaged tables, read once. Raises LexiconError when the file is bad."""
    return load_romanization((files("khronika") / "resources" / _FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=65_536)
def latin(text: str) -> str:
    """The text folded and in plain Latin letters where the tables know its letters; other scripts stay as they are."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return fold(composed.translate(tables().letters))


@lru_cache(maxsize=131_072)
def word_key(word: str) -> str:
    """The key of one word: equal for the usual romanizations of one name ("Zhaqyp", "Jakip", "Жақып").

    Parameters: `word`, a single word in any script. Returns: letters, capitals standing for one sound each; never
    empty for a word that has a letter or digit.
    """
    plain = latin(word).replace(" ", "")
    key = plain
    for pattern, sound in tables().folds:
        key = pattern.sub(sound, key)
    key = _DOUBLED.sub(r"\1", key)
    for end in tables().silent_end:
        if key.endswith(end) and len(key) > len(end) + 1:
            key = key[:-1]
    return key or plain


def skeleton(word: str) -> str:
    """The consonants of the key, a vowel at the start as "A": what a word shares with its form in Arabic or Hebrew
    letters, which leave short vowels out and write "w" and "y" for long ones.
    """
    key = word_key(word)
    return ("A" if key[:1] in _WRITTEN_VOWELS else key[:1]) + key[1:].translate(_NO_VOWELS)


@lru_cache(maxsize=65_536)
def loose_consonants(word: str) -> str:
    """The skeleton with sounds that romanizations swap made one (g, k and q; d and t; s, sh and ch; f and p), without
    a silent "h" at the end ("Azadeh", "Azada")."""
    found = skeleton(word)
    if len(found) > 2 and _SILENT.search(word_key(word)):
        found = found[:-1]
    return found.translate(_SWAPPED)


def _ending(word: str, endings: Callable[[], tuple[str, ...]], stem: int) -> tuple[str, str]:
    """The word cut in stem and ending when it has one of the endings and at least `stem` letters before it."""
    for end in endings():
        if word.endswith(end) and len(word) - len(end) >= stem:
            return word[: -len(end)], end
    return word, ""


def without_child_of(word: str) -> tuple[str, str]:
    """A folded Latin word without its "son of" or "daughter of" ending, and the ending: ("serik", "uly").

    A word that is nothing but the ending ("uulu") gives ("", ending). Three letters must stay: "Puly" keeps its.
    """
    if word in tables().child_of:
        return "", word
    return _ending(word, lambda: tables().child_of, 3)


def is_patronymic(word: str) -> bool:
    """Whether a folded Latin word is formed as an East Slavic patronymic ("ivanovich", "petrovna")."""
    return _ending(word, lambda: tables().patronymic, 2)[1] != ""

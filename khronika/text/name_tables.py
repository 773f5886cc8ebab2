"""The tables behind names: titles, particles, family names that stand first, equivalents of given names."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.text.romanization import latin, word_key


@dataclass(frozen=True, slots=True)
class Honorifics:
    """Word lists of `honorifics.toml`, folded; see the file's comments for what each holds."""

    titles: frozenset[str]
    doubtful: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]
    family_first: frozenset[str]
    child_of_words: frozenset[str]


def load_honorifics(text: str) -> Honorifics:
    """The lists from the TOML `text`. Raises LexiconError when one is missing or not a list of words."""
    try:
        data = tomllib.loads(text)
        return Honorifics(**{f.name: frozenset(latin(word) for word in data[f.name]) for f in fields(Honorifics)})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError("honorifics.toml", str(error)) from error


def load_given_names(text: str) -> dict[str, frozenset[int]]:
    """Spelling key → groups of equivalent given names, from lines "Form Form …<tab>languages"; `#` starts a comment.

    Raises LexiconError with the line that has no second column.
    """
    groups: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        forms, tab, languages = line.partition("\t")
        if not tab or not languages.strip() or not forms.strip():
            raise LexiconError("given_names.tsv", "forms, a tab, and the languages they are from", number)
        for form in forms.split():
            groups[word_key(latin(form).replace(" ", ""))].add(number)
    return {key: frozenset(numbers) for key, numbers in groups.items()}


def load_given_languages(text: str) -> dict[str, frozenset[str]]:
    """Spelling key → the languages of its groups, from the same lines as `load_given_names`."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        forms, tab, languages = line.partition("\t")
        for form in forms.split() if tab and not line.startswith("#") else ():
            found[word_key(latin(form).replace(" ", ""))].update(languages.split())
    return {key: frozenset(languages) for key, languages in found.items()}


def _resource(name: str) -> str:
    """The text of a packaged resource."""
    return (files("khronika") / "resources" / name).read_text(encoding="utf-8")


@cache
def honorifics() -> Honorifics:
    """The packaged lists, read once."""
    return load_honorifics(_resource("honorifics.toml"))


@cache
def given_groups() -> dict[str, frozenset[int]]:
    """The packaged equivalents of given names, read once."""
    return load_given_names(_resource("given_names.tsv"))


@cache
def given_languages() -> dict[str, frozenset[str]]:
    """The languages that the packaged given names are from, read once."""
    return load_given_languages(_resource("given_names.tsv"))

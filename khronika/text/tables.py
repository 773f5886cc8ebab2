"""Word tables from `khronika/resources`: the files a documenter edits instead of code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from khronika.errors import LexiconError


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file `name` ("dates.toml") of the resources. Raises LexiconError if it is missing or not TOML."""
    try:
        return tomllib.loads(files("khronika").joinpath("resources", name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(name, "no such resource file") from None
    except tomllib.TOMLDecodeError as bad:
        raise LexiconError(name, str(bad)) from None


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first; a space in a word fits any run of spaces up to two."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in ordered) + ")"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tab-separated file `name` of the resources, without comments (#) and the head line.

    Raises LexiconError if it is missing, or a row has another number of columns than the head.
    """
    try:
        lines = files("khronika").joinpath("resources", *name.split("/")).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise LexiconError(name, "no such resource file") from None
    numbered = [(i, tuple(line.split("\t"))) for i, line in enumerate(lines, 1) if line and not line.startswith("#")]
    for number, row in numbered:
        if len(row) != len(numbered[0][1]):
            raise LexiconError(name, f"{len(row)} columns where the head has {len(numbered[0][1])}", number)
    return tuple(row for _, row in numbered[1:])

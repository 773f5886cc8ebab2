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

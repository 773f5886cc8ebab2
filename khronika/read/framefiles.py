"""Frames from TOML files, each checked: a bad row is named with its file, its line and the reason.

A row that a documenter has misspelled must never be read as silence: every field is known, every word list holds words,
every kind, subtype and status is the codebook's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from khronika.errors import LexiconError
from khronika.facts.codebook import codebook
from khronika.read.tomllines import Lines, lines_of

LARGEST = 2_000_000
"""Bytes of a file with frames; the bundled ones are a fortieth of it."""
NEEDED = ("id", "type", "shape", "example")
FIRING = ("verbs", "passives", "nouns", "adjectives", "hunch")
"""Fields with words that can fire a frame; it needs one of them."""
RUNS = ("nouns", "unless", "unlike", "reasons")
"""Lists of runs of words; "a|b" are alternatives in them too, "+" is not."""
WORDS = ("passives", "adjectives", "after", "targets_by", "near", "by", "not_by", "of", "happens", "bare_nouns")
"""Lists of plain words, without the signs of a pattern."""
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One frame as written: its values, the file's name, and where in it they stand."""

    values: Mapping[str, Any]
    file: str
    lines: Lines

    def wrong(self, reason: str, field: str | None = None, number: int | None = None) -> LexiconError:
        """The error that names file and line. `number`: of the string in a list."""
        return LexiconError(self.file, f"frame {self.values.get('id', '?')!r}: {reason}", self.lines.of(field, number))


def rows_of(folder: Path, sorts: Mapping[str, str], choices: Mapping[str, frozenset[str]]) -> list[Row]:
    """The frames of all .toml files of a folder, checked.

    Parameters: `sorts`: of each field, "text", "yes or no", "words" or "table"; `choices`: the values of fields that
    have only a few. Raises LexiconError with file, line and reason.
    """
    if not folder.is_dir():
        raise LexiconError(str(folder), "no such folder")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise LexiconError(str(folder), "no .toml file with frames")
    rows: list[Row] = []
    first: dict[str, Row] = {}
    for path in paths:
        for row in _rows(path):
            _check(row, sorts, choices)
            twin = first.setdefault(row.values["id"], row)
            if twin is not row:
                name = row.values["id"]
                raise LexiconError(
                    row.file,
                    f"two frames are called {name!r}: the other is in {twin.file} line {twin.lines.of('id')}",
                    row.lines.of("id"),
                )
            rows.append(row)
    return rows


def _rows(path: Path) -> Iterator[Row]:
    """The [[frame]] tables of one file."""
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise LexiconError(path.name, error.strerror or str(error)) from error
    if content is None:
        raise LexiconError(path.name, f"larger than {LARGEST:,} bytes")
    text = _text(content, path.name)
    tables = _tables(text, path.name)
    if stray := sorted(tables.keys() - {"frame"}):
        wanted = re.search(rf"^\s*\[*\s*{re.escape(stray[0])}\b", text, re.M)
        line = text.count("\n", 0, wanted.start() + len(wanted.group()) - len(stray[0])) + 1 if wanted else None
        raise LexiconError(path.name, f"no table {stray[0]!r}; frames are written as [[frame]]", line)
    frames = tables.get("frame", [])
    if not isinstance(frames, list) or not all(isinstance(frame, dict) for frame in frames):
        raise LexiconError(path.name, "frames are written as [[frame]]", 1)
    if not frames:
        raise LexiconError(path.name, "no [[frame]] in it", 1)
    lines = lines_of(text, "frame")
    for number, values in enumerate(frames):
        yield Row(values, path.name, lines[number] if number < len(lines) else Lines(1))


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LexiconError(file, "not UTF-8; save it in that encoding", line) from error
    return text.replace("\r\n", "\n")


def _tables(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at.group(1)) if at else text.count("\n") + 1
        raise LexiconError(file, f"not TOML: {str(error).split(' (at ')[0]}", line) from error
    except RecursionError as error:
        raise LexiconError(file, "brackets in brackets, too deep to read") from error


def _check(row: Row, sorts: Mapping[str, str], choices: Mapping[str, frozenset[str]]) -> None:
    """Raises LexiconError at the first thing that is wrong."""
    for name, value in row.values.items():
        if name not in sorts:
            near = get_close_matches(name, sorts, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(sorts))}"
            raise row.wrong(f"no field {name!r}; {hint}", name)
        _check_sort(row, name, value, sorts[name])
    if missing := [name for name in NEEDED if not row.values.get(name)]:
        raise row.wrong(f"field {missing[0]!r} is missing", missing[0])
    for name, allowed in choices.items():
        value = row.values.get(name)
        if value is not None and value not in allowed:
            raise row.wrong(f"no {name} {value!r}; there are {', '.join(sorted(allowed))}", name)
    _check_kind(row)
    if not any(row.values.get(name) for name in FIRING):
        raise row.wrong(f"has no word that could fire it: give it one of {', '.join(FIRING)}")
    for number, pattern in enumerate(row.values.get("verbs", ())):
        _check_pattern(row, pattern, number)
    for name in (*RUNS, *WORDS):
        for number, words in enumerate(row.values.get(name, ())):
            if not words.strip() and not (name == "targets_by" and not words):
                raise row.wrong(f"an empty word in {name!r}", name, number)
            if words.startswith("+") or ("|" in words and name in WORDS):
                raise row.wrong(f"{words!r}: “|” and “+” are for verb patterns; here write each run out", name, number)
            if not all(option for word in words.split() for option in word.split("|")):
                raise row.wrong(f"{words!r} leaves a word empty", name, number)


def _check_sort(row: Row, name: str, value: object, sort: str) -> None:
    fits = {
        "text": isinstance(value, str),
        "yes or no": isinstance(value, bool),
        "words": isinstance(value, list) and all(isinstance(word, str) for word in value),
        "chance": isinstance(value, float) and 0 < value < 1,
        "table": isinstance(value, dict) and all(isinstance(word, str) for word in value.values()),
    }
    shown = {"text": "text in quotes", "yes or no": "true or false", "words": "a list of words in quotes"}
    shown["chance"] = "a number between 0 and 1"
    if not fits[sort]:
        raise row.wrong(f"field {name!r} must be {shown.get(sort, 'a table of words')}", name)


def _check_kind(row: Row) -> None:
    """Kind, subtypes and status are the codebook's."""
    book, values = codebook(), row.values
    for name in ("type", "becomes"):
        kind = values.get(name)
        if kind is not None and kind not in book.kinds:
            near = get_close_matches(kind, book.kinds, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(book.kinds))}"
            raise row.wrong(f"the codebook has no kind {kind!r}; {hint}", name)
    subtypes = book.kinds[values["type"]]
    given = [("subtype", s) for s in [values.get("subtype")] if s] + [
        ("subtypes", s) for s in values.get("subtypes", {}).values()
    ]
    for name, subtype in given:
        if subtype not in subtypes:
            there = f"there are {', '.join(sorted(subtypes))}" if subtypes else "it has none"
            raise row.wrong(f"{values['type']} has no subtype {subtype!r}; {there}", name)
    status = values.get("status")
    if status is not None and status not in book.statuses:
        raise row.wrong(f"no status {status!r}; there are {', '.join(book.statuses)}", "status")


def _check_pattern(row: Row, pattern: str, number: int) -> None:
    """A verb pattern: "verb", "take into|to custody", "put under +arrest"."""
    words = pattern.split()
    if not words:
        raise row.wrong("an empty pattern in 'verbs'", "verbs", number)
    for place, word in enumerate(words):
        options = word.removeprefix("+").split("|")
        if not all(options) or any("+" in option for option in options):
            raise row.wrong(f"{pattern!r}: {word!r} leaves a word empty", "verbs", number)
        if place == 0 and word.startswith("+"):
            raise row.wrong(f"{pattern!r}: “+” means right after the word before; there is none", "verbs", number)
    for verb in words[0].split("|"):
        if base := _base(verb.lower()):
            raise row.wrong(
                f"{pattern!r}: {verb!r} is a form of {base!r}; write that: all its forms are read", "verbs", number
            )


def _base(verb: str) -> str | None:
    """The verb that `verb` is only a form of ("arrested": "arrest"); None where it is a verb itself, or not known."""
    bases, forms = _verbs()
    return forms.get(verb) if verb not in bases else None


@lru_cache(maxsize=1)
def _verbs() -> tuple[frozenset[str], Mapping[str, str]]:
    """The verbs of the model's table of lemmas, and its other verb forms with their verb."""
    from khronika.read.pipelines import BUNDLED

    lines = (BUNDLED / "lemmas.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    verbs = [(form, tag, lemma) for form, tag, lemma in cells if tag.startswith("VB")]
    inflected = [(form, lemma) for form, tag, lemma in verbs if tag not in {"VB", "VBP"}]
    return frozenset(lemma for _, _, lemma in verbs), {form: lemma for form, lemma in inflected if form != lemma}

"""The phrases of `resources/boilerplate.toml`, loaded once and asked about a paragraph."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from khronika.errors import LexiconError

FILE = "boilerplate.toml"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_EDGES = " \t.,:;!?\"'()[]{}<>|•·*-–—»«›‹→…"


def fold(text: str) -> str:
    """The text for comparing: lower case, one kind of quotation mark, single spaces."""
    return " ".join(text.translate(_QUOTES).casefold().split())


def bare(text: str) -> str:
    """`fold` without punctuation at the ends, as the `lines` entries are compared."""
    return fold(text).strip(_EDGES)


@dataclass(frozen=True, slots=True)
class Cue:
    """One table of the file: what a paragraph may be, begin with, end with or contain, and its most words."""

    lines: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    most_words: int = 45

    def fits(self, text: str) -> bool:
        """Whether the paragraph is one of these."""
        if len(text) > 20 * self.most_words:
            return False
        folded = fold(text)
        if folded.strip(_EDGES) in self.lines:
            return True
        if len(folded.split()) > self.most_words:
            return False
        return (
            folded.startswith(self.starts)
            or folded.rstrip(_EDGES).endswith(self.ends)
            or any(phrase in folded for phrase in self.contains)
        )


@dataclass(frozen=True, slots=True)
class Cues:
    """All tables. `boxes_to_end`, `boxes_late`, `boxes_until_sentence`, `player`, `live`, `rubrics`: folded lines;
    `agencies`: as written; `upstream`: phrases before a credited outlet; `legal_lead`: words before a legal warning."""

    notice: Cue
    legal: Cue
    credit: Cue
    byline: Cue
    caption: Cue
    boxes_to_end: frozenset[str]
    boxes_late: frozenset[str]
    boxes_until_sentence: frozenset[str]
    player: frozenset[str]
    live: frozenset[str]
    rubrics: frozenset[str]
    agencies: frozenset[str]
    upstream: tuple[str, ...]
    legal_lead: tuple[str, ...]

    @property
    def furniture(self) -> frozenset[str]:
        """Lines that are never part of a paragraph."""
        return self.notice.lines | self.player


@cache
def cues() -> Cues:
    """The shipped phrases. Raises LexiconError when the file is damaged."""
    return parse_cues(resources.files("khronika.resources").joinpath(FILE).read_text("utf-8"))


def parse_cues(text: str) -> Cues:
    """The phrases of one file's text. Raises LexiconError naming the table that is missing or wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise LexiconError(FILE, str(error), int(line[1]) if line else None) from error
    return Cues(
        notice=_cue(tables, "notice"),
        legal=_cue(tables, "legal"),
        credit=_cue(tables, "credit"),
        byline=_cue(tables, "byline"),
        caption=_cue(tables, "caption"),
        boxes_to_end=frozenset(map(bare, _phrases(tables, "box", "to_end"))),
        boxes_late=frozenset(map(bare, _phrases(tables, "box", "late"))),
        boxes_until_sentence=frozenset(map(bare, _phrases(tables, "box", "until_sentence"))),
        player=frozenset(map(bare, _phrases(tables, "player", "lines"))),
        live=frozenset(map(bare, _phrases(tables, "live", "lines"))),
        rubrics=frozenset(map(bare, _phrases(tables, "rubric", "words"))),
        agencies=frozenset(_phrases(tables, "agency", "names")),
        upstream=tuple(map(fold, _phrases(tables, "credit", "upstream"))),
        legal_lead=tuple(map(fold, _phrases(tables, "legal", "lead"))),
    )


def _cue(tables: Mapping[str, object], name: str) -> Cue:
    """One table as a Cue. Raises LexiconError."""
    table = tables.get(name)
    if not isinstance(table, dict):
        raise LexiconError(FILE, f"no table [{name}]")
    most = table.get("most_words", 45)
    if not isinstance(most, int) or most < 1:
        raise LexiconError(FILE, f"[{name}] most_words is not a positive number")
    several = {
        key: tuple(map(fold, _phrases(tables, name, key))) for key in ("starts", "ends", "contains") if key in table
    }
    starts = tuple(s + " " if s.isalpha() and len(s) < 4 else s for s in several.get("starts", ()))
    ends = tuple(e.rstrip(_EDGES) for e in several.get("ends", ()))
    lines = frozenset(map(bare, _phrases(tables, name, "lines"))) if "lines" in table else frozenset()
    return Cue(lines, starts, ends, several.get("contains", ()), most)


def _phrases(tables: Mapping[str, object], table: str, key: str) -> list[str]:
    """The list of phrases at [table] key. Raises LexiconError."""
    rows = tables.get(table)
    found = rows.get(key) if isinstance(rows, dict) else None
    if not isinstance(found, list) or not all(isinstance(p, str) and p.strip() for p in found):
        raise LexiconError(FILE, f"[{table}] {key} is not a list of phrases")
    return found

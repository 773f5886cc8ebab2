"""The frames: which words open a claim of which kind, as data in `resources/frames/*.toml`.

A documenter adds a verb in a file of their own and sees it read (`docs/lexicon.md`). A bad file stops the start with
file, line and reason.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

from khronika.read.framefiles import Row, rows_of
from khronika.read.parse import Hunch
from khronika.read.tokenize import tokenize

READS, VERSION = "frames", "1"
"""What the reader by frames is called, with its version."""
SHAPES = frozenset({"done_to", "suffered", "acts", "state", "noun_of", "topic", "none", "figure", "obliges"})
"""Who stands where: see the head of `resources/frames/custody.toml`."""

CHOICES = {
    "shape": SHAPES,
    "target": frozenset({"any", "someone", "person", "organization"}),
    "actor": frozenset({"official", "private", "outsider", "lawful", "body"}),
    "needs": frozenset({"penalty"}),
}
"""Fields of a frame that have only these values."""

DOUBLING = frozenset({"acquit", "kidnap", "expel", "commit", "permit", "transfer"})
"""Longer verbs, stressed on the last syllable, that double their last letter."""

Words = tuple[str, ...]
Slots = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A verb pattern: the head's lemma, then words that must follow in order, each one of a set ("a|b").

    `close`: for each of them, whether it must follow at once ("+on"), or may stand apart.
    """

    head: str
    slots: Slots
    close: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One meaning and the words that carry it. The fields are explained in `resources/frames/README.md`."""

    id: str
    type: str
    shape: str
    example: str
    subtype: str | None = None
    verbs: tuple[Pattern, ...] = ()
    passives: Words = ()
    nouns: tuple[Words, ...] = ()
    adjectives: Words = ()
    after: Words = ()
    unless: tuple[Words, ...] = ()
    unlike: tuple[Words, ...] = ()
    reasons: tuple[Words, ...] = ()
    targets_by: Words = ()
    near: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    not_by: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    target: str = "any"
    actor: str | None = None
    status: str | None = None
    needs: str | None = None
    becomes: str | None = None
    bare: bool = False
    named: bool = False
    speaks: bool = False
    humanizes: bool = False
    predicate: bool = False
    happens: frozenset[str] = frozenset()
    bare_nouns: frozenset[str] = frozenset()
    thing: bool = False
    self_target: bool = False
    penalties: bool = False
    listing: bool = False
    negative: bool = False
    subtypes: Mapping[str, str] = field(default_factory=dict)
    hunch: float = 0.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, indexed by the word that can fire them.

    `words` is what the gate looks for. `mark`: a hash of the frames that are not the bundled ones, "" where all are; it
    is part of the reader's name, so that claims of two lexicons can always be told apart.
    """

    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[tuple[Frame, Pattern], ...]]
    by_passive: Mapping[str, tuple[Frame, ...]]
    by_noun: Mapping[str, tuple[tuple[Frame, Words], ...]]
    by_adjective: Mapping[str, tuple[Frame, ...]]
    by_hunch: Mapping[str, Frame]
    words: frozenset[str]
    forms: Mapping[str, str]
    mark: str = ""

    @property
    def name(self) -> str:
        """How these frames show in the reader's name: "frames 1", "frames 1 + lexicon 3fa9c1d2"."""
        return f"{READS} {VERSION}" + (f" + lexicon {self.mark}" if self.mark else "")

    def guess(self, hunch: Hunch) -> Frame | None:
        """The frame that a hunch opens: the one of its kind, if the hunch is strong enough for it."""
        frame = self.by_hunch.get(hunch.kind)
        return frame if frame is not None and hunch.score >= frame.hunch else None

    def verb(self, lemma: str, word: str) -> str:
        """The frame verb that a word is a form of: by its lemma, else by its form ("fined" whatever its tag)."""
        return lemma if lemma in self.by_verb or lemma in self.by_passive else self.forms.get(word, "")


def load_lexicon(folder: Path | str | None = None) -> Lexicon:
    """The bundled frames, and those of a documenter's own `folder` added to them.

    An own frame with the id of a bundled one stands in its place; any other is added. Raises LexiconError naming file,
    line and reason: an unknown field, kind, subtype, status or shape, a value of the wrong type, an empty pattern, no
    word that could fire, two frames of one id, a folder without frames.
    """
    return _with_own(Path(folder)) if folder else _bundled()


def name_of(folder: str) -> str:
    """The name of the frames with those of a folder ("": the bundled alone). Raises LexiconError."""
    return load_lexicon(folder).name if folder else f"{READS} {VERSION}"


def is_other(reader: str, frames: str) -> bool:
    """Whether the reader of this name read by frames other than those named `frames`, lexicon for lexicon."""
    by = reader.partition(" / ")[0]
    return by.startswith(READS) and by.partition(" + ")[2] != frames.partition(" + ")[2]


@lru_cache(maxsize=1)
def _bundled() -> Lexicon:
    return _index([_frame(row) for row in _rows(Path(str(files("khronika") / "resources" / "frames")))])


def _with_own(folder: Path) -> Lexicon:
    """The bundled frames with a folder's in their place or behind them."""
    rows = _rows(folder)
    frames = {frame.id: frame for frame in _bundled().frames}
    frames |= {frame.id: frame for frame in map(_frame, rows)}
    content = sorted((dict(row.values) for row in rows), key=lambda values: str(values["id"]))
    mark = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:8]
    return _index([*frames.values()], mark)


def _rows(folder: Path) -> list[Row]:
    return rows_of(folder, SORTS, CHOICES)


def _frame(row: Row) -> Frame:
    """A checked row as a Frame. Words are compared in lower case, so that "file FIR" may be written as it is known."""
    values: dict[str, Any] = dict(row.values)

    def words(name: str) -> Words:
        return tuple(word.lower() for word in values.get(name, ()))

    values["verbs"] = tuple(_pattern(p) for p in words("verbs"))
    for name in ("nouns", "unless", "unlike", "reasons"):
        values[name] = tuple(run for p in words(name) for run in _runs(p))
    for name in ("passives", "adjectives", "after", "targets_by"):
        values[name] = words(name)
    for name in ("near", "by", "not_by", "of", "bare_nouns", "happens"):
        values[name] = frozenset(words(name))
    return Frame(**values)


def _sort(annotation: str) -> str:
    """What a field of a Frame is written as in a file, by its annotation."""
    if annotation.startswith("Mapping"):
        return "table"
    if annotation.startswith(("Words", "tuple", "frozenset")):
        return "words"
    return {"bool": "yes or no", "float": "chance"}.get(annotation, "text")


SORTS = {f.name: _sort(str(f.type)) for f in fields(Frame)}
"""How each field of a frame is written: "text", "yes or no", "words", "table", "chance"."""


def _runs(text: str) -> list[Words]:
    """The runs of words that a noun pattern stands for: "ban on play|concert" is two; a hyphen is a word of its own."""
    choices = [[tuple(w[a:b] for a, b in tokenize(w)) for w in part.split("|")] for part in text.split()]
    return [tuple(word for words in run for word in words) for run in product(*choices)]


def _pattern(text: str) -> Pattern:
    head, *slots = text.lower().split()
    return Pattern(
        head, tuple(frozenset(s.lstrip("+").split("|")) for s in slots), tuple(s.startswith("+") for s in slots)
    )


def _index(frames: list[Frame], mark: str = "") -> Lexicon:
    verbs: defaultdict[str, list[tuple[Frame, Pattern]]] = defaultdict(list)
    passives: defaultdict[str, list[Frame]] = defaultdict(list)
    nouns: defaultdict[str, list[tuple[Frame, Words]]] = defaultdict(list)
    adjectives: defaultdict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        for pattern in frame.verbs:
            for head in pattern.head.split("|"):
                verbs[head].append((frame, pattern))
        for word in frame.passives:
            passives[word].append(frame)
        for words in frame.nouns:
            nouns[words[0]].append((frame, words))
        for word in frame.adjectives:
            adjectives[word].append(frame)
    forms = _forms({*verbs, *passives})
    return Lexicon(
        tuple(frames),
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in passives.items()},
        {k: tuple(v) for k, v in nouns.items()},
        {k: tuple(v) for k, v in adjectives.items()},
        {frame.type: frame for frame in frames if frame.hunch},
        words=frozenset([*verbs, *passives, *nouns, *adjectives]) | forms.keys(),
        forms=forms,
        mark=mark,
    )


def _forms(lemmas: set[str]) -> dict[str, str]:
    """Word form → lemma of all frame verbs: irregular forms from `resources/verb_forms.toml`, the rest by rule."""
    irregular = tomllib.loads((files("khronika") / "resources" / "verb_forms.toml").read_text(encoding="utf-8"))
    out: dict[str, str] = {}
    for lemma in sorted(lemmas):
        past, *ing = _regular(lemma)
        for form in [*irregular.get(lemma, [past]), *ing]:
            out.setdefault(form, lemma)
    return out


def _regular(lemma: str) -> list[str]:
    """Past, participle and third person of a regular verb: "fine" → fined, fining, fines; "deny" → denied …"""
    if lemma.endswith("e"):
        return [lemma + "d", lemma[:-1] + "ing", lemma + "s"]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return [lemma[:-1] + "ied", lemma + "ing", lemma[:-1] + "ies"]
    short = len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
    if short and (len(lemma) <= 4 or lemma in DOUBLING):
        return [lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing", lemma + "s"]
    return [lemma + "ed", lemma + "ing", lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")]

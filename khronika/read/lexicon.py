"""The frames: which words open a claim of which kind, as data in `resources/frames/*.toml`.

A documenter adds a verb in a file and sees it read. A bad file stops the start with file and reason.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from khronika.errors import LexiconError

SHAPES = frozenset({"done_to", "suffered", "acts", "state", "noun_of", "topic", "none", "figure"})
"""Who stands where: see the head of `resources/frames/custody.toml`."""

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
    reasons: tuple[Words, ...] = ()
    targets_by: Words = ()
    near: frozenset[str] = frozenset()
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, indexed by the word that can fire them. `words` is what the gate looks for."""

    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[tuple[Frame, Pattern], ...]]
    by_passive: Mapping[str, tuple[Frame, ...]]
    by_noun: Mapping[str, tuple[tuple[Frame, Words], ...]]
    by_adjective: Mapping[str, tuple[Frame, ...]]
    words: frozenset[str]
    forms: Mapping[str, str]

    def verb(self, lemma: str, word: str) -> str:
        """The frame verb that a word is a form of: by its lemma, else by its form ("fined" whatever its tag)."""
        return lemma if lemma in self.by_verb or lemma in self.by_passive else self.forms.get(word, "")


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """The frames of `folder` (None: the bundled ones). Raises LexiconError naming file and reason."""
    return _bundled() if folder is None else _index(_load(sorted(folder.glob("*.toml")), folder))


@lru_cache(maxsize=1)
def _bundled() -> Lexicon:
    folder = Path(str(files("khronika") / "resources" / "frames"))
    return _index(_load(sorted(folder.glob("*.toml")), folder))


def _load(paths: list[Path], folder: Path) -> list[Frame]:
    if not paths:
        raise LexiconError(str(folder), "no .toml file with frames")
    frames: list[Frame] = []
    for path in paths:
        try:
            rows = tomllib.loads(path.read_text(encoding="utf-8")).get("frame", [])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(path.name, str(error)) from error
        frames += [_frame(row, path.name) for row in rows]
    ids = [f.id for f in frames]
    if repeated := {i for i in ids if ids.count(i) > 1}:
        raise LexiconError(str(folder), f"two frames are called {min(repeated)!r}")
    return frames


def _frame(row: dict[str, Any], file: str) -> Frame:
    """One row as a Frame; raises LexiconError on a missing or unknown field or shape."""
    name = row.get("id", "?")
    known = {f.name for f in fields(Frame)}
    if unknown := sorted(row.keys() - known):
        raise LexiconError(file, f"frame {name!r}: no field {unknown[0]!r}; there are {', '.join(sorted(known))}")
    if missing := sorted({"id", "type", "shape", "example"} - row.keys()):
        raise LexiconError(file, f"frame {name!r}: field {missing[0]!r} is missing")
    if row["shape"] not in SHAPES:
        raise LexiconError(file, f"frame {name!r}: no shape {row['shape']!r}; there are {', '.join(sorted(SHAPES))}")
    values = dict(row)
    values["verbs"] = tuple(_pattern(p) for p in row.get("verbs", ()))
    for words in ("nouns", "unless", "reasons"):
        values[words] = tuple(tuple(p.lower().split()) for p in row.get(words, ()))
    for words in ("passives", "adjectives", "after", "targets_by"):
        values[words] = tuple(row.get(words, ()))
    for words in ("near", "bare_nouns", "happens"):
        values[words] = frozenset(row.get(words, ()))
    return Frame(**values)


def _pattern(text: str) -> Pattern:
    head, *slots = text.lower().split()
    return Pattern(
        head, tuple(frozenset(s.lstrip("+").split("|")) for s in slots), tuple(s.startswith("+") for s in slots)
    )


def _index(frames: list[Frame]) -> Lexicon:
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
        words=frozenset([*verbs, *passives, *nouns, *adjectives]) | forms.keys(),
        forms=forms,
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

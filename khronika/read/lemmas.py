"""Lemmas from a closed table over (form, tag), and regular endings for the words it does not hold.

Trained lemmatizers fail on exactly the verbs that matter here (fined → "fin", jailed → "jaile", freed → "fre"), so
nothing is learned: the table (`lemmas.tsv`, from the treebanks' training part and a list of irregular verbs) answers
first; then the regular endings, undone towards a word the table knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from khronika.errors import ModelError

__all__ = ["Lemmas", "kind_of"]

_KINDS = {"VBD": "past", "VBN": "past", "VBG": "ing", "VBZ": "s", "NNS": "s"}
_KINDS |= {"JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est"}
_VOWELS = frozenset("aeiou")
_LOST_E = ("c", "v", "u", "rg", "dg", "ng", "at", "iz", "yz", "is", "as", "us", "os", "rs", "ns", "uir", "ibl")
_KEEP_DOUBLE = frozenset("lsfz")


def kind_of(tag: str) -> str:
    """The regular ending a Penn tag stands for: "past", "ing", "s", "er", "est", or "" for none."""
    return _KINDS.get(tag, "")


class Lemmas:
    """The table and the endings."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Args: rows: (form, tag, lemma), all but the tag lower-case; the tag may be "*" for any."""
        self._table: dict[tuple[str, str], str] = {}
        self._known: dict[str, set[str]] = {"V": set(), "N": set(), "J": set(), "R": set()}
        for form, tag, lemma in rows:
            self._table[form, tag] = lemma
            if tag[0] in self._known:
                self._known[tag[0]].add(lemma)

    @classmethod
    def load(cls, path: Path) -> Lemmas:
        """Read `lemmas.tsv` (form, tag, lemma; lines with # are comments). Raises ModelError if a line is bad."""
        rows = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line and not line.startswith("# "):
                cells = line.split("\t")
                if len(cells) != 3 or not cells[1]:
                    raise ModelError(f"{path.name} line {number}: expected form, tag, lemma")
                rows.append((cells[0], cells[1], cells[2]))
        return cls(rows)

    def lemma(self, form: str, tag: str) -> str:
        """Lower-case lemma of a word with its Penn tag ("fined", "VBD" → "fine"); a name keeps its form."""
        form = form.lower().replace("’", "'")
        known = self._table.get((form, tag)) or self._table.get((form, "*"))
        if known is not None:
            return known
        kind = kind_of(tag)
        return self.regular(form, kind, tag[0]) if kind and form.isalpha() else form

    def regular(self, form: str, kind: str, family: str) -> str:
        """Undo a regular ending.

        Args:
            form: lower-case word.
            kind: as from `kind_of`.
            family: first letter of the tag, V, N, J or R: which words count as known.

        Returns:
            The likeliest candidate that is known, else the likeliest; the form itself if no ending fits.
        """
        candidates = _s(form) if kind == "s" else _vowel_ending(form, kind)
        if not candidates:
            return form
        known = self._known.get(family, set())
        return next((c for c in candidates if c in known), candidates[0])


def _s(form: str) -> list[str]:
    """Stems of a form in -s, likeliest first."""
    if not form.endswith("s") or form.endswith("ss") or len(form) < 3:
        return []
    if form.endswith("ies") and len(form) > 4:
        return [form[:-3] + "y", form[:-1]]
    if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return [form[:-2], form[:-1]]
    if form.endswith(("oes", "ses", "zes")):
        return [form[:-1], form[:-2]]
    if form.endswith("men") and len(form) > 4:
        return [form[:-2] + "an"]
    return [form[:-1]]


def _vowel_ending(form: str, kind: str) -> list[str]:
    """Stems of a form in -ed, -ing, -er, -est, likeliest first."""
    ending = {"past": "ed", "ing": "ing", "er": "er", "est": "est"}[kind]
    stem = form.removesuffix(ending)
    if stem == form or len(stem) < 2:
        return []
    if stem.endswith("i") and kind != "ing":
        return [stem[:-1] + "y", stem + "e"]
    out = [stem + "e", stem] if _wants_e(stem) else [stem, stem + "e"]
    if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        undoubled = stem[:-1]
        out = [*out, undoubled] if stem[-1] in _KEEP_DOUBLE else [undoubled, *out]
    return out


def _wants_e(stem: str) -> bool:
    """Whether a bare stem looks as if it lost an -e: "releas", "charg", "fin", not "arrest", "detain", "beat"."""
    if stem.endswith(_LOST_E):
        return not stem.endswith(("ang", "ing", "ong", "eat", "oat", "ss", "ious"))
    if stem[-1] in "lr" and stem[-2] not in _VOWELS | set("lrwy"):
        return stem[-1] == "l"  # "handl", "settl"
    if len(stem) < 3 or stem[-1] in _VOWELS | set("wxyh") or stem[-2] not in _VOWELS or stem[-3] in _VOWELS:
        return False
    return sum(c in _VOWELS for c in stem) == 1  # "fin", "jok": a short vowel would have doubled the consonant

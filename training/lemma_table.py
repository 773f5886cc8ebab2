"""Writes the lemma table: what the treebanks' training part says, plus the verbs of `verbs.tsv`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from khronika.read.lemmas import kind_of
from training.corpus import ParsedText

_VERBS = Path(__file__).parent / "verbs.tsv"
_NAMES = frozenset(("NNP", "NNPS"))
_ODD = frozenset(("GW", "ADD", "FW", "NFP", "SYM", "LS"))
_CLITICS = (
    ("n't", "RB", "not"), ("ca", "MD", "can"), ("wo", "MD", "will"), ("sha", "MD", "shall"), ("'ll", "MD", "will"),
    ("'d", "MD", "would"), ("'d", "VBD", "have"), ("'ve", "VBP", "have"), ("'re", "VBP", "be"), ("'m", "VBP", "be"),
    ("'s", "POS", "'s"), ("'s", "VBZ", "be"), ("'s", "PRP", "us"), ("not", "RB", "not"),
)  # fmt: skip
Row = tuple[str, str, str]


def rows(texts: Iterable[ParsedText]) -> list[Row]:
    """(form, tag, lemma) of the table, sorted: names are left out, the hand-written verbs overrule the treebanks."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word, tag, lemma in zip(text.words, text.tags, text.lemmas, strict=True):
            form = word.lower().replace("’", "'")
            if tag not in _NAMES | _ODD and not any(c.isdigit() for c in form) and "\t" not in form:
                seen[form, tag][lemma.lower().replace("’", "'")] += 1
    table = {}
    for (form, tag), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if kind_of(tag) or tag[0] in "VM" or (count > 1 and lemma != form):
            if kind_of(tag) and count < 2 and lemma == form and form.endswith(("ed", "ing", "ies")):
                continue  # an annotation slip, likelier than a word without ending
            table[form, tag] = lemma
    for form, tag, lemma in (*_verb_rows(), *_CLITICS):
        table[form, tag] = lemma
    return sorted((form, tag, lemma) for (form, tag), lemma in table.items())


def _verb_rows() -> Iterable[Row]:
    for line in _VERBS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        base, past, participle = [*line.split("\t"), "", ""][:3]
        for tag in ("VB", "VBP"):
            yield base, tag, base
        for form in participle.split():  # each also under the other tag: taggers confuse the two
            yield form, "VBD", base
            yield form, "VBN", base
        for form in past.split():
            yield form, "VBD", base
            if form not in participle.split():
                yield form, "VBN", base
        if not past:
            for form in _forms(base):
                tag = "VBG" if form.endswith("ing") else "VBZ" if form.endswith("s") else ""
                for each in (tag,) if tag else ("VBD", "VBN"):
                    yield form, each, base


def _forms(base: str) -> Iterable[str]:
    """The regular forms of a base, both with and without a doubled last consonant where either may be written."""
    vowels = "aeiou"
    if base.endswith("e"):
        stem = base if base.endswith("ee") else base[:-2] + "y" if base.endswith("ie") else base[:-1]
        return [base + "d", base + "s", stem + "ing"]
    if base.endswith("y") and base[-2] not in vowels:
        return [base[:-1] + "ied", base[:-1] + "ies", base + "ing"]
    s = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    out = [base + "ed", base + s, base + "ing"]
    if len(base) > 2 and base[-1] not in vowels + "wxyh" and base[-2] in vowels and base[-3] not in vowels:
        out += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return out


def write(path: Path, table: Iterable[Row]) -> None:
    """Write `lemmas.tsv`."""
    head = "# form, Penn tag, lemma; from UD English EWT and GUM (training parts, CC BY-SA 4.0) and a list of verbs\n"
    path.write_text(head + "".join("\t".join(row) + "\n" for row in table), encoding="utf-8")

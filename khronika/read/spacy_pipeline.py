"""Any installed spaCy pipeline in place of the bundled model, its output put into the same words.

Stock English pipelines of spaCy label trees in the ClearNLP manner; where a label says the same in UD it is renamed,
and a preposition is turned under its noun ("in ← prison" becomes "in → prison"), since UD hangs it there. Pipelines
trained on UD labels pass through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from khronika.errors import ModelError
from khronika.read.parse import Name, Parse, Sentence, Token, Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.tokens import Token as Word

__all__ = ["SpacyPipeline"]

_NAMES = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_CLEARNLP = frozenset(("nsubjpass", "dobj", "pobj", "prep", "auxpass", "relcl", "pcomp", "attr", "agent"))
_UD = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "dative": "iobj",
    "relcl": "acl:relcl", "poss": "nmod:poss", "prt": "compound:prt", "neg": "advmod", "nn": "compound",
    "npadvmod": "obl:unmarked", "oprd": "xcomp", "acomp": "xcomp", "attr": "xcomp", "quantmod": "advmod",
    "predet": "det:predet", "preconj": "cc:preconj", "intj": "discourse", "nmod": "compound", "meta": "dep",
    "pcomp": "advcl",
}  # fmt: skip
_VERBAL = frozenset(("VERB", "AUX", "ADJ", "ADV"))


class SpacyPipeline:
    """Reads text with an installed spaCy pipeline."""

    def __init__(self, name: str) -> None:
        """Load a pipeline by its package name.

        Raises:
            ModelError: spaCy or the pipeline is not installed, or it has no sentences.
        """
        try:
            import spacy

            self._nlp = spacy.load(name)
        except ImportError as reason:
            raise ModelError(
                f"pipeline “{name}”: spaCy is not installed, and only “bundled” works without it"
            ) from reason
        except OSError as reason:
            raise ModelError(
                f"there is no pipeline “{name}”: give “bundled” or an installed spaCy pipeline"
            ) from reason
        if not {"parser", "senter", "sentencizer"} & set(self._nlp.pipe_names):
            self._nlp.add_pipe("sentencizer")
        self.name = name
        self.version = str(self._nlp.meta.get("version", ""))

    def parse_many(self, texts: Sequence[str]) -> Iterator[Parse]:
        """Read texts in order."""
        return map(self.parse, texts)

    def parse(self, text: str) -> Parse:
        """Read one text, line by line, so that no sentence crosses a line's end."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[Name] = []
        start = 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                _add(self._nlp(line), start, tokens, sentences, names)
            start += len(line)
        return Parse(text, tuple(tokens), tuple(sentences), tuple(names))


def _add(doc: Doc, start: int, tokens: list[Token], sentences: list[Sentence], names: list[Name]) -> None:
    """Append a line's words, sentences and names; words of white space are left out."""
    index: dict[int, int] = {}
    for word in doc:
        if not word.is_space:
            index[word.i] = len(tokens)
            place = (start + word.idx, start + word.idx + len(word))
            lemma = (word.lemma_ or word.text).lower()
            tokens.append(Token(len(tokens), word.text, *place, lemma, word.pos_, word.tag_))
    found = list(_names(doc.ents, index))
    names += found
    for span in doc.sents:
        held = [index[word.i] for word in span if word.i in index]
        if held:
            first, last = held[0], held[-1] + 1
            within = tuple(n for n in found if first <= n.first < last)
            tree = _tree(span, index)
            place = (tokens[first].start, tokens[last - 1].end)
            sentences.append(Sentence((first, last), place, within, lambda tree=tree: tree))  # type: ignore[misc]


def _names(entities: Iterable[Span], index: dict[int, int]) -> Iterator[Name]:
    for entity in entities:
        held = [index[word.i] for word in entity if word.i in index]
        label = _NAMES.get(entity.label_)
        if not held or label is None:
            continue
        if entity[0].lower_ in ("the", "a") and len(held) > 1:
            held = held[1:]
        if entity[-1].tag_ == "POS" and len(held) > 1:
            held = held[:-1]
        yield Name(held[0], held[-1] + 1, label, 1.0)


def _tree(span: Span, index: dict[int, int]) -> Tree:
    words = [word for word in span if word.i in index]
    heads = {word.i: word.head.i if word.head.i in index else word.i for word in words}
    deps = {word.i: "root" if heads[word.i] == word.i else word.dep_.lower() or "dep" for word in words}
    if any(dep in _CLEARNLP for dep in deps.values()):
        deps = {i: _UD.get(dep, dep) for i, dep in deps.items()}
        for word in words:
            if deps[word.i] in ("prep", "agent"):
                _turn(word, heads, deps)
        deps = {i: "case" if dep == "prep" else dep for i, dep in deps.items()}
    return tuple(index[heads[w.i]] for w in words), tuple(deps[w.i] for w in words)


def _turn(preposition: Word, heads: dict[int, int], deps: dict[int, str]) -> None:
    """Hang a preposition under its noun and the noun where the preposition hung."""
    noun = next((child.i for child in preposition.children if deps.get(child.i) == "pobj"), None)
    if noun is None:
        deps[preposition.i] = "advmod"
        return
    above = preposition.head
    agent = deps[preposition.i] == "agent"
    heads[noun] = heads[preposition.i]
    heads[preposition.i] = noun
    deps[noun] = "obl:agent" if agent else "obl" if above.pos_ in _VERBAL else "nmod"
    deps[preposition.i] = "case"

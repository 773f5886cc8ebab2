"""An installed spaCy pipeline in place of the bundled model (skipped where spaCy is not installed)."""

from __future__ import annotations

import pytest

from khronika.errors import ModelError
from khronika.read.spacy_pipeline import SpacyPipeline, _add

spacy = pytest.importorskip("spacy")


@pytest.fixture
def pipeline(tmp_path):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    patterns = (("GPE", "Ruritania"), ("NORP", "Kazakhs"), ("PERSON", "Marta Kovalenko"), ("DATE", "Tuesday"))
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in patterns])
    nlp.to_disk(tmp_path / "en_blank")
    return SpacyPipeline(str(tmp_path / "en_blank"))


def test_offsets_sentences_and_names(pipeline):
    text = "Marta Kovalenko left  Ruritania.\n\nShe was free on Tuesday. Kazakhs stayed."
    parse = pipeline.parse(text)
    assert all(text[t.start : t.end] == t.text for t in parse.tokens)
    assert [text[s.start : s.end] for s in parse.sentences] == [
        "Marta Kovalenko left  Ruritania.",
        "She was free on Tuesday.",
        "Kazakhs stayed.",
    ]
    found = [(text[parse.tokens[n.first].start : parse.tokens[n.last - 1].end], n.label) for n in parse.names]
    assert found == [("Marta Kovalenko", "PERSON"), ("Ruritania", "LOC"), ("Kazakhs", "ORG")]
    assert all(len(s.heads) == len(s.deps) == len(s) for s in parse.sentences)


def test_clearnlp_trees_become_ud(pipeline):
    words = ["She", "was", "detained", "by", "police", "in", "Almaty", "."]
    doc = spacy.tokens.Doc(
        pipeline._nlp.vocab,
        words=words,
        heads=[2, 2, 2, 2, 3, 2, 5, 2],
        deps=["nsubjpass", "auxpass", "ROOT", "agent", "pobj", "prep", "pobj", "punct"],
        pos=["PRON", "AUX", "VERB", "ADP", "NOUN", "ADP", "PROPN", "PUNCT"],
    )
    sentences = []
    _add(doc, 0, [], sentences, [])
    assert sentences[0].heads == (2, 2, 2, 4, 2, 6, 2, 2)
    assert sentences[0].deps == ("nsubj:pass", "aux:pass", "root", "case", "obl:agent", "case", "obl", "punct")


def test_an_unknown_pipeline_is_named():
    with pytest.raises(ModelError, match="en_no_such"):
        SpacyPipeline("en_no_such")

"""The bundled pipeline on real text: offsets, sentences, names, trees, and texts of bad shape."""

from __future__ import annotations

import shutil

import pytest

from khronika.errors import ModelError
from khronika.read.encoder import EncoderPipeline
from khronika.read.pipelines import BUNDLED, load_pipeline

STORY = """KARSK, Ruritania -- Police in Ruritania's capital detained four activists on Tuesday. Marta Kovalenko, \
34, was sentenced to 15 days in jail by the Central District Court.
Her lawyer, Aslan Beketov, said she didn't resist. “They beat her,” he added.
"""


@pytest.fixture(scope="module")
def pipeline():
    if not (BUNDLED / "encoder.onnx").exists():
        pytest.skip("the bundled model is not there")
    return load_pipeline("bundled")


@pytest.fixture(scope="module")
def story(pipeline):
    return pipeline.parse(STORY)


def sound(parse):
    """Whether offsets, indices and trees hold together."""
    assert [t.i for t in parse.tokens] == list(range(len(parse.tokens)))
    assert all(parse.text[t.start : t.end] == t.text for t in parse.tokens)
    at = 0
    for sentence in parse.sentences:
        assert sentence.first == at < sentence.last
        at = sentence.last
        assert sentence.start == parse.tokens[sentence.first].start
        assert sentence.end == parse.tokens[sentence.last - 1].end
        assert "\n" not in parse.text[sentence.start : sentence.end]
        assert len(sentence.heads) == len(sentence.deps) == len(sentence)
        assert all(sentence.first <= h < sentence.last for h in sentence.heads)
        roots = [i for i, h in enumerate(sentence.heads, sentence.first) if h == i]
        assert len(roots) == 1 == sentence.deps.count("root")
        assert all(sentence.first <= n.first < n.last <= sentence.last for n in sentence.names)
    assert at == len(parse.tokens)
    assert [n for s in parse.sentences for n in s.names] == list(parse.names)
    assert all(0 < n.score <= 1 and n.label in ("PERSON", "ORG", "LOC") for n in parse.names)


def word(parse, text):
    return next(t for t in parse.tokens if t.text == text)


def test_a_story_holds_together(story):
    sound(story)


def test_sentences(story):
    firsts = [story.tokens[s.first].text for s in story.sentences]
    assert firsts == ["KARSK", "Police", "Marta", "Her", "“"]


def test_names(story):
    found = {(STORY[story.tokens[n.first].start : story.tokens[n.last - 1].end], n.label) for n in story.names}
    assert {("Marta Kovalenko", "PERSON"), ("Aslan Beketov", "PERSON"), ("Central District Court", "ORG")} <= found
    assert ("Ruritania", "LOC") in found


def test_trees(story):
    police = story.sentences[1]
    arcs = {
        story.tokens[i].text: (dep, story.tokens[h].text)
        for i, (h, dep) in enumerate(zip(police.heads, police.deps, strict=True), police.first)
    }
    assert arcs["detained"] == ("root", "detained")
    assert arcs["Police"] == ("nsubj", "detained")
    assert arcs["activists"] == ("obj", "detained")


def test_tags_and_lemmas(story):
    assert (word(story, "detained").lemma, word(story, "detained").pos) == ("detain", "VERB")
    assert word(story, "sentenced").tag == "VBN"
    assert word(story, "n't").lemma == "not"


def test_a_text_reads_the_same_alone_and_among_others(pipeline, story):
    others = list(pipeline.parse_many(["Nothing happened.", STORY, "It rained. " * 30]))
    assert others[1].tokens == story.tokens
    assert others[1].names == story.names
    assert [s.heads for s in others[1].sentences] == [s.heads for s in story.sentences]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\u2028"])
def test_no_words_no_sentences(pipeline, text):
    parse = pipeline.parse(text)
    assert parse.tokens == parse.sentences == parse.names == ()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000 + " was arrested.",
        "a-b" * 700,
        "no end in sight " * 200,
        "One was held. " * 150,
        "\u0000\ufffd\ud800 odd \U0001f600 text",
        "漢字と " * 50,
        "." * 3000,
        "a\rb\x0bc\x85d",
    ],
)
def test_text_of_any_shape(pipeline, text):
    sound(pipeline.parse(text))


def test_a_dateline_is_a_sentence_of_its_own(pipeline):
    parse = pipeline.parse("MINSK (AP) — A court on Friday convicted two reporters.")
    assert [parse.tokens[s.first].text for s in parse.sentences] == ["MINSK", "A"]


def test_an_unknown_pipeline_is_refused():
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_pipeline("no_such_pipeline")


def test_an_absent_model_is_named(tmp_path):
    with pytest.raises(ModelError, match="absent or damaged"):
        EncoderPipeline(tmp_path)


def test_a_damaged_model_is_named(tmp_path, pipeline):
    folder = tmp_path / "en"
    shutil.copytree(BUNDLED, folder)
    (folder / "encoder.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="damaged"):
        EncoderPipeline(folder)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khronika.consult.passages import passages_of, shield
from khronika.facts.documents import BlockKind
from tests.consult.conftest import NOTICE, TAKEN, document_of


@given(st.text(max_size=300))
def test_the_shield_keeps_every_place(text):
    """Same length, no control characters, nothing that a chat template could be built of; twice is once."""
    out = shield(text)
    assert len(out) == len(text)
    assert not set("<>|\0\x1b\r") & set(out)
    assert "[INST]" not in out.upper()
    assert shield(out) == out
    out.encode()


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=5), st.data())
def test_what_is_sent_is_found_again(texts, data):
    """Any words of a block, as sent, lead to the document's own characters at that place."""
    document = document_of(*((BlockKind.STORY, text) for text in texts))
    passages = passages_of(document)
    for start, sent in passages.blocks:
        low = data.draw(st.integers(0, len(sent)))
        words = sent[low : data.draw(st.integers(low, len(sent)))].strip()
        if words:
            span = passages.find(words)
            assert span
            assert shield(document.text[span[0] : span[1]]) == words
        assert shield(document.text[start : start + len(sent)]) == sent


def test_only_what_is_read_is_sent():
    """No notice, no byline; a caption that is printed twice goes once; nothing is found in what is not sent."""
    document = document_of(
        (BlockKind.TITLE, "Baker held"), (BlockKind.BYLINE, "By Ana Roe"), (BlockKind.CAPTION, TAKEN),
        (BlockKind.STORY, TAKEN), (BlockKind.NOTICE, NOTICE),
    )  # fmt: skip
    passages = passages_of(document)
    assert passages.text == f"Baker held\n\n{TAKEN}"
    assert passages.find(NOTICE) is None
    assert passages.words("Ana Roe") is None


def test_words_are_whole_and_inside_one_block():
    """A name is not found in a longer one, a quotation not across two paragraphs."""
    passages = passages_of(document_of((BlockKind.STORY, "Anatoly left."), (BlockKind.STORY, "Ana <b>stayed</b>.")))
    assert passages.find("Ana", whole=True) == (15, 18)
    assert passages.find("left.\n\nAna") is None
    assert passages.words("b>stayed</b") == "b>stayed</b"
    assert passages.words("‹b›stayed") == "<b>stayed"
    assert passages.words(" ") is None

"""Copies of one text, and which documents count as one origin."""

import random

from khronika.link.copies import find_copies

WORDS = [f"word{i}" for i in range(400)]


def story(seed, length=150):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def test_the_earlier_of_two_equal_texts_is_the_origin(document):
    """Case, punctuation and the footer do not matter; the day of publication decides, then the id."""
    text = story(1)
    a = document("a", text.upper() + ".", published="2030-05-02", notice="Subscribe to A.")
    b = document("b", text, published="2030-05-01", notice="Copyright B, all rights reserved, write to us.")
    c = document("c", text)
    assert find_copies([a, b, c]).of == {"a": "b", "c": "b"}


def test_an_edited_copy_is_found_and_another_story_is_not(document):
    """A few changed words leave four fifths of the five-word runs; another story shares none."""
    words = story(2, 300).split()
    words[20], words[150] = "changed", "words"
    documents = [document("a", story(2, 300)), document("b", " ".join(words)), document("c", story(3, 300))]
    assert find_copies(documents).of == {"b": "a"}


def test_a_shortened_copy_is_one_and_a_text_that_takes_one_in_is_not(document):
    """A third cut off, under another headline: a copy. A brief that a later, longer story takes in makes none of it. Of
    one day the longer is the origin, whatever the ids."""
    whole = story(2, 300)
    cut = "Other words above " + " ".join(whole.split()[:200])
    assert find_copies([document("a", whole), document("b", cut)]).of == {"b": "a"}
    later = [document("a", cut, published="2030-05-01"), document("b", whole, published="2030-05-02")]
    assert find_copies(later).of == {}
    same = [document("a", cut, published="2030-05-01"), document("b", whole, published="2030-05-01")]
    assert find_copies(same).of == {"a": "b"}


def test_half_a_text_is_no_copy(document):
    """Background paragraphs that outlets reuse do not make a new story a copy."""
    shared = story(4, 100)
    documents = [document("a", shared + " " + story(5, 100)), document("b", shared + " " + story(6, 100))]
    assert find_copies(documents).of == {}


def test_short_and_empty_texts(document):
    """Two short texts are copies only when equal; empty ones never."""
    documents = [document("a", "He was freed."), document("b", "He was freed today."), document("c"), document("d")]
    assert find_copies(documents).of == {}


def test_what_capture_marked_stays_and_chains_end_at_the_first(document):
    """A copy of a copy points at the original; an unknown or self reference is ignored."""
    documents = [
        document("a", "One text."),
        document("b", "Two text.", copy_of="a"),
        document("c", "Three text.", copy_of="b"),
        document("d", "Four.", copy_of="gone"),
        document("e", "Five.", copy_of="e"),
    ]
    assert find_copies(documents).of == {"b": "a", "c": "a"}


def test_a_ring_of_copies_ends_at_its_earliest_member(document):
    """Contradicting marks cannot hang the run."""
    documents = [document("a", "One.", copy_of="b"), document("b", "Two.", copy_of="a")]
    assert find_copies(documents).of == {"b": "a"}


def test_relays_count_as_their_upstream(document):
    """One outlet upstream: its origin. Two: the story is the outlet's own. A copy counts as its original."""
    family = find_copies(
        [
            document("a", story(7), outlet="Northern Wire", published="2030-01-01"),
            document("b", story(8), outlet="Daily Echo", upstream=("Northern Wire",)),
            document("c", story(9), outlet="Daily Echo", upstream=("Northern Wire", "State News")),
            document("d", story(7), outlet="Mirror", published="2030-01-02"),
            document("e", story(10)),
        ]
    ).family
    assert family == {"a": "northern wire", "b": "northern wire", "c": "daily echo", "d": "northern wire", "e": "e"}


def test_order_of_arrival_does_not_matter(document):
    """The same documents in any order give the same copies."""
    documents = [document(f"d{i}", story(i % 5)) for i in range(15)]
    first = find_copies(documents)
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        assert find_copies(documents) == first
    assert len(first.of) == 10

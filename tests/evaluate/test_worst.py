"""The worst sentences: every fault is told once, at its sentence, and the worst comes first."""

from __future__ import annotations

from khronika.evaluate import evaluate, load_export, load_gold
from tests.evaluate.conftest import FINE, MARONKIN, QUOTE


def test_faults_are_told_at_their_sentence(write_gold, write_export):
    """A claim missed and one made up on one passage outweigh a wrong date on another."""
    gold = write_gold({"d": ("p.html", 1, [MARONKIN, FINE])})
    read = [
        MARONKIN | {"source": "p.html", "type": "release", "status": "planned"},
        FINE | {"source": "p.html", "date": "2025", "targets": ["Emre Brusk", "Ann Loy"]},
    ]
    found = evaluate(load_gold(gold), load_export(write_export(read))).sentences
    assert [(s.quote, s.wrong) for s in found] == [(QUOTE, 2), (FINE["quote"], 0.5)]
    assert found[0].faults == ["missed: transfer of Ilse Maronkin", "made up: release, planned of Ilse Maronkin"]
    assert found[1].faults == [
        "sentence, targets: Emre Brusk, Ann Loy where gold has Emre Brusk",
        "sentence, date: 2025 where gold has nothing",
    ]


def test_nothing_wrong_is_nothing_to_show(write_gold):
    """Gold against itself has no worst sentence."""
    gold = load_gold(write_gold({"d": ("p.html", 1, [MARONKIN, FINE])}))
    assert evaluate(gold, gold).sentences == ()


def test_a_sentence_given_by_its_start_is_the_same_sentence(write_gold, write_export):
    """The codebook lets a quote be its first 60 characters: faults of both claims meet at one sentence."""
    gold = write_gold(
        {
            "d": (
                "p.html",
                1,
                [MARONKIN, MARONKIN | {"id": "a9", "type": "threat", "subtype": None, "quote": QUOTE[:60]}],
            )
        }
    )
    found = evaluate(load_gold(gold), load_export(write_export([]))).sentences
    assert [len(s.faults) for s in found] == [2]

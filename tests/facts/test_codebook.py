"""The codebook is loaded as it stands, and a bad one is refused."""

from __future__ import annotations

from importlib.resources import files

import pytest

from khronika.errors import LexiconError
from khronika.facts.claims import Claim, Penalty
from khronika.facts.codebook import codebook, parse

TEXT = files("khronika").joinpath("resources", "codebook.toml").read_text(encoding="utf-8")


def test_the_packaged_codebook() -> None:
    """Kinds with their subtypes, states of which some are custody."""
    book = codebook()
    assert book.version == 1
    assert "hunger_strike" in book.kinds["custody_protest"]
    assert book.held < book.states
    assert {"free", "unknown", "restricted", "missing", "dead"} == book.states - book.held


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("version = 1", "version = 'one'", "version"),
        ('"happened", ', "", "statuses"),
        ('held = ["detained"', 'held = ["locked"', "locked"),
        ('"fine", ', '"fine", "fine", ', "penalties"),
        ("release = []", "release = 3", "release"),
        ("[kinds]", "[kinds", ""),
        ("[kinds]", "[other]", "kinds"),
    ],
)
def test_a_bad_codebook_is_refused(old: str, new: str, complaint: str) -> None:
    """Named by file and by what is wrong."""
    assert old in TEXT
    with pytest.raises(LexiconError, match=rf"codebook\.toml.*{complaint}"):
        parse(TEXT.replace(old, new))


def test_faults_of_a_claim() -> None:
    """Kinds, subtypes and penalties that the codebook does not have."""

    def made(type: str, subtype: str | None = None, penalty: str = "fine") -> Claim:
        penalties = (Penalty(penalty),)
        return Claim(
            document="d",
            source="s",
            start=0,
            end=0,
            quote="",
            type=type,
            subtype=subtype,
            reader="r",
            penalties=penalties,
        )

    assert codebook().faults(made("transfer", "solitary")) == []
    assert codebook().faults(made("picnic")) == ["no kind 'picnic'"]
    assert codebook().faults(made("transfer", "upwards")) == ["transfer has no subtype 'upwards'"]
    assert codebook().faults(made("sentence", penalty="detention")) == ["no penalty 'detention'"]

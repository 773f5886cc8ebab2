"""The frames: the bundled ones are sound, and a bad file stops the start with its name and reason."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from khronika.errors import LexiconError
from khronika.read.lexicon import load_lexicon

CODEBOOK = tomllib.loads((files("khronika") / "resources" / "codebook.toml").read_text())
FRAMES = load_lexicon().frames


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.id)
def test_each_frame_speaks_the_codebook(frame):
    """A frame's kind, subtype and status are the codebook's, and it says which sentence it is for."""
    assert frame.type in CODEBOOK["kinds"]
    assert frame.subtype is None or frame.subtype in CODEBOOK["kinds"][frame.type]
    assert frame.status is None or frame.status in CODEBOOK["statuses"]
    assert len(frame.example.split()) > 2


def test_every_kind_has_a_frame():
    """No kind of the codebook is out of the reader's reach."""
    assert {f.type for f in FRAMES} == set(CODEBOOK["kinds"])


def test_forms_cover_irregular_and_regular_verbs():
    """A word form finds its verb whatever tag it got: "freed", "held", "denied", "jailed"."""
    forms = load_lexicon().forms
    pairs = {"freed": "free", "held": "hold", "denied": "deny", "jailed": "jail", "fined": "fine", "fled": "flee"}
    assert {w: forms[w] for w in pairs} == pairs


def write(folder: Path, text: str) -> Path:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


GOOD = """[[frame]]
id = "x"
type = "detention"
shape = "done_to"
verbs = ["nick"]
example = "Police nicked him today."
"""


def test_a_documenter_can_add_a_verb(tmp_path):
    """A folder with one frame is a lexicon; its verb opens the gate in all its forms."""
    lexicon = load_lexicon(write(tmp_path, GOOD))
    assert {"nick", "nicked", "nicking"} <= lexicon.words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD.replace("verbs", "verb"), "no field 'verb'"),
        (GOOD.replace('shape = "done_to"\n', ""), "'shape' is missing"),
        (GOOD.replace("done_to", "doneto"), "no shape 'doneto'"),
        (GOOD + GOOD, "two frames are called 'x'"),
        ("[[frame]\n", "mine.toml"),
    ],
)
def test_a_bad_file_is_named_with_its_reason(tmp_path, text, reason):
    """Misspelled field, missing field, unknown shape, a name used twice, broken TOML."""
    with pytest.raises(LexiconError, match=reason.replace("[", r"\[")):
        load_lexicon(write(tmp_path, text))


def test_an_empty_folder_is_no_lexicon(tmp_path):
    """A wrong path must not read everything as silent."""
    with pytest.raises(LexiconError, match=r"no \.toml file"):
        load_lexicon(tmp_path)

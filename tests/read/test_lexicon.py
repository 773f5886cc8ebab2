"""The frames: the bundled ones are sound, and a bad file stops the start with its name and reason."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.errors import LexiconError
from khronika.read.lexicon import load_lexicon
from khronika.read.reader import load_reader
from khronika.read.tomllines import lines_of
from khronika.settings import Settings
from tests.read.conftest import story

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
    """An own frame is added to the bundled ones; its verb opens the gate in all its forms."""
    lexicon = load_lexicon(write(tmp_path, GOOD))
    assert {"nick", "nicked", "nicking"} <= lexicon.words
    assert [f.id for f in lexicon.frames] == [*(f.id for f in FRAMES), "x"]


def test_an_own_frame_stands_in_the_place_of_a_bundled_one(tmp_path):
    """The clear rule for an id that exists: replaced, not joined; the others stay."""
    lexicon = load_lexicon(write(tmp_path, GOOD.replace('"x"', '"detain"')))
    detain = next(f for f in lexicon.frames if f.id == "detain")
    assert [p.head for p in detain.verbs] == ["nick"]
    assert len(lexicon.frames) == len(FRAMES)
    assert not [f for f, _ in lexicon.by_verb.get("apprehend", ())]


def test_the_mark_is_of_what_is_said_not_how(tmp_path):
    """The same frames written otherwise give the same reader; another word another one; the bundled frames none."""
    mark = load_lexicon(write(tmp_path, GOOD)).mark
    assert len(mark) == 8
    assert load_lexicon(write(tmp_path, "# mine\n\n" + GOOD.replace("=", " = "))).mark == mark
    assert load_lexicon(write(tmp_path, GOOD.replace('["nick"]', '["nab"]'))).mark != mark
    assert load_lexicon().mark == ""


def test_capitals_are_folded(tmp_path):
    """A pattern may be written as the word is known ("file FIR against"): it is compared in lower case."""
    lexicon = load_lexicon(write(tmp_path, GOOD.replace('"nick"', '"Lodge FIR|Complaint against"')))
    assert lexicon.by_verb["lodge"][-1][1].slots == (frozenset({"fir", "complaint"}), frozenset({"against"}))


BEFORE = "# my own words\n\n" + GOOD + "\n"
LONG = GOOD.replace('["nick"]', '[\n  "nick", # taken\n  "",\n]')
BAD = {
    "a misspelled field": (GOOD.replace("verbs", "verb"), 5, "no field 'verb'; did you mean 'verbs'"),
    "a field of no likeness": (GOOD + "zzz = 1\n", 7, "no field 'zzz'; there are actor"),
    "a missing field": (GOOD.replace('shape = "done_to"\n', ""), 1, "'shape' is missing"),
    "an empty example": (GOOD.replace("Police nicked him today.", ""), 6, "'example' is missing"),
    "an unknown shape": (GOOD.replace("done_to", "doneto"), 4, "no shape 'doneto'"),
    "an unknown target": (GOOD + 'target = "human"\n', 7, "no target 'human'"),
    "an unknown kind": (GOOD.replace('"detention"', '"detainment"'), 3, "no kind 'detainment'; did you mean 'detent"),
    "an unknown kind it becomes": (GOOD + 'becomes = "penalty"\n', 7, "no kind 'penalty'"),
    "a subtype of another kind": (GOOD + 'subtype = "rally"\n', 7, "detention has no subtype 'rally'"),
    "subtypes of another kind": (GOOD + '[frame.subtypes]\nnick = "rally"\n', 7, "has no subtype 'rally'"),
    "an unknown status": (GOOD + 'status = "sure"\n', 7, "no status 'sure'"),
    "an empty pattern": (GOOD.replace('"nick"', '"nick", " "'), 5, "an empty pattern"),
    "an empty pattern on its own line": (LONG, 7, "an empty pattern"),
    "an empty word of a pattern": (GOOD.replace("nick", "take into|"), 5, "'into|' leaves a word empty"),
    "a plus before the verb": (GOOD.replace("nick", "+nick"), 5, "there is none"),
    "an empty noun": (GOOD + 'nouns = [""]\n', 7, "an empty word in 'nouns'"),
    "a sign where none is read": (GOOD + 'near = ["raid|sweep"]\n', 7, "are for verb patterns"),
    "an empty choice": (GOOD + 'nouns = ["raid|"]\n', 7, "leaves a word empty"),
    "a form for the verb": (GOOD.replace('"nick"', '"arrested"'), 5, "'arrested' is a form of 'arrest'"),
    "text for a list": (GOOD.replace('["nick"]', '"nick"'), 5, "'verbs' must be a list of words"),
    "a number among words": (GOOD.replace('["nick"]', "[1]"), 5, "'verbs' must be a list of words"),
    "text for yes or no": (GOOD + 'bare = "yes"\n', 7, "'bare' must be true or false"),
    "a number for text": (GOOD.replace('"x"', "7"), 2, "'id' must be text"),
    "a list for a table": (GOOD + "subtypes = []\n", 7, "'subtypes' must be a table"),
    "no word that fires": (GOOD.replace('verbs = ["nick"]\n', ""), 1, "no word that could fire it"),
    "a name used twice": (GOOD + GOOD, 8, "two frames are called 'x': the other is in mine.toml line"),
    "a table of another name": (GOOD.replace("[[frame]]", "[[frames]]"), 1, "no table 'frames'"),
    "one frame for a list": (GOOD.replace("[[frame]]", "[frame]"), 1, "not TOML: Cannot declare"),
    "broken TOML": (GOOD.replace('"done_to"', '"done_to'), 4, "not TOML"),
    "an end too early": (GOOD + 'unless = ["a",\n', 8, "not TOML"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_line_and_reason(tmp_path, name):
    """What a documenter can get wrong stops the start at the very line: nothing misspelled is read as silence."""
    text, line, reason = BAD[name]
    whole = BEFORE.replace('"x"', '"first"') + text
    with pytest.raises(LexiconError) as caught:
        load_lexicon(write(tmp_path, whole))
    assert caught.value.file == "mine.toml"
    assert reason in caught.value.reason
    if line is not None:
        assert caught.value.line == line + BEFORE.count("\n")
        assert f"mine.toml line {caught.value.line}: " in str(caught.value)


def test_two_files_with_one_id_name_each_other(tmp_path):
    """The duplicate is found across files too, and both places are said."""
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text("\n" + GOOD, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"b\.toml line 3: two frames .* in a\.toml line 2"):
        load_lexicon(tmp_path)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (GOOD.encode() + b"# caf\xe9\n", 7),
        (b"x = " + b"[" * 5_000 + b"]" * 5_000, None),
        (b"", 1),
        (b"[frame]\nid = 'x'\n", 1),
    ],
    ids=["latin-1", "nested", "empty", "one table"],
)
def test_bytes_that_are_no_frames_are_refused(tmp_path, content, line):
    """Another encoding, brackets without end, an empty file."""
    (tmp_path / "mine.toml").write_bytes(content)
    with pytest.raises(LexiconError) as caught:
        load_lexicon(tmp_path)
    assert (caught.value.file, caught.value.line) == ("mine.toml", line)


def test_notepad_writes_a_mark_and_carriage_returns(tmp_path):
    """A file saved on Windows is read, and its lines are counted right."""
    (tmp_path / "mine.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_lexicon(tmp_path).frames[-1].id == "x"
    (tmp_path / "mine.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("done_to", "to").replace("\n", "\r\n").encode())
    with pytest.raises(LexiconError, match="line 4"):
        load_lexicon(tmp_path)


def test_a_file_too_large_is_not_read(tmp_path):
    """A wrong file in the folder must not fill the memory."""
    (tmp_path / "mine.toml").write_bytes(b"#" * 2_000_001)
    with pytest.raises(LexiconError, match="larger than"):
        load_lexicon(tmp_path)


def test_an_empty_folder_is_no_lexicon(tmp_path):
    """A wrong path must not read by the bundled frames alone as if all were well."""
    with pytest.raises(LexiconError, match=r"no \.toml file"):
        load_lexicon(tmp_path)
    with pytest.raises(LexiconError, match="no such folder"):
        load_lexicon(tmp_path / "absent")


def test_an_own_verb_is_read_and_the_claim_says_by_which_lexicon(tmp_path):
    """From the file to the claim: at most a hunch before, read by its frame after, and the reader's name differs."""
    text = "Officers nicked Oskar Lind outside the town hall."
    plain = load_reader(Settings())
    own = load_reader(Settings(lexicon=str(write(tmp_path, GOOD))))
    assert all(c.rule and c.rule.startswith("hunch-") for c in plain.read(story(text)).claims)
    (claim,) = own.read(story(text)).claims
    assert (claim.type, claim.targets, claim.rule) == ("detention", ("Oskar Lind",), "x")
    assert claim.reader == own.name == plain.name.replace("frames 1", f"frames 1 + lexicon {own.lexicon.mark}")


@given(
    st.lists(st.sampled_from(["a = 1\n", "b = [\n'x', # ]\n\"y\"]\n", '"c" = """\n[[frame]]\n"""\n', "# [\n", "\n"]))
)
def test_every_field_is_found_at_its_line(pieces):
    """The law of the line finder: a table's line and its fields' lines are where they were written, whatever values,
    comments and strings of several lines stand between."""
    text, wanted = "", []
    for piece in pieces:
        text += "[[frame]]\n"
        head = text.count("\n")
        line = text.count("\n") + 1
        text += piece
        name = piece.split(" ")[0].strip('"') if "=" in piece else None
        wanted.append((head, {name: line} if name else {}))
    tomllib.loads(text)
    assert [(t.line, {k: s.line for k, s in t.fields.items()}) for t in lines_of(text, "frame")] == wanted

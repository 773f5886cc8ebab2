"""`khronika explain`: on the terminal, as JSON, with words of one's own, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from khronika.cli.main import khronika

PAGE = Path(__file__).parents[2] / "docs" / "lexicon.md"


@pytest.fixture
def call(monkeypatch):
    """Calls the program on a plain terminal of 88 columns."""
    monkeypatch.setenv("COLUMNS", "88")
    return lambda *words: CliRunner().invoke(khronika, ["explain", *words])


def test_the_whole_answer_for_one_sentence(call):
    """What a documenter sees: the tree, the names, the claim with the source of each value."""
    done = call("TARSK, Ruritania -- Police detained Oskar Lind.", "--published", "2024-05-15")
    assert done.exit_code == 0, done.output
    rows = done.stdout.splitlines()
    assert rows[0] == "Police detained Oskar Lind."
    assert [" ".join(row.split()[:2]) for row in rows[3:6]] == ["detained the", "├─ Police", "└─ Oskar"]
    assert rows[6].startswith("   └─ Lind ")
    assert "names: Oskar Lind (person)" in rows
    assert "claim: detention (police) on “detained”" in rows
    assert re.search(r"^  place +Tarsk +the dateline “TARSK, Ruritania”$", done.stdout, re.M)
    assert "  not found: date, charge" in rows
    assert rows[-1].startswith("read by frames ")


def test_a_program_gets_json(call):
    """Sentence by sentence, with the near misses that are too far off to be printed."""
    found = json.loads(call("The press release came. Police detained Oskar Lind.", "--json").stdout)
    assert [len(s["claims"]) for s in found["sentences"]] == [0, 1]
    assert found["sentences"][0]["near_misses"][0]["reason"] == "“press release” means something else"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((" ",), "there is no sentence"),
        (("x" * 20_001,), "longer than 20,000"),
        (("He was held.", "--published", "May 3"), "is not a day"),
        (("He was held.", "--lexicon", "absent"), "does not exist"),
    ],
)
def test_wrong_use_is_said(call, words, reason):
    """Nothing to explain, too much of it, no day, no folder: exit code 2 and one message."""
    done = call(*words)
    assert done.exit_code == 2
    assert reason in done.stderr


def test_hostile_text_cannot_steer_the_terminal(call):
    """Escapes and bidirectional marks of a pasted sentence are printed as nothing; half a character does not crash."""
    done = call("\x1b[2JPolice detained Oskar\u202e Lind\ud800 [bold]today[/bold].")
    assert done.exit_code == 0
    assert not set("\x1b\u202e\ud800") & set(done.stdout)


def test_the_page_on_words_of_ones_own_is_true(call, tmp_path, monkeypatch):
    """The page's file and commands give what the page says they give: claims, silences, errors."""
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text("utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    for folder, text in {"words": toml, "bad": toml.replace("done_to", "done-to")}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.toml").write_text(text, encoding="utf-8")
    blocks = re.findall(r"^\$ khronika explain \"([^\"]*)\"([^\n]*)\n(.*?)(?=^\$ |^```)", page, re.M | re.S)
    assert len(blocks) == 6
    for sentence, options, printed in blocks:
        done = call(sentence, *options.split())
        wanted = [
            row for row in printed.splitlines() if row.startswith(("claim: ", "no claim", "khronika: ", "  target"))
        ]
        assert wanted
        for row in wanted:
            assert row.split() in [shown.split() for shown in done.output.splitlines()]

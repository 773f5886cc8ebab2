"""`khronika evaluate`: the worst sentences, the confusion of kinds, a second reader's proposals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from khronika.cli.main import khronika
from khronika.facts.claims import Claim
from khronika.facts.second import SecondReading
from khronika.record.record import open_record

QUOTE = "Jorun Velkaste was detained outside the consulate in Oravat on 21 June."

COURT = "The Oravat City Court sentenced Jorun Velkaste to 15 days in jail for an unsanctioned picket on 22 June."


@pytest.fixture
def gold(tmp_path) -> Path:
    """What people annotated in one page of the small record: a detention, and a transfer that was none."""
    said = {"targets": ["Jorun Velkaste"], "status": "happened"}
    claims = [
        {"id": "g1", "event": "e", "type": "detention", "quote": QUOTE, "date": "2031-06-21", "place": ["Oravat"]}
        | said,
        {"id": "g2", "event": "f", "type": "transfer", "quote": COURT} | said,
    ]
    page = {"document": "c", "source": "court.txt", "part": 1, "claims": claims, "relations": []}
    (tmp_path / "c.json").write_text(json.dumps(page))
    return tmp_path


def call(*words: object):
    return CliRunner().invoke(khronika, ["evaluate", *map(str, words)])


def test_the_worst_sentence_and_the_confusion_are_printed(gold, record_folder):
    """A sentence read as a sentence where gold has a transfer: counted as confused, and shown with its words."""
    done = call(gold, "--record", record_folder, "--worst", "1")
    assert done.exit_code == 0, done.output
    rows = [" ".join(row.split()) for row in done.stdout.splitlines()]
    assert rows[rows.index("gold has read as times") + 1] == "transfer sentence 1"
    assert "court.txt 2 wrong" in rows
    assert "made up: sentence of Jorun Velkaste" in rows
    told = json.loads(call(gold, "--record", record_folder, "--worst", "1", "--json").stdout)
    assert [s["wrong"] for s in told["worst"]] == [2]
    assert {"gold": "transfer", "read": "sentence", "times": 1} in told["confusion"]
    assert "worst" not in json.loads(call(gold, "--record", record_folder, "--json").stdout)


def test_a_second_readers_proposals_are_scored_apart(gold, record_folder, tmp_path):
    """With --reader llm what the second reader proposes is compared, and nothing else."""
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(record_folder, folder)
    assert "no second reader" in call(gold, "--record", folder, "--reader", "llm").stderr
    with open_record(folder) as record:
        document = next(d for d in record.view().documents() if d.source == "court.txt")
        start = document.text.index(QUOTE)
        claim = Claim(
            document=document.id, source=document.source, start=start, end=start + len(QUOTE), quote=QUOTE,
            type="detention", reader="llm 1 / m", targets=("Jorun Velkaste",),
        )  # fmt: skip
        record.append_second(document, SecondReading(document=document.id, reader="llm 1 / m", claims=(claim,)))
    told = json.loads(call(gold, "--record", folder, "--reader", "llm", "--json").stdout)
    assert told["claims"] | {"f1": 0} == {"p": 1, "r": 0.5, "f1": 0, "gold": 2, "system": 1}
    assert json.loads(call(gold, "--record", folder, "--json").stdout)["claims"]["system"] == 2


def test_proposals_need_a_record(gold):
    """Scoring a second reader means scoring what it has read: nothing is sent anywhere by an evaluation."""
    done = call(gold, "--reader", "llm")
    assert done.exit_code == 2
    assert "--record" in done.stderr

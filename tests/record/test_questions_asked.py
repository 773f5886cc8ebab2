"""Who may be one person is kept as a question with its reasons, and goes when stories answer it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from khronika.cli.main import khronika
from khronika.record.record import Record
from tests.telling import Teller

WHO = "Jorun Velkaste"


def tell(record: Record, outlet: str, town: str, day: str) -> Record:
    """One more story of an arrest in a town."""
    teller = Teller(record)
    said = (f"Police detained {WHO} in {town}.", "detention", {"targets": (WHO,), "place": (town,)})
    teller.story(day, said, outlet=outlet)
    return teller.done()


def test_two_of_one_name_in_two_towns_are_a_question(empty: Record) -> None:
    """Name and outlet are too little: two people, and a question that names both with what was compared."""
    tell(empty, "The Courier", "Almaty", "2031-01-05")
    tell(empty, "The Courier", "Minsk", "2033-06-05")
    assert [p.name for p in empty.people()] == [WHO, WHO]
    (asked,) = empty.view().questions()
    assert {asked.a, asked.b} == {p.id for p in empty.people()}
    assert 0 < asked.score < 1 and asked.reasons and len(asked.values) == len(asked.reasons)


def test_questions_are_listed(empty: Record, tmp_path: Path) -> None:
    """`people --unsure` shows both names and the reasons; for programs with ids; none at all is said so."""
    folder = str(empty.path)
    tell(empty, "The Courier", "Almaty", "2031-01-05")
    none = CliRunner().invoke(khronika, ["people", "--unsure", "--record", folder])
    assert (none.exit_code, none.output.strip().splitlines()[-1]) == (0, "0 questions for a person to answer")
    tell(empty, "The Courier", "Minsk", "2033-06-05")
    shown = CliRunner().invoke(khronika, ["people", "--unsure", "--record", folder])
    assert shown.output.count(WHO) == 2 and "1 question for a person" in shown.output
    told = json.loads(CliRunner().invoke(khronika, ["people", "--unsure", "--json", "--record", folder]).stdout)
    assert told[0]["names"] == [WHO, WHO]

"""The verbs that ask about everyone: held, overdue, unknown, contradictions, changes, relatives; on a plain terminal,
as JSON, and what each refuses."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from khronika.cli.main import khronika
from khronika.facts.claims import Status
from khronika.record.record import open_record
from tests.telling import ARREST, JAIL, Teller, term

JORUN, TAVI = {"targets": ("Jorun Velkaste",)}, {"targets": ("Tavi Ostrem",)}
LONG = {"targets": ("Құрманғазы Нұрмұхамедұлы Жүнісбековтің-Сейітқазиев",)}
EVIL = "\x1b[2JPolice [bold]told[/bold] \u202eyad\u202c of Tavi Ostrem."


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Jorun in prison for three years; Tavi 15 days, denied; one whose name is long and Cyrillic; hostile words."""
    folder = tmp_path_factory.mktemp("asked") / "record"
    with open_record(folder, create=True) as record:
        teller = Teller(record)
        teller.story(
            "2031-04-11",
            ("The Oravat City Court gave Jorun Velkaste three years for inciting unrest.", "sentence",
             JORUN | term(JAIL, "P3Y") | {"date": "2031-04-10", "place": ("Oravat",), "charge": "inciting unrest",
                                          "actors": ("Oravat City Court",), "speaker": "Dana Velkaste"}),
            relations=(("Dana Velkaste", "spouse", "Jorun Velkaste", "Dana Velkaste is his wife."),),
        )  # fmt: skip
        teller.story(
            "2031-06-22",
            ("Tavi Ostrem got 15 days in Minsk on 21 June.", "sentence",
             TAVI | term(ARREST, "P15D") | {"date": "2031-06-21", "place": ("Minsk",)}),
            (EVIL, "ill_treatment", TAVI | {"date": "2031-06-21"}),
        )  # fmt: skip
        teller.story(
            "2031-06-23",
            ("Nobody sentenced Tavi Ostrem, a ministry said.", "sentence",
             TAVI | {"date": "2031-06-21", "status": Status.DENIED, "speaker": "\x1b[31mministry"}),
            outlet="State \u202eWire",
        )  # fmt: skip
        teller.story("2031-06-20", ("He was taken.", "detention", LONG | {"date": "2031-06-19", "place": ("Алматы",)}))
        teller.done()
    return folder


@pytest.fixture
def ask(asked: Path, monkeypatch: pytest.MonkeyPatch):
    """Calls the program on that record, on a plain terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str) -> Result:
        return CliRunner().invoke(khronika, [*words, "--record", str(asked)])

    return run


def plain(done: Result) -> str:
    return " ".join(done.stdout.split())


def test_held_names_day_state_end_and_place(ask):
    """A line for each, the expected end marked as due, and how many."""
    done = ask("held", "--on", "2031-06-25")
    assert done.exit_code == 0
    row = next(line for line in done.stdout.splitlines() if line.startswith("Jorun"))
    assert row.split() == ["Jorun", "Velkaste", "2031-04-10", "due", "2034-04-10", "imprisoned", "Oravat"]
    assert "3 people known to be held on 2031-06-25" in plain(done)


def test_where_accounts_differ_that_is_said(ask):
    """A denial stands beside the sentence that it denies, in the list and with --sentences."""
    done = ask("held", "--on", "2031-06-25", "--sentences")
    assert "Tavi Ostrem: detained (1 independent origin); denied (1 independent origin)" in plain(done)
    assert "“Nobody sentenced Tavi Ostrem, a ministry said.”" in plain(done)
    assert "“The Oravat City Court gave Jorun Velkaste three years for inciting unrest.”" in plain(done)
    assert "court: Oravat City Court" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("held", "--on", "2031-06-01", "--place", "Almaty"), "Nobody is known to be held on 2031-06-01 in Almaty"),
        (("held", "--on", "2031-06-25", "--charge", "treason", "--court", "high", "--known", "2031-07-01"),
         "Nobody is known to be held on 2031-06-25, on a charge with “treason”, by a court with “high” in its name, as "
         "the record could know on 2031-07-01"),
        (("held", "--on", "2031-06-25", "--list", "prisoners"), "on a list with “prisoners” in its name"),
        (("overdue", "--on", "2031-06-25"), "Of nobody a release is overdue on 2031-06-25"),
        (("unknown", "--on", "2031-06-25"), "There is nobody whose custody began and is unknown on 2031-06-25"),
        (("contradictions", "--person", "Velkaste, Jorun"), "No contradiction about Jorun Velkaste is in the record"),
        (("contradictions", "--kind", "figure"), "No contradiction (how many) is in the record"),
        (("changes", "--since", "2031-07-01"), "Nothing changed after 2031-07-01, up to 2031-07-01"),
        (("relatives", "Ostrem"), "No report in the record says who is related to Tavi Ostrem."),
    ],
)  # fmt: skip
def test_an_empty_answer_says_what_was_asked(ask, words, said):
    """Nothing found is an answer, exit code 0, and repeats the question."""
    done = ask(*words)
    assert done.exit_code == 0
    assert said in plain(done)


def test_overdue_and_unknown(ask):
    """From 6 July on a release is overdue; 19 days later that is 19 days."""
    done = ask("overdue", "--on", "2031-07-25")
    row = next(line for line in done.stdout.splitlines() if line.startswith("Tavi"))
    assert row.split() == ["Tavi", "Ostrem", "2031-07-06", "19", "detained", "2031-06-23"]
    assert "release overdue" in plain(ask("unknown", "--on", "2031-07-25"))
    assert "of 1 person more a release is overdue" in plain(ask("held", "--on", "2031-07-25"))


def test_contradictions_show_both_sides(ask):
    """What hangs on it, each value with its origins and a sentence."""
    done = ask("contradictions", "--kind", "held")
    assert "held or free: accounts differ on status" in plain(done)
    assert plain(done).index("happened (1 independent origin)") < plain(done).index("denied (1 independent origin)")
    assert plain(done).endswith("1 contradiction (held or free), the worst first")


def test_relatives_name_tie_and_voice(ask):
    """Who is who to the person, and who speaks, with the words."""
    words = plain(ask("relatives", "jorun"))
    assert "Dana Velkaste, spouse" in words
    assert "“Dana Velkaste is his wife.”" in words
    assert "Dana Velkaste, spouse: 1 statement" in words


def test_changes_name_custody_people_and_events(ask):
    """What became known after the day, under its head."""
    words = plain(ask("changes", "--since", "2031-06-21"))
    assert "After 2031-06-21, up to 2031-06-23: 2 stories became known" in words
    assert "Tavi Ostrem: unknown → detained, since 2031-06-21" in words
    assert "New contradictions (1)" in words


@pytest.mark.parametrize("width", ["60", "80", "120"])
@pytest.mark.parametrize(
    "words",
    [
        ("held", "--on", "2031-06-25"), ("held", "--on", "2031-06-25", "--sentences"),
        ("unknown", "--on", "2031-07-25"),
        ("overdue", "--on", "2031-07-25", "--sentences"), ("contradictions",), ("changes", "--since", "2031-01-01"),
        ("relatives", "ostrem"),
    ],
)  # fmt: skip
def test_everything_fits_the_terminal_and_steers_nothing(ask, monkeypatch, words, width):
    """No line over the edge, whatever the letters; no escape codes or overrides from a story, an outlet, a speaker."""
    monkeypatch.setenv("COLUMNS", width)
    done = ask(*words)
    assert done.exit_code == 0
    assert all(len(line) <= int(width) and line == line.rstrip() for line in done.stdout.splitlines())
    assert not {unicodedata.category(c) for c in done.stdout if c != "\n"} & {"Cc", "Cs"}
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize("verb", ["held", "unknown", "overdue"])
def test_a_list_in_json_names_question_and_words(ask, verb):
    """A program gets what was asked, and for each person the sentences with their ids."""
    told = json.loads(ask(verb, "--on", "2031-07-25", "--place", "BY", "--json").stdout)
    assert told["question"] == {
        f"{verb}_on": "2031-07-25", "known": None, "place": "BY", "charge": None, "court": None, "list": None,
    }  # fmt: skip
    assert [p["name"] for p in told["people"]] == ([] if verb == "held" else ["Tavi Ostrem"])
    for person in told["people"]:
        assert {"event", "claim", "quote", "document", "outlet", "speaker"} <= set(person["because"][0])


def test_the_order_of_options_changes_nothing(ask):
    """The same question typed in another order gets the same bytes: answers can be compared and kept."""
    first = ask("held", "--on", "2031-07-25", "--place", "BY", "--charge", "unrest", "--json")
    assert first.exit_code == 0
    assert ask("held", "--charge", "unrest", "--json", "--place", "BY", "--on", "2031-07-25").stdout == first.stdout
    plain = ask("held", "--on", "2031-07-25", "--place", "BY", "--charge", "unrest").stdout
    assert ask("held", "--charge", "unrest", "--place", "BY", "--on", "2031-07-25").stdout == plain


def test_the_others_in_json(ask):
    """Each answer has its words, and nothing that could steer a terminal."""
    (one, *_) = json.loads(ask("contradictions", "--json").stdout)
    assert one["sides"][0]["sentences"][0]["quote"]
    changed = json.loads(ask("changes", "--since", "2031-06-21", "--json").stdout)
    assert changed["custody"][0]["because"][0]["quote"]
    assert json.loads(ask("relatives", "jorun", "--json").stdout)["ties"][0]["told"][0]["quote"]
    assert "\x1b" not in ask("contradictions", "--json").stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("held", "--on", "June"), "is not a day"),
        (("held", "--known", "2031-02-30"), "is not a day"),
        (("held", "--place", "?!"), "holds no word to look for"),
        (("overdue", "--court", ""), "holds no word to look for"),
        (("changes",), "--since"),
        (("changes", "--since", "2031-06-22", "--until", "2031-06-21"), "--until 2031-06-21 is before --since"),
        (("contradictions", "--kind", "worst"), "'worst' is not one of 'held'"),
        (("contradictions", "--worst", "0"), "0 is not in the range"),
    ],
)  # fmt: skip
def test_wrong_use_is_said(ask, words, reason):
    """Each mistake has its own words and exit code 2; nothing is printed as an answer."""
    done = ask(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert reason in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    "words", [("relatives", "Aurelio Montague"), ("contradictions", "--person", "Aurelio Montague")]
)
def test_nobody_of_that_name(ask, words):
    """Not found ends with 3, as everywhere."""
    done = ask(*words)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "Aurelio Montague" in done.stderr


PAGE = Path(__file__).parents[2] / "docs" / "questions.md"
IDS = re.compile(r"\b[cdepo][0-9a-f]{16}\b")


def test_the_page_on_questions_is_true(tmp_path, monkeypatch):
    """The page's stories, read with the page's manifest, give what the page prints, line for line but for the ids."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "88")
    page = PAGE.read_text("utf-8")
    (stories,), (manifest,) = (re.findall(rf"```{kind}\n(.*?)```", page, re.S) for kind in ("text", "csv"))
    (tmp_path / "stories").mkdir()
    for name, text in (line.split(": ", 1) for line in stories.splitlines()):
        (tmp_path / "stories" / name).write_text(text + "\n", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    read = CliRunner().invoke(khronika, ["read", "stories", "--manifest", "manifest.csv"])
    assert read.exit_code == 0, read.output
    blocks = re.findall(r"^\$ khronika ([^\n]*)\n(.*?)(?=^\$ |^```)", page, re.M | re.S)
    assert len(blocks) == 8
    for command, printed in blocks:
        done = CliRunner().invoke(khronika, shlex.split(command))
        assert IDS.sub("ID", done.output).rstrip() == IDS.sub("ID", printed).rstrip(), command

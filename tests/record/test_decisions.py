"""What people decide stays: in order, sealed, against the version that was seen, and in everything that is derived."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from khronika.errors import ChangedMeanwhile, DamagedRecord, NotFound, UsageError
from khronika.facts.claims import Mention
from khronika.facts.decisions import By, Verb
from khronika.flow import link
from khronika.publish.export import export
from khronika.record import book, derived, log
from khronika.record.record import Record, open_record
from tests import stories


@pytest.fixture(autouse=True)
def linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from a decision is derived at once, as for a user of the package."""
    monkeypatch.setattr(Record, "follow", lambda self: link(self))


def first(record: Record, type: str = "detention"):
    """The first claim of the kind."""
    return next(c for d in record.documents() for c in record.claims_in(d.id) if c.type == type)


def states(record: Record) -> list[tuple[str | None, str | None, str]]:
    """Aigul Nurlan's custody."""
    return [(i.start, i.end, i.state) for i in record.case("Aigul Nurlan").custody]


def dumped(record: Record) -> list[str]:
    """All that is derived."""
    return [*derived.dump(record.alias)]


def test_a_rejected_claim_carries_nothing_and_stays_visible(record: Record, tmp_path) -> None:
    """No event, no custody, no line of an export rests on it; it is shown as rejected, by whom and why."""
    claim = first(record, "release")
    before = states(record)
    record.reject(claim.id, By("Ana", "her lawyer says she is still held"))
    assert record.event_of(claim.id) is None
    assert all(state != "free" for _, _, state in states(record))
    assert claim.id in {c.id for c in record.claims_in(claim.document)}
    ruling = record.rulings([claim.document])[claim.id]
    assert ruling.is_rejected and ruling.standing.by == "Ana"
    with record.snapshot() as view:
        export(view, tmp_path / "out")
    assert claim.id not in (tmp_path / "out" / "claims.jsonl").read_text("utf-8")
    record.confirm(claim.id, "Bo")
    assert states(record) == before


def test_a_corrected_field_counts_and_the_read_one_stays_beside_it(record: Record, tmp_path) -> None:
    """Custody, events and export have the right value under the claim's own id; what was read is kept."""
    claim = first(record)
    record.correct(claim.id, "date", "2021-06-20", "Ana")
    assert states(record)[0][0] == "2021-06-20"
    assert record.claim(claim.id).date == "2021-06-20"
    assert record.event(record.event_of(claim.id)).date == "2021-06-20"
    assert record.shown(claim.id).fields["read"]["date"] == "2021-06-22"
    with record.snapshot() as view:
        export(view, tmp_path / "out")
    (line,) = [x for x in (tmp_path / "out" / "claims.jsonl").read_text("utf-8").splitlines() if claim.id in x]
    assert '"date":"2021-06-20"' in line.replace(": ", ":")
    record.correct(claim.id, "date", None, "Ana")
    assert record.claim(claim.id).date is None


def test_a_name_that_only_a_correction_gives_is_somebody(record: Record) -> None:
    """The right name becomes a person of the record, though the document never writes it."""
    claim = first(record)
    record.correct(claim.id, "targets", ["Saule Ermek"], "Ana")
    assert record.event(record.event_of(claim.id)).targets == (record.person("Saule Ermek").id,)
    record.undo(1, "Ana")
    with pytest.raises(NotFound):
        record.person("Saule Ermek")


def test_undoing_is_a_decision_too(record: Record) -> None:
    """Everything is as it was, to the byte, and both decisions stay in the book; undoing the undo brings it back."""
    before = dumped(record)
    claim = first(record)
    record.reject(claim.id, "Ana")
    changed = dumped(record)
    record.undo(1, By("Bo", "a slip"))
    assert dumped(record) == before
    assert [d.verb for d in record.decisions()] == [Verb.REJECT, Verb.UNDO]
    assert record.in_force() == {2}
    with pytest.raises(UsageError, match="undone already, by Bo"):
        record.undo(1, "Cy")
    record.undo(2, "Ana")
    assert dumped(record) == changed


@pytest.mark.parametrize("change", ["reject", "date", "duration", "targets", "type", "place", "speaker"])
def test_deciding_derives_what_relinking_does(record: Record, change: str) -> None:
    """What a decision changes is what follows from all claims and all decisions, whichever came first."""
    claim = first(record)
    values = {
        "date": "2021-06-19", "duration": "P3D", "targets": ["Daniyar Ospan"], "type": "internment",
        "place": ["Oral", "Kazakhstan"], "speaker": "Interior Ministry",
    }  # fmt: skip
    if change == "reject":
        record.reject(claim.id, "Ana")
    else:
        record.correct(claim.id, change, values[change], "Ana")
    now = dumped(record)
    record.verify()
    link(record, anew=True)
    assert dumped(record) == now


def test_a_decision_is_made_once(record: Record) -> None:
    """Asked for twice, with or without the version, it is written once; by somebody else it is another."""
    claim = first(record)
    version = record.shown(claim.id).version
    one = record.confirm(claim.id, By("Ana", seen=(version,)))
    assert record.confirm(claim.id, By("Ana", seen=(version,))).number == one.number
    assert record.confirm(claim.id, "Ana").number == one.number
    assert record.confirm(claim.id, "Bo").number == 2
    assert record.confirm(claim.id, "Ana").number == 3


def test_another_version_is_a_conflict(record: Record) -> None:
    """Who decides about what is not there any more is told both versions and who changed it; nothing is written."""
    claim = first(record)
    seen = record.shown(claim.id).version
    record.correct(claim.id, "date", "2021-06-20", "Ana")
    with pytest.raises(ChangedMeanwhile) as caught:
        record.reject(claim.id, By("Bo", seen=(seen,)))
    error = caught.value
    assert error.exit_code == 5
    assert (error.seen, error.now) == (seen, record.shown(claim.id).version)
    assert error.saw["date"] == "2021-06-22" and error.shows["date"] == "2021-06-20"
    assert "correct by Ana" in str(error)
    assert len(record.decisions()) == 1
    record.reject(claim.id, By("Bo", seen=(error.now,)))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("quote", "x", "no field"),
        ("date", "22 June", "date"),
        ("date", "", "words are needed"),
        ("type", "arrest", "no kind"),
        ("type", None, "reject it"),
        ("status", "maybe", "no status"),
        ("subtype", "solitary", "no subtype"),
        ("targets", [], "names are needed"),
        ("targets", "Aigul", "names are needed"),
        ("targets", [" "], "names are needed"),
        ("count", {"min": 5, "max": 2}, "smaller first"),
        ("count", {"min": -1}, "smaller first"),
        ("count", {"least": 1}, "numbers are needed"),
        ("count", True, "numbers are needed"),
        ("penalties", [{"kind": "exile"}], "its kind is one of"),
        ("penalties", [{"kind": "fine", "amount": "much"}], "no amount"),
        ("penalties", [{"kind": "fine", "amount": 3, "currency": "tenge"}], "no currency"),
        ("penalties", [{"kind": "imprisonment", "duration": "2 years"}], "P2Y"),
        ("duration", "two weeks", "P15D"),
        ("penalties", [{"kind": ["fine"]}], "its kind is one of"),
        ("count", {"min": 10**20}, "no numbers of people"),
        ("type", "arrest", "there is .*detention"),
        ("subtype", "solitary", "there is .*police"),
        ("targets", ["\u202e\u200b"], "names are needed"),
        ("hedged", "yes", "true or false"),
        ("charge", "x" * 3000, "too long"),
        ("date", "2021-06-22", "says so already"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(record: Record, field: str, value: object, words: str) -> None:
    """Each kind of slip is told in words, and nothing is written."""
    with pytest.raises(UsageError, match=words):
        record.correct(first(record).id, field, value, "Ana")
    assert not record.decisions()


def test_other_slips_are_refused(record: Record) -> None:
    """Nobody decides; no such claim; no such view; no such decision; an empty note; as many versions as things."""
    claim = first(record).id
    for call, error in (
        (lambda: record.confirm(claim, " "), UsageError),
        (lambda: record.confirm(claim, "\u200b\u202e"), UsageError),
        (lambda: record.confirm(claim, By("Ana", "x" * 20_000)), UsageError),
        (lambda: record.confirm("c0", "Ana"), NotFound),
        (lambda: record.confirm("x'; DROP TABLE decision; --", "Ana"), NotFound),
        (lambda: record.set_view(claim, "secret", "Ana"), UsageError),
        (lambda: record.undo(1, "Ana"), NotFound),
        (lambda: record.note(claim, " ", "Ana"), UsageError),
        (lambda: record.note("7", "x", "Ana"), NotFound),
        (lambda: record.confirm(claim, By("Ana", seen=("a", "b"))), UsageError),
    ):
        with pytest.raises(error):
            call()
    assert not record.decisions()


def test_a_kind_that_does_not_fit_the_subtype_says_what_to_do(record: Record) -> None:
    """A claim of another kind has another kind's subtypes: what is to be corrected first is said, and works."""
    claim = first(record).id
    record.correct(claim, "subtype", "police", "Ana")
    with pytest.raises(UsageError, match="correct the subtype first: empty, or one of"):
        record.correct(claim, "type", "release", "Ana")
    record.correct(claim, "subtype", None, "Ana")
    assert record.correct(claim, "type", "release", "Ana").number == 3


def test_an_id_of_something_else_is_named_as_such(record: Record) -> None:
    """Who gives the id of an event where a claim's is wanted learns which it is; both of one merge are named."""
    claim = first(record)
    event, person = record.event_of(claim.id), record.person("Aigul Nurlan")
    for id, words in ((event, "id of an event"), (claim.document, "id of a document"), (person.id, "id of a person")):
        with pytest.raises(NotFound, match=words):
            record.confirm(id, "Ana")
    with pytest.raises(NotFound, match="another id when"):
        record.link_claim(claim.id, "e0123456789abcdef", "Ana")
    with pytest.raises(NotFound, match="another id when"):
        record.show("e0123456789abcdef")
    with pytest.raises(UsageError, match=f"one in the record: {person.name}"):
        record.merge(person.id, person.name, "Ana")
    with pytest.raises(UsageError, match=f"{person.name}, who is in d.*{claim.document}/"):
        record.split(person.id, ["d0123456789abcdef"], "Ana")


def test_what_cannot_be_seen_is_not_kept(record: Record) -> None:
    """Two reviewers' names that look alike are one name; no word of a decision steers a terminal, also by other
    programs; lines of a note stay lines; bytes that are no text (lone surrogates) are no reason to fail."""
    claim = first(record).id
    record.correct(claim, "place", ["At\x1b]0;x\x07\u202elantis"], By("A\u200bna\n", "from\u202e the\nlist \udcff"))
    record.note(claim, "one\x07\ntwo", "Ana")
    placed, noted = record.decisions(who="Ana")
    assert (placed.by, placed.why, placed.value) == ("Ana", "from the\nlist", ["At]0;xlantis"])
    assert noted.value == "one\ntwo"


def test_views_and_notes_are_kept(record: Record) -> None:
    """The last view counts; notes stand about anything; neither changes what is derived."""
    claim, before = first(record), dumped(record)
    record.set_view(claim.id, "public", "Ana")
    record.set_view(claim.id, "partner", "Bo")
    person = record.person("Aigul Nurlan").id
    event = record.event_of(claim.id)
    for id in (claim.id, person, event, claim.document, "1"):
        record.note(id, f"seen {id}", "Ana")
    assert record.rulings([claim.document])[claim.id].view.value == "partner"
    assert dumped(record) == before
    assert {d.number for d in record.decisions(about=person)} == {1, 2, 3, 4, 5, 7}
    assert [d.number for d in record.decisions(about=claim.id, who="bo")] == [2]
    assert record.verify().ok


def test_each_decision_has_its_entry_in_the_log(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written in the same transaction: where the log cannot be written, nothing is decided."""
    claim = first(record)
    record.confirm(claim.id, "Ana")
    assert [e.body["number"] for e in log.entries(record.alias) if e.act == "decision"] == [1]

    def refuse(*_: object) -> str:
        raise OSError("no room for the log")

    monkeypatch.setattr(log, "write", refuse)
    with pytest.raises(OSError):
        record.reject(claim.id, "Ana")
    monkeypatch.undo()
    assert [d.verb for d in record.decisions()] == [Verb.CONFIRM]
    assert record.verify().ok


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE decision SET body = replace(body, 'Ana', 'Bob') WHERE seq = 2", "decision 2: the row was changed"),
        ("UPDATE decision SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 1", "decision 1: the row was changed"),
        ("UPDATE decision SET body = replace(body, 'Ana', 'Bob'), seal = 'made to fit' WHERE seq = 2", "decision 2"),
        ("DELETE FROM decision WHERE seq = 1", "is in the log and gone"),
        ("UPDATE decision SET seq = 9 WHERE seq = 1", "decision 9: the row was changed"),
    ],
)
def test_a_changed_decision_is_named(record: Record, change: str, named: str) -> None:
    """Whatever is done to a row behind the record's back."""
    claim = first(record)
    record.confirm(claim.id, "Ana")
    record.reject(claim.id, "Ana")
    record.close()
    with sqlite3.connect(record.database) as db:
        assert db.execute(change).rowcount
    db.close()
    with pytest.raises(DamagedRecord, match=named):
        record.verify()


def test_a_row_that_is_no_decision_is_named(record: Record) -> None:
    """A damaged row stops with its number, not with a traceback."""
    record.confirm(first(record).id, "Ana")
    record.close()
    with sqlite3.connect(record.database) as db:
        db.execute('UPDATE decision SET body = \'{"verb": "wish"}\'')
    db.close()
    with pytest.raises(DamagedRecord, match="decision 1"):
        record.decisions()


def test_what_another_process_decided_is_seen(record: Record) -> None:
    """Two open records of one folder: the second knows of the first one's decision at once."""
    claim = first(record)
    with open_record(record.path) as other:
        assert other.decisions() == []
        record.reject(claim.id, "Ana")
        assert other.rulings([claim.document])[claim.id].is_rejected
        with pytest.raises(UsageError):
            other.undo(1, "Bo") and other.undo(1, "Bo")


def test_a_decision_made_while_another_run_holds_the_record(record: Record) -> None:
    """It is written at once; what follows from it is derived by the run that holds the record, or the next."""
    claim = first(record)
    with open_record(record.path) as other, other.writing():
        record.follow = lambda: None  # type: ignore[method-assign]
        record.reject(claim.id, "Ana")
        assert record.is_stale()
        other.append(*stories.page("Police detained Daniyar Ospan on 2021-08-25.", "9.txt"))
        link(other)
    assert not record.is_stale()
    assert record.event_of(claim.id) is None
    now = dumped(record)
    link(record, anew=True)
    assert dumped(record) == now


def test_a_decision_meets_a_linking_that_runs(record: Record) -> None:
    """Decided between the reading of claims and the writing of rows: the run sees to it before it ends."""
    from khronika.link.update import update

    claim = first(record)
    record.append(*stories.page("Police detained Daniyar Ospan on 2021-08-25.", "9.txt"))
    with open_record(record.path) as other:

        def linker(index, documents):
            changes = update(index, documents)
            if not other.decisions():
                other.follow = lambda: None  # type: ignore[method-assign]
                other.reject(claim.id, "Ana")
            return changes

        while record.is_stale():
            record.derive(linker)
    now = dumped(record)
    link(record, anew=True)
    assert dumped(record) == now
    assert record.event_of(claim.id) is None
    assert book.last_number(record.alias) == 1


EDITOR = """
import sys
from khronika.record.record import open_record

with open_record(sys.argv[1]) as record:
    claims = [c.id for c in record.view().claims()]
    for at in range(1000):
        record.confirm(claims[at % len(claims)], f"Ana {at}")
        print(at + 1, flush=True)
"""


@pytest.mark.parametrize("after", [1, 4, 9])
def test_what_was_acknowledged_survives_a_kill(record: Record, after: int) -> None:
    """Killed while it decides, a process has lost nothing that it was told was done, and left nothing by half."""
    record.close()
    editor = subprocess.Popen([sys.executable, "-c", EDITOR, str(record.path)], stdout=subprocess.PIPE, text=True)
    told = [editor.stdout.readline() for _ in range(after)]
    editor.kill()
    told += editor.stdout.read().splitlines()
    editor.wait()
    made = record.decisions()
    assert len(told) <= len(made) <= len(told) + 1
    assert [d.by for d in made] == [f"Ana {at}" for at in range(len(made))]
    assert record.verify().ok
    link(record)
    assert not record.is_stale()


# --- people and events


def test_merging_and_splitting_people(record: Record) -> None:
    """Two are one, with both names; split again they are two, for whatever comes; undone, all is as it was."""
    before = dumped(record)
    record.merge("Aigul Nurlan", "Daniyar Ospan", By("Ana", "a pseudonym"))
    assert record.person("Daniyar Ospan").id == record.person("Aigul Nurlan").id
    assert {"Aigul Nurlan", "Daniyar Ospan"} == {*record.person("Ospan").forms}
    record.append(*stories.page("Police detained Daniyar Ospan on 2021-08-25.", "9.txt"))
    link(record)
    now = dumped(record)
    link(record, anew=True)
    assert dumped(record) == now
    with pytest.raises(UsageError, match="are one"):
        record.merge("Aigul Nurlan", "Ospan", "Ana")
    record.undo(1, "Bo")
    assert record.person("Ospan").id != record.person("Aigul Nurlan").id
    assert before != dumped(record)  # the new story stays


def test_a_person_who_is_two(record: Record) -> None:
    """The stories named go to somebody else of that name; a later story joins neither against the decision."""
    person = record.person("Aigul Nurlan")
    (released,) = [d.id for d in record.documents() if "released" in d.text]
    record.split(person.id, [released], "Ana")
    both = [p for p in record.people() if p.name == "Aigul Nurlan"]
    assert sorted(len(p.documents) for p in both) == [1, 1]
    assert all(released not in p.documents or len(p.documents) == 1 for p in both)
    now = dumped(record)
    link(record, anew=True)
    assert dumped(record) == now
    one = next(p for p in both if p.documents == (released,))
    with pytest.raises(UsageError, match="some must stay"):
        record.split(one.id, [f"{released}/Aigul Nurlan"], "Ana")
    with pytest.raises(UsageError, match="does not speak of"):
        record.split(one.id, ["d0"], "Ana")


def test_a_claim_moves_to_another_event(record: Record) -> None:
    """Taken from its event it is one of its own; linked to another it belongs there; both held by any relinking."""
    record.append(*stories.page("Police detained Aigul Nurlan on 2021-06-22.", "9.txt"))
    link(record)
    one, other = (c for d in record.documents() for c in record.claims_in(d.id) if c.date == "2021-06-22")
    event = record.event_of(one.id)
    assert record.event_of(other.id) == event
    record.unlink_claim(other.id, event, "Ana")
    assert record.event_of(other.id) != record.event_of(one.id)
    third = first(record, "release")
    with pytest.raises(UsageError, match="correct the type first"):
        record.link_claim(third.id, record.event_of(one.id), "Ana")
    ospan = next(c for d in record.documents() for c in record.claims_in(d.id) if c.date == "2021-06-25")
    record.link_claim(other.id, record.event_of(ospan.id), "Ana")
    assert record.event_of(other.id) == record.event_of(ospan.id)
    now = dumped(record)
    link(record, anew=True)
    assert dumped(record) == now
    with pytest.raises(UsageError, match="not among"):
        record.unlink_claim(third.id, record.event_of(one.id), "Ana")
    with pytest.raises(UsageError, match="alone"):
        record.unlink_claim(third.id, record.event_of(third.id), "Ana")


def test_people_have_versions_too(record: Record) -> None:
    """A merge names the versions of both; a story that came meanwhile makes it a conflict."""
    one, other = (record.person(name).id for name in ("Aigul Nurlan", "Daniyar Ospan"))
    seen = tuple(record.shown(i).version for i in (one, other))
    record.append(*stories.page("Police detained Daniyar Ospan on 2021-06-25, again.", "9.txt"))
    link(record)
    with pytest.raises(ChangedMeanwhile, match="Daniyar Ospan"):
        record.merge(one, record.person("Daniyar Ospan").id, By("Ana", seen=seen))
    assert not record.decisions()


def test_organizations_are_not_merged_yet(record: Record) -> None:
    """Said in words, not done by halves."""
    capture, documents, (reading,) = stories.page("Police detained Saule Ermek on 2021-08-25.", "9.txt")
    bodies = [Mention(documents[0].id, name, (name,), "organization") for name in ("Oral Police", "City Court")]
    record.append(capture, documents, [replace(reading, mentions=(*reading.mentions, *bodies))])
    link(record)
    one, other = (body.id for body in record.organizations())
    for call in (record.merge, record.split):
        with pytest.raises(UsageError, match="only people"):
            call(one, other, "Ana")
        with pytest.raises(UsageError, match="only people"):
            call("City Court", record.person("Saule Ermek").id, "Ana")
    assert not record.decisions()


# --- when the ground changes


def reread(record: Record, change: str, *values: str) -> None:
    """Changes rows to what another reader would have given."""
    record.close()
    with sqlite3.connect(record.database) as db:
        assert db.execute(change, values).rowcount
    db.close()


OTHER = "UPDATE claim SET key = 'cffffffffffffffff', body = replace(body, ?, ?) WHERE key = ?"
"""Another reading of a claim, under another id."""


def test_another_look_is_asked_for(record: Record) -> None:
    """A value that is read otherwise: the decision stays in force, listed with then and now, until somebody looked."""
    claim = first(record)
    record.correct(claim.id, "date", "2021-06-20", "Ana")
    record.confirm(claim.id, "Ana")
    assert record.looks() == []
    reread(record, """UPDATE claim SET body = replace(body, '"date":"2021-06-22"', '"date":"2021-06-21"')""")
    looks = record.looks()
    assert [(x.decision.number, x.applies) for x in looks] == [(1, True), (2, True)]
    assert looks[0].old["date"] == "2021-06-22" and looks[0].new["date"] == "2021-06-21"
    assert record.claim(claim.id).date == "2021-06-20"
    record.note(1, "still the 20th", "Bo")
    assert [x.decision.number for x in record.looks()] == [2]
    record.confirm(claim.id, "Bo")
    assert record.looks() == []


def test_a_claim_that_is_read_no_more(record: Record) -> None:
    """The decision is kept and listed; a claim of the same place about others is not rejected for it."""
    claim = first(record)
    record.reject(claim.id, "Ana")
    reread(record, OTHER, '["Aigul Nurlan"]', '["Saule Ermek"]', claim.id)
    (look,) = record.looks()
    assert not look.applies and look.new["targets"] == ["Saule Ermek"] and "targets" in look.reason
    link(record, anew=True)
    assert any(c.targets == ("Saule Ermek",) for c in record.view().claims())
    reread(record, "DELETE FROM claim WHERE key = 'cffffffffffffffff'")
    (look,) = record.looks()
    assert look.new is None and look.decision.number == 1


def test_a_name_that_is_read_no_more(record: Record) -> None:
    """A merge of a name that another reader does not find there is listed, and holds for the other names."""
    record.merge("Aigul Nurlan", "Daniyar Ospan", "Ana")
    assert record.looks() == []
    reread(record, "UPDATE mention SET body = replace(body, 'Daniyar Ospan', 'D. Ospanov')")
    (look,) = record.looks()
    assert look.applies and "Daniyar Ospan" in look.reason
    link(record, anew=True)


def test_a_name_that_got_a_fuller_form(record: Record) -> None:
    """The name is one of the mention's forms now: the merge holds without a question."""
    record.merge("Aigul Nurlan", "Daniyar Ospan", "Ana")
    change = """UPDATE mention SET body = replace(replace(body, '"name":"Daniyar Ospan"', '"name":"Daniyar Ospan-uly"'),
        '"forms":["Daniyar Ospan"]', '"forms":["Daniyar Ospan-uly","Daniyar Ospan"]')"""
    reread(record, change)
    assert record.looks() == []
    link(record, anew=True)
    assert record.person("Aigul Nurlan").id == record.person("Daniyar Ospan").id


def test_a_move_of_a_claim_that_is_read_otherwise(record: Record) -> None:
    """The claim's id is another, its span and kind are the same: the unlink holds, and is listed."""
    record.append(*stories.page("Police detained Aigul Nurlan on 2021-06-22.", "9.txt"))
    link(record)
    one, other = (c for d in record.documents() for c in record.claims_in(d.id) if c.date == "2021-06-22")
    record.unlink_claim(other.id, record.event_of(one.id), "Ana")
    reread(record, OTHER, '"status"', '"subtype":"police","status"', other.id)
    (look,) = record.looks()
    assert look.applies and look.decision.verb is Verb.UNLINK

"""A small record, written by hand, so that the command line is tested apart from the reader's skill."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from khronika.cli.main import khronika
from khronika.facts.claims import Claim, Count, Penalty, Reading, Relation, Status
from khronika.facts.documents import Block, BlockKind, Capture, Document, document_id
from khronika.facts.events import Changes, Conflict, Event, Linked, Person, Place
from khronika.record.record import open_record

COURT = "The Oravat City Court sentenced Jorun Velkaste to 15 days in jail for an unsanctioned picket on 22 June."
TAKEN = "Jorun Velkaste was detained outside the consulate in Oravat on 21 June."
DENIED = "No J. Velkaste was ever detained, the Interior Ministry said."
HOSTILE = "\x1b[2JPolice detained Tavi Velkaste [bold]in Oravat[/bold] \u202eyad txen\u202c."
READER = "by hand 1"


def _page(source: str, sentences: list[str], outlet: str, published: str) -> tuple[Capture, Document]:
    text = "\n\n".join([*sentences, "Subscribe to our newsletter."])
    content = f"{outlet}\n{text}".encode()
    sha = hashlib.sha256(content).hexdigest()
    blocks, at = [], 0
    for passage in text.split("\n\n"):
        kind = BlockKind.NOTICE if passage.startswith("Subscribe") else BlockKind.STORY
        blocks.append(Block(kind, at, at + len(passage)))
        at += len(passage) + 2
    document = Document(
        id=document_id(sha, 1), source=source, part=1, sha256=sha, text=text, blocks=tuple(blocks), outlet=outlet,
        published=published, published_from="manifest", language="en", captured=f"{published}T12:00:00Z",
    )  # fmt: skip
    return Capture(source=source, sha256=sha, content=content, media_type="text/plain"), document


def _claim(document: Document, quote: str, type: str, **more: object) -> Claim:
    start = document.text.index(quote)
    place = {"document": document.id, "source": document.source, "start": start, "end": start + len(quote)}
    return Claim(**place, quote=quote, type=type, reader=READER, **more)


@pytest.fixture(scope="session")
def record_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One court report with its copy, a denial, and a story about a namesake that tries to steer the terminal."""
    folder = tmp_path_factory.mktemp("cli") / "record"
    pages = [
        _page("court.txt", [TAKEN, COURT], "Oravat Courier", "2031-06-22"),
        _page("copy.txt", [COURT], "Syndicate", "2031-06-23"),
        _page("ministry.txt", [DENIED], "State Wire", "2031-06-24"),
        _page("hostile.txt", [HOSTILE], "Oravat \x1b[31mCourier", "2031-07-01"),
    ]
    (_, court), (_, copy), (_, ministry), (_, hostile) = pages
    penalty = (Penalty("administrative_arrest", duration="P15D"),)
    who = {"targets": ("Jorun Velkaste",)}
    sentence = {**who, "date": "2031-06-22", "penalties": penalty, "charge": "an unsanctioned picket"}
    claims = {
        court.id: [
            _claim(court, TAKEN, "detention", date="2031-06-21", place=("Oravat",), **who),
            _claim(court, COURT, "sentence", actors=("Oravat City Court",), **sentence),
        ],
        copy.id: [_claim(copy, COURT, "sentence", **sentence)],
        ministry.id: [
            _claim(
                ministry,
                DENIED,
                "detention",
                status=Status.DENIED,
                speaker="Interior Ministry",
                targets=("J. Velkaste",),
            )
        ],
        hostile.id: [_claim(hostile, HOSTILE, "detention", date="2031-07-01", targets=("Tavi Velkaste",))],
    }
    taken, sentenced = claims[court.id]
    tie = Relation(court.id, "Jorun Velkaste", "leader_of", "Open Harbor")
    with open_record(folder, create=True) as record:
        for capture, document in pages:
            ties = (tie,) if document is court else ()
            record.append(capture, [document], [Reading(document.id, READER, tuple(claims[document.id]), ties)])
        jorun = Person(
            id="p1", name="Jorun Velkaste", forms=("Jorun Velkaste", "J. Velkaste"),
            documents=(court.id, copy.id, ministry.id), hints=("activist",),
        )  # fmt: skip
        tavi = Person(id="p2", name="Tavi Velkaste", forms=("Tavi Velkaste",), documents=(hostile.id,))
        court_ = Person(
            id="o1", name="Oravat City Court", forms=("Oravat City Court",), documents=(court.id,), kind="organization"
        )
        denial, attack = claims[ministry.id][0], claims[hostile.id][0]
        events = (
            Event(id="e1", type="detention", claims=(taken.id, denial.id), date="2031-06-21", place=Place("Oravat"),
                  targets=("p1",), origins=2,
                  conflicts=(Conflict("status", (("happened", (taken.id,)), ("denied", (denial.id,)))),)),
            Event(id="e2", type="sentence", claims=(sentenced.id, claims[copy.id][0].id), date="2031-06-22",
                  targets=("p1",), actors=("o1",), penalties=penalty, charge="an unsanctioned picket"),
            Event(id="e3", type="detention", claims=(attack.id,), date="2031-07-01", targets=("p2",)),
            Event(id="e4", type="protest", subtype="picket", claims=(), count=Count(20, None), date="2031-06"),
        )  # fmt: skip
        linked = Linked(
            people=(jorun, tavi),
            organizations=(court_,),
            events=events,
            claim_events=tuple((claim, event.id) for event in events for claim in event.claims),
            names=(((court.id, "Jorun Velkaste"), "p1"),),
            copies=((copy.id, court.id),),
        )
        record.derive(lambda _, documents: Changes(documents=frozenset(documents), linked=linked))
    return folder


@pytest.fixture
def call(record_folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Calls the program on the small record, as on a plain terminal of 80 columns: `call("case", "Jorun")`."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str) -> Result:
        return CliRunner().invoke(khronika, [*words, "--record", str(record_folder)])

    return run

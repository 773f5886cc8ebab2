# ruff: noqa: ANN401, D106  (columns have no static type without a checker plugin; Meta is Django's own word)
"""The tables. Append-only ones hold what arrived; derived ones are a pure function of them and are replaced whole.

A row's `body` is the canonical JSON of the value in `khronika.facts`; `seal` is the SHA-256 that covers the row
(`seal.py`). `seq` is the order of arrival.
"""

from __future__ import annotations

from typing import Any

from django.db import models


def _hash(**more: Any) -> Any:
    """A column for a SHA-256 in hex, or an id."""
    return models.CharField(max_length=64, **more)


def _text(**more: Any) -> Any:
    """A column of text."""
    return models.TextField(**more)


def _seq() -> Any:
    """The row's number, in order of arrival."""
    return models.BigAutoField(primary_key=True)


def _of(model: type[models.Model], to: str, column: str) -> Any:
    """The row of another append-only table that this row belongs to; neither is ever deleted."""
    return models.ForeignKey(model, models.PROTECT, to_field=to, db_column=column)


class Capture(models.Model):
    """Bytes that arrived, kept in `captures/` under their hash; `reader` is the reader that read them first."""

    seq = _seq()
    sha256 = _hash(unique=True)
    source = _text()
    media_type = _text()
    size: Any = models.BigIntegerField()
    captured = _text(null=True)
    reader = _text()
    seal = _hash()

    class Meta:
        app_label = "record"
        db_table = "capture"


class Document(models.Model):
    """One story of a captured page."""

    seq = _seq()
    key = _hash(unique=True)
    capture = _of(Capture, "sha256", "capture")
    source = _text(db_index=True)
    body = _text()
    seal = _hash()

    class Meta:
        app_label = "record"
        db_table = "document"


class OfDocument(models.Model):
    """What a reader found in one document."""

    seq = _seq()
    document = _of(Document, "key", "document")
    body = _text()
    seal = _hash()

    class Meta:
        abstract = True
        app_label = "record"


class Claim(OfDocument):
    """What one passage says about one event."""

    key = _hash(unique=True)

    class Meta:
        app_label = "record"
        db_table = "claim"


class Mention(OfDocument):
    """Someone or something named in one document."""

    class Meta:
        app_label = "record"
        db_table = "mention"


class Relation(OfDocument):
    """A stated tie between two names."""

    class Meta:
        app_label = "record"
        db_table = "relation"


class SecondReading(OfDocument):
    """What a second reader said of one document, its proposals in the body; `read`: it gave a usable answer.

    Proposals have no table that claims are looked for in: nothing that counts claims can meet one.
    """

    reader = _text()
    read: Any = models.BooleanField()

    class Meta:
        app_label = "record"
        db_table = "second_reading"


class Failure(models.Model):
    """A source that failed (`cleared` false) or later succeeded (`cleared` true); a source's last row holds."""

    seq = _seq()
    source = _text(db_index=True)
    step = _text()
    reason = _text()
    cleared: Any = models.BooleanField(default=False)
    at = _text()
    seal = _hash()

    class Meta:
        app_label = "record"
        db_table = "failure"


class Run(models.Model):
    """A run that changed the record: when it began and with which reader."""

    seq = _seq()
    at = _text()
    reader = _text()
    seal = _hash()

    class Meta:
        app_label = "record"
        db_table = "run"


class Decision(models.Model):
    """What a person decided; `seq` is its number, and the order that counts. Its body says about what and why."""

    seq = _seq()
    at = _text()
    body = _text()
    seal = _hash()

    class Meta:
        app_label = "record"
        db_table = "decision"


class Log(models.Model):
    """What changed the record, chained: `sha256` covers the entry and the entry before it."""

    seq = _seq()
    at = _text()
    act = _text()
    body = _text()
    previous = _hash()
    sha256 = _hash(unique=True)

    class Meta:
        app_label = "record"
        db_table = "log"


class Derived(models.Model):
    """A derived row: its id and its value as canonical JSON."""

    key = _hash(primary_key=True)
    body = _text()

    class Meta:
        abstract = True
        app_label = "record"


class Person(Derived):
    """A person of the record."""

    class Meta:
        app_label = "record"
        db_table = "person"


class Organization(Derived):
    """An organization of the record."""

    class Meta:
        app_label = "record"
        db_table = "organization"


class Event(Derived):
    """Claims of the same happening. `first` and `last`: earliest and latest day of its date, for searching."""

    type = _text(db_index=True)
    first = _text(null=True, db_index=True)
    last = _text(null=True)

    class Meta:
        app_label = "record"
        db_table = "event"


class Pair(models.Model):
    """Two ids that belong together, in one of the derived relations."""

    id = _seq()
    a = _text(db_index=True)
    b = _text(db_index=True)

    class Meta:
        abstract = True
        app_label = "record"


class ClaimEvent(Pair):
    """`a`: claim, `b`: event."""

    class Meta:
        app_label = "record"
        db_table = "claim_event"


class Participant(Pair):
    """`a`: event, `b`: person or organization; `role`: target or actor."""

    role = _text()

    class Meta:
        app_label = "record"
        db_table = "participant"


class NameEntity(Pair):
    """`a`: document, `b`: person or organization; `name`: as in the claim."""

    name = _text()

    class Meta:
        app_label = "record"
        db_table = "name_entity"


class Copy(Pair):
    """`a`: document, `b`: the document that it copies."""

    class Meta:
        app_label = "record"
        db_table = "copy"


class NameWord(Pair):
    """`a`: a word of a name, `b`: person: where a typed name is looked up first."""

    class Meta:
        app_label = "record"
        db_table = "name_word"


class Question(Pair):
    """`a`, `b`: people who may be one, `b` "" where one alone looks wrong; `body`: score, reasons, values compared."""

    body = _text()

    class Meta:
        app_label = "record"
        db_table = "question"


class Flag(Pair):
    """`a`: event, `b`: person, "" where it is about the event alone; `body`: what cannot be as told."""

    body = _text()

    class Meta:
        app_label = "record"
        db_table = "flag"


class Link(Pair):
    """`a`, `b`: what was put together; `body`: score, reason, values compared."""

    body = _text()

    class Meta:
        app_label = "record"
        db_table = "link"


class Told(models.Model):
    """A happening that a document tells of, in linking's own words: what new stories are compared with."""

    id = _seq()
    document = _text(db_index=True)
    body = _text()

    class Meta:
        app_label = "record"
        db_table = "told"


class Key(models.Model):
    """A number under which a document is found that may speak of the same as a new one; `document` is its `seq`."""

    pk = models.CompositePrimaryKey("number", "document")
    number: Any = models.BigIntegerField()
    document: Any = models.BigIntegerField()

    class Meta:
        app_label = "record"
        db_table = "key"


class Wording(models.Model):
    """One way in which documents name an organization (`facts.events.Wording`)."""

    key = _hash(primary_key=True)
    body = _text()
    organization = _text(db_index=True)
    uses: Any = models.BigIntegerField()
    first = _text()

    class Meta:
        app_label = "record"
        db_table = "wording"


class WordingKey(models.Model):
    """A number under which a wording is found that may stand for the same organization as a new one."""

    pk = models.CompositePrimaryKey("number", "wording")
    number: Any = models.BigIntegerField()
    wording = _text()

    class Meta:
        app_label = "record"
        db_table = "wording_key"


class CustodyInterval(models.Model):
    """A person's custody state over some days, as derived with all that is known; `number`: its place among them."""

    id = _seq()
    person = _text(db_index=True)
    number: Any = models.IntegerField(default=0)
    body = _text()

    class Meta:
        app_label = "record"
        db_table = "custody_interval"


class Derivation(models.Model):
    """Of what the derived rows were derived (`head`: the log's last hash) and a hash over all of them."""

    id = _seq()
    head = _hash()
    digest = _hash()

    class Meta:
        app_label = "record"
        db_table = "derivation"

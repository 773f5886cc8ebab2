"""With a checkpoint kept elsewhere, whatever was done to what it covers is found; without one nothing is claimed."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, UsageError
from khronika.record import checkpoint
from khronika.record.checkpoint import Checkpoint, read_checkpoint
from khronika.record.record import Record, open_record
from tests.record import attacks


@pytest.fixture
def kept(record: Record) -> Checkpoint:
    """A checkpoint of a record of a dozen entries, to which four were added afterwards."""
    return attacks.grown(record)


@pytest.mark.parametrize("number", range(len(attacks.ATTACKS)), ids=[a.__name__ for a in attacks.ATTACKS])
@pytest.mark.parametrize("computed", [False, True], ids=["as it is", "chain computed anew"])
def test_every_attack_at_every_place_is_found(record: Record, kept: Checkpoint, number: int, computed: bool) -> None:
    """With the chain left broken, and with the whole chain made anew by someone who writes every file of the record,
    the note of its reach too: then the checkpoint alone tells."""
    for place in range(2 if attacks.ATTACKS[number] is attacks.cut else 1, kept.entries + 1):
        assert attacks.is_found(record, kept, number, place, computed), place


def test_entries_after_the_checkpoint_are_not_its_matter(record: Record, kept: Checkpoint) -> None:
    """Grown since: sound. What came later and was removed with its rows and the chain is nothing it can show."""
    found = record.verify([kept])
    assert found.ok
    assert found.since == (kept,)
    assert found.entries == kept.entries + 4
    later = record.checkpoint()
    assert (later.entries, later.record) == (found.entries, kept.record)


def test_a_checkpoint_of_another_record_is_told(record: Record, kept: Checkpoint, tmp_path: Path) -> None:
    """Its first entry is another one."""
    with (
        open_record(tmp_path / "other", create=True) as other,
        pytest.raises(DamagedRecord, match="not the record of the checkpoint"),
    ):
        other.verify([kept])


def test_a_checkpoint_survives_its_text(kept: Checkpoint) -> None:
    """Printed, kept and read again it is the same; blanks and line ends of a mail program aside."""
    assert read_checkpoint(str(kept)) == kept
    assert read_checkpoint("\n  " + str(kept).replace("\n", "  \r\n")) == kept


def test_any_changed_character_of_a_checkpoint_is_found(kept: Checkpoint) -> None:
    """The signature covers every line; a text that is none is refused in words."""
    text = str(kept)
    chosen = random.Random(5)
    for _ in range(300):
        at = chosen.randrange(len(text) - 1)
        other = chosen.choice("0123456789abcdefXYZ+/= \n")
        changed = text[:at] + other + text[at + 1 :]
        try:
            assert read_checkpoint(changed) == kept  # another blank for a blank
        except UsageError:
            continue
    for letter in "ABCDEFGHIJKLMNOP":  # the last letter of a signature holds four bits that mean nothing
        if f"{letter}==\n" not in text:
            with pytest.raises(UsageError):
                read_checkpoint(text[: text.rindex("==") - 1] + f"{letter}==\n")
    for wrong in ("", "nonsense", "khronika checkpoint 1\n", text + "more\n", "é" * 5000, text.replace("head", "x")):
        with pytest.raises(UsageError):
            read_checkpoint(wrong)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_key_is_for_its_owner_alone_and_stays(record: Record, tmp_path: Path) -> None:
    """Made once, mode 0600; two checkpoints have the same key; a file of one's own may be named instead."""
    first, second = record.checkpoint(), record.checkpoint()
    assert first.key == second.key
    assert (record.path / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    own = record.checkpoint(tmp_path / "my.key")
    assert own.key != first.key
    assert (tmp_path / "my.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_refused(record: Record) -> None:
    """Any flipped bit in the key's file, and a file that is no key: an error in words, never another key."""
    public = record.checkpoint().key
    file = record.path / checkpoint.KEY
    content = file.read_bytes()
    chosen = random.Random(7)
    for _ in range(60):
        flipped = bytearray(content)
        flipped[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
        file.write_bytes(flipped)
        try:
            assert record.checkpoint().key == public  # a flip in a word of the frame
        except UsageError as error:
            assert "checkpoint.key" in str(error)
    file.write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    with pytest.raises(UsageError, match="not a key"):
        record.checkpoint()


def test_making_a_checkpoint_changes_nothing(record: Record) -> None:
    """It may be made while another process writes, and leaves the log as it is."""
    before = record.check()
    with open_record(record.path) as other, other.writing():
        record.checkpoint()
    assert record.check() == before


def test_a_checkpoint_within_a_mail_says_what_is_needed(kept: Checkpoint) -> None:
    """Whoever saves the whole mail learns that the seven lines are to stand alone."""
    for mail in (f"Dear Bo,\n\n{kept}\nAna\n", "".join(f"> {line}\n" for line in str(kept).splitlines())):
        with pytest.raises(UsageError, match="seven lines alone"):
            read_checkpoint(mail)

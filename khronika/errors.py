"""All errors of khronika: one small tree, each knows the fact that helps and its exit code.

KhronikaError                 2
├── UsageError                2   the call is wrong: option, date, manifest, setting
│   ├── SettingError          2
│   ├── ManifestError         2
│   ├── LexiconError          2   a resource file with rules is bad: file, line, reason
│   ├── GoldError             2   gold or an export to compare with it is bad: file, line, reason
│   ├── NotARecord            2   the folder is something else
│   ├── NewerRecord           2   written by a newer khronika
│   └── RecordBusy            2   another run is writing
├── NotFound                  3   no such person, claim, event, document
│   └── SeveralPeople         3   the name fits several people; carries them
├── ChangedMeanwhile          5   what was decided about is not what was seen; carries both
├── DamagedRecord             4   the record contradicts itself; names the row
├── ModelError                2   the reading model is absent or damaged
└── DocumentError             1   one document failed; the batch goes on
    ├── CaptureError          1   bytes could not become text
    └── ReadError             1   text could not become claims
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class KhronikaError(Exception):
    """Base of every error that khronika raises on purpose.

    `exit_code` is what the command line returns when the error ends the run.
    """

    exit_code = 2


class UsageError(KhronikaError):
    """The call itself is wrong; the message says what is expected."""


class SettingError(UsageError):
    """A setting has an unknown name or a value outside its range."""


class ManifestError(UsageError):
    """A manifest cannot be used at all (no `source` column, not a table). A single bad row is a `CaptureError`."""


class LexiconError(UsageError):
    """A file with rules is bad.

    Parameters: `file` its name, `reason` what is wrong, `line` 1-based where known.
    """

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        where = f"{file} line {line}" if line else file
        super().__init__(f"{where}: {reason}")


class GoldError(UsageError):
    """Gold, or an export to compare with it, cannot be used.

    Parameters: `file` file or folder, `reason` what is wrong, `line` 1-based where known.
    """

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        where = f"{file} line {line}" if line else file
        super().__init__(f"{where}: {reason}")


class NotARecord(UsageError):
    """The folder given as a record holds something else."""


class NewerRecord(UsageError):
    """The record was written by a newer khronika than this one."""


class RecordBusy(UsageError):
    """Another run holds the record for writing."""


class ModelError(KhronikaError):
    """The reading model is absent, damaged, or unknown."""


class NotFound(KhronikaError):
    """Nothing in the record answers to this name or id."""

    exit_code = 3


class SeveralPeople(NotFound):
    """A name fits several people.

    Parameters: `name` as typed; `people` one line each, with what tells them apart.
    """

    def __init__(self, name: str, people: Sequence[str]) -> None:
        self.name, self.people = name, tuple(people)
        super().__init__(f"“{name}” fits {len(self.people)} people:\n" + "\n".join(f"  {p}" for p in self.people))


class ChangedMeanwhile(KhronikaError):
    """A decision names a version of a claim, person or event that is not the present one.

    Parameters: `id` of what it is about; `seen` the version that it saw; `now` the present one; `shows` what the record
    shows now; `saw` what was shown then, where that is known; `since` one line for each decision between the two.
    """

    exit_code = 5

    def __init__(
        self,
        id: str,
        seen: str,
        now: str,
        shows: Mapping[str, Any],
        saw: Mapping[str, Any] | None = None,
        since: Sequence[str] = (),
    ) -> None:
        self.id, self.seen, self.now, self.shows, self.saw, self.since = id, seen, now, shows, saw, tuple(since)
        lines = [f"{id} is not what was seen: seen {seen}, now {now}; look again"]
        lines += [f"now: {_told(shows)}"]
        lines += [f"seen: {_told(saw)}"] if saw else []
        super().__init__("\n".join([*lines, *(f"since: {one}" for one in self.since)]))


def _told(shown: Mapping[str, Any]) -> str:
    """What is shown, on one line of at most a screen's length."""
    words = ", ".join(f"{name} {value}" for name, value in shown.items() if value not in (None, "", [], {}))
    return words if len(words) <= 500 else f"{words[:500]}…"


class DamagedRecord(KhronikaError):
    """The record contradicts itself; the message names file or row."""

    exit_code = 4


class DocumentError(KhronikaError):
    """One document failed. It is recorded with step and reason; the rest of the batch goes on.

    Parameters: `source` the file's name or address, `reason` the fact that helps, `step` where it failed.
    """

    exit_code = 1
    step = "document"

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"{source}: {reason}")


class CaptureError(DocumentError):
    """Bytes could not become text: empty, binary, unknown encoding, too large, no story in the page."""

    step = "capture"


class ReadError(DocumentError):
    """Text could not become claims."""

    step = "read"

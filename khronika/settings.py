"""Settings: a table of name, default, unit and help. Read from `KHRONIKA_<NAME>`; a wrong value stops the start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from khronika.errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: `kind` str or int, `low`/`high` bounds for int, in `unit`."""

    name: str
    default: str | int
    unit: str
    help: str
    low: int = 0
    high: int = 2**31


TABLE = (
    Setting("pipeline", "bundled", "name", "the reading model: “bundled”, or the name of an installed spaCy pipeline"),
    Setting("threads", 1, "threads", "threads that the bundled model may use", 1, 64),
    Setting("max_file_mb", 20, "MB", "a larger file is refused, not read", 1, 2000),
    Setting("max_line_kb", 512, "kB", "a longer line of text is refused: no story has it", 1, 100_000),
    Setting("max_parts", 500, "stories", "most stories cut from one page", 1, 100_000),
    Setting("encoding", "", "codec", "read every file in this encoding instead of detecting it"),
    Setting("lexicon", "", "folder", "a folder with frames of your own, added to the bundled ones (docs/lexicon.md)"),
    Setting("gate", 1, "0 or 1", "1: a story whose words promise no claim is not read; 0: all stories are", 0, 1),
    Setting("second_seconds", 120, "seconds", "a second reader's time for one story, all tries together", 1, 3600),
    Setting("second_answer_kb", 500, "kB", "a second reader's longest answer", 1, 100_000),
    Setting("second_answer_tokens", 8000, "tokens", "what a second reader is told to answer with at most", 100, 10**6),
    Setting("second_story_chars", 60_000, "characters", "a longer story is not sent to a second reader", 100, 10**7),
    Setting("second_run_tokens", 5_000_000, "tokens", "a second reader's tokens for a run, both ways", 1, 10**9),
    Setting("second_run_minutes", 600, "minutes", "a second reader's time for a run", 1, 100_000),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; see `TABLE` for units and help."""

    pipeline: str = "bundled"
    threads: int = 1
    max_file_mb: int = 20
    max_line_kb: int = 512
    max_parts: int = 500
    encoding: str = ""
    lexicon: str = ""
    gate: int = 1
    second_seconds: int = 120
    second_answer_kb: int = 500
    second_answer_tokens: int = 8000
    second_story_chars: int = 60_000
    second_run_tokens: int = 5_000_000
    second_run_minutes: int = 600

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: str | None) -> Settings:
        """Defaults, overridden by `KHRONIKA_…` variables of `environ` (None: the process's own), those by what is
        `given` for this call; empty or None: not given.

        Raises SettingError on an unknown name or a value outside its bounds.
        """
        environ = os.environ if environ is None else environ
        rows = {f"KHRONIKA_{row.name.upper()}": row for row in TABLE}
        own = {f"KHRONIKA_{name.upper()}": value for name, value in given.items() if value}
        values = {k: v for k, v in environ.items() if k.startswith("KHRONIKA_")} | own
        if unknown := sorted(values.keys() - rows.keys()):
            raise SettingError(f"{unknown[0]}: no such setting; there are {', '.join(rows)}")
        return cls(**{rows[k].name: _value(rows[k], v) for k, v in values.items()})  # type: ignore[arg-type]


def keep_to_threads(threads: int | str) -> None:
    """Holds the numerics library to as many threads as the setting gives the model; to be called before it is loaded.

    Left to itself OpenBLAS starts a thread for each processor and lets them spin: on two busy processors a sentence's
    tree took 24 ms of processor time so, and 5 ms on one thread. More processors are what `--jobs` is for. Where the
    host program has loaded numpy already, its own choice stands.
    """
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", str(threads))


def _value(row: Setting, text: str) -> str | int:
    """The text as the row's type; raises SettingError."""
    if isinstance(row.default, str):
        return text
    if not text.isdigit() or not row.low <= int(text) <= row.high:
        raise SettingError(f"KHRONIKA_{row.name.upper()}={text!r}: a number of {row.unit} from {row.low} to {row.high}")
    return int(text)


assert [f.name for f in fields(Settings)] == [row.name for row in TABLE]

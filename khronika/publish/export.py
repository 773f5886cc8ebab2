"""Exports: a folder of files that is either the whole export or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from khronika.errors import UsageError
from khronika.facts.contracts import ExportView
from khronika.publish import jsonl

FORMS = ("jsonl",)
"""What `as_` may say."""


def export(view: ExportView, to: Path | str, as_: str = "jsonl") -> tuple[Path, ...]:
    """Writes the record into the folder `to`; gives the files, in the codebook's order.

    The files are written into a new folder beside it, which then takes its place; a folder that holds an earlier
    export, and nothing else, is replaced.
    Raises UsageError: an unknown form, a folder that holds anything else, a place that cannot be written to.
    """
    if as_ not in FORMS:
        raise UsageError(f"no export as {as_!r}; there is {', '.join(FORMS)}")
    folder = Path(to)
    _refuse_other(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            for name, rows in jsonl.FILES.items():
                with (fresh / name).open("w", encoding="utf-8", newline="\n") as out:
                    out.writelines(map(jsonl.line, rows(view)))
                    out.flush()
                    os.fsync(out.fileno())
            fresh.chmod(0o755)
            _swap(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return tuple(folder / name for name in jsonl.FILES)


def _refuse_other(folder: Path) -> None:
    """Raises UsageError where the folder holds something that an export does not."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file; an export is a folder")
    strange = sorted(entry.name for entry in folder.iterdir() if entry.name not in jsonl.FILES)
    if strange:
        raise UsageError(f"{folder} holds {strange[0]!r}, which is not of an earlier export; choose an empty folder")


def _swap(fresh: Path, folder: Path) -> None:
    """Puts the new folder in the place of the old one."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.replace(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)

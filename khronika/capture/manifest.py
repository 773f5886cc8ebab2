"""The manifest: the spreadsheet in which a documenter keeps where each saved page is from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from khronika.capture.pagedates import is_edtf_date
from khronika.errors import CaptureError, ManifestError

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
_MOST_BYTES = 200_000_000
_LONGEST_CELL = 100_000
_MARKS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False, "x": True}
"""What a spreadsheet's cell for yes or no may hold; anything else is a bad row, so that a slip sends nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """One row. `source`: the file as the manifest names it; `published`: EDTF (2021-06-25, 2021-06, 2021);
    `captured`: a day or RFC 3339 instant; `keep_local`: its stories are not to leave this program; `line`: 1-based line
    in the file. Empty cells are None."""

    source: str
    outlet: str | None = None
    published: str | None = None
    captured: str | None = None
    language: str | None = None
    url: str | None = None
    note: str | None = None
    keep_local: bool = False
    line: int = 0


class BadRow(CaptureError):
    """A row that cannot be used. `row_source`: the file it speaks of, None where unknown or another row stands."""

    def __init__(self, place: str, reason: str, row_source: str | None = None) -> None:
        super().__init__(place, reason)
        self.row_source = row_source


def load_manifest(path: Path) -> tuple[dict[str, ManifestRow], list[CaptureError]]:
    """The rows by source, and an error (BadRow: file, line, reason) for each row that cannot be used.

    Takes what spreadsheets save: with or without a byte order mark, UTF-16 text, commas, semicolons or tabs, "sep=;".
    Raises ManifestError when the file cannot be used at all.
    """
    lines = _table(path)
    header = [re.sub("[ -]", "_", cell.strip().casefold()) for cell in lines[0][1]] if lines else []
    if "source" not in header:
        raise ManifestError(f"{path.name}: no column “source”; a manifest begins with: {','.join(_COLUMNS)}")
    if doubled := sorted({c for c in header if c in _COLUMNS and header.count(c) > 1}):
        raise ManifestError(f"{path.name}: two columns “{doubled[0]}”")
    rows: dict[str, ManifestRow] = {}
    errors: list[CaptureError] = []
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row(dict(zip(header, cells, strict=False)), number, path.name)
            if row.source in rows:
                first = rows[row.source].line
                if row.keep_local:
                    rows[row.source] = replace(rows[row.source], keep_local=True)
                raise BadRow(
                    f"{path.name} line {number}", f"“{row.source}” is on line {first} already; line {first} is used"
                )
            rows[row.source] = row
        except BadRow as error:
            errors.append(error)
    return rows, errors


_COLUMNS = tuple(f.name for f in fields(ManifestRow) if f.name != "line")


def _table(path: Path) -> list[tuple[int, list[str]]]:
    """The file's rows, each with its first line's number. Raises ManifestError."""
    text = _text(path)
    offset = 0
    if text[:4].casefold() == "sep=":
        text, offset = text.partition("\n")[2], 1
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    out: list[tuple[int, list[str]]] = []
    began = 1 + offset
    try:
        for cells in reader:
            out.append((began, cells))
            began = reader.line_num + 1 + offset
    except csv.Error as error:
        raise ManifestError(f"{path.name} line {began}: {error}") from error
    return out


def _text(path: Path) -> str:
    """The manifest's text. Raises ManifestError."""
    try:
        if not path.is_file():
            raise ManifestError(f"{path}: no such file")
        if path.stat().st_size > _MOST_BYTES:
            raise ManifestError(f"{path.name}: larger than {_MOST_BYTES // 1_000_000} MB; this is no manifest")
        content = path.read_bytes()
    except OSError as error:
        raise ManifestError(f"{path.name}: cannot be read: {error.strerror}") from error
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ManifestError(f"{path.name} line {line}: not UTF-8; save it as “CSV UTF-8”") from error
    if "\0" in text:
        raise ManifestError(f"{path.name}: not a table of text")
    return text


def _row(cells: Mapping[str, str], line: int, file: str) -> ManifestRow:
    """One row from its cells. Raises BadRow."""
    values = {name: (cells.get(name) or "").strip() or None for name in _COLUMNS}
    source = values["source"]
    place = f"{file} line {line}"
    if not source:
        raise BadRow(place, "no source: which file does the row speak of?")
    if (day := values["published"]) and not is_edtf_date(day):
        raise BadRow(place, f"published “{day[:40]}” is no date; write 2021-06-25, 2021-06 or 2021", source)
    captured = _instant(values["captured"] or "")
    if (day := values["captured"]) and not captured:
        raise BadRow(place, f"captured “{day[:40]}” is no date; write 2021-06-25 or 2021-06-25T09:30:00Z", source)
    if (language := values["language"]) and not _LANGUAGE.fullmatch(language):
        raise BadRow(place, f"language “{language[:40]}” is no language code; write en, ru, kk …", source)
    mark = (values.pop("keep_local") or "no").casefold()
    if mark not in _MARKS:
        raise BadRow(place, f"keep_local “{mark[:40]}” says neither yes nor no", source)
    values["captured"] = captured
    values["source"] = source.replace("\\", "/").removeprefix("./")
    return ManifestRow(line=line, keep_local=_MARKS[mark], **values)  # type: ignore[arg-type]


def _instant(text: str) -> str | None:
    """A day, or a day with a time, as RFC 3339 writes it; None where the text is neither.

    A time without its zone is no instant: of that only the day is kept.
    """
    match = _INSTANT.fullmatch(text)
    if not match or not is_edtf_date(match[1]):
        return None
    day, minutes, seconds, zone = match.groups()
    return f"{day}T{minutes}{seconds or ':00'}{zone}" if zone else str(day)


def row_for(rows: Mapping[str, ManifestRow], source: str) -> ManifestRow | None:
    """The row that speaks of a file: named by its path as found, else by its name alone, None without one."""
    return rows.get(source) or rows.get(source.rpartition("/")[2])


def missing_rows(rows: Mapping[str, ManifestRow], seen: Collection[str], file: Path | None) -> list[CaptureError]:
    """An error for each row without a file. `seen`: the sources that were found, as paths or names; `file`: the
    manifest."""
    name = file.name if file else "manifest"
    found = {row.source for source in seen if (row := row_for(rows, source))}
    absent = [row for row in rows.values() if row.source not in found]
    return [BadRow(f"{name} line {row.line}", f"no file “{row.source}” was found", row.source) for row in absent]

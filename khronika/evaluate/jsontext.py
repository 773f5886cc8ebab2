"""JSON files read so that a fault is told with file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from khronika.errors import GoldError


def load(file: Path) -> object:
    """The file's JSON value. Raises GoldError with the line."""
    return _parse(file, _text(file), 1)


def load_list(file: Path) -> list[Any]:
    """A JSON list, empty where the file is absent. Raises GoldError."""
    rows = load(file) if file.is_file() else []
    if not isinstance(rows, list):
        raise GoldError(str(file), "is not a list")
    return rows


def load_lines(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON-lines file with their 1-based lines; none where the file is absent. Raises GoldError."""
    text = _text(file) if file.is_file() else ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            row = _parse(file, line, number)
            if not isinstance(row, dict):
                raise GoldError(str(file), "not an object", number)
            yield number, row


def _text(file: Path) -> str:
    """The file's text. Raises GoldError where it cannot be read as UTF-8."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldError(str(file), f"is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise GoldError(str(file), f"cannot be read: {error.strerror}") from error


def _parse(file: Path, text: str, first_line: int) -> object:
    """The JSON value of a text that starts at a line. Raises GoldError with the line of the fault."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise GoldError(str(file), f"is not JSON: {error.msg}", first_line + error.lineno - 1) from error
    except RecursionError as error:
        raise GoldError(str(file), "is nested too deeply", first_line) from error

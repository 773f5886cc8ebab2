"""Where in a TOML text its tables, fields and words stand: the standard parser gives values without their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PIECE = re.compile(
    r'"""(?s:.*?)"{3,5}|\'\'\'(?s:.*?)\'{3,5}'  # strings over several lines
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|[\[\]{}=]|\n|[A-Za-z0-9_-]+"
)
"""What tells where a field begins: strings, comments, brackets, line ends, bare words."""


@dataclass(slots=True)
class Spot:
    """Where a field stands: 1-based `line`, and that of each string in its value, in order."""

    line: int
    strings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Lines:
    """One table of an array of tables: the line of its head, and where its fields stand."""

    line: int
    fields: dict[str, Spot] = field(default_factory=dict)

    def of(self, name: str | None = None, number: int | None = None) -> int:
        """The line of string `number` of field `name`; of the field, of the table, where that is not known."""
        spot = self.fields.get(name or "")
        if spot is None:
            return self.line
        return spot.strings[number] if number is not None and number < len(spot.strings) else spot.line


def lines_of(text: str, table: str) -> list[Lines]:
    """The tables [[table]] of a valid TOML text, in order. One linear pass.

    Tables written in another way ("frame = [{…}]") are not found: the list is then shorter than the values'.
    """
    found: list[Lines] = []
    line, depth, fresh, inside = 1, 0, True, False
    spot: Spot | None = None
    pieces = list(_PIECE.finditer(text))
    at = 0
    while at < len(pieces):
        piece = pieces[at].group()
        at += 1
        if piece == "\n":
            line, fresh = line + 1, fresh or depth == 0
            continue
        if fresh and depth == 0 and piece == "[":
            head = []
            while at < len(pieces) and pieces[at].group() != "\n":
                head.append(pieces[at].group())
                at += 1
            inside = head[:4] == ["[", table, "]", "]"] or (inside and head[:1] == [table])
            if head[:4] == ["[", table, "]", "]"]:
                found.append(Lines(line))
            elif inside and found and len(head) > 1:
                found[-1].fields.setdefault(head[1].strip("\"'"), Spot(line))
            spot = None
            continue
        if fresh and depth == 0 and inside and found and piece[0] not in "#[]{}=":
            spot = found[-1].fields.setdefault(piece.strip("\"'"), Spot(line))
            fresh = False
            continue
        depth += (piece in "[{") - (piece in "]}")
        if piece[0] in "\"'" and spot is not None and not fresh:
            spot.strings.append(line)
        line += piece.count("\n")
        fresh = fresh and piece[0] == "#"
    return found

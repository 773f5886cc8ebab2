"""Text from outside, made safe and calm for a terminal: the only way out for what a story, a name or a file says."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from khronika.text.visible import visible as clean

_NEVER_IN_JSON = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
QUIET = "bright_black"
"""The style of what is there for checking, not for reading first: ids, sources, copies."""


def console(stderr: bool = False) -> Console:
    """A console on the present stdout or stderr: no markup, no guessing of colours from content; plain when piped."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, file=sys.stderr if stderr else sys.stdout)


def width() -> int:
    """Cells a line of the present terminal."""
    return console().width


def line(*parts: str | tuple[str, str]) -> Text:
    """One paragraph from parts, each a text or (text, style), cleaned; a space at a part's edge is kept."""
    out = Text()
    for part in parts:
        words, style = part if isinstance(part, tuple) else (part, "")
        out.append(" " * words[:1].isspace() + clean(words), style)
        if words[1:] and words[-1].isspace():
            out.append(" ")
    return out


def hanging(lead: str, words: str) -> Text:
    """Words behind the lines of a tree ("│  ├─ "), which keep their blanks."""
    return Text(lead, QUIET) + line(words)


def say(*parts: str | tuple[str, str], indent: int = 0) -> None:
    """Prints one paragraph of cleaned parts (see `line`), wrapped, each line `indent` cells in; none: an empty line."""
    words = line(*parts)
    _put(Padding(words, (0, 0, 0, indent), expand=False) if indent else words)


def _put(what: RenderableType) -> None:
    """Prints what rich has laid out, without the blanks that it adds at the ends of lines."""
    out = console()
    with out.capture() as laid_out:
        out.print(what)
    sys.stdout.write("".join(row.rstrip() + "\n" for row in laid_out.get().splitlines()))


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str | Text]], narrow: Sequence[str] = (), indent: int = 0
) -> None:
    """Prints rows under heads, aligned, `indent` cells in; columns named in `narrow` keep their width, others wrap.

    A cell that is a Text is printed as it stands: its maker has cleaned it (`line`).
    """
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for head in heads:
        grid.add_column(head, no_wrap=head in narrow, overflow="fold")
    for row in rows:
        grid.add_row(*(cell if isinstance(cell, Text) else line(cell) for cell in row))
    _put(Padding(grid, (0, 0, 0, indent), expand=False) if indent else grid)


def answer(value: object) -> None:
    """Prints a value as JSON for programs: UTF-8, two spaces deep, characters that could steer a terminal escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(_NEVER_IN_JSON.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n")


def complain(message: str) -> None:
    """Prints what is wrong on stderr, each line cleaned: it may quote a file name or a story."""
    first, *rest = message.splitlines() or ["failed"]
    sys.stderr.write("\n".join([f"khronika: {clean(first)}", *(f"  {clean(line)}" for line in rest)]) + "\n")

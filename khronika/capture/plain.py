"""Pages saved as text: lines → paragraphs. Hard-wrapped lines are joined, unwrapped paragraphs stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from khronika.capture.cues import bare, cues
from khronika.capture.passages import Passage

_BULLET = re.compile(r"[•●▪◦‣∙·]\s+|[*\-–]\s{1,3}(?=[A-Z\"“])")
_WIDEST_WRAP = 200
_NARROWEST_WRAP = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indent and bullet. `gap`: blank lines stand before it."""

    text: str
    indent: int
    bullet: bool
    gap: bool


def paragraphs(text: str) -> list[Passage]:
    """The paragraphs of a cleaned text page, in order.

    Whether a single line break separates paragraphs or merely wraps a line is decided once for the file: in a wrapped
    file the next line's first word would not have fitted on the line before.
    """
    lines = list(_lines(text))
    width = wrap_width(lines)
    passages: list[list[Line]] = []
    for line in lines:
        if passages and _continues(passages[-1][-1], line, width):
            passages[-1].append(line)
        else:
            passages.append([line])
    return [Passage(_joined(group), indent=group[0].indent, bullet=group[0].bullet) for group in passages]


def _lines(text: str) -> Iterator[Line]:
    """The lines that are not blank."""
    gap = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        match = _BULLET.match(stripped)
        content = stripped[match.end() :] if match else stripped
        yield Line(" ".join(content.split()), len(raw) - len(raw.lstrip()), match is not None, gap)
        gap = False


def wrap_width(lines: list[Line]) -> int | None:
    """The width at which the file's lines are wrapped, in characters; None where line breaks end paragraphs.

    Looks at each pair of lines without a blank line between. Wrapped: the longest is at most 200 characters, and in
    four of five pairs the second line's first word would not have fitted on the first. With fewer than four the page
    is wrapped only if most second lines go on in lower case.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap and not b.bullet and a.text != b.text and not _alone(b)]
    if not pairs:
        return None
    width = max(len(a.text) + a.indent for a, _ in pairs)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    lower = sum(b.text[0].islower() for _, b in pairs)
    if len(pairs) < 4:
        return width if lower * 2 > len(pairs) else None
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return (
        width if full >= 0.8 * len(pairs) or (full + lower >= 0.9 * len(pairs) and lower >= 0.4 * len(pairs)) else None
    )


def _is_full(a: Line, b: Line, width: int) -> bool:
    """Whether the first word of `b` would not have fitted behind `a` (a tenth of the width is play)."""
    return a.indent + len(a.text) + 1 + len(b.text.split(" ", 1)[0]) > 0.9 * width


def _continues(a: Line, b: Line, width: int | None) -> bool:
    """Whether line `b` belongs to the paragraph of line `a`."""
    if b.gap or b.bullet or width is None or a.text == b.text or _alone(a) or _alone(b):
        return False
    return _is_full(a, b, width) or b.text[0].islower()


def _alone(line: Line) -> bool:
    """Whether the line is furniture of its own ("Share", "please wait"), never part of a paragraph."""
    return len(line.text) < 60 and bare(line.text) in cues().furniture


def _joined(lines: list[Line]) -> str:
    """The lines as one; a word broken at its own hyphen ("anti-" / "government") keeps the hyphen."""
    out = lines[0].text
    for line in lines[1:]:
        hyphen = out.endswith("-") and not out.endswith((" -", "--")) and line.text[0].isalpha()
        out += line.text if hyphen else " " + line.text
    return out

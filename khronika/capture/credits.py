"""Whom a page itself names as the origin of its story: "originally published on …", "With reporting by …", "(ABC)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from khronika.capture.cues import cues, fold
from khronika.capture.pagedates import is_timestamp, written_date

_LONGEST = 80
_STOP = re.compile(r"[.!?;|()]\s|[.!?;|()]$|\s(?:on|at|under|with|for|in)\s|\s[–—-]\s|[«»]")
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_SIGN_OFF = re.compile(r"\(([^()]{2,40})\)\s*$|^\W*([A-Z][A-Za-z/ .-]{1,30})\W*$")


def upstream_outlets(
    credits: Iterable[str], ends: Iterable[str], agency: str | None, outlet: str | None
) -> tuple[str, ...]:
    """Outlets that the page credits, in order, each once, without the page's own `outlet`.

    `credits`: its credit paragraphs; `ends`: its last paragraphs, which may close with "(ABC)"; `agency`: of the
    dateline.
    """
    found = [agency] if agency else []
    for text in credits:
        found += _credited(text)
    for text in ends:
        if (match := _SIGN_OFF.search(text)) and (name := (match[1] or match[2]).strip()) in cues().agencies:
            found.append(name)
    own = fold(outlet or "")
    return tuple(dict.fromkeys(name for name in found if fold(name) != own))


def author_of(line: str) -> str | None:
    """Who a byline names, without "By", dates and hours: "MNA | Updated: 3 July 2031" → "MNA"; None for a bare date."""
    for part in re.split(r"[|•·]", line):
        name = part.strip(" ,;-–—")
        if name and not written_date(name) and not is_timestamp(name) and any(c.isalpha() for c in name):
            return re.sub(r"^by:?\s+", "", name, flags=re.I)
    return None


def _credited(text: str) -> list[str]:
    """The outlets named in one credit: the capitalized names behind one of the `upstream` phrases."""
    folded = text.casefold()
    out: list[str] = []
    for phrase in cues().upstream:
        at = folded.find(phrase)
        if at < 0 or len(folded) != len(text):
            continue
        rest = text[at + len(phrase) : at + len(phrase) + _LONGEST].strip(" :")
        end = _STOP.search(rest)
        names = _AND.split(rest[: end.start()] if end else rest)
        out += [n.strip(" .,“”\"'") for n in names[:6] if n[:1].isupper() or n[:4].casefold() == "the "]
        break
    return [name for name in out if name]

"""Small own stories, and a reader of one-line sentences, for tests of the record and the recipe."""

from __future__ import annotations

import hashlib
import os
import re
import time
from dataclasses import dataclass

from khronika.errors import ReadError
from khronika.facts.claims import Claim, Mention, Penalty, Reading
from khronika.facts.documents import Block, BlockKind, Capture, Document, document_id

_SENTENCE = re.compile(
    r"(?P<verb>detained|sentenced|released) (?P<who>[A-Z]\w+ [A-Z]\w+) on (?P<day>\d{4}-\d\d-\d\d)[^.\n]*\."
)
_TYPES = {"detained": "detention", "sentenced": "sentence", "released": "release"}
_TERM = re.compile(r"to (\d{1,3}) days")


@dataclass
class WordReader:
    """Reads "Police detained Aigul Nurlan on 2021-06-22." Does on demand what a reader may do wrong."""

    version: str = "1"
    pause: float = 0.0

    @property
    def name(self) -> str:
        return f"words {self.version}"

    def read(self, document: Document) -> Reading:
        time.sleep(self.pause)
        if "unreadable" in document.text:
            raise ReadError(document.source, "no sense in it")
        if "surprising" in document.text:
            raise ZeroDivisionError("a bug")
        if "deadly" in document.text:
            os._exit(9)
        claims, mentions = [], {}
        for found in _SENTENCE.finditer(document.text):
            term = _TERM.search(found[0])
            claims.append(
                Claim(
                    document=document.id,
                    source=document.source,
                    start=found.start(),
                    end=found.end(),
                    quote=found[0],
                    type=_TYPES[found["verb"]],
                    reader=self.name,
                    targets=(found["who"],),
                    date=found["day"],
                    penalties=(Penalty("administrative_arrest", f"P{term[1]}D"),) if term else (),
                )
            )
            mentions[found["who"]] = Mention(document.id, found["who"], (found["who"],), "person")
        return Reading(document.id, self.name, tuple(claims), (), tuple(mentions.values()))


def page(
    text: str, source: str = "a.txt", published: str | None = "2021-07-01"
) -> tuple[Capture, list[Document], list[Reading]]:
    """A page of one story, captured and read."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    document = Document(
        id=document_id(sha256, 1),
        source=source,
        part=1,
        sha256=sha256,
        text=text,
        blocks=(Block(BlockKind.STORY, 0, len(text)),),
        published=published,
        captured="2021-07-02T08:00:00+00:00",
    )
    capture = Capture(
        source=source, sha256=sha256, content=content, media_type="text/plain", captured=document.captured
    )
    return capture, [document], [WordReader().read(document)]


ARREST = "Police detained Aigul Nurlan on 2021-06-22. A court sentenced Aigul Nurlan on 2021-06-23 to 15 days in jail."
RELEASE = "The authorities released Aigul Nurlan on 2021-06-29 after protests."
OTHER = "Police detained Daniyar Ospan on 2021-06-25."

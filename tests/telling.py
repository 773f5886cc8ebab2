"""Stories told claim by claim, for tests of what a record answers: real linking, no reading."""

from __future__ import annotations

import hashlib
from functools import partial

from khronika.facts.claims import Claim, Mention, Penalty, Reading, Relation
from khronika.facts.documents import Block, BlockKind, Capture, Document, document_id
from khronika.facts.events import Place
from khronika.link.update import update
from khronika.record.record import Record

COUNTRIES = {"Almaty": "KZ", "Oravat": "KZ", "Talgar": "KZ", "Minsk": "BY"}
JAIL, ARREST = "imprisonment", "administrative_arrest"


def term(kind: str, duration: str | None = None) -> dict[str, object]:
    """A penalty, as a claim's field."""
    return {"penalties": (Penalty(kind, duration),)}


def locate(chain: tuple[str, ...]) -> Place | None:
    """The place with its country, where it is one of a few towns."""
    return Place(chain[0], COUNTRIES.get(chain[0])) if chain else None


class Teller:
    """Writes stories into a record. `story` takes sentences as (words, type, claim's fields); `done` links them all."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def story(
        self,
        published: str | None,
        *sentences: tuple[str, str, dict[str, object]],
        outlet: str = "The Courier",
        captured: str | None = None,
        relations: tuple[tuple[str, str, str, str], ...] = (),
        hints: dict[str, tuple[str, ...]] | None = None,
    ) -> str:
        """One story; gives its document's id. `relations`: (a, kind, b, words)."""
        text = " ".join([f"{outlet} reports.", *dict.fromkeys(words for words, _, _ in sentences)])
        content = f"{published} {text}".encode()
        sha = hashlib.sha256(content).hexdigest()
        document = Document(
            id=document_id(sha, 1), source=f"{sha[:6]}.txt", part=1, sha256=sha, text=text,
            blocks=(Block(BlockKind.STORY, 0, len(text)),), outlet=outlet, published=published,
            published_from="manifest" if published else None, language="en", captured=captured,
        )  # fmt: skip
        claims, mentions = [], {}
        for words, kind, given in sentences:
            at = text.index(words)
            place = {"document": document.id, "source": document.source, "start": at, "end": at + len(words)}
            claim = Claim(
                **place, quote=words, type=kind, reader="by hand 1", trigger=(at, at + 1 + len(claims)), **given
            )  # type: ignore[arg-type]
            claims.append(claim)
            people = {*claim.targets, *((claim.speaker,) if claim.speaker and claim.speaker.istitle() else ())}
            for name in sorted(people | set(claim.actors)):
                label = "person" if name in people else "organization"
                told = (hints or {}).get(name, ())
                mentions[name] = Mention(document.id, name, (name,), label, told)
        ties = tuple(Relation(document.id, a, kind, b, words) for a, kind, b, words in relations)
        for tie in ties:
            for name in (tie.a, tie.b):
                label = "organization" if name[:3] == "The" else "person"
                mentions.setdefault(name, Mention(document.id, name, (name,), label, (hints or {}).get(name, ())))
        reading = Reading(document.id, "by hand 1", tuple(claims), ties, tuple(mentions.values()))
        capture = Capture(source=document.source, sha256=sha, content=content, media_type="text/plain")
        self.record.append(capture, [document], [reading])
        return document.id

    def done(self) -> Record:
        """The record with everything linked."""
        self.record.derive(partial(update, locate=locate))
        return self.record

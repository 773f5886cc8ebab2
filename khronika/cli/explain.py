"""`khronika explain`: why a sentence is read as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import click

from khronika.cli import wording
from khronika.cli.options import Day, json_option, lexicon_option
from khronika.cli.screen import QUIET, answer, hanging, say, table
from khronika.errors import UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from khronika.facts.documents import Document
    from khronika.read.explain import Explained, Told

LONGEST = 20_000
"""Characters: a sentence or a paragraph or two; a whole story is for `khronika read`."""
SHOWN = 8
"""Near misses that are printed; the rest are in the JSON."""
CLOSE = 1
"""Words that a printed near miss may lack."""
INDENT = 2


@click.command()
@click.argument("sentence")
@click.option(
    "--published", type=Day(), metavar="DATE", help="The day the story appeared, for “on Monday” and the like."
)
@lexicon_option
@json_option
def explain(sentence: str, published: str | None, lexicon: str | None, as_json: bool) -> None:
    """Say why a sentence is read as it is.

    Prints the words with their grammar, the names, each claim with the frame it rests on and where every value comes
    from, and the frames that nearly fired, with what they lacked. SENTENCE may be several; it may begin with a dateline
    ("TARSK, Ruritania -- …").
    """
    from khronika.read.explain import explain as explained
    from khronika.read.reader import load_reader
    from khronika.settings import Settings

    settings = Settings.from_environment(lexicon=lexicon)
    found = explained(load_reader(settings), story(sentence, published))
    if as_json:
        answer(found.to_json())
        return
    for number, one in enumerate(found.sentences):
        if number:
            say()
        print_sentence(one)
    say()
    say((f"read by {found.reader}", QUIET))


def story(text: str, published: str | None) -> Document:
    """The text as a story of its own. Raises UsageError where there is nothing in it, or too much."""
    from khronika.capture.dateline import find_dateline
    from khronika.facts.documents import Block, BlockKind, Document, document_id

    text = text.encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        raise UsageError("there is no sentence to explain")
    if len(text) > LONGEST:
        raise UsageError(f"longer than {LONGEST:,} characters: give one sentence, or a paragraph")
    line = find_dateline(text)
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=document_id(sha, 1),
        source="sentence",
        part=1,
        sha256=sha,
        text=text,
        blocks=(Block(BlockKind.STORY, 0, len(text)),),
        dateline=line.place if line else None,
        dateline_span=(0, line.end) if line else None,
        published=published,
        language="en",
    )


def print_sentence(one: Explained) -> None:
    """Prints one sentence: its words, its names, its claims, and what nearly became one."""
    say((one.text, "bold"))
    say()
    print_words(one)
    if one.names:
        say()
        kinds = {"PERSON": "person", "ORG": "organization", "LOC": "place"}
        shown = (
            f"{n.text} ({kinds.get(n.label, n.label)}{f': {n.name}' if n.name not in {n.text, ''} else ''})"
            for n in one.names
        )
        say(("names: ", QUIET), ", ".join(shown))
    say()
    if not one.claims:
        say(("no claim", "bold"), _why_silent(one))
    for number, told in enumerate(one.claims):
        if number:
            say()
        print_claim(told)
    print_near(one)


def print_words(one: Explained) -> None:
    """Prints the words as a tree: below each word, further in, what hangs on it."""
    below: dict[int, list[int]] = {}
    for i, word in enumerate(one.words):
        if word.head != i:
            below.setdefault(word.head, []).append(i)
    rows: list[tuple[str | Text, ...]] = []
    roots = [i for i, word in enumerate(one.words) if word.head == i]
    todo = [(i, "", "") for i in reversed(roots)]
    while todo:
        i, lead, under = todo.pop()
        word = one.words[i]
        if word.label != "punct" or below.get(i):
            lemma = word.lemma if word.lemma != word.text.lower() else ""
            rows.append((hanging(lead, word.text), word.link, word.part, lemma))
        kids = [k for k in below.get(i, []) if one.words[k].label != "punct" or below.get(k)]
        for k in reversed(kids):
            last = k == kids[-1]
            todo.append((k, under + ("└─ " if last else "├─ "), under + ("   " if last else "│  ")))
    table(("word", "what it is to the word above", "part of speech", "base form"), rows, ("word", "part of speech"))


def print_claim(told: Told) -> None:
    """Prints a claim: kind, the words and frame that made it, and each value with where it comes from."""
    claim = told.claim
    sub = f" ({wording.plain(claim.subtype)})" if claim.subtype and claim.subtype != "unspecified" else ""
    say(("claim: ", QUIET), (f"{wording.plain(claim.type)}{sub}", "bold"), f" on “{told.words}”")
    say((f"frame {told.frame}, made for: {told.example}", QUIET), indent=INDENT)
    table(("field", "value", "from"), [(p.field, p.value, p.source) for p in told.parts], ("field",), indent=INDENT)
    if told.absent:
        say((f"not found: {', '.join(told.absent)}", QUIET), indent=INDENT)


def print_near(one: Explained) -> None:
    """Prints the frames that nearly fired, with what they lacked."""
    if not one.near:
        return
    say()
    near = [n for n in one.near if n.lacking <= CLOSE][:SHOWN]
    rows = [(n.word, wording.plain(n.kind), n.frame, n.reason) for n in near]
    if rows:
        say(("not read, though its word is there:", QUIET))
        table(("word", "kind", "frame", "why not"), rows, ("word", "frame"), indent=INDENT)
    if others := len(one.near) - len(near):
        say((f"{'and ' * bool(near)}{others} farther off (--json has all)", QUIET), indent=INDENT)


def _why_silent(one: Explained) -> str:
    if one.question:
        return ": a question claims nothing"
    return "" if one.opened else ": no frame finds all its words in this sentence"

"""What is sent: the instructions, the story as data apart from them, and the only form that an answer may have."""

from __future__ import annotations

import json
import secrets
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from khronika.consult.passages import Passages
from khronika.errors import LexiconError
from khronika.facts.codebook import codebook
from khronika.text import edtf

FILE = "second_reader.toml"
FORMS = ("json_schema", "json_object", "")
"""How an answer's form is asked for, the strictest first; "": by the instructions alone, for endpoints that know no
other. Whatever the form, each value of the answer is checked here."""

_TEXT = {"type": ["string", "null"]}
_NUMBER = {"type": ["number", "null"]}
_WHOLE = {"type": ["integer", "null"]}
_WORDS = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Instructions:
    """The file `second_reader.toml`: its version, the text, and what each kind means."""

    version: int
    text: str
    kinds: dict[str, str]


@cache
def instructions() -> Instructions:
    """The packaged instructions, read once. Raises LexiconError."""
    return parse(files("khronika").joinpath("resources", FILE).read_text(encoding="utf-8"))


def parse(text: str) -> Instructions:
    """Instructions from TOML. Raises LexiconError: not TOML, a part missing, kinds other than the codebook's."""
    try:
        tables = tomllib.loads(text)
        found = Instructions(int(tables["version"]), str(tables["instructions"]), dict(tables["kinds"]))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise LexiconError(FILE, str(error)) from error
    if [*found.kinds] != [*codebook().kinds]:
        raise LexiconError(FILE, "kinds: those of codebook.toml are needed, in its order")
    return found


def question(passages: Passages, model: str, tokens: int, form: str) -> bytes:
    """The request's body. `tokens`: the most that the answer may have; `form`: one of `FORMS`.

    The system message is the same for every story but for the marker, a random number that no story can know.
    """
    marker = secrets.token_hex(16)
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": f"{_system(form)}\nThe marker of this story is {marker}."},
            {"role": "user", "content": _story(passages, marker)},
        ],
        "temperature": 0,
        "max_tokens": tokens,
        "stream": False,
    }
    if form == "json_schema":
        body["response_format"] = {
            "type": form,
            "json_schema": {"name": "claims", "strict": True, "schema": schema()},
        }
    elif form:
        body["response_format"] = {"type": form}
    return json.dumps(body).encode("ascii")


def _story(passages: Passages, marker: str) -> str:
    """The user's message: the publication date, if it is one, and the story between two marker lines."""
    published = passages.document.published
    try:
        day = edtf.validate(published) if published else "unknown"
    except ValueError:
        day = "unknown"
    return f"Published: {day}\n{marker}\n{passages.text}\n{marker}"


@cache
def _system(form: str) -> str:
    """The instructions with kinds and subtypes, and the answer's form where the request does not carry it."""
    told = instructions()
    kinds = [
        f"- {kind}: {told.kinds[kind]}" + (f" [subtypes: {', '.join(sorted(subtypes))}]" if subtypes else "")
        for kind, subtypes in codebook().kinds.items()
    ]
    fields = json.dumps(schema()["properties"]["claims"]["items"]["properties"], separators=(",", ":"))
    in_words = [] if form == "json_schema" else ["", f"Fields of a claim, as JSON schema: {fields}"]
    return "\n".join([told.text.strip(), "", "Kinds (type)", *kinds, *in_words])


@cache
def schema() -> dict[str, Any]:
    """The answer's form, with the codebook's closed values: the subset of JSON schema that strict endpoints take."""
    book = codebook()
    span = {"min": _WHOLE, "max": _WHOLE, "approx": {"type": "boolean"}}
    penalty = {
        "kind": {"type": "string", "enum": sorted(book.penalties)},
        "duration": _TEXT,
        "amount": _NUMBER,
        "currency": _TEXT,
        "detail": _TEXT,
    }
    subtypes = sorted({s for several in book.kinds.values() for s in several})
    claim = {
        "quote": {"type": "string"},
        "type": {"type": "string", "enum": [*book.kinds]},
        "subtype": {"type": ["string", "null"], "enum": [*subtypes, None]},
        "targets": _WORDS,
        "actors": _WORDS,
        "count": _or_null(span),
        "group": _TEXT,
        "place": _WORDS,
        "date": _TEXT,
        "status": {"type": "string", "enum": [*book.statuses]},
        "hedged": {"type": "boolean"},
        "speaker": _TEXT,
        "penalties": {"type": "array", "items": _object(penalty)},
        "charge": _TEXT,
        "duration": _TEXT,
        "list": _TEXT,
        "figure": _or_null({"what": {"type": "string"}, **span}),
    }
    return _object({"claims": {"type": "array", "items": _object(claim)}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _or_null(properties: dict[str, Any]) -> dict[str, Any]:
    """Such an object, or null."""
    return {"anyOf": [_object(properties), {"type": "null"}]}

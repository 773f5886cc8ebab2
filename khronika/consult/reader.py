"""A reader behind an OpenAI-compatible endpoint: what it says of a story, under bounds, as proposals.

reader = load_endpoint_reader("http://127.0.0.1:8080/v1", "a-model", Settings())
reader.consult([document])      # SecondReading: never raises for what the endpoint does
reader.read(document)           # Reading, as of any reader: raises ReadError where there is no usable answer
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from khronika.consult.address import Endpoint, Key, checked_model, parse_endpoint
from khronika.consult.passages import Passages, passages_of
from khronika.consult.proposals import Checked
from khronika.consult.question import FORMS, instructions, question
from khronika.consult.wire import Bounds, NoAnswer, post, resolve
from khronika.errors import ReadError, UsageError
from khronika.facts.claims import Reading
from khronika.facts.documents import Document
from khronika.facts.second import Outcome, SecondReading
from khronika.settings import Settings

TRIES = 3
"""Questions on one story where the endpoint is busy or fails."""
GIVE_UP = 3
"""Stories in a row without an answer, after which the endpoint is not asked again in this run."""
PER_TOKEN = 4
"""Characters of English to a token, about: what is counted where the endpoint does not count."""
_BUSY = frozenset({429, 500, 502, 503, 504})
_OTHER_FORM = frozenset({400, 404, 415, 422, 501})
"""What an endpoint answers that does not know how the form is asked for; 404 is llama.cpp's for some routes."""
_WAIT_S = 1.0


class BadAnswer(NoAnswer):
    """An answer came, but nothing in it can be used."""


@dataclass
class EndpointReader:
    """Asks the endpoint about stories, one after another. Satisfies `facts.contracts.Reader` and `SecondReader`.

    One object is one run: what `settings` allows a run in all is counted here. `pause`: waits so many seconds.
    """

    endpoint: Endpoint
    model: str
    settings: Settings
    key: Key | None = None
    pause: Callable[[float], None] = time.sleep
    _spent: int = 0
    _began: float = field(default_factory=time.monotonic)
    _mute: int = 0
    _form: int = 0

    @property
    def name(self) -> str:
        """Name and version with the model's name, as stored with each proposal."""
        return f"llm {instructions().version} / {self.model}"

    def read(self, document: Document) -> Reading:
        """The proposals as claims, for measuring this reader by itself. Raises ReadError."""
        found = self._one(document)
        if found.outcome is not Outcome.READ:
            raise ReadError(document.source, found.reason or "not read")
        return Reading(document.id, self.name, found.claims)

    def consult(self, documents: Sequence[Document]) -> tuple[SecondReading, ...]:
        """What it says of each document; where it says nothing, why."""
        return tuple(map(self._one, documents))

    def _one(self, document: Document) -> SecondReading:
        """One document: refused, not asked, or asked."""
        if document.keep_local:
            return self._without(document, Outcome.WITHHELD, "marked as not to leave (keep_local)")
        passages = passages_of(document)
        if not passages.blocks:
            return SecondReading(document=document.id, reader=self.name)
        if reason := self._used_up():
            return self._without(document, Outcome.UNASKED, reason)
        if len(passages.text) > self.settings.second_story_chars:
            reason = f"the story is longer than {self.settings.second_story_chars:,} characters"
            return self._without(document, Outcome.FAILED, reason)
        before = self._spent
        try:
            checked = self._asked(passages)
        except NoAnswer as error:
            self._mute = 0 if isinstance(error, BadAnswer) else self._mute + 1
            return self._without(document, Outcome.FAILED, error.reason, self._spent - before)
        self._mute = 0
        return SecondReading(
            document=document.id,
            reader=self.name,
            claims=tuple(sorted(checked.claims.values(), key=lambda c: (c.start, c.end, c.id))),
            dropped=checked.counts(),
            tokens=self._spent - before,
        )

    def _without(self, document: Document, outcome: Outcome, reason: str, tokens: int = 0) -> SecondReading:
        """A reading that there is not."""
        return SecondReading(document=document.id, reader=self.name, outcome=outcome, reason=reason, tokens=tokens)

    def _used_up(self) -> str | None:
        """Why the endpoint is not asked any more in this run."""
        limits = self.settings
        if self._mute >= GIVE_UP:
            return f"no answer on {GIVE_UP} stories in a row: not asked any more"
        if self._spent >= limits.second_run_tokens:
            return f"the run's {limits.second_run_tokens:,} tokens are used up"
        if time.monotonic() - self._began >= limits.second_run_minutes * 60:
            return f"the run's {limits.second_run_minutes:,} minutes for the second reader are over"
        return None

    def _asked(self, passages: Passages) -> Checked:
        """The checked answer. Raises NoAnswer."""
        limits = self.settings
        run_ends = self._began + limits.second_run_minutes * 60
        until = min(time.monotonic() + limits.second_seconds, run_ends)
        bounds = Bounds(until, limits.second_answer_kb * 1000)
        checked = Checked(passages, self.name)
        for attempt in range(TRIES + len(FORMS)):
            body = question(passages, self.model, limits.second_answer_tokens, FORMS[self._form])
            try:
                content, cut = self._answer(post(self.endpoint, body, self.key, bounds), len(body), checked)
                checked.take(claims_in(content, cut))
                return checked
            except NoAnswer as error:
                if not error.status and not isinstance(error, BadAnswer):  # what was sent may have been worked on
                    self._spend(len(body) // PER_TOKEN)
                self._go_on(error, attempt, bounds)
        raise NoAnswer("no usable answer")

    def _go_on(self, error: NoAnswer, attempt: int, bounds: Bounds) -> None:
        """Readies another try: by a plainer form where the endpoint does not know this one, after a while where it is
        busy. Raises the error where another try is of no use."""
        if error.status in _OTHER_FORM and self._form + 1 < len(FORMS):
            self._form += 1
            return
        wait = error.wait if error.wait is not None else _WAIT_S * 2**attempt
        if error.status not in _BUSY or attempt + 1 >= TRIES or wait >= bounds.until - time.monotonic():
            raise error
        self.pause(wait)

    def _answer(self, body: bytes, asked: int, checked: Checked) -> tuple[str, bool]:
        """The message's text, and whether it was cut off at the bound on tokens. Tool calls are counted, not heeded.

        `asked`: characters of the question. Raises BadAnswer.
        """
        answer = strict_json(body)
        least = (asked + len(body)) // PER_TOKEN
        self._spend(max(least, _told_tokens(answer)))
        choices = answer.get("choices") if isinstance(answer, dict) else None
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(choice, dict) or not isinstance(message, dict):
            raise BadAnswer("the answer is no chat completion")
        calls = message.get("tool_calls")
        checked.dropped["tool call"] += len(calls) if isinstance(calls, list) else bool(calls)
        checked.dropped["tool call"] += bool(message.get("function_call"))
        content = message.get("content")
        if not isinstance(content, str) or not content.strip():
            raise BadAnswer("a tool call instead of claims" if checked.dropped["tool call"] else "an empty answer")
        return content, choice.get("finish_reason") == "length"

    def _spend(self, tokens: int) -> None:
        """Counts tokens against the run's bound."""
        self._spent += tokens


def load_endpoint_reader(
    url: str, model: str, settings: Settings, allow_remote: str | None = None, key: Key | None = None
) -> EndpointReader:
    """The reader behind the address, its name resolved and checked now, before any story is read.

    `allow_remote`: the host, where it may be another machine than this. Raises UsageError.
    """
    endpoint = parse_endpoint(url, allow_remote)
    try:
        resolve(endpoint)
    except NoAnswer as error:
        hint = "" if endpoint.remote else "; --allow-remote HOST allows another machine, over https"
        raise UsageError(f"--endpoint: {error.reason}{hint}") from error
    return EndpointReader(endpoint, checked_model(model), settings, key)


def claims_in(content: str, cut: bool = False) -> list[Any]:
    """The list of claims in a message's text: JSON, also in a code fence or behind a model's thinking aloud.

    `cut`: the answer was cut off at the bound on tokens. Raises BadAnswer.
    """
    text = content.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2].strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rstrip().removesuffix("```")
    try:
        found = strict_json(text.encode("utf-8", "replace"))
    except BadAnswer:
        raise BadAnswer("the answer was cut off at the bound on tokens" if cut else "the answer is not JSON") from None
    claims = found.get("claims") if isinstance(found, dict) else None
    if not isinstance(claims, list):
        raise BadAnswer("the answer has no list of claims")
    return claims


def strict_json(body: bytes) -> Any:  # noqa: ANN401  (whatever JSON can hold)
    """The value of a JSON text without NaN and infinities. Raises BadAnswer, also where it is nested too deep."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not JSON") from None


def _refuse(name: str) -> None:
    """NaN and infinities are no JSON."""
    raise ValueError(name)


def _told_tokens(answer: Any) -> int:  # noqa: ANN401
    """The tokens that the endpoint says it took; 0 where it does not say."""
    usage = answer.get("usage") if isinstance(answer, dict) else None
    told = usage.get("total_tokens") if isinstance(usage, dict) else None
    return told if type(told) is int and 0 <= told < 10**9 else 0

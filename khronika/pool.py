"""The same call over many items in several processes, results in the order of the items. Knows nothing of news."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

AHEAD = 4
"""Items handed out ahead of the one wanted next, for each process: none waits, and memory stays bounded."""

_work: Callable[[Any], Any] | None = None


@dataclass
class Pool(Generic[In, Out]):
    """Processes that do one call.

    `call` must be picklable; each process gets its own copy, once, so that it may load what it needs at its first item.
    `needs`: whether an item is to be worked on at all; `passed` gives the result of one that is not. `lost` gives the
    result of an item on which a process died (out of memory, a crash in native code); the others are done all the same.
    """

    call: Callable[[In], Out]
    jobs: int
    needs: Callable[[In], bool]
    passed: Callable[[In], Out]
    lost: Callable[[In], Out]
    _executor: ProcessPoolExecutor | None = None
    _waiting: deque[tuple[In, Future[Out] | None]] = field(default_factory=deque)

    def in_order(self, items: Iterable[In]) -> Iterator[Out]:
        """The result of each item. With one job, the call is made in this process, item by item."""
        if self.jobs == 1:
            yield from (self.call(i) if self.needs(i) else self.passed(i) for i in items)
            return
        done = False
        try:
            for item in items:
                self._waiting.append((item, self._submit(item)))
                if len(self._waiting) > self.jobs * AHEAD:
                    yield self._next()
            while self._waiting:
                yield self._next()
            done = True
        finally:
            self._stop(wait=done)

    def _submit(self, item: In) -> Future[Out] | None:
        """Hands the item out, if it needs work."""
        if not self.needs(item):
            return None
        if self._executor is None:
            context = multiprocessing.get_context("spawn")
            self._executor = ProcessPoolExecutor(self.jobs, context, initializer=_begin, initargs=(self.call,))
        try:
            return self._executor.submit(_do, item)
        except BrokenProcessPool as error:
            broken: Future[Out] = Future()
            broken.set_exception(error)
            return broken

    def _next(self) -> Out:
        """The result of the item that was handed out first."""
        item, future = self._waiting.popleft()
        if future is None:
            return self.passed(item)
        try:
            return future.result()
        except BrokenProcessPool:
            return self._again(item)

    def _again(self, item: In) -> Out:
        """A process died while this item or another was worked on: this one again, alone; then the rest as before."""
        self._stop(wait=False)
        future = self._submit(item)
        assert future
        try:
            out = future.result()
        except BrokenProcessPool:
            out = self.lost(item)
            self._stop(wait=False)
        self._waiting = deque((i, f if f is None or _is_good(f) else self._submit(i)) for i, f in self._waiting)
        return out

    def _stop(self, wait: bool) -> None:
        """Ends the processes."""
        if self._executor:
            self._executor.shutdown(wait=wait, cancel_futures=True)
            self._executor = None


def _is_good(future: Future[Any]) -> bool:
    """Whether the result is there."""
    return future.done() and not future.cancelled() and future.exception() is None


def _begin(call: Callable[[Any], Any]) -> None:
    """Readies a process: Ctrl-C is the parent's to handle, and without a parent there is nothing to do."""
    global _work
    _work = call
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when the parent is gone, however it went."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _do(item: Any) -> Any:  # noqa: ANN401  (whatever the call takes and gives)
    """One item."""
    assert _work
    return _work(item)

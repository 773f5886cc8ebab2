"""Many items in several processes: order, death of a process, one job."""

from __future__ import annotations

import os

import pytest

from khronika.pool import Pool


def square(number: int) -> int:
    """A call that kills its process on demand."""
    if number == 13:
        os._exit(9)
    return number * number


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_in_order(jobs: int) -> None:
    """As many results as items, in their order; items that need no work are passed through."""
    pool: Pool[int, int] = Pool(square, jobs, lambda n: n % 2 == 0, lambda n: -n, lambda n: 0)
    assert [*pool.in_order(range(12))] == [n * n if n % 2 == 0 else -n for n in range(12)]


def test_a_process_that_dies_costs_one_item() -> None:
    """The item on which it died is lost, the others are done."""
    pool: Pool[int, int] = Pool(square, 2, lambda n: True, lambda n: n, lambda n: -1)
    assert [*pool.in_order(range(10, 18))] == [100, 121, 144, -1, 196, 225, 256, 289]


def test_stopping_early_ends_the_processes() -> None:
    """Whoever stops asking leaves no process behind that holds things up."""
    pool: Pool[int, int] = Pool(square, 2, lambda n: True, lambda n: n, lambda n: -1)
    results = pool.in_order(iter(range(100, 100_000)))
    assert next(results) == 10_000
    results.close()
    assert pool._executor is None

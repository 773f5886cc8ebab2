"""The parts. Each takes an empty folder, how often to do its worst, and a seed, and gives lines of what came of it."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from khronika.errors import KhronikaError
from khronika.record.backup import restore
from khronika.record.record import open_record
from tests.cli import damaging
from tests.record import attacks as forging
from tests.record import earlier
from tests.record import flips as flipping
from tests.record import kills as killing


@dataclass(frozen=True)
class Line:
    """What was done `times` times, and what of it did not go as it must."""

    what: str
    times: int
    wrong: tuple[str, ...] = ()
    more: str = ""

    @property
    def broken(self) -> bool:
        """Whether anything went wrong."""
        return bool(self.wrong)

    def __str__(self) -> str:
        told = f"{self.what:<44}{self.times:>7,} times, {len(self.wrong):,} wrong  {self.more}"
        return "\n    ".join([told, *self.wrong[:10]])


def kills(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R1: SIGKILL at random moments of each run."""
    place = killing.Place(folder / "place")
    for what in killing.RUNS:
        toll = killing.kill(place, what, max(1, times // len(killing.RUNS)), random.Random(f"{what} {seed}"))
        slow = [f"usable after {toll.slowest:.1f} s only"] if toll.slowest > killing.USABLE_S else []
        told = f"{toll.early} were done before; {toll.acknowledged:,} acknowledged, {len(toll.lost):,} lost"
        more = f"{told}, usable within {toll.slowest:.2f} s"
        wrong = (*(f"lost: {one}" for one in toll.lost), *toll.wrong, *slow)
        yield Line(f"killed while it runs: {what}", toll.killed, wrong, more)


def flips(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """I1: one flipped bit in database, captures, mark or note."""
    flipping.fill(folder / "record")
    found = flipping.flip(folder / "record", random.Random(seed), times)
    yield Line("a flipped bit", times, found.unnoticed, f"{found.found:,} found, {found.harmless:,} without effect")


def attacks(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """I3: each attack on the log, held against an earlier checkpoint; half of them with the whole chain made anew."""
    chosen = random.Random(seed)
    flipping.fill(folder / "record")
    with open_record(folder / "record") as record:
        kept = forging.grown(record)
        for number, attack in enumerate(forging.ATTACKS):
            wrong = []
            for time in range(times):
                place = chosen.randint(2, kept.entries)
                if not forging.is_found(record, kept, number, place, computed=bool(time % 2)):
                    wrong.append(f"at entry {place}")
            yield Line(f"the log forged: {attack.__name__}", times, tuple(wrong))


def damage(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R6: truncated, emptied, swapped, foreign, newer files through the verbs."""
    sound, wrong = folder / "sound", []
    flipping.fill(sound)
    asked = damaging.verbs("Aigul Nurlan", "2021-06-24")
    before = damaging.answers(sound, asked)
    for number in range(times):
        chosen = random.Random(f"{seed} {number}")
        case = folder / str(number)
        shutil.copytree(sound, case / "record")
        how = damaging.damage(case / "record", chosen, number)
        if ill := damaging.wrong_with(case / "record", before, asked, chosen):
            wrong.append(f"{how}: {ill}")
        shutil.rmtree(case)
    yield Line("a damaged record through the verbs", times, tuple(wrong))


def backups(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R11: a flipped bit in a backup is refused, and nothing is made."""
    flipping.fill(folder / "record")
    with open_record(folder / "record") as record:
        record.backup(folder / "good.tar")
    content, chosen, wrong = (folder / "good.tar").read_bytes(), random.Random(seed), []
    for _ in range(times):
        at = chosen.randrange(len(content))
        flipped = bytearray(content)
        flipped[at] ^= 1 << chosen.randrange(8)
        (folder / "bad.tar").write_bytes(flipped)
        try:
            restore(folder / "bad.tar", folder / "back")
            wrong.append(f"byte {at} was not missed")
            shutil.rmtree(folder / "back")
        except KhronikaError:
            if (folder / "back").exists():
                wrong.append(f"byte {at}: something was made")
    yield Line("a flipped bit in a backup", times, tuple(wrong))


def migrations(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R10: killed at each statement on the way from each earlier schema, at most `times`."""
    with open_record(folder / "new", create=True):
        newest = earlier.migrations(folder / "new")
    for schema in earlier.SCHEMAS:
        old = earlier.unpack(schema, folder / schema)
        there, before, wrong = earlier.migrations(old), earlier.facts(old), []
        if there == newest:
            continue
        ends = earlier.kill(old, folder / f"killed-{schema}", range(1, times + 1))
        for number in ends:
            case = folder / f"killed-{schema}" / str(number)
            if earlier.migrations(case) not in (there, newest) or earlier.facts(case) != before:
                wrong.append(f"statement {number}: between")
                continue
            with open_record(case) as record:
                wrong += [f"statement {number}: {line}" for line in record.check().damaged]
            if earlier.facts(case) != before or earlier.migrations(case) != newest:
                wrong.append(f"statement {number}: not completed")
        yield Line(f"killed on the way from schema {schema}", sum(ends.values()), tuple(wrong))


def faults(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R3: the n-th write, sync, open, rename of each run fails, once or from then on; in a process that was started
    with the library that lets them fail (`faults.py`)."""
    if not (compiler := shutil.which("cc")) or sys.platform != "linux":
        yield Line("a failing disk: skipped, needs Linux and a C compiler", 0)
        return
    library = folder / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    words = [sys.executable, "-m", "bench.torture.faults", str(folder), str(times), str(seed)]
    environment = os.environ | {"LD_PRELOAD": str(library)}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as found:
        assert found.stdout
        for told in found.stdout:
            values = json.loads(told)
            yield Line(values["what"], values["times"], tuple(values["wrong"]), values["more"])
    if found.returncode:
        yield Line("a failing disk", 0, (f"ended with {found.returncode}",))


def disks(folder: Path, times: int, seed: int) -> Iterator[Line]:
    """R4: no file may grow beyond a size (RLIMIT_FSIZE), from a part of what the record has to more than it needs. Each
    run ends with a typed error or is done; what it said it had is there; without the limit it is completed."""
    place = killing.Place(folder / "place")
    small = (place.base / "record.sqlite3").stat().st_size // 4
    for what, run in killing.RUNS.items():
        wrong, refused, sizes = [], 0, max(1, times // len(killing.RUNS))
        for number in range(sizes):
            record = Path(shutil.copytree(place.base, folder / f"{what}-{number}" / "record"))
            limit = small + number * 12 * small // sizes
            told, code = apart(lambda told: run(place, record, told), lambda: _limited(limit))  # noqa: B023
            refused += code == REFUSED
            if code not in {0, REFUSED}:
                wrong.append(f"{what} at {limit:,} bytes: exit code {code}")
            wrong += after(place, what, record, told)
            shutil.rmtree(record.parent)
        yield Line(f"a full disk: {what}", sizes, tuple(wrong), f"{refused} refused")


REFUSED = 9
"""The exit code of a run that ended with an error of ours, or of the system."""
Run = Callable[[Callable[[str], None]], None]


def _limited(limit: int) -> None:
    """From here on no file of this process may grow beyond the limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def apart(run: Run, first: Callable[[], None]) -> tuple[list[str], int]:
    """Runs in a process of its own, after `first`; what it told, and its exit code."""
    hears, says = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            first()
            run(lambda line: os.write(says, f"{line}\n".encode()) and None)
            code = 0
        except (KhronikaError, OSError):
            code = REFUSED
        finally:
            if code == 1:  # a traceback is what this looks for
                traceback.print_exc()
            os._exit(code)
    os.close(says)
    with os.fdopen(hears) as heard:
        told = heard.read().splitlines()
    return told, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def after(place: killing.Place, what: str, record: Path, told: list[str]) -> Iterator[str]:
    """What is not as it must be once there is room again."""
    toll = killing.Toll()
    try:
        killing.judge(place, what, record, told, toll)
    except KhronikaError as error:
        yield f"{what}: {error}"
    yield from (f"lost: {one}" for one in toll.lost)
    yield from toll.wrong

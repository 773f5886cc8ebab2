"""`python -m bench.readme`: puts real output into README.md, between its marks: it never shows what was not seen.

Runs the demo, the scoring of the example stories, and (with `--test`) the tests, (with `--held-out`) the checks on sets
of the companion folder, at 80 columns.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from bench import hrdsattack, police

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
ENTRIES = 3
"""How many entries of the case history are shown; the rest is left out, and said to be."""


def seen(*call: str | Path) -> str:
    """What the command prints on an 80-column terminal. Raises CalledProcessError where it fails."""
    plain = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(call, cwd=ROOT, env=plain, check=True, capture_output=True, text=True).stdout.strip()


def shortened(demo: str) -> str:
    """The demo's output with the later entries of the case left out."""
    head, reported, rest = demo.partition("What is reported\n")
    history, prompt, answer = rest.partition("\n$ khronika status")
    entries = history.strip().split("\n\n")
    left = f"[... {len(entries) - ENTRIES} more entries ...]"
    shown = [*entries[:ENTRIES], left] if len(entries) > ENTRIES else entries
    return head + reported + "\n" + "\n\n".join(shown) + "\n" + prompt + answer


def put(text: str, mark: str, block: str) -> str:
    """The text with the block, fenced, between `<!-- mark -->` and `<!-- /mark -->`."""
    fenced = f"<!-- {mark} -->\n```\n{block}\n```\n<!-- /{mark} -->"
    replaced, times = re.subn(rf"<!-- {mark} -->.*?<!-- /{mark} -->", lambda _: fenced, text, flags=re.S)
    if times != 1:
        raise SystemExit(f"README.md has the mark {mark} {times} times")
    return replaced


def main() -> None:
    """Fills the marks."""
    program = Path(Path(sys.executable).with_name("khronika"))
    text = put(README.read_text("utf-8"), "demo", shortened(seen(ROOT / "bench" / "demo", program)))
    score = ["evaluate", "examples/gold", "--record", "build/demo"]
    text = put(text, "quality", f"$ khronika {' '.join(score)}\n{seen(program, *score)}")
    if "--test" in sys.argv:
        text = put(text, "test", "\n".join(seen(sys.executable, "-m", "pytest", "--no-header").splitlines()[-3:]))
    if "--held-out" in sys.argv:
        text = put(text, "held-out", "\n\n".join("\n".join(check.report()[0]) for check in (hrdsattack, police)))
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

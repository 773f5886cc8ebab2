"""The contents page, and the house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import khronika

PACKAGE = Path(khronika.__file__).parent


def test_the_contents_page() -> None:
    """At most ten names, each of them there."""
    assert len(khronika.__all__) <= 10
    for name in khronika.__all__:
        assert getattr(khronika, name)
    assert set(khronika.__all__) <= set(dir(khronika))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        khronika.nonsense  # noqa: B018


def test_importing_the_package_costs_nothing() -> None:
    """No Django, no model runtime, no page reader before they are needed."""
    heavy = "{'django', 'onnxruntime', 'trafilatura', 'py3langid', 'numpy', 'rich'}"
    code = f"import sys, khronika; print(sorted({heavy} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_one_broad_catch() -> None:
    """Only the recipe catches every exception: elsewhere a bug must show itself."""
    found = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises(node):
                found.append(file.relative_to(PACKAGE).as_posix())
    assert found == ["flow.py"]


def _is_broad(node: ast.ExceptHandler) -> bool:
    names = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
    return any(n is None or (isinstance(n, ast.Name) and n.id in {"Exception", "BaseException"}) for n in names)


def _raises(node: ast.ExceptHandler) -> bool:
    """Cleaning up and raising again hides nothing."""
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_the_record_knows_django() -> None:
    """Nothing outside the record room imports Django."""
    for file in PACKAGE.rglob("*.py"):
        if "record" not in file.relative_to(PACKAGE).parts:
            assert "import django" not in file.read_text(encoding="utf-8")
            assert "from django" not in file.read_text(encoding="utf-8")


NETWORK = {"socket", "ssl", "http", "urllib3", "requests", "httpx", "ftplib", "smtplib", "asyncio", "socketserver"}


def test_one_place_opens_connections() -> None:
    """Only the second reader's wire knows the network; taking an address apart (urllib.parse) is no connection."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(n.split(".")[0] in NETWORK or n.startswith("urllib.request") or n == "urllib" for n in names):
                found.add(file.relative_to(PACKAGE).as_posix())
    assert found == {"consult/wire.py"}


def test_the_recipe_stays_short() -> None:
    """flow.py is the recipe, at most 200 lines."""
    assert len((PACKAGE / "flow.py").read_text(encoding="utf-8").splitlines()) <= 200

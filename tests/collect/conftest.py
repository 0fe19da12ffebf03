"""Small files in many formats, written where a test may write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from workbench.collect import Parsed, Problem, open_files

Write = Callable[[str, Any], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file: bytes and text as they are, a list as JSON Lines (for .jsonl) or as one JSON document."""

    def write(name: str, content: Any) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_bytes(content.encode())
        elif name.endswith(".jsonl"):
            path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in content))
        else:
            path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        return path

    return write


@pytest.fixture
def read() -> Callable[..., tuple[list[Parsed], list[Problem]]]:
    """What a path holds: conversations and problems."""

    def read(path: Path, **chosen: Any) -> tuple[list[Parsed], list[Problem]]:
        found: list[Parsed | Problem] = []
        for file in open_files(path, **chosen):
            found += [file] if isinstance(file, Problem) else list(file.read())
        parsed = [item for item in found if isinstance(item, Parsed)]
        return parsed, [item for item in found if isinstance(item, Problem)]

    return read

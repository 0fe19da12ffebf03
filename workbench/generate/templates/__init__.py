"""Prompt templates as files beside this one: blocks with a name, so that one can be read, compared and changed alone.

``## name`` begins a block; its text goes on to the next. ``{place}`` is filled when a request is made, and what is put
in is never read as a template again.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def template(name: str) -> dict[str, str]:
    """The blocks of ``{name}.txt`` by their names, in order."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines = blocks.setdefault(line[3:].strip(), [])
        else:
            lines.append(line)
    return {block: "\n".join(text).strip() for block, text in blocks.items()}

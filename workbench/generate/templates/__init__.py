"""Prompt templates as files beside this one: blocks with a name, so that one can be read, compared and changed alone.

``## name`` begins a block; its text goes on to the next. ``{place}`` is filled when a request is made, and what is put
in is never read as a template again.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from workbench.prompt import Wording


@cache
def template(name: str) -> dict[str, Wording]:
    """The blocks of ``{name}.txt`` by their names, in order; what is made from one knows its blocks (`Filled`)."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines = blocks.setdefault(line[3:].strip(), [])
        else:
            lines.append(line)
    return {block: Wording("\n".join(text).strip(), block) for block, text in blocks.items()}

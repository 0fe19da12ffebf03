"""Word lists, one word or name per line, beside this file."""

from __future__ import annotations

from importlib.resources import files


def word_tuple(name: str) -> tuple[str, ...]:
    """The lines of ``name.txt``, in order."""
    return tuple(files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n"))[:-1]


def word_list(name: str) -> frozenset[str]:
    """The lines of ``name.txt``."""
    return frozenset(word_tuple(name))

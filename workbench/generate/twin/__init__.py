"""Our own sentences for twins: by what they do and who says them, one file per language.

``## ask assistant`` heads what an assistant asks, ``## ask`` what anybody asks; ``## with phone`` sentences into which
a stand-in of that kind goes, ``## with phone ask`` questions of that sort; ``## tail`` what a sentence may be made
longer with. No sentence holds a digit or a name, so that those of a twin can only be stand-ins.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from workbench.text import tokens

_HOLE = re.compile(r"\{[^}]*\}")
LANGUAGES = ("en", "fr", "zh")


@cache
def blocks(language: str) -> dict[str, tuple[str, ...]]:
    """The sentences of a language, without their end marks, by heading."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in files(__name__).joinpath(f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            lines = found.setdefault(line[3:].strip(), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return {heading: tuple(said) for heading, said in found.items()}


def said_by(language: str, act: str, role: str) -> tuple[str, ...]:
    """The sentences of an act that somebody of this role says."""
    return blocks(language).get(f"{act} {role}") or blocks(language)[act]


@cache
def own_words(language: str) -> frozenset[str]:
    """Every word that our sentences use, as `tokens` reads them (in Chinese every character)."""
    return frozenset(
        word for said in blocks(language).values() for line in said for word in tokens(_HOLE.sub(" ", line))
    )

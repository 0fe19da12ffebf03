"""Reading what a person chose for an export."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import InvalidInput
from workbench.release.base import Options

_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


def flag(options: Options, name: str, default: bool) -> bool:
    """A yes or no; the words are understood as well, since the command line gives text."""
    word = str(options.get(name, default)).strip().casefold()
    if word not in _YES | _NO:
        raise InvalidInput(f"{name}: {options[name]!r} is neither yes nor no", hint="give true or false")
    return word in _YES


def one_of(options: Options, name: str, choices: Sequence[str]) -> str:
    """One of the choices; the first one when nothing was chosen."""
    choice = str(options.get(name, choices[0]))
    if choice not in choices:
        raise InvalidInput(f"{name}: {choice!r} is not possible", hint=f"choose one of: {', '.join(choices)}")
    return choice

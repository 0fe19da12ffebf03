"""What is known of a source, checked before it is kept: a wrong policy would let text leave this machine."""

from __future__ import annotations

import unicodedata
from typing import get_args

from workbench.errors import InvalidInput
from workbench.model import Policy, Source
from workbench.store.base import Store

LONGEST_NAME = 200


def check_source(source: Source | str | None) -> None:
    """Raise `InvalidInput` for a source (or the name of one) that cannot be kept; None is no source yet."""
    if source is None:
        return
    check_name("a source", source if isinstance(source, str) else source.name)
    if not isinstance(source, Source):
        return
    if source.policy not in get_args(Policy):
        raise InvalidInput(
            f"a source cannot have the policy {source.policy!r}", hint=f"give one of: {', '.join(get_args(Policy))}"
        )
    if isinstance(source.collected_at, bool) or not isinstance(source.collected_at, int) or source.collected_at < 0:
        raise InvalidInput("collected_at is a time in milliseconds since 1970", hint="leave it out when unknown")


def save_source(store: Store, author: str, source: Source) -> Source:
    """Add a source or correct what is known of it."""
    check_source(source)
    with store.write(author, f"source {source.name}") as writer:
        return writer.save_source(source)


def check_name(whose: str, name: object) -> None:
    """Raise `InvalidInput` for a name that is blank, very long, or steers a terminal."""
    if not isinstance(name, str) or not name.strip():
        raise InvalidInput(f"{whose} needs a name", hint="a few words that people recognise")
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"the name of {whose} has {len(name)} characters", hint=f"at most {LONGEST_NAME}")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in name):
        raise InvalidInput(f"the name {name!r} holds a control character", hint="use letters, digits and spaces")

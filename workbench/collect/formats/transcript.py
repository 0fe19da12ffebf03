"""A dialogue written as text, ``Doctor: ...`` line by line, cut into turns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from workbench.collect.speech import ROLES, Speakers, turn_id
from workbench.model import Turn

_SPOKEN = re.compile(r"^\s*([^\W\d_][^:：\n]{0,39}?)\s*[:：]\s*(.*)$")


def turns_of_text(text: str, roles: Mapping[str, str] | None = None) -> tuple[Turn, ...]:
    """The turns of a transcript, with the speakers' names; any other text is one turn of the user.

    A text is a transcript when its first line names a speaker and that name is a known word for one or comes back.
    """
    parts = _parts(text)
    names = Counter(name.lower() for name, _ in parts)
    known = {name.lower() for name in roles or ()} | ROLES.keys()
    if len(parts) < 2 or not any(count > 1 or name in known for name, count in names.items()):
        return (Turn(turn_id(0), "user", text),)
    speakers = Speakers(roles)
    return tuple(Turn(turn_id(index), speakers.role(name), said, name=name) for index, (name, said) in enumerate(parts))


def _parts(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        match = _SPOKEN.match(line)
        if match:
            parts.append((match[1], [match[2]]))
        elif parts:
            parts[-1][1].append(line)
        elif line.strip():
            return []
    return [(name, "\n".join(lines).strip()) for name, lines in parts]

"""An utterance read back against the way it was said: does it say that, with these values in its gaps?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.generate.grammar.base import HOLE

_PART = re.compile(rf"(?P<hole>{HOLE.pattern})|(?P<space> *)(?P<open>\[)|(?P<or>\|)|(?P<close>\])")


def heard(way: str, text: str, slots: Sequence[Mapping[str, Any]]) -> dict[str, str] | None:
    """Gap ("day", "day2") -> value, where `text` says this with the slots' texts in the gaps; else None."""
    texts = "|".join(re.escape(str(slot["text"])) for slot in slots) or "(?!)"
    gaps: list[str] = []
    options: list[int] = []
    pattern, last = "", 0
    for part in _PART.finditer(way):
        pattern += re.escape(way[last : part.start()])
        last = part.end()
        if part["hole"]:
            name, again, _ = HOLE.fullmatch(part["hole"]).groups()  # type: ignore[union-attr]
            gaps.append(f"{name}{again}")
            pattern += f"({texts})"
        elif part["open"]:
            pattern += f"(?:{part['space']}(?:"
            options.append(1)
        elif part["or"]:
            pattern += "|"
            options[-1] += 1
        else:
            pattern += "))" if options.pop() > 1 else "))?"
    said = re.fullmatch(pattern + re.escape(way[last:]), text)
    if said is None:
        return None
    values = {str(slot["text"]): str(slot["value"]) for slot in slots}
    return {gap: values[found] for gap, found in zip(gaps, said.groups(), strict=True) if found is not None}

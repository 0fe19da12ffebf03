"""Which turn of a conversation is worth an answer, and which answer an explanation: not a thank-you, not a goodbye."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from workbench.model import Sample, Turn
from workbench.text import tokens

LONGEST_CLOSING = 12
"""Words (in Chinese, characters) up to which a text with thanks or a goodbye and no question only closes."""

TELLING = 6
"""Words from which on an answer tells something."""

_CLOSES = regex.compile(
    r"(?i)\bthank|\bthx\b|\bbye\b|\bgoodbye\b|\bwelcome\b|\bthat(?:'s| is|'ll be) all\b"
    r"|\bhave a \p{L}+ (?:day|evening|weekend|time|trip)"
    r"|\bmerci\b|\bde rien\b|\bau revoir\b|\bbonne (?:journée|soirée)\b|谢|再见|拜拜|不客气|不用客气|祝您|祝你"
)


def closes(text: str) -> bool:
    """Whether a text is no more than thanks or a goodbye."""
    plain = "?" not in text and "？" not in text
    return plain and len(tokens(text)) <= LONGEST_CLOSING and _CLOSES.search(text) is not None


def last_said(turns: Sequence[Turn], role: str, *, least: int = 1) -> int | None:
    """Place of the last turn of a role that says something (at least so many words); else of its last turn at all."""
    places = [at for at, turn in enumerate(turns) if turn.role == role and turn.content.strip()]
    telling = [at for at in places if not closes(turns[at].content) and len(tokens(turns[at].content)) >= least]
    return next(reversed(telling or places), None)


def last_answer(parent: Sample) -> int | None:
    """Place of the last answer that tells something, else of the last answer at all; None without any."""
    return last_said(parent.turns, "assistant", least=TELLING)

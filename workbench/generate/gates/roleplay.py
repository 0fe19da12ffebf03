"""Gates for two roles that talk: nobody leaves the role, and it sounds like speech.

All are word lists and counts: they point a person to a turn, they do not judge it.
"""

from __future__ import annotations

import re
from statistics import median

from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample
from workbench.text import tokens

LEARNER = "user"
"""The role of the one who learns and makes the planned mistakes."""

_EXPLAINS = re.compile(
    r"\b(let me explain|the reason (?:is|why)|this means that|in other words|remember that|the correct (?:answer|way)|"
    r"the right answer|the key (?:point|idea)|first,? you|you (?:need|have) to (?:first|remember|multiply|divide|add)|"
    r"je vous explique|je t'explique|laissez-moi (?:vous )?expliquer|autrement dit|cela (?:veut dire|signifie) que|"
    r"la bonne réponse|n'oubliez pas que|il faut d'abord)\b|"
    r"我来解释|让我解释|也就是说|换句话说|这意味着|正确的?答案|你需要先|你要先|记住",
    re.IGNORECASE,
)
_HELPER = re.compile(
    r"\b(as an ai|language model|how (?:can|may) i (?:help|assist) you|i(?:'m| am) here to help|"
    r"en tant qu'(?:ia|intelligence artificielle)|modèle de langage|comment puis-je vous aider)\b|"
    r"作为(?:一个)?(?:ai|人工智能)|语言模型|有什么可以帮(?:您|你|到)",
    re.IGNORECASE,
)
_STOCK = re.compile(
    r"\b(as an ai|language model|certainly!|absolutely!|great question|i hope this helps|feel free to|"
    r"please don't hesitate|en tant qu'ia|modèle de langage|n'hésitez (?:surtout )?pas|excellente question)|"
    r"作为(?:一个)?(?:ai|人工智能)|语言模型|希望(?:这|以上).{0,6}帮助|如有(?:任何)?(?:其他)?问题",
    re.IGNORECASE,
)
_LAYOUT = re.compile(r"^\s*(?:[-*•]|\d+[.)、]|#{1,4})\s+\S|\*\*\S", re.MULTILINE)

LONG, TIMES = 60, 3.0
"""A turn is long for speech from so many words on, when it has also so many times the words of the usual turn."""

NATURAL = 0.7
"""Naturalness below which a person is told; each tell takes a third away."""


@checks("role-leak")
def role_leak(parent: Sample, candidate: Candidate) -> Finding | None:
    """A learner (there is a plan of mistakes) who explains, or an asker who speaks as the helper."""
    learns = bool(candidate.meta.get("learns"))
    for turn in new_turns(parent, candidate):
        if turn.role != LEARNER:
            continue
        found = _HELPER.search(turn.content) or (learns and "?" not in turn.content and _EXPLAINS.search(turn.content))
        if found:
            message = "the one who asks speaks as the one who answers"
            place = {"turn": turn.id, "start": found.start(), "end": found.end()}
            return Finding("role-leak", 0.3, "warning", message, **place, value=found.group())  # type: ignore[arg-type]
    return None


@checks("naturalness")
def natural(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn that does not sound spoken: laid out as a list, stock phrases, far longer than the others."""
    worst: Finding | None = None
    for turn in new_turns(parent, candidate):
        others = [len(tokens(other.content)) for other in candidate.turns if other.id != turn.id]
        words = len(tokens(turn.content))
        long = len(others) > 1 and words >= LONG and words > TIMES * median(others)
        tells = (
            {"found": _LAYOUT.search(turn.content), "message": "does not sound spoken: it is laid out as a list"},
            {"found": _STOCK.search(turn.content), "message": "does not sound spoken: it uses a stock phrase"},
            {"found": long, "message": "does not sound spoken: it is far longer than the others"},
        )
        told = [str(tell["message"]) for tell in tells if tell["found"]]
        score = max(0.0, 1 - len(told) / len(tells))
        if score < NATURAL and (worst is None or score < worst.score):
            worst = Finding("naturalness", score, "warning", told[0], turn=turn.id)
    return worst

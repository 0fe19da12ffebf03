"""The gate on grounds: an answer says what its passage says. Words and numbers are compared, not meaning.

Word overlap with the source is the plainest measure of faithfulness (knowledge F1, Dinan et al. 2019); it finds what
comes from nowhere and is unsure about free wording, which then goes to a person. Of the answers that three raters of
MTRAG found faithful none falls below `fails`, of those they found unfaithful three in four do (a test measures it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.generate.base import Gate
from workbench.generate.candidate import Candidate
from workbench.generate.gates.facts import numbers
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample, Turn
from workbench.text import percent, tokens

SHORTEST_WORD = 4
STEM = 5
"""Letters by which words are compared: "appointments" is found in a passage that says "appointment"."""

EMPTY = frozenset("的了是在有和与或也就都而及着吗呢吧啊我你您他她它们这那个不要会能可以请")
"""Chinese characters that say nothing about the matter."""


def content_words(text: str) -> set[str]:
    """The words that carry the matter: stems of longer words, and Chinese characters that are not function words."""
    found = set()
    for word in tokens(text):
        if ord(word[0]) > 0x2E7F:
            found |= {word} - EMPTY
        elif len(word) >= SHORTEST_WORD and not word.isdigit():
            found.add(word.removesuffix("s")[:STEM])
    return found


def grounded_share(answer: str, source: str) -> float:
    """Share (0 to 1) of the answer's content words that the source has; 1 for an answer without any."""
    words = content_words(answer)
    return len(words & content_words(source)) / len(words) if words else 1.0


def grounded(passes: float = 0.55, fails: float = 0.4) -> Gate:
    """A gate on answers with ``Turn.extra["grounds"]``; the passages are in ``meta["passages"]``.

    Args:
        passes: share of the content words found in the passages, from which on nothing is said.
        fails: share below which it is a problem; between the two a person should look.
    """

    @checks("grounded")
    def gate(parent: Sample, candidate: Candidate) -> Finding | None:
        known = {(one["document"], one["span"]): str(one["text"]) for one in candidate.meta.get("passages", ())}
        for turn in candidate.turns:
            if turn.role == "assistant" and (found := _unfounded(turn, known, passes, fails)):
                return found
        return None

    return gate


def _unfounded(turn: Turn, known: Mapping[tuple[Any, Any], str], passes: float, fails: float) -> Finding | None:
    if turn.extra.get("answerable") is False:
        return None
    grounds = turn.extra.get("grounds", ())
    if not grounds:
        return Finding("grounded", 0.0, "problem", "names no passage", turn=turn.id)
    places = [(one["document"], one["span"]) for one in grounds]
    if missing := [str(span) for document, span in places if (document, span) not in known]:
        return Finding("grounded", 0.0, "problem", f"there is no passage {', '.join(missing)}", turn=turn.id)
    source = "\n".join(known[place] for place in places)
    invented = sorted(set(numbers([turn])) - set(numbers([Turn("", "user", source)])))
    if invented:
        message = f"numbers that are not in the passage: {', '.join(invented[:5])}"
        return Finding("grounded", 0.0, "problem", message, turn=turn.id)
    share = grounded_share(turn.content, source)
    if share >= passes:
        return None
    message = f"{percent(share)} of its words stand in the passage it names"
    if better := _better(turn, known, share):
        message = f"{percent(share)} of its words stand in the passage it names; passage {better} fits better"
    return Finding("grounded", share, "problem" if share < fails else "warning", message, turn=turn.id)


def _better(turn: Turn, known: Mapping[tuple[Any, Any], str], share: float) -> str:
    """The passage it fits much better, so that a person can put the reference right."""
    best = max(known, key=lambda place: grounded_share(turn.content, known[place]))
    return str(best[1]) if grounded_share(turn.content, known[best]) >= share + 0.2 else ""


@checks("unanswered")
def unanswered(parent: Sample, candidate: Candidate) -> Finding | None:
    """A question said to have no answer in the document though most of its words stand there: it may have one."""
    source = "\n".join(str(one["text"]) for one in candidate.meta.get("passages", ()))
    for asked, said in zip(candidate.turns, candidate.turns[1:], strict=False):
        if said.extra.get("answerable") is False and grounded_share(asked.content, source) >= 0.65:
            message = "most words of the question stand in the document: it may have an answer there"
            return Finding("unanswered", 0.5, "warning", message, turn=asked.id)
    return None

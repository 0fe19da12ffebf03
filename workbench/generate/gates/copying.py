"""Gates against copies: of the parent as a whole, and of long stretches of it."""

from __future__ import annotations

from itertools import zip_longest

from workbench.generate.base import Gate
from workbench.generate.candidate import Candidate
from workbench.generate.gates.named import checks
from workbench.generate.gates.overlap import common_run
from workbench.generate.gates.turns import new_turns
from workbench.model import Finding, Sample
from workbench.records import conversation_hash
from workbench.text import GRAM, copied_share, percent, tokens

SHORTEST_REPEAT = 4
"""Words from which on a turn said twice is a repetition: "yes, thank you" may come again."""

SHORT_GRAM = 4
"""Words in a row that count as said again within one conversation."""

MOSTLY = 0.6
"""Share of a turn's `SHORT_GRAM`-word sequences that were said before, from which on it is a repetition."""


@checks("copy")
def copy_of_parent(parent: Sample, candidate: Candidate) -> Finding | None:
    """A candidate that says exactly what its parent says."""
    if not parent.turns or conversation_hash(candidate.turns) != conversation_hash(parent.turns):
        return None
    return Finding("copy", 0.0, "problem", "nothing was changed")


@checks("begins_alike")
def begins_alike(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn of the parent that is not where it was, for recipes that only add turns: at its end, or where they branch.

    Without a place where it branches off, all turns of the parent have to be there.
    """
    places = {turn.id: at for at, turn in enumerate(parent.turns, start=1)}
    kept = parent.turns[: places.get(candidate.branch_at or "", len(parent.turns))]
    for old, new in zip_longest(kept, candidate.turns[: len(kept)]):
        if old != new:
            return Finding(
                "begins_alike", 0.0, "problem", "a turn that was there already is not as it was", turn=old.id
            )
    return None


@checks("only_last_is_new")
def only_last_is_new(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn before the last that is not the parent's, for recipes that write one answer."""
    kept = candidate.turns[:-1]
    if kept == parent.turns[: len(kept)]:
        return None
    return Finding("only_last_is_new", 0.0, "problem", "a turn that was there already is not as it was")


@checks("repeats")
def repeats(parent: Sample, candidate: Candidate) -> Finding | None:
    """A new turn that says word for word what was said before it."""
    old = {turn.id for turn in parent.turns}
    said: dict[str, str] = {}
    for turn in candidate.turns:
        words = tokens(turn.content)
        earlier = said.setdefault(" ".join(words), turn.id)
        if turn.id not in old and earlier != turn.id and len(words) >= SHORTEST_REPEAT:
            return Finding("repeats", 0.0, "problem", f"repeats turn {earlier} word for word", turn=turn.id)
    return None


@checks("repeats")
def echoes(parent: Sample, candidate: Candidate) -> Finding | None:
    """An answer that only says its question again, for recipes that write one question and one answer."""
    if len(candidate.turns) < 2 or tokens(candidate.turns[0].content) != tokens(candidate.turns[1].content):
        return None
    return Finding("repeats", 0.0, "problem", "the answer says the question again", turn=candidate.turns[1].id)


@checks("repetition")
def says_again(parent: Sample, candidate: Candidate) -> Finding | None:
    """A new turn most of which was said before in the conversation, in nearly the same words."""
    old = {turn.id for turn in parent.turns}
    said: list[str] = []
    for turn in candidate.turns:
        words = tokens(turn.content)
        share = copied_share(words, said, SHORT_GRAM)
        if turn.id not in old and len(words) >= 2 * SHORT_GRAM and share >= MOSTLY:
            message = f"{percent(share)} of it was said before"
            return Finding("repetition", 1 - share, "warning", message, turn=turn.id)
        said += words
    return None


@checks("copy")
def says_source(parent: Sample, candidate: Candidate) -> Finding | None:
    """A turn of its own that says word for word what a turn of the source says, for recipes that write new ones."""
    source = {" ".join(tokens(turn.content)): turn.id for turn in parent.turns}
    old = {turn.id for turn in parent.turns}
    for turn in candidate.turns:
        words = tokens(turn.content)
        if turn.id not in old and len(words) >= SHORTEST_REPEAT and " ".join(words) in source:
            message = "says word for word what the original says"
            return Finding("copy", 0.0, "problem", message, turn=turn.id)
    return None


@checks("copied")
def left_as_it_was(parent: Sample, candidate: Candidate) -> Finding | None:
    """Turns that should have been said otherwise, ``meta["rewritten"]``, and were not: a problem from half of them on.

    A turn of fewer than `SHORTEST_REPEAT` words may stay: "Yes, thank you."
    """
    wanted = set(candidate.meta.get("rewritten", ()))
    before = {turn.id: turn.content for turn in parent.turns if len(tokens(turn.content)) >= SHORTEST_REPEAT}
    asked = [turn for turn in candidate.turns if turn.id in wanted and turn.id in before]
    left = [turn for turn in asked if tokens(turn.content) == tokens(before[turn.id])]
    if not left or copy_of_parent(parent, candidate):
        return None  # a whole copy is told as one
    message = f"turns left as they were: {len(left)} of {len(asked)}"
    severe = 2 * len(left) >= len(asked)
    return Finding("copied", 1 - len(left) / len(asked), "problem" if severe else "warning", message, turn=left[0].id)


def copied(share: float = 0.5, run: int = 40) -> Gate:
    """A gate for recipes that write new text: how much of it stands word for word in the source.

    Args:
        share: of its 8-word sequences, from which on it is a warning; from 1.5 times on (at most all) a problem.
        run: longest stretch of words in a row that may be copied.
    """

    @checks("copied")
    def gate(parent: Sample, candidate: Candidate) -> Finding | None:
        source = tokens(parent.text or str(candidate.meta.get("source_text", "")))
        worst: Finding | None = None
        for turn in new_turns(parent, candidate):
            words = tokens(turn.content)
            found, longest = copied_share(words, source), common_run(words, source)
            if found < share and longest <= run:
                continue
            severe = found >= min(1.0, 1.5 * share)
            message = f"{percent(found)} of its {GRAM}-word sequences are copied; the longest has {longest} words"
            finding = Finding("copied", 1 - found, "problem" if severe else "warning", message, turn=turn.id)
            if worst is None or finding.score < worst.score:
                worst = finding
        return worst

    return gate

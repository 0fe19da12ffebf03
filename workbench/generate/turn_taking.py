"""Turn-taking: the places of a conversation where who speaks when can change and nothing else does.

The kinds are those of conversation analysis (Sacks, Schegloff and Jefferson 1974): a back-channel between two parts of
a turn, a request to say it again, an interruption, and two turns of one speaker that become one. A new turn's id is
provisional, a known turn's first part keeps its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.generate.base import free_ids
from workbench.generate.rhythm import Phrases, is_back_channel, takes_up
from workbench.generate.splitting import LEAST, two_parts
from workbench.model import Sample, Turn
from workbench.text import tokens

KINDS = ("back-channel", "clarification", "interruption", "merge")
Make = Callable[[random.Random], list[Turn]]


@dataclass(frozen=True, slots=True)
class Change:
    """One possible change: its kind, the first turn it stands in, how many turns it takes, and what it makes."""

    kind: str
    at: int
    span: int
    make: Make

    def apart(self, other: Change) -> bool:
        """Whether a turn stands between the two, so that both can be made."""
        return self.at + self.span < other.at or other.at + other.span < self.at


def changed(parent: Sample, changes: Sequence[Change], rng: random.Random) -> tuple[Turn, ...]:
    """The turns of a conversation with changes that are apart; turns that it did not have get free ids."""
    by_place = {one.at: one for one in changes}
    turns: list[Turn] = []
    at = 0
    while at < len(parent.turns):
        change = by_place.get(at)
        turns += change.make(rng) if change else [parent.turns[at]]
        at += change.span if change else 1
    known, new = {turn.id for turn in parent.turns}, free_ids(parent)
    return tuple(turn if turn.id in known else replace(turn, id=next(new)) for turn in turns)


def possible_changes(parent: Sample, language: str) -> Iterator[Change]:
    """Every place where a change is safe, in one of `workbench.generate.rhythm.LANGUAGES`."""
    say = Phrases.of(language, parent.text)
    turns = parent.turns
    for at, turn in enumerate(turns):
        following = turns[at + 1] if at + 1 < len(turns) else None
        if turn.role not in ("user", "assistant") or turn.tool_calls or "\n" in turn.content:
            continue
        parts = two_parts(turn.content)
        if parts:
            yield Change("back-channel", at, 1, _back_channel(turn, parts, say))
            if turn.role == "assistant" and following is not None:
                yield Change("interruption", at, 1, _interruption(turn, parts, say))
        answered = turn.role == "user" and following is not None and following.role == "assistant"
        telling = not takes_up(turn.content)
        if answered and telling and at > 0 and LEAST <= len(tokens(turn.content)) <= 40:
            yield Change("clarification", at, 1, _clarification(turn, say))
        if at + 2 < len(turns) and _joinable(turn, turns[at + 1], turns[at + 2]):
            yield Change("merge", at, 3, _merged(turn, turns[at + 2], language))


def _back_channel(turn: Turn, parts: tuple[str, str], say: Phrases) -> Make:
    other = "assistant" if turn.role == "user" else "user"
    return lambda rng: [
        replace(turn, content=parts[0]),
        Turn(f"{turn.id}-b", other, say.pick(other, rng)),
        Turn(f"{turn.id}-c", turn.role, parts[1], name=turn.name),
    ]


def _interruption(turn: Turn, parts: tuple[str, str], say: Phrases) -> Make:
    return lambda rng: [
        replace(turn, content=parts[0]),
        Turn(f"{turn.id}-b", "user", say.pick("stop", rng)),
        Turn(f"{turn.id}-c", "assistant", say.pick("wait", rng)),
        Turn(f"{turn.id}-d", "user", say.pick("stopped", rng)),
        Turn(f"{turn.id}-e", "assistant", say.pick("resume", rng) + parts[1], name=turn.name),
    ]


def _clarification(turn: Turn, say: Phrases) -> Make:
    return lambda rng: [
        turn,
        Turn(f"{turn.id}-b", "assistant", say.pick("ask", rng)),
        Turn(f"{turn.id}-c", "user", say.pick("again", rng) + turn.content, name=turn.name),
    ]


def _merged(first: Turn, second: Turn, language: str) -> Make:
    space = "" if language == "zh" else " "
    return lambda rng: [replace(first, content=f"{first.content.rstrip()}{space}{second.content.lstrip()}")]


def _joinable(first: Turn, middle: Turn, second: Turn) -> bool:
    """Two turns of one person with nothing between them but a sound of listening."""
    plain = not (middle.tool_calls or second.tool_calls) and "\n" not in second.content
    ends = first.content.rstrip()[-1:] in set(".!?。！？…")
    return plain and ends and first.role == second.role != middle.role and is_back_channel(middle.content)

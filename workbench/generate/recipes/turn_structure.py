"""`turn_structure`: the same conversation in another rhythm: turns split or joined, a question back, an interruption.

Nothing that was said is lost and nothing is said that is new in substance: what is added are set phrases, and what a
person said herself. Speakers go on taking turns; a turn's first part keeps its id. No model.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import regex

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, free_ids
from workbench.generate.gates.facts import keeps_numbers
from workbench.generate.gates.named import checks
from workbench.generate.rhythm import LANGUAGES, Phrases, is_back_channel, takes_up, words_of_phrases
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample, Turn
from workbench.text import tokens

KINDS = ("any", "back-channel", "clarification", "interruption", "merge")
_BOUNDARY = regex.compile(
    r"(?<=\p{Ll}{2}[.!?]|[\p{Ll}’'] [!?]) (?=[\p{Lu}«])|(?<=\p{Han}[。！？])(?=[\p{Han}\p{Latin}“])"
)
LEAST = 5
"""Words (in Chinese, characters) that each part of a split turn has at least."""


@dataclass(frozen=True, slots=True)
class TurnStructureParams:
    """What a person can set."""

    kind: str = field(
        default="any", metadata={"title": "What changes", "help": "one kind, or any of them", "choices": KINDS}
    )
    changes: int = field(
        default=1, metadata={"title": "Changes", "help": "at most, in each sample", "minimum": 1, "maximum": 5}
    )
    variants: int = field(
        default=1, metadata={"title": "Variants", "help": "how many for each sample", "minimum": 1, "maximum": 20}
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """One possible change: its kind, the first turn it stands in, how many turns it takes, and what it makes."""

    kind: str
    at: int
    span: int
    make: Callable[[random.Random], list[Turn]]


def turn_structure(
    parent: Sample, params: TurnStructureParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Find every place where a change is safe; draw some that do not touch each other."""
    language = (parent.language or "").split("-")[0].lower()
    if language not in LANGUAGES:
        raise GenerateError("there are no phrases for this language", hint="English, French and Chinese have them")
    possible = [one for one in _changes(parent, language) if params.kind in ("any", one.kind)]
    if not possible:
        raise GenerateError("there is no turn that can be changed so safely", hint="choose another kind of change")
    seen: set[tuple[str, ...]] = set()
    for _ in range(params.variants):
        new = next((one for _ in range(30) if _said(one := _draw(parent, possible, params, rng)) not in seen), None)
        if new is None:
            raise GenerateError("there are no more different variants", hint="allow more changes")
        seen.add(_said(new))
        yield new


def _draw(parent: Sample, possible: list[_Change], params: TurnStructureParams, rng: random.Random) -> Candidate:
    kinds = sorted({one.kind for one in possible})
    taken: list[_Change] = []
    for _ in range(params.changes):
        kind = rng.choice(kinds)
        free = [one for one in possible if one.kind == kind and all(_apart(one, other) for other in taken)]
        if free:
            taken.append(rng.choice(free))
    by_place = {one.at: one for one in taken}
    turns: list[Turn] = []
    at = 0
    while at < len(parent.turns):
        change = by_place.get(at)
        turns += change.make(rng) if change else [parent.turns[at]]
        at += change.span if change else 1
    known, new = {turn.id for turn in parent.turns}, free_ids(parent)
    named = tuple(turn if turn.id in known else replace(turn, id=next(new)) for turn in turns)
    return Candidate(named, group=parent.id, meta={"structure": [one.kind for one in taken]})


def _apart(one: _Change, other: _Change) -> bool:
    return one.at + one.span < other.at or other.at + other.span < one.at


def _changes(parent: Sample, language: str) -> Iterator[_Change]:
    say = Phrases.of(language, parent.text)
    turns = parent.turns
    for at, turn in enumerate(turns):
        following = turns[at + 1] if at + 1 < len(turns) else None
        if turn.role not in ("user", "assistant") or turn.tool_calls or "\n" in turn.content:
            continue
        parts = _two_parts(turn.content)
        if parts:
            yield _Change("back-channel", at, 1, _back_channel(turn, parts, say))
            if turn.role == "assistant" and following is not None:
                yield _Change("interruption", at, 1, _interruption(turn, parts, say))
        answered = turn.role == "user" and following is not None and following.role == "assistant"
        telling = not takes_up(turn.content)
        if answered and telling and at > 0 and LEAST <= len(tokens(turn.content)) <= 40:
            yield _Change("clarification", at, 1, _clarification(turn, say))
        if at + 2 < len(turns) and _joinable(turn, turns[at + 1], turns[at + 2]):
            yield _Change("merge", at, 3, _merged(turn, turns[at + 2], language))


def _back_channel(turn: Turn, parts: tuple[str, str], say: Phrases) -> Callable[[random.Random], list[Turn]]:
    other = "assistant" if turn.role == "user" else "user"
    return lambda rng: [
        replace(turn, content=parts[0]),
        Turn(f"{turn.id}-b", other, say.pick(other, rng)),
        Turn(f"{turn.id}-c", turn.role, parts[1], name=turn.name),
    ]


def _interruption(turn: Turn, parts: tuple[str, str], say: Phrases) -> Callable[[random.Random], list[Turn]]:
    return lambda rng: [
        replace(turn, content=parts[0]),
        Turn(f"{turn.id}-b", "user", say.pick("stop", rng)),
        Turn(f"{turn.id}-c", "assistant", say.pick("wait", rng)),
        Turn(f"{turn.id}-d", "user", say.pick("stopped", rng)),
        Turn(f"{turn.id}-e", "assistant", say.pick("resume", rng) + parts[1], name=turn.name),
    ]


def _clarification(turn: Turn, say: Phrases) -> Callable[[random.Random], list[Turn]]:
    return lambda rng: [
        turn,
        Turn(f"{turn.id}-b", "assistant", say.pick("ask", rng)),
        Turn(f"{turn.id}-c", "user", say.pick("again", rng) + turn.content, name=turn.name),
    ]


def _merged(first: Turn, second: Turn, language: str) -> Callable[[random.Random], list[Turn]]:
    space = "" if language == "zh" else " "
    return lambda rng: [replace(first, content=f"{first.content.rstrip()}{space}{second.content.lstrip()}")]


def _joinable(first: Turn, middle: Turn, second: Turn) -> bool:
    """Two turns of one person with nothing between them but a sound of listening."""
    plain = not (middle.tool_calls or second.tool_calls) and "\n" not in second.content
    ends = first.content.rstrip()[-1:] in set(".!?。！？…")
    return plain and ends and first.role == second.role != middle.role and is_back_channel(middle.content)


def _two_parts(text: str) -> tuple[str, str] | None:
    """A text cut between two sentences, as near to its middle as can be; None where no cut is safe."""
    if text.count('"') % 2 or any(text.count(left) != text.count(right) for left, right in ("“”", "«»", "()", "（）")):
        return None
    cuts: list[tuple[int, str, str]] = []
    for match in _BOUNDARY.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        whole = all(before.count(left) == before.count(right) for left, right in ("“”", "«»", "()", "（）"))
        whole = whole and before.count('"') % 2 == 0 and not before.endswith(("?", "？"))
        if whole and min(len(tokens(before)), len(tokens(after))) >= LEAST:
            cuts.append((abs(len(before) - len(after)), before, after))
    return min(cuts)[1:] if cuts else None


@checks("nothing_lost")
def nothing_lost(parent: Sample, candidate: Candidate) -> Finding | None:
    """What each side said is still said, word for word and in order; what is new is a set phrase or said before."""
    for role in ("user", "assistant"):
        old = [word for turn in parent.turns if turn.role == role for word in tokens(turn.content)]
        new = iter([word for turn in candidate.turns if turn.role == role for word in tokens(turn.content)])
        lost = next((word for word in old if word not in new), None)
        if lost is not None and "merge" not in candidate.meta.get("structure", ()):
            return Finding("nothing_lost", 0.0, "problem", f"not said any more: {lost}")
    known = {word for turn in parent.turns for word in tokens(turn.content)}
    set_phrases = set(words_of_phrases())
    for turn in candidate.turns:
        strange = next((word for word in tokens(turn.content) if word not in known | set_phrases), None)
        if strange is not None:
            return Finding("nothing_lost", 0.0, "problem", f"said by nobody before: {strange}", turn=turn.id)
    return None


def _said(candidate: Candidate) -> tuple[str, ...]:
    return tuple(turn.content for turn in candidate.turns)


TURN_STRUCTURE = Recipe(
    name="turn_structure",
    version="2",
    purpose="vary",
    title="Another rhythm of turns",
    explanation=(
        "Changes who speaks when, not what is said: a long turn is split by a sound of listening, a sentence is asked "
        "for again, somebody is interrupted and goes on, two turns become one. Use it so that conversations are not "
        "all tidy question and answer. English, French, Chinese; it needs no model."
    ),
    make=turn_structure,
    params=TurnStructureParams,
    keeps=("everything that was said, word for word", "who says it", "that speakers take turns"),
    varies=("number and length of turns", "sounds of listening", "questions back", "interruptions"),
    gates=(keeps_numbers, nothing_lost),
    example={"changes": 2},
)

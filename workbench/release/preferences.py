"""Preference pairs: two continuations of the same words, of which people preferred one.

These judgements make them: drafts put in order, a draft accepted where another of the same request was turned down, a
generated turn that a person rewrote, a rewritten answer that a person kept as a pair, and an imported file of pairs
that says which answer is the better one. Two
conversations are comparable where they part: what is common to both is the prompt, and both must go on with the
assistant. Where they do not, the reason is told instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbench.model import Draft, Sample, Turn
from workbench.release.base import Pair

NO_PROMPT = "the two differ from the first turn on, so there is no common prompt"
NOT_ASSISTANT = "the two part at a turn that is not the assistant's"
NO_END = "one is the beginning of the other"


def against_drafts(
    sample: Sample, own: Draft | None, worse: Sequence[Draft], aigc: Mapping[str, Any]
) -> Iterator[Pair | str]:
    """Pairs of an accepted sample with the drafts that people put behind it. `own` is the draft it came from."""
    for draft in worse:
        ranked = own is not None and own.rank is not None and draft.rank is not None
        parted = _parted(sample.turns, draft.turns)
        if isinstance(parted, str):
            yield parted
        else:
            kind = "ranked" if ranked else "accepted"
            yield Pair(sample.id, kind, *parted, {**aigc, "rejected_model": draft.model})


def between_drafts(sample: str, kind: str, better: Draft, worse: Draft) -> Pair | str:
    """A pair of two drafts of the request that a sample came of, in the order a person (or a machine) gave them."""
    parted = _parted(better.turns, worse.turns)
    if isinstance(parted, str):
        return parted
    aigc = {
        "generated": True,
        "model": better.model,
        "rejected_model": worse.model,
        "recipe": better.recipe,
        "depth": better.depth,
    }
    return Pair(sample, kind, *parted, aigc)


def against_rejected(sample: Sample, rejected: Iterable[Sample], aigc: Mapping[str, Any]) -> Iterator[Pair | str]:
    """Pairs of an imported chosen conversation with those that came with it as rejected."""
    for other in rejected:
        parted = _parted(sample.turns, other.turns)
        if isinstance(parted, str):
            yield parted
        else:
            yield Pair(sample.id, "imported", *parted, aigc)


def against_earlier(sample: Sample, earlier: Sequence[Turn], aigc: Mapping[str, Any]) -> Iterator[Pair | str]:
    """A pair of the first rewritten turn with the generated turn it replaced.

    Only that turn: the ones after it answered other words, so they cannot be compared.
    """
    if list(map(said, earlier)) == list(map(said, sample.turns)):
        return
    parted = _parted(sample.turns, earlier)
    if isinstance(parted, str):
        yield parted
    else:
        prompt, chosen, rejected = parted
        yield Pair(sample.id, "repaired", prompt, chosen[:1], rejected[:1], aigc)


def rewritten(before: Sequence[Turn], after: Sequence[Turn]) -> str | None:
    """The id of the assistant's turn that can be compared with what it was before an edit, or None.

    It is the first turn that differs, since the ones after it answer other words.
    """
    for old, new in zip(before, after, strict=False):
        if said(old) == said(new):
            continue
        answered = old.id == new.id and old.role == new.role == "assistant" and new is not after[0]
        return new.id if answered else None
    return None


def kept_pair(
    sample: str, turn: str, before: Sequence[Turn], after: Sequence[Turn], aigc: Mapping[str, Any]
) -> Pair | str:
    """The pair that a person kept when rewriting a turn: its words after it are preferred to those before."""
    if rewritten(before, after) != turn:
        return NOT_ASSISTANT
    at = next(place for place, item in enumerate(after) if item.id == turn)
    return Pair(sample, "kept", tuple(after[:at]), (after[at],), (before[at],), aigc)


def _parted(
    chosen: Sequence[Turn], rejected: Sequence[Turn]
) -> tuple[tuple[Turn, ...], tuple[Turn, ...], tuple[Turn, ...]] | str:
    common = 0
    for one, other in zip(chosen, rejected, strict=False):
        if said(one) != said(other):
            break
        common += 1
    if not common:
        return NO_PROMPT
    if common in (len(chosen), len(rejected)):
        return NO_END
    if chosen[common].role != "assistant" or rejected[common].role != "assistant":
        return NOT_ASSISTANT
    return tuple(chosen[:common]), tuple(chosen[common:]), tuple(rejected[common:])


def said(turn: Turn) -> tuple[Any, ...]:
    """What makes two turns the same turn, whatever their ids."""
    return (turn.role, turn.content, turn.name, turn.tool_calls, turn.tool_call_id)

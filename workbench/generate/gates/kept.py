"""Gates on what recipes promise to leave as it is: an opening, what is not swapped, what no slip may touch."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.generate.base import spoken
from workbench.generate.candidate import Candidate
from workbench.generate.edits import protected
from workbench.generate.entities.names import gender_of
from workbench.generate.gates.arithmetic import wrong_sums
from workbench.generate.gates.dates import impossible_dates
from workbench.generate.gates.named import checks
from workbench.model import Finding, Sample


@checks("begins_alike")
def opening_kept(parent: Sample, candidate: Candidate) -> Finding | None:
    """Up to where it branches off, what is spoken is what the parent's people say."""
    said = spoken(parent.turns)
    place = next((at for at, turn in enumerate(said, 1) if turn.id == candidate.branch_at), 0)
    for at, turn in enumerate(said[:place]):
        if at >= len(candidate.turns) or candidate.turns[at] != turn:
            message = "a turn that was there already is not as it was"
            return Finding("begins_alike", 0.0, "problem", message, turn=turn.id)
    return None


@checks("untouched")
def digits_untouched(parent: Sample, candidate: Candidate) -> Finding | None:
    """Numbers, addresses and codes of each turn stand in it in the same order, letter for letter."""
    for old, new in zip(parent.turns, candidate.turns, strict=False):
        before, after = _stretches(old.content), _stretches(new.content)
        if before != after:
            changed = next((one for one in before if one not in after), "") or (after or before)[0]
            message = f"a number, address or code was touched: {changed}"
            return Finding("untouched", 0.0, "problem", message, turn=new.id, value=changed)
    return None


def _stretches(text: str) -> list[str]:
    return [text[start:end].strip(".") for start, end in protected(text)]


@checks("untouched")
def only_swapped(parent: Sample, candidate: Candidate) -> Finding | None:
    """Every letter that does not belong to something swapped, ``meta["swapped"]``, is as it was; so is gender."""
    table: Mapping[str, Mapping[str, str]] = candidate.meta.get("swapped", {})
    pairs = [(old, new) for kind in table.values() for old, new in kind.items()]
    for old_turn, turn in zip(parent.turns, candidate.turns, strict=False):
        if not _same_but_for(old_turn.content, turn.content, pairs):
            message = "more than names and numbers changed"
            return Finding("untouched", 0.0, "problem", message, turn=turn.id)
    for old, new in table.get("name", {}).items():
        if {gender_of(old), gender_of(new)} == {"male", "female"}:
            message = f"{old} became {new}, a name of another gender"
            return Finding("untouched", 0.0, "problem", message, value=new)
    return None


@checks("consistent")
def still_right(parent: Sample, candidate: Candidate) -> Finding | None:
    """Sums that came out and dates that fell on their weekday still do: a turn has no more wrong ones than before."""
    for old, new in zip(parent.turns, candidate.turns, strict=False):
        for find in (wrong_sums, impossible_dates):
            wrong = list(find(new.content))
            if len(wrong) > len(list(find(old.content))):
                start, end, message = wrong[-1]
                return Finding("consistent", 0.0, "problem", message, turn=new.id, start=start, end=end)
    return None


def _same_but_for(before: str, after: str, pairs: list[tuple[str, str]]) -> bool:
    """Whether `after` is `before` with some of the pairs exchanged and nothing else."""
    reached: list[set[int]] = [set() for _ in range(len(before) + 1)]
    reached[0].add(0)
    starts: dict[str, list[tuple[str, str]]] = {}
    for old, new in pairs:
        starts.setdefault(old[:1], []).append((old, new))
    for at, letter in enumerate(before):
        for place in reached[at]:
            if after[place : place + 1] == letter:
                reached[at + 1].add(place + 1)
            for old, new in starts.get(letter, ()):
                if before.startswith(old, at) and after.startswith(new, place):
                    reached[at + len(old)].add(place + len(new))
    return len(after) in reached[-1]

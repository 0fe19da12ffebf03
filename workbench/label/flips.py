"""Answers that changed after others' were shown: how often, and how often towards the machine's.

A scheme of the policy "after_answer" shows nothing before a person has answered. Their first answer is therefore
blind, and what they make of it afterwards shows how far a suggestion pulls. Both are read from the journal of answers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from workbench.label.answers import CANNOT_SAY
from workbench.model import Suggestion, TagScheme, TagValue


class Given(NamedTuple):
    """One answer given (or, with None, taken back), in the order of the journal. `unit` is (sample, turn or "")."""

    unit: tuple[str, str]
    author: str
    value: TagValue | None
    machine: bool
    at: int


@dataclass(frozen=True, slots=True)
class Flip:
    """Somebody changed a blind answer after seeing the others'. `machine` is what the machine had said, or None."""

    sample: str
    turn: str | None
    author: str
    before: TagValue
    after: TagValue
    machine: TagValue | None
    direction: Literal["to the machine", "from the machine", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Flips:
    """What became of people's first answers to a scheme.

    `answers`: units a person answered (once per person; "cannot say" left out). `revealed`: those where somebody
    else's answer was shown after it. `differed`: those where the machine said something else than the first answer;
    `pulled` of them ended at the machine's answer. `suggested`: first answers given while a machine's suggestion
    stood; `as_suggested` of them equalled it. Answers given in bulk are not looked at.
    """

    scheme: str
    policy: Suggestion
    answers: int
    revealed: int
    differed: int
    pulled: int
    suggested: int
    as_suggested: int
    flips: tuple[Flip, ...]

    @property
    def rate(self) -> float | None:
        """Share of the revealed answers that were changed, in per cent; None when nothing was revealed."""
        return 100 * len(self.flips) / self.revealed if self.revealed else None

    @property
    def pull(self) -> float | None:
        """Share of the answers that differed from the machine's and then became it, in per cent; None without any."""
        return 100 * self.pulled / self.differed if self.differed else None


@dataclass(slots=True)
class _Track:
    first: TagValue
    last: TagValue | None
    seen: dict[str, tuple[TagValue, bool]]
    at_first: TagValue | None
    others: int = field(default=0)


def flips(scheme: TagScheme, given: Iterable[Given], settled: Collection[tuple[str, str]] = ()) -> Flips:
    """The flips of a scheme from its answers in journal order. `settled` are (sample, author) that were not blind."""
    standing: dict[tuple[str, str], dict[str, tuple[TagValue, bool]]] = {}
    tracks: dict[tuple[tuple[str, str], str], _Track] = {}
    for event in given:
        here = standing.setdefault(event.unit, {})
        if event.value is None:
            here.pop(event.author, None)
            if (track := tracks.get((event.unit, event.author))) is not None:
                track.last = None
            continue
        if not event.machine and (event.unit[0], event.author) not in settled:
            _follow(tracks, event, {author: told for author, told in here.items() if author != event.author})
        here[event.author] = (event.value, event.machine)
    return _counted(scheme, tracks)


def _follow(
    tracks: dict[tuple[tuple[str, str], str], _Track], event: Given, seen: dict[str, tuple[TagValue, bool]]
) -> None:
    track = tracks.get((event.unit, event.author))
    assert event.value is not None
    if track is None:
        tracks[event.unit, event.author] = _Track(event.value, event.value, seen, _machine(seen))
    else:
        track.last, track.seen = event.value, seen or track.seen


def _machine(seen: dict[str, tuple[TagValue, bool]]) -> TagValue | None:
    return next((value for value, machine in reversed(seen.values()) if machine), None)


def _counted(scheme: TagScheme, tracks: dict[tuple[tuple[str, str], str], _Track]) -> Flips:
    answers = revealed = differed = pulled = suggested = as_suggested = 0
    found: list[Flip] = []
    for ((sample, turn), author), track in tracks.items():
        if track.last is None or CANNOT_SAY in (track.first, track.last):
            continue
        answers += 1
        suggested += track.at_first is not None
        as_suggested += track.at_first is not None and track.at_first == track.first
        if not track.seen:
            continue
        revealed += 1
        machine = _machine(track.seen)
        differed += machine is not None and machine != track.first
        pulled += machine is not None and machine != track.first and machine == track.last
        if track.first != track.last:
            found.append(
                Flip(sample, turn or None, author, track.first, track.last, machine, _direction(track, machine))
            )
    return Flips(
        scheme.name, scheme.suggestion, answers, revealed, differed, pulled, suggested, as_suggested, tuple(found)
    )


def _direction(track: _Track, machine: TagValue | None) -> Literal["to the machine", "from the machine", "elsewhere"]:
    if machine is not None and track.last == machine:
        return "to the machine"
    if machine is not None and track.first == machine:
        return "from the machine"
    return "elsewhere"

"""Normalisation of text, step by step, with every change written down so that a person can see and refuse it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.errors import UnknownName
from workbench.language import detect_language
from workbench.model import Sample, Turn


@dataclass(frozen=True, slots=True)
class Step:
    """A way to normalise one text; it changes nothing that it does not name."""

    name: str
    title: str
    apply: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did to one turn (or, with `turn` None, to the sample's language)."""

    sample: str
    turn: str | None
    step: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A sample after cleaning, with all that was changed; `sample` is the same object when nothing was."""

    sample: Sample
    changes: tuple[Change, ...]


# Format characters that carry meaning stay: joiners shape Persian, Indic scripts and emoji families.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES_AT_LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_BROKEN_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": "\u00a0"}
_ENTITY = re.compile("|".join(map(re.escape, _BROKEN_ENTITIES)))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _spaces(text: str) -> str:
    return _MANY_BLANK_LINES.sub("\n\n", _SPACES_AT_LINE_END.sub("", text)).strip()


STEPS: tuple[Step, ...] = (
    Step("line-ends", "Line breaks of all systems become one kind", _line_ends),
    Step("unicode", "Letters with accents in one form (NFC)", lambda text: unicodedata.normalize("NFC", text)),
    Step("invisible", "Invisible and control characters removed", lambda text: _INVISIBLE.sub("", text)),
    Step("entities", "Left-over web codes such as &amp; become letters", lambda t: _ENTITY.sub(_entity, t)),
    Step("spaces", "Spaces at the ends and piles of empty lines removed", _spaces),
)
"""All steps, in the order they are applied."""

LANGUAGE = "language"
"""The name of the step that fills in a missing language; it does not change text."""


def normalise(sample: Sample, steps: Sequence[str] | None = None) -> Cleaned:
    """A sample with the named steps (default: all, and the language when it is missing) applied to its turns."""
    chosen = _chosen(steps)
    changes: list[Change] = []
    turns = tuple(_normalise_turn(sample, turn, chosen, changes) for turn in sample.turns)
    cleaned = replace(sample, turns=turns) if changes else sample
    if (steps is None or LANGUAGE in steps) and not sample.language:
        language, _ = detect_language(sample.text)
        if language:
            changes.append(Change(sample.id, None, LANGUAGE, "", language))
            cleaned = replace(cleaned, language=language)
    return Cleaned(cleaned, tuple(changes))


def _normalise_turn(sample: Sample, turn: Turn, steps: Sequence[Step], changes: list[Change]) -> Turn:
    text = turn.content
    done = []
    for step in steps:
        after = step.apply(text)
        if after != text:
            done.append(Change(sample.id, turn.id, step.name, text, after))
            text = after
    # A turn of nothing but invisible characters would vanish: it keeps its text, and the length check names it.
    if not done or not text:
        return turn
    changes += done
    return replace(turn, content=text)


def _chosen(names: Sequence[str] | None) -> tuple[Step, ...]:
    if names is None:
        return STEPS
    known = {step.name for step in STEPS} | {LANGUAGE}
    for name in names:
        if name not in known:
            raise UnknownName.among("cleaning step", name, known)
    return tuple(step for step in STEPS if step.name in names)


def _entity(match: re.Match[str]) -> str:
    return _BROKEN_ENTITIES[match.group()]

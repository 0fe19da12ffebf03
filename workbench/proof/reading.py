"""A problem and its answer read back from their words and proved again: nothing is left over, nothing else believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import InvalidInput
from workbench.model import Turn
from workbench.proof.engine import Rule, checked, folded, follows, read_rules, tidy
from workbench.proof.wording import WORDINGS, Wording, with_holes

_STEP = re.compile(r"\d+\.\s+(.*)")


@dataclass(frozen=True, slots=True)
class Said:
    """A problem and its answer as they stand in a text.

    `asked` is the sentence the question asks about, `steps` are the numbered lines, `conclusion` and `follows` the
    verdict, `missing` is what would have to be known ("" for nothing). `rest` are lines that are none of these.
    """

    facts: tuple[str, ...]
    rules: tuple[Rule, ...]
    asked: str
    steps: tuple[str, ...]
    conclusion: str
    follows: bool
    missing: str
    rest: tuple[str, ...]


def read_back(question: str, answer: str, language: str) -> Said | None:
    """What a text says, from its words alone; None when it cannot be read as a problem with an answer.

    Raises `InvalidInput` for a rule that is none.
    """
    words = WORDINGS.get(language)
    if words is None:
        return None
    asked, said = _Question(words, _lines(question)), _Answer(words, _lines(answer))
    if not asked.ruled or asked.sentence is None or said.verdict is None:
        return None
    holds, conclusion = said.verdict
    rest = (*asked.rest, *said.rest)
    rules = read_rules("\n".join(asked.rules))
    return Said(tuple(asked.facts), rules, asked.sentence, tuple(said.steps), conclusion, holds, said.missing, rest)


def unproved(question: str, answer: str, language: str, carried: Mapping[str, Any] | None = None) -> str | None:
    """Why a text is no proved answer to its question; None when it is.

    The verdict has to be about what was asked, every step has to follow by one rule, those of a "yes" have to end in
    the conclusion, and what a "no" names as missing has to lead to it. Every line has to be part of that. `carried` is
    the proof as data that goes with the text, which then has to say the same.
    """
    message = "it does not read as facts and rules with an answer that follows from them step by step"
    try:
        said = read_back(question, answer, language)
    except InvalidInput:
        said = None
    if said is None:
        return message
    return _wrong(said, WORDINGS[language]) or (_other(said, carried, WORDINGS[language]) if carried else None)


def carries_proof(turn: Turn) -> bool:
    """Whether a turn claims to be proved; what others call a proof in their data is no claim of ours."""
    found = turn.extra.get("proof")
    return isinstance(found, Mapping) and "follows" in found


def broken_proofs(turns: Sequence[Turn], language: str) -> Iterator[tuple[Turn, str]]:
    """The turns that carry a proof which their words do not give any more, each with why."""
    for before, turn in zip((None, *turns), turns, strict=False):
        if carries_proof(turn):
            why = unproved(before.content if before else "", turn.content, language, turn.extra["proof"])
            if why:
                yield turn, why


def _wrong(said: Said, words: Wording) -> str | None:
    message = None
    concluded, line = checked(said.facts, said.rules, said.steps, words.inferred)
    if said.rest:
        message = f"it says more than is proved: {said.rest[0]}"
    elif folded(said.conclusion) != folded(said.asked):
        message = f"the verdict is not about what was asked: {said.conclusion}"
    elif line is not None:
        message = f"does not follow: {line}"
    elif follows(said.facts, said.rules, said.conclusion) != said.follows:
        message = f"the verdict is wrong: {said.conclusion}"
    return message or (_unshown(said, concluded) if said.follows else _not_missing(said))


def _unshown(said: Said, concluded: Sequence[str]) -> str | None:
    """What is wrong with a right "yes"."""
    message = None
    if said.missing:
        message = f"it follows, and still something is said to be missing: {said.missing}"
    elif not concluded or folded(concluded[-1]) != folded(said.conclusion):
        message = f"no steps lead to the verdict: {said.conclusion}"
    return message


def _not_missing(said: Said) -> str | None:
    """What is wrong with a right "no"."""
    message = None
    if not said.missing:
        message = "it does not say what would have to be known"
    elif folded(said.missing) == folded(said.conclusion):
        message = f"only the conclusion itself is said to be missing: {said.missing}"
    elif not follows([*said.facts, said.missing], said.rules, said.conclusion):
        message = f"it would not follow with this either: {said.missing}"
    return message


def _other(said: Said, carried: Mapping[str, Any], words: Wording) -> str | None:
    """What the proof that goes with a text says otherwise than its words."""
    listed = carried.get("steps")
    rows = [row for row in listed if isinstance(row, list) and row] if isinstance(listed, list) else []
    steps = [words.inferred(list(map(str, row[:-2])), str(row[-1])) for row in rows]
    same = (
        carried.get("follows") is said.follows
        and folded(str(carried.get("conclusion", ""))) == folded(said.conclusion)
        and folded(str(carried.get("missing", ""))) == folded(said.missing)
        and list(map(folded, steps)) == list(map(folded, said.steps))
    )
    message = "the proof that goes with it says something else"
    return None if same else message


class _Question:
    """The lines of a question, each for what it is."""

    def __init__(self, words: Wording, lines: Sequence[str]) -> None:
        self.facts: list[str] = []
        self.rules: list[str] = []
        self.rest: list[str] = []
        self.sentence: str | None = None
        self.ruled = False
        letters: list[str] = []
        for number, line in enumerate(lines):
            header = re.fullmatch(_header(words), line)
            asked = _filled_in(words.questions, line) if self.ruled and self.sentence is None else None
            if header and not self.ruled:
                self.ruled, letters = True, re.findall(r"(?<![A-Za-z])[A-Z](?![A-Za-z])", header["letters"] or "")
            elif line.startswith("- ") and self.sentence is None:
                (self.rules if self.ruled else self.facts).append(tidy(line[2:]))
            elif asked is not None:
                self.sentence = asked
            elif number or line not in map(_single, words.known):
                self.rest.append(line)
        self.rules = [with_holes(rule, letters) for rule in self.rules]


class _Answer:
    """The lines of an answer, each for what it is."""

    def __init__(self, words: Wording, lines: Sequence[str]) -> None:
        self.steps: list[str] = []
        self.rest: list[str] = []
        self.verdict: tuple[bool, str] | None = None
        self.missing = ""
        for line in lines:
            step, verdict = _STEP.fullmatch(line), _verdict(words, line)
            missing = _filled_in((words.missing,), line)
            if step and self.verdict is None:
                self.steps.append(tidy(step[1]))
            elif verdict and self.verdict is None:
                self.verdict = verdict
            elif missing and self.verdict and not self.missing:
                self.missing = missing
            else:
                self.rest.append(line)


def _verdict(words: Wording, line: str) -> tuple[bool, str] | None:
    for holds, ways in ((True, words.yes), (False, words.no)):
        found = _filled_in(ways, line)
        if found is not None:
            return holds, found
    return None


def _filled_in(ways: Sequence[str], line: str) -> str | None:
    """The sentence that a line says in one of these ways; None when it says none."""
    for way in ways:
        before, _, after = _single(way).partition("{s}")
        found = re.fullmatch(rf"{re.escape(before)}(.+?){re.escape(after)}[.。]?", line)
        if found:
            return tidy(found[1])
    return None


def _header(words: Wording) -> str:
    before, _, after = _single(words.letters).partition("{letters}")
    space = " " if words.letters.startswith(" ") else ""
    letters = rf"{space}{re.escape(before)}(?P<letters>[A-Z].*?){re.escape(after)}"
    return rf"{re.escape(words.rules)}(?:{letters})?{re.escape(words.colon)}"


def _single(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    return [_single(line) for line in text.splitlines() if line.strip()]

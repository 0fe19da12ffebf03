"""`noise`: the same conversation as people really type or as speech recognition writes it down. No model.

Every possible slip is proposed with its place; the seed chooses. Numbers, addresses and codes are never touched.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import regex

from workbench.errors import GenerateError
from workbench.generate.base import Candidate, Recipe, spoken
from workbench.generate.edits import Edit, allowed, apply, choose, protected
from workbench.generate.slips import CONFUSED, EMOJI, FILLERS, NEIGHBOURS, UNACCENTED
from workbench.llm.base import ChatModel
from workbench.model import Sample

_WORD = regex.compile(r"\p{Latin}[\p{Latin}'’]*")
_CALCULATED = regex.compile(r"(?<=(?:^|\s)[xX])(?=\s?\d)")
"""Behind an x that multiplies."""

_HAN = regex.compile(r"\p{Han}")
_PUNCTUATION = regex.compile(r"[,.;:!?，。；：！？、…]+")
_ENDS = regex.compile(r"[.!?。！？…]+(?=\s|$)|$")
WHO = {"user": ("user",), "assistant": ("assistant",), "both": ("user", "assistant")}


def _switch(title: str, help: str, default: bool) -> bool:
    value: bool = field(default=default, metadata={"title": title, "help": help})
    return value


@dataclass(frozen=True, slots=True)
class NoiseParams:
    """Which slips, how many, and whose."""

    rate: float = field(
        default=0.08,
        metadata={"title": "Share of slips", "help": "of all places where one fits", "minimum": 0.01, "maximum": 0.5},
    )
    who: str = field(
        default="user", metadata={"title": "Whose turns", "help": "who makes the slips", "choices": tuple(WHO)}
    )
    typing: bool = _switch("Typing slips", "neighbouring keys, swapped, doubled and missing letters", True)
    punctuation: bool = _switch("Missing punctuation and capitals", "as in a hurry", True)
    confusion: bool = _switch("Confused words", "their and there, a and à, 在 and 再", True)
    speech: bool = _switch("Spoken words", "um, repeated words, as speech recognition writes them", False)
    emoji: bool = _switch("Emoji", "at the end of sentences", False)
    variants: int = field(
        default=1, metadata={"title": "Variants", "help": "how many for each sample", "minimum": 1, "maximum": 20}
    )


def noise(parent: Sample, params: NoiseParams, model: ChatModel | None, rng: random.Random) -> Iterator[Candidate]:
    """Choose among all possible slips; at least one, and no two variants alike."""
    language = (parent.language or "en").split("-")[0].lower()
    chosen = [turn for turn in spoken(parent.turns) if turn.role in WHO[params.who]]
    possible = {turn.id: _proposals(turn.content, language, params) for turn in chosen}
    if not any(possible.values()):
        raise GenerateError("there is no place for a slip", hint="choose more kinds, or the other side's turns")
    seen = {tuple(turn.content for turn in parent.turns)}
    for _ in range(params.variants):
        new = _draw(parent, possible, params.rate, rng, seen)
        if new is None:
            raise GenerateError("there are no more different variants", hint="a higher share gives more of them")
        yield new


def _draw(
    parent: Sample, possible: dict[str, list[Edit]], rate: float, rng: random.Random, seen: set[tuple[str, ...]]
) -> Candidate | None:
    for _ in range(50):
        edits = {turn_id: choose(proposed, rate, rng) for turn_id, proposed in possible.items()}
        if not any(edits.values()):
            turn_id = rng.choice([name for name, proposed in possible.items() if proposed])
            edits[turn_id] = [rng.choice(possible[turn_id])]
        turns = tuple(replace(turn, content=apply(turn.content, edits.get(turn.id, ()))) for turn in parent.turns)
        texts = tuple(turn.content for turn in turns)
        if texts not in seen and all(turn.content.strip() for turn in turns if edits.get(turn.id)):
            seen.add(texts)
            return Candidate(turns, group=parent.id, meta={"slips": sum(map(len, edits.values()))})
    return None


def _proposals(text: str, language: str, params: NoiseParams) -> list[Edit]:
    kinds: list[tuple[bool, Callable[[str, str], Iterator[Edit]]]] = [
        (params.typing, _typing),
        (params.punctuation, _punctuation),
        (params.confusion, _confusion),
        (params.speech, _speech),
        (params.emoji, _emoji),
    ]
    return allowed((edit for wanted, kind in kinds if wanted for edit in kind(text, language)), protected(text))


def _typing(text: str, language: str) -> Iterator[Edit]:
    """One slip per word of four letters or more, its kind and place fixed by the word itself."""
    near = NEIGHBOURS["fr" if language == "fr" else "en"]
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) < 4 or not word[1:].islower():
            continue
        own = random.Random(f"{match.start()}{word}")
        place = own.choice([at for at in range(1, len(word) - 1) if word[at].isalpha()] or [1])
        slips = [
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1 :],
        ]
        if near.get(word[place]):
            slips.append(word[:place] + own.choice(near[word[place]]) + word[place + 1 :])
        new = own.choice(slips)
        if new != word:
            yield Edit(match.start(), match.end(), new, "typing")


def _punctuation(text: str, language: str) -> Iterator[Edit]:
    for match in _PUNCTUATION.finditer(text):
        at_end = match.end() == len(text)
        yield Edit(match.start(), match.end(), "" if at_end or language != "zh" else " ", "punctuation")
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() and (word == "I" or word[1:].islower()):
            yield Edit(match.start(), match.start() + 1, word[0].lower(), "capital")
        plain = word.translate(UNACCENTED)
        if plain != word:
            yield Edit(match.start(), match.end(), plain, "accent")


def _confusion(text: str, language: str) -> Iterator[Edit]:
    pairs = CONFUSED.get(language, {})
    for match in (_HAN if language == "zh" else _WORD).finditer(text):
        new = pairs.get(match.group().lower().replace("’", "'"))
        if new:
            yield Edit(match.start(), match.end(), new.capitalize() if match.group()[0].isupper() else new, "confusion")


def _speech(text: str, language: str) -> Iterator[Edit]:
    fillers = FILLERS.get(language, FILLERS["en"])
    if language == "zh":
        for match in regex.finditer(r"(?<=^|[，。！？、])(?=\p{Han})", text):
            filler = fillers[match.start() % len(fillers)]
            yield Edit(match.start(), match.start(), f"{filler}，", "filler")
        return
    for match in _WORD.finditer(text):
        if match.start() and text[match.start() - 1] == " ":
            filler = fillers[match.start() % len(fillers)]
            if filler != match.group().lower():
                yield Edit(match.start(), match.start(), f"{filler} ", "filler")
            if len(match.group()) <= 4 and not _CALCULATED.match(text, match.end()):
                yield Edit(match.end(), match.end(), f" {match.group()}", "repeated")


def _emoji(text: str, language: str) -> Iterator[Edit]:
    for match in _ENDS.finditer(text):
        symbol = EMOJI[(match.start() * 7 + len(text)) % len(EMOJI)]
        yield Edit(match.end(), match.end(), f" {symbol}", "emoji")


NOISE = Recipe(
    name="noise",
    version="2",
    purpose="vary",
    title="As people type",
    explanation=(
        "Adds what real typing and speech recognition add: slips, missing punctuation and capitals, confused words, "
        "fillers, emoji. Use it to make tidy text robust. Numbers, addresses and codes stay; it needs no model."
    ),
    make=noise,
    params=NoiseParams,
    keeps=("number and order of turns", "who speaks", "numbers, e-mail and web addresses, codes"),
    varies=("spelling", "punctuation and capitals", "fillers", "emoji"),
)

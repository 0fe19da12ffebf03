"""`register`: the same conversation as somebody else would say it: formal, casual, an older person, a child. No model.

Only words whose meaning does not hang on the sentence are exchanged (tables in `workbench.generate.wording`); numbers,
names, addresses and quotations stay. What cannot be rewritten safely stays as it is, and a conversation of which too
little can be rewritten is refused rather than passed off as another register.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbench.errors import GenerateError
from workbench.generate.base import Recipe, spoken
from workbench.generate.candidate import Candidate
from workbench.generate.edits import apply
from workbench.generate.gates import same_people
from workbench.generate.gates.facts import keeps_numbers
from workbench.generate.gates.named import checks
from workbench.generate.inputs import choice, number, switch, whole
from workbench.generate.recipes.noise import WHO
from workbench.generate.wording import LANGUAGES, REGISTERS, Wording, answers, begs_pardon, greets, wording
from workbench.llm.base import ChatModel
from workbench.model import Finding, Sample, Turn


@dataclass(frozen=True, slots=True)
class RegisterParams:
    """What a person can set."""

    register: str = choice("Way of speaking", default="formal", of=REGISTERS)
    who: str = choice("Whose turns", "who speaks so", default="user", of=WHO)
    openings: bool = switch("Openings", "a greeting or a small word before some turns")
    least: float = number("Least share", "of the turns that must change", default=0.3, least=0.0, most=1.0)
    variants: int = whole("Variants", "how many for each sample", default=1, least=1, most=5)


def register(
    parent: Sample, params: RegisterParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Rewrite what is safe; refuse what stays nearly as it was.

    Small and capital letters alone are no other way of speaking: they do not count as a change.
    """
    language = (parent.language or "").split("-")[0].lower()
    if language not in LANGUAGES:
        raise GenerateError("there are no words for this language", hint="English, French and Chinese have them")
    chosen = [turn for turn in spoken(parent.turns) if turn.role in WHO[params.who]]
    seen: set[tuple[str, ...]] = set()
    for _ in range(params.variants):
        made = next((one for _ in range(20) if (one := _draw(parent, chosen, language, params, rng)) not in seen), None)
        if made is None:
            raise GenerateError("there are no more different variants")
        seen.add(made)
        changed = [turn.id for turn, text in zip(parent.turns, made, strict=True) if _reworded(turn, text)]
        if not changed or len(changed) < params.least * len(chosen):
            raise GenerateError(
                f"too few turns can be said otherwise: {len(changed)} of {len(chosen)}",
                hint="perhaps it is spoken so already; else lower the least share, or choose another way of speaking",
            )
        turns = tuple(replace(turn, content=text) for turn, text in zip(parent.turns, made, strict=True))
        yield Candidate(turns, group=parent.id, meta={"register": params.register, "reworded": changed})


def _draw(
    parent: Sample, chosen: list[Turn], language: str, params: RegisterParams, rng: random.Random
) -> tuple[str, ...]:
    words = wording(language, params.register)
    way = rng.randrange(6)
    first = next(iter(spoken(parent.turns)), None)
    texts: list[str] = []
    for turn in parent.turns:
        text = turn.content
        if turn in chosen:
            text = apply(text, words.edits(text, way))
            if params.openings:
                text = _opened(text, language, _openings(parent, turn, words), rng, turn is first)
        texts.append(text)
    return tuple(texts)


def _openings(parent: Sample, turn: Turn, words: Wording) -> tuple[str, ...]:
    """A greeting for whoever begins, a small word for who answers somebody; none for who goes on speaking."""
    said = spoken(parent.turns)
    place = said.index(turn)
    if place == 0:
        return words.first
    return words.later if said[place - 1].role != turn.role else ()


def _opened(text: str, language: str, openings: tuple[str, ...], rng: random.Random, first: bool) -> str:
    """A text with a small opening: always the first turn without a greeting, a later one now and then."""
    if not openings or greets(text) or begs_pardon(text) or (not first and (answers(text) or rng.random() > 0.3)):
        return text
    return f"{rng.choice(openings)}{'' if language == 'zh' else ' '}{text.lstrip()}"


def _reworded(turn: Turn, text: str) -> bool:
    """Whether more than an opening, or a capital letter, was put to a turn."""
    return not text.casefold().endswith(turn.content.strip().casefold())


@checks("register")
def only_words_of_the_register(parent: Sample, candidate: Candidate) -> Finding | None:
    """Every turn has to be one that the table gives: nothing else may have been touched."""
    language = (parent.language or "").split("-")[0].lower()
    words = wording(language, str(candidate.meta["register"]))
    space = "" if language == "zh" else " "
    for old, new in zip(parent.turns, candidate.turns, strict=True):
        said = {old.content, *(apply(old.content, words.edits(old.content, choice)) for choice in range(6))}
        opened = {f"{way}{space}{text.lstrip()}" for way in (*words.first, *words.later) for text in said}
        if new.content not in said | opened:
            return Finding("register", 0.0, "problem", "more than words of the register changed", turn=new.id)
    return None


REGISTER = Recipe(
    name="register",
    version="5",
    purpose="vary",
    title="Another way of speaking",
    explanation=(
        "Lets the same person speak formally, casually, like an older person or like a child, by exchanging words that "
        "mean the same. Use it so that a set is not all in one voice. What cannot be said otherwise safely stays, and "
        "a conversation that would hardly change is refused. English, French, Chinese; it needs no model."
    ),
    make=register,
    params=RegisterParams,
    keeps=("meaning, numbers, names and quotations", "number and order of turns", "tu or vous in French"),
    varies=("choice of words", "contractions and address", "greetings"),
    gates=(same_people, keeps_numbers, only_words_of_the_register),
    example={"register": "casual"},
)

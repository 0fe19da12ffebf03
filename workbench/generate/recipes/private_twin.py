"""`private_twin`: a conversation of the same shape in which nothing of the source is said. No model.

Turns, speakers, acts and lengths are kept; every sentence is one of ours, and every value in it is invented. Nothing
is copied and then cleaned, so that what a search for personal data would miss cannot come out either.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import GenerateError
from workbench.generate.base import Recipe
from workbench.generate.candidate import Candidate
from workbench.generate.figures.twin import twin_figures
from workbench.generate.gates.privacy import distance, nothing_of_the_source
from workbench.generate.twin import LANGUAGES
from workbench.generate.twin.planting import came_out, planted, secrets
from workbench.generate.twin.stand_ins import stand_ins, whole_names
from workbench.generate.twin.telling import Part, Teller, parts_of
from workbench.llm.base import ChatModel
from workbench.model import Sample, Turn

TRIES = 20
"""Twins told before it is given up that one says nothing as the source does."""


@dataclass(frozen=True, slots=True)
class PrivateTwinParams:
    """What a person can set."""

    variants: int = field(
        default=1, metadata={"title": "Twins", "help": "how many for each sample", "minimum": 1, "maximum": 20}
    )


def private_twin(
    parent: Sample, params: PrivateTwinParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Tell the conversation anew until nothing long is said as the source says it; no two twins alike.

    With each twin goes what became of secrets planted in a copy of its source.
    """
    language = (parent.language or "").split("-")[0].lower()
    if language not in LANGUAGES:
        raise GenerateError("there are no words for this language", hint="English, French and Chinese have them")
    if not _spoken(parent):
        raise GenerateError("there is nothing said to make a twin of")
    seen: set[tuple[str, ...]] = set()
    for _ in range(params.variants):
        trial = random.Random(f"planted:{len(seen)}:{rng.getstate()[1][:4]}")
        twin = _twin(parent, language, rng, seen)
        if twin is None:
            raise GenerateError("there are no more different variants")
        seen.add(_texts(twin))
        yield replace(twin, meta={**twin.meta, "planted": _tried(parent, language, trial)})


def _twin(parent: Sample, language: str, rng: random.Random, seen: set[tuple[str, ...]]) -> Candidate | None:
    made = (_told(parent, language, rng) for _ in range(TRIES))
    return next((one for one in made if _apart(parent, one) and _texts(one) not in seen), None)


def _tried(parent: Sample, language: str, rng: random.Random) -> dict[str, Any]:
    """How many secrets were planted in a copy of the source, and which of them its twin gives away."""
    found = secrets(language, rng)
    source = planted(parent, found, language, rng)
    twin = _twin(source, language, rng, set())
    return {"secrets": len(found), "out": came_out(found, twin)} if twin else {"secrets": 0, "out": {}}


def _spoken(parent: Sample) -> list[Turn]:
    return [turn for turn in parent.turns if turn.role != "tool" and turn.content.strip()]


def _told(parent: Sample, language: str, rng: random.Random) -> Candidate:
    spoken = _spoken(parent)
    swaps = stand_ins([turn.content for turn in spoken], language, rng)
    teller = Teller(language, rng)
    turns: list[Turn] = []
    used: dict[str, None] = {}
    for number, turn in enumerate(spoken):
        values = whole_names(turn.content, swaps.edits.get(number, ()))
        parts = parts_of(turn.content, values) or [Part("inform", 1)]
        text = teller.turn(parts, turn.role)
        used |= dict.fromkeys(new for _, _, new in values if new in text)
        acts = [part.act for part in parts]
        turns.append(Turn(f"t{number + 1}", turn.role, text, extra={"acts": acts}))
    meta = {
        "title": turns[0].content[:80],
        "stand_ins": list(used),
        "distance": distance(parent.turns, tuple(turns)),
    }
    return Candidate(tuple(turns), language=language, group=parent.id, meta=meta)


def _apart(parent: Sample, twin: Candidate) -> bool:
    return nothing_of_the_source(parent, twin).severity == "info"


def _texts(twin: Candidate) -> tuple[str, ...]:
    return tuple(turn.content for turn in twin.turns)


PRIVATE_TWIN = Recipe(
    name="private_twin",
    version="1",
    purpose="protect",
    title="Private twin",
    explanation=(
        "A conversation of the same shape in which nothing of the source is said: as many turns, the same speakers, "
        "the same acts sentence by sentence, about the same lengths, and invented names, places, numbers and dates "
        "where there were some. Use it to show or test with what must not leave. What it was about is lost on purpose; "
        "tool calls are left out. Differential privacy is not claimed. English, French, Chinese; it needs no model."
    ),
    make=private_twin,
    params=PrivateTwinParams,
    keeps=(
        "turns, speakers and language",
        "what each sentence does: asks, thanks, agrees ...",
        "lengths, nearly",
        "kinds of values, the same stand-in everywhere",
    ),
    varies=("every word", "what it is about", "every name, number, date and address"),
    gates=(nothing_of_the_source,),
    figures=twin_figures,
)

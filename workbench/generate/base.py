"""What a recipe is: a named, versioned way to make drafts, and nothing about where they are kept.

A recipe is a generator function. It gets its material (a sample, a document, a set of samples, or nothing but a row
number), its parameters, a model (None for a recipe that needs none) and a seeded source of randomness, and yields
candidates. It never touches the store, the network or the clock, so the same material, parameters, seed and answers
give the same candidates.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal, Protocol

from workbench.errors import GenerateError
from workbench.generate.candidate import Candidate
from workbench.generate.figures.base import Figures
from workbench.generate.material import Draw, Material, Start
from workbench.generate.then import Then
from workbench.ids import content_hash
from workbench.llm.base import ChatModel
from workbench.model import Finding, Json, Sample, Turn

Purpose = Literal["vary", "answer", "write", "ground", "balance", "protect", "own"]
"""What a recipe is for: vary what is there, answer, write anew, rest on documents or facts, fill what is missing, keep
private what must not leave, or anything else."""


class Make(Protocol):
    """The function of a recipe. Raises `GenerateError` when it can make nothing of its material.

    `RowLost` instead of it says that only the row that comes next came to nothing: it is begun anew behind that one.
    """

    def __call__(
        self, material: Any, params: Any, model: ChatModel | None, rng: random.Random, /
    ) -> Iterator[Candidate]:
        """Yield at most `Recipe.per_parent` candidates (one, for each `Blank`) from a `Material`.

        A resumed run repeats it with the same seed, answered from the ledger. Behind a candidate that stays without a
        text (it was lost, or its call is in doubt) it begins anew with another seed: the first candidates fill the rows
        left. Over a set it also does so behind a request that came to nothing, and always behind candidates for which
        it asks otherwise than when they were made.
        """


@dataclass(frozen=True, slots=True)
class Said:
    """One turn that a recipe proposes. `meta` is what its gates have to know of it (a mistake it should make, say)."""

    role: str
    text: str
    finish_reason: str = "stop"
    meta: Json = field(default_factory=dict)


class NextTurn(Protocol):
    """Makes the turn that comes after `turns`. Raises `GenerateError` when it can make nothing of them."""

    def __call__(
        self, parent: Sample, turns: Sequence[Turn], params: Any, model: ChatModel | None, rng: random.Random, /
    ) -> Said:
        """The same turns, parameters, seed and answers give the same turn."""


@dataclass(frozen=True, slots=True)
class ByTurns:
    """What a recipe offers whose drafts can be run, paused and rewound: the next turn, and how many are wanted."""

    next_turn: NextTurn
    wanted: Callable[[Any], int]


@dataclass(frozen=True, slots=True)
class Needs:
    """How many rows a run over a set comes to, of those asked for; and what nobody can know of them beforehand."""

    rows: int
    unknown: tuple[str, ...] = ()


Gate = Callable[[Sample, Candidate], "Finding | None"]
"""Looks at a candidate and its parent (a sample without turns, when the recipe starts from something else).

No finding, or one that is only "info": it passes. "problem" speaks against it; "warning" means that the gate is not
sure and a person should look.
The finding's message and place are the evidence."""


@dataclass(frozen=True, slots=True)
class NoParams:
    """For recipes without parameters."""


WHERE = "turns>=4"
"""Which samples a recipe fits that does not say so."""


def one_per_parent(params: Any) -> int:
    """How many drafts a parent gives: the parameter ``variants`` where there is one, else 1."""
    return int(getattr(params, "variants", 1))


def alone(params: Any) -> int:
    """Each row for itself."""
    return 1


@dataclass(frozen=True)
class Recipe:
    """A recipe with what a person needs to know about it.

    Attributes:
        name: how it is called in code and in origins.
        version: changes whenever the same input could give other drafts.
        title: its name on the screen.
        purpose: the group it stands in on the screen.
        explanation: one paragraph an expert understands: what it is for and what to watch.
        needs_model: whether it asks a chat model.
        params: a frozen dataclass; field metadata holds title, help, minimum, maximum, choices, long.
        make: the function.
        keeps: what it promises not to change.
        varies: what it changes.
        gates: what every candidate is looked at by, besides the ones all candidates go through.
        prompts: its prompt templates, whose hash is kept with every draft.
        per_parent: how many drafts one parent gives with these parameters; for a recipe that starts from a set or
            from nothing, how many it gives in all.
        together: for a recipe that starts from nothing, how many rows are made one after the other from one `Blank`,
            because they belong together (the answers to one question, say). It divides what `per_parent` gives.
        starts_from: what `make` gets as its material.
        with_tags: whether the samples of its material carry their tags, ``extra["tags"]``: scheme -> what people
            answered about the sample as a whole. A machine's suggestion is no answer.
        needs: for a recipe over a set, how many rows it comes to, where the set and the parameters say so; the rest of
            what is asked for comes to nothing at no cost. A pilot makes its first rows: their order has to be drawn,
            so that they speak for the others.
        draw: for a recipe over a set, what all its rows share (a plan, say): drawn by the run's seed before the first
            row and kept with the run, so that it is the same for all whatever becomes of the set (`material.shared`).
        example: parameters that work on the sample data, for a first try.
        where: a query of samples it fits, for a first try.
        by_turns: for a recipe that starts from a sample and whose drafts a person can run turn by turn.
        then: for one that makes items a person approves before another recipe goes on from them.
        figures: what can be said in numbers about all drafts of a run together (`workbench.generate.figures`).
    """

    name: str
    version: str
    title: str
    explanation: str
    make: Make
    needs_model: bool = False
    params: type[Any] = NoParams
    keeps: tuple[str, ...] = ()
    varies: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    prompts: tuple[str, ...] = ()
    per_parent: Callable[[Any], int] = one_per_parent
    together: Callable[[Any], int] = alone
    starts_from: Start = "sample"
    purpose: Purpose = "own"
    with_tags: bool = False
    needs: Callable[[tuple[Sample, ...], Any], Needs] | None = None
    draw: Draw | None = None
    example: Json = field(default_factory=dict)
    where: str = WHERE
    by_turns: ByTurns | None = None
    then: Then | None = None
    figures: Figures | None = None

    def rows(self, params: Any, parents: int) -> int:
        """How many drafts a run over that many samples or documents asks for."""
        return self.per_parent(params) * (parents if self.starts_from in {"sample", "document"} else 1)

    def needed(self, material: Material, params: Any) -> Needs | None:
        """What a run over this set comes to; None where nothing but making it can say so."""
        return self.needs(material, params) if self.needs is not None and isinstance(material, tuple) else None

    def share_rows(self, params: Any) -> int:
        """How many rows are made one after the other, from one parent or one `Blank`."""
        return self.together(params) if self.starts_from == "nothing" else self.per_parent(params)

    def proposes(self, params: Any) -> Then | None:
        """What becomes of the drafts made with these parameters, where they are items to approve; else None."""
        return self.then if self.then is not None and self.then.when(params) else None

    @property
    def label(self) -> str:
        """``name@version``, as origins write it."""
        return f"{self.name}@{self.version}"

    @property
    def template_hash(self) -> str:
        """The hash of its prompt templates; empty without any."""
        return content_hash(list(self.prompts)) if self.prompts else ""


def required(model: ChatModel | None) -> ChatModel:
    """The model of a recipe that needs one."""
    if model is None:
        raise GenerateError("this recipe needs a model", hint="connect one, or install the local demo model")
    return model


def free_ids(sample: Sample) -> Iterator[str]:
    """Ids for new turns that no turn of the sample has."""
    taken = {turn.id for turn in sample.turns}
    return (f"t{n}" for n in count(len(sample.turns) + 1) if f"t{n}" not in taken)


def spoken(turns: Iterable[Turn]) -> list[Turn]:
    """The turns that somebody says: of a user or assistant, with a text."""
    return [turn for turn in turns if turn.role in {"user", "assistant"} and turn.content.strip()]

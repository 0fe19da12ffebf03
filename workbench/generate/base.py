"""What a recipe is: a named, versioned way to make drafts, and nothing about where they are kept.

A recipe is a generator function. It gets its material (a sample, a document, a set of samples, or nothing but a row
number), its parameters, a model (None for a recipe that needs none) and a seeded source of randomness, and yields
candidates. It never touches the store, the network or the clock, so the same material, parameters, seed and answers
give the same candidates.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal, Protocol

from workbench.errors import GenerateError
from workbench.generate.figures.base import Figures
from workbench.generate.then import Then
from workbench.ids import content_hash
from workbench.llm.base import ChatModel
from workbench.model import Document, Finding, Json, Sample, Turn

Start = Literal["sample", "document", "set", "nothing"]
"""What a recipe starts from: each sample or each document of a selection, the selection as a whole, or its parameters
alone."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The material of a recipe that starts from nothing: row `number` (from 0) `of` so many, and the run's seed.

    Where a recipe makes several rows together (`Recipe.together`), these are numbered by group. Rows are made at once
    and in any order. What they have to share (a plan without repetition, say) is worked out again for each from
    `seed`, which is the same for all of them.
    """

    number: int
    of: int
    seed: int


class SampleSet(tuple[Sample, ...]):
    """The material of a recipe over a set: a tuple of its samples, the next `row` to be made, and the run's `seed`.

    Rows count from 0. Those before `row` were made, or lost, when the recipe was run before. What all rows have to
    share (a plan, say) is worked out again from `seed`, which is the same each time. `before` is what the model's
    answers for those rows gave, in order: a candidate, or None for an answer of no use.
    """

    row: int
    seed: int
    before: tuple[Candidate | None, ...]

    def __new__(
        cls, samples: Iterable[Sample], row: int = 0, seed: int = 0, before: Iterable[Candidate | None] = ()
    ) -> SampleSet:
        """The samples, as they are needed from this row on."""
        made = super().__new__(cls, samples)
        made.row, made.seed, made.before = row, seed, tuple(before)
        return made


Purpose = Literal["vary", "answer", "write", "ground", "balance", "protect", "own"]
"""What a recipe is for: vary what is there, answer, write anew, rest on documents or facts, fill what is missing, keep
private what must not leave, or anything else."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The material of a judge: a conversation, what it was made for, and the text it was made from ("" without any).

    Nothing in it tells a canary from a draft.
    """

    turns: tuple[Turn, ...]
    promise: str
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two candidates for the turn after `context`, in the order they are shown in, and what they were made for."""

    context: tuple[Turn, ...]
    one: str
    two: str
    promise: str


Material = Sample | Document | tuple[Sample, ...] | Blank | Judged | Compared
"""One `Sample`, one `Document`, a whole `SampleSet`, or a `Blank`: by the recipe's `starts_from`; or a judge's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A conversation a recipe proposes.

    Attributes:
        turns: all of it; unchanged turns keep their ids.
        language: its language when it differs from the parent's.
        group: candidates with the same group answer the same question and can be ranked against each other.
        rank: the recipe's own order within the group, 1 is best.
        branch_at: the last turn it shares with the parent, when it is a branch of it.
        parents: for a recipe over a set, the ids of the samples it was made from; None means all of them.
        meta: anything worth keeping, as JSON.
        writers: turn id -> short name of the connected model that wrote it, where the recipe asks several; the last of
            them is the draft's model.
        requests: how many requests it took, where the recipe makes several candidates before it yields the first; 0:
            all since the candidate before.
    """

    turns: tuple[Turn, ...]
    language: str | None = None
    group: str = ""
    rank: int | None = None
    branch_at: str | None = None
    meta: Json = field(default_factory=dict)
    parents: tuple[str, ...] | None = None
    writers: Mapping[str, str] = field(default_factory=dict)
    requests: int = 0


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
        left. Over a set it also does so behind a request that came to nothing.
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

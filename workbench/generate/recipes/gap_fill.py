"""`gap_fill`: conversations for the cells of a coverage grid that have too few.

Counts a selection over a grid (language, length, any tag), gives what shall be written to the emptiest cells, and has
conversations of these kinds written after the nearest examples. It stops when every cell has enough, or when too few of
what was asked for lies in the cell it was meant for; an answer that nobody can read lies in none. The order of writing
is drawn: the first ones are of all the cells that get any, so that what they took and gave speaks for the rest
(`flows.forecast`). It is drawn once for the whole run, so that each row is for the cell that stands at its place,
whatever became of the rows before it, and of the tags of the set.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.errors import GenerateError, RowLost
from workbench.generate.base import Needs, Recipe, required
from workbench.generate.candidate import Candidate
from workbench.generate.cards import read_fields
from workbench.generate.coverage import MEASURED, Cell, counted, lacking, length_of, nearest, placed, targets
from workbench.generate.gates import VERIFIERS, complete, speaks
from workbench.generate.gates.named import checks
from workbench.generate.inputs import freedom, long_text, number, whole
from workbench.generate.kinds import TEMPLATE, of_a_kind
from workbench.generate.material import SampleSet, shared
from workbench.generate.prompts import DATA_RULE
from workbench.llm.base import ChatModel
from workbench.model import Finding, Json, Sample, Written
from workbench.text import percent

TRIED = 5
"""Conversations that are written before the yield is looked at."""


@dataclass(frozen=True, slots=True)
class GapFillParams:
    """What a person can set."""

    grid: str = long_text(
        "Grid",
        "an axis per line (language, length, any question) and its values; x2: twice the target",
        default="language: en | fr | zh\nlength: short | middle | long",
    )
    target: int = whole("In each cell", "at least so many", default=10, least=1, most=10_000)
    floor: float = number(
        "Least yield", "stops when a smaller share lies in the cell it was meant for", default=0.5, least=0.0, most=1.0
    )
    variants: int = whole("How many", "conversations in all", default=10, least=1, most=2000)
    temperature: float = freedom(0.9)


def gap_fill(
    samples: tuple[Sample, ...], params: GapFillParams, model: ChatModel | None, rng: random.Random
) -> Iterator[Candidate]:
    """Write for the cells that are planned, in an order that is drawn, from the row on that comes next."""
    model = required(model)
    grid = read_fields(params.grid)
    wanted, drawn = targets(grid, params.target), shared(draw, samples, params, rng)
    given = samples if isinstance(samples, SampleSet) else SampleSet(samples)
    plan, have = _cells(wanted, drawn), Counter(dict(zip(wanted, drawn["had"], strict=True)))
    have.update(plan[: given.row])
    places = placed(samples, grid)
    inside = [_lies_inside(one) for one in given.before]
    for cell in plan[given.row :]:
        _check_yield(inside, params.floor)
        kind = dict(zip(grid, cell, strict=True))
        try:
            candidate = of_a_kind(kind, rng.choice(nearest(kind, places)), params.temperature, model, rng)
        except GenerateError as exc:
            raise RowLost(exc.message, hint=exc.hint, raw=exc.raw) from exc
        told = {"gap": {"cell": kind, "had": have[cell], "target": wanted[cell]}, "suggests": _asked_of_people(kind)}
        candidate = replace(candidate, meta={**candidate.meta, **told})
        inside.append(_lies_inside(candidate))
        have[cell] += 1
        yield candidate
    if len(plan) < params.variants:
        raise GenerateError(
            "every cell has as many as it should, counting what was written", hint="raise the target, or add values"
        )


def draw(samples: tuple[Sample, ...], params: GapFillParams, rng: random.Random) -> Json:
    """Which cells are written for, in order, by their places in the grid; and how many each of the grid `had`."""
    grid = read_fields(params.grid)
    wanted, have = targets(grid, params.target), counted(samples, grid)
    places = {cell: place for place, cell in enumerate(wanted)}
    plan = [places[cell] for cell in lacking(wanted, have, params.variants)]
    rng.shuffle(plan)
    return {"plan": plan, "had": [have[cell] for cell in wanted]}


def planned(samples: tuple[Sample, ...], params: GapFillParams) -> list[Cell]:
    """The cells that get a conversation, one after the other: of a run that began, as they were drawn then."""
    drawn = shared(draw, samples, params, random.Random(0))
    return _cells(targets(read_fields(params.grid), params.target), drawn)


def _cells(grid: Iterable[Cell], drawn: Json) -> list[Cell]:
    cells = list(grid)
    return [cells[place] for place in drawn["plan"]]


def _check_yield(inside: Sequence[bool], floor: float) -> None:
    """Raise `GenerateError` when too little of what was asked for lies in its cell; `inside` says so for each."""
    if len(inside) >= TRIED and sum(inside) < floor * len(inside):
        share = percent(sum(inside) / len(inside))
        raise GenerateError(f"only {share} lay in the cell it was meant for", hint="use another model, or grid")


def _lies_inside(made: Candidate | None) -> bool:
    """Whether checks find it in its cell; an answer of no use lies in none."""
    return made is not None and in_its_cell(_PARENTLESS, made) is None and speaks(_PARENTLESS, made) is None


def needs(samples: tuple[Sample, ...], params: GapFillParams) -> Needs:
    """As many as the cells lack, at most as many as are asked for."""
    grid = read_fields(params.grid)
    unknown = []
    if params.floor:
        unknown.append("it ends earlier, and takes less, if too little of it lies in its cell")
    axes = ", ".join(axis for axis in grid if axis not in MEASURED)
    if axes:
        unknown.append(f"which {axes} it has is for people to say: no check looks at that")
    return Needs(len(planned(samples, params)), tuple(unknown))


def _asked_of_people(kind: Mapping[str, str]) -> dict[str, str]:
    """The part of a kind that is nothing but a wish until somebody answered."""
    return {axis: value for axis, value in kind.items() if axis not in MEASURED}


_PARENTLESS = Sample("", (), Written(""), "")


@checks("cell")
def in_its_cell(parent: Sample, candidate: Candidate) -> Finding | None:
    """A conversation of another length than its cell has. What people tag is theirs to say."""
    wanted = candidate.meta["gap"]["cell"].get("length")
    found = length_of(candidate.turns)
    if wanted is None or found == wanted:
        return None
    return Finding("cell", 0.0, "problem", f"it is {found}, {wanted} was wanted")


@checks("copied")
def apart_from_example(parent: Sample, candidate: Candidate) -> Finding | None:
    """Long stretches that stand word for word in the example it was written after."""
    message = candidate.meta.get("copied")
    return Finding("copied", 0.0, "problem", str(message)) if message else None


GAP_FILL = Recipe(
    name="gap_fill",
    version="4",
    purpose="balance",
    title="Fill the gaps",
    explanation=(
        "Counts your selection over a grid of language, length and any question people answered, and has conversations "
        "written for the cells that have too few, the emptiest before the others, each after the nearest example. It "
        "stops when every cell has enough, or when too little of what is written belongs where it should. A question's "
        "answer is suggested for what you accept, and counts when somebody has given it."
    ),
    make=gap_fill,
    needs_model=True,
    params=GapFillParams,
    keeps=("the language and length of the cell", "nothing copied from the example"),
    varies=("the cell", "the case that is told", "the wording"),
    gates=(in_its_cell, apart_from_example, complete, speaks, *VERIFIERS),
    prompts=(*TEMPLATE.values(), DATA_RULE),
    starts_from="set",
    needs=needs,
    draw=draw,
    with_tags=True,
    example={"variants": 4, "target": 40},
)

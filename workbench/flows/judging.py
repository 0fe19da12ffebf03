"""Asking a model about drafts, with canaries mixed in: what is asked about, what it would take, starting the run.

A row of the run is a draft or a canary; its start (`Run.parents`) says which, in an order drawn by the seed. Requests
about both look the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle

import orjson

from workbench.errors import InvalidInput
from workbench.flows.compared import PAIR
from workbench.flows.estimating import Estimate, estimated
from workbench.flows.generate import RunJob, begin
from workbench.flows.items import then_of
from workbench.flows.judged import AS, SHOWN, shows_original, spoiled
from workbench.flows.limits import check_budget
from workbench.flows.run_models import expected, models_of
from workbench.flows.runs import ALL
from workbench.generate.base import NoParams, Recipe, spoken
from workbench.generate.canaries import GOOD, PLANTED
from workbench.generate.judge import JUDGE
from workbench.ids import new_id, now_ms
from workbench.jobs import Jobs
from workbench.llm.base import ChatModel
from workbench.model import Budget, Draft, DraftState, Run, Sample
from workbench.store.base import Store

DRAFT = "draft"
"""The kind of a row that is no canary."""

USUAL = 10
"""Planted mistakes, and as many good conversations, unless a person asks for more or fewer."""

LONGEST_CANARY = 6_000
"""Characters of a conversation used as a canary, at most."""

_STATES: tuple[DraftState, ...] = ("draft", "gated")
TRIED = 12
"""How many conversations are looked at for each canary wanted."""


def undecided(store: Store, ids: Sequence[str] | None, run: str | None) -> list[Draft]:
    """The drafts that nobody decided on: those named, else those of a run, else all.

    Only what somebody says can be judged: rows that came to nothing, and items to approve, are left out.
    """
    if ids is not None:
        found = list(map(store.draft, ids))
    else:
        found = [one for state in _STATES for one in store.drafts(run=run, state=state, limit=ALL)]
    items: dict[str, bool] = {}
    for draft in found:
        if draft.run not in items:
            items[draft.run] = then_of(draft) is not None
    return [draft for draft in found if not items[draft.run] and draft.state in _STATES and spoken(draft.turns)]


def known_good(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Queries for conversations that people stand behind, in the drafts' languages: the best known first.

    Those people called right or natural, drafts they accepted, and what people said themselves.
    """
    spoken_ = sorted({draft.language for draft in drafts if draft.language})
    where = f" language:({' OR '.join(spoken_)})" if spoken_ else ""
    where += " -correctness:wrong -naturalness<=2 -compliance:unsafe"
    return tuple(
        f"{query}{where}" for query in ("correctness:right", "naturalness>=4", "origin:generated", "origin:imported")
    )


def items_of(store: Store, drafts: Sequence[Draft], good: Iterable[str], canaries: int, seed: int) -> tuple[str, ...]:
    """What is asked about, as the rows' starts: the drafts, and up to so many planted and so many good canaries.

    `good` are ids of samples that people stand behind, the best known first. A canary is asked about as what one of the
    drafts was made for, drawn by the seed in the drafts' proportions: its request looks like any other.
    Where there is no draft, nothing is asked about.
    """
    if not drafts:
        return ()
    rng = random.Random(f"canaries:{seed}")
    found = suitable(store, good, 2 * canaries * TRIED, rng)
    made_for = _disguises(drafts, rng)
    planted: list[str] = []
    left: list[Sample] = []
    for number, sample in enumerate(found):
        other = next((one for one in found[number + 1 :] + found[:number] if one.id != sample.id), sample)
        kinds = [PLANTED[(len(planted) + step) % len(PLANTED)] for step in range(len(PLANTED))]
        fits = [kind for kind in kinds if spoiled(kind, sample, other) is not None]
        if len(planted) < canaries and fits and (len(left) >= len(planted) or len(left) >= canaries):
            planted.append(item_of(fits[0], sample.id, other.id, next(made_for)))
        else:
            left.append(sample)
    mixed = [item_of(DRAFT, draft.id) for draft in drafts]
    made_for = _disguises(drafts, rng)  # in proportion among the good ones too
    mixed += [*planted, *(item_of(GOOD, sample.id, next(made_for)) for sample in left[:canaries])]
    rng.shuffle(mixed)
    return tuple(mixed)


def estimate_judging(store: Store, items: Sequence[str], recipe: Recipe = JUDGE) -> Estimate:
    """What asking about these would take; nothing is sent."""
    return estimated(store, recipe, items, NoParams(), expected(store, recipe, NoParams()))


def start_judging(
    store: Store,
    jobs: Jobs,
    items: Sequence[str],
    *,
    author: str,
    budget: Budget,
    seed: int,
    model: ChatModel | None,
    recipe: Recipe = JUDGE,
) -> RunJob:
    """Ask about each item with that judge; the run is resumed, stopped and limited like any other.

    Raises `InvalidInput` where there is nothing to ask about, or for a limit that is none.
    """
    drafts = sum(kind_of(item) in {DRAFT, PAIR} for item in items)
    if not drafts and recipe is not JUDGE:
        hint = "two undecided candidates that differ in their last answer make a pair"
        raise InvalidInput("there are no two candidates to compare", hint=hint)
    if not drafts:
        raise InvalidInput("there is no draft to ask about", hint="only undecided drafts with a text are judged")
    used = models_of(store, recipe, NoParams(), model)
    check_budget(budget, used.all)
    run = Run(
        id=new_id("run"),
        recipe=recipe.name,
        version=recipe.version,
        author=author,
        params={},
        seed=seed,
        query=f"{drafts} {'drafts' if recipe is JUDGE else 'comparisons'}, canaries: {len(items) - drafts}",
        parents=tuple(items),
        requested=len(items),
        model=used.title,
        budget=budget,
        started_at=now_ms(),
        endpoints=used.endpoints,
    )
    return begin(store, jobs, run, recipe, used)


def suitable(store: Store, ids: Iterable[str], most: int, rng: random.Random) -> list[Sample]:
    """Samples with a question and an answer, not too long, mixed; first those a model elsewhere may read."""
    wanted = list(dict.fromkeys(ids))[:most]
    found = [
        sample
        for sample in store.samples(wanted)
        if {"user", "assistant"} <= {turn.role for turn in spoken(sample.turns)} and len(sample.text) <= LONGEST_CANARY
    ]
    rng.shuffle(found)
    policies = {source.id: source.policy for source in store.sources()}
    return sorted(found, key=lambda sample: policies.get(sample.source) != "may_leave")


def _disguises(drafts: Sequence[Draft], rng: random.Random) -> Iterator[Mapping[str, str]]:
    """What drafts were made for, and whether they show from what, without end: as often as among the drafts."""
    made = [{AS: draft.recipe, **({SHOWN: "yes"} if shows_original(draft) else {})} for draft in drafts]
    rng.shuffle(made)
    return cycle(made)


def item_of(kind: str, *parts: str | Mapping[str, str]) -> str:
    """The start of a row, as it is written down."""
    return orjson.dumps([kind, *parts]).decode()


def kind_of(item: str) -> str:
    """What a row is about: `DRAFT`, `PAIR`, or the kind of a canary."""
    return str(orjson.loads(item)[0])

"""Candidates of one request beside each other: what they share, where they part, and what an order of them decides.

They come in an order shuffled by the run's seed, so that the place on the screen says nothing about temperature, model
or the order in which they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.errors import InvalidInput
from workbench.flows.decide import Seen, Taken, check_ranks
from workbench.flows.judged_runs import Kept
from workbench.flows.orders import domain_of, machine_score, tau_of
from workbench.flows.verdicts import Comparison, comparisons, wins
from workbench.ids import content_hash
from workbench.model import Draft, DraftState, Sample, Turn
from workbench.release.preferences import said
from workbench.store.base import Store

NOT_PREFERRED = "not preferred"
"""Why a candidate is rejected when another one of its request is accepted as the best."""

_ALL = 1 << 60
_UNDECIDED: tuple[DraftState, ...] = ("draft", "gated")


@dataclass(frozen=True, slots=True)
class Candidates:
    """The undecided candidates of one request in their shuffled order, and the turns that all begin with.

    `domain` is the one people gave to what they were made from, or "". `won` are the shares of its pairs that each won
    where a model compared them two by two and may be relied on, and `compared_by` is that model.
    """

    run: str
    group: str
    shared: tuple[Turn, ...]
    drafts: tuple[Draft, ...]
    domain: str = ""
    won: Mapping[str, float] = field(default_factory=dict)
    compared_by: str = ""

    @property
    def compared(self) -> bool:
        """Whether the machine's order is that of comparisons: it is where the candidates have no scores."""
        return bool(self.won) and all(machine_score(draft) is None for draft in self.drafts)

    @property
    def tau(self) -> float | None:
        """How far the person's order of them agrees with a machine's (Kendall's tau-b); None where one is missing."""
        return tau_of(self.drafts, self.won if self.compared else None)

    def own(self, draft: Draft) -> tuple[Turn, ...]:
        """What a candidate says after the shared beginning."""
        return draft.turns[len(self.shared) :]


def candidates(store: Store, draft_id: str, kept: Kept[Comparison] | None = None) -> Candidates:
    """The candidates that are undecided and answer the same request as a draft; the draft alone when it has none."""
    draft = store.draft(draft_id)
    found = [draft]
    if draft.group:
        every = [store.drafts(run=draft.run, state=state, group=draft.group, limit=_ALL) for state in _UNDECIDED]
        found = [one for part in every for one in part if one.turns]
    by_id = {one.id: one for one in found}
    shuffled = [by_id[one] for one in shuffled_by(store.run(draft.run).seed, by_id)]
    known = wins(comparisons(store, kept))
    won = {one.id: known[one.id] for one in shuffled if one.id in known}
    by = sorted({comparison.run.model or "" for _, comparison in won.values()})
    return Candidates(
        draft.run,
        draft.group,
        _shared(shuffled),
        tuple(shuffled),
        domain_of(store, shuffled),
        {one: share for one, (share, _) in won.items()},
        ", ".join(by),
    )


def shuffled_by(seed: int, ids: Iterable[str]) -> list[str]:
    """Ids in an order that only the seed and each id decide: it stays the same when some of them leave."""
    return sorted(ids, key=lambda one: content_hash([seed, one]))


def prefer(store: Store, author: str, ranks: Mapping[str, int | None], *, seen: Seen | None = None) -> list[Sample]:
    """Keep an order, accept the candidates on its best place and reject the others as "not preferred": one step.

    `ranks` names every candidate that was compared, those without a place as None; others of the request, which were
    made meanwhile, stay undecided. Candidates that share the best place are all accepted.

    Raises `InvalidInput` when no place was given, or one of them was decided on already or changed since it was `seen`.
    """
    check_ranks(store, ranks)
    places = [place for place in ranks.values() if place is not None]
    if not places:
        raise InvalidInput("no candidate has a place yet", hint="put the best one on place 1")
    best = [store.draft(one) for one, place in ranks.items() if place == min(places)]
    taken = Taken(store, author, best, seen=seen)
    others = [one for one in ranks if one not in {draft.id for draft in best}]
    with store.write(author, f"accept the best of {len(ranks)} drafts") as writer:
        writer.rank(ranks)
        taken.keep(writer)
        for one in others:
            writer.decide(one, "rejected", reason=NOT_PREFERRED)
    return store.samples([sample.id for sample in taken.samples])


def _shared(drafts: Sequence[Draft]) -> tuple[Turn, ...]:
    """The turns that all begin with; none where there is nothing to compare with."""
    if len(drafts) < 2:
        return ()
    shared: list[Turn] = []
    for turns in zip(*(draft.turns for draft in drafts), strict=False):
        if any(said(turn) != said(turns[0]) for turn in turns):
            break
        shared.append(turns[0])
    return tuple(shared)

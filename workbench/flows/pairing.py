"""Which pairs of candidates a model is asked to compare, with canaries among them; a pair is two rows, one each way."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from workbench.flows.compared import GOOD_FIRST, KINDS, PAIR, planted_in
from workbench.flows.judged import AS
from workbench.flows.judging import TRIED, item_of, suitable
from workbench.model import Draft
from workbench.store.base import Store


def pairs_of(drafts: Iterable[Draft]) -> list[tuple[Draft, Draft]]:
    """Every two candidates of one request that differ in their last answer alone."""
    groups: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.group:
            groups[draft.run, draft.group].append(draft)
    return [pair for group in groups.values() for pair in combinations(group, 2) if _differ_at_the_end(*pair)]


def items_of_pairs(
    store: Store, drafts: Sequence[Draft], good: Iterable[str], canaries: int, seed: int
) -> tuple[str, ...]:
    """What is asked about, as the rows' starts: each pair in both orders, and so many canaries, in a drawn order.

    `good` are ids of samples that people stand behind, the best known first. Where there is no pair, nothing is asked.
    """
    pairs = pairs_of(drafts)
    if not pairs:
        return ()
    rng = random.Random(f"pairs:{seed}")
    rows = [item_of(PAIR, one.id, two.id) for pair in pairs for one, two in (pair, pair[::-1])]
    made_for = [pair[0].recipe for pair in pairs]
    found = suitable(store, good, 2 * canaries * TRIED, rng)
    planted = 0
    for number, sample in enumerate(found):
        other = next((one for one in found[number + 1 :] + found[:number] if one.id != sample.id), sample)
        fits = [kind for kind in KINDS[planted % 2 :] + KINDS[: planted % 2] if planted_in(kind, sample, other)]
        if planted < canaries and fits:
            planted += 1
            told = {AS: rng.choice(made_for)}
            rows += [item_of(fits[0], sample.id, other.id, {**told, GOOD_FIRST: first}) for first in ("yes", "no")]
    rng.shuffle(rows)
    return tuple(rows)


def _differ_at_the_end(one: Draft, two: Draft) -> bool:
    before = [(turn.role, turn.content) for turn in one.turns[:-1]]
    same = before == [(turn.role, turn.content) for turn in two.turns[:-1]]
    answers = all(draft.turns and draft.turns[-1].role == "assistant" for draft in (one, two))
    return same and bool(before) and answers and one.turns[-1].content != two.turns[-1].content

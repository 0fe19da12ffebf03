"""Candidates of one request: their shuffled order, what they share, and one step that keeps, accepts and rejects."""

from __future__ import annotations

from collections import Counter
from itertools import count

import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput
from workbench.flows.candidates import NOT_PREFERRED, candidates, prefer, shuffled_by
from workbench.flows.decide import rank, reject
from workbench.flows.generate import start_run
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples([a_sample(f"Is room {n} open?", "Yes.", "And at night?", id=f"s{n}") for n in (1, 2)])
    yield opened
    opened.close()


@pytest.fixture
def run(store):
    numbers = count(1)
    model = ScriptedModel(lambda request: f"Answer number {next(numbers)} of them.")
    return start_run(store, Jobs(), author="ana", recipe="rank_n", parents=["s1", "s2"], query="", seed=3,
                     params={"variants": 4}, budget=Budget(), model=model).wait(20)  # fmt: skip


def of(store, run, parent="s1"):
    return [draft for draft in store.drafts(run=run.id) if draft.parents == (parent,)]


def test_they_come_with_their_beginning_once_in_the_order_of_the_runs_seed(store, run):
    for parent in ("s1", "s2"):
        made = [draft.id for draft in of(store, run, parent)]
        found = candidates(store, made[2])
        assert [draft.id for draft in found.drafts] == shuffled_by(run.seed, made)
        assert found == candidates(store, made[0])
    assert [turn.content for turn in found.shared] == ["Is room 2 open?", "Yes.", "And at night?"]
    assert [len(found.own(draft)) for draft in found.drafts] == [1] * 4


def test_the_order_says_nothing_about_which_was_made_first():
    ids = ["d1", "d2", "d3", "d4"]
    orders = Counter(tuple(shuffled_by(seed, ids)) for seed in range(2400))
    assert len(orders) == 24, "every order occurs"
    assert max(orders.values()) < 2 * 100, "none of them much more often than the hundred times that are its share"
    assert shuffled_by(3, ids[:3]) == [one for one in shuffled_by(3, ids) if one != "d4"], "whoever leaves moves nobody"


def test_decided_ones_are_no_candidates_any_more(store, run):
    made = of(store, run)
    reject(store, "ana", [made[0].id], "off topic")
    assert {draft.id for draft in candidates(store, made[1].id).drafts} == {draft.id for draft in made[1:]}


def test_the_best_is_accepted_and_the_others_are_not_preferred_in_one_step(store, run):
    one, two, three, four = [draft.id for draft in of(store, run)]
    samples = prefer(store, "ana", {one: 2, two: 1, three: 1, four: None})
    assert {sample.origin.draft for sample in samples} == {two, three}
    after = {draft.id: draft for draft in of(store, run)}
    assert [after[one].state, after[two].state, after[three].state, after[four].state] == [
        "rejected", "accepted", "accepted", "rejected",
    ]  # fmt: skip
    assert {after[one].reason, after[four].reason} == {NOT_PREFERRED}
    assert [after[each].rank for each in (one, two, three, four)] == [2, 1, 1, None]
    assert {draft.state for draft in of(store, run, "s2")} <= {"draft", "gated"}
    step = store.undo("ana")
    assert step.label == "accept the best of 4 drafts"
    assert {(draft.state in {"draft", "gated"}, draft.rank) for draft in of(store, run)} == {(True, None)}


def test_one_made_meanwhile_stays_undecided(store, run):
    one, two, *unseen = [draft.id for draft in of(store, run)]
    prefer(store, "ana", {one: 1, two: 2})
    assert [store.draft(each).state in {"draft", "gated"} for each in unseen] == [True, True]


def test_nothing_changes_where_one_was_decided_already(store, run):
    one, two, three, _ = [draft.id for draft in of(store, run)]
    reject(store, "ben", [three], "off topic")
    with pytest.raises(InvalidInput, match="was rejected already by ben"):
        prefer(store, "ana", {one: 1, two: 2, three: 3})
    assert store.draft(one).state in {"draft", "gated"}
    assert store.draft(one).rank is None


def test_an_order_needs_places_of_one_request(store, run):
    one, two, *_ = [draft.id for draft in of(store, run)]
    other = of(store, run, "s2")[0].id
    for ranks, words in (
        ({one: None, two: None}, "no candidate has a place yet"),
        ({one: 1, other: 2}, "only candidates of one request"),
        ({one: 0}, "whole number from 1"),
        ({one: True}, "whole number from 1"),
    ):
        with pytest.raises(InvalidInput, match=words):
            prefer(store, "ana", ranks)


def test_a_place_can_be_taken_away_again_and_that_undone(store, run):
    one, two, *_ = [draft.id for draft in of(store, run)]
    rank(store, "ana", {one: 1, two: 2})
    rank(store, "ana", {one: None})
    assert (store.draft(one).rank, store.draft(two).rank) == (None, 2)
    store.undo("ana")
    assert store.draft(one).rank == 1


def test_drafts_that_answer_no_common_request_cannot_be_put_in_order(store):
    noise = start_run(store, Jobs(), author="ana", recipe="noise", parents=["s1", "s2"], query="", params={}, seed=1,
                      budget=Budget(), model=None).wait(20)  # fmt: skip
    one, two = [draft.id for draft in store.drafts(run=noise.id)][:2]
    with pytest.raises(InvalidInput, match="only candidates of one request"):
        rank(store, "ana", {one: 1, two: 2})
    assert [draft.id for draft in candidates(store, one).drafts] == [one]
    assert candidates(store, one).shared == ()

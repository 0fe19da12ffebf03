"""Decisions on drafts: accepted as made or edited, taken back, rejected with a reason, ranked with ties."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flows.run_desk import echo, finished, start
from tests.flows.run_desk import store as store  # the fixture
from workbench.errors import InvalidInput
from workbench.flows.decide import accept, rank, reject
from workbench.flows.runs import drafts_of, read_run
from workbench.llm import ScriptedModel
from workbench.model import Turn


def test_accepting_gives_a_sample_with_its_whole_origin(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}, seed=4), store)
    (draft,) = drafts_of(store, run.id)
    (sample,) = accept(store, "ben", [draft.id])
    origin = sample.origin
    assert (origin.parents, origin.recipe, origin.version, origin.run, origin.draft) == (
        ("s1",),
        "answer",
        draft.version,
        run.id,
        draft.id,
    )
    assert (origin.depth, origin.model, origin.branch_of, origin.branch_at) == (1, "scripted", "s1", "t1")
    assert (sample.source, sample.language, origin.edited_by) == ("src_test", "en", None)


def test_the_depth_grows_with_each_generation(store):
    parent = "s1"
    for depth in (1, 2, 3):
        run = finished(start(store, "noise", parents=[parent], seed=depth), store)
        (sample,) = accept(store, "ana", [drafts_of(store, run.id)[0].id])
        assert sample.origin.depth == depth
        parent = sample.id


def test_an_edit_before_accepting_is_recorded(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content="Better."), Turn("", "user", "Thanks.")]
    (sample,) = accept(store, "ben", [draft.id], turns=turns)
    assert sample.origin.edited_by == "ben"
    assert [turn.content for turn in sample.turns[-2:]] == ["Better.", "Thanks."]
    assert all(turn.id for turn in sample.turns)


def test_accept_undo_and_accept_again(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    (sample,) = accept(store, "ana", [draft.id])
    store.undo("ana")
    assert store.draft(draft.id).state == "draft"
    assert read_run(store, run.id).counts == {"drafted": 1}
    (again,) = accept(store, "ana", [draft.id])
    assert (again.id, again.state) == (sample.id, "active")


def test_accepted_in_other_words_after_an_undo_it_says_those(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 1}), store)
    (draft,) = drafts_of(store, run.id)
    accept(store, "ana", [draft.id])
    store.undo("ana")
    turns = [*draft.turns[:-1], replace(draft.turns[-1], content="Better.")]
    (edited,) = accept(store, "ana", [draft.id], turns=turns)
    assert (edited.turns[-1].content, edited.origin.edited_by, edited.state) == ("Better.", "ana", "active")
    store.undo("ana")
    assert (store.draft(draft.id).state, store.get(edited.id).state) == ("draft", "archived")
    (as_made,) = accept(store, "ana", [draft.id])
    assert (as_made.turns, as_made.origin.edited_by) == (draft.turns, None)


def test_reject_needs_a_reason_and_is_counted(store):
    run = finished(start(store, parents=["s1"], model=ScriptedModel(echo), params={"variants": 2}), store)
    ids = [draft.id for draft in drafts_of(store, run.id)]
    with pytest.raises(InvalidInput):
        reject(store, "ana", ids, " ")
    reject(store, "ana", ids, "off topic")
    run = read_run(store, run.id)
    assert (run.counts, run.reasons) == ({"rejected": 2}, {"off topic": 2})
    with pytest.raises(InvalidInput):
        accept(store, "ana", ids)


def test_candidates_of_one_request_are_ranked_with_ties(store):
    run = finished(start(store, parents=["s1", "s2"], model=ScriptedModel(echo), params={"variants": 2}), store)
    one, two, other, _ = (draft.id for draft in sorted(drafts_of(store, run.id), key=lambda draft: draft.row))
    rank(store, "ana", {one: 1, two: 1})
    assert [store.draft(draft_id).rank for draft_id in (one, two)] == [1, 1]
    with pytest.raises(InvalidInput, match="one request"):
        rank(store, "ana", {one: 1, other: 2})

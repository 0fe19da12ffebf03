"""Going back in a conversation run turn by turn: to an earlier branch, by undo, and past a call that is in doubt."""

from __future__ import annotations

import pytest

from tests.flows.live_desk import OPENING, begun, run_on, said, talk
from tests.flows.live_desk import store as store  # the fixture
from workbench.errors import CallInDoubt, InvalidInput, ModelError
from workbench.flows.branches import interventions
from workbench.flows.decide import accept
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.flows.rewinding import go_back_to, rewind
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel

LOST = ModelError("no complete answer", maybe_charged=True)


def edited(store, *, at=3, text="Four, not five."):
    """A finished conversation, and it rewritten at a turn and run to its end again."""
    draft = begun(store)
    before = run_on(store, draft)
    rewind(store, "ana", draft.id, before.turns[at].turn.id, text)
    return draft, before, run_on(store, draft)


def test_an_earlier_branch_goes_on_and_the_one_that_held_stays_readable(store):
    draft, before, after = edited(store)
    live = go_back_to(store, "ana", draft.id, 0)
    assert said(live) == said(before)
    assert (live.branches[-1].how, live.branches[-1].of, live.branches[-1].kept, live.stale) == ("returned", 0, 3, ())
    assert [item.turn for item in live.branches[1].turns] == [item.turn for item in after.turns]
    assert said(go_back_to(store, "ana", draft.id, 1)) == said(after)


def test_a_branch_that_was_left_in_the_middle_is_run_on(store):
    draft = begun(store)
    before = run_on(store, draft, turns=2)
    rewind(store, "ana", draft.id, before.turns[1].turn.id, "One thing first.")
    live = go_back_to(store, "ana", draft.id, 0)
    assert not live.finished
    after = run_on(store, draft)
    assert after.finished
    assert said(after)[:4] == said(before)
    ids = [item.turn.id for branch in after.branches for item in branch.turns]
    assert len(set(ids)) == len({*ids})


def test_a_branch_that_is_not_there_is_not_gone_back_to(store):
    draft, _, _ = edited(store)
    for branch, match in ((2, "no version"), (-1, "no version"), (1, "holds now")):
        with pytest.raises(InvalidInput, match=match):
            go_back_to(store, "ana", draft.id, branch)


def test_a_fix_whose_old_words_hold_again_is_none_until_its_branch_goes_on(store):
    draft, _, _ = edited(store)
    assert len(read_live(store, draft.id).fixes) == 1
    assert go_back_to(store, "ana", draft.id, 0).fixes == ()
    assert len(go_back_to(store, "ana", draft.id, 1).fixes) == 1
    (sample,) = accept(store, "ana", [draft.id])
    (pair,) = [pair for pair in store.pairs([sample.id]) if pair.kept]
    texts = {stage.sample.revision: stage.sample for stage in store.revisions(sample.id)}
    words = [[turn.content for turn in texts[number].turns][3] for number in (pair.base, pair.revision)]
    assert words[1] == "Four, not five."
    assert words[0] != words[1]


def test_accepted_on_an_earlier_branch_nothing_is_preferred(store):
    draft, before, _ = edited(store)
    go_back_to(store, "ana", draft.id, 0)
    (sample,) = accept(store, "ana", [draft.id])
    assert [turn.content for turn in sample.turns] == said(before)
    assert [pair for pair in store.pairs([sample.id]) if pair.kept] == []
    assert sample.revision == 3, "every branch is a revision"


def test_a_rewind_is_a_step_that_undo_and_redo_know(store):
    draft, before, after = edited(store)
    assert interventions(store).interventions == 1
    step = store.undo("ana")
    assert step.label == "rewind a conversation"
    live = read_live(store, draft.id)
    assert (said(live), live.stale, live.fixes, live.interventions) == (said(before), (), (), 0)
    store.redo("ana")
    live = read_live(store, draft.id)
    assert (said(live), len(live.fixes), live.interventions) == (said(after), 1, 1)
    go_back_to(store, "ana", draft.id, 0)
    store.undo("ana")
    assert said(read_live(store, draft.id)) == said(after)


def test_what_somebody_else_did_to_the_conversation_is_not_undone(store):
    draft, _, _ = edited(store)
    live = read_live(store, draft.id)
    rewind(store, "ben", draft.id, live.turns[4].turn.id, "Ben's words.")
    with pytest.raises(InvalidInput, match="ben went on"):
        store.undo("ana")
    assert said(read_live(store, draft.id))[4] == "Ben's words."


def test_a_decided_conversation_is_not_rewound_by_undo(store):
    draft, _, _ = edited(store)
    accept(store, "ben", [draft.id])
    with pytest.raises(InvalidInput, match="decided"):
        store.undo("ana")
    assert store.draft(draft.id).state == "accepted"


def test_a_turn_in_doubt_is_asked_for_again_only_when_a_person_says_so(store):
    draft = begun(store)
    run_on(store, draft, turns=1)
    with pytest.raises(ModelError, match="no complete answer"):
        run_on(store, draft, ScriptedModel([LOST]), turns=1)
    model = ScriptedModel(talk)
    with pytest.raises(CallInDoubt):
        run_on(store, draft, model, turns=1)
    assert model.history == []
    before = said(read_live(store, draft.id))
    live = play(store, Jobs(), draft.id, author="ana", turns=1, model=model, send_again=True).wait(20)
    assert (said(live)[:-1], len(model.history)) == (before, 1)
    states = [call.state for call in store.calls(draft.run)]
    assert states.count("in_doubt") == 1, "the line of the ledger stays"
    # Lost once more after the answer came: the answer is taken from the ledger, not the doubt before it.
    with store.write("ana", "cut", undoable=False) as writer:
        last = store.live_lines(draft.run, draft.id)[-1].seq
        writer._tx.database.rows("DELETE FROM event WHERE seq = ?", (last,))
    again = run_on(store, draft, ScriptedModel([]), turns=1)
    assert said(again) == said(live)
    assert OPENING in said(again)

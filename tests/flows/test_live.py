"""Conversations run turn by turn: branches, pauses, and what is counted of them."""

from __future__ import annotations

import threading

import pytest

from tests.flows.live_desk import OPENING, begun, run_on, said, talk
from tests.flows.live_desk import store as store  # the fixture
from workbench.errors import InvalidInput, NotFound
from workbench.flows import runs
from workbench.flows.branches import interventions
from workbench.flows.decide import accept, reject
from workbench.flows.generate import start_run
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.flows.rewinding import rewind
from workbench.flows.runs import claim, release
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store


def test_a_step_makes_one_turn_and_a_run_makes_the_rest(store):
    draft = begun(store)
    assert len(run_on(store, draft, turns=1).turns) == 3
    live = run_on(store, draft)
    assert live.finished
    assert [item.by for item in live.turns] == ["opening", *["model"] * 5]
    assert [item.turn.role for item in live.turns] == ["user", "assistant"] * 3
    with pytest.raises(InvalidInput, match="all its turns"):
        run_on(store, draft)


def test_an_edit_becomes_the_history_and_only_the_turns_after_it_are_made_again(store):
    draft = begun(store)
    model = ScriptedModel(talk)
    before = run_on(store, draft, model)
    fixed = rewind(store, "ana", draft.id, before.turns[3].turn.id, "Four, not five.")
    assert said(fixed) == [*said(before)[:3], "Four, not five."]
    assert [item.turn for item in fixed.stale] == [item.turn for item in before.turns[4:]]
    asked = len(model.history)
    after = run_on(store, draft, model)
    assert len(model.history) == asked + 2
    assert "\nassistant: Four, not five.\n" in model.history[-1].messages[-1].content
    assert said(before)[3] not in model.history[-1].messages[-1].content
    assert said(after)[:4] == said(fixed)
    assert not set(said(after)[4:]) & set(said(before)[4:])
    assert after.stale == ()
    assert [item.turn for item in after.branches[0].turns] == [item.turn for item in before.turns]


def test_ids_are_never_given_twice(store):
    draft = begun(store)
    live = run_on(store, draft)
    rewind(store, "ana", draft.id, live.turns[2].turn.id)
    again = run_on(store, draft)
    ids = {item.turn.id for item in live.turns[2:]}
    assert not ids & {item.turn.id for item in again.turns}


def test_stale_turns_cannot_be_rewound_nor_the_opening_made_anew(store):
    draft = begun(store)
    live = run_on(store, draft)
    rewind(store, "ana", draft.id, live.turns[2].turn.id, "Say that again?")
    with pytest.raises(InvalidInput, match="stale"):
        rewind(store, "ana", draft.id, live.turns[4].turn.id, "x")
    with pytest.raises(InvalidInput, match="opening"):
        rewind(store, "ana", draft.id, "t1")
    with pytest.raises(InvalidInput, match="needs a text"):
        rewind(store, "ana", draft.id, live.turns[1].turn.id, "  ")
    with pytest.raises(NotFound):
        rewind(store, "ana", draft.id, "t99")


def test_stale_turns_of_two_edits_are_those_that_were_shown(store):
    draft = begun(store)
    live = run_on(store, draft)
    rewind(store, "ana", draft.id, live.turns[4].turn.id, "Later edit.")
    twice = rewind(store, "ana", draft.id, live.turns[1].turn.id, "Earlier edit.")
    assert [item.turn.content for item in twice.stale] == [*said(live)[2:4], "Later edit.", said(live)[5]]


@pytest.mark.parametrize(
    ("reply", "check"),
    [
        (OPENING, "copy"),
        ("Let me explain: first, you multiply both sides.", "role-leak"),
        ("Well:\n- one\n- two", "naturalness"),
        ("It opens at nine. Call ben.smith@example.org for that.", "personal-data"),
    ],
)
def test_a_finding_pauses_and_running_on_goes_past_it(store, reply, check):
    draft = begun(store, mistakes="a half and a third are two fifths")
    live = run_on(store, draft, ScriptedModel([reply, "Two fifths, a half and a third?", "No.", "Hm.", "Yes."]))
    assert len(live.turns) == 3
    assert check in [finding.check for finding in live.turns[-1].findings]
    assert all(finding.turn == live.turns[-1].turn.id for finding in live.turns[-1].findings)
    assert len(run_on(store, draft, ScriptedModel(["Hm, and then?", "Yes.", "Right."])).turns) > 3


def test_what_only_the_other_side_knows_pauses_until_it_was_said_and_a_number_of_its_own_card_does_not(store):
    draft = begun(store, user_knows="Your number is +44 20 7946 0018.", assistant_knows="Room 4471 is free.")
    live = run_on(store, draft, ScriptedModel(["Mine is +44 20 7946 0018, is 4471 free?"]), turns=1)
    assert [(found.check, found.severity) for found in live.turns[-1].findings] == [("private", "warning")]
    assert "4471" in live.turns[-1].findings[0].message
    told = run_on(store, draft, ScriptedModel(["Yes, 4471 is.", "Then I take 4471.", "Good."]))
    assert told.finished
    assert [found.check for item in told.turns[3:] for found in item.findings] == []


def test_a_turn_said_again_pauses_once(store):
    draft = begun(store)
    first = said(run_on(store, draft, turns=1))[-1]
    live = run_on(store, draft, ScriptedModel(["Is that so?", first, "Hm, no.", "Yes."]))
    assert (len(live.turns), live.turns[-1].findings[0].check) == (5, "repeats")
    assert run_on(store, draft, ScriptedModel(["Hm, no."])).finished


def test_a_person_pauses_after_the_turn_that_is_being_made(store):
    draft = begun(store)
    asked, go_on = threading.Event(), threading.Event()

    def slow(request):
        asked.set()
        go_on.wait(10)
        return talk(request)

    job = play(store, Jobs(), draft.id, author="ana", model=ScriptedModel(slow))
    asked.wait(10)
    job.cancel()
    go_on.set()
    live = job.wait(20)
    assert (job.state, len(live.turns)) == ("done", 3)
    assert run_on(store, draft).finished


def test_a_conversation_is_run_by_one_process_at_a_time(store):
    draft = begun(store)
    claim(store, draft.id)
    with pytest.raises(InvalidInput, match="at work"):
        run_on(store, draft)


def test_of_two_that_claim_at_once_one_gets_it(store, tmp_path, monkeypatch):
    other = open_store(tmp_path / "w")
    alive = runs._alive

    def meanwhile(mark):
        monkeypatch.setattr(runs, "_alive", alive)
        assert claim(other, "d1")
        return alive(mark)

    monkeypatch.setattr(runs, "_alive", meanwhile)
    assert not claim(store, "d1")
    release(other, "d1")
    assert claim(store, "d1")
    other.close()


def test_a_turn_that_arrives_after_a_rewind_does_not_join_the_new_branch(store):
    draft = begun(store)
    live = run_on(store, draft, turns=2)
    asked, go_on = threading.Event(), threading.Event()

    def slow(request):
        asked.set()
        go_on.wait(10)
        return "Too late."

    job = play(store, Jobs(), draft.id, author="ana", model=ScriptedModel(slow))
    asked.wait(10)
    rewind(store, "ana", draft.id, live.turns[1].turn.id, "One thing first.")
    go_on.set()
    assert said(job.wait(20)) == [OPENING, "One thing first."]


def test_a_decided_draft_stays_as_it_is(store):
    draft = begun(store)
    reject(store, "ana", [draft.id], "off topic")
    with pytest.raises(InvalidInput, match="decided"):
        rewind(store, "ana", draft.id, draft.turns[-1].id, "x")
    with pytest.raises(InvalidInput, match="decided"):
        run_on(store, draft)


def test_other_drafts_do_not_go_turn_by_turn(store):
    run = start_run(store, Jobs(), author="ana", recipe="noise", parents=["s1"], query="", params={}, budget=Budget(),
                    seed=0, model=None).wait(20)  # fmt: skip
    with pytest.raises(InvalidInput, match="not made turn by turn"):
        read_live(store, store.drafts(run=run.id)[0].id)


def test_fifty_turns_are_rewound_without_a_pause(store):
    draft = begun(store, turns=40)
    live = run_on(store, draft)
    assert live.finished, live.turns[-1].findings
    rewind(store, "ana", draft.id, live.turns[2].turn.id, "Hm?")
    assert len(read_live(store, draft.id).stale) == 37


def test_the_measures_count_what_people_did(store):
    assert interventions(store).per_100_turns is None
    touched, untouched = begun(store), begun(store)
    for draft in (touched, untouched):
        run_on(store, draft)
    live = read_live(store, touched.id)
    rewind(store, "ana", touched.id, live.turns[3].turn.id, "Four.", seconds=8)
    rewind(store, "ana", touched.id, live.turns[3].turn.id, "Four, sorry.", seconds=4)
    accept(store, "ana", [untouched.id])
    found = interventions(store)
    assert (found.conversations, found.touched, found.interventions, found.seconds) == (2, 1, 2, 6)
    assert found.turns == 10
    assert found.per_100_turns == pytest.approx(20)
    assert found.untouched == pytest.approx(0.5)
    assert interventions(store, touched.run).untouched == 0

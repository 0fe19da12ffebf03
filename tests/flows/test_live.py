"""Conversations run turn by turn: branches, pauses, the ledger, the budget, and what is left after a kill."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import count

import orjson
import pytest

from tests.builders import a_sample
from workbench.errors import BudgetExceeded, CallInDoubt, GenerateError, InvalidInput, ModelRefused, NotFound
from workbench.flows import runs
from workbench.flows.branches import interventions
from workbench.flows.decide import accept, reject
from workbench.flows.generate import estimate, start_run
from workbench.flows.live import read_live
from workbench.flows.playing import play
from workbench.flows.rewinding import rewind
from workbench.flows.runs import claim, release
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget, Source
from workbench.store import open_store

NUMBERS = count(1)
OPENING = "Can you help me with fractions, please?"


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples([a_sample(OPENING, "Of course. Which one is it?", id="s1")])
    yield opened
    opened.close()


def talk(request):
    """Words that were never said before; no number is so long that it looks like anybody's."""
    number = next(NUMBERS)
    return f"Line {number}, and {number % 89} of them."


def begun(store, model=None, *, budget=None, **params):
    """A draft of the opening and one new turn."""
    params = {"turns": 6, "live": True, **params}
    run = start_run(store, Jobs(), author="ana", recipe="duet", parents=["s1"], query="", params=params,
                    budget=budget or Budget(), seed=1, model=model or ScriptedModel(talk)).wait(20)  # fmt: skip
    (draft,) = store.drafts(run=run.id)
    return draft


def run_on(store, draft, model=None, turns=None):
    return play(store, Jobs(), draft.id, author="ana", turns=turns, model=model or ScriptedModel(talk)).wait(20)


def said(live):
    return [item.turn.content for item in live.turns]


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


def test_every_call_is_in_the_ledger_and_under_the_cap_of_the_run(store):
    draft = begun(store, budget=Budget(calls=3))
    model = ScriptedModel(talk)
    with pytest.raises(BudgetExceeded):
        run_on(store, draft, model)
    assert len(model.history) == 2
    assert len(store.calls(draft.run)) == 3
    assert len(read_live(store, draft.id).turns) == 4
    more = play(store, Jobs(), draft.id, author="ana", model=model, budget=Budget(calls=5)).wait(20)
    assert more.finished
    assert store.run(draft.run).budget == Budget(calls=5)


def test_the_estimate_of_a_conversation_to_run_on_counts_all_its_turns(store):
    whole, begun_only = (estimate(store, "duet", ["s1"], {"turns": 6, "live": live}, {}) for live in (False, True))
    assert (begun_only.calls, begun_only.tokens_most) == (whole.calls, whole.tokens_most)
    assert whole.calls == 5


def test_an_answer_of_no_use_counts_towards_the_cap_of_the_run(store):
    draft = begun(store, budget=Budget(calls=2))
    useless = ModelRefused("I will not")
    useless.tokens = (30, 5)
    with pytest.raises(ModelRefused):
        run_on(store, draft, ScriptedModel([useless]))
    model = ScriptedModel(talk)
    with pytest.raises(BudgetExceeded):
        run_on(store, draft, model)
    assert model.history == []


@pytest.mark.parametrize("nothing", ["User:", "refused"])
def test_a_turn_that_came_out_empty_is_asked_for_anew_and_was_paid_for(store, nothing):
    draft = begun(store)
    refusal = ModelRefused("I will not")
    refusal.tokens = (30, 5)
    first = ScriptedModel([refusal if nothing == "refused" else nothing])
    with pytest.raises((GenerateError, ModelRefused)):
        run_on(store, draft, first)
    second = ScriptedModel(talk)
    live = run_on(store, draft, second, turns=1)
    assert len(live.turns) == 3
    assert second.history[0].seed != first.history[0].seed, "the same question would get the same answer"
    paid = store.calls(draft.run)[1]
    assert paid.prompt_tokens > 0, "the answer of no use stays in the ledger as paid"
    assert paid.id not in live.turns[-1].calls
    assert run_on(store, draft, second).finished


def test_each_turn_says_which_call_gave_it_and_with_which_seed(store):
    draft = begun(store)
    live = run_on(store, draft)
    made = [item for item in live.turns if item.calls]
    assert len(made) == 4
    ledger = {call.id: call for call in store.calls(draft.run)}
    assert [orjson.loads(ledger[item.calls[-1]].response)["text"] for item in made] == [
        item.turn.content for item in made
    ]
    assert len({item.seed for item in made}) == 4
    assert draft.meta["turn_calls"] == {draft.turns[-1].id: draft.calls[0]}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_a_kill_no_kept_turn_is_lost_and_an_answered_call_is_not_sent_again(store, tmp_path, monkeypatch):
    draft = begun(store)
    run_on(store, draft, turns=1)
    model = ScriptedModel(talk)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("workbench.flows.playing.grow", killed)
        job = play(store, Jobs(), draft.id, author="ana", model=model)
        job._thread.join(20)
    assert len(model.history) == 1
    store.close()
    again = open_store(tmp_path / "w")
    assert len(read_live(again, draft.id).turns) == 3
    assert run_on(again, draft, model).finished
    assert len(model.history) == 3
    assert len(again.calls(draft.run)) == 1 + 1 + 3
    again.close()


def test_a_call_in_doubt_is_told_and_regenerating_asks_anew(store):
    draft = begun(store)
    run_on(store, draft, turns=1)
    model = ScriptedModel(talk)
    live = run_on(store, draft, model, turns=1)
    last = store.calls(draft.run)[-1]
    rewind(store, "ana", draft.id, live.turns[-1].turn.id)
    run_on(store, draft, model, turns=1)
    newest = store.calls(draft.run)[-1]
    assert newest.request_hash != last.request_hash
    # The process that asked for the next turn died before the answer: the same request is found "sent".
    probe = ScriptedModel(talk)
    run_on(store, draft, probe, turns=1)
    done = store.calls(draft.run)[-1]
    store.finish_call(replace(done, state="sent", response="", ended_at=None))
    lines = store.live_lines(draft.run, draft.id)
    keep = lines[-1].seq
    with store.write("ana", "cut", undoable=False) as writer:
        writer._tx.database.rows("DELETE FROM event WHERE seq = ?", (keep,))
    with pytest.raises(CallInDoubt, match="may have been charged"):
        run_on(store, draft, model, turns=1)
    assert store.calls(draft.run)[-1].state == "in_doubt"
    current = read_live(store, draft.id)
    rewind(store, "ana", draft.id, current.turns[-1].turn.id)
    assert len(run_on(store, draft, model, turns=1).turns) == len(current.turns)


def test_text_that_may_not_leave_is_not_sent_elsewhere(store):
    with store.write("ana", "source", undoable=False) as writer:
        writer.save_source(Source("hospital", policy="local_only", id="src_test"))
    draft = begun(store)
    model = ScriptedModel(talk)
    model.on_this_machine = False
    with pytest.raises(Exception, match="does not let text leave"):
        run_on(store, draft, model)
    assert model.history == []


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

"""An edit carried over to look-alikes: applied as one step, taken back, decided on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.flows.repeating_desk import ANSWERS, HOURS, run_of, said
from tests.flows.repeating_desk import fits as fits
from tests.flows.repeating_desk import run as run
from tests.flows.repeating_desk import store as store
from workbench.clean.replacing import Rule
from workbench.errors import InvalidInput
from workbench.flows.candidates import prefer
from workbench.flows.decide import Taken, accept, reject
from workbench.flows.fits import look, shown
from workbench.flows.repeating import Repeated, repeat
from workbench.llm import ScriptedModel
from workbench.workspace import open_workspace


def test_what_is_applied_stays_a_draft_and_says_who_changed_what_by_which_rule(store, run, fits):
    assert repeat(store, "ben", fits, without=[fits.found[2].id]) == Repeated(2, 0, 2)
    drafts = store.drafts(run=run)
    assert said(store, run) == [ANSWERS[0], "You can come at noon.", f"You can come {HOURS[2]}.", ANSWERS[3]]
    assert [draft.state for draft in drafts] == ["accepted", "draft", "draft", "draft"]
    (change,) = drafts[1].changes
    assert (change.author, change.rule["find"]) == ("ben", "Certainly! ")
    assert change.at > 0
    assert drafts[1].original[-1].content == ANSWERS[1], "the old words stay readable"
    assert drafts[3].changes == ()


def test_one_step_takes_all_back_and_does_it_again(store, run, fits):
    repeat(store, "ben", fits)
    changed = store.drafts(run=run)
    assert store.undo("ben").label.startswith("the same change")
    assert said(store, run) == ANSWERS
    assert all(not draft.changes and draft.original == draft.turns for draft in store.drafts(run=run))
    store.redo("ben")
    assert store.drafts(run=run) == changed


@pytest.mark.parametrize("decide", ["accept", "reject"])
def test_what_was_decided_meanwhile_is_not_taken_back(store, run, fits, decide):
    repeat(store, "ben", fits)
    draft = store.drafts(run=run)[2].id
    accept(store, "cleo", [draft]) if decide == "accept" else reject(store, "cleo", [draft], "no")
    before = store.drafts(run=run)
    with pytest.raises(InvalidInput, match="decided on draft"):
        store.undo("ben")
    assert store.drafts(run=run) == before, "all or nothing"


def test_own_decisions_are_taken_back_first(store, run, fits):
    repeat(store, "ben", fits)
    accept(store, "ben", [store.drafts(run=run)[1].id])
    store.undo("ben")
    store.undo("ben")
    assert said(store, run) == ANSWERS
    store.redo("ben")
    store.redo("ben")
    assert [draft.state for draft in store.drafts(run=run)] == ["accepted", "accepted", "draft", "draft"]


def test_what_was_decided_or_changed_since_it_was_looked_at_is_left_alone(store, run, fits):
    reject(store, "cleo", [fits.found[0].id], "no")
    repeat(store, "cleo", fits, without=[fits.found[2].id])
    done = repeat(store, "ben", fits)
    assert done == Repeated(1, 0, 1, (fits.found[0].id, fits.found[1].id))
    assert [one.stale for one in shown(store, fits, 0, 9)] == [True, True, True]


def test_a_changed_draft_is_accepted_as_it_is_now_with_its_editor(store, run, fits):
    repeat(store, "ben", fits)
    (sample,) = accept(store, "cleo", [fits.found[0].id])
    assert sample.turns[-1].content == "You can come at noon."
    assert sample.origin.edited_by == "ben"
    assert store.draft(sample.origin.draft).original[-1].content == ANSWERS[1]


def test_a_second_change_goes_on_from_the_first(store, run, fits):
    repeat(store, "ben", fits)
    again = look(store, Rule("You can come", "Come", roles=("assistant",)), run=run)
    repeat(store, "cleo", again)
    draft = store.drafts(run=run)[1]
    assert draft.turns[-1].content == "Come at noon."
    assert [change.author for change in draft.changes] == ["ben", "cleo"]
    assert draft.original[-1].content == ANSWERS[1]
    with pytest.raises(InvalidInput, match="your step"):
        store.undo("ben")
    store.undo("cleo")
    assert store.drafts(run=run)[1].turns[-1].content == "You can come at noon."


def test_what_was_put_aside_comes_back_when_nothing_speaks_against_it_any_more(store):
    run = run_of(store, ["Come at nine.", "Come at nine.", "Come at noon."])
    assert [draft.state for draft in store.drafts(run=run)] == ["draft", "gated", "draft"]
    fits = look(store, Rule("nine", "ten"), run=run)
    repeat(store, "ben", replace(fits, found=fits.found[1:]))
    changed = store.drafts(run=run)[1]
    assert [found.check for found in fits.found[1].better] == []
    assert changed.turns[-1].content == "Come at ten."


def test_the_pair_of_a_changed_draft_has_the_words_of_the_model(tmp_path):
    with open_workspace(tmp_path / "pairs.workspace", author="ana") as ws:
        file = tmp_path / "one.jsonl"
        said_ = [{"role": "user", "content": "When can I come?"}, {"role": "assistant", "content": "Let me see."}]
        file.write_text(json.dumps({"messages": said_}) + "\n", encoding="utf-8")
        ws.collect(file)
        made = ws.generate("answer", "", {"variants": 2}, model=ScriptedModel(ANSWERS[:2])).wait(30)
        fits = ws.fits(Rule("Certainly! ", "", roles=("assistant",)), made.id).wait(30)
        ws.repeat(fits).wait(30)
        (sample,) = ws.accept([fits.found[0].id])
        ws.slice("fixed", f"id:{sample.id}")
        ws.export(ws.freeze("fixed"), tmp_path / "out", to=["trl-preference"])
    (written,) = (tmp_path / "out").rglob("*.jsonl")
    (line,) = [json.loads(text) for text in written.read_text(encoding="utf-8").splitlines()]
    assert [message["content"] for message in line["chosen"]] == ["You can come at nine."]
    assert [message["content"] for message in line["rejected"]] == [ANSWERS[0]]


def test_a_draft_that_changes_while_it_is_accepted_is_not_taken(store, run, fits):
    draft = store.drafts(run=run)[1]
    taken = Taken(store, "ana", [draft])
    repeat(store, "ben", fits)
    with pytest.raises(InvalidInput, match="changed this draft meanwhile"), store.write("ana", "accept") as writer:
        taken.keep(writer)
    assert store.draft(draft.id).state == "draft"


def test_candidates_and_items_that_say_something_else_than_was_read_are_not_taken(store, run, fits):
    drafts = store.drafts(run=run)[1:]
    seen = {draft.id: len(draft.changes) for draft in drafts}
    repeat(store, "ben", fits)
    ranks = {draft.id: place for place, draft in enumerate(drafts, start=1)}
    with pytest.raises(InvalidInput, match="changed this draft meanwhile"):
        prefer(store, "ana", ranks, seen=seen)
    assert {draft.state for draft in store.drafts(run=run)[1:]} == {"draft"}
    assert prefer(store, "ana", ranks, seen=dict.fromkeys(seen, 1))

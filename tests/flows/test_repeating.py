"""An edit carried over to look-alikes: looked at with its gates, applied as one step, taken back, decided on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.clean.replacing import Rule
from workbench.errors import InvalidInput
from workbench.flows.candidates import prefer
from workbench.flows.decide import Taken, accept, reject
from workbench.flows.edit import edit_turn
from workbench.flows.fits import look, rules_from, shown
from workbench.flows.generate import start_run
from workbench.flows.repeating import Repeated, repeat
from workbench.flows.rewinding import rewind
from workbench.flows.runs import read_run
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget
from workbench.store import open_store
from workbench.workspace import open_workspace

HOURS = ("at nine", "at noon", "on Monday, as the house is closed today", "by phone only")
ANSWERS = [f"Certainly! You can come {hour}." for hour in HOURS]


@pytest.fixture
def store(tmp_path):
    opened = open_store(tmp_path / "w")
    with opened.write("ana", "import") as writer:
        writer.add_samples(a_sample(f"When can I come, day {n}?", "Let me see.", id=f"s{n}") for n in range(4))
    yield opened
    opened.close()


def run_of(store, answers, parents=("s0",)):
    job = start_run(
        store, Jobs(), author="ana", recipe="answer", parents=parents, query="", seed=3, budget=Budget(),
        params={"variants": len(answers)}, model=ScriptedModel(list(answers)),
    )  # fmt: skip
    job.wait(60)
    return job.run


def edited(store, run, text, number=0):
    """The draft of that number, accepted in other words for its last turn."""
    draft = store.drafts(run=run)[number]
    turns = (*draft.turns[:-1], replace(draft.turns[-1], content=text))
    return accept(store, "ana", [draft.id], turns=turns)[0]


def said(store, run):
    return [draft.turns[-1].content for draft in store.drafts(run=run)]


@pytest.fixture
def run(store):
    return run_of(store, ANSWERS)


@pytest.fixture
def fits(store, run):
    sample = edited(store, run, "You can come at nine.")
    (correction,) = rules_from(store, sample.id)
    return look(store, correction.rule, run=run)


def test_an_accepted_edit_fits_the_other_drafts_of_its_run(store, run, fits):
    assert fits.rule == Rule(
        "Certainly! ", "", whole_words=True, match_case=True, roles=("assistant",), slots=True, at="start", once=True
    )
    assert (fits.read, len(fits.found), fits.hits) == (3, 3, 3)
    first = shown(store, fits, 0, 1)[0]
    assert (first.now.turns[-1].content, first.turns[-1].content) == (ANSWERS[1], "You can come at noon.")
    assert not first.stale
    assert said(store, run) == ANSWERS, "looking changes nothing"


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


def test_the_gates_are_asked_again_about_the_changed_words(store):
    run = run_of(store, ["Certainly! Come at nine.", "Sure! Come at nine.", "Sure! Come at noon."])
    fits = look(store, Rule("Sure", "Certainly", roles=("assistant",)), run=run)
    same, other = fits.found
    assert [(found.check, found.severity) for found in same.worse] == [("similar", "problem")]
    assert (other.worse, other.better, other.checked) == ((), (), True)
    repeat(store, "ben", fits)
    assert [draft.state for draft in store.drafts(run=run)] == ["draft", "gated", "draft"]
    assert read_run(store, run).counts == {"drafted": 2, "gated": 1}
    assert read_run(store, run).reasons == {"similar": 1}
    store.undo("ben")
    assert read_run(store, run).counts == {"drafted": 3}


def test_what_was_put_aside_comes_back_when_nothing_speaks_against_it_any_more(store):
    run = run_of(store, ["Come at nine.", "Come at nine.", "Come at noon."])
    assert [draft.state for draft in store.drafts(run=run)] == ["draft", "gated", "draft"]
    fits = look(store, Rule("nine", "ten"), run=run)
    repeat(store, "ben", replace(fits, found=fits.found[1:]))
    changed = store.drafts(run=run)[1]
    assert [found.check for found in fits.found[1].better] == []
    assert changed.turns[-1].content == "Come at ten."


def test_a_turn_is_never_left_without_a_word(store):
    run = run_of(store, ["Certainly!", "Certainly! At nine."])
    fits = look(store, Rule("Certainly!", "", roles=("assistant",)), run=run)
    assert (fits.emptied, len(fits.found)) == (1, 1)


def test_the_words_of_the_conversation_a_draft_branches_from_stay(store, run):
    fits = look(store, Rule("come", "drop in"), run=run)
    assert {hit.turn for one in shown(store, fits, 0, 9) for hit in one.hits} == {store.drafts(run=run)[0].turns[-1].id}
    repeat(store, "ben", fits)
    assert {draft.turns[0].content for draft in store.drafts(run=run)} == {"When can I come, day 0?"}


def test_accepted_samples_are_changed_in_the_same_step(store, run):
    kept = accept(store, "ana", [store.drafts(run=run)[3].id])[0]
    sample = edited(store, run, "You can come at nine.")
    fits = look(store, rules_from(store, sample.id)[0].rule, run=run, samples=True)
    assert [(fit.kind, fit.base) for fit in fits.found] == [("draft", 0), ("draft", 0), ("sample", 1)]
    assert repeat(store, "ben", fits) == Repeated(2, 1, 3)
    assert store.get(kept.id).turns[-1].content == "You can come by phone only."
    assert "Certainly" in store.revisions(kept.id)[-1].note
    store.undo("ben")
    assert store.get(kept.id).turns[-1].content == ANSWERS[3]
    assert said(store, run)[1] == ANSWERS[1]


def test_the_edit_of_a_sample_gives_rules_too(store, run):
    (sample,) = accept(store, "ana", [store.drafts(run=run)[0].id])
    assert rules_from(store, sample.id) == ()
    edit_turn(store, "ana", sample.id, sample.turns[-1].id, "You can come at nine.", base_revision=1)
    assert rules_from(store, sample.id)[0].removed == "Certainly! "
    assert rules_from(store, "s0") == ()


def test_only_the_run_is_looked_through_unless_all_are_asked_for(store, run):
    other = run_of(store, ["Certainly! Come in.", "No."], parents=("s1",))
    rule = Rule("Certainly! ", "", roles=("assistant",))
    assert len(look(store, rule, run=other).found) == 1
    assert len(look(store, rule).found) == 5


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule("the", "a"), "nearly everywhere"),
        (Rule("的", ""), "nearly everywhere"),
        (Rule("!", "."), "nearly everywhere"),
        (Rule("{number}", "7", slots=True), "nearly everywhere"),
        (Rule("", "Bye"), "nothing to find"),
        (Rule("you {word}", "{name}", slots=True), "not looked for"),
    ],
)
def test_a_rule_that_finds_everything_by_accident_is_refused(store, run, rule, why):
    with pytest.raises(InvalidInput, match=why):
        look(store, rule, run=run)


def test_a_short_word_that_stands_in_most_turns_is_refused_until_more_is_written(store):
    for parent in ("s0", "s1"):
        run_of(store, [f"Come with {n} friends." for n in range(12)], parents=(parent,))
    with pytest.raises(InvalidInput, match="24 of 24"):
        look(store, Rule("with", "and", roles=("assistant",)))
    assert len(look(store, Rule("Come with", "Bring", roles=("assistant",))).found) == 24


def test_more_than_one_step_may_change_is_counted(store, run):
    fits = look(store, Rule("Certainly! ", ""), run=run, most=2)
    assert (len(fits.found), fits.beyond) == (2, 2)


def test_a_run_whose_recipe_is_another_one_by_now_keeps_its_findings(store, run, monkeypatch):
    from workbench.generate import RECIPES

    newer = replace(RECIPES.get("answer"), version="99")
    monkeypatch.setattr(type(RECIPES), "get", lambda self, name: newer)
    (fit, *_) = look(store, Rule("Certainly! ", ""), run=run).found
    assert (fit.checked, fit.worse) == (False, ())


@pytest.fixture
def duet(store):
    model = ScriptedModel(lambda request: f"Certainly! Line {request.seed % 1000} it is, as I said.")
    job = start_run(
        store, Jobs(), author="ana", recipe="duet", parents=("s0", "s1"), query="", params={"turns": 4},
        seed=3, budget=Budget(), model=model,
    )  # fmt: skip
    job.wait(60)
    return job.run


def test_a_conversation_run_turn_by_turn_is_left_alone(store, duet):
    rule = Rule("Certainly! ", "", roles=("assistant",))
    one, other = store.drafts(run=duet)
    before = look(store, rule, run=duet)
    assert len(before.found) == 2
    last = one.turns[-1]
    rewind(store, "ana", one.id, last.id, "No, thank you.")
    fits = look(store, rule, run=duet)
    assert ([fit.id for fit in fits.found], fits.live) == ([other.id], 1)
    assert repeat(store, "ben", before).conflicts == (one.id,)
    rewind(store, "ana", other.id, other.turns[-1].id, "No, thank you.")
    with pytest.raises(InvalidInput, match="turn by turn"):
        store.undo("ben")


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

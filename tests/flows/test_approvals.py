"""Items are approved before the expensive step: what is sent, what is kept, what the two steps cost."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from itertools import count

import pytest

import workbench as wb
from workbench.errors import InvalidInput, ModelError
from workbench.llm.base import Price
from workbench.llm.scripted import ScriptedModel
from workbench.model import Budget

CARDS = ("user_role", "user_goal", "user_knows", "assistant_role", "assistant_goal", "assistant_knows")


class Writer:
    """Writes cards, questions and facts when asked for their shape, and plain lines else."""

    def __init__(self):
        self.numbers = count(1)

    def __call__(self, request):
        number = next(self.numbers)
        if request.schema_name == "cards":
            cards = {name: f"You are {name.replace('_', ' ')} of case {number}." for name in CARDS}
            return json.dumps(
                {**cards, **({"mistakes": ["One is two."]} if "mistakes" in request.schema["properties"] else {})}
            )
        if request.schema_name == "question":
            return json.dumps(
                {"question": f"What happens at step {number}?", "span": 2}
                if "span" in request.schema["properties"]
                else {"subtopic": "chosen", "message": f"How do I do number {number}?"}
            )
        if request.schema_name == "facts":
            rules = [{"if": ["{person} has a fever"], "then": "{person} is seen today", "span": 2}]
            return json.dumps({"facts": ["Mrs Bell has a fever", "Mr Cole is old"], "rules": rules})
        return f"Well, that is line number {number}."


def model(price=None):
    return ScriptedModel(Writer(), price=price)


@pytest.fixture
def ws(tmp_path, sample_data):
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        opened.collect(sample_data / "conversations" / "finance.en.jsonl")
        opened.add_document(sample_data / "documents" / "blood-test-guide.en.md")
        yield opened


def cards(ws, samples=3, **params):
    return ws.generate("role_cards", "turns>=4", params, limit=samples, model=model()).wait()


def questions(ws, many=4):
    return ws.generate("document_qa", "", {"questions_only": True, "variants": many}, model=model()).wait()


def by_row(ws, run):
    return sorted(ws.drafts(run.id), key=lambda draft: draft.row)


def total(run):
    assert sum(run.counts.values()) == run.requested
    return run.counts


def test_items_are_no_conversations_to_ask_a_model_about(ws):
    run = cards(ws)
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge(run=run.id, canaries=0, model=model())
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge([draft.id for draft in ws.drafts(run.id)], canaries=0, model=model())


def test_nothing_is_made_before_something_is_approved(ws):
    run = cards(ws)
    said = model()
    with pytest.raises(InvalidInput, match="no approved role cards") as told:
        ws.generate_approved(run.id, model=said)
    assert told.value.hint == "3 wait for approval"
    assert said.history == []
    assert [one.id for one in ws.runs()] == [run.id]


def test_approved_cards_are_played_and_no_others(ws):
    run = cards(ws, mistakes=1)
    one, two, three = by_row(ws, run)
    ws.approve([one.id])
    ws.reject([two.id], "not our field")
    assert total(ws.run(run.id)) == {"approved": 1, "rejected": 1, "drafted": 1}
    job = ws.generate_approved(run.id, {"turns": 4, "keep": 1}, model=model())
    made = job.wait()
    assert (made.requested, made.parents, made.follows, total(made)) == (1, (one.id,), run.id, {"drafted": 1})
    (draft,) = ws.drafts(made.id)
    assert draft.parents == one.parents
    assert draft.params["user_role"] == one.turns[0].content
    assert draft.params["mistakes"] == "One is two."
    assert draft.meta["approved"]["by"] == "ana"
    assert (draft.meta["approved"]["item"], draft.meta["approved"]["run"]) == (one.id, run.id)
    (sample,) = ws.accept([draft.id])
    assert sample.origin.approved_by == "ana"
    assert sample.origin.parents == one.parents
    standing = ws.approvals(run.id)
    assert (standing.waiting, standing.ready, standing.used, standing.rejected) == (
        (three.id,),
        (),
        (one.id,),
        (two.id,),
    )
    assert standing.runs == (made.id,)


def test_each_card_goes_into_its_own_conversation(ws):
    run = cards(ws)
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    said = model()
    ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=said).wait()
    systems = {request.messages[0].content for request in said.history}
    for draft in ws.drafts(run.id):
        mine = [text for text in systems if draft.turns[0].content in text or draft.turns[3].content in text]
        assert mine
        assert all(text.count("of case") == 3 for text in mine)  # never another pair's card


def test_an_edited_item_is_used_as_it_was_edited_and_undo_takes_it_back(ws):
    run = cards(ws, samples=1)
    (item,) = ws.drafts(run.id)
    turns = [replace(turn, content="You are a nurse.") if turn.id == "assistant_role" else turn for turn in item.turns]
    (approved,) = ws.approve([item.id], turns=turns)
    assert approved.agreed[3].content == "You are a nurse."
    assert ws.draft(item.id).turns == item.turns
    ws.undo()
    assert (ws.draft(item.id).state, ws.draft(item.id).edited) == ("draft", None)
    ws.redo()
    assert ws.draft(item.id).agreed[3].content == "You are a nurse."
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
    (draft,) = ws.drafts(made.id)
    assert draft.params["assistant_role"] == "You are a nurse."
    assert draft.meta["approved"]["edited"] is True


def test_many_are_approved_in_one_step_and_taken_back_in_one(ws):
    run = questions(ws)
    ids = [draft.id for draft in ws.drafts(run.id)]
    ws.approve(ids)
    assert ws.approvals(run.id).ready == tuple(ids)
    assert ws.undo().label == "approve 4 items"
    assert ws.approvals(run.id).waiting == tuple(ids)


def test_questions_become_answers_that_point_at_their_passage(ws):
    run = questions(ws, 3)
    first, second, third = by_row(ws, run)
    edited = [replace(first.turns[0], content="And what happens afterwards?", extra={})]
    ws.approve([first.id], turns=edited)
    ws.approve([second.id])
    made = ws.generate_approved(run.id, {"variants": 2}, model=model()).wait()
    assert made.requested == 4
    drafts = by_row(ws, made)
    assert [draft.turns[0].content for draft in drafts] == ["And what happens afterwards?"] * 2 + [
        second.turns[0].content
    ] * 2
    assert {draft.group for draft in drafts} == {first.id, second.id}
    (sample,) = ws.accept([drafts[0].id])
    assert sample.origin.document == ws.documents()[0].id
    assert (sample.origin.parents, sample.origin.depth, sample.title) == ((), 1, "And what happens afterwards?")
    assert sample.source == ws.documents()[0].source
    assert third.id in ws.approvals(run.id).waiting


def test_facts_and_rules_are_derived_from_as_approved(ws):
    run = ws.generate("facts_and_rules", "", {"variants": 1}, model=model()).wait()
    (item,) = ws.drafts(run.id)
    with pytest.raises(InvalidInput, match="is no rule"):
        ws.approve([item.id], turns=[item.turns[0], replace(item.turns[1], content="fever means today")])
    assert ws.draft(item.id).state == "draft"
    rules = "if {person} has a fever then {person} is seen today\nif {person} is old then {person} rests"
    ws.approve([item.id], turns=[item.turns[0], replace(item.turns[1], content=rules)])
    made = ws.generate_approved(run.id, {"variants": 4}).wait()
    assert (made.requested, made.model) == (4, None)
    drafts = by_row(ws, made)
    assert {draft.meta["proof"]["conclusion"] for draft in drafts} == {"Mrs Bell is seen today", "Mr Cole rests"}
    assert [draft.meta["proof"]["follows"] for draft in drafts] == [True, False, True, False]
    assert {draft.meta["document"] for draft in drafts} == {ws.documents()[0].id}
    assert ws.accept([drafts[0].id])[0].source == ws.documents()[0].source


def test_topics_go_on_with_their_own_settings(ws):
    params = {"questions": 3, "questions_only": True, "answers": 2, "judge": False, "topics": "money: saving | loans"}
    run = ws.generate("topic_to_pref", params=params, model=model()).wait()
    one, two, _ = by_row(ws, run)
    ws.approve([one.id, two.id])
    made = ws.generate_approved(run.id, model=model()).wait()
    assert made.requested == 4
    drafts = by_row(ws, made)
    assert [draft.turns[0].content for draft in drafts[::2]] == [one.turns[0].content, two.turns[0].content]
    assert [draft.meta["topic"] for draft in drafts[::2]] == [one.meta["topic"], two.meta["topic"]]
    with pytest.raises(InvalidInput, match="questions comes from what was approved"):
        ws.estimate_approved(run.id, {"questions": 9})


def test_more_can_be_approved_while_and_after_the_step_goes_on(ws):
    run = cards(ws)
    one, two, three = by_row(ws, run)
    ws.approve([one.id])
    first = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
    ws.approve([two.id, three.id])
    second = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
    assert (first.parents, second.parents) == ((one.id,), (two.id, three.id))
    with pytest.raises(InvalidInput, match="no approved role cards") as told:
        ws.generate_approved(run.id, model=model())
    assert told.value.hint == "all approved ones are used"


def test_two_pages_that_go_on_at_once_never_pay_for_the_same_item(ws):
    run = cards(ws)
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    started, refused = [], []

    def go():
        try:
            started.append(ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()))
        except InvalidInput as exc:
            refused.append(exc)

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(started), len(refused)) == (1, 3)
    assert total(started[0].wait()) == {"drafted": 3}


def test_an_approval_taken_back_before_its_turn_holds_the_item_back(ws):
    run = cards(ws, samples=2)
    one, two = ws.drafts(run.id)
    ws.approve([one.id])
    ws.approve([two.id])
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=ScriptedModel([]), budget=Budget(calls=0)).wait()
    assert total(made) == {"waiting": 2}
    ws.undo()
    said = model()
    made = ws.resume(made.id, model=said, budget=Budget()).wait()
    assert total(made) == {"drafted": 1, "failed": 1}
    assert two.turns[0].content not in "".join(request.messages[0].content for request in said.history)
    assert made.reasons == {"the approval was taken back": 1}
    ws.redo()
    assert total(ws.resume(made.id, model=model()).wait()) == {"drafted": 2}


def test_what_fails_in_the_second_step_is_accounted_for_and_tried_again(ws):
    run = cards(ws)
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    broken = ScriptedModel([ModelError("down"), "One.", "Two.", ModelError("gone", maybe_charged=True)])
    ws.set_model({"base_url": "http://127.0.0.1:9/v1", "model": "m", "in_flight": 1})
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=broken).wait()
    assert total(made) == {"failed": 1, "drafted": 1, "in_doubt": 1}
    again = ws.resume(made.id, model=replace_name(model(), broken)).wait()
    assert total(again) == {"drafted": 2, "in_doubt": 1}


def replace_name(new, old):
    new.name = old.name
    return new


def test_the_estimate_tells_both_steps_apart(ws):
    ws.set_model(
        {"base_url": "http://127.0.0.1:9/v1", "model": "m", "usd_per_million_in": 1.0, "usd_per_million_out": 2.0}
    )
    found = ws.estimate("role_cards", "turns>=4", {"variants": 2}, limit=3)
    assert (found.drafts, found.calls) == (6, 6)
    assert (found.then_recipe, found.then.rows, found.then.drafts, found.then.calls) == ("duet", 6, 6, 36)
    assert found.then.usd > found.usd > 0
    assert "then duet, if all are approved: 6 conversations" in str(found)
    assert ws.estimate("duet", "turns>=4", limit=3).then is None
    assert ws.estimate("document_qa", "", {"variants": 3}).then is None
    asked = ws.estimate("document_qa", "", {"variants": 3, "questions_only": True})
    assert (asked.calls, asked.then.calls, asked.then.drafts) == (3, 3, 3)
    topics = ws.estimate("topic_to_pref", "", {"questions": 4, "answers": 3, "questions_only": True})
    assert (topics.calls, topics.then.drafts, topics.then.calls) == (4, 12, 24)
    proved = ws.estimate("facts_and_rules", "", {"variants": 2})
    assert (proved.calls, proved.then.drafts, proved.then.calls) == (2, 20, 0)


def test_the_estimate_of_the_next_step_counts_what_is_approved(ws):
    run = cards(ws)
    ids = [draft.id for draft in ws.drafts(run.id)]
    assert ws.estimate_approved(run.id).drafts == 0
    ws.approve(ids[:2])
    found = ws.estimate_approved(run.id, {"turns": 7, "keep": 1})
    assert (found.rows, found.drafts, found.calls) == (2, 2, 12)
    assert ws.estimate_approved(run.id, ids=ids).calls == 18
    said = model()
    made = ws.generate_approved(run.id, {"turns": 7, "keep": 1}, model=said).wait()
    assert (len(said.history), total(made)) == (12, {"drafted": 2})
    assert ws.estimate_approved(run.id).drafts == 0


def test_one_limit_holds_for_both_steps(ws):
    price = Price(10.0, 10.0)
    run = ws.generate("role_cards", "turns>=4", limit=3, model=model(price), budget=Budget(calls=8)).wait()
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    made = ws.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model(price)).wait()
    assert made.budget == Budget(calls=5)
    assert len(ws.calls(run.id)) + len(ws.calls(made.id)) <= 8
    assert total(made)["waiting"] >= 1
    assert ws.resume(made.id, model=model(price), budget=Budget(calls=50)).wait().counts == {"drafted": 3}


def test_what_a_run_that_goes_on_may_still_spend_is_not_given_to_the_next(ws):
    run = ws.generate("role_cards", "turns>=4", limit=3, model=model(), budget=Budget(calls=12)).wait()
    first, second, third = by_row(ws, run)
    ws.approve([first.id, second.id])
    begun = ws.generate_approved(run.id, {"turns": 4}, budget=Budget(calls=7), pilot=1, model=model()).wait()
    assert (begun.state, begun.gates != ()) == ("interrupted", True)
    ws.approve([third.id])
    other = ws.generate_approved(run.id, {"turns": 4}, model=model()).wait()
    assert other.budget == Budget(calls=12 - 3 - 7)
    ws.resume(begun.id, model=model()).wait()
    assert sum(len(ws.calls(one.id)) for one in (run, begun, other)) <= 12
    ws.set_budget(run.id, Budget(calls=12))
    with pytest.raises(InvalidInput):
        ws.generate_approved(run.id, {"turns": 4}, model=model())


def test_a_run_that_can_still_spend_does_not_share_its_limit(ws):
    run = ws.generate("role_cards", "turns>=4", limit=3, pilot=2, model=model(), budget=Budget(calls=9)).wait()
    ws.approve([by_row(ws, run)[0].id])
    with pytest.raises(InvalidInput, match="can still spend from its limit"):
        ws.generate_approved(run.id, {"turns": 2}, model=model())
    made = ws.generate_approved(run.id, {"turns": 2}, budget=Budget(calls=2), model=model()).wait()
    assert made.budget == Budget(calls=2)


def test_items_of_a_run_that_made_nothing_are_free_again(ws):
    run = cards(ws, samples=2)
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    stopped = ws.generate_approved(run.id, {"turns": 2}, budget=Budget(tokens=1), model=model()).wait()
    assert total(stopped) == {"waiting": 2}
    assert len(ws.approvals(run.id).ready) == 2
    made = ws.generate_approved(run.id, {"turns": 2}, model=model()).wait()
    assert total(made) == {"drafted": 2}
    with pytest.raises(InvalidInput, match="another run goes on from these items"):
        ws.resume(stopped.id, model=model(), budget=Budget(tokens=100_000))
    assert ws.approvals(run.id).used != ()


def test_a_row_that_failed_says_whose_approval_it_was_for(ws):
    run = cards(ws, samples=1)
    ws.approve([draft.id for draft in ws.drafts(run.id)])

    def refuse(request):
        raise ModelError("no", hint="ask otherwise")

    made = ws.generate_approved(run.id, {"turns": 2}, model=ScriptedModel(refuse)).wait()
    (lost,) = ws.drafts(made.id, "failed")
    assert lost.meta["approved"]["by"] == "ana"


def test_items_are_approved_not_accepted_and_drafts_accepted_not_approved(ws):
    run = cards(ws, samples=1)
    (item,) = ws.drafts(run.id)
    with pytest.raises(InvalidInput, match="is no conversation: it is one of role cards"):
        ws.accept([item.id])
    ws.generate("noise", "turns>=4", limit=1).wait()
    draft = next(one for one in ws.drafts() if one.recipe == "noise")
    with pytest.raises(InvalidInput, match="nothing to approve"):
        ws.approve([draft.id])
    with pytest.raises(InvalidInput, match="proposes nothing to approve"):
        ws.approvals(draft.run)
    with pytest.raises(InvalidInput, match="parts of an item stay"):
        ws.approve([item.id], turns=item.turns[:2])
    ws.approve([item.id])
    with pytest.raises(InvalidInput, match="was approved already by ana"):
        ws.approve([item.id])


def test_approvals_outlive_the_session_that_gave_them(ws, tmp_path):
    run = cards(ws)
    one, two, _ = by_row(ws, run)
    edited = [replace(turn, content=f"{turn.content} Really.") for turn in one.turns]
    ws.approve([one.id], turns=edited)
    ws.reject([two.id], "dull")
    ws.close()
    with wb.open(tmp_path / "w.workspace", author="bo") as again:
        standing = again.approvals(run.id)
        assert (standing.ready, standing.rejected) == ((one.id,), (two.id,))
        made = again.generate_approved(run.id, {"turns": 3, "keep": 1}, model=model()).wait()
        (draft,) = again.drafts(made.id)
        assert draft.params["user_role"].endswith("Really.")
        assert (draft.meta["approved"]["by"], made.author) == ("ana", "bo")


def test_a_conversation_from_cards_is_played_turn_by_turn_from_the_same_cards(ws):
    run = cards(ws, samples=1)
    (item,) = ws.drafts(run.id)
    ws.approve([item.id])
    made = ws.generate_approved(run.id, {"turns": 4, "keep": 1, "live": True}, model=model()).wait()
    (draft,) = ws.drafts(made.id)
    said = model()
    live = ws.play(draft.id, 1, model=said).wait()
    assert len(live.turns) == 3
    assert item.turns[0].content in "".join(request.messages[0].content for request in said.history)


def test_text_that_must_stay_here_is_not_sent_in_the_second_step_either(ws):
    run = questions(ws, 1)
    ws.approve([draft.id for draft in ws.drafts(run.id)])
    away = model()
    away.on_this_machine = False
    made = ws.generate_approved(run.id, model=away).wait()
    assert total(made) == {"failed": 1}
    assert away.history == []


def test_an_emptied_text_stays_empty_when_the_run_is_read_again(ws):
    said = model()
    ws.generate("duet", "turns>=4", {"turns": 3, "user_goal": "", "keep": 0}, limit=1, model=said).wait()
    assert "Find out what you need" not in said.history[0].messages[0].content

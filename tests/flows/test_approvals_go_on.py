"""Going on from what was approved: what is sent and kept, of which item, and what becomes of a row that failed."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tests.flows.approving import by_row, cards, desk, model, questions, total
from workbench.errors import InvalidInput, ModelError
from workbench.llm.scripted import ScriptedModel
from workbench.model import Budget


@pytest.fixture
def ws(tmp_path, sample_data):
    with desk(tmp_path, sample_data) as opened:
        yield opened


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

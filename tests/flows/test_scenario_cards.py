"""Scenario cards are approved before conversations are paid for: as drawn, rewritten within their fields, or not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from workbench.errors import InvalidInput
from workbench.llm import ScriptedModel

GRID = "goal: get money back | ask how\nmood: calm | worried\nchannel: as written | typing slips\nlanguage: en"
SAID = [
    "Hello, it is about the lamp that I bought and that came broken.",
    "I am sorry to hear that. What would you like me to do about it?",
    "I would like to have the money back, if that can still be done.",
    "Of course, it is on its way and will be there in a few days.",
]


def writer(request):
    if request.schema_name == "card":
        return json.dumps({name: field["enum"][-1] for name, field in request.schema["properties"].items()})
    return json.dumps({"turns": SAID})


@pytest.fixture
def proposed(ws):
    """A run that proposed four cards, and these in the order of its rows."""
    params = {"card": GRID, "turns": 4, "variants": 4, "cards_first": True}
    run = ws.generate("scenario_grid", params=params, model=ScriptedModel(writer), seed=3).wait(20)
    return run, sorted(ws.drafts(run.id), key=lambda draft: draft.row)


def text_of(goal="ask how", mood="calm", channel="as written", language="en"):
    return f"goal: {goal}\nmood: {mood}\nchannel: {channel}\nlanguage: {language}"


def rewritten(ws, item, text):
    return ws.approve([item.id], turns=[replace(item.turns[0], content=text)])


def test_cards_cost_nothing_and_say_every_field(ws, proposed):
    run, items = proposed
    assert (sum(run.counts.values()), len(items), ws.calls(run.id)) == (4, 4, [])
    assert {found.check for item in items for found in item.gates} == {"similar"}, (
        "one card comes twice in so small a grid"
    )
    assert sorted(item.turns[0].content.splitlines()[0] for item in items) == [
        "goal: ask how", "goal: ask how", "goal: get money back", "goal: get money back",
    ]  # fmt: skip
    assert ws.approvals(run.id).waiting == tuple(item.id for item in items)


def test_conversations_are_written_to_approved_cards_alone_as_they_were_rewritten(ws, proposed):
    run, (one, two, three, _) = proposed
    ws.approve([one.id])
    rewritten(ws, two, text_of(mood="in a great hurry"))
    ws.reject([three.id], "too easy")
    model = ScriptedModel(writer)
    made = ws.generate_approved(run.id, model=model).wait(20)
    assert (made.requested, made.parents) == (2, (one.id, two.id))
    first, second = sorted(ws.drafts(made.id), key=lambda draft: draft.row)
    assert first.meta["card"] == one.meta["card"]
    assert second.meta["card"]["mood"] == "in a great hurry"
    assert (second.meta["approved"]["by"], second.meta["approved"]["edited"]) == ("ana", True)
    asked = "\n".join(message.content for request in model.history for message in request.messages)
    assert "mood: in a great hurry" in asked
    assert "mood: calm | worried | in a great hurry" in asked, "the reader may choose it"
    (sample,) = ws.accept([second.id])
    assert sample.turns[0].extra["card"]["mood"] == "in a great hurry"
    assert sample.origin.approved_by == "ana"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (text_of(channel="telex"), "line 3 of the card: channel cannot be 'telex'"),
        (text_of(language="de"), "line 4 of the card: language cannot be 'de'"),
        (text_of(goal="ask how | complain"), "goal has more than one value"),
        (text_of(goal="ask how x2"), "goal has more than one value"),
        (text_of() + "\nweather: rain", "the card has a field 'weather' of its own"),
        (text_of().replace("mood: calm\n", ""), "the card lacks the field 'mood'"),
        (text_of().replace("mood: calm", "mood:"), "line 2 of the card cannot be read"),
        ("A person who is calm.", "line 1 of the card cannot be read"),
    ],
)
def test_a_card_with_a_slip_is_refused_while_its_editor_is_open(ws, proposed, text, says):
    run, (one, *_) = proposed
    with pytest.raises(InvalidInput, match=says):
        rewritten(ws, one, text)
    assert one.id in ws.approvals(run.id).waiting


def test_approving_is_taken_back_like_any_decision(ws, proposed):
    run, items = proposed
    ws.approve([item.id for item in items])
    assert ws.undo().label == "approve 4 items"
    assert ws.approvals(run.id).ready == ()


def test_both_steps_are_estimated_apart(ws):
    params = {"card": GRID, "turns": 4, "variants": 4, "cards_first": True}
    found = ws.estimate("scenario_grid", params=params)
    assert (found.drafts, found.calls) == (4, 0)
    assert (found.then.rows, found.then.calls, found.then_recipe) == (4, 8, "scenario_grid")


def test_what_comes_from_the_card_is_not_set_in_between(ws, proposed):
    run, (one, *_) = proposed
    ws.approve([one.id])
    with pytest.raises(InvalidInput, match="own comes from what was approved"):
        ws.generate_approved(run.id, {"own": text_of()}, model=ScriptedModel(writer))
    with pytest.raises(InvalidInput, match="variants comes from what was approved"):
        ws.generate_approved(run.id, {"variants": 9}, model=ScriptedModel(writer))


def test_a_card_of_ones_own_is_used_as_it_is(ws):
    params = {"card": GRID, "turns": 4, "variants": 2, "own": text_of(mood="proud"), "read_back": False}
    run = ws.generate("scenario_grid", params=params, model=ScriptedModel(writer)).wait(20)
    assert [draft.meta["card"]["mood"] for draft in ws.drafts(run.id)] == ["proud", "proud"]
    with pytest.raises(InvalidInput, match="lacks the field 'mood'"):
        ws.generate("scenario_grid", params={**params, "own": "goal: ask how"}, model=ScriptedModel(writer))

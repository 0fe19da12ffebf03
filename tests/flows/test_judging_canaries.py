"""What a judge reads: each kind of mistake as it is planted, and nothing that tells a canary from a draft."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest

from tests.builders import a_sample, turns_of
from tests.flows.judge_desk import BLOCK, careful, judge_desk, judged, streets
from workbench.flows.judged import _original
from workbench.flows.judged import spoiled as planted
from workbench.generate.canaries import GOOD, PLANTED, canary
from workbench.generate.prompts import transcript
from workbench.llm import ScriptedModel
from workbench.model import Generated, Source, Turn
from workbench.prompt import text_number


@pytest.fixture
def ws(tmp_path):
    with judge_desk(tmp_path / "w.workspace") as opened:
        yield opened


def test_nothing_tells_a_canary_from_a_draft_and_the_order_is_mixed(ws):
    model = ScriptedModel(careful)
    judged(ws, model)
    (run,) = [run for run in ws.runs() if run.recipe == "judge"]
    kinds = [json.loads(item)[0] for item in run.parents]
    assert sorted(kinds) == sorted(["draft"] * 10 + [GOOD] * 10 + ["turns"] * 4 + ["number"] * 3 + ["answer"] * 3)
    assert kinds != sorted(kinds)
    assert kinds[:10] != ["draft"] * 10
    shapes = {re.sub(r"(?s)What it was made for.*", "", request.messages[-1].content) for request in model.history}
    assert shapes == {""}
    assert len({request.messages[0].content for request in model.history}) == 1
    sent = " ".join(request.messages[-1].content for request in model.history).lower()
    assert all(word not in sent for word in ("canary", "planted", "spoiled", "s10", "street 10:", "street 11:"))


def test_canaries_say_they_were_made_for_what_the_drafts_were_made_for(ws):
    ws.generate("noise", ["s25", "s26", "s27"], {"variants": 1}).wait(20)
    drafts = {draft.id for draft in ws.drafts()}
    model = ScriptedModel(careful)
    run = judged(ws, model).run
    sent = by_row(ws, run, model)
    promises = {True: set(), False: set()}
    for row, item in enumerate(run.parents):
        text = sent[row].messages[-1].content
        promises[json.loads(item)[1] in drafts].add(re.search("What it was made for: (.*)", text)[1])
    assert promises[True] == promises[False]
    assert len(promises[True]) == 2


def by_row(ws, run, model):
    """What was sent for each row of a run: the order of the calls need not be that in which the model was asked."""
    sent = {request.hash(model.endpoint, model.name): request for request in model.history}
    assert len(sent) == len(model.history)
    return {call.row: sent[call.request_hash] for call in ws.calls(run.id)}


def shown_in_request(request):
    """The conversation, and what it was made from where the request shows that."""
    return BLOCK.findall(request.messages[-1].content)


def shown_to(model):
    return list(map(shown_in_request, model.history))


def test_a_judge_reads_what_a_draft_was_made_from_and_no_canary_is_told_by_it(ws):
    model = ScriptedModel(careful)
    run = judged(ws, model).run
    assert {len(shown) for shown in shown_to(model)} == {2}, (
        "each draft has one parent, so each canary shows a text too"
    )
    shown_in = {row: shown_in_request(request) for row, request in by_row(ws, run, model).items()}
    ends: dict[bool, set[int]] = {}
    for row, item in enumerate(run.parents):
        kind, one, *_ = json.loads(item)
        made_from, conversation = shown_in[row]
        if kind == "draft":
            parent = ws.get(ws.draft(one).parents[0])
            assert made_from == "\n".join(f"{turn.role}: {turn.content}" for turn in parent.turns)
        else:
            said = [f"{turn.role}: {turn.content}" for turn in ws.get(one).turns]
            shown = made_from.split("\n")
            assert shown == said[: len(shown)]
            assert shown == conversation.split("\n")[: len(shown)], f"{kind} is told by comparing"
            ends.setdefault(kind == GOOD, set()).add(len(shown))
    assert ends == {True: {1, 2}, False: {1, 2}}, "nor is a good one told by what it shows"


def test_what_a_draft_was_made_from_is_a_block_of_its_own_and_kept_once(ws):
    run = judged(ws, careful).run
    rows = {call.row: ws.prompts(call.id)[0] for call in ws.calls(run.id)}
    assert {tuple(block.name for block in asked.blocks) for asked in rows.values()} == {
        ("system", "task", "made_from", "conversation", "schema")
    }
    drafts = [row for row, item in enumerate(run.parents) if json.loads(item)[0] == "draft"]
    originals = {part.text for row in drafts for part in rows[row].blocks[2].parts if part.place}
    assert originals == {transcript(ws.get(f"s2{n}").turns) for n in range(5)}
    kept = {number for (number,) in ws._store._database.rows("SELECT number FROM prompt_text")}
    assert {text_number(one) for one in originals} <= kept, "by the text alone, whatever its mark"


def test_a_canary_that_came_of_a_sample_shows_that_one_up_to_what_a_mistake_changes(ws):
    ws.generate("noise", ["s30"], {"variants": 1}).wait(20)
    made = next(draft for draft in ws.drafts() if draft.recipe == "noise")
    (sample,) = ws.accept([made.id])
    parent = ws.get("s30")
    for kind in (*PLANTED, GOOD):
        turns = planted(kind, sample, ws.get("s31")) or sample.turns
        shown, behind = _original(ws._store, sample, kind, turns)
        changed = [n for n, (was, now) in enumerate(zip(sample.turns, turns, strict=True)) if was != now]
        assert shown == transcript(parent.turns[: changed[0] if changed else shown.count("\n") + 1])
        assert [one.id for one in behind] == ["s30"]
        assert shown.count("\n") < 3


def test_what_a_mistake_changes_is_shown_wherever_it_stands_in_no_original(ws):
    """A parent may say it earlier than the sample does."""
    with ws._store.write("ana", "import") as writer:
        late = a_sample(
            "Hello?", "Here.", "So when, at 9?", "At 9, yes.", "And the price of 40?", "It is 40.", id="late"
        )
        early = a_sample("So when, at 9?", "At 9, yes.", "And the price of 40?", "It is 40.", id="early")
        made = replace(late, origin=Generated(("early",), "noise", "1", "run1", "d1", 1))
        writer.add_samples([early, made])
    turns = tuple(replace(turn, content="It is 83.") if turn.content == "It is 40." else turn for turn in made.turns)
    assert _original(ws._store, made, "number", turns)[0] == transcript(early.turns[:3])


def test_an_opening_of_the_assistant_is_no_answer_to_spoil():
    system, greeting = Turn("t8", "system", "Be kind."), Turn("t9", "assistant", "Good day.")
    opening = (system, greeting, *turns_of("At 9?", "At 9."))
    assert canary("turns", opening, (), random.Random(1)) is None
    assert canary("answer", opening[:2], turns_of("Far?", "Two stops."), random.Random(1)) is None


def test_drafts_made_from_nothing_show_nothing_and_neither_do_their_canaries(ws):
    ws.generate("golden_grammar", [], {"variants": 4}).wait(20)
    made = [draft.id for draft in ws.drafts() if not draft.parents][:4]
    model = ScriptedModel(careful)
    judged(ws, model, drafts=made, canaries=5)
    assert {len(shown) for shown in shown_to(model)} == {1}


def test_canaries_are_made_of_what_may_leave_where_there_is_enough_of_it(ws):
    free = Source("free", policy="may_leave", license="CC0")
    with ws._store.write("ana", "import") as writer:
        source = writer.save_source(free).id
        ids = [sample for sample, _ in writer.add_samples(streets(range(60, 90), "f", source=source))]
    elsewhere = ScriptedModel(careful)
    elsewhere.on_this_machine = False
    found = judged(ws, elsewhere)
    assert {json.loads(item)[1] for item in found.run.parents if json.loads(item)[0] != "draft"} <= set(ids)
    assert found.run.counts == {"judged": 20, "failed": 10}  # the drafts' own source lets nothing leave
    assert (found.caught.of, found.alarms.of) == (10, 10)


def test_each_kind_of_mistake_changes_one_thing_and_only_where_it_can():
    turns = turns_of("At 9 or at 10?", "At 9.", "And the price?", "It costs 40.")
    other = turns_of("Is it far?", "Two stops by tram.")
    rng = random.Random(1)
    swapped = canary("turns", turns, other, rng)
    assert [turn.content for turn in swapped] == ["At 9 or at 10?", "It costs 40.", "And the price?", "At 9."]
    number = canary("number", turns, other, rng)
    assert [a.content != b.content for a, b in zip(turns, number, strict=True)] == [False, True, False, False]
    assert re.fullmatch(r"At (?!9\.)\d+\.", number[1].content)
    assert canary("answer", turns, other, rng)[-1].content == "Two stops by tram."
    assert canary(GOOD, turns, other, rng) == turns
    plain = turns_of("Hello?", "Yes.")
    assert [canary(kind, plain, plain, rng) for kind in PLANTED] == [None, None, None]

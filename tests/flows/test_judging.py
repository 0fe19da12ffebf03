"""A model asked about drafts: advice only, measured on canaries that nothing marks, paid and resumed like any run."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from itertools import count

import pytest

from tests.builders import a_sample, turns_of
from workbench.errors import InvalidInput, ModelError, ModelUnreachable
from workbench.flows import judged_runs, opinions
from workbench.flows.judged import _original, about
from workbench.flows.judged import spoiled as planted
from workbench.flows.opinions import FEWEST, MOST_COMPARED
from workbench.generate.canaries import GOOD, PLANTED, canary
from workbench.generate.prompts import transcript
from workbench.llm import ScriptedModel
from workbench.llm.base import Price
from workbench.llm.local import LocalModel, stop_local_servers
from workbench.model import Budget, Generated, Source, Tag, Turn
from workbench.prompt import text_number
from workbench.workspace import open_workspace

BLOCK = re.compile(r"<<<DATA (?:\w+)>>>\n(.*?)\n<<<END", re.DOTALL)
"""A text between its marks."""


@pytest.fixture
def ws(tmp_path):
    """Forty conversations in which answers, numbers and order are easily told apart, and ten drafts."""
    with open_workspace(tmp_path / "w.workspace", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(
                [a_sample(f"When does street {n} open, at {n + 7}?", f"Street {n}: yes, at {n + 7}.",
                          f"And can I bring {n} friends to street {n}?", f"Up to {n} friends may come to street {n}.",
                          id=f"s{n}") for n in range(10, 50)]
            )  # fmt: skip
            writer.tag([Tag("s10", "correctness", "wrong", "ana"), Tag("s11", "naturalness", 1, "ana")])
        numbers = count(1)
        writes = ScriptedModel(lambda request: f"Draft number {next(numbers)}.")
        opened.generate("answer", ["s20", "s21", "s22", "s23", "s24"], {"variants": 2}, model=writes).wait(20)
        yield opened


def spoiled(text: str) -> bool:
    """Whether a conversation as it is sent is one of ours with a mistake in it: a careful reader's rule."""
    said = re.findall(r"^(\w+): (.*)$", text, re.M)
    street = re.search(r"street (\d+)", said[0][1])[1]
    hour = int(street) + 7
    answers = [words for role, words in said if role == "assistant"]
    return answers != [f"Street {street}: yes, at {hour}.", f"Up to {street} friends may come to street {street}."]


def opinion(low: bool) -> str:
    mark = 1 if low else 5
    return json.dumps({"natural": 5, "right": mark, "promise": 4, "reason": "because  it\nis so"})


def careful(request):
    text = BLOCK.findall(request.messages[-1].content)[-1]
    return opinion("Draft number" not in text and spoiled(text))


def asked_again(ws, script, **more):
    job = ws.judge(model=script if isinstance(script, ScriptedModel) else ScriptedModel(script), **more)
    job.wait(30)
    return ws.judgements()[0]


def test_a_careful_model_catches_every_planted_mistake_and_may_be_relied_on(ws):
    found = asked_again(ws, careful)
    assert (found.caught.number, found.caught.of, found.alarms.number, found.alarms.of) == (10, 10, 0, 10)
    assert found.caught.range[0] == pytest.approx(0.72, abs=0.01)
    assert found.reliable
    assert found.missed == ()
    assert set(found.opinions) == {draft.id for draft in ws.drafts()}
    assert {one.reason for one in found.opinions.values()} == {"because it is so"}


@pytest.mark.parametrize(("low", "caught", "alarms"), [(False, 0, 0), (True, 10, 10)])
def test_one_that_says_the_same_of_all_is_found_out(ws, low, caught, alarms):
    found = asked_again(ws, lambda request: opinion(low))
    assert (found.caught.number, found.alarms.number, found.reliable) == (caught, alarms, False)
    assert found.missed == (() if low else tuple(sorted(PLANTED)))


def test_the_set_share_decides_and_few_canaries_say_nothing(ws):
    def sees_half(request):
        street = re.search(r"street (\d)", request.messages[-1].content)
        return careful(request) if street and int(street[1]) % 2 else opinion(False)

    found = asked_again(ws, sees_half)
    assert 0.1 < found.caught.share < 0.7
    assert not found.reliable
    ws.set_setting("least_caught", 0.1)
    assert ws.judgements()[0].reliable
    assert not asked_again(ws, careful, canaries=FEWEST - 1, seed=1).reliable


def test_nothing_tells_a_canary_from_a_draft_and_the_order_is_mixed(ws):
    model = ScriptedModel(careful)
    asked_again(ws, model)
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
    run = asked_again(ws, model).run
    sent = {call.row: request for call, request in zip(ws.calls(run.id), model.history, strict=True)}
    promises = {True: set(), False: set()}
    for row, item in enumerate(run.parents):
        text = sent[row].messages[-1].content
        promises[json.loads(item)[1] in drafts].add(re.search("What it was made for: (.*)", text)[1])
    assert promises[True] == promises[False]
    assert len(promises[True]) == 2


def shown_to(model):
    """What each request shows: the conversation, and what it was made from where it shows that."""
    return [BLOCK.findall(request.messages[-1].content) for request in model.history]


def test_a_judge_reads_what_a_draft_was_made_from_and_no_canary_is_told_by_it(ws):
    model = ScriptedModel(careful)
    run = asked_again(ws, model).run
    assert {len(shown) for shown in shown_to(model)} == {2}, (
        "each draft has one parent, so each canary shows a text too"
    )
    by_row = {call.row: shown for call, shown in zip(ws.calls(run.id), shown_to(model), strict=True)}
    ends: dict[bool, set[int]] = {}
    for row, item in enumerate(run.parents):
        kind, one, *_ = json.loads(item)
        made_from, conversation = by_row[row]
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
    run = asked_again(ws, careful).run
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
    asked_again(ws, model, drafts=made, canaries=5)
    assert {len(shown) for shown in shown_to(model)} == {1}


def test_a_mark_for_a_made_up_promise_counts_on_no_canary(ws):
    low = json.dumps({"natural": 5, "right": 5, "promise": 1, "reason": "not what it says"})
    found = asked_again(ws, lambda request: low)
    assert (found.caught.number, found.alarms.number) == (0, 0)
    assert all(said.off_promise and not said.flagged for said in found.opinions.values()), "as canaries are counted"


def test_what_was_read_of_a_run_is_kept_until_it_holds_more(ws, monkeypatch):
    reads = []
    drafts_of = judged_runs.drafts_of
    monkeypatch.setattr(judged_runs, "drafts_of", lambda store, run: reads.append(run) or drafts_of(store, run))
    before = ws.newest_opinion()
    run = ws.judge(model=ScriptedModel(careful), budget=Budget(calls=12)).wait(30)
    partly = ws.newest_opinion()
    assert [ws.judgements()[0].people.of for _ in range(2)] == [0, 0]
    ws.reject([draft.id for draft in ws.drafts() if draft.state == "draft"], "off topic")
    assert ws.judgements()[0].people.of == len(ws.judgements()[0].opinions) > 0
    assert reads == [run.id]
    ws.resume(run.id, model=ScriptedModel(careful), budget=Budget()).wait(30)
    assert before == 0 < partly < ws.newest_opinion()
    assert ws.judgements()[0].caught.of == 10
    assert reads == [run.id] * 2


def test_length_is_compared_on_a_part_of_a_large_run(monkeypatch):
    sizes = []
    tau = opinions.kendall_tau
    monkeypatch.setattr(opinions, "kendall_tau", lambda one, two: sizes.append(len(one)) or tau(one, two))
    said = [(mark, 10 * mark) for mark in (1.0, 2.0, 3.0, 4.0, 5.0)] * 2_000
    assert opinions._follows_length(said) == opinions._follows_length(said) == pytest.approx(1)
    assert sizes == [MOST_COMPARED] * 2


def test_it_decides_nothing_and_its_rows_are_no_drafts(ws):
    before = [(draft.id, draft.state, draft.rank) for draft in ws.drafts()]
    found = asked_again(ws, lambda request: opinion(True))
    assert [(draft.id, draft.state, draft.rank) for draft in ws.drafts()] == before
    run = found.run
    assert (run.counts, run.requested, run.state) == ({"judged": 30}, 30, "done")
    assert all(recipe.name != "judge" for recipe in ws.recipes())
    with pytest.raises(InvalidInput, match="no draft to ask about"):
        ws.judge([])


def test_people_s_decisions_are_compared_with_it_and_outrank_it(ws):
    found = asked_again(ws, lambda request: opinion("Draft number 1." in request.messages[-1].content))
    one, two, three, *_ = ws.drafts()
    flagged = next(draft for draft, said in found.opinions.items() if said.flagged)
    ws.accept([flagged])
    rest = [draft for draft in (one, two, three) if draft.id != flagged][:2]
    ws.accept([rest[0].id])
    ws.reject([rest[1].id], "off topic")
    people = ws.judgements()[0].people
    assert (people.number, people.of) == (1, 3)


def test_a_run_is_estimated_limited_resumed_and_paid_once(ws):
    estimate = ws.judge_estimate()
    assert (estimate.calls, estimate.rows) == (30, 30)
    assert ws.judge_estimate([]).rows == 0, "no draft: no canaries either"
    priced = ScriptedModel(careful, price=Price(1.0, 1.0))
    run = ws.judge(model=priced, budget=Budget(calls=12)).wait(30)
    assert run.state == "failed"
    assert run.counts["judged"] == 12
    again = ScriptedModel(careful, price=Price(1.0, 1.0))
    done = ws.resume(run.id, model=again, budget=Budget()).wait(30)
    assert done.counts == {"judged": 30}
    assert (len(priced.history), len(again.history), len(ws.calls(run.id))) == (12, 18, 30)
    assert ws.judgements()[0].caught.number == 10


def test_an_answer_that_cannot_be_read_is_a_row_with_its_reason_and_nothing_to_mend(ws):
    numbers = count()
    found = asked_again(ws, lambda request: "it is fine" if next(numbers) < 3 else careful(request))
    assert found.run.counts == {"judged": 27, "failed": 3}
    lost = ws.drafts(found.run.id, "failed")
    assert all(about(row)[0] and row.meta["raw"] == "it is fine" and not row.repairable for row in lost)


def test_a_call_that_was_maybe_charged_is_told_and_sent_again_only_by_name(ws):
    replies = iter([ModelError("cut", maybe_charged=True)])

    def cut(request):
        for error in replies:
            raise error
        return careful(request)

    found = asked_again(ws, cut)
    assert found.run.counts == {"judged": 29, "in_doubt": 1}
    (doubtful,) = ws.drafts(found.run.id, "in_doubt")
    done = ws.resume(found.run.id, model=ScriptedModel(careful), send_again=[doubtful.id]).wait(30)
    assert done.counts == {"judged": 30}


def test_canaries_are_made_of_what_may_leave_where_there_is_enough_of_it(ws):
    free = Source("free", policy="may_leave", license="CC0")
    with ws._store.write("ana", "import") as writer:
        source = writer.save_source(free).id
        ids = [sample for sample, _ in writer.add_samples(
            [a_sample(f"When does street {n} open, at {n + 7}?", f"Street {n}: yes, at {n + 7}.",
                      f"And can I bring {n} friends to street {n}?", f"Up to {n} friends may come to street {n}.",
                      id=f"f{n}", source=source) for n in range(60, 90)]
        )]  # fmt: skip
    elsewhere = ScriptedModel(careful)
    elsewhere.on_this_machine = False
    found = asked_again(ws, elsewhere)
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


@pytest.mark.local_model
def test_the_small_demo_model_is_caught_by_the_canaries(ws):
    try:
        model = LocalModel()
    except ModelUnreachable as exc:
        pytest.skip(f"the local demo model is not installed: {exc.hint}")
    try:
        run = ws.judge([draft.id for draft in ws.drafts()][:2], canaries=5, model=model).wait(240)
        found = ws.judgements()[0]
        assert sum(run.counts.values()) == run.requested == 12
        assert not found.reliable
        assert all(set(said.scores.values()) <= {1, 2, 3, 4, 5} for said in found.opinions.values())
    finally:
        stop_local_servers()

"""What a draft was written for is a suggestion once it is accepted, and counts when a person has said so."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.llm.scripted import ScriptedModel

SAID = ["Where do I bring the sample?", "To the desk on the second floor.", "Until when?", "Until four."]
PARAMS = {"grid": "domain: health | law\nlength: short", "target": 3, "variants": 4, "floor": 0.0}


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            writer.add_samples(a_sample("Is it open?", f"Yes, {n}.", id=f"s{n}", language="en") for n in range(2))
        yield opened


def accepted(ws, domain="law", **params):
    """The samples of what was written for a domain, accepted; and their run."""
    model = ScriptedModel(lambda request: json.dumps({"turns": SAID}))
    run = ws.generate("gap_fill", "", {**PARAMS, **params}, model=model).wait()
    drafts = [draft.id for draft in ws.drafts(run.id) if draft.meta["gap"]["cell"].get("domain") == domain]
    return [sample.id for sample in ws.accept(drafts)], run.id


def cell(ws, run, domain="law"):
    return next(one for one in ws.gap_fill(run).cells if one.cell["domain"] == domain)


def test_the_wish_is_a_suggestion_of_the_recipe_and_no_answer(ws):
    ids, _ = accepted(ws)
    assert len(ids) == 2
    tags = ws.tags(ids)
    assert {(tag.scheme, tag.value, tag.author, tag.machine, tag.confidence) for tag in tags} == {
        ("domain", "law", "gap_fill@4", True, None)
    }
    assert ws.ids("domain:law") == []
    assert sorted(ws.ids("suggested.domain:law")) == sorted(ids)
    ws.undo()
    assert ws.tags(ids) == []


def test_an_accepted_one_counts_when_a_person_has_said_that_it_lies_there(ws):
    ids, run = accepted(ws)
    before = cell(ws, run)
    assert (before.accepted, before.waiting, before.after) == (2, 2, 0)
    assert str(before) == "domain law, length short: 0 -> 0 of 3, 3 short (2 accepted and to be answered)"
    assert sorted(ws.ids(before.query)) == sorted(ids), "what waits is found, too"
    ws.tag(ids[0], "domain", "law/tenancy")
    ws.tag(ids[1], "domain", "health")
    after = cell(ws, run)
    assert (after.waiting, after.elsewhere, after.after) == (0, 1, 1)
    assert str(after).endswith("0 -> 1 of 3, 2 short (1 accepted and elsewhere)")
    assert ws.ids(after.query) == [ids[0]]
    other = cell(ws, run, "health")
    assert (other.joined, other.after) == (1, 1), "it counts where it lies, whatever it was written for"
    assert ids[1] in ws.ids(other.query)


def test_a_suggestion_fills_no_cell_of_the_next_run(ws):
    ids, _ = accepted(ws)
    assert [one.before for one in ws.gaps("", PARAMS).cells] == [0, 0]
    ws.tag(ids[0], "domain", "law")
    assert [one.before for one in ws.gaps("", PARAMS).cells] == [0, 1]


def test_what_was_archived_fills_nothing_any_more(ws):
    ids, run = accepted(ws)
    ws.tag(ids, "domain", "law")
    assert cell(ws, run).after == 2
    ws.archive(ids[:1])
    assert cell(ws, run).after == 1


def test_a_question_without_suggestions_gets_none_nor_one_without_that_answer(ws):
    ids, _ = accepted(ws, grid="correctness: right\ndomain: law | nonsense\nlength: short")
    assert {(tag.scheme, tag.value) for tag in ws.tags(ids)} == {("domain", "law")}
    ids, _ = accepted(ws, "nonsense", grid="domain: nonsense\nlength: short")
    assert ws.tags(ids) == []


def test_a_question_with_several_answers_gets_its_suggestion_as_one_of_them(ws):
    ws.save_scheme(
        wb.TagScheme(
            name="topics", kind="multi", title="Topics", suggestion="prefill",
            choices=(wb.Choice("fees", "Fees"), wb.Choice("dates", "Dates")),
        )
    )  # fmt: skip
    ids, _ = accepted(ws, None, grid="topics: fees\nlength: short")
    assert {(tag.scheme, tag.value) for tag in ws.tags(ids)} == {("topics", ("fees",))}


def test_an_edit_that_makes_it_longer_takes_it_out_of_its_cell(ws):
    model = ScriptedModel(lambda request: json.dumps({"turns": SAID}))
    run = ws.generate("gap_fill", "", {**PARAMS, "grid": "length: short", "variants": 1}, model=model).wait()
    draft = next(one for one in ws.drafts(run.id) if one.meta["gap"]["cell"]["length"] == "short")
    more = [wb.Turn("", ("user", "assistant")[n % 2], f"More {n}.") for n in range(2)]
    ws.accept([draft.id], turns=[*draft.turns, *more])
    (short,) = ws.gap_fill(run.id).cells
    assert (short.before, short.accepted, short.elsewhere, short.after) == (2, 1, 1, 2)

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from release_desk import Desk, all_bytes, lines

from tests.builders import a_sample, turns_of
from workbench.model import Draft, Generated, Run, Turn, Written
from workbench.release import EXPORTERS
from workbench.store import open_store

RUN = Run("run_1", "answer", "1", "ana", {}, 0, "", (), 3)


def a_draft(name, *contents, group="g", **more):
    return Draft(name, "run_1", 0, turns_of(*contents), ("s_0",), "answer", "1", group=group, model="tiny", **more)


def made_from(draft, *, turns=None, edited_by=None):
    origin = Generated(draft.parents, "answer", "1", "run_1", draft.id, 1, draft.model, edited_by=edited_by)
    return replace(a_sample("x", id=f"s_{draft.id}", origin=origin), turns=turns or draft.turns)


def add_drafts(desk, *drafts):
    with desk.store.write("ana", "run") as writer:
        writer.add_run(RUN)
        writer.add_drafts(drafts)


def accept(desk, draft, **more):
    (sample,) = desk.add(made_from(draft, **more))
    with desk.store.write("ana", "accept") as writer:
        writer.decide(draft.id, "accepted", sample=sample)
    return sample


def reject(desk, *drafts):
    with desk.store.write("ana", "reject") as writer:
        for draft in drafts:
            writer.decide(draft.id, "rejected", reason="worse")


def pairs(desk, frozen=None, out="out"):
    manifest = desk.export(frozen or desk.freeze(), "trl-preference", "workbench", out=out)
    return lines(desk.folder / out / "trl-preference.jsonl"), manifest.notes


def said(messages):
    return [message["content"] for message in messages]


def test_an_accepted_draft_is_chosen_over_the_one_turned_down(desk):
    good, bad = a_draft("d1", "Open?", "On Monday."), a_draft("d2", "Open?", "No idea.")
    add_drafts(desk, good, bad)
    sample = accept(desk, good)
    reject(desk, bad)
    (pair,), notes = pairs(desk)
    assert pair["prompt"] == [{"role": "user", "content": "Open?"}]
    assert (said(pair["chosen"]), said(pair["rejected"])) == (["On Monday."], ["No idea."])
    assert (pair["id"], pair["kind"], pair["synthetic"], pair["aigc"]["model"]) == (sample, "accepted", True, "tiny")
    assert "trl-preference: pairs: 1 accepted" in notes


def test_a_pair_says_which_model_wrote_either_side(desk):
    drafts = [replace(a_draft(f"d{n}", "Open?", f"answer {n}"), model=name) for n, name in enumerate(("tiny", "large"))]
    add_drafts(desk, *drafts)
    with desk.store.write("ana", "rank") as writer:
        writer.rank({"d0": 2, "d1": 1})
    sample = accept(desk, replace(drafts[1], rank=1))
    (pair,), _ = pairs(desk)
    assert (pair["id"], said(pair["chosen"])) == (sample, ["answer 1"])
    assert (pair["aigc"]["model"], pair["aigc"]["rejected_model"]) == ("large", "tiny")


def test_ranks_make_a_pair_for_each_worse_draft_and_none_for_ties(desk):
    drafts = [a_draft(f"d{n}", "Open?", f"answer {n}") for n in range(4)]
    add_drafts(desk, *drafts)
    accept(desk, drafts[0])
    with desk.store.write("ana", "rank") as writer:
        writer.rank({"d0": 1, "d1": 1, "d2": 2, "d3": 3})
    found, _ = pairs(desk)
    assert [(pair["kind"], said(pair["rejected"])) for pair in found] == [
        ("ranked", ["answer 2"]),
        ("ranked", ["answer 3"]),
    ]


def test_a_rewritten_turn_is_chosen_over_the_generated_one(desk):
    draft = a_draft("d1", "Open?", "As an assistant, I...", "And Sunday?", "No.")
    add_drafts(desk, draft)
    turns = turns_of("Open?", "On Monday.", "And Sunday?", "Closed.")
    accept(desk, draft, turns=turns, edited_by="ana")
    (pair,), _ = pairs(desk)
    assert (pair["kind"], said(pair["prompt"])) == ("repaired", ["Open?"])
    assert (said(pair["chosen"]), said(pair["rejected"])) == (["On Monday."], ["As an assistant, I..."])


def test_an_edit_after_acceptance_counts_only_up_to_the_frozen_revision(desk):
    draft = a_draft("d1", "Open?", "machine words")
    add_drafts(desk, draft)
    sample = accept(desk, draft)
    desk.edit(sample, "first edit", turn="t2")
    frozen = desk.freeze()
    desk.edit(sample, "second edit", turn="t2")
    (pair,), _ = pairs(desk, frozen)
    assert said(pair["chosen"]) == ["first edit"]


def test_an_edit_of_a_persons_own_words_is_no_preference(desk):
    (sample,) = desk.add(a_sample("Open?", "yes"))
    desk.edit(sample, "Yes, it is.", turn="t2")
    found, notes = pairs(desk)
    assert found == []
    assert (
        "trl-preference: no pairs: nothing in this slice was ranked, turned down, rewritten or imported as a pair"
        in notes
    )


def test_a_branch_written_to_repair_generated_text_is_chosen_over_it(desk):
    made = a_sample("Open?", "machine words", origin=Generated(("s_0",), "duet", "1", "r", "gone", 1, "tiny"))
    (base,) = desk.add(made)
    (branch,) = desk.add(a_sample("Open?", "On Monday.", origin=Written("ana", base, "t2", 1)))
    frozen = desk.freeze(pick=lambda row: row.id == branch)
    (pair,), _ = pairs(desk, frozen)
    assert (said(pair["chosen"]), said(pair["rejected"])) == (["On Monday."], ["machine words"])
    assert (pair["id"], pair["aigc"]["model"]) == (branch, "tiny")


def test_judgements_that_cannot_be_compared_are_counted_with_the_reason(desk):
    good, other = a_draft("d1", "Open?", "On Monday."), a_draft("d2", "Is it open?", "Yes.")
    add_drafts(desk, good, other)
    accept(desk, good)
    reject(desk, other)
    found, notes = pairs(desk)
    assert found == []
    assert any("no common prompt: 1" in note for note in notes)


def test_drafts_of_another_request_are_no_rivals(desk):
    good, other = a_draft("d1", "Open?", "On Monday."), a_draft("d2", "Open?", "No.", group="h")
    add_drafts(desk, good, other)
    accept(desk, good)
    reject(desk, other)
    assert pairs(desk)[0] == []


def test_decisions_after_freezing_change_nothing(desk):
    good, bad = a_draft("d1", "Open?", "On Monday."), a_draft("d2", "Open?", "No idea.")
    add_drafts(desk, good, bad)
    accept(desk, good)
    frozen = desk.freeze()
    before = pairs(desk, frozen, "before")
    reject(desk, bad)
    assert pairs(desk, frozen, "after") == before
    assert len(pairs(desk, out="new")[0]) == 1


SECRET = "secret-of-a-branch"


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["member", "branch", "archived", "rejected", "draft"]), min_size=1, max_size=8))
def test_only_members_are_written_in_any_format(kinds):
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_store(Path(folder) / "w"), Path(folder))
        members = {"s_first", *(f"s_{n}" for n, kind in enumerate(kinds) if kind == "member")}
        desk.add(a_sample("Open?", "words of a member", id="s_first"))
        add_drafts(desk, *(a_draft(f"d{n}", SECRET, SECRET) for n, k in enumerate(kinds) if k in ("rejected", "draft")))
        reject(desk, *(a_draft(f"d{n}", SECRET) for n, kind in enumerate(kinds) if kind == "rejected"))
        for n, kind in enumerate(kinds):
            text = "words of a member" if kind == "member" else SECRET
            if kind in ("member", "branch", "archived"):
                desk.add(a_sample("Open?", text, id=f"s_{n}", origin=Written("ana", "s_first", "t2", 1)))
        desk.export(desk.freeze(pick=lambda row: row.id in members), *EXPORTERS.names())
        files = all_bytes(desk.folder / "out")
        assert {line["id"] for line in lines(desk.folder / "out" / "openai-chat.jsonl")} == members
        assert not any(SECRET.encode() in data for data in files.values())
        desk.close()


def test_a_pair_keeps_tool_calls_and_names(desk):
    draft = replace(a_draft("d1", "x"), turns=(Turn("t1", "user", "Open?", name="eva"), Turn("t2", "assistant", "no")))
    add_drafts(desk, draft)
    accept(desk, draft, turns=(draft.turns[0], Turn("t2", "assistant", "yes")), edited_by="ana")
    (pair,), _ = pairs(desk)
    assert pair["prompt"] == [{"role": "user", "content": "Open?", "name": "eva"}]

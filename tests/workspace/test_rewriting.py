"""Edits, find and replace, preference pairs and steps, as a workspace offers them; two people on one workspace."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.errors import Cancelled, InvalidInput, NotFound, StaleRevision
from workbench.flows import replace as replacing
from workbench.jobs import Control
from workbench.model import Generated, ToolCall

MADE = Generated(("s_0",), "duet", "1", "run_1", "gone", 1, "tiny")


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as workspace:
        own = [a_sample(f"Is lab {n} open?", f"Lab {n} is open.", id=f"s_{n}") for n in range(4)]
        with workspace._store.write("ana", "add", undoable=False) as writer:
            writer.add_samples([*own, a_sample("Open?", "machine words", "And Sunday?", "No.", id="g", origin=MADE)])
        yield workspace


@pytest.fixture
def ben(ws):
    with wb.open(ws.path, author="ben") as other:
        yield other


def said(ws, sample="g"):
    return [turn.content for turn in ws.get(sample).turns]


def rewrite(ws, place, text, sample="g", **more):
    before = ws.get(sample)
    turns = [replace(turn, content=text) if at == place else turn for at, turn in enumerate(before.turns)]
    return ws.edit(sample, turns=turns, base_revision=before.revision, **more)


# Edits


def test_splitting_and_merging_keep_the_first_turns_id(ws):
    one, two = ws.get("s_1").turns
    split = [replace(one, content="Is lab"), replace(one, id="", content="1 open?"), two]
    assert [turn.id for turn in ws.edit("s_1", turns=split, base_revision=1).turns] == ["t1", "t3", "t2"]
    merged = [replace(one, content="Is lab 1 open?"), two]
    assert [turn.id for turn in ws.edit("s_1", turns=merged, base_revision=2).turns] == ["t1", "t2"]
    added = [*merged, replace(one, id="", content="Thanks")]
    assert ws.edit("s_1", turns=added, base_revision=3).turns[-1].id == "t4"  # an id is never used again


@pytest.mark.parametrize(("name", "arguments", "told"), [("look", "{", "not JSON"), (" ", "{}", "no name")])
def test_a_tool_call_is_checked_when_it_is_changed(ws, name, arguments, told):
    turn = replace(ws.get("s_1").turns[1], tool_calls=(ToolCall("c1", name, arguments),))
    with pytest.raises(InvalidInput, match=told):
        ws.edit("s_1", turns=[ws.get("s_1").turns[0], turn], base_revision=1)


def test_a_tool_call_that_came_broken_does_not_stop_an_edit(ws):
    odd = a_sample("Look", "x", id="odd")
    odd = replace(odd, turns=(odd.turns[0], replace(odd.turns[1], tool_calls=(ToolCall("c1", "look", "{"),))))
    with ws._store.write("ana", "add") as writer:
        writer.add_samples([odd])
    assert rewrite(ws, 0, "Look again", "odd").revision == 2


def test_a_save_on_an_old_revision_is_refused_and_changes_nothing(ws, ben):
    rewrite(ben, 1, "ben's words", "s_1")
    with pytest.raises(StaleRevision):
        ws.edit("s_1", turn="t2", text="ana's words", base_revision=1)
    assert said(ws, "s_1")[1] == "ben's words"


# Preference pairs


def test_a_rewritten_answer_of_generated_text_is_kept_as_a_pair_in_one_step(ws):
    rewrite(ws, 1, "On Monday.", pair=True)
    (pair,) = ws.pairs("g")
    assert (pair.turn, pair.base, pair.revision, pair.author, pair.kept) == ("t2", 1, 2, "ana", True)
    assert ws.undo().label == "edit"
    assert (said(ws)[1], ws.pairs("g")) == ("machine words", [])
    ws.redo()
    assert [pair.kept for pair in ws.pairs("g")] == [True]


def test_a_pair_is_taken_away_and_kept_again(ws):
    rewrite(ws, 1, "On Monday.", pair=True)
    (pair,) = ws.pairs("g")
    ws.keep_pair(pair.id, False)
    assert [item.kept for item in ws.pairs("g")] == [False]
    ws.undo()
    assert [item.kept for item in ws.pairs("g")] == [True]
    with pytest.raises(NotFound):
        ws.keep_pair("nothing")


@pytest.mark.parametrize(("sample", "place"), [("s_1", 1), ("g", 0)])
def test_people_s_own_words_and_questions_make_no_pair(ws, sample, place):
    rewrite(ws, place, "other words", sample, pair=True)
    assert ws.pairs("") == []


@pytest.mark.parametrize(("pair", "kinds"), [(True, ["kept"]), (False, []), (None, ["repaired"])])
def test_what_is_said_of_a_rewriting_decides_what_is_exported(ws, tmp_path, pair, kinds):
    rewrite(ws, 1, "On Monday.", pair=pair)
    frozen = ws.slice("pairs", "").freeze()
    for kept in ws.pairs("g"):
        ws.keep_pair(kept.id, False)  # what is frozen stays
    frozen.export(tmp_path / "out", to=["trl-preference", "workbench"])
    found = [json.loads(line) for line in (tmp_path / "out/trl-preference.jsonl").read_text("utf-8").splitlines()]
    assert [line["kind"] for line in found] == kinds
    for line in found:
        assert [turn["content"] for turn in line["prompt"]] == ["Open?"]
        assert [turn["content"] for side in ("chosen", "rejected") for turn in line[side]] == [
            "On Monday.",
            "machine words",
        ]
        assert (line["synthetic"], line["aigc"]["model"]) == (True, "tiny")


def test_every_kept_rewriting_is_exported_with_the_words_it_answered(ws, tmp_path):
    rewrite(ws, 1, "On Monday.", pair=True)
    rewrite(ws, 3, "Sunday too.", pair=True)
    ws.slice("pairs", "").freeze().export(tmp_path / "out", to=["trl-preference", "workbench"])
    found = [json.loads(line) for line in (tmp_path / "out/trl-preference.jsonl").read_text("utf-8").splitlines()]
    assert {tuple(turn["content"] for turn in line["prompt"]): line["chosen"][0]["content"] for line in found} == {
        ("Open?",): "On Monday.",
        ("Open?", "On Monday.", "And Sunday?"): "Sunday too.",
    }


def test_pairs_change_the_hash_of_a_slice(ws):
    rewrite(ws, 1, "On Monday.", pair=True)
    first = ws.slice("pairs", "").freeze().frozen.hash
    ws.keep_pair(ws.pairs("g")[0].id, False)
    assert ws.slice("pairs", "").freeze().frozen.hash != first


# Find and replace


def test_finding_changes_nothing_and_replacing_is_one_step(ws):
    looked = ws.look_for("", "open", "shut", whole_words=True).wait()
    assert (looked.read, len(looked.found), looked.hits, looked.beyond) == (5, 5, 9, 0)
    assert said(ws, "s_0") == ["Is lab 0 open?", "Lab 0 is open."]
    done = ws.apply_replacement(looked, without=["g"]).wait()
    assert (done.changed, done.hits, done.conflicts) == (4, 8, ())
    assert said(ws, "s_0") == ["Is lab 0 shut?", "Lab 0 is shut."]
    assert said(ws)[0] == "Open?"
    assert ws.history("s_0")[-1].note == "find and replace: open → shut"
    step = ws.undo()
    assert (step.label, step.samples) == ("replace “open” with “shut”", 4)
    assert said(ws, "s_3") == ["Is lab 3 open?", "Lab 3 is open."]


def test_what_somebody_saved_since_is_left_alone_and_told(ws, ben):
    looked = ws.look_for("lab", "lab", "room").wait()
    rewrite(ben, 0, "Is the lab on?", "s_2")
    assert [item.stale for item in ws.shown_found(looked)] == [item.sample == "s_2" for item in looked.found]
    done = ws.apply_replacement(looked).wait()
    assert (done.changed, done.conflicts) == (3, ("s_2",))
    assert said(ws, "s_2")[0] == "Is the lab on?"


def test_replace_in_one_call(ws):
    assert ws.replace("lab", r"(\d)", r"number \1", regex=True, roles=["user"]).hits == 4
    assert said(ws, "s_3") == ["Is lab number 3 open?", "Lab 3 is open."]


def test_a_pattern_is_refused_before_anything_is_read(ws):
    with pytest.raises(InvalidInput, match="cannot be read"):
        ws.look_for("", "(", regex=True)


def test_beyond_the_limit_is_counted(ws):
    looked = replacing.look(ws._store, ws.ids(), replacing.Rule("lab"), most=3)
    assert (len(looked.found), looked.beyond) == (3, 1)


def test_a_stopped_replacement_leaves_everything_as_it_was(ws, monkeypatch):
    class Stopping(Control):
        def progress(self, done, total=None, message=""):
            if message == "saving":
                self.cancel()

    monkeypatch.setattr(replacing, "_BATCH", 1)
    looked = ws.look_for("", "lab", "room").wait()
    with pytest.raises(Cancelled):
        replacing.apply(ws._store, "ana", looked, control=Stopping())
    assert [ws.get(item.sample).revision for item in looked.found] == [1] * 4


# Steps


def test_going_back_to_a_step_and_forward_again(ws):
    for place in range(3):
        rewrite(ws, 1, f"words {place}", "s_1")
    newest, middle, _ = [step for step in ws.steps() if step.undoable]
    taken = ws.undo_to(middle.id)
    assert ([step.id for step in taken.steps], taken.blocked) == ([newest.id, middle.id], "")
    assert said(ws, "s_1")[1] == "words 0"
    assert [step.id for step in ws.redo_to(newest.id).steps] == [middle.id, newest.id]
    assert said(ws, "s_1")[1] == "words 2"


def test_going_back_stops_at_a_step_that_somebody_built_on_and_says_so(ws, ben, tmp_path):
    rewrite(ws, 1, "first", "s_1")
    rewrite(ws, 1, "second", "s_2")
    rewrite(ws, 1, "third", "s_3")
    rewrite(ben, 1, "ben's words", "s_2")
    first = [step for step in ws.steps() if step.undoable][-1]
    taken = ws.undo_to(first.id)
    assert ([step.samples for step in taken.steps], taken.blocked[:27]) == ([1], "ben changed it meanwhile; y")
    with wb.open(ws.path, author="ana") as again:  # the reason is there after a restart
        stays = [step for step in again.steps() if step.why]
        assert [(step.undoable, step.undone) for step in stays] == [(False, False)]
        assert [step.id for step in again.undo_to(first.id).steps] == [first.id]


@pytest.mark.parametrize("which", ["ben's", "missing", "undone"])
def test_only_a_step_of_mine_that_is_done_can_be_taken_back(ws, ben, which):
    rewrite(ws, 1, "words", "s_1")
    mine = ws.steps()[0].id
    rewrite(ben, 1, "ben's words", "s_2")
    if which == "undone":
        ws.undo()
    step = {"ben's": ben.steps()[0].id, "missing": 10**6, "undone": mine}[which]
    with pytest.raises(InvalidInput):
        ws.undo_to(step)


def test_a_step_names_the_samples_it_touched(ws):
    ws.tag(["s_1", "s_2"], "naturalness", 4)
    assert {sample.id for sample in ws.step_samples(ws.steps()[0].id)} == {"s_1", "s_2"}
    ws.replace("", "lab", "room")
    assert len(ws.step_samples(ws.steps()[0].id, 3)) == 3
    with pytest.raises(NotFound):
        ws.step_samples(10**6)

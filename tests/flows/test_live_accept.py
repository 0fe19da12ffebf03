"""What an accepted conversation keeps: its branches as revisions, and its fixes as preference pairs in the export."""

from __future__ import annotations

import json

import pytest

from tests.flows.live_desk import OPENING, begun, run_on, said
from workbench.errors import ExportRefused
from workbench.flows.live import read_live
from workbench.workspace import open_workspace


@pytest.fixture
def ws(tmp_path):
    file = tmp_path / "chats.jsonl"
    turns = [{"role": "user", "content": OPENING}, {"role": "assistant", "content": "Of course. Which one is it?"}]
    file.write_text(json.dumps({"messages": turns}))
    with open_workspace(tmp_path / "w", author="ana") as opened:
        opened.collect(file)
        yield opened


def played(ws, monkeypatch):
    """A finished conversation of six turns in the workspace."""
    import tests.flows.live_desk as live

    parent = ws.ids()[0]
    monkeypatch.setattr(live, "start_run", _of(parent, live.start_run))
    draft = begun(ws._store)
    run_on(ws._store, draft)
    return draft


def _of(parent, start):
    return lambda *args, **named: start(*args, **{**named, "parents": [parent]})


def exported(ws, tmp_path):
    ws.slice("made", "origin:generated")
    report = ws.export(ws.freeze("made"), tmp_path / "out", to=["trl-preference"])
    assert report
    return [json.loads(line) for file in (tmp_path / "out").rglob("*.jsonl") for line in file.read_text().splitlines()]


def test_a_fix_of_an_answer_is_a_pair_in_the_preference_export(ws, tmp_path, monkeypatch):
    draft = played(ws, monkeypatch)
    before = ws.live(draft.id)
    turn = before.turns[3]
    ws.rewind(draft.id, turn.turn.id, "Four, not five.", seconds=3)
    after = run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    assert [turn.content for turn in sample.turns] == said(after)
    assert sample.origin.edited_by == "ana"
    (pair,) = ws.pairs([sample.id])
    assert pair.kept
    (line,) = exported(ws, tmp_path)
    assert [message["content"] for message in line["prompt"]] == said(before)[:3]
    assert [message["content"] for message in line["chosen"]] == ["Four, not five."]
    assert [message["content"] for message in line["rejected"]] == [turn.turn.content]
    assert line["kind"] == "kept"


def test_the_old_branch_stays_readable_as_a_revision(ws, monkeypatch):
    draft = played(ws, monkeypatch)
    before = ws.live(draft.id)
    ws.rewind(draft.id, before.turns[3].turn.id, "Four.")
    run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    stages = ws.history(sample.id)
    assert [turn.content for turn in stages[0].sample.turns] == said(before)
    assert sample.revision == len(stages) == 2


def test_several_fixes_are_several_pairs_and_ones_own_words_are_no_rejected_ones(ws, monkeypatch):
    draft = played(ws, monkeypatch)
    model_said = said(ws.live(draft.id))
    ids = [item.turn.id for item in ws.live(draft.id).turns]
    ws.rewind(draft.id, ids[3], "Four.")
    ws.rewind(draft.id, ids[3], "Four, of course.")
    ws.rewind(draft.id, ids[1], "Which fraction do you mean?")
    run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    stages = {stage.sample.revision: stage.sample for stage in ws.history(sample.id)}
    told = [
        (stages[pair.base].turn(pair.turn).content, stages[pair.revision].turn(pair.turn).content)
        for pair in ws.pairs([sample.id])
    ]
    assert told == [(model_said[3], "Four, of course."), (model_said[1], "Which fraction do you mean?")]


def test_what_was_only_made_anew_or_said_to_be_no_preference_is_no_pair(ws, tmp_path, monkeypatch):
    draft = played(ws, monkeypatch)
    ids = [item.turn.id for item in ws.live(draft.id).turns]
    ws.rewind(draft.id, ids[3])
    run_on(ws._store, draft)
    ws.rewind(draft.id, ids[1], "A typing slip.", pair=False)
    run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    assert [pair.kept for pair in ws.pairs([sample.id])] == [False, False]
    with pytest.raises(ExportRefused, match="no pairs"):
        exported(ws, tmp_path)


def test_a_fix_of_the_asker_is_kept_and_the_export_says_why_it_is_no_line(ws, tmp_path, monkeypatch):
    draft = played(ws, monkeypatch)
    ws.rewind(draft.id, ws.live(draft.id).turns[2].turn.id, "I still say two fifths.")
    run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    assert [pair.kept for pair in ws.pairs([sample.id])] == [True]
    with pytest.raises(ExportRefused, match="part at a turn that is not the assistant's: 1"):
        exported(ws, tmp_path)


def test_taking_the_acceptance_back_takes_the_pairs_back_and_it_can_be_done_again(ws, tmp_path, monkeypatch):
    draft = played(ws, monkeypatch)
    ws.rewind(draft.id, ws.live(draft.id).turns[3].turn.id, "Four.")
    run_on(ws._store, draft)
    (sample,) = ws.accept([draft.id])
    ws.undo()
    assert ws.pairs([sample.id]) == []
    assert ws.draft(draft.id).state in {"draft", "gated"}
    ws.rewind(draft.id, ws.live(draft.id).turns[1].turn.id, "Which one is it, please?")
    after = run_on(ws._store, draft)
    (again,) = ws.accept([draft.id])
    assert again.id == sample.id
    assert [turn.content for turn in again.turns] == said(after)
    assert len([pair for pair in ws.pairs([sample.id]) if pair.kept]) == 2
    assert len(exported(ws, tmp_path)) == 2


def test_accepting_leaves_the_stale_turns_out(ws, monkeypatch):
    draft = played(ws, monkeypatch)
    ws.rewind(draft.id, ws.live(draft.id).turns[3].turn.id, "Four. Goodbye.")
    (sample,) = ws.accept([draft.id])
    assert len(sample.turns) == 4
    assert read_live(ws._store, draft.id).stale

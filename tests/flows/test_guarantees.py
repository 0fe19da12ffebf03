"""Proofs and exercises that an edit breaks: refused when accepted, taken off and told when a slice is released."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

import workbench as wb
from tests.generate.test_code_exercise import SOLUTION, reply
from workbench.errors import GuaranteeLost
from workbench.flows.regating import Regating
from workbench.llm import ScriptedModel
from workbench.model import Turn
from workbench.proof import broken_proofs

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")
BOLD = "It does not follow, and 2+2=5."


@pytest.fixture
def drafts(ws):
    return ws.drafts(ws.generate("derive_then_say", params={"variants": 4}, seed=2).wait().id)


def said(draft, text, at=-1):
    """The turns of a draft in which one says something else."""
    turns = list(draft.turns)
    turns[at] = replace(turns[at], content=text)
    return turns


def released(ws, tmp_path, name="all"):
    """The samples of an export of everything by id, as they were written (not how they were made), and its notes."""
    manifest = ws.slice(name, "").freeze().export(tmp_path / name, to="workbench")
    (written,) = [one for one in manifest.files if one.name.endswith(".jsonl")]
    lines = (tmp_path / name / written.name).read_text("utf-8").splitlines()
    samples = [json.loads(line) for line in lines]
    return {one["sample"]["id"]: one["sample"] for one in samples}, manifest.notes


def test_an_edit_that_breaks_the_proof_is_refused_with_what_to_do(ws, drafts):
    with pytest.raises(GuaranteeLost, match="the proof does not hold for this text") as refused:
        ws.accept([drafts[0].id], turns=said(drafts[0], BOLD))
    told = refused.value.as_dict()
    assert (told["code"], told["lost"][0]["kind"], told["lost"][0]["turn"]) == ("guarantee_lost", "proof", "t2")
    assert "mend the text, or accept it as an ordinary conversation" in told["hint"]
    assert ws.draft(drafts[0].id).state == "draft"
    assert ws.find("").total == 0


def test_accepted_as_an_ordinary_conversation_it_carries_no_proof_and_says_what_its_gates_found(ws, drafts):
    (sample,) = ws.accept([drafts[0].id], turns=said(drafts[0], BOLD), plain=True)
    assert "proof" not in sample.turns[1].extra
    assert [(one.check, one.severity) for one in sample.origin.gates] == [("proved", "problem")]
    assert sample.origin.edited_by == "ana"
    assert ws.draft(drafts[0].id).gates == ()


def test_an_edit_that_leaves_the_proof_as_it_is_keeps_it(ws, drafts):
    question = drafts[0].turns[0].content
    first, _, rest = question.partition("\n")
    other = "Here are the facts:" if first != "Here are the facts:" else "This is what I know:"
    (sample,) = ws.accept([drafts[0].id], turns=said(drafts[0], f"{other}\n{rest}", 0))
    assert sample.turns[0].content.startswith(other)
    assert sample.turns[1].extra["proof"] == drafts[0].turns[1].extra["proof"]
    assert sample.origin.gates == ()


def test_what_other_gates_find_in_an_edit_is_advice_and_goes_with_the_sample(ws, tmp_path):
    asked = [{"role": "user", "content": "When does the library open on weekdays, please?"}]
    (tmp_path / "in.jsonl").write_text(json.dumps({"messages": asked}) + "\n", "utf-8")
    ws.collect(tmp_path / "in.jsonl", source=wb.Source(name="ours", license="CC0-1.0", policy="may_leave"))
    run = ws.generate("answer", params={"variants": 1}, model=ScriptedModel(["At nine, but not on Sundays."])).wait()
    (draft,) = ws.drafts(run.id)
    assert draft.gates == ()
    (sample,) = ws.accept([draft.id], turns=said(draft, "At nine. Write to karla.muster@posteo.de for more."))
    assert [(one.check, one.severity) for one in sample.origin.gates] == [("personal-data", "warning")]
    assert ws.get(sample.id).origin == sample.origin


def test_drafts_accepted_as_they_are_ask_no_gate(ws, drafts, monkeypatch):
    def asked(*_):
        raise AssertionError("a gate was asked")

    monkeypatch.setattr(Regating, "look", asked)
    monkeypatch.setattr("workbench.flows.guarantees.lost", asked)
    same = list(drafts[0].turns)
    assert len(ws.accept([drafts[0].id], turns=same)) == 1
    assert len(ws.accept([draft.id for draft in drafts[1:]])) == 3


def test_a_release_takes_off_a_proof_that_an_edit_broke_and_says_so(ws, drafts, tmp_path):
    first, *others = ws.accept([draft.id for draft in drafts])
    before, notes = released(ws, tmp_path, "before")
    assert all("proof" in json.dumps(one) for one in before.values())
    assert not [note for note in notes if "proof" in note]
    ws.edit(first.id, turn="t2", text=BOLD, base_revision=1)
    after, notes = released(ws, tmp_path, "after")
    assert {name for name, one in after.items() if '"proof"' not in json.dumps(one)} == {first.id}
    assert [one.id for one in others if '"proof"' in json.dumps(after[one.id])] == [one.id for one in others]
    (note,) = [note for note in notes if "proof" in note]
    assert note.startswith(
        f"1 proved answer is not proved by its words any more and goes out without its proof: {first.id}"
    )
    assert "proof" in ws.get(first.id).turns[1].extra


def test_a_proof_taken_over_into_changed_text_goes_out_without_it(ws, drafts, tmp_path):
    ws.accept([drafts[0].id])
    run = ws.generate("noise", where="", seed=3, params={"variants": 6}).wait()
    noisy = next(one for one in ws.drafts(run.id) if any(broken_proofs(one.turns, "en")))
    (child,) = ws.accept([noisy.id])
    after, notes = released(ws, tmp_path)
    assert '"proof"' not in json.dumps(after[child.id])
    assert [note for note in notes if child.id in note]


def test_builds_of_equal_content_have_equal_hashes_and_another_one_once_a_proof_is_lost(ws, drafts):
    first, *_ = ws.accept([draft.id for draft in drafts])
    one = ws.slice("all", "").freeze().frozen.hash
    assert ws.slice("all", "").freeze().frozen.hash == one
    ws.edit(first.id, turn="t2", text=BOLD, base_revision=1)
    assert ws.slice("all", "").freeze().frozen.hash != one


@ON_LINUX
def test_an_exercise_that_an_edit_broke_is_refused_and_goes_out_without_its_mark(ws, tmp_path, monkeypatch):
    run = ws.generate("code_exercise", params={"variants": 1}, model=ScriptedModel([reply()])).wait()
    (draft,) = ws.drafts(run.id)
    wrong = draft.turns[3].content.replace("60)", "61)", 1)
    with pytest.raises(GuaranteeLost, match="the exercise does not hold for this text: this test failed"):
        ws.accept([draft.id], turns=said(draft, wrong))
    (sample,) = ws.accept(
        [draft.id], turns=[*said(draft, draft.turns[1].content + " ", 1), Turn("", "user", "Thanks!")]
    )
    assert "exercise" in sample.turns[3].extra
    with monkeypatch.context() as patched:  # run before in these words: not run again
        patched.setattr("workbench.evaluate.code.judge", lambda *_: pytest.fail("code was run"))
        _, notes = released(ws, tmp_path, "before")
    assert not [note for note in notes if "exercise" in note]
    ws.edit(sample.id, turn="t4", text=wrong, base_revision=1)
    after, notes = released(ws, tmp_path, "after")
    assert SOLUTION not in json.dumps(after)
    assert '"exercise"' not in json.dumps(after[sample.id])
    assert [note for note in notes if note.startswith("1 code exercise does not hold any more and goes out without")]

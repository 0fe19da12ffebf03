"""What a data scientist sees in a notebook: short names of things, frames, a job that tells its drafts."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.errors import Cancelled, UnknownName
from workbench.flows import clean as cleaning
from workbench.jobs import Control


@pytest.fixture
def ws(tmp_path):
    path = tmp_path / "calls.jsonl"
    said = [("Salt &amp; pepper?", "Yes &amp; no."), ("Is it open?", "No.")]
    lines = [
        json.dumps({"messages": [{"role": "user", "content": ask}, {"role": "assistant", "content": reply}]})
        for ask, reply in said
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    with wb.open(tmp_path / "w.workspace", author="ana") as workspace:
        workspace.collect(path, source=wb.Source("calls 2026"))
        yield workspace


def test_a_generation_job_tells_its_run_and_its_drafts(ws):
    job = ws.generate("noise", params={"variants": 2}, seed=1)
    job.wait(60)
    assert job.run == job.subject == ws.runs()[0].id
    assert job.drafts == ws.drafts(job.run)
    assert len(job.drafts) == 4


def test_everything_says_in_one_line_what_it_is(ws):
    job = ws.generate("noise", seed=1)
    run = job.wait(60)
    slice_ = ws.slice("all", "")
    build = slice_.freeze()
    said = [repr(thing) for thing in (job, run, ws.find(limit=1), ws.evaluate(), slice_, build, ws.clean(preview=True))]
    assert all("\n" not in line and len(line) < 200 for line in said)
    assert said[0].startswith("<Job ")
    assert "done" in said[0]
    assert f"of {run.requested}" in said[1]
    assert said[2] == "<Page 1 of 2 samples, more follow>"
    assert "2 samples" in said[3]
    assert "2 samples" in said[5]


def test_a_failed_job_says_why(ws):
    def broken(control):
        raise wb.WorkbenchError("the disk is full")

    job = ws.background("Copy\x1b", broken)
    with pytest.raises(wb.WorkbenchError):
        job.wait(10)
    assert repr(job) == "<Job 'Copy\\x1b' failed: 'the disk is full'>"


def test_nothing_shows_itself_as_html(ws):
    for thing in (ws, ws.find(), ws.evaluate(), ws.generate("noise"), ws.slice("all", "")):
        assert not hasattr(thing, "_repr_html_")


def test_a_frame_names_the_source(ws):
    assert set(ws.frame()["source"]) == {"calls 2026"}
    assert set(ws.evaluate().frame["source"]) == {"calls 2026"}


def test_turns_tags_and_findings_are_frames_too(ws):
    ws.tag("open", "naturalness", 5)
    assert list(ws.turns_frame("open")["content"]) == ["Is it open?", "No."]
    assert ws.tags_frame()[["scheme", "value", "author"]].values.tolist() == [["naturalness", 5, "ana"]]
    report = ws.evaluate()
    assert list(report.findings_frame["check"]) == [finding.check for finding in report.findings]


def test_cleaning_shows_the_first_changes_and_counts_all(ws, monkeypatch):
    monkeypatch.setattr(cleaning, "SHOWN", 1)
    report = ws.clean(preview=True)
    assert (len(report.changes), report.counts["entities"], report.changed) == (1, 2, 1)


def test_a_preview_tells_nobody_that_samples_changed(ws):
    told = []
    ws.on("sample.changed", told.append)
    ws.clean(preview=True)
    assert told == []
    ws.clean()
    assert len(told) == 1


def test_cleaning_as_a_job_is_one_step(ws):
    report = ws.clean_job().wait(60)
    assert (report.changed, report.applied) == (1, True)
    assert ws.undo().samples == 1
    with pytest.raises(UnknownName):
        ws.clean_job("", ["polish"]).wait(60)


def test_cleaning_that_was_stopped_changed_nothing(ws):
    control = Control()
    control.cancel()
    with pytest.raises(Cancelled):
        cleaning.clean(ws._store, "ana", ws.ids(), control=control)
    assert ws.count("revision>1") == 0


def test_a_sample_saved_meanwhile_is_left_as_it_is_and_told(ws, monkeypatch):
    normalise = cleaning.normalise

    def edited_meanwhile(sample, steps):
        ws.edit(sample.id, turn="t2", text="Mine &amp; new.", base_revision=sample.revision)
        return normalise(sample, steps)

    (salt,) = ws.ids("pepper")
    monkeypatch.setattr(cleaning, "normalise", edited_meanwhile)
    report = ws.clean(salt)
    assert (report.skipped, report.changed, report.changes, report.counts) == ((salt,), 0, (), {})
    assert ws.get(salt).turns[1].content == "Mine &amp; new."

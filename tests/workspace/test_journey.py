"""The main job from Python: collect, search, tag, generate, edit, accept, freeze, export, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import workbench as wb
from workbench.llm.scripted import ScriptedModel

SAMPLE_FILES = ("health.en.jsonl", "health.zh.jsonl", "health.fr.jsonl")


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "clinic.workspace", author="ana") as workspace:
        yield workspace


@pytest.fixture
def filled(ws, sample_data):
    for name in SAMPLE_FILES:
        assert ws.collect(sample_data / "conversations" / name).problems == 0
    return ws


def _exported(folder: Path) -> list[dict]:
    (path,) = folder.glob("**/*.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_new_workspace_is_empty_and_has_its_schemes(ws):
    assert ws.find().total == 0
    assert {"domain", "naturalness", "correctness", "compliance", "tier"} == {s.name for s in ws.schemes()}


def test_collecting_the_same_file_again_adds_nothing(filled, sample_data):
    before = filled.count()
    report = filled.collect(sample_data / "conversations" / SAMPLE_FILES[0])
    assert (report.imported, report.duplicates, filled.count()) == (0, report.read, before)


@pytest.mark.parametrize(
    ("query", "language"), [('"blood test"', "en"), ("ordonnance", "fr"), ("医生", "zh"), ("language:fr", "fr")]
)
def test_words_and_fields_find_in_three_languages(filled, query, language):
    page = filled.find(query)
    assert page.total > 0
    assert {sample.language for sample in page.samples} == {language}


def test_meaning_ranks_and_every_hit_says_why(filled):
    page = filled.find('language:en ~"the nurse takes blood from the arm"', limit=5)
    assert page.total > 0
    assert all(hit.why for hit in page.hits)


def test_the_whole_journey_ends_in_a_file_with_exactly_those_samples(filled, tmp_path):
    ids = filled.ids("language:en missing:domain")[:2]
    filled.tag(ids, "domain", "health/lab")
    filled.tag(ids, "naturalness", 4)
    job = filled.generate("entity_swap", ids, seed=7)
    job.wait(60)
    draft, *others = filled.drafts(run=job.subject)
    turns = [wb.Turn(t.id, t.role, t.content + " (checked)") for t in draft.turns]
    (accepted,) = filled.accept([draft.id], turns=turns)
    filled.reject([other.id for other in others], "off topic")
    filled.tag([accepted.id], "domain", "health/lab")
    filled.tag([accepted.id], "naturalness", 5)
    build = filled.slice("lab", "by:ana domain:health/lab naturalness>=4 -source:none").freeze()
    build.export(tmp_path / "out", to="workbench")
    exported = {record["sample"]["id"]: record for record in _exported(tmp_path / "out")}
    assert accepted.id in exported
    assert set(exported) == {member for member, _ in build.frozen.members}
    assert not {other.id for other in others} & set(exported)


def test_an_accepted_draft_carries_its_whole_origin(filled):
    parent = filled.ids("language:en")[0]
    model = ScriptedModel(replies=["A different answer altogether, said in other words."] * 20)
    job = filled.generate("paraphrase", [parent], model=model, seed=3)
    job.wait(60)
    (sample,) = filled.accept([filled.drafts(run=job.subject)[0].id])
    origin = sample.origin
    assert (origin.parents, origin.recipe, origin.depth, origin.run) == ((parent,), "paraphrase", 1, job.subject)
    assert filled.lineage(parent).children == (sample.id,)
    assert filled.count("origin:synthetic") == 1


def test_everything_can_be_undone_and_redone(filled):
    ids = filled.ids("language:en missing:tier")
    filled.tag("language:en missing:tier", "tier", "raw")
    assert filled.count("tier:raw") == len(ids)
    filled.undo()
    assert filled.count("tier:raw") == 0
    filled.redo()
    assert filled.count("tier:raw") == len(ids)


def test_an_edit_is_a_revision_and_a_stale_one_is_reported(filled):
    sample = filled.get(filled.ids("language:en")[0])
    turn = sample.turns[0]
    saved = filled.edit(sample.id, turn=turn.id, text=turn.content + " Please.", base_revision=sample.revision)
    assert saved.revision == sample.revision + 1
    assert [p.text for p in filled.diff(sample.id, sample.revision)[0].parts if p.kind == "added"]
    with pytest.raises(wb.StaleRevision):
        filled.edit(sample.id, turn=turn.id, text="Mine.", base_revision=sample.revision)


def test_two_workspaces_on_one_folder_see_each_other(filled):
    with wb.open(filled.path, author="ben") as other:
        before = other.data_version()
        sample = filled.ids("language:en missing:naturalness")[0]
        filled.tag([sample], "naturalness", 5)
        assert other.data_version() != before
        assert [tag.value for tag in other.tags([sample]) if tag.author == "ana"] == [5]
        assert sample in other.ids("naturalness@ana:5")


def test_the_report_counts_charts_and_agreement(filled):
    report = filled.evaluate("")
    assert report.count == filled.count()
    assert set(report.figures) >= {"domains", "naturalness", "real and synthetic", "generation depth"}
    assert "naturalness" in {result.scheme for result in report.agreement}
    assert report.of("personal-data")


def test_cleaning_is_previewed_then_done_as_one_step(ws, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"messages": [{"role": "user", "content": "Hi &amp; hello "}]}) + "\n")
    ws.collect(path)
    assert ws.clean(preview=True).counts["entities"] == 1
    assert ws.find().samples[0].turns[0].content == "Hi &amp; hello "
    ws.clean()
    assert ws.find().samples[0].turns[0].content == "Hi & hello"
    ws.undo()
    assert ws.find().samples[0].turns[0].content == "Hi &amp; hello "


@pytest.mark.parametrize(
    ("folder", "pattern", "query"), [("sgd", "dialogues*.json", "restaurant"), ("crosswoz", "*.json", "酒店")]
)
def test_real_published_files_come_in_and_are_found(ws, corpora, folder, pattern, query):
    (path,) = (corpora / "original_formats" / folder).glob(pattern)
    report = ws.collect(path)
    assert report.imported > 0
    assert report.imported + report.duplicates + report.problems == report.read
    assert ws.find(query).total > 0

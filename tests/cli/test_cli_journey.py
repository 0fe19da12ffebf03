"""The main job from the command line: bring in, find, tag, make, decide, check, release."""

from __future__ import annotations

from tests.cli.conftest import CALLS


def test_collect_counts_and_tells_what_it_could_not_read(run, file):
    (report,) = run("collect", file)
    assert (report["imported"], report["duplicates"], report["problems"]) == (2, 0, 1)
    assert report["quarantined"][0]["row"] == 3


def test_collect_again_adds_nothing(run, file):
    run("collect", file)
    (report,) = run("collect", file)
    assert (report["imported"], report["duplicates"]) == (0, 2)


def test_find_prints_whole_samples(run, file):
    run("collect", file)
    (sample,) = run("find", "invoice")
    assert [turn["content"] for turn in sample["turns"]] == [text for _, text in CALLS[1]]


def test_tag_and_undo(run, file):
    run("collect", file)
    assert run("tag", "invoice", "naturalness", "5") == [{"changed": 1}]
    assert len(run("find", "naturalness>=4")) == 1
    run("undo")
    assert run("find", "naturalness>=4") == []


def test_untag(run, file):
    run("collect", file)
    run("tag", "invoice", "correctness", "right")
    assert run("tag", "invoice", "correctness", "--remove") == [{"changed": 1}]


def test_generate_accept_and_find_the_new_sample(run, file):
    run("collect", file)
    (done,) = run("generate", "noise", "invoice", "--seed", "3")
    (draft, *_) = run("drafts", "--run", done["id"])
    (accepted,) = run("accept", draft["id"])
    (sample,) = run("find", "origin:generated")
    assert accepted["samples"] == [sample["id"]]


def test_a_rejected_draft_is_kept_with_its_reason(run, file):
    run("collect", file)
    run("generate", "noise", "invoice")
    (draft, *_) = run("drafts")
    run("reject", draft["id"], "--reason", "too noisy")
    (kept, *_) = run("drafts", "--state", "rejected")
    assert kept["reason"] == "too noisy"


def test_recipes_are_listed_also_where_there_is_no_workspace(run, tmp_path):
    assert not (tmp_path / "w.workspace").exists()
    assert {"noise", "paraphrase"} <= {recipe["name"] for recipe in run("recipes")}
    assert not (tmp_path / "w.workspace").exists()


def test_check_reports_findings(run, file):
    run("collect", file)
    (report,) = run("check")
    assert set(report) == {"summary", "findings"}


def test_slice_freeze_export_and_read_back(run, file, tmp_path):
    run("collect", file)
    run("slice", "invoices", "invoice")
    (build,) = run("freeze", "invoices")
    run("export", "invoices", tmp_path / "out", "--to", "openai-chat")
    assert build["samples"] == 1
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.jsonl"))
    assert "pay the invoice" in text
    assert "Sunday" not in text


def test_a_slice_is_removed_and_brought_back_and_its_build_is_still_written(run, file, tmp_path):
    run("collect", file)
    run("slice", "all", "")
    run("freeze", "all")
    assert run("slice", "all", "--remove") == [{"removed": "all"}]
    assert run("slice") == []
    run("export", "all", tmp_path / "out", "--to", "openai-chat")
    run("undo")
    assert [item["name"] for item in run("slice")] == ["all"]


def test_an_option_of_a_format_is_given_in_words(run, file, tmp_path):
    run("collect", file)
    run("slice", "all", "")
    run("freeze", "all")
    run("export", "all", tmp_path / "out", "--to", "markdown", "-o", "pages=sample")
    pages = [
        path for path in (tmp_path / "out").rglob("*.md") if path.parent.name == "pages" and path.name != "index.md"
    ]
    assert len(pages) == 2


def test_how_high_samples_stand_is_counted_and_claims_beyond_are_named(run, file):
    run("collect", file)
    run("tag", "invoice", "tier", "knowledge")
    (found,) = run("pyramid")
    assert found["counts"]["raw"] == 2
    assert list(found["above"].values()) == ["knowledge"]


def test_a_run_begins_with_what_is_nearest_to_a_sample(run, file):
    run("collect", file)
    first, second = (item["id"] for item in run("find", ""))
    run("generate", "noise", "--like", first, "--limit", "1")
    (made,) = run("runs")
    assert made["parents"] == [second]
    assert first in made["query"]


def test_slices_are_listed_with_their_size(run, file):
    run("collect", file)
    run("slice", "all", "")
    assert [(item["name"], item["samples"]) for item in run("slice")] == [("all", 2)]

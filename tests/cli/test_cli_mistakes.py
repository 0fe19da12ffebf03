"""Mistakes end with one line that says what, where and what to do; the exit code says whose they are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.cli.main import line_of
from workbench.cli.verb import one_line
from workbench.errors import QueryError, StoreError
from workbench.workspace import open_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace with one conversation, named in the environment."""
    folder = tmp_path / "w.workspace"
    monkeypatch.setenv("WORKBENCH_WORKSPACE", str(folder))
    (tmp_path / "a.jsonl").write_text('{"messages": [{"role": "user", "content": "Hello, who is there?"}]}', "utf-8")
    assert main(["collect", str(tmp_path / "a.jsonl")]) == 0
    return folder


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a verb that must fail with this code; returns the one line it says."""

    def run(code: int, *words: str) -> str:
        capsys.readouterr()
        assert main(list(words)) == code
        (line,) = capsys.readouterr().err.splitlines()
        return line

    return run


def test_a_query_that_cannot_be_read_names_the_place(workspace, told):
    assert "at character" in told(2, "find", "domain:(health")


def test_an_unknown_scheme_proposes_the_nearest(workspace, told):
    assert "did you mean 'naturalness'" in told(2, "tag", "", "naturalnes", "5")


def test_an_unknown_recipe_is_wrong_use(workspace, told):
    assert "paraphrase" in told(2, "generate", "paraphras")


def test_a_missing_file_is_told(workspace, told):
    assert "nowhere.jsonl" in told(1, "collect", "nowhere.jsonl")


def test_a_setting_without_a_value_is_wrong_use(workspace, told):
    assert "NAME=VALUE" in told(2, "generate", "noise", "-p", "strength")


@pytest.mark.parametrize("typed", ["nan", "inf", "1e999"])
def test_a_number_that_nobody_can_count_with_is_told(workspace, told, typed):
    assert "a budget cannot have" in told(2, "generate", "noise", "--usd", typed)
    assert "is a number, not" in told(2, "generate", "noise", "-p", f"rate={typed}")


def test_exporting_what_is_not_frozen_says_what_to_do(workspace, told, tmp_path):
    assert main(["slice", "all", ""]) == 0
    assert "workbench freeze all" in told(1, "export", "all", str(tmp_path / "out"))


def test_a_mistyped_workspace_is_not_created(tmp_path, told, monkeypatch):
    monkeypatch.delenv("WORKBENCH_WORKSPACE", raising=False)
    assert "no workspace at" in told(2, "find", "-w", str(tmp_path / "typo"))
    assert not (tmp_path / "typo").exists()


def test_a_fault_of_the_workbench_is_one_line_too(workspace, told, monkeypatch):
    monkeypatch.setattr("workbench.open", lambda *_, **__: 1 / 0)
    assert "WORKBENCH_DEBUG=1" in told(1, "find")


def test_an_unknown_verb_is_one_line_and_code_2(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["fnd"])
    assert exit_.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_reader_that_has_seen_enough_is_no_mistake(workspace):
    command = f"{sys.executable} -m workbench find | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=dict(os.environ), check=False)
    assert done.stderr == ""


def test_an_error_becomes_one_line():
    assert line_of(StoreError("broken\nhere", hint="mend it")) == "broken here (mend it)"


def test_a_query_error_counts_characters_from_one():
    assert "at character 3 of 'a )'" in line_of(QueryError("unexpected )", query="a )", start=2, end=3))


def test_control_characters_do_not_reach_the_terminal():
    assert one_line("a\x1b[31mb\u202ec\nd") == "a [31mb c d"


def test_a_long_text_is_cut():
    assert one_line("word " * 100, width=10) == "word word…"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["runs"], "there are no runs yet; `workbench generate RECIPE` starts one"),
        (["drafts"], "there are no such drafts; `workbench generate RECIPE` makes some"),
        (["slice"], "there are no slices yet; `workbench slice NAME QUERY` saves one"),
        (["find", "language:fr"], "nothing found"),
        (["tag", "language:fr", "domain", "law"], "nothing to change"),
        (["clean", "language:fr"], "nothing to change in 0 samples"),
    ],
)
def test_where_there_is_nothing_it_says_so_and_what_to_do(workspace, capsys, words, line):
    capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr().out.splitlines() == [line]
    assert main([*words, "--json"]) == 0
    assert line not in capsys.readouterr().out


@pytest.mark.parametrize("verb", ["imports", "sources"])
def test_a_new_workspace_says_how_to_fill_it(tmp_path, capsys, verb):
    open_workspace(tmp_path / "new.workspace", author="ana").close()
    assert main([verb, "-w", str(tmp_path / "new.workspace")]) == 0
    assert capsys.readouterr().out == "nothing was imported yet; `workbench collect FILE` does it\n"


def test_a_source_says_in_words_what_may_become_of_it(workspace, capsys):
    assert main(["sources"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("licence unknown, stays on this machine")


def test_a_word_that_is_no_verb_is_told_with_the_nearest(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["models"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "workbench: no verb 'models'; did you mean 'model'? (see workbench --help)\n"

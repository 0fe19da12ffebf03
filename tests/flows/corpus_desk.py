"""A workspace of a few real conversations, runs over it, and what must be true of every run."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.conftest import CORPORA, ROOT
from workbench.generate import RECIPES, Recipe
from workbench.llm.base import ChatModel
from workbench.model import Draft, Run
from workbench.records import to_record

SAMPLES = 30
"""Conversations taken of each corpus."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """Where real conversations are, a word of a kind that is rare in them, and what of a record is a document."""

    file: str
    rare: str
    language: str = "en"
    documents: Callable[[Record], list[str]] | None = None


CORPUS = {
    "sample_data": Corpus("", "bank\nbanque\n银行", documents=lambda _: []),
    "sgd": Corpus("sgd/sgd_train.jsonl.gz", "alcohol"),
    "crosswoz": Corpus("crosswoz/crosswoz_val.jsonl.gz", "出租车", language="zh"),
    "mathdial": Corpus("mathdial/mathdial_test.jsonl.gz", "cost", documents=lambda r: [r["meta"]["ground_truth"]]),
    "mtrag": Corpus(
        "mtrag/mtragun_conversations.jsonl.gz",
        "IBM",
        documents=lambda r: [passage["text"] for passage in r["meta"].get("passages", ())],
    ),
    "mts-dialog": Corpus(
        "mts_dialog/mts_dialog_backtranslation_groups.jsonl.gz", "pain", documents=lambda r: [r["meta"]["section_text"]]
    ),
}


class Desk:
    """Workspaces by corpus, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, wb.Workspace] = {}

    def of(self, name: str) -> wb.Workspace:
        """The workspace of a corpus. The test is skipped where the corpora are not on this machine."""
        if name != "sample_data" and not CORPORA.is_dir():
            pytest.skip(f"real corpora are not at {CORPORA} (set WORKBENCH_CORPORA to their folder)")
        if name not in self._opened:
            self._opened[name] = _collected(name, self._folder / name)
        return self._opened[name]

    def close(self) -> None:
        for ws in self._opened.values():
            ws.close()


def _collected(name: str, folder: Path) -> wb.Workspace:
    corpus = CORPUS[name]
    folder.mkdir()
    records = list(_own() if name == "sample_data" else _of_file(CORPORA / corpus.file))
    file = folder / f"{name}.jsonl"
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
    ws = wb.open(folder / "w.workspace", author="ana")
    report = ws.collect(file)
    assert report.imported + report.duplicates == len(records)
    for path in (ROOT / "sample_data" / "documents").glob("*.md") if name == "sample_data" else ():
        ws.add_document(path)
    texts = [text for record in records for text in (corpus.documents(record) if corpus.documents else ())]
    for number, text in enumerate(texts[:3]):
        path = folder / f"text{number}.{corpus.language}.md"
        path.write_text(text, "utf-8")
        ws.add_document(path)
    return ws


def _of_file(file: Path) -> Iterator[Record]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in islice(lines, SAMPLES))


def _own() -> Iterator[Record]:
    """Some of the project's own conversations, of every language."""
    files = sorted((ROOT / "sample_data" / "conversations").glob("finance.*.jsonl"))
    for file in files:
        yield from map(json.loads, file.read_text("utf-8").splitlines()[: SAMPLES // len(files)])


def finished(
    ws: wb.Workspace, name: str, params: dict[str, Any], where: Any = "", *, model: ChatModel | None, limit: int
) -> Run:
    """A run that has ended, looked at by `accounted_for`."""
    run = ws.generate(name, where, params, model=model, limit=limit, seed=11).wait(280)
    accounted_for(ws, RECIPES.get(name), run)
    if os.environ.get("WORKBENCH_SHOW_DRAFTS"):
        show(ws, run)
    return run


def accounted_for(ws: wb.Workspace, recipe: Recipe, run: Run) -> None:
    """Nothing is lost on the way, nothing broke, and each draft says all that is known of how it came to be."""
    assert run.state == "done", run.message
    assert sum(run.counts.values()) == run.requested > 0
    made, lost = ws.drafts(run.id, limit=1000), ws.drafts(run.id, "failed", limit=1000)
    assert sorted(draft.row for draft in (*made, *lost)) == list(range(run.requested))
    for draft in lost:
        assert draft.reason
        assert "broke" not in draft.reason, draft.reason
        assert "fewer drafts than it said" not in draft.reason
    calls = {call.id: call for call in ws.calls(run.id)}
    assert sorted(call for draft in (*made, *lost) for call in draft.calls) == sorted(calls)
    for draft in made:
        _traceable(ws, recipe, run, draft)
        for call in (calls[one] for one in draft.calls):
            assert call.request_hash
            assert call.usd is not None
            assert call.prompt_tokens
            assert call.completion_tokens
    groups = {draft.group for draft in made if draft.calls}
    assert not recipe.needs_model or all(draft.calls or draft.group in groups for draft in made)


def _traceable(ws: wb.Workspace, recipe: Recipe, run: Run, draft: Draft) -> None:
    assert (draft.recipe, draft.version, draft.run) == (recipe.name, recipe.version, run.id)
    assert draft.template_hash == recipe.template_hash
    assert bool(draft.template_hash) == recipe.needs_model
    assert (draft.model is not None) == recipe.needs_model
    assert draft.params == to_record(run.params)
    assert draft.seed
    assert set(draft.parents) <= set(run.parents)
    assert bool(draft.parents) == (recipe.starts_from in {"sample", "set"})
    assert ("document" in draft.meta) == (recipe.starts_from == "document" or recipe.name == "document_answer")
    parents = [ws.get(parent) for parent in draft.parents]
    assert draft.depth == 1 + max((parent.origin.depth for parent in parents), default=0)
    assert (draft.state == "gated") == any(gate.severity == "problem" for gate in draft.gates)
    assert all(gate.message for gate in draft.gates)
    if not recipe.needs_model:  # what such a recipe promises, its gates prove
        assert draft.state == "draft", draft.gates


def show(ws: wb.Workspace, run: Run) -> None:
    """Print a run for a reader."""
    print(f"\n== {run.recipe}: {run.counts} of {run.requested} {run.reasons}")
    for draft in ws.drafts(run.id, limit=2):
        print(f"-- {draft.state} {[gate.message for gate in draft.gates]}")
        print("\n".join(f"   {turn.role}: {turn.content[:160]}" for turn in draft.turns))

"""Recipes that start from documents, from a whole set, or from nothing: rows, origins, policies, resuming."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput, NotFound
from workbench.generate import RECIPES, Blank, Candidate, register
from workbench.llm.base import Message, Request
from workbench.llm.scripted import ScriptedModel
from workbench.model import Turn

TEXT = "Water boils at 100 degrees.\n\nIce melts at 0 degrees."


def _said(*texts):
    roles = ("user", "assistant")
    return tuple(Turn(f"t{n}", roles[n % 2], text) for n, text in enumerate(texts))


@pytest.fixture
def ws(tmp_path):
    file = tmp_path / "physics.md"
    file.write_text(TEXT)
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        opened.collect(_chats(tmp_path, 3), source=wb.Source("chats", policy="may_leave"))
        opened.add_document(file, source=wb.Source("books", license="CC0-1.0"))
        yield opened


def _chats(folder, count):
    path = folder / "chats.jsonl"
    lines = [f'{{"messages": [{{"role": "user", "content": "Question {n}"}}]}}' for n in range(count)]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(autouse=True)
def _recipes(monkeypatch):
    monkeypatch.setattr(RECIPES, "_entries", {name: (RECIPES.get(name), "workbench") for name in RECIPES.names()})

    @register("doc_facts", starts_from="document")
    def doc_facts(document, params, model, rng):
        for span in document.spans[:1]:
            yield Candidate(_said("What does it say?", document.text[span.start : span.end]))

    @register("from_set", starts_from="set", per_parent=lambda params: 2)
    def from_set(samples, params, model, rng):
        for sample in samples[:2]:
            yield Candidate(_said(f"About {sample.turns[0].content}", f"{len(samples)} in all"), parents=(sample.id,))

    @register("from_nothing", starts_from="nothing", needs_model=True, per_parent=lambda params: 4)
    def from_nothing(blank, params, model, rng):
        assert isinstance(blank, Blank)
        if blank.number == 2:
            raise GenerateError("row two is never made")
        reply = model.reply(Request((Message("user", f"row {blank.number} of {blank.of}"),), seed=rng.getrandbits(31)))
        yield Candidate(_said("Say something", reply.text), meta={"title": f"Row {blank.number}"})


def test_a_document_gives_samples_of_its_own_source_that_name_it(ws):
    document = ws.documents()[0]
    run = ws.generate("doc_facts").wait()
    assert (run.requested, run.counts, run.parents) == (1, {"drafted": 1}, (document.id,))
    sample = ws.accept([ws.drafts(run.id)[0].id])[0]
    assert (sample.source, sample.origin.document, sample.origin.depth) == (document.source, document.id, 1)
    assert sample.origin.parents == ()


def test_a_document_is_chosen_by_title_and_an_unknown_one_is_named(ws):
    title = ws.documents()[0].title
    assert ws.generate("doc_facts", [title]).wait().counts == {"drafted": 1}
    with pytest.raises(NotFound, match="no document 'nonsense'"):
        ws.generate("doc_facts", ["nonsense"])


def test_a_set_is_seen_whole_and_a_candidate_names_its_own_parents(ws):
    run = ws.generate("from_set", "").wait()
    drafts = ws.drafts(run.id)
    assert (run.requested, len(run.parents)) == (2, 3)
    assert [draft.parents for draft in drafts] == [(id,) for id in run.parents[:2]]
    assert drafts[0].turns[1].content == "3 in all"
    with pytest.raises(InvalidInput, match="nothing is selected"):
        ws.generate("from_set", "language:xx")


def test_rows_from_nothing_fail_alone_and_an_accepted_one_has_a_source(ws):
    model = ScriptedModel(lambda request: f"heard {request.messages[0].content}")
    run = ws.generate("from_nothing", model=model, seed=3).wait()
    assert (run.counts, run.reasons) == ({"drafted": 3, "failed": 1}, {"row two is never made": 1})
    seeds = {draft.seed for draft in ws.drafts(run.id)}
    assert len(seeds) == 3
    first = min(ws.drafts(run.id), key=lambda draft: draft.row)
    sample = ws.accept([first.id])[0]
    source = next(one for one in ws.sources() if one.id == sample.source)
    assert (source.kind, source.license, sample.title, sample.origin.depth) == ("generated", "unknown", "Row 0", 1)
    assert sample.origin.parents == ()


def test_an_estimate_counts_rows_from_nothing(ws):
    ws.set_model({"base_url": "http://127.0.0.1:9/v1", "model": "m"})
    found = ws.estimate("from_nothing")
    assert (found.rows, found.drafts) == (0, 4)
    assert found.calls >= 3


def test_a_document_that_must_stay_is_not_sent_away(ws):
    @register("doc_asked", starts_from="document", needs_model=True)
    def doc_asked(document, params, model, rng):
        yield Candidate(_said("q", model.reply(Request((Message("user", document.text),))).text))

    model = ScriptedModel(["never"])
    model.on_this_machine = False
    run = ws.generate("doc_asked", model=model).wait()
    assert run.counts == {"failed": 1}
    assert model.history == []

"""People's orders against a machine's: tau by domain, what may leave the workspace, and every pair of an order."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.flows.candidates import candidates, prefer
from workbench.flows.decide import accept, rank
from workbench.flows.generate import start_run
from workbench.flows.orders import LEAST_REQUESTS, orders, tau_of
from workbench.jobs import Jobs
from workbench.llm import ScriptedModel
from workbench.model import Budget, Draft, Tag, Turn
from workbench.workspace import open_workspace

REQUESTS = LEAST_REQUESTS + 1


def scored(name: str, rank_: int | None, score: float | None) -> Draft:
    meta = {} if score is None else {"machine": {"score": score}}
    return Draft(name, "r", 0, (Turn("t1", "user", "?"),), (), "rank_n", "1", rank=rank_, meta=meta)


def test_tau_compares_only_what_both_put_in_order():
    assert tau_of([scored("a", 1, 4), scored("b", 2, 3), scored("c", 3, 1)]) == 1
    assert tau_of([scored("a", 1, 1), scored("b", 2, 3), scored("c", None, 4)]) == -1
    assert tau_of([scored("a", 1, 1), scored("b", 2, None)]) is None
    assert tau_of([scored("a", 1, 2), scored("b", 1, 3)]) is None


@pytest.fixture
def ws(tmp_path):
    with open_workspace(tmp_path / "w.workspace", author="ana") as opened:
        with opened._store.write("ana", "import") as writer:
            ids = [f"s{n}" for n in range(2 * REQUESTS)]
            writer.add_samples([a_sample(f"Is room {n} open?", id=one) for n, one in enumerate(ids)])
            writer.tag([Tag(one, "domain", ("health", "law")[n % 2], "ana") for n, one in enumerate(ids)])
        yield opened


def judged_run(ws):
    """Three answers to each question, from careful to free, and a machine that likes freedom."""

    def talk(request):
        if request.schema is None:
            return f"It opens at {3 + round(request.temperature * 10)}."
        hour = int(re.findall(r"It opens at (\d+)", request.messages[-1].content)[-1])
        return json.dumps(dict.fromkeys(("helpful", "correct", "coherent", "complex", "verbose"), hour // 4))

    params = {"variants": 3, "judge": True}
    run = start_run(ws._store, Jobs(), author="ana", recipe="rank_n", parents=ws.ids(), query="", seed=1,
                    params=params, budget=Budget(), model=ScriptedModel(talk)).wait(30)  # fmt: skip
    groups = {}
    for draft in ws.drafts(run.id, limit=1000):
        groups.setdefault(draft.group, []).append(draft)
    return groups


def score(draft):
    return draft.meta["machine"]["score"]


def put_in_order(ws, groups, *, against=()):
    """As the machine did, but the other way round in the domains `against`."""
    for drafts in groups.values():
        turned = candidates(ws._store, drafts[0].id).domain in against
        best_first = sorted(drafts, key=score, reverse=not turned)
        rank(ws._store, "ana", {draft.id: place for place, draft in enumerate(best_first, start=1)})


def test_agreement_is_told_by_domain_with_its_range(ws):
    put_in_order(ws, judged_run(ws), against={"law"})
    found = orders(ws._store)
    assert [(one.domain, one.requests, one.tau, one.low, one.high) for one in found.domains] == [
        ("health", REQUESTS, 1, 1, 1),
        ("law", REQUESTS, -1, -1, -1),
    ]
    assert (found.refused("health"), found.requests) == ("", 2 * REQUESTS)
    assert "agrees too little with people's in law (tau -1.00)" in found.refused("law")
    assert f"too rarely in sports: 0 of {LEAST_REQUESTS}" in found.refused("sports")
    ws.set_setting("least_tau", -1)
    assert orders(ws._store).refused("law") == ""
    assert len(found.strengths) == 3  # one writer for each freedom
    assert sum(found.strengths.values()) == pytest.approx(0, abs=1e-6)


def test_only_runs_that_people_put_in_order_are_read(ws, monkeypatch):
    groups = judged_run(ws)
    judged_run(ws)
    put_in_order(ws, groups)
    reads = []
    drafts = ws._store.drafts
    monkeypatch.setattr(ws._store, "drafts", lambda **named: reads.append(named["run"]) or drafts(**named))
    assert orders(ws._store).requests == 2 * REQUESTS
    assert reads == [next(iter(groups.values()))[0].run]


def test_with_few_requests_nothing_is_known_yet(ws):
    groups = judged_run(ws)
    put_in_order(ws, dict(list(groups.items())[:2]))
    found = orders(ws._store)
    assert all(one.low is None for one in found.domains)
    assert f"too rarely in health: 1 of {LEAST_REQUESTS}" in found.refused("health")


def exported(ws, tmp_path, name, **options):
    ws.slice("made", "origin:generated")
    manifest = ws.export(ws.freeze("made"), tmp_path / name, to=["trl-preference", "workbench"], options=options)
    lines = [json.loads(text) for text in (tmp_path / name / "trl-preference.jsonl").read_text("utf-8").splitlines()]
    return lines, manifest.notes


def last(messages):
    return messages[-1]["content"]


def test_a_person_s_order_gives_every_pair_of_it_and_ties_none(ws, tmp_path):
    (drafts, *_) = judged_run(ws).values()
    one, two, three = drafts
    prefer(ws._store, "ana", {one.id: 1, two.id: 2, three.id: 3})
    words = {draft.id: draft.turns[-1].content for draft in drafts}
    found, _ = exported(ws, tmp_path, "all")
    assert {(last(line["chosen"]), last(line["rejected"]), line["kind"]) for line in found} == {
        (words[better.id], words[worse.id], "ranked") for better, worse in ((one, two), (one, three), (two, three))
    }
    ws.undo()  # the slice
    ws.undo()
    prefer(ws._store, "ana", {one.id: 1, two.id: 2, three.id: 2})
    assert len(exported(ws, tmp_path, "tied")[0]) == 2


def test_a_machine_s_order_leaves_only_where_it_agrees_with_people_and_is_asked_for(ws, tmp_path):
    groups = judged_run(ws)
    known = {domain: [] for domain in ("health", "law")}
    for drafts in groups.values():
        known[candidates(ws._store, drafts[0].id).domain].append(drafts)
    free = {domain: drafts.pop() for domain, drafts in known.items()}  # nobody puts these in order
    measured = {drafts[0].group: drafts for all_ in known.values() for drafts in all_}
    put_in_order(ws, measured, against={"law"})
    for drafts in free.values():
        accept(ws._store, "ana", [max(drafts, key=score).id])
    asked, notes = exported(ws, tmp_path, "asked", machine_order=True)
    words = [draft.turns[-1].content for draft in sorted(free["health"], key=score, reverse=True)]
    assert [line["kind"] for line in asked] == ["machine"] * 3
    assert {(last(line["chosen"]), last(line["rejected"])) for line in asked} == {
        (words[0], words[1]), (words[0], words[2]), (words[1], words[2])
    }  # fmt: skip
    assert any("agrees too little with people's in law" in note and note.endswith(": 3") for note in notes)
    unasked, notes = exported(ws, tmp_path, "unasked")
    assert unasked == []
    assert any("machine_order was not chosen: 3" in note for note in notes)


def test_one_order_of_a_person_outranks_the_machine_s(ws, tmp_path):
    groups = judged_run(ws)
    put_in_order(ws, groups)
    (drafts, *_) = groups.values()
    best = min(drafts, key=lambda draft: ws.draft(draft.id).rank)
    rank(ws._store, "ana", {draft.id: 1 for draft in drafts})
    accept(ws._store, "ana", [best.id])
    assert exported(ws, tmp_path, "out", machine_order=True)[0] == []
    assert replace(candidates(ws._store, drafts[1].id), drafts=()).tau is None

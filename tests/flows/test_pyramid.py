"""Up the pyramid only through gates: what lifts a sample, what does not, and claims that go beyond."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import workbench as wb
from tests.builders import a_sample
from workbench.label.pyramid import TIERS, TOP, Place, above, placed
from workbench.llm import ScriptedModel
from workbench.model import Tag, Written

SIGNED = {"correctness": "right", "naturalness": "4", "compliance": "ok"}


def tags(**answers):
    return [Tag("s1", scheme, value, "ana") for scheme, value in answers.items()]


def sourced():
    sample = a_sample("When does it close?", "At six.")
    answer = replace(sample.turns[1], extra={"grounds": [{"document": "d", "span": 2}]})
    return replace(sample, turns=(sample.turns[0], answer))


def test_the_top_needs_every_gate():
    assert placed(sourced(), tags(**SIGNED)).tier == "knowledge"
    assert placed(sourced(), tags(**SIGNED)).missing == ()
    for scheme, gate in (("correctness", "signed"), ("naturalness", "natural"), ("compliance", "compliant")):
        without = placed(sourced(), tags(**{name: value for name, value in SIGNED.items() if name != scheme}))
        assert (without.tier, without.missing) == ("raw", (gate,))
    assert placed(a_sample("When?", "At six."), tags(**SIGNED)).missing == ("source",)


@pytest.mark.parametrize(
    "more", [{"correctness": "wrong"}, {"compliance": "unsafe"}, {"naturalness": "3"}, {"naturalness": 2}]
)
def test_one_person_who_says_otherwise_holds_it_down(more):
    assert placed(sourced(), [*tags(**SIGNED), *tags(**more)]).tier == "raw"


def test_machines_and_those_who_cannot_say_sign_nothing():
    machine = [Tag("s1", scheme, value, "m", machine=True) for scheme, value in SIGNED.items()]
    assert placed(sourced(), machine).missing == TOP[1:]
    assert placed(sourced(), [*tags(**SIGNED), *tags(correctness="cannot say")]).tier == "knowledge"


def test_the_tiers_between():
    plain = a_sample("When?", "At six.")
    written = replace(plain, origin=Written("ana"))
    assert placed(plain, [], scored=True).tier == "machine-ranked"
    assert placed(written, [], scored=True).tier == "question-answer"
    assert placed(replace(plain, revision=2), []).tier == "question-answer"
    assert placed(written, [], ranked=True, scored=True).tier == "human-ranked"
    assert placed(replace(written, turns=written.turns[:1]), []).tier == "raw"
    place = Place("raw", (), TOP)
    assert [above(tier, place) for tier in TIERS] == [False, True, True, True, True]
    assert not above("nonsense", place)


def test_a_workspace_tells_claims_that_go_beyond_and_orders_by_people(tmp_path):
    (tmp_path / "one.jsonl").write_text(json.dumps({"messages": [{"role": "user", "content": "Is it open?"}]}))
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        ws.collect(tmp_path / "one.jsonl")
        (first,) = ws.find("").samples
        model = ScriptedModel(lambda request: f"Until six ({request.seed}).")
        run = ws.generate("rank_n", params={"variants": 3}, model=model).wait()
        drafts = ws.drafts(run.id)
        (alone,) = ws.accept([drafts[2].id])
        assert ws.pyramid([alone.id]).places[alone.id].tier == "raw"
        ws.rank({drafts[0].id: 1, drafts[1].id: 2})
        (best,) = ws.accept([drafts[0].id])
        ws.tag(first.id, "tier", "knowledge")
        ws.tag(best.id, "tier", "human-ranked")
        found = ws.pyramid()
        ws.slice("top", "tier:*")
        told = ws.export(ws.freeze("top"), tmp_path / "out")
    card = (tmp_path / "out" / "README.md").read_text()
    assert told.counts["above_their_tier"] == 1
    assert any("1 sample is tagged with the tier 'knowledge' without what that tier needs" in n for n in told.notes)
    assert "without what that tier needs" in card
    assert found.counts == {"raw": 2, "machine-ranked": 0, "question-answer": 0, "human-ranked": 1, "knowledge": 0}
    assert found.above == {first.id: "knowledge"}

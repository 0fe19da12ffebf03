"""Seeds of a run: what a query excludes is never in, nearness and relevance are mixed, each seed says why."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.errors import InvalidInput, NotFound, QueryError


@pytest.fixture(scope="module")
def ws(tmp_path_factory, sample_data):
    with wb.open(tmp_path_factory.mktemp("joint") / "w.workspace", author="ana") as opened:
        opened.collect(sample_data / "conversations")
        yield opened


def test_what_the_query_excludes_is_never_in_and_all_the_rest_can_be(ws):
    like = ws.find("language:en deposit").samples[0].id
    seeds = ws.joint_select("language:en turns>=4", like=like, mix=1.0, limit=10_000)
    assert set(seeds) == set(ws.ids("language:en turns>=4")) - {like}
    assert seeds.total == len(seeds)
    cosines = [next(why.score for why in seeds.why[id] if why.label == like) for id in seeds]
    assert cosines == sorted(cosines, reverse=True)


def test_nearness_alone_is_the_order_of_the_nearest(ws):
    like = ws.find("language:en deposit").samples[0].id
    nearest = [sample.id for sample, _ in ws.neighbours(like, limit=5)]
    assert list(ws.joint_select("", like=like, mix=1.0, limit=5)) == nearest


def test_relevance_alone_is_the_order_of_the_query_and_half_of_each_lies_between(ws):
    query, like = "language:en card", ws.find("language:en boiler").samples[0].id
    relevant = [id for id in ws.ids(query) if id != like]
    by_query = list(ws.joint_select(query, like=like, mix=0.0))
    near = list(ws.joint_select(query, like=like, mix=1.0))
    mixed = list(ws.joint_select(query, like=like, mix=0.5))
    assert by_query == relevant != near
    assert set(mixed) == set(relevant)
    middle = [(by_query.index(id) + 1, near.index(id) + 1) for id in mixed]
    sums = [sum(1 / (60 + place) for place in places) for places in middle]
    assert sums == sorted(sums, reverse=True)


def test_every_seed_says_why(ws):
    like = ws.find("language:en boiler").samples[0].id
    seeds = ws.joint_select("language:en card", like=like, limit=3)
    for id in seeds:
        kinds = [why.kind for why in seeds.why[id]]
        assert {"field", "words", "meaning"} <= set(kinds)
        word = next(why for why in seeds.why[id] if why.kind == "words")
        sample = ws.get(id)
        text = sample.turn(word.turn).content if word.turn else sample.title
        assert text[word.start : word.end].casefold().startswith("card")


def test_a_run_keeps_what_was_asked_for(ws):
    like = ws.find("language:en boiler").samples[0].id
    seeds = ws.joint_select("language:en card", like=like, mix=0.3, limit=4)
    run = ws.generate("noise", seeds, {"rate": 0.3}).wait()
    assert run.parents == seeds.ids
    assert run.query == f"language:en card; nearest to {like}, mix 0.3; best 4"
    assert ws.joint_select(limit=2).query == "all; best 2"


def test_what_cannot_be_selected_is_told(ws):
    with pytest.raises(NotFound):
        ws.joint_select(like="s_nobody")
    with pytest.raises(QueryError):
        ws.joint_select("naturalness>=")
    for wrong in ({"mix": 2}, {"mix": True}, {"limit": 0}, {"limit": "3"}):
        with pytest.raises(InvalidInput, match=r"mix|limit"):
            ws.joint_select("", **wrong)
    assert len(ws.joint_select("language:xx")) == 0

"""More of a rare kind: held-out ones stay out, no copies, and only where a classifier then finds more real ones."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from tests.builders import a_sample
from tests.generate.texts import own_samples, real_samples, sample_of
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import RECIPES, Blank, look_at, read_params
from workbench.generate.recall import Recall, halves, recall
from workbench.generate.recipes.fan_100 import alike, shingles
from workbench.generate.recipes.upsample import is_rare
from workbench.model import Sample, Written

RECIPE = RECIPES.get("upsample")
GRAMMAR = RECIPES.get("golden_grammar")
PARENTLESS = Sample("", (), Written(""), "")


def calls(number, language="en"):
    """Conversations of one kind that the sample data has none of."""
    params = read_params(GRAMMAR, {"language": language, "variants": number})
    for row in range(number):
        (one,) = GRAMMAR.make(Blank(row, number, 4), params, None, random.Random(row))
        said = [{"role": turn.role, "content": turn.content} for turn in one.turns]
        sample = sample_of({"id": f"call{row}", "turns": said, "language": language})
        yield replace(sample, extra={"tags": {"kind": "call/booking"}})


def made(samples, **params):
    read = read_params(RECIPE, {"rare": "kind: call", **params})
    return list(RECIPE.make(tuple(samples), read, None, random.Random(1)))


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_variants_are_no_copies_and_those_held_out_are_not_used(language, sample_data):
    rare = list(calls(10, language))
    variants = made([*own_samples(sample_data, language)[:40], *rare], variants=24, prove=False, cap=0.85)
    assert len(variants) == 24
    held_out = set(variants[0].meta["upsample"]["held_out"])
    assert len(held_out) == 5
    assert {one.parents[0] for one in variants} == {sample.id for sample in rare} - held_out
    for one in variants:
        assert look_at(RECIPE, PARENTLESS, one) == ()
    by_seed = {one.parents: [] for one in variants}
    for one in variants:
        by_seed[one.parents].append(shingles(one.turns))
    for (seed,), marks in by_seed.items():
        own = next(shingles(sample.turns) for sample in rare if sample.id == seed)
        assert all(alike(one, other) < 0.85 for one, other in combinations([own, *marks], 2))
        assert len(marks) in {4, 5}


def test_variants_that_help_are_given_with_their_proof(sample_data):
    common = own_samples(sample_data, "en")
    variants = made([*common, *calls(8)], variants=30)
    proof = variants[0].meta["upsample"]
    assert proof["variants"]["recall"] > proof["real"]["recall"]
    assert proof["variants"]["interval"][0] <= proof["variants"]["recall"] <= proof["variants"]["interval"][1]
    assert proof["variants"]["of"] == 4
    assert proof["share"] == {"before": round(8 / 134, 4), "after": round(38 / 164, 4)}
    assert set(proof["copies"]) == {"recall", "interval", "of", "false_alarms"}


def test_they_help_on_real_conversations(corpora):
    every = list(real_samples(corpora / "sgd/sgd_train.jsonl.gz", "en", 1200))
    rare = [sample for sample in every if is_rare(sample, "bus ticket")][:20]
    common = [sample for sample in every if not is_rare(sample, "bus ticket")][:200]
    proof = made([*common, *rare], rare="bus ticket", variants=40)[0].meta["upsample"]
    assert proof["variants"]["recall"] > proof["real"]["recall"]
    assert proof["variants"]["false_alarms"] <= 0.05


def test_the_example_works_on_the_sample_data(sample_data):
    every = [sample for language in ("en", "fr", "zh") for sample in own_samples(sample_data, language)]
    variants = made(every, **RECIPE.example)
    assert len(variants) == 20
    assert all(look_at(RECIPE, PARENTLESS, one) == () for one in variants)


def test_an_exhausted_seed_says_how_many_it_gave():
    texts = ("My name is Anna, I live in Boston and pay $20.", "Fine, Anna.", "Thanks, bye!", "Goodbye.")
    few = [a_sample(*texts, id=f"s{n}", language="en") for n in range(6)]
    read = read_params(RECIPE, {"rare": "anna", "prove": False, "variants": 2000, "cap": 0.4})
    rows = RECIPE.make(tuple(few), read, None, random.Random(1))
    with pytest.raises(GenerateError, match=r"only \d+ variants of these"):
        list(rows)


def test_what_does_not_help_is_refused(sample_data):
    samples = own_samples(sample_data, "en")
    with pytest.raises(GenerateError, match=r"would not help: \d+% of the real ones"):
        made(samples, rare="deposit\nlandlord\ntenant", least=4, variants=20)


def test_too_few_or_nothing_else_is_refused(sample_data):
    with pytest.raises(GenerateError, match="only 3 of the selection"):
        made([*own_samples(sample_data, "en"), *calls(3)])
    with pytest.raises(GenerateError, match="whole selection is of that kind"):
        made(calls(8))
    with pytest.raises(GenerateError, match="differently enough"):
        made([a_sample("Rain?", "Yes.", id=f"s{n}") for n in range(6)], rare="rain", prove=False)
    with pytest.raises(InvalidInput, match="not named"):
        made(calls(8), rare=" \n")


def test_a_kind_is_an_answer_or_a_word():
    sample = replace(
        a_sample("Mein Konto wurde GESPERRT: seit: gestern"), extra={"tags": {"domain": ("finance/fraud", "law")}}
    )
    assert is_rare(sample, "domain: finance")
    assert is_rare(sample, "domain: law")
    assert not is_rare(sample, "domain: fin")
    assert is_rare(sample, "unknown word\ngesperrt: seit")
    assert not is_rare(sample, "deposit")


def test_recall_and_its_interval():
    assert Recall(5, 10, 0, 4).share == 0.5
    low, high = Recall(5, 10, 0, 4).interval
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763)
    assert Recall(0, 0, 0, 0).interval == (0.0, 1.0)
    apart = recall(["red apple pie"] * 5, ["blue whale song"] * 5, ["apple pie", "whale song"], ["blue song"])
    assert (apart.found, apart.of, apart.false_alarms) == (1, 2, 0)
    first, second = halves(["a"] * 7, random.Random(1))
    assert sorted(first + second) == list(range(7))
    assert (len(first), len(second)) == (4, 3)

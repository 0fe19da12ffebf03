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
from workbench.generate.alike import alike, shingles
from workbench.generate.recall import Recall, by_chance, halves, recall
from workbench.generate.recipes.upsample import is_rare
from workbench.ids import content_hash
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
    held_out = set(variants[0].meta["held_out_ids"])
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


PEOPLE = (("Carol", "Denver"), ("Susan", "Chicago"), ("Linda", "Dallas"), ("Peter", "Miami"), ("Helen", "Seattle"))


def about(name, city, number, *, fraud, id):
    """Two kinds of call that differ in one word; who calls from where says nothing about which it is."""
    said = (
        f"Hello, my name is {name}, I live in {city} and paid ${number}.00 by card on 3 May, please look at it.",
        f"Thank you, {name} from {city}, let me look.",
        f"Well, {'nobody' if fraud else 'somebody'} of my family in {city} paid that, says {name}.",
        f"I see, {name}.",
    )
    return a_sample(*said, id=id)


def by_name(seeds):
    """Rare calls, some of them all of one person; many common ones, a third of them of the same person."""
    rare = [
        about(*(("Anna", "Boston") if f"r{n}" in seeds else PEOPLE[n % 5]), 20 + n, fraud=True, id=f"r{n}")
        for n in range(20)
    ]
    common = [
        about(*(("Anna", "Boston") if n % 3 == 0 else PEOPLE[n % 5]), 20 + n % 40, fraud=False, id=f"c{n}")
        for n in range(120)
    ]
    return [*common, *rare]


def test_variants_that_help_more_than_copies_are_given_with_their_proof():
    """All the rare ones at hand are about one person: a classifier learns her name, unless others are told as well."""
    kept, _ = halves([f"r{n}" for n in range(20)], random.Random(1))
    samples = by_name({f"r{place}" for place in kept})
    proof = made(samples, rare="nobody of my family", variants=60)[0].meta["upsample"]
    assert proof["variants"]["recall"] > max(proof["real"]["recall"], proof["copies"]["recall"])
    assert proof["variants"]["interval"][0] <= proof["variants"]["recall"] <= proof["variants"]["interval"][1]
    assert proof["variants"]["of"] == 10
    assert proof["by_chance"] < 0.05
    assert proof["variants"]["false_alarms"] <= 0.05
    assert proof["share"] == {"before": round(20 / 140, 4), "after": round(80 / 200, 4)}


@pytest.mark.parametrize("copies", [1, 3])
def test_variants_have_to_find_more_than_copies(copies, sample_data, monkeypatch):
    """A gain that mere copies give as well is none."""
    found = iter([1, copies, 2])
    monkeypatch.setattr(
        "workbench.generate.augmentation.recall",
        lambda rare, common, asked, others: (
            Recall(tuple(n < next_one for n in range(len(asked))), 0, 9) if (next_one := next(found)) else None
        ),
    )
    samples = [*own_samples(sample_data, "en")[:40], *calls(8)]
    if copies < 2:
        first = made(samples, variants=8)[0]
        assert first.meta["upsample"]["by_chance"] == 0.5
        (finding,) = look_at(RECIPE, PARENTLESS, first)
        assert (finding.severity, finding.message) == (
            "warning",
            "real ones found, of 4: 2 instead of 1; that may be chance",
        )
    else:
        with pytest.raises(GenerateError, match="1 without them, 3 with mere copies, 2 with the variants"):
            made(samples, variants=8)


def test_what_is_found_anyway_gains_nothing_on_real_conversations(corpora):
    every = list(real_samples(corpora, "sgd", 1200))
    rare = [sample for sample in every if is_rare(sample, "bus ticket")][:20]
    common = [sample for sample in every if not is_rare(sample, "bus ticket")][:200]
    with pytest.raises(GenerateError, match=r"real ones found, of 10 held out: \d+ without them"):
        made([*common, *rare], rare="bus ticket", variants=40)


def test_those_held_out_are_named_once(sample_data):
    first, second, *_ = made([*own_samples(sample_data, "en")[:20], *calls(10)], variants=6, prove=False)
    ids = first.meta["held_out_ids"]
    assert first.meta["upsample"]["held_out"] == {"number": 5, "hash": content_hash(ids)}
    assert second.meta["upsample"] == first.meta["upsample"]
    assert "held_out_ids" not in second.meta


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
    with pytest.raises(GenerateError, match=r"of these conversations that are different enough: only \d+"):
        list(rows)


def test_what_does_not_help_is_refused(sample_data):
    samples = own_samples(sample_data, "en")
    for rare in ("dose\ntablet", "passport\nvisa", "invoice"):
        with pytest.raises(GenerateError, match=r"would not help: real ones found, of \d+ held out"):
            made(samples, rare=rare, least=4, variants=20)


def test_a_gain_of_one_that_may_be_chance_is_said_with_its_odds(sample_data):
    first, *_ = made(own_samples(sample_data, "en"), rare="deposit\nlandlord\ntenant", least=4, variants=20)
    proof = first.meta["upsample"]
    found = {name: round(proof[name]["recall"] * proof[name]["of"]) for name in ("real", "copies", "variants")}
    assert found == {"real": 1, "copies": 1, "variants": 2}
    assert proof["by_chance"] == 0.5


def test_too_few_or_nothing_else_is_refused(sample_data):
    with pytest.raises(GenerateError, match="too few of the selection are of that kind: 3 of at least"):
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
    half = Recall((True, False) * 5, 0, 4)
    assert half.share == 0.5
    low, high = half.interval
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763)
    assert Recall((), 0, 0).interval == (0.0, 1.0)
    apart = recall(["red apple pie"] * 5, ["blue whale song"] * 5, ["apple pie", "whale song"], ["blue song"])
    assert (apart.hits, apart.false_alarms) == ((True, False), 0)
    first, second = halves(["a"] * 7, random.Random(1))
    assert sorted(first + second) == list(range(7))
    assert (len(first), len(second)) == (4, 3)


def test_more_copies_are_no_gain():
    """Copies only make a kind frequent; frequency is not what is asked about."""
    rare, common = ["card stolen abroad"] * 3, [f"parcel late {n}" for n in range(60)]
    asked, others = ["my card abroad", "parcel of cards"], [f"late parcel {n}" for n in range(60)]
    assert recall(rare, common, asked, others).hits == recall(rare * 20, common, asked, others).hits


def test_a_gain_of_one_may_be_chance():
    one, none = Recall((True, False, False), 0, 9), Recall((False,) * 3, 0, 9)
    assert by_chance(one, none) == 0.5
    assert by_chance(one, one) == 1.0
    assert by_chance(Recall((True,) * 6, 0, 9), Recall((False,) * 6, 0, 9)) == 1 / 64

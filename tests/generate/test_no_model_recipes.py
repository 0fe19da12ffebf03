"""What `entity_swap` and `noise` promise, on the project's conversations and on real ones."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_sample
from tests.generate.texts import REAL, made, own_samples, real_samples, texts
from workbench.errors import GenerateError
from workbench.generate.edits import Edit, apply, choose
from workbench.generate.gates import look_at, speaks_against
from workbench.generate.registry import RECIPES


def swap(*contents, language="en", **params):
    (candidate,) = made("entity_swap", a_sample(*contents, language=language), params)
    return texts(candidate.turns)


def undone(candidate):
    """The candidate's texts with every stand-in put back."""
    pairs = {new: old for kind in candidate.meta["swapped"].values() for old, new in kind.items()}
    longest = sorted(pairs, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))
    return [pattern.sub(lambda match: pairs[match.group()], text) for text in texts(candidate.turns)]


def check_swap(parent):
    try:
        (candidate,) = made("entity_swap", parent)
    except GenerateError:
        return 0
    swapped = candidate.meta["swapped"]
    assert [(t.id, t.role) for t in candidate.turns] == [(t.id, t.role) for t in parent.turns]
    assert texts(candidate.turns) != texts(parent.turns)
    for old, new in zip(texts(parent.turns), texts(candidate.turns), strict=True):
        assert old == new or any(surface in old for kind in swapped.values() for surface in kind)
    for kind in ("name", "city", "phone", "e-mail"):
        stand_ins = swapped.get(kind, {})
        assert len({text.lower() for text in stand_ins.values()}) >= len({text.lower() for text in stand_ins}) - 2
    return 1


def check_noise(parent):
    (candidate,) = made("noise", parent, {"who": "both", "speech": True, "emoji": True})
    assert [(t.id, t.role) for t in candidate.turns] == [(t.id, t.role) for t in parent.turns]
    assert texts(candidate.turns) != texts(parent.turns)
    digits = ["".join(filter(str.isdigit, text)) for text in texts(parent.turns)]
    assert digits == ["".join(filter(str.isdigit, text)) for text in texts(candidate.turns)]
    assert not speaks_against(look_at(RECIPES.get("noise"), parent, candidate))


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
@pytest.mark.parametrize(("check", "least"), [(check_swap, 15), (check_noise, 0)], ids=["entity_swap", "noise"])
def test_promises_hold_on_our_conversations(check, least, language, sample_data):
    results = [check(parent) for parent in own_samples(sample_data, language)]
    assert results
    assert sum(result or 0 for result in results) >= least


@pytest.mark.parametrize("name", list(REAL))
@pytest.mark.parametrize("check", [check_swap, check_noise], ids=["entity_swap", "noise"])
def test_promises_hold_on_real_conversations(check, name, corpora):
    results = [check(parent) for parent in real_samples(corpora, name)]
    assert len(results) > 50


@pytest.mark.parametrize("name", ["entity_swap", "noise"])
def test_the_same_seed_makes_the_same_and_another_seed_another(name, sample_data):
    parent = next(sample for sample in own_samples(sample_data, "en") if "@" in sample.text)
    assert made(name, parent, seed=5) == made(name, parent, seed=5)
    assert made(name, parent, seed=5) != made(name, parent, seed=6)


@pytest.mark.parametrize("name", ["entity_swap", "noise"])
def test_variants_of_one_parent_differ(name):
    parent = a_sample("My name is Anna Becker, I live in Boston, call 212-555-0142 please, thank you.", "Fine, Anna.")
    candidates = made(name, parent, {"variants": 8})
    assert len({tuple(texts(candidate.turns)) for candidate in candidates}) == 8


def test_what_is_not_swapped_stays_byte_for_byte():
    parent = a_sample(
        "Mr Becker paid $20.50\u00a0 in  Boston\t on 3 May 2024.", "Order AB-12345, e-mail a@b.example.com"
    )
    (candidate,) = made("entity_swap", parent)
    assert undone(candidate) == texts(parent.turns)


def test_one_person_stays_one_person():
    said = swap("Hi, my name is Anna Becker.", "Hello Anna! Ms Becker, is it?", "Anna is fine.")
    first, last = re.search(r"name is (\w+) (\w+)\.", said[0]).groups()
    assert said == [f"Hi, my name is {first} {last}.", f"Hello {first}! Ms {last}, is it?", f"{first} is fine."]
    assert (first, last) != ("Anna", "Becker")


def test_amounts_keep_their_sums_and_their_form():
    said = swap("One is $12.50, the other $1,200.00.", "Together $1,212.50.")
    one, other, total = (float(text.replace(",", "")) for text in re.findall(r"\$([\d.,]*\d)", " ".join(said)))
    assert one + other == total
    assert one != 12.5
    assert re.search(r"\$\d{1,3}(,\d{3})*\.\d\d\.", said[1])


def test_dates_keep_their_distance_and_weekday():
    said = swap("From 2024-05-06", "until May 13, 2024 at noon")
    assert said[0] != "From 2024-05-06"
    first = re.search(r"\d{4}-\d\d-\d\d", said[0]).group()
    from datetime import date, datetime

    start, end = date.fromisoformat(first), datetime.strptime(said[1][6:-8], "%B %d, %Y").date()
    assert (end - start).days == 7
    assert start.weekday() == 0


def test_a_date_range_without_months_is_left_alone():
    with pytest.raises(GenerateError, match="nothing to swap"):
        swap("Une chambre du 8 au 11 mai ?", "Oui.", language="fr")


@pytest.mark.parametrize(
    ("language", "text", "pattern"),
    [
        ("en", "Call (212) 736-5000 now", r"\(212\) 555-01\d\d"),
        ("en", "Call 07911 123456 now", r"07700 900\d{3}"),
        ("fr", "Appelez le 06 12 34 56 78.", r"06 39 98 \d\d \d\d"),
        ("fr", "Appelez le +33 1 42 68 53 00.", r"\+33 1 99 00 \d\d \d\d"),
        ("zh", "电话13912345678", r"电话12\d{9}"),
    ],
)
def test_phone_numbers_come_from_ranges_nobody_owns(language, text, pattern):
    assert re.search(pattern, swap(text, "ok.", language=language)[0])


def test_cards_fail_their_check_digit():
    from stdnum import luhn

    for seed in range(30):
        (candidate,) = made("entity_swap", a_sample("Card 4111 1111 1111 1111"), seed=seed)
        assert not luhn.is_valid("".join(filter(str.isdigit, candidate.turns[0].content)))


def test_french_elision_stays_right():
    for seed in range(20):
        (candidate,) = made("entity_swap", a_sample("Le dossier d’Alice part d’Orléans.", language="fr"), seed=seed)
        assert re.search(r"d’[AEIOUÉH]\w+ part d’[AEIOU]", candidate.turns[0].content)


def test_a_chinese_surname_stays_one_person():
    said = swap("我叫郑秋平，电话13912345678", "好的郑女士", language="zh")
    assert said[1] == f"好的{said[0][2]}女士"
    assert said[0][2] != "郑"


def test_arguments_of_tool_calls_follow():
    from dataclasses import replace

    from workbench.model import ToolCall

    parent = a_sample("Fly me from Boston please")
    call = ToolCall("c1", "flights", json.dumps({"from": "Boston"}))
    parent = replace(parent, turns=(replace(parent.turns[0], tool_calls=(call,)),))
    (candidate,) = made("entity_swap", parent)
    city = candidate.meta["swapped"]["city"]["Boston"]
    assert json.loads(candidate.turns[0].tool_calls[0].arguments) == {"from": city}


@pytest.mark.parametrize("name", ["entity_swap", "noise"])
def test_nothing_to_change_is_said(name):
    with pytest.raises(GenerateError, match=r"nothing|no place"):
        made(name, a_sample("7", "8"))


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "zh", "xx"]), st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived_and_protected_parts_stay(text, language, seed):
    parent = a_sample(text + " see https://example.org/a?b=1 or mail a.b@example.org", language=language)
    for name in ("entity_swap", "noise"):
        (candidate,) = made(name, parent, {"codes": False} if name == "entity_swap" else {}, seed=seed)
        assert len(candidate.turns) == 1
        if name == "noise":
            assert "https://example.org/a?b=1" in candidate.turns[0].content
            assert "a.b@example.org" in candidate.turns[0].content


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 4), st.text(max_size=3))), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_chosen_edits_never_overlap(places, seed):
    import random

    edits = choose([Edit(start, start + size, new) for start, size, new in places], 0.7, random.Random(seed))
    assert all(first.end <= second.start for first, second in pairwise(edits))
    apply("x" * 30, edits)
